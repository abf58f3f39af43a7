"""ccsim simulates a contact centre: from waits to CSAT, churn and return on investment.

    import ccsim
    scenario = ccsim.load("scenarios/quickstart.yaml")
    result = ccsim.run(scenario)
    result.summary()

`load` reads a scenario, `simulate` makes the journal of one replication, `run` replicates it and
returns a `Run` of tidy DataFrames; `open_run` opens one that was saved, `roi` says what it earns under
other parameters. These names are the public interface; all else may change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccsim.experiments.roi import roi
    from ccsim.experiments.run import Run, run, simulate
    from ccsim.experiments.store import open_run
    from ccsim.scenario import load

__version__ = "0.1.0"
__all__ = ["Run", "__version__", "load", "open_run", "roi", "run", "simulate"]

_HOMES = {
    "load": "ccsim.scenario",
    "open_run": "ccsim.experiments.store",
    "roi": "ccsim.experiments.roi",
    "run": "ccsim.experiments.run",
    "simulate": "ccsim.experiments.run",
    "Run": "ccsim.experiments.run",
}


def __getattr__(name: str) -> Any:
    """Import a public name at its first use: `import ccsim` alone loads nothing heavy."""
    if name not in _HOMES:
        raise AttributeError(f"module 'ccsim' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

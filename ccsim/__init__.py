"""ccsim simulates a contact centre: from waits to CSAT, churn and return on investment.

    import ccsim
    scenario = ccsim.load("scenarios/quickstart.yaml")
    result = ccsim.run(scenario)
    result.summary()

`load` reads a scenario, `simulate` makes the journal of one replication, `run` replicates it and
returns a `Run` of tidy DataFrames; `compare` runs several candidates pair by pair, `sweep` many values of a
lever, `rollout` old and new rules contact by contact. `open_run`, `open_comparison`, `open_sweep` and
`open_rollout` open what was saved, `roi` says what it earns under other parameters, `write_report` writes a
page about it. These names are the public interface; all else may change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison, compare
    from ccsim.experiments.roi import roi
    from ccsim.experiments.rollout import Rollout, rollout
    from ccsim.experiments.rollout_folder import open_rollout
    from ccsim.experiments.run import Run, run, simulate
    from ccsim.experiments.store import open_comparison, open_run
    from ccsim.experiments.stored_runs import stored_runs
    from ccsim.experiments.stored_sweep import open_sweep
    from ccsim.experiments.sweep import Sweep, sweep
    from ccsim.report.writing import write_report
    from ccsim.scenario import load

__version__ = "0.1.0"
__all__ = [
    "Comparison",
    "Rollout",
    "Run",
    "Sweep",
    "__version__",
    "compare",
    "load",
    "open_comparison",
    "open_rollout",
    "open_run",
    "open_sweep",
    "roi",
    "rollout",
    "run",
    "simulate",
    "stored_runs",
    "sweep",
    "write_report",
]  # fmt: skip

_HOMES = {
    "Comparison": "ccsim.experiments.compare",
    "compare": "ccsim.experiments.compare",
    "load": "ccsim.scenario",
    "open_comparison": "ccsim.experiments.store",
    "open_rollout": "ccsim.experiments.rollout_folder",
    "open_run": "ccsim.experiments.store",
    "open_sweep": "ccsim.experiments.stored_sweep",
    "roi": "ccsim.experiments.roi",
    "rollout": "ccsim.experiments.rollout",
    "Rollout": "ccsim.experiments.rollout",
    "Sweep": "ccsim.experiments.sweep",
    "sweep": "ccsim.experiments.sweep",
    "run": "ccsim.experiments.run",
    "stored_runs": "ccsim.experiments.stored_runs",
    "simulate": "ccsim.experiments.run",
    "Run": "ccsim.experiments.run",
    "write_report": "ccsim.report.writing",
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

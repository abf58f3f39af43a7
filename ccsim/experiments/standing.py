"""The figures of a run beside what is usual, good and excellent in a sector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.errors import CcsimError
from ccsim.experiments.labels import ces_shown, label_of
from ccsim.experiments.outcomes import SCORES, Figure
from ccsim.experiments.summary import UNIT_OF_SCORE, as_shown, figures
from ccsim.results.measures import MEASURES, unit_of
from ccsim.results.standing import band_reached
from ccsim.scenario.sectors import LEVELS, Benchmark, benchmarks

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.run import Run

NAN = float("nan")


def standing_frame(run: Run, sector: str | None = None) -> pd.DataFrame:
    """One row a measure of the sector: its value, its levels, where it stands; see `Run.standing`."""
    import pandas as pd

    rows = [_row(run, benchmark) for benchmark in benchmarks()[_known(run, sector)].values()]
    return pd.DataFrame(rows)


def _known(run: Run, sector: str | None) -> str:
    """The sector asked for, or the one whose preset the scenario takes."""
    chosen = sector or run.scenario.targets.preset
    if chosen in benchmarks():
        return chosen
    known = ", ".join(benchmarks())
    if chosen is None:
        raise CcsimError(
            f"no sector to compare with: write `targets: {{preset: bank}}`, or name one ({known})"
        )
    raise CcsimError(f"no sector is called `{chosen}`; there are {known}")


def _row(run: Run, benchmark: Benchmark) -> dict[str, object]:
    scenario, name = run.scenario, benchmark.measure
    figure, unit = _figure(run, name)
    band = band_reached(benchmark, figure.value)
    levels = {level: getattr(benchmark, level) for level in LEVELS}
    figure = as_shown(scenario, name, figure)
    if name == "ces":
        levels = {key: None if v is None else ces_shown(scenario, v) for key, v in levels.items()}
    return {
        "sector": benchmark.sector,
        "measure": name,
        "label": label_of(scenario, name),
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "model_low": figure.model_low,
        "model_high": figure.model_high,
        "unit": unit,
        "band": band,
        **{key: NAN if level is None else level for key, level in levels.items()},
        "confidence": benchmark.confidence,
        "source": benchmark.source,
    }


def _figure(run: Run, name: str) -> tuple[Figure, str]:
    if name in SCORES or name == "churn":
        return run.outcomes.score(name), UNIT_OF_SCORE[name]
    row = figures(run.measures())[name]
    unit = unit_of(MEASURES[name], None, run.scenario.currency)
    return Figure(*(float(row[end]) for end in ("value", "low", "high"))), unit

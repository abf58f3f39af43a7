"""SERVQUAL's dimensions with the figures of a run, their targets, and an index each."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from ccsim.experiments.labels import band_of
from ccsim.experiments.summary import Row, figures, judged, measured
from ccsim.results import servqual
from ccsim.results.statistics import student_mean

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.run import Run

COLUMNS = (
    "dimension", "measure", "label", "value", "low", "high", "unit", "score", "target_min", "target_max",
    "verdict",
)  # fmt: skip
INDEX = "index"


def servqual_frame(run: Run) -> pd.DataFrame:
    """Rows of each dimension, its index last; see `Run.servqual`."""
    import pandas as pd

    rows = []
    for dimension, names in servqual.DIMENSIONS.items():
        found = [_measured(run, name) for name in names]
        pooled = {row.measure: row.value for row in found}
        each = [{name: servqual.value_in(name, tally) for name in names} for tally in run.tallies]
        rows += [(dimension, row, 100.0 * servqual.score(row.measure, row.value)) for row in found]
        rows.append((dimension, _index(dimension, pooled, each), float("nan")))
    told = [{"dimension": dimension, "score": score, **asdict(row)} for dimension, row, score in rows]
    return pd.DataFrame(told)[list(COLUMNS)]


def _measured(run: Run, name: str) -> Row:
    """A figure over replications, with the user's or the preset's target if there is one."""
    if name in servqual.OWN:
        values = [servqual.value_in(name, tally) for tally in run.tallies]
        pooled = servqual.OWN[name].share(run.outcomes.case.pooled)
        return Row("servqual", name, servqual.label_of(name), "share", *_around(pooled, values, 1.0))
    row = measured(run.scenario, "servqual", name, figures(run.measures())[name])
    return judged(row, band_of(run.scenario, name))


def _index(dimension: str, pooled: dict[str, float], each: list[dict[str, float]]) -> Row:
    value = servqual.index(dimension, pooled)
    values = [servqual.index(dimension, one) for one in each]
    return Row("servqual", INDEX, f"{dimension}, index 0–100", "points", *_around(value, values, 100.0))


def _around(value: float, each: list[float], most: float) -> tuple[float, float, float]:
    """The pooled value; its interval is as wide as that of the mean over replications, from 0 to `most`."""
    mean = student_mean(np.array(each))
    half = mean.high - mean.value
    return value, float(np.maximum(value - half, 0.0)), float(np.minimum(value + half, most))

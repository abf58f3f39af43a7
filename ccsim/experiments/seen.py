"""One figure seen three ways: pooled, replication by replication, and over the model's draws."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.results import uncertainty
from ccsim.results.economics import Side
from ccsim.results.journeys import Journeys
from ccsim.results.stake import Stake
from ccsim.results.statistics import student_mean
from ccsim.results.uncertainty import World

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]

LIMITS = {"share": (0.0, 1.0), "points": (-100.0, 100.0), "number": (0.0, np.inf)}
INTERVALS = ("value", "low", "high", "se", "replications", "model_low", "model_high", "unit")


@dataclass(frozen=True, eq=False)
class Seen:
    """A centre in the worlds of some draws, from which figures are read."""

    journeys: Journeys
    side: Side
    stake: Stake
    world: World


@dataclass(frozen=True, eq=False)
class ThreeWays:
    """The same centre: all replications pooled, each of them, and pooled over the model's draws."""

    central: Seen
    each: Sequence[Seen]
    drawn: Seen


@dataclass(frozen=True)
class Reading:
    """How a figure is read: its unit, and a function to (rows, draws); (rows, 1) if no draw moves it."""

    unit: str
    read: Callable[[Seen], Floats]


def frame(
    seen: ThreeWays,
    names: Sequence[str],
    rows: Sequence[tuple[object, ...]],
    readings: Mapping[str, Reading],
) -> pd.DataFrame:
    """The figures, one a row.

    Columns: measure, those of `names` (their values in `rows`), value, low and high (95 % interval
    over replications), se, replications, model_low and model_high (80 % band of the outcome model; nan
    where it moves nothing), unit.
    """
    import pandas as pd

    parts = []
    for measure, reading in readings.items():
        columns = _intervals(seen, reading)
        parts += [
            [measure, *row, *(column[place] for column in columns), reading.unit]
            for place, row in enumerate(rows)
        ]
    return pd.DataFrame(parts, columns=["measure", *names, *INTERVALS])


def _intervals(seen: ThreeWays, reading: Reading) -> list[npt.NDArray[np.generic]]:
    """The columns from `value` to `model_high`; the interval is as wide as that of the mean."""
    value = reading.read(seen.central)[:, 0]
    mean = student_mean(np.stack([reading.read(one)[:, 0] for one in seen.each]))
    half = mean.high - mean.value
    least, most = LIMITS.get(reading.unit, (-np.inf, np.inf))
    drawn = reading.read(seen.drawn)
    unmoved = np.full(len(value), np.nan)
    low, high = (unmoved, unmoved) if drawn.shape[1] == 1 else np.quantile(drawn, uncertainty.BAND, axis=1)
    ends = np.maximum(value - half, least), np.minimum(value + half, most)
    return [value, *ends, mean.se, mean.replications, low, high]

"""The first group to overload as volume grows: by capacity arithmetic, from the busiest hour of each.

Simulated work by group and hour of the week, against the time its agents sit there. All work is taken
to grow in proportion and to stay with the group that does it; a group is full when its agents have
something in hand all the time. Growth that overflow or other groups could take makes it later, abandoned
calls that would then be answered make it sooner: it ranks groups and is no forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.results.slices import WEEKDAYS
from ccsim.results.statistics import ratio

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.run import Run
    from ccsim.results.tally import Tally

Floats = npt.NDArray[np.float64]

HOURS: Final = 168
LEAST: Final = 0.5  # of the group's mean seated time an hour: an hour hardly staffed is none to plan by


def overload_frame(before: Run, after: Run) -> pd.DataFrame:
    """By side and group: busiest hour of the week, occupancy in it, growth until it is full.

    Columns: side ('before', 'after'), group, busiest, occupancy, occupancy_low, occupancy_high (95 %
    interval over replications), growth, growth_low, growth_high (share by which volume can grow), first
    (the first of its side to be full).
    """
    import pandas as pd

    frames = [_side(run.tallies, name) for name, run in (("before", before), ("after", after))]
    return pd.concat(frames, ignore_index=True)


def _side(tallies: Sequence[Tally], side: str) -> pd.DataFrame:
    import pandas as pd

    busy = _by_hour(np.array([tally.busy for tally in tallies]))
    seated = _by_hour(np.array([tally.seated for tally in tallies]))
    hour = _busiest(busy.sum(axis=0), seated.sum(axis=0))
    rows = np.arange(len(hour))
    found = ratio(busy[:, rows, hour], seated[:, rows, hour])
    frame = pd.DataFrame(
        {
            "side": side,
            "group": list(tallies[0].names.groups),
            "busiest": [f"{WEEKDAYS[at // 24]} {at % 24:02d}:00" for at in hour],
            "occupancy": found.value,
            "occupancy_low": found.low,
            "occupancy_high": found.high,
        }
    )
    with np.errstate(divide="ignore"):
        for name, column in (("growth", "occupancy"), ("growth_low", "occupancy_high"),
                             ("growth_high", "occupancy_low")):  # fmt: skip
            frame[name] = 1.0 / frame[column].where(frame[column] > 0) - 1.0
    frame["unit"] = "share"
    frame["first"] = frame["growth"] == frame["growth"].min()
    return frame


def _by_hour(seconds: Floats) -> Floats:
    """(replications, groups, intervals of the week) as (replications, groups, 168)."""
    return np.asarray(seconds.reshape(*seconds.shape[:2], HOURS, -1).sum(axis=-1))


def _busiest(busy: Floats, seated: Floats) -> npt.NDArray[np.intp]:
    """The hour of the week in which each group has least to spare."""
    open_ = seated > 0
    mean = seated.sum(axis=1) / np.maximum(open_.sum(axis=1), 1)
    usual = open_ & (seated >= LEAST * mean[:, None])
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(usual, busy / seated, -1.0)
    return np.asarray(np.argmax(share, axis=1))

"""The first group to overload as volume grows: by capacity arithmetic, from the busiest hour of each.

Simulated work by group and hour of the week, against the time its agents sit there; of a group that does
mail or messages, too, of the week as a whole, since such work waits for a quieter hour. All work is taken
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
    from ccsim.scenario import Scenario

Floats = npt.NDArray[np.float64]

HOURS: Final = 168
WEEK: Final = "the week"
LEAST: Final = 0.5  # of the group's mean seated time an hour: an hour hardly staffed is none to plan by


def overload_frame(before: Run, after: Run) -> pd.DataFrame:
    """By side and group: busiest hour of the week, occupancy in it, growth until it is full.

    Columns: side ('before', 'after'), group, busiest (or 'the week'), occupancy, occupancy_low,
    occupancy_high (95 % interval over replications), growth, growth_low, growth_high (share by which
    volume can grow), first (the first of its side to be full).
    """
    import pandas as pd

    frames = [_side(run, name) for name, run in (("before", before), ("after", after))]
    return pd.concat(frames, ignore_index=True)


def _side(run: Run, side: str) -> pd.DataFrame:
    import pandas as pd

    groups = run.tallies[0].names.groups
    busy, seated = (_by_hour(run.tallies, of) for of in ("busy", "seated"))
    hour = _busiest(busy.sum(axis=0), seated.sum(axis=0))
    hour[[_waits(run.scenario, name) for name in groups]] = HOURS
    rows = np.arange(len(hour))
    found = ratio(busy[:, rows, hour], seated[:, rows, hour])
    frame = pd.DataFrame(
        {
            "side": side,
            "group": list(groups),
            "busiest": [_named(at) for at in hour.tolist()],
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


def _waits(scenario: Scenario, group: str) -> bool:
    """Whether some of a group's work can wait for a quieter hour."""
    handles = scenario.agents[group].handles
    return any(handles.get(name) and not scenario.channels[name].live for name in scenario.arrivals)


def _named(hour: int) -> str:
    return WEEK if hour == HOURS else f"{WEEKDAYS[hour // 24]} {hour % 24:02d}:00"


def _by_hour(tallies: Sequence[Tally], of: str) -> Floats:
    """Agent-seconds, (replications, groups, 169): by hour of the week, and of the whole week behind."""
    seconds = np.array([getattr(tally, of) for tally in tallies])
    hours = seconds.reshape(*seconds.shape[:2], HOURS, -1).sum(axis=-1)
    return np.concatenate([hours, hours.sum(axis=-1, keepdims=True)], axis=-1)


def _busiest(busy: Floats, seated: Floats) -> npt.NDArray[np.intp]:
    """The hour of the week in which each group has least to spare."""
    busy, seated = busy[:, :HOURS], seated[:, :HOURS]
    open_ = seated > 0
    mean = seated.sum(axis=1) / np.maximum(open_.sum(axis=1), 1)
    usual = open_ & (seated >= LEAST * mean[:, None])
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(usual, busy / seated, -1.0)
    return np.asarray(np.argmax(share, axis=1))

"""Who is away: whole days absent or on leave, meetings, training, and time lost to bad adherence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

from ccsim.demand.streams import (
    INTERVAL_STEP,
    ISSUE_STEP,
    MASK,
    mix,
    name_key,
    stream_key,
    uniform,
)
from ccsim.scenario.agents import Group
from ccsim.scenario.shifts import Shift
from ccsim.scenario.shrinkage import WHOLE_DAYS

AWAY_BLOCK = 7200.0  # s: not adhering is spread over a shift, one spell in each block of this length


class Draws:
    """Uniform draws of people by day: nobody else's move when a colleague is added or leaves."""

    def __init__(self, seed: int, replication: int) -> None:
        self.seed, self.replication = seed, replication
        self.streams: dict[str, int] = {}

    def uniform(self, stream: str, person: int, day: int, turn: int = 0) -> float:
        """A draw of one stream for a person's key (see `post_key`) on a day, in (0, 1)."""
        return self.of_day(stream, day_key(person, day), turn)

    def of_day(self, stream: str, day: int, turn: int = 0) -> float:
        """The same for a key that stands for person and day."""
        key = self.streams.get(stream)
        if key is None:
            key = self.streams[stream] = stream_key(self.seed, self.replication, stream)
        return uniform(key, day, turn)


def day_key(person: int, day: int) -> int:
    """One key for a person's key and a day."""
    return mix((person + day * ISSUE_STEP) & MASK)


def post_key(group: str, own: int) -> int:
    """Key of the draws of whoever fills a post from the beginning."""
    return (name_key("agents", group) + own * INTERVAL_STEP) & MASK


def is_absent(group: Group, draws: Draws, person: int, day: int, week: int, factor: float = 1.0) -> bool:
    """Whether somebody stays at home on a day: ill (`factor` times as often), or on leave.

    Contractual leave is taken in whole weeks; leave given as shrinkage in single days.
    """
    ill, leave = (group.shrinkage.get(kind, 0.0) for kind in WHOLE_DAYS)
    if draws.uniform("absence", person, day) < ill * factor + leave:
        return True
    weeks = group.employed.on_leave if group.employed is not None else 0.0
    return weeks > 0.0 and draws.uniform("leave", person, week) < weeks


@dataclass(frozen=True)
class Away:
    """Time off the phones in a shift, by plan and in spite of it: lengths in s.

    meeting: one spell a day. stray: (start of a block after the shift's, its length, time lost in it)
    for bad adherence. trained: what goes into a training programme.
    """

    length: float
    meeting: float
    stray: tuple[tuple[float, float, float], ...]
    trained: float

    def spells(self, draws: Draws, person: int, day: int, start: float) -> Iterator[tuple[float, float]]:
        """When in the shift that begins at `start` (s) somebody is away: (start s, length s)."""
        key = day_key(person, day)
        if self.meeting > 0.0:
            u = draws.of_day("meeting", key)
            yield start + floor(u * (self.length - self.meeting)), self.meeting
        for k, (at, block, lost) in enumerate(self.stray):
            u = draws.of_day("adherence", key, k)
            yield start + at + floor(u * (block - lost)), lost
        if self.trained > 0.0:
            u = draws.of_day("training", key)
            yield start + floor(u * (self.length - self.trained)), self.trained


def away_in(group: Group, shift: Shift, trained: float = 0.0) -> Away:
    """How long agents of a group are away in a shift of which `trained` s are training."""
    length = float(shift.end - shift.start)
    whole_days = sum(group.shrinkage.get(kind, 0.0) for kind in WHOLE_DAYS)
    share = sum(group.shrinkage.values()) - whole_days - group.shrinkage.get("breaks", 0.0)
    # Adherence is a share of the time planned on seat, not of the whole shift.
    pauses = sum(pause for _, pause in shift.breaks) + trained
    seat = max(0.0, 1.0 - share - pauses / length)
    count = max(1, round(length / AWAY_BLOCK)) if group.adherence < 1.0 else 0
    stray = tuple(
        (k * length // count, length / count, float(round((1.0 - group.adherence) * seat * (length / count))))
        for k in range(count)
    )
    return Away(length, float(round(share * length)) if share > 0.0 else 0.0, stray, trained)

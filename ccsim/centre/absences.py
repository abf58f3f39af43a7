"""Who is away: whole days absent or on leave, meetings, training, and time lost to bad adherence."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from ccsim.demand.streams import (
    INTERVAL_STEP,
    ISSUE_STEP,
    MASK,
    UNIT,
    mix,
    name_key,
    stream_key,
    turn_key,
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
        if stream not in self.streams:
            self.streams[stream] = stream_key(self.seed, self.replication, stream)
        key = mix((person + day * ISSUE_STEP) & MASK)
        return ((mix(key ^ turn_key(self.streams[stream], turn)) >> 11) + 0.5) * UNIT


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


def spells_away(
    group: Group, shift: Shift, draws: Draws, person: int, day: int, trained: float = 0.0
) -> Iterator[tuple[float, float]]:
    """Spells off the phones in a shift (start s, length s): a meeting, one stray spell a block, and
    `trained` s of a training programme."""
    start, end = day * 86400.0 + shift.start, day * 86400.0 + shift.end
    whole_days = sum(group.shrinkage.get(kind, 0.0) for kind in WHOLE_DAYS)
    share = sum(group.shrinkage.values()) - whole_days - group.shrinkage.get("breaks", 0.0)
    if share > 0.0:
        spell = round(share * (end - start))
        u = draws.uniform("meeting", person, day)
        yield start + floor(u * (end - start - spell)), float(spell)
    # Adherence is a share of the time planned on seat, not of the whole shift.
    pauses = sum(length for _, length in shift.breaks) + trained
    seat = max(0.0, 1.0 - share - pauses / (end - start))
    for k, (at, block) in enumerate(_blocks(start, end) if group.adherence < 1.0 else ()):
        spell = round((1.0 - group.adherence) * seat * block)
        u = draws.uniform("adherence", person, day, k)
        yield at + floor(u * (block - spell)), float(spell)
    if trained > 0.0:
        u = draws.uniform("training", person, day)
        yield start + floor(u * (end - start - trained)), trained


def _blocks(start: float, end: float) -> Iterator[tuple[float, float]]:
    """A shift in blocks of about AWAY_BLOCK, each with one stray spell: (start s, length s)."""
    count = max(1, round((end - start) / AWAY_BLOCK))
    for k in range(count):
        yield float(start + k * (end - start) // count), (end - start) / count

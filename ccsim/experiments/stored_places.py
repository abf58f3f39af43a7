"""The places that numbers lie on: how many of each kind, and what they are called in stored tables."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import Names
from ccsim.experiments import parquet
from ccsim.results.grid import Grid, grid_of
from ccsim.results.slices import WEEKDAYS
from ccsim.results.tally import SHARES

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

Places = npt.NDArray[np.int64]
Labels = tuple[str, ...]

WHOSE: Final = ("answered", "offered")  # whose waits: of the answered, or of all offered


@dataclass(frozen=True, eq=False)
class Where:
    """The places of one scenario: intervals of the week, counted days, channels, cells, groups …"""

    names: Names
    grid: Grid
    start: datetime.date
    programmes: Labels

    @classmethod
    def of(cls, scenario: Scenario, names: Names) -> Where:
        """Of a scenario and the names in its tallies."""
        return cls(names, grid_of(scenario), scenario.start, tuple(scenario.proactive))

    def shape(self, kinds: Sequence[str]) -> tuple[int, ...]:
        """How many places of each of these kinds there are."""
        return tuple(len(next(iter(self.labels(kind).values()))[1]) for kind in kinds)

    def columns(self, kinds: Sequence[str], repeats: int) -> dict[str, Any]:
        """What names the places of an array over these kinds, row by row, as often as it is repeated."""
        shape, found = self.shape(kinds), {}
        for number, kind in enumerate(kinds):
            inner = prod(shape[number + 1 :])
            for name, (labels, place) in self.labels(kind).items():
                row = np.tile(np.repeat(place, inner), repeats * prod(shape[:number]))
                found[name] = parquet.named(labels, row)
        return found

    def labels(self, kind: str) -> dict[str, tuple[Labels, Places]]:
        """Columns that name the places of a kind: the names there are, and which each place has."""
        names, grid = self.names, self.grid
        if kind == "cell":
            return {
                "began_on": (names.channels, names.cell_channel.astype(np.int64)),
                "intent": (names.intents, names.cell_intent.astype(np.int64)),
                "segment": (names.segments, names.cell_segment.astype(np.int64)),
            }
        if kind == "interval":
            number = np.arange(grid.per_week)
            return {
                "weekday": (WEEKDAYS, number // grid.per_day),
                "time": (self._times, number % grid.per_day),
            }
        if kind == "group":
            sites = tuple(dict.fromkeys(names.sites))
            where = np.array([sites.index(site) for site in names.sites], np.int64)
            return {"group": _each(names.groups), "site": (sites, where)}
        return {kind: _each(self._listed(kind))}

    def _listed(self, kind: str) -> Labels:
        names = self.names
        known: dict[str, Labels] = {
            "channel": names.channels,
            "queue": names.queues,
            "intent": names.intents,
            "segment": names.segments,
            "self_service": names.bots,
            "programme": self.programmes,
            "whose": WHOSE,
            "share": tuple(f"p{round(100 * share)}" for share in SHARES),
            "day": self._days,
            "time": self._times,
        }
        return known[kind]

    @cached_property
    def _days(self) -> Labels:
        days = range(self.grid.days)
        return tuple((self.start + datetime.timedelta(days=n)).isoformat() for n in days)

    @cached_property
    def _times(self) -> Labels:
        minutes = [number * self.grid.interval // 60 for number in range(self.grid.per_day)]
        return tuple(f"{minute // 60:02d}:{minute % 60:02d}" for minute in minutes)


def _each(labels: Labels) -> tuple[Labels, Places]:
    return labels, np.arange(len(labels))

"""Cells: who contacts why on which channel. Each is a Poisson stream of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ccsim.demand.streams import name_key
from ccsim.scenario import Scenario

Pair = tuple[str | None, str | None]  # intent and segment, as a row of a table names them; None: any
ANY: Pair = (None, None)


@dataclass(frozen=True)
class Cell:
    """One stream of fresh issues. `share` is its part of the channel's volume; `number` its dense index."""

    channel: str
    intent: str
    segment: str
    share: float
    number: int

    @property
    def key(self) -> int:
        """64-bit key, from the names alone: adding an intent moves no other cell's draws."""
        return name_key("cell", self.channel, self.intent, self.segment)


def cell_number(scenario: Scenario, channel: int, intent: int, segment: int) -> int:
    """Dense index of a cell: every combination has one, whether or not issues are born in it."""
    return (channel * len(scenario.intents) + intent) * len(scenario.customers) + segment


def cells(scenario: Scenario) -> list[Cell]:
    """The cells in which issues are born, by channel, intent and segment in the file's order."""
    return [cell for channel in scenario.arrivals for cell in cells_of(scenario, channel)]


def cells_of(scenario: Scenario, channel: str) -> list[Cell]:
    """The cells of one channel that have a share of its volume, or that its table or log names."""
    split, pairs = Split.of(scenario, channel), _pairs(scenario, channel)
    return [cell for cell in every_cell(scenario, channel) if any(split.part(cell, pair) for pair in pairs)]


def every_cell(scenario: Scenario, channel: str) -> Iterator[Cell]:
    """Every combination of intent and segment on a channel, whatever its share."""
    split = Split.of(scenario, channel)
    c = list(scenario.channels).index(channel)
    for i, intent in enumerate(scenario.intents):
        for s, segment in enumerate(scenario.customers):
            number = cell_number(scenario, c, i, s)
            yield Cell(channel, intent, segment, split.mix[intent] * split.segments[segment], number)


@dataclass(frozen=True)
class Split:
    """How a channel's volume is split: shares of intents and of segments."""

    mix: Mapping[str, float]
    segments: Mapping[str, float]

    @classmethod
    def of(cls, scenario: Scenario, channel: str) -> Split:
        return cls(scenario.mix(channel), scenario.segment_shares(channel))

    def part(self, cell: Cell, pair: Pair) -> float:
        """The part of a row that falls to a cell: what the row does not name is split as the channel is."""
        intent, segment = pair
        if intent not in (None, cell.intent) or segment not in (None, cell.segment):
            return 0.0
        of_intent = self.mix[cell.intent] if intent is None else 1.0
        return of_intent * (self.segments[cell.segment] if segment is None else 1.0)


def _pairs(scenario: Scenario, channel: str) -> set[Pair]:
    arrivals = scenario.arrivals.get(channel)
    if arrivals is None:
        return {ANY}
    if arrivals.counts is not None:
        return {(row.intent, row.segment) for row in arrivals.counts.rows}
    if arrivals.log is not None:
        log = arrivals.log
        segments = (None, *log.names["segment"])  # -1: a row without a segment
        both = np.unique(log.codes["intent"].astype(np.int64) * len(segments) + log.codes["segment"] + 1)
        pairs = (divmod(pair, len(segments)) for pair in both.tolist())
        return {(log.names["intent"][intent], segments[segment]) for intent, segment in pairs}
    return {ANY}

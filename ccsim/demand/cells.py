"""Cells: who contacts why on which channel. Each is a Poisson stream of its own."""

from __future__ import annotations

from dataclasses import dataclass

from ccsim.demand.streams import name_key
from ccsim.scenario import Scenario


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
    found = []
    for channel in scenario.arrivals:
        mix = scenario.mix(channel)
        parts = scenario.segment_shares(channel)
        c = list(scenario.channels).index(channel)
        for i, intent in enumerate(scenario.intents):
            for s, segment in enumerate(scenario.customers):
                share = mix[intent] * parts[segment]
                if share > 0.0:
                    number = cell_number(scenario, c, i, s)
                    found.append(Cell(channel, intent, segment, share, number))
    return found

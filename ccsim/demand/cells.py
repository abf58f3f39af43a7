"""Cells: who contacts why on which channel. Each is a Poisson stream of its own."""

from __future__ import annotations

from dataclasses import dataclass

from ccsim.demand.streams import name_key
from ccsim.scenario import Scenario
from ccsim.scenario.arrivals import Arrivals


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
    for c, (channel, arrivals) in enumerate(scenario.arrivals.items()):
        mix = intent_mix(scenario, arrivals)
        parts = segment_parts(scenario, arrivals)
        c = list(scenario.channels).index(channel)
        for i, intent in enumerate(scenario.intents):
            for s, segment in enumerate(scenario.customers):
                share = mix.get(intent, 0.0) * parts.get(segment, 0.0)
                if share > 0.0:
                    number = cell_number(scenario, c, i, s)
                    found.append(Cell(channel, intent, segment, share, number))
    return found


def intent_mix(scenario: Scenario, arrivals: Arrivals) -> dict[str, float]:
    """Share of each intent in a channel's volume: its mix, or the intents' own shares."""
    if arrivals.mix is not None:
        given = dict(arrivals.mix)
    else:
        given = {name: intent.share for name, intent in scenario.intents.items() if intent.share}
        if not given:
            given = {name: 1.0 for name in scenario.intents}
    return _normalised(given)


def segment_parts(scenario: Scenario, arrivals: Arrivals) -> dict[str, float]:
    """Share of each segment in a channel's volume: as given, or by number of customers."""
    if arrivals.segments is not None:
        return _normalised(dict(arrivals.segments))
    counts = {name: float(segment.count or 0) for name, segment in scenario.customers.items()}
    if not any(counts.values()):
        counts = {name: 1.0 for name in counts}
    return _normalised(counts)


def _normalised(parts: dict[str, float]) -> dict[str, float]:
    total = sum(parts.values())
    return {name: part / total for name, part in parts.items() if part > 0.0}

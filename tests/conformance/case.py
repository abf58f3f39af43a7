"""A case: a centre, what is true of it, how that is measured, and how long it is watched."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccsim.centre.journal import Journal
from ccsim.scenario import Scenario
from conformance.centre import HOUR, Build
from conformance.controls import usual_controls
from conformance.seen import Measure, Seen

EXACT = {
    case["id"]: case
    for case in json.loads((Path(__file__).parents[1] / "data" / "exact_cases.json").read_text("utf-8"))
}
NORMAL_95 = 1.959963984540054
SIMPY_CONTACTS = 25_000  # watched in a case under the slower clock
CERTAIN = 1e-6  # a share this near 0 or 1 cannot be seen in any run


@dataclass(frozen=True)
class Truth:
    """A true value, and its standard error where it was itself simulated."""

    value: float
    se: float = 0.0


@dataclass(frozen=True)
class Length:
    """How much is simulated: hours of opening in each of so many independent replications."""

    hours: float
    replications: int


@dataclass(frozen=True)
class Case:
    """`compiled` and `simpy` are the lengths under the two clocks; the first `settle` and the last `tail`
    seconds of each replication are simulated but not watched. `rates`: issues a second by intent, for the
    control variates; `controls` gives others instead. `rare`: measures of what happens seldom."""

    name: str
    what: str
    build: Build
    truths: Mapping[str, Truth]
    measures: Mapping[str, Measure]
    compiled: Length
    simpy: Length
    rates: Mapping[str, float]
    settle: float = 2 * HOUR
    tail: float = HOUR
    controls: Callable[[Seen], tuple[float, ...]] | None = None
    rare: frozenset[str] = frozenset()

    def seen_by(self, clock: str) -> dict[str, Measure]:
        """The measures to compare: what is rare shows only in the longer runs of the compiled clock."""
        skip = frozenset() if clock == "compiled" else self.rare
        return {name: measure for name, measure in self.measures.items() if name not in skip}

    def known(self, scenario: Scenario, seen: Seen) -> tuple[float, ...]:
        """Figures of a replication whose expectation is 0."""
        if self.controls is not None:
            return self.controls(seen)
        return usual_controls(scenario, seen, self.rates)

    @property
    def source(self) -> str:
        """The id of the published case; several of ours may go back to one."""
        return self.name.split()[0]

    def length(self, clock: str) -> Length:
        return self.compiled if clock == "compiled" else self.simpy

    def watch(self, journal: Journal, hours: float) -> Seen:
        return Seen.of(journal, self.settle, hours * HOUR - self.tail)

    def scenario(self, clock: str) -> Scenario:
        return self.build(self.length(clock).hours)


def whole(hours: float) -> float:
    """Hours rounded up to what an opening can be: quarters of a Monday, days of a week, weeks."""
    if hours < 24:
        return math.ceil(4 * hours) / 4
    days = math.ceil(hours / 24 - 1e-9)
    return 24.0 * (days if days < 7 else 7 * math.ceil(days / 7))


def long_enough(rate: float, contacts: float, replications: int, unwatched: float) -> Length:
    """The length that makes so many contacts in all at `rate` a second, beside the unwatched time (s)."""
    hours = contacts / replications / rate / HOUR
    return Length(whole(max(hours, 1.5 * unwatched / HOUR)), replications)


def truths(source: str, names: Mapping[str, Measure]) -> dict[str, Truth]:
    """The published outputs of a case that can be measured."""
    return {name: truth(EXACT[source]["outputs"][name]) for name in names}


def truth(published: Any) -> Truth:
    if isinstance(published, Mapping):
        return Truth(published["value"], published["ci95_half"] / NORMAL_95)
    return Truth(float(published))


def visible(source: str, measures: Mapping[str, Measure]) -> dict[str, Measure]:
    """Those measures that the case publishes, but for shares too near 0 or 1 to be seen."""
    outputs = EXACT[source]["outputs"]
    found = {}
    for name, measure in measures.items():
        if name in outputs:
            value = truth(outputs[name]).value
            if value > CERTAIN and abs(1.0 - value) > CERTAIN:
                found[name] = measure
    return found


def exact_case(
    source: str,
    build: Build,
    rates: float | Mapping[str, float],
    measures: Mapping[str, Measure],
    name: str | None = None,
    what: str | None = None,
    contacts: float = 3.5e5,
    replications: int = 24,
    settle: float = 2 * HOUR,
    tail: float = HOUR,
    **more: Any,
) -> Case:
    """A case of exact_cases.json; `rates` are its issues a second by intent (a number: of `call`)."""
    seen = visible(source, measures)
    by_intent = rates if isinstance(rates, Mapping) else {"call": rates}
    rate = sum(by_intent.values())
    return Case(
        name=name or source,
        what=what or EXACT[source]["description"],
        build=build,
        truths=truths(source, seen),
        measures=seen,
        compiled=long_enough(rate, contacts, replications, settle + tail),
        simpy=long_enough(rate, SIMPY_CONTACTS, 12, settle + tail),
        rates=by_intent,
        settle=settle,
        tail=tail,
        **more,
    )


def inputs(source: str) -> dict[str, Any]:
    found: dict[str, Any] = EXACT[source]["inputs"]
    return found

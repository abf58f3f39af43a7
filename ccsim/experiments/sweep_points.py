"""The points of a sweep as scenarios, each with the base it is measured against.

A lever that says what is done (agents, routing, prices) changes the point alone. One that says what the
world is like (customers and their worth, the outcome model, economics) changes the base alike: what a
change earns if customers are worth more is not what it earns that they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from ccsim.errors import Fault, ScenarioError
from ccsim.experiments.base import base_of, comparable
from ccsim.experiments.levers import names_of
from ccsim.experiments.manifest import digest, sha
from ccsim.experiments.recomputed import OF_THE_RUN_ALONE
from ccsim.experiments.simulated_part import simulated_part
from ccsim.scenario.paths import split

if TYPE_CHECKING:
    from ccsim.experiments.designs import Design
    from ccsim.experiments.levers import Setting
    from ccsim.scenario import Scenario

WORLD: Final = ("customers", "experience", "loyalty", "economics")  # sections that say what the world is like


@dataclass(frozen=True, eq=False)
class Side:
    """A scenario in a sweep: `key` tells it from others, `centre` is the same where it runs the same."""

    scenario: Scenario
    key: str
    centre: str

    @classmethod
    def of(cls, scenario: Scenario) -> Side:
        """The scenario with its digests."""
        return cls(scenario, digest(scenario), sha(_text(simulated_part(scenario))))


@dataclass(frozen=True, eq=False)
class Point:
    """One point: its settings, one a lever, its scenario and its base's."""

    number: int
    settings: tuple[Setting, ...]
    side: Side
    base: Side


def of_the_world(key: str) -> bool:
    """Whether a lever says what the world is like, so that base and point have it alike."""
    return split(key)[0] in WORLD and key != OF_THE_RUN_ALONE


def points_of(start: Scenario, design: Design) -> list[Point]:
    """The points of a design, from a scenario (or a variant, whose base is the file as written).

    ScenarioError with what is wrong at which point, where values do not go together.
    """
    base = base_of(start) or start
    keys = [lever.key for lever in design.levers]
    names = names_of(design.levers)
    world = [key for key in keys if of_the_world(key)]
    bases: dict[tuple[str, ...], Side] = {}
    points, faults = [], []
    for number, row in enumerate(design.rows):
        changes = {key: one.text for key, one in zip(keys, row, strict=True) if not one.kept}
        shared = {key: changes[key] for key in world if key in changes}
        told = tuple(shared.values())
        try:
            side = Side.of(start.with_changes(changes) if changes else start)
            if told not in bases:
                bases[told] = Side.of(_with(base, shared))
            comparable(bases[told].scenario, side.scenario)
            points.append(Point(number, row, side, bases[told]))
        except ScenarioError as error:
            where = ", ".join(f"{name} {one.text}" for name, one in zip(names, row, strict=True))
            faults += [replace(fault, file=f"point {where}", line=0, column=0) for fault in error.faults]
    if faults:
        raise ScenarioError(_each_once(faults))
    return points


def _with(base: Scenario, shared: Mapping[str, str]) -> Scenario:
    """The base with those changes that it takes: some may speak of what only the variant has."""
    for key, text in shared.items():
        with suppress(ScenarioError):
            base = base.with_changes({key: text})
    return base


def _each_once(faults: Sequence[Fault]) -> list[Fault]:
    """Each fault at the first point that has it."""
    return list({(fault.key, fault.message): fault for fault in reversed(faults)}.values())


def _text(value: Any) -> str:
    """The same text for equal values: sets in their order."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key!r}: {_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, set | frozenset):
        return repr(sorted(value))
    if isinstance(value, tuple) and type(value) is tuple:
        return "(" + ", ".join(map(_text, value)) + ")"
    return repr(value)

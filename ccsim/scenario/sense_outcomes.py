"""Checks of what is believed of customers: what cannot be, and what is stated and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ccsim.errors import Fault
from ccsim.parameters import outcome_parameters
from ccsim.scenario.faults import fault_at
from ccsim.scenario.nodes import Node, Path, find
from ccsim.scenario.scenario import Scenario

FULL_SLOPE = 0.3  # of the relation: half of what alone would make worst against best a ratio of 3
# Parameters that count only with one word of `economics.growth_from`.
_ONLY_WITH = {
    "value.referrals_per_promoter": "referrals",
    "wom.negative_to_positive": "referrals",
    "nps.revenue_growth_per_point": "nps",
}


def outcome_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Growth without a number that grows."""
    for name, segment in scenario.customers.items():
        if segment.growth and segment.count is None:
            yield fault_at(
                tree,
                ("customers", name, "growth"),
                "is a share of today's customers, and nobody says how many there are",
                "write `count: 60000` beside it",
            )


def outcome_warnings(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Beliefs that have no effect, or count the same experience twice."""
    word, stated = scenario.economics.growth_from, _overrides(scenario)
    for name, only in _ONLY_WITH.items():
        if name in stated and word != only:
            yield fault_at(
                tree,
                _place(tree, name),
                f"has no effect: word of mouth is {word}",
                f"write `growth_from: {only}` under `economics`",
            )
    slope = stated.get("churn.relation_slope", 0.0)
    usual = outcome_parameters()["churn.hr_bad_episode"].number
    ratio = stated.get("churn.hr_bad_episode", usual)
    if _first(slope) > FULL_SLOPE and _first(ratio) >= 2.0:
        yield fault_at(
            tree,
            _place(tree, "churn.relation_slope"),
            "makes the relation drive churn beside bad episodes, which count the same experience",
            "take one of them as the driver: `hr_bad_episode: 1`, or a small slope",
        )
    without = scenario.economics.without_service_churn
    for name, segment in scenario.customers.items():
        if without is not None and segment.churn is not None and segment.churn > without:
            yield fault_at(
                tree,
                ("economics", "without_service", "churn"),
                f"is below the churn of `{name}`: the service would drive customers out",
                "write what churn would be if nobody answered",
            )


def _overrides(scenario: Scenario) -> dict[str, float | tuple[float, ...]]:
    rooms = (scenario.experience, scenario.loyalty, scenario.economics)
    return {name: value for room in rooms for name, value in room.overrides.items()}


def _first(value: float | tuple[float, ...]) -> float:
    return value[0] if isinstance(value, tuple) else value


def _place(tree: Node, name: str) -> Path:
    """Where a parameter is written: nested, or by its dotted name."""
    for room in ("experience", "loyalty", "economics"):
        for path in ((room, *name.split(".")), (room, name)):
            if find(tree, path) is not None:
                return path
    return ("economics",)

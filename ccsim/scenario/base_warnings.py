"""Warnings of a variant that states what is taken from its base: customers, and how they feel and stay."""

from __future__ import annotations

from collections.abc import Iterator

from ccsim.errors import Fault
from ccsim.scenario.faults import fault_at
from ccsim.scenario.loading import without_variant
from ccsim.scenario.nodes import Node, Path, find
from ccsim.scenario.scenario import Scenario

CUSTOMERS = ("count", "margin", "churn", "growth")


def base_warnings(scenario: Scenario, tree: Node, base: Scenario | None = None) -> Iterator[Fault]:
    """What a variant changes and its figures do not follow: both are judged on the same customers.

    Contacts stated by customer do follow the variant's count. base: what it is compared with, where that is
    another file.
    """
    base = base or without_variant(scenario)
    if base is None:
        return
    for name in scenario.customers:
        changed = [
            key
            for key in CUSTOMERS
            if name in base.customers
            and getattr(scenario.customers[name], key) != getattr(base.customers[name], key)
        ]
        if changed:
            follow = ": only contacts by customer follow the variant's" if "count" in changed else ""
            yield fault_at(
                tree,
                _place(tree, ("customers", name), changed),
                f"a variant is judged on the customers of its base: {_keys(changed)} of `{name}` "
                f"{_are(changed)} taken from the base{follow}",
                "change it in the base",
            )
    for room in ("experience", "loyalty"):
        mine, its = (getattr(one, room).overrides for one in (scenario, base))
        changed = [key for key in dict.fromkeys((*mine, *its)) if mine.get(key) != its.get(key)]
        if changed:
            yield fault_at(
                tree,
                (room,),
                f"a variant is judged as its base is: {_keys(changed)} {_are(changed)} taken from the base",
                "change it in the base",
            )
    mine, its = (_beliefs(one) for one in (scenario, base))
    changed = [key for key in dict.fromkeys((*mine, *its)) if mine.get(key) != its.get(key)]
    if changed:
        yield fault_at(
            tree,
            ("economics",),
            "a variant's money is counted as its base's is: "
            f"{_keys(changed)} {_are(changed)} taken from the base",
            "change it in the base",
        )


def _beliefs(scenario: Scenario) -> dict[str, object]:
    """What `economics` believes of customers; what things cost is the variant's own."""
    economics = scenario.economics
    values = {name: value for name, value in economics.overrides.items() if name.startswith("value.")}
    return {"growth_from": economics.growth_from, "discount": economics.discount, **values}


def _keys(names: list[str]) -> str:
    more = f" and {len(names) - 6} more" if len(names) > 6 else ""
    return ", ".join(f"`{name}`" for name in names[:6]) + more


def _are(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _place(tree: Node, above: Path, keys: list[str]) -> Path:
    return next(((*above, key) for key in keys if find(tree, (*above, key)) is not None), above)

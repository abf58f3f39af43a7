"""What the simulation depends on: two scenarios alike in it have the same contacts, waits and journeys.

The rest (prices, what customers are worth, the outcome model, targets) only says what the journeys come
to; it may be other than it was when they were simulated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from ccsim.results.draws import parameters_of
from ccsim.scenario.agents import Group
from ccsim.scenario.assist import Assist
from ccsim.scenario.customers import Segment
from ccsim.scenario.empowerment import Empowerment
from ccsim.scenario.fields import Section
from ccsim.scenario.intents import Intent
from ccsim.scenario.proactive import Outreach
from ccsim.scenario.scenario import Scenario
from ccsim.scenario.self_service import SelfService
from ccsim.scenario.training import Training
from ccsim.scenario.workforce import Workforce

if TYPE_CHECKING:
    from ccsim.centre.rules import Rule

# Keys that only say what things are worth or called.
WORTH: Final[Mapping[type[Section], frozenset[str]]] = {
    Scenario: frozenset(
        ("name", "currency", "sites", "targets", "experience", "loyalty", "economics", "variants", "source")
    ),
    Segment: frozenset(
        ("count", "margin", "churn", "growth", "acquisition", "tenure", "value", "attributes")
    ),
    Intent: frozenset(("upsell",)),
    Group: frozenset(("wage", "overtime", "on_cost", "licence")),
    Assist: frozenset(("licence",)),
    Empowerment: frozenset(("gesture", "chance")),
    Training: frozenset(("cost",)),
    Workforce: frozenset(("cost",)),
    SelfService: frozenset(("cost",)),
    Outreach: frozenset(("cost",)),
}
SAME_AS_NONE: Final = {"workforce": Workforce()}  # by key: what it means to say nothing
BY_WAGE: Final = ("cheapest",)  # rules of routing that look at wages
BY_MARGIN: Final = ("value",)  # and at what customers bring


def simulated_part(scenario: Scenario, rule: Rule | None = None) -> dict[str, Any]:
    """What the simulation takes from a scenario, by section; equal where it would run the same.

    rule: the routing rule handed in from Python, which may look at wages.
    """
    found: dict[str, Any] = _without_worth(scenario)[1]
    # The number of customers of a segment is its share in the contacts where nothing else says it.
    found["segments"] = {name: scenario.segment_shares(name) for name in scenario.arrivals}
    found["promised_wait"] = parameters_of(scenario)["effort.promised_wait"].number
    if rule is not None or scenario.routing.agent in BY_WAGE:
        found["wages"] = {name: group.wage for name, group in scenario.agents.items()}
    if scenario.routing.contact in BY_MARGIN:
        found["margins"] = {name: segment.margin for name, segment in scenario.customers.items()}
    return found


def _without_worth(value: Any) -> Any:
    """A section as its type, its values and what was said in so many words, without what is worth only."""
    if isinstance(value, Section):
        kept = set(type(value).model_fields) - WORTH.get(type(value), frozenset())
        values = {name: getattr(value, name) for name in sorted(kept)}
        values |= {name: none for name, none in SAME_AS_NONE.items() if values.get(name, none) is None}
        # In groups and workforces a default said in so many words may mean something else than one unsaid.
        said = set() if isinstance(value, Scenario) else value.model_fields_set & kept - set(SAME_AS_NONE)
        return type(value), {name: _without_worth(item) for name, item in values.items()}, said
    if isinstance(value, dict):
        return {name: _without_worth(item) for name, item in value.items()}
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(_without_worth(item) for item in value)
    return value

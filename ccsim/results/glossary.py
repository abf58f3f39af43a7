"""The glossary of measures, written from the registry so that it cannot fall behind it."""

from __future__ import annotations

from collections.abc import Mapping

from ccsim.results.facts import FACTS
from ccsim.results.figures import CUSTOMERS, ECONOMICS, LINES, LOYALTY
from ccsim.results.measure import Measure
from ccsim.results.measures import MEASURES, unit_of

_HEAD = """# Measures

Written from the registry by `ccsim.results.glossary`; change it there.

Contact measures count contacts that arrived in the counted weeks, in the interval of their arrival
(in self-service, if they begin there); those of a queue or group count legs that entered the queue in
them; issue measures count issues born in them; agent time and backlogs are counted by the clock.
Service level and waits are those of the first leg in a queue for people. A contact belongs to the
channel on which it came, an issue to that of its first contact. What was contained by self-service, given
up in it, or left as a message was not offered to people.

A measure is a ratio of two sums of *facts*. Over replications it is the ratio of the summed facts,
with a 95 % Student interval by the delta method; wait quantiles are averaged over replications. It is
`NaN` where nothing was counted. The *bad day* of a measure is the worst day in ten, not an interval.
"""

_MODEL = """## Loyalty and money

What each parameter is, how sure and from where: `ccsim explain FILE --all`. A bad episode is an issue never
resolved, or whose effort is above the 85th percentile of the base; a severe one is never resolved, or came
after three abandonments. Chance to leave in a month, of a customer with n bad episodes in the last 12:

    p = 1 - exp(-u - h0 exp(-β (Z - Z̄)) HR^B),   B = min(n, 3)^0.5

and a small chance to leave at once at a severe failure. n is Poisson; h0 is solved by segment so that the
base loses what the scenario states; u is the part of it that no service moves. HR is 3 (2 to 5), β is 0:
experience drives churn through bad episodes or through Z, never through both at full strength.

Months ahead, a base stays as it is. A variant starts in its base's state: its own bad episodes fill the last
12 months as they pass, so that churn has moved as far as it will after a year, and Z goes to its own steady
state. Those who leave make no contacts, newcomers do: what is paid or sold by the contact follows the
customers, people are paid as staffed. CLV is margin times survival, discounted, for ever.

`low` and `high` are the 95 % interval over replications, `model_low` and `model_high` the 80 % band of the
outcome model: its parameters drawn in their ranges. Neither contains the other.
"""


def measures_page() -> str:
    """`docs/measures.md`: each measure with its formula, what outcomes mean, and the facts behind both."""
    measures = "\n".join(_entry(measure) for measure in MEASURES.values())
    facts = _table("fact | counts", FACTS)
    return f"{_HEAD}\n## Glossary\n\n{measures}\n{_outcomes()}\n## Facts\n\n{facts}"


def _outcomes() -> str:
    """Loyalty and money: the model in short, and what each figure means."""
    customers = {name: f"{doc} ({unit})" for name, (unit, doc) in CUSTOMERS.items()}
    tables = (
        ("`Run.loyalty`", "measure | meaning", LOYALTY),
        ("`Run.economics`: lines of the ledger, a year", "line | meaning", LINES),
        ("`Run.economics`: the rest, over the horizon", "measure | meaning", ECONOMICS),
        ("`Run.customers`: one customer a row", "column | meaning", customers),
    )
    return _MODEL + "".join(f"\n### {title}\n\n{_table(head, docs)}" for title, head, docs in tables)


def _table(head: str, docs: Mapping[str, str]) -> str:
    rows = "".join(f"| `{name}` | {doc} |\n" for name, doc in docs.items())
    return f"| {head} |\n|---|---|\n{rows}"


def _entry(measure: Measure) -> str:
    better = {"up": "; more is better", "down": "; less is better", None: ""}[measure.better]
    slices = ", ".join(by or "whole" for by in measure.slices)
    return (
        f"**`{measure.name}`**: {measure.label} ({unit_of(measure, None, 'money')}{better})  \n"
        f"`{measure.formula}`  \n{measure.doc}  \nBy: {slices}.\n"
    )


if __name__ == "__main__":
    print(measures_page(), end="")

"""The glossary of measures, written from the registry so that it cannot fall behind it."""

from __future__ import annotations

from ccsim.results.facts import FACTS
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


def measures_page() -> str:
    """`docs/measures.md`: each measure with its formula, and what the facts in it are."""
    measures = "\n".join(_entry(measure) for measure in MEASURES.values())
    facts = "\n".join(f"| `{name}` | {doc} |" for name, doc in FACTS.items())
    return f"{_HEAD}\n## Glossary\n\n{measures}\n## Facts\n\n| fact | counts |\n|---|---|\n{facts}\n"


def _entry(measure: Measure) -> str:
    better = {"up": "; more is better", "down": "; less is better", None: ""}[measure.better]
    slices = ", ".join(by or "whole" for by in measure.slices)
    return (
        f"**`{measure.name}`**: {measure.label} ({unit_of(measure, None, 'money')}{better})  \n"
        f"`{measure.formula}`  \n{measure.doc}  \nBy: {slices}.\n"
    )


if __name__ == "__main__":
    print(measures_page(), end="")

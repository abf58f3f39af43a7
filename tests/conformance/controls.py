"""Control variates: figures of a run whose expectation is known exactly, to take chance out of estimates.

How many issues were born, and how long the answered ones talked, explain most of the difference between
replications; neither depends on how the centre routes. Regression on them narrows shares of contacts to
a third or less of the plain standard error (Law, "Simulation Modeling and Analysis", section 11.4).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from ccsim.scenario import Scenario
from conformance.seen import Seen

MOST = 3  # intents told apart; of more only the total is used


def usual_controls(scenario: Scenario, seen: Seen, rates: Mapping[str, float]) -> tuple[float, ...]:
    """Births over their expectation and talk over its mean, each less 1, by intent or in all.

    `rates` (issues a second, by intent) are averages over the time watched.
    """
    apart = [(name,) for name in rates] if len(rates) <= MOST else [tuple(rates)]
    found = []
    for names in apart:
        expected = sum(rates[name] for name in names) * seen.length
        found.append(_born(seen, names) / expected - 1.0)
        found.append(_talked(scenario, seen, names) / expected)
    return tuple(found)


def births(name: str, rate: float) -> Callable[[Seen], tuple[float, ...]]:
    """Only how many issues of an intent were born: where work takes longer beside other work, how long
    it took has no known mean."""
    return lambda seen: (_born(seen, (name,)) / (rate * seen.length) - 1.0,)


def _born(seen: Seen, names: tuple[str, ...]) -> float:
    issues, known = seen.journal.issues, seen.journal.names
    intent = known.cell_intent[issues["cell"]]
    inside = (issues["born"] >= seen.start) & (issues["born"] < seen.stop)
    return float((inside & np.isin(intent, [known.intents.index(name) for name in names])).sum())


def _talked(scenario: Scenario, seen: Seen, names: tuple[str, ...]) -> float:
    """Sum over answered legs of talk at normal speed over its mean, less 1."""
    known = seen.journal.names
    total = 0.0
    for name in names:
        intent = scenario.intents[name]
        mine = seen.answered & seen.counted & (seen.rows["intent"] == known.intents.index(name))
        speeds = np.array([
            group.skills[intent.skill].speed if intent.skill in group.skills else 1.0
            for group in scenario.agents.values()
        ])  # fmt: skip
        talk = seen.rows["talk"][mine] * speeds[seen.group[mine]]
        total += float((talk / intent.talk.mean - 1.0).sum())
    return total

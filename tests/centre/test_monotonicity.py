"""On common draws more of a good thing is never worse: exactly so where theory says it, else on the whole.

First come, first served with one team and no abandonment, every single wait falls (or stays) when an agent
is added, a call less comes, or talks are shorter: the Kiefer-Wolfowitz recursion is monotone in each.
"""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.centre.journal import ABANDONED, BLOCKED, HANDLED, Journal
from ccsim.centre.simulate import simulate
from ccsim.scenario import Scenario, loads

CENTRE = """
ccsim: 1
weeks: 1
warm_up: 0 days
follow_up: 0 days
calendar: {hours: {mon-tue: 24h}}
intents: {ask: {talk: 4min, wrap_up: 20s, fcr: 100%, complexity: 0, repeat: none}}
channels: {voice: {patience: never, redial: none}}
arrivals: {voice: {contacts: 5000/week, profile: two_peaks, busyness: none, counted: first}}
agents: {team: {on_seat: 9, skills: [ask]}}
"""
NEVER = loads(CENTRE)
IMPATIENT = NEVER.with_changes({"channels.voice.patience": "90s"})


def run(scenario: Scenario, changes: dict[str, str] | None = None, replication: int = 0) -> Journal:
    changed = scenario.with_changes(changes) if changes else scenario
    return simulate(changed, replication, "simpy")


def waits(journal: Journal) -> dict[int, float]:
    """Wait of each issue's first contact under the key of its draws; those who still wait: to the end."""
    legs = journal.legs
    left = np.where(np.isnan(legs["left"]), journal.end, legs["left"])
    keys = journal.issues["key"][legs["issue"]].tolist()
    return dict(zip(keys, (left - legs["entered"]).tolist(), strict=True))


BETTER = {
    "an agent more": {"agents.team.on_seat": "+1"},
    "shorter talks": {"intents.ask.talk": "-5%"},
    "shorter wrap-up": {"intents.ask.wrap_up": "-50%"},
    "fewer contacts": {"arrivals.voice.contacts": "-4%"},
    "faster agents": {"agents.team.skills": "{ask: 105%}"},
}


@pytest.mark.parametrize("change", BETTER)
@pytest.mark.parametrize("replication", [0, 1, 2])
def test_no_wait_grows_where_nobody_gives_up(change: str, replication: int) -> None:
    before = waits(run(NEVER, None, replication))
    after = waits(run(NEVER, BETTER[change], replication))
    shared = before.keys() & after.keys()
    assert len(shared) > 4000
    assert all(after[key] <= before[key] + 1e-6 for key in shared)
    assert sum(after[key] for key in shared) < 0.98 * sum(before[key] for key in shared)


def share(journal: Journal, outcome: int) -> float:
    return float((journal.legs["outcome"] == outcome).mean())


def answered_within(journal: Journal, seconds: float) -> float:
    legs = journal.legs
    return float(((legs["outcome"] == HANDLED) & (legs["left"] - legs["entered"] <= seconds)).mean())


def test_each_agent_raises_service_and_lowers_abandonment() -> None:
    journals = [run(IMPATIENT, {"agents.team.on_seat": str(agents)}) for agents in range(6, 14)]
    service = [answered_within(journal, 20.0) for journal in journals]
    lost = [share(journal, ABANDONED) for journal in journals]
    assert np.all(np.diff(service) > 0)
    assert np.all(np.diff(lost) < 0)
    assert service[0] < 0.6 < 0.9 < service[-1]


def test_more_patience_means_fewer_lost_and_longer_waits() -> None:
    journals = [run(NEVER, {"channels.voice.patience": f"{s}s"}) for s in (30, 60, 120, 240, 480)]
    lost = [share(journal, ABANDONED) for journal in journals]
    mean = [np.nanmean(journal.legs["left"] - journal.legs["entered"]) for journal in journals]
    assert np.all(np.diff(lost) < 0)
    assert np.all(np.diff(mean) > 0)


def test_fewer_lines_block_more() -> None:
    journals = [run(IMPATIENT, {"channels.voice.lines": str(lines)}) for lines in (6, 8, 10, 13, 17)]
    blocked = [share(journal, BLOCKED) for journal in journals]
    assert np.all(np.diff(blocked) < 0)
    assert blocked[0] > 0.1


def test_credit_moves_waits_from_one_kind_to_the_other() -> None:
    two = CENTRE.replace("intents: {ask: {", "intents: {gold: {share: 40%, skill: ask, ").replace(
        "complexity: 0, repeat: none}}",
        "complexity: 0, repeat: none}, ask: {share: 60%, talk: 4min, wrap_up: 20s, fcr: 100%, "
        "complexity: 0, repeat: none}}",
    )
    scenario = loads(two)
    gold, plain, total = [], [], []
    for credit in ("0s", "30s", "2min", "20min"):
        legs = run(scenario, {"routing.wait_credit": f"{{gold: {credit}}}"}).legs
        wait = np.where(np.isnan(legs["left"]), 0.0, legs["left"] - legs["entered"])
        gold.append(wait[legs["intent"] == 0].mean())
        plain.append(wait[legs["intent"] == 1].mean())
        total.append(wait.mean())
    assert np.all(np.diff(gold) < 0)
    assert np.all(np.diff(plain) > 0)
    assert np.ptp(total) < 0.05 * total[0]  # who is served next hardly changes how much is waited in all

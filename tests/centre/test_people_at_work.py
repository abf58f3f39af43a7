"""People in a run: time balances, beginners are slower, the tired leave, tables give each their skills."""

from __future__ import annotations

import sys
from math import exp
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from rosters import play

from ccsim.centre.crews import build_crews
from ccsim.centre.journal import ABSENT, AWAY, HANDLING, READY, SEATED, Journal
from ccsim.centre.simulate import simulate
from ccsim.scenario import Scenario, load, loads
from ccsim.scenario.strain import Strain
from ccsim.units import DAY, MONTH, WEEK

TEXT = """
ccsim: 1
weeks: 6
warm_up: 1 week
follow_up: 0 days
calendar: {hours: {mon-fri: 08:00-18:00}}
intents: {ask: {talk: {constant: 4min}, wrap_up: {constant: 20s}, fcr: 70%, complexity: 0, repeat: none}}
channels: {voice: {patience: 2min, redial: none}}
arrivals: {voice: {contacts: CONTACTS/week, profile: flat, busyness: none, counted: first}}
shifts:
  early: {days: mon-fri, hours: 07:50-13:00, breaks: [10:00 15min]}
  late: {days: mon-fri, hours: 12:50-18:00, breaks: [15:00 15min]}
agents: {team: {KEYS, skills: [ask]}}
"""
TURNOVER = ("employed: {people: 14, leave: 5 weeks}, rota: [early, late], shrinkage: {absence: 8%, meetings: 4%}, "
            "adherence: 92%, workforce: {attrition: 90%/year, replace: {lead: 1 week}, training: 1 week, "
            "hiring: {agents: 3, start: 2026-01-14}}")  # fmt: skip


def centre(keys: str, contacts: int = 2000, rest: str = "") -> Scenario:
    return loads(TEXT.replace("KEYS", keys).replace("CONTACTS", str(contacts)) + rest)


def test_time_on_the_roster_is_seated_paused_absent_or_in_training() -> None:
    scenario = centre(TURNOVER)
    journal, planned = simulate(scenario, 1, "simpy"), play(scenario, 1)
    rows = journal.presence
    overtime = np.where(rows["state"] == SEATED, np.maximum(rows["end"] - rows["due"], 0.0), 0.0).sum()
    present = (rows["end"] - rows["start"]).sum() - overtime
    off = sum(end - start for _, start, end in (*planned.roster.absent, *planned.roster.away))
    assert present == pytest.approx(planned.worked + off)
    assert journal.people.tobytes() == planned.roster.people.tobytes()
    absent = rows[rows["state"] == ABSENT]
    assert (absent["end"] - absent["start"]).sum() == pytest.approx(
        sum(end - start for _, start, end in planned.roster.absent)
    )
    assert np.count_nonzero(rows["state"] == AWAY) > len(planned.roster.away) > 10


def test_nobody_works_before_training_is_over_or_after_leaving() -> None:
    journal = simulate(centre(TURNOVER), 1, "simpy")
    legs = journal.legs[journal.legs["agent"] >= 0]
    people = journal.people
    begins = np.nan_to_num(people["ready"], nan=-np.inf)
    ends = np.nan_to_num(people["left"], nan=np.inf)
    for agent, time in zip(legs["agent"].tolist(), legs["left"].tolist(), strict=True):
        mine = people["agent"] == agent
        assert np.any((begins[mine] <= time) & (time < ends[mine]))
    hired = people[~np.isnan(people["hired"])]
    assert len(hired) >= 3 and set(hired["agent"]) & set(legs["agent"].tolist())


def test_beginners_talk_longer_and_solve_less() -> None:
    keys = ("scheduled: {early: 6, late: 6}, shrinkage: none, adherence: 100%, tenure: 0, "
            "learning: {talk: +50%, tau: 1 month, fcr: -40%}")  # fmt: skip
    scenario = centre(keys, contacts=2600)
    journal = simulate(scenario, 0, "simpy")
    legs = journal.legs[journal.legs["resolved"] + (journal.legs["outcome"] == 1) > 0]
    week = np.floor(legs["left"] / WEEK).astype(int)
    for k in range(-1, 6):
        new = exp(-(k + 1) * WEEK / MONTH)
        mine = legs[week == k]
        assert mine["talk"] == pytest.approx(240 * (1 + 0.5 * new))
        assert mine["wrap"] == pytest.approx(20 * (1 + 0.5 * new))
        solved = 0.7 * (1 - 0.4 * new)
        assert mine["resolved"].mean() == pytest.approx(solved, abs=3.3 * np.sqrt(0.25 / len(mine)))


def test_the_overworked_tire_and_the_idle_do_not() -> None:
    """Each agent's talk follows the occupancy of its own weeks before, as the journal shows it."""
    keys = "scheduled: {early: 6, late: 6}, shrinkage: none, adherence: 100%"
    rest = "workforce: {strain: {talk: +30%, recovery: 2 weeks}}\n"
    for contacts, tires in ((6000, True), (600, False)):
        journal = simulate(centre(keys, contacts, rest), 0, "simpy")
        strain, curve = np.zeros(12), Strain(recovery=2 * WEEK)
        for week in range(-1, 6):
            talk = talk_times(journal, week)
            assert talk == pytest.approx(240 * 1.3**strain, rel=1e-6, nan_ok=True)
            busy = occupancy(journal, week)
            strain = np.array([curve.after(*pair) for pair in zip(strain, busy, strict=True)])
        assert (strain.min() > 0.3) if tires else (strain.max() == 0.0)


def talk_times(journal: Journal, week: int) -> np.ndarray:
    """Mean talk of each agent's contacts answered in a week; nan for none."""
    legs = journal.legs[(journal.legs["outcome"] == 1) & (np.floor(journal.legs["left"] / WEEK) == week)]
    with np.errstate(invalid="ignore"):
        return np.bincount(legs["agent"], legs["talk"], 12) / np.bincount(legs["agent"], minlength=12)


def occupancy(journal: Journal, week: int) -> np.ndarray:
    """Of the time each agent was seated in a week, the share with a contact in hand."""
    spells = journal.spells()
    seconds = spells.end - spells.start
    here = np.floor(spells.start / WEEK) == week
    handling, ready = (
        np.bincount(spells.agent[here], (seconds * (spells.state == state))[here], 12)
        for state in (HANDLING, READY)
    )
    return np.asarray(handling / (handling + ready))


def test_agents_of_a_table_do_what_they_can(tmp_path: Path) -> None:
    rows = ["agent,group,skill,proficiency,speed,shift"]
    for k in range(12):
        skills = [("ask",), ("buy",), ("ask", "buy")][k % 3]
        rows += [
            f"a{k},team,{skill},100%,{200 if k % 2 else 100}%,{'early' if k < 6 else 'late'}"
            for skill in skills
        ]
    (tmp_path / "people.csv").write_text("\n".join(rows), encoding="utf-8")
    text = TEXT.replace("CONTACTS", "2500").replace("agents: {team: {KEYS, skills: [ask]}}", """agents:
  from: people.csv
  team: {shrinkage: none, adherence: 100%}
""").replace("repeat: none}}", "repeat: none}, buy: {talk: {constant: 4min}, repeat: none}}")  # fmt: skip
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    scenario = load(tmp_path / "x.yaml")
    crews = build_crews(scenario)
    assert [crew.members for crew in crews] == [(0, 6), (1, 7), (2, 8), (3, 9), (4, 10), (5, 11)]
    journal = simulate(scenario, 0, "simpy")
    legs = journal.legs[journal.legs["agent"] >= 0]
    assert set(legs["group"].tolist()) == {0} and journal.names.groups == ("team",)
    kind = legs["agent"] // 2  # crew by crew, two agents each
    can = np.array([[crew.serves("voice", skill) for skill in journal.names.skills] for crew in crews])
    assert can[kind, journal.names.queue_skill[legs["queue"]]].all()
    assert legs["talk"] == pytest.approx(np.where(kind % 2, 120.0, 240.0))
    late = np.isin(legs["agent"], [1, 3, 5, 7, 9, 11])
    assert (legs["left"][late] % DAY).min() >= 12.8 * 3600 > 12.5 * 3600 > (legs["left"][~late] % DAY).min()


@pytest.mark.parametrize("replication", [0, 1])
def test_both_clocks_hold_the_same_reviews(replication: int) -> None:
    pytest.importorskip("numba")
    rest = "workforce: {strain: {talk: +20%}}\n"
    scenario = centre(TURNOVER.replace("workforce: {", "workforce: {cost: 1, "), 3000, rest)
    simpy, compiled = (simulate(scenario, replication, clock) for clock in ("simpy", "compiled"))
    for table in ("issues", "legs", "presence", "people"):
        assert getattr(simpy, table).tobytes() == getattr(compiled, table).tobytes(), table

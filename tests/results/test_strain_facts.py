"""The strain of those on seat: by day, by group and in all, as a walk through the journal finds it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from ccsim.centre.journal import PRESENCE, SEATED, Journal
from ccsim.centre.people import STRAINS
from ccsim.centre.simulate import simulate
from ccsim.results.grid import grid_of
from ccsim.results.measures import MEASURES
from ccsim.results.reduce import reduce
from ccsim.results.strain_facts import strain_facts
from ccsim.scenario import Scenario, loads

DAY, WEEK = 86_400.0, 604_800.0
CENTRE = """
ccsim: 1
weeks: 3
warm_up: 1 week
follow_up: 0 days
calendar: {hours: {mon-sun: 00:00-24:00}}
intents: {sales: {talk: 6min, fcr: 80%}}
arrivals: {voice: {contacts: 1500/week, counted: first}}
shifts: {night: {days: mon-sun, hours: 20:00-24:00}, day: {days: mon-sun, hours: 08:00-20:00}}
agents:
  fixed: {on_seat: 1, skills: [sales], workforce: none}
  moved: {scheduled: {day: 2, night: 2}, skills: [sales]}
workforce: {strain: {threshold: 30%, recovery: 2 weeks}, attrition: 60%/year, replace: {lead: 1 week}}
"""


@pytest.fixture(scope="module")
def centre() -> Scenario:
    return loads(CENTRE)


@pytest.fixture(scope="module")
def journal(centre: Scenario) -> Journal:
    return simulate(centre, 0, "simpy")


def strain(journal: Journal, scenario: Scenario, by: str | None = None) -> np.ndarray:
    return MEASURES["strain"].values(reduce(journal, scenario), by)


def walked(journal: Journal, low: float, high: float, group: int) -> tuple[float, float]:
    """Agent-seconds on seat from `low` to `high` (s), times strain and alone."""
    weighted = seconds = 0.0
    for row in journal.presence[journal.presence["state"] == SEATED]:
        if journal.names.agents[row["agent"]] != group:
            continue
        here = max(0.0, min(high, row["end"]) - max(low, row["start"]))
        seconds += here
        for each in journal.strains[journal.strains["agent"] == row["agent"]]:
            both = min(high, row["end"], each["end"]) - max(low, row["start"], each["start"])
            weighted += max(0.0, both) * each["strain"]
    return weighted, seconds


def test_it_is_what_a_walk_through_the_journal_finds(journal: Journal, centre: Scenario) -> None:
    moved = journal.names.groups.index("moved")
    assert len(journal.strains) and journal.strains["strain"].min() > 0.0
    weighted, seconds = walked(journal, 0.0, journal.counted_until, moved)
    assert strain(journal, centre)[0] == pytest.approx(weighted / seconds)
    by_day = [np.divide(*walked(journal, day * DAY, (day + 1) * DAY, moved)) for day in range(21)]
    assert strain(journal, centre, "day") == pytest.approx(by_day)


def test_only_groups_where_it_is_on_have_it(journal: Journal, centre: Scenario) -> None:
    by_group = dict(zip(journal.names.groups, strain(journal, centre, "group"), strict=True))
    assert np.isnan(by_group["fixed"]) and by_group["moved"] == pytest.approx(strain(journal, centre)[0])


def test_it_is_unknown_where_strain_is_off(centre: Scenario) -> None:
    off = centre.with_changes({"workforce.strain": "none", "weeks": "1"})
    calm = simulate(off, 0, "simpy")
    assert calm.strains is None
    assert np.isnan(strain(calm, off)[0])


def test_a_spell_over_the_end_of_a_week_is_cut_there(journal: Journal, centre: Scenario) -> None:
    moved = journal.names.groups.index("moved")
    agent = int(np.flatnonzero(journal.names.agents == moved)[0])
    spell = np.array([(agent, SEATED, WEEK - 4000.0, WEEK + 7000.0, WEEK)], PRESENCE)
    rows = np.array(
        [(agent, 0.0, WEEK, 0.9), (agent, WEEK, 2 * WEEK, 0.4), (agent + 1, 0.0, WEEK, 0.8)], STRAINS
    )
    made = dataclasses.replace(journal, presence=spell, strains=rows)
    grid = grid_of(centre)
    found = strain_facts(made, centre, np.zeros((2, grid.size)), grid)["strained"]
    assert found[moved].sum() == pytest.approx(0.9 * 4000.0 + 0.4 * 7000.0)
    assert grid.by_day(found)[moved, 6:8] == pytest.approx([0.9 * 4000.0, 0.4 * 7000.0])


@pytest.mark.slow
def test_both_clocks_agree(journal: Journal, centre: Scenario) -> None:
    pytest.importorskip("numba")
    assert simulate(centre, 0, "compiled").strains.tobytes() == journal.strains.tobytes()


def test_it_stands_under_the_agents_where_it_is_on(centre: Scenario) -> None:
    import ccsim

    short = centre.with_changes({"weeks": "1", "warm_up": "0 days"})
    for scenario, shown in ((short, True), (short.with_changes({"workforce.strain": "none"}), False)):
        rows = ccsim.run(scenario, 1, clock="simpy").summary()
        assert ("strain" in set(rows["measure"])) == shown

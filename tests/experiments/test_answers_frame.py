"""`Run.answers`: who said what of which issue, by streams that are the same in every variant."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

import ccsim
from ccsim.experiments.answers import ANSWER_COLUMNS, agent_keys
from ccsim.experiments.compare import Comparison
from ccsim.experiments.run import Run
from ccsim.scenario import loads

NODES, HERMITE = np.polynomial.hermite_e.hermegauss(60)
BUSY = """\
ccsim: 1
weeks: 2
warm_up: 1 day
follow_up: 1 week
calendar: {hours: {mon-fri: 09:00-17:00}}
intents: {billing: {talk: 4min, fcr: 75%}}
arrivals: {voice: {contacts: 4500/week, profile: flat}}
agents:
  front: {on_seat: 4, skills: [billing]}
  back:  {on_seat: 5, skills: [billing]}
experience: {csat: {sd_agent: 0.5}}
"""


@pytest.fixture(scope="module")
def busy() -> Run:
    return ccsim.run(loads(BUSY), 1, clock="simpy")


@pytest.fixture(scope="module")
def said(every_run: Run) -> pd.DataFrame:
    return every_run.answers()


def test_one_row_a_counted_issue_with_the_columns_promised(every_run: Run, said: pd.DataFrame) -> None:
    assert list(said.columns) == list(ANSWER_COLUMNS)
    issues = every_run.issues.set_index("issue")
    assert said["issue"].tolist() == issues.index[issues["counted"]].tolist()
    mine = issues.loc[said["issue"]]
    for name in ("channel", "intent", "segment", "customer", "contacts"):
        assert (mine[name].astype(str).to_numpy() == said[name].astype(str).to_numpy()).all(), name
    assert ((mine["status"] == "resolved").to_numpy() == said["resolved"].to_numpy()).all()
    assert not said.isna().any().any()
    for name, (low, high) in {"ces": (1, 7), "csat": (1, 5), "nps": (0, 10)}.items():
        assert said[name].between(low, high).all() and said[name].nunique() == high - low + 1
    pooled = every_run.outcomes.case.journeys[0]
    assert len(said) == pooled.issues
    scored = every_run.outcomes.each[0].scores.effort[0]
    assert said["effort"].mean() == pytest.approx(scored, abs=1e-9)


def test_the_agent_is_the_one_who_answered_last(every_run: Run, said: pd.DataFrame) -> None:
    legs = every_run.legs
    spoke = legs[(legs["agent"] >= 0) & ~legs["outcome"].isin(["silent", "no_reply"])]
    last = spoke.sort_values(["contact", "leg"]).groupby("issue").last()
    mine = last.reindex(said["issue"])
    assert (mine["agent"].fillna(-1).astype(int).to_numpy() == said["agent"].to_numpy()).all()
    nobody = said["agent"] == -1
    assert (said.loc[nobody, "group"] == "nobody").all() and (said.loc[nobody, "site"] == "nobody").all()
    assert (said.loc[nobody, "agent_effect"] == 0).all()
    assert said.loc[~nobody].groupby("agent")["agent_effect"].nunique().eq(1).all()


def test_journeys_that_a_bot_contained_are_scored_too(every_run: Run, said: pd.DataFrame) -> None:
    contacts = every_run.contacts
    first = contacts[contacts["attempt"] == 0].set_index("issue").loc[said["issue"]]
    alone = (first["outcome"] == "contained").to_numpy() & (said["contacts"] == 1).to_numpy()
    solved = said[alone & said["resolved"].to_numpy()]
    assert len(solved) > 50 and (solved["agent"] == -1).all()
    assert (solved["effort"] == 0).all()  # fully self-served: no journey is easier
    best = every_run.outcomes.alone.calibration.intercept[0]
    np.testing.assert_allclose(solved["satisfaction"], best)
    assert solved["ces"].mean() > said["ces"].mean()
    assert solved["csat"].nunique() > 1 and solved["surveyed"].any()


def test_shares_are_what_the_effects_drawn_make_likely(busy: Run) -> None:
    """Given the few agents' own effects: 4-5 of 5 averaged over customers, by quadrature."""
    said = busy.answers()
    felt = (said["satisfaction"] + said["agent_effect"]).to_numpy()
    draws = busy.outcomes.case.central.draws
    cut, sd = draws.cuts["csat.cuts"][2], draws["csat.sd_customer"][0]
    likely = expit(felt[:, None] + sd * NODES - cut) @ HERMITE / HERMITE.sum()
    error = np.sqrt((likely * (1 - likely)).sum()) / len(said)
    assert abs((said["csat"] >= 4).mean() - likely.mean()) < 3.3 * error
    after = busy.experience().set_index("measure")["value"]
    for name, which in (("promoters_after", said["nps"] >= 9), ("detractors_after", said["nps"] <= 6)):
        expected = after[name]
        assert abs(which.mean() - expected) < 3.3 * np.sqrt(expected * (1 - expected) / len(said)), name
    rate = after["response"]
    assert abs(said["surveyed"].mean() - rate) < 3.3 * np.sqrt(rate * (1 - rate) / len(said)) + 0.002


def test_agents_differ_and_it_shows(busy: Run) -> None:
    said = busy.answers()
    agents = said[said["agent"] >= 0].groupby("agent").agg(
        content=("csat", lambda answers: (answers >= 4).mean()),
        easy=("ces", "mean"), effect=("agent_effect", "first"), many=("csat", "size"),
    )  # fmt: skip
    assert len(agents) == 9 and agents["many"].min() > 300
    assert np.corrcoef(agents["content"], agents["effect"])[0, 1] > 0.9
    best, worst = agents["effect"].idxmax(), agents["effect"].idxmin()
    assert agents.loc[best, "content"] - agents.loc[worst, "content"] > 0.05
    named = said.merge(busy.agents[["agent", "group"]].drop_duplicates(), on="agent", suffixes=("", "_of"))
    assert (named["group"].astype(str) == named["group_of"].astype(str)).all()


def test_the_same_call_says_the_same_and_another_seed_does_not(busy: Run) -> None:
    pd.testing.assert_frame_equal(busy.answers(), busy.answers())
    other = ccsim.run(loads(BUSY, sets=["seed=2"]), 1, clock="simpy").answers()
    assert other["csat"].mean() != busy.answers()["csat"].mean()


def test_an_issue_keeps_its_chance_in_a_variant(small_comparison: Comparison) -> None:
    base = small_comparison.base.answers().set_index("issue")
    more = small_comparison.variants["two_more"].answers().set_index("issue")
    assert base.index.equals(more.index)
    np.testing.assert_array_equal(base["customer_effect"], more["customer_effect"])
    no_worse = (
        (more["satisfaction"] >= base["satisfaction"]) & (more["agent_effect"] >= base["agent_effect"])
    )  # fmt: skip
    assert 100 < no_worse.sum() < len(base)
    assert (more["csat"] >= base["csat"])[no_worse].all()
    same = (more["satisfaction"] == base["satisfaction"]) & (more["agent_effect"] == base["agent_effect"])
    assert same.sum() > 50
    for name in ("csat", "ces", "surveyed"):
        assert (more[name] == base[name])[same].all(), name
    assert more["csat"].mean() > base["csat"].mean()  # two agents more: shorter waits, fewer redials
    pd.testing.assert_frame_equal(
        small_comparison.variants["same"].answers(), small_comparison.base.answers(), check_exact=True
    )


def test_an_agent_keeps_the_temper_whoever_else_is_hired(small_comparison: Comparison) -> None:
    """Two generalists more give the technicians other numbers, and nobody another effect."""
    keys = {}
    for name, run in {"base": small_comparison.base, **small_comparison.variants}.items():
        names = run.journal.names
        of_groups = [agent_keys(names)[names.agents == number] for number in range(len(names.groups))]
        keys[name] = of_groups
    assert len(keys["two_more"][0]) == len(keys["base"][0]) + 2
    np.testing.assert_array_equal(keys["two_more"][0][: len(keys["base"][0])], keys["base"][0])
    np.testing.assert_array_equal(keys["two_more"][1], keys["base"][1])
    every = np.concatenate(keys["two_more"])
    assert len(np.unique(every)) == len(every)


def test_a_customer_is_the_same_at_every_issue(every_run: Run, said: pd.DataFrame) -> None:
    again = said[said.duplicated(["segment", "customer"], keep=False)]
    assert len(again) > 20
    assert again.groupby("customer")["customer_effect"].nunique().eq(1).all()
    assert said["customer_effect"].std() == pytest.approx(0.6, rel=0.1)


def test_nobody_knows_the_customers_of_a_bare_scenario(small_file: Path) -> None:
    text = small_file.read_text().replace("{count: 6000, margin: 14.00/month, churn: 18%/year}", "{}")
    said = ccsim.run(loads(text), 1, clock="simpy").answers()
    assert (said["customer"] == -1).all()
    assert said["customer_effect"].nunique() == len(said)  # each issue stands for a customer of its own

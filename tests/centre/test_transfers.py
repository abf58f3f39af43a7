"""Transfers: one contact, several legs, each in the queue of what it turned out to need."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import kstest

from ccsim.centre.journal import ABANDONED, BALKED, BLOCKED, HANDLED, TRANSFERRED, Journal
from ccsim.centre.simulate import simulate
from ccsim.distributions import Lognormal
from ccsim.scenario import loads

CENTRE = """
ccsim: 1
weeks: 1
warm_up: 0 days
follow_up: 0 days
calendar: {hours: {mon: 24h}}
intents:
  sales: {talk: 180s, wrap_up: 30s, fcr: 60%, complexity: RHO, patience: 4min,
          repeat: none, transfer: {chance: 35%, to: repair, warm: 40%}}
  repair: {talk: 300s, fcr: 80%, complexity: RHO, patience: PATIENCE, repeat: none}
channels: {voice: {redial: none, LINES renew_patience: RENEW}}
arrivals: {voice: {contacts: 9000/week, profile: flat, busyness: none, counted: first,
           mix: {sales: 85%, repair: 15%}}}
agents:
  front: {on_seat: FRONT, skills: [sales]}
  back: {on_seat: BACK, skills: [repair]}
"""


@cache
def journal(
    rho: float = 0.0,
    renew: str = "yes",
    front: int = 24,
    back: int = 17,
    patience: str = "5min",
    lines: int = 0,
) -> Journal:
    text = CENTRE
    held = f"lines: {lines}," if lines else ""
    for word, value in (
        ("RHO", rho), ("RENEW", renew), ("FRONT", front), ("BACK", back), ("PATIENCE", patience),
        ("LINES", held),
    ):  # fmt: skip
        text = text.replace(word, str(value))
    return simulate(loads(text), 0, "simpy")


def legs_of(run: Journal, number: int) -> np.ndarray:
    """Legs with this number, in order of contact."""
    legs = run.legs[run.legs["leg"] == number]
    return np.asarray(legs[np.argsort(legs["contact"])])


def passed_on(run: Journal) -> tuple[np.ndarray, np.ndarray]:
    """First legs that ended in a transfer, and the legs that followed them."""
    first, second = legs_of(run, 0), legs_of(run, 1)
    first = first[np.isin(first["contact"], second["contact"])]
    return first, second


def test_the_next_leg_starts_when_the_talk_ends() -> None:
    first, second = passed_on(journal())
    assert len(second) > 1500
    assert np.array_equal(first["contact"], second["contact"])
    assert np.array_equal(first["issue"], second["issue"])
    assert np.all(first["outcome"] == TRANSFERRED)
    assert np.allclose(second["entered"], first["left"] + first["talk"] + first["hold"], atol=1e-6)
    assert np.all(first["resolved"] == 0)


def test_it_is_handled_as_what_it_needed() -> None:
    run = journal()
    names = run.names
    _, second = passed_on(run)
    assert set(second["intent"].tolist()) == {names.intents.index("repair")}
    assert set(second["queue"].tolist()) == {names.queues.index("voice/repair")}
    assert set(second["group"].tolist()) <= {names.groups.index("back"), -1}
    talk = second["talk"][second["outcome"] == HANDLED]
    assert kstest(Lognormal(300.0, 0.9).cdf(talk), "uniform").pvalue > 1e-4
    solved = second["resolved"][second["outcome"] == HANDLED]
    assert solved.mean() == pytest.approx(0.8, abs=3.5 * 0.4 / np.sqrt(len(solved)))


def test_chance_and_warmth_are_as_stated() -> None:
    run = journal()
    first, second = legs_of(run, 0), legs_of(run, 1)
    sales = first[(first["intent"] == 0) & np.isin(first["outcome"], (HANDLED, TRANSFERRED))]
    share = (sales["outcome"] == TRANSFERRED).mean()
    assert share == pytest.approx(0.35, abs=3.5 * np.sqrt(0.35 * 0.65 / len(sales)))
    warm = second["context"].mean()
    assert warm == pytest.approx(0.4, abs=3.5 * np.sqrt(0.4 * 0.6 / len(second)))
    assert first["context"].max() == 0


def test_a_contact_ends_as_its_last_leg() -> None:
    run = journal()
    contacts = run.contacts
    last = {}
    for leg in run.legs[np.lexsort((run.legs["leg"], run.legs["contact"]))]:
        last[int(leg["contact"])] = int(leg["outcome"])
    assert contacts.outcome.tolist() == [last[number] for number in range(len(contacts))]
    assert contacts.legs.max() == 2


def test_two_legs_share_the_complexity_of_the_issue() -> None:
    for rho in (0.0, 0.7):
        first, second = passed_on(journal(rho, back=40))
        done = second["outcome"] == HANDLED
        one = ndtri(Lognormal(180.0, 0.9).cdf(first["talk"][done]))
        two = ndtri(Lognormal(300.0, 0.9).cdf(second["talk"][done]))
        assert np.corrcoef(one, two)[0, 1] == pytest.approx(rho**2, abs=3.5 / np.sqrt(done.sum()))


def test_patience_is_new_after_a_transfer() -> None:
    """Abandonments an hour waited in the second queue are those of its own patience (300 s, exponential)."""
    _, second = passed_on(journal(back=4))
    gone = second[second["outcome"] == ABANDONED]
    early = gone["entered"] < 80_000.0
    waits = (gone["left"] - gone["entered"])[early]
    served = second[second["outcome"] == HANDLED]
    hazard = len(waits) / (waits.sum() + (served["left"] - served["entered"]).sum())
    assert hazard == pytest.approx(1 / 300.0, rel=3.5 / np.sqrt(len(waits)))


def test_patience_can_go_on_after_a_transfer() -> None:
    """A customer with 100 s of patience who waited 30 s in front waits 70 s at the back, no more."""
    run = simulate(
        loads(
            CENTRE.replace("patience: 4min", "patience: {constant: 100s}")
            .replace("RHO", "0").replace("RENEW", "no").replace("FRONT", "20").replace("BACK", "4")
            .replace("PATIENCE", "{constant: 100s}").replace("LINES", "")
        ),
        0,
        "simpy",
    )  # fmt: skip
    first, second = passed_on(run)
    waited = first["left"] - first["entered"]
    gone = second["outcome"] == ABANDONED
    assert waited[gone].max() > 60.0
    total = waited[gone] + (second["left"] - second["entered"])[gone]
    assert np.allclose(total, 100.0, atol=1e-6)
    assert not np.any(second["outcome"] == BALKED)


def test_a_line_is_held_from_first_to_last() -> None:
    """With as many lines as can be served, nobody is refused at the second queue."""
    run = journal(lines=30)
    _, second = passed_on(run)
    assert not np.any(second["outcome"] == BLOCKED)
    contacts = run.contacts
    ended = np.where(np.isnan(contacts.ended), run.end, contacts.ended)
    held = np.flatnonzero(contacts.outcome != BLOCKED)
    times = np.concatenate([contacts.arrived[held], ended[held] - 1e-6])
    steps = np.repeat([1, -1], len(held))
    order = np.argsort(times, kind="stable")
    assert np.cumsum(steps[order]).max() == 30

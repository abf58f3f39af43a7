"""Where each site has queues of its own: equal sites share alike, chats too, and by night; the agent known is found."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from ccsim.centre.journal import Journal
from ccsim.centre.simulate import simulate
from ccsim.scenario import loads

CENTRE = """
ccsim: 1
weeks: 1
warm_up: 1 day
follow_up: 0 days
calendar: {hours: {mon-fri: 08:00-18:00}}
intents: {sales: {talk: 6min, fcr: 60%}}
arrivals: {voice: {contacts: 900/week, counted: first, busyness: none}}
agents:
  here: {on_seat: 4, skills: [sales], site: here}
  there: {on_seat: 4, skills: [sales], site: there}
routing: {across_sites: expected_wait}
"""
CHATS = {"arrivals.chat": {"contacts": "900/week", "busyness": "none"}, "arrivals.voice.contacts": "0/week",
         "agents.here.handles": {"voice": "1", "chat": "3"}, "agents.there.handles": {"voice": "1", "chat": "3"}}  # fmt: skip


def ran(changes: dict[str, object] | None = None, clock: str = "simpy") -> Journal:
    return simulate(loads(CENTRE).with_changes(changes or {}), 0, clock)


def shares(journal: Journal) -> npt.NDArray[np.float64]:
    """Share of the answered by group."""
    group = journal.legs["group"]
    counts = np.bincount(group[group >= 0], minlength=len(journal.names.groups))
    return np.asarray(counts / counts.sum())


@pytest.mark.parametrize(
    "load", ["200/week", "900/week", "1900/week"]
)  # idle most of the time, busy, swamped
def test_equal_sites_share_alike(load: str) -> None:
    assert shares(ran({"arrivals.voice.contacts": load})) == pytest.approx([0.5, 0.5], abs=0.03)


def test_unequal_sites_share_by_their_people() -> None:
    few = ran(
        {"agents.here.on_seat": "2", "agents.there.on_seat": "6", "arrivals.voice.contacts": "300/week"}
    )
    assert shares(few) == pytest.approx([0.25, 0.75], abs=0.05)


def test_a_site_with_room_beside_other_work_makes_nobody_wait() -> None:
    unequal = CHATS | {"agents.here.on_seat": "1", "agents.there.on_seat": "2"}
    legs = ran(unequal).legs
    assert shares(ran(unequal)) == pytest.approx([1 / 3, 2 / 3], abs=0.07)
    assert (legs["left"] - legs["entered"])[legs["group"] >= 0].mean() < 5.0


def test_letters_that_come_by_night_are_shared_alike() -> None:
    letters = {"arrivals.email": {"contacts": "700/week", "busyness": "none"}, "arrivals.voice.contacts": "0/week",
               "agents.here.handles": {"voice": "1", "email": "1"}, "agents.there.handles": {"voice": "1", "email": "1"}}  # fmt: skip
    assert shares(ran(letters)) == pytest.approx([0.5, 0.5], abs=0.04)


def test_the_agent_known_is_found_at_every_site() -> None:
    quiet = {"arrivals.voice.contacts": "300/week"}
    assert again(ran(quiet | {"routing.same_agent": "true"})) > 0.7
    assert again(ran(quiet)) < 0.4


def again(journal: Journal) -> float:
    """Share of the answered later contacts of an issue that the same agent answered as before."""
    legs = journal.legs[journal.legs["agent"] >= 0]
    legs = legs[np.lexsort((legs["entered"], legs["issue"]))]
    later = legs["issue"][1:] == legs["issue"][:-1]
    return float((legs["agent"][1:] == legs["agent"][:-1])[later].mean())


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes", [{}, CHATS, {"routing.same_agent": "true"}], ids=["calls", "chats", "same"]
)
def test_both_clocks_agree(changes: dict[str, object]) -> None:
    pytest.importorskip("numba")
    simpy, compiled = ran(changes), ran(changes, "compiled")
    assert simpy.legs.tobytes() == compiled.legs.tobytes()

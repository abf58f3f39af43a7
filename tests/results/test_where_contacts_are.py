"""At any moment every contact is in one place, and all that arrived are somewhere."""

from __future__ import annotations

import dataclasses

import handmade_channels as made
import numpy as np
import pytest

from ccsim.centre import journal as j
from ccsim.results.conservation import OVER, PLACES, overlaps, whereabouts


def found(at=None):
    places = whereabouts(made.journal(), at)
    return {name: count for name, count in places.items() if count}


def test_at_the_end_every_contact_has_its_outcome():
    assert found() == {
        "arrived": 19, "handled": 9, "dropped": 1, "abandoned": 1, "silent": 1, "message": 1,
        "contained": 2, "quit": 1, "in_session": 1, "waiting": 1, "awaiting_customer": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (28830.0, {"in_session": 1}),
        (29055.0, {"contained": 2, "waiting": 2}),
        (29130.0, {"contained": 2, "waiting": 1, "in_hand": 1}),
        (30300.0, {"awaiting_callback": 1}),
        (30610.0, {"in_hand": 1}),
        (30800.0, {"awaiting_callback": 1}),
        (36500.0, {"waiting": 1}),
        (119500.0, {"awaiting_customer": 1}),
    ],
)
def test_under_way(at, expected):
    places = {**found(at)}
    under_way = {name: places.get(name, 0) for name in expected}
    assert under_way == expected


def test_the_identity_holds_at_any_moment():
    for at in np.random.default_rng(3).uniform(28000.0, 700000.0, 300):
        places = whereabouts(made.journal(), float(at))
        arrived = places.pop("arrived")
        assert arrived == sum(places.values()) and places["lost"] == 0, at
    assert set(places) == set(PLACES) and set(OVER) < set(PLACES)
    assert overlaps(made.journal()) == 0


def test_a_contact_lost_between_two_legs_is_seen():
    journal = made.journal()
    legs = journal.legs.copy()
    passed = np.flatnonzero((legs["contact"] == 2) & (legs["leg"] == 1))
    legs["entered"][passed] += 5.0
    torn = dataclasses.replace(journal, legs=legs)
    assert whereabouts(torn, 29052.0)["lost"] == 1
    legs = journal.legs.copy()
    legs["entered"][passed] -= 5.0
    assert overlaps(dataclasses.replace(journal, legs=legs)) == 1


def test_what_never_ends_is_under_way():
    journal = made.journal()
    legs = journal.legs.copy()
    legs["ended"][legs["outcome"] == j.HANDLED] = np.nan
    legs["outcome"][legs["outcome"] == j.HANDLED] = j.IN_HAND
    assert whereabouts(dataclasses.replace(journal, legs=legs))["in_hand"] == 9

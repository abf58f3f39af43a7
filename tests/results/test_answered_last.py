"""Where journeys began, where they were answered last, and what was made good: by another route."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import handmade
import handmade_channels
import made_up
import numpy as np
import pytest
from journals import journal, leg, names

from ccsim.centre import journal as j
from ccsim.results import tables
from ccsim.results.journeys import add, compress

IN_VAIN = ("silent", "no_reply")  # an agent's, but customer and agent did not meet


def by_pandas(made, of):
    """Counted issues by channel or site, from the tidy tables."""
    frames = tables.to_frames(made, handmade.scenario().start)
    issues = frames["issues"][frames["issues"].counted].set_index("issue")
    contacts, legs = frames["contacts"], frames["legs"]
    if of == "channel":
        first = contacts.sort_values(["issue", "arrived", "contact"]).drop_duplicates("issue")
        found = first.set_index("issue").channel.astype(str)
    else:
        answered = legs[(legs.agent >= 0) & ~legs.outcome.isin(IN_VAIN)].sort_values(
            ["issue", "contact", "leg"]
        )
        last = answered.drop_duplicates("issue", keep="last").set_index("issue").group.astype(str)
        found = last.map(dict(zip(made.names.groups, made.names.sites, strict=True)))
    return found.reindex(issues.index).fillna("").value_counts().to_dict()


def by_journeys(rows, of):
    """The same from the journeys."""
    labels = rows.channels if of == "channel" else rows.sites
    totals = np.bincount(getattr(rows, of), rows.count, len(labels))
    return {label: total for label, total in zip(labels, totals, strict=True) if total}


def at_one_site(made):
    return dataclasses.replace(made, names=dataclasses.replace(made.names, sites=("main", "main")))


MADE = {
    "by hand": handmade.journal,
    "by hand, one site": lambda: at_one_site(handmade.journal()),
    "every channel": handmade_channels.journal,
    **{f"made up {seed}": lambda seed=seed: made_up.journal(seed) for seed in (1, 2)},
    "made up, one site": lambda: at_one_site(made_up.journal(3)),
}


@pytest.mark.parametrize("of", ["channel", "site"])
@pytest.mark.parametrize("made", MADE.values(), ids=MADE.keys())
def test_channels_and_sites_are_those_of_the_tables(made, of):
    made = made()
    assert by_journeys(compress(made), of) == by_pandas(made, of)


def test_pooled_they_add_up():
    parts = [compress(made_up.journal(seed)) for seed in (1, 2)]
    both = by_journeys(add(parts), "site")
    for site in both:
        assert both[site] == sum(by_journeys(part, "site")[site] for part in parts)
    assert add(parts).sites == ("main", "north", "") and add(parts).channels == ("voice",)


def test_a_real_centre_gives_the_same(real_journals):
    rows = compress(real_journals[0])
    assert by_journeys(rows, "site") == by_pandas(real_journals[0], "site")
    assert not rows.recovered.any()


def empowered(*groups):
    """What the results read of a scenario whose groups are empowered or not."""
    agents = {
        name: SimpleNamespace(
            **{**vars(handmade.group(False, {})), "empowerment": object() if free else None}
        )
        for name, free in groups
    }
    return SimpleNamespace(channels={"voice": handmade.channel()}, agents=agents, **handmade.rooms())


SOLVED = {"entered": 5000.0, "resolved": 1}


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ([], 0),  # nothing had failed
        ([leg(0, 0, j.ABANDONED)], 1),
        ([leg(0, 0, j.HANDLED)], 1),
        ([leg(0, 0, j.CLOSED)], 0),  # came in the night, was answered in the morning
        ([leg(0, 0, j.TRANSFERRED), leg(0, 0, j.ABANDONED, leg=1, entered=300.0)], 1),
        ([leg(n, 0, j.ABANDONED, entered=100.0 * n) for n in range(2)], 1),
        ([leg(n, 0, j.ABANDONED, entered=100.0 * n) for n in range(3)], 0),  # no mild failure
    ],
)
def test_what_is_made_good(before, expected):
    contact = before[-1][0] + 1 if before else 0
    made = journal([(0, 10.0, j.RESOLVED)], [*before, leg(contact, 0, j.HANDLED, **SOLVED)])
    assert compress(made, empowered(("front", True))).recovered.tolist() == [expected]
    assert compress(made, empowered(("front", False))).recovered.tolist() == [0]
    assert compress(made).recovered.tolist() == [0]


@pytest.mark.parametrize(("solver", "expected"), [(0, 1), (1, 0)])
def test_it_is_the_group_that_solves_that_makes_good(solver, expected):
    labels = dataclasses.replace(names(), groups=("front", "back"), sites=("main", "far"),
                                 agents=np.array([0, 1], np.int32))  # fmt: skip
    legs = [
        leg(0, 0, j.HANDLED, group=1 - solver, agent=1 - solver),
        leg(1, 0, j.HANDLED, group=solver, agent=solver, **SOLVED),
    ]
    rows = compress(
        journal([(0, 10.0, j.RESOLVED)], legs, labels=labels), empowered(("front", True), ("back", False))
    )
    assert rows.recovered.tolist() == [expected] and rows.site.tolist() == [solver]


def test_who_gave_up_after_all_is_not_made_good():
    legs = [leg(0, 0, j.HANDLED), leg(1, 0, j.HANDLED, entered=5000.0)]
    rows = compress(journal([(0, 10.0, j.GAVE_UP)], legs), empowered(("front", True)))
    assert rows.recovered.tolist() == [0]


def test_on_every_channel_what_self_service_failed_is_made_good():
    """Issue 1 was contained falsely and called; 9 left a message, 12 hung up: of these only 1 and 12."""
    made, scenario = handmade_channels.journal(), handmade_channels.scenario()
    scenario.agents["desk"].empowerment = object()
    rows = compress(made, scenario)
    assert (rows.recovered * rows.count).sum() == 2
    made_good = rows.where(rows.recovered > 0)
    assert sorted(made_good.channels[n] for n in made_good.channel) == ["chat", "voice"]
    assert sorted(made_good.abandons) == [0, 1]

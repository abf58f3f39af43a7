"""A thousand draws over many journeys: some at a time, with the same results, in little memory and time."""

from __future__ import annotations

import time
import tracemalloc
from dataclasses import fields, replace

import numpy as np
from cases import PEOPLE, case
from journals import journeys_of, usual
from same import unlike

from ccsim.parameters import outcome_parameters
from ccsim.results import chunks, uncertainty
from ccsim.results import draws as drawing
from ccsim.results.loyalty import Customers
from ccsim.results.outcome import Outcome

MANY = drawing.sampled(outcome_parameters(), 50)


def random_rows(size, seed=0, segments=3):
    """Journeys of all kinds, spread over segments."""
    rng = np.random.default_rng(seed)
    wait = rng.exponential(60.0, size) * (rng.random(size) < 0.7)
    some = journeys_of([{}], segments=[f"s{number}" for number in range(segments)])
    counts = {"transfers": 0.3, "switches": 0.2, "retold": 0.4, "abandons": 0.3, "dead_ends": 0.1}
    return replace(
        some,
        segment=rng.integers(0, segments, size),
        **{name: rng.poisson(mean, size) for name, mean in counts.items()},
        **{name: np.zeros(size, np.int64) for name in ("intent", "channel", "site", "crowd", "novice")},
        contacts=rng.geometric(0.6, size),
        recovered=(rng.random(size) < 0.02).astype(int),
        resolved=(rng.random(size) < 0.9).astype(int),
        wait_bin=np.ceil(np.log1p(wait / 60) / 0.05).astype(int),
        ln_wait=np.log1p(wait / 60),
        count=rng.exponential(10.0, size),
    )


def test_chunks_change_nothing(monkeypatch):
    """Sums of other lengths may round otherwise; nothing else differs."""

    def found():
        own = case(usual(), 0.02)
        world = own.drawn(50)
        variant = replace(case(usual(0.9), 0.02, seed=4), customers=own.customers)
        return world.calibration, world.outcome, variant.outcome(world)

    whole = found()
    monkeypatch.setattr(chunks, "CELLS", 70)
    assert unlike(whole, found(), near=1e-11) == []


def test_what_is_taken_apart_comes_together_again():
    world = case(usual()).drawn(50)
    parts = [chunks.some_of(world.outcome, slice(*ends)) for ends in ((0, 7), (7, 8), (8, 50))]
    assert parts[1].stay.shape == (1, 1) and isinstance(parts[0], Outcome)
    again = chunks.joined(parts)
    for field in fields(Outcome):
        if isinstance(getattr(again, field.name), np.ndarray):
            assert np.array_equal(getattr(again, field.name), getattr(world.outcome, field.name))
    assert np.array_equal(again.scores.csat, world.outcome.scores.csat)
    assert again.issues == world.outcome.issues


def test_draws_in_parts_are_the_draws():
    part = MANY.part(slice(10, 14))
    assert part.size == 4 and np.array_equal(part["nps.slope"], MANY["nps.slope"][10:14])
    assert part.cuts == MANY.cuts


def test_a_thousand_draws_of_twenty_thousand_rows():
    """Well below 5 s and 1 GB, both for a scenario alone and for a comparison."""
    people = Customers(("s0", "s1", "s2"), np.full(3, 6e4), np.full(3, 14.0), np.full(3, 0.18))
    base, variant = (replace(case(random_rows(20_000, seed)), customers=people) for seed in (0, 1))
    tracemalloc.start()
    start = time.perf_counter()
    found = uncertainty.alone(base, draws=1000)
    alone = time.perf_counter() - start
    uncertainty.compare(base, variant, draws=1000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.spread.stay.shape == (3, 1000)
    assert peak < 300e6
    assert alone < 15.0  # 3 s on an idle machine: others may be using this one


def test_the_work_on_a_base_is_done_once():
    base = case(usual())
    assert base.drawn(50) is base.drawn(50) and base.drawn(50) is not base.drawn(50, seed=2)
    assert base.outcome(base.central) is base.central.outcome
    assert base.outcome(base.drawn(50)) is base.drawn(50).outcome
    assert PEOPLE.missing() == []

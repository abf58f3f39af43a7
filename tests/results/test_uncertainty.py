"""Draws, bands, tornado and the split of doubt."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from cases import PARAMETERS, PEOPLE, better, case
from journals import journeys_of, usual
from scipy.stats import triang

from ccsim.parameters import with_overrides
from ccsim.results import draws as drawing
from ccsim.results import uncertainty
from ccsim.results.calibration import calibrate
from ccsim.results.outcome import assess


def test_draws_are_triangular_in_range_and_stratified():
    drawn = drawing.sampled(PARAMETERS, 400, seed=3)
    p = PARAMETERS["churn.hr_bad_episode"]
    values = np.sort(drawn["churn.hr_bad_episode"])
    shape = (p.number - p.low) / (p.high - p.low)
    middle = triang(shape, p.low, p.high - p.low).ppf((np.arange(400) + 0.5) / 400)
    assert values == pytest.approx(middle, abs=0.07)
    for name in drawing.uncertain(PARAMETERS):
        low, high = PARAMETERS[name].low, PARAMETERS[name].high
        assert (drawn[name] >= low - 1e-12).all() and (drawn[name] <= high + 1e-12).all()


def test_draws_are_the_same_whoever_asks_and_independent_between_parameters():
    one, two = drawing.sampled(PARAMETERS, 200), drawing.sampled(PARAMETERS, 200)
    other = drawing.sampled(with_overrides({"nps.slope": 1.0}), 200)
    assert all(np.array_equal(one[name], two[name]) for name in drawing.NUMBERS[:8])
    assert np.array_equal(one["churn.hr_bad_episode"], other["churn.hr_bad_episode"])
    assert (other["nps.slope"] == 1.0).all()
    pair = np.corrcoef(one["churn.hr_bad_episode"], one["csat.weights.log_wait"])[0, 1]
    assert abs(pair) < 3.3 / np.sqrt(200)
    assert not np.array_equal(one["nps.slope"], drawing.sampled(PARAMETERS, 200, 2)["nps.slope"])


def test_losses_weigh_more_than_gains_in_every_draw():
    drawn = drawing.sampled(PARAMETERS, 500)
    assert (drawn["relation.lambda_neg"] >= drawn["relation.lambda_pos"]).all()


def test_two_hundred_draws_of_three_thousand_rows_take_less_than_a_second():
    rng = np.random.default_rng(0)
    rows = [
        {
            "contacts": int(n),
            "retold": int(n - 1),
            "wait": float(w),
            "resolved": int(r),
            "count": 10.0,
        }
        for n, w, r in zip(
            rng.geometric(0.7, 3000), rng.exponential(60, 3000), rng.random(3000) < 0.9, strict=True
        )
    ]
    base, draws = journeys_of(rows), drawing.sampled(PARAMETERS, 200)
    taken = []
    for _ in range(4):  # the quickest of a few: others may be using the machine
        start = time.process_time()
        assess(base, calibrate(base, PEOPLE, draws), PEOPLE, draws)
        taken.append(time.process_time() - start)
    assert min(taken) < 1.0


def test_a_comparison_shows_band_chance_and_tornado():
    found = uncertainty.compare(case(usual(), 0.02), case(better(), 0.02, seed=1, paid=2020.0))
    low, high = uncertainty.band(found.spread.net)
    assert low < float(found.gain.net[0]) < high
    assert 0 < found.doubt.chance <= 1 and 0 < found.doubt.operations < 1
    widths = [abs(high - low) for _, low, high in found.doubt.tornado]
    assert widths == sorted(widths, reverse=True) and widths[0] > 0
    assert len(found.pairs) == 5 and found.missing == []
    error = found.pairs.std(ddof=1) / np.sqrt(5)
    assert found.doubt.error == pytest.approx(error)


def test_without_noise_all_doubt_is_the_model_and_fixed_parameters_leave_none():
    sure = {name: replace(p, low=None, high=None) for name, p in PARAMETERS.items()}
    quiet = uncertainty.compare(case(usual()), case(better(), paid=2100.0))
    assert quiet.doubt.operations == pytest.approx(0.0, abs=1e-20)
    fixed = uncertainty.compare(case(usual(), parameters=sure), case(better(), parameters=sure, paid=2100.0))
    assert np.ptp(fixed.spread.net) == 0 and fixed.doubt.tornado == []
    noisy = uncertainty.compare(
        case(usual(), 0.02, parameters=sure), case(better(), 0.05, seed=9, parameters=sure)
    )
    assert noisy.doubt.operations == pytest.approx(1.0)


def test_alone_calibrates_on_the_base_it_is_given():
    base = case(usual(), 0.01)
    own = uncertainty.alone(base)
    assert float(own.outcome.churn[0, 0]) == pytest.approx(0.18, abs=1e-12)
    assert np.ptp(own.spread.churn) < 1e-12 and np.ptp(own.spread.scores.csat) > 0.05
    variant = case(better(), 0.01)
    on_base = uncertainty.alone(variant, base=base)
    stored = variant.assessed(variant.pooled, own.calibration, base.central.draws)
    assert on_base.outcome.churn[0, 0] < 0.18
    assert on_base.outcome.churn == pytest.approx(stored.churn)
    each = uncertainty.replicated(variant, base)
    mean = np.mean([outcome.churn[0, 0] for outcome in each])
    assert mean == pytest.approx(float(on_base.outcome.churn[0, 0]), rel=0.01)

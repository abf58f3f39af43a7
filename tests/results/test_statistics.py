"""Estimates over replications: against scipy, closed forms and their promised coverage."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from ccsim.results.statistics import (
    jackknife,
    percentile_of_days,
    ratio,
    student_mean,
)


def test_student_mean_is_the_textbook_interval():
    values = np.random.default_rng(1).normal(10.0, 3.0, (12, 2))
    found = student_mean(values)
    for column in range(2):
        low, high = stats.t.interval(0.95, 11, values[:, column].mean(), stats.sem(values[:, column]))
        assert found.low[column] == pytest.approx(low)
        assert found.high[column] == pytest.approx(high)
    assert found.replications.tolist() == [12, 12]


def test_unknown_values_are_left_out_of_a_mean():
    found = student_mean(np.array([[1.0, np.nan], [3.0, np.nan], [np.nan, np.nan]]))
    assert found.value[0] == 2.0 and found.replications.tolist() == [2, 0]
    assert np.isnan(found.value[1]) and np.isnan(found.se[1])


def test_a_ratio_with_constant_denominators_is_a_mean():
    values = np.random.default_rng(2).normal(5.0, 1.0, 9)
    one, two = ratio(values * 7.0, np.full(9, 7.0)), student_mean(values)
    assert one.value == pytest.approx(two.value)
    assert (one.low, one.high) == (pytest.approx(two.low), pytest.approx(two.high))


def test_a_ratio_is_the_ratio_of_sums():
    found = ratio(np.array([1.0, 3.0]), np.array([10.0, 10.0]))
    assert found.value == pytest.approx(0.2)
    assert np.isnan(ratio(np.array([1.0]), np.array([10.0])).se)


def test_a_ratio_of_nothing_is_unknown():
    found = ratio(np.zeros((3, 2)), np.array([[0.0, 1.0]] * 3))
    assert np.isnan(found.value[0]) and found.value[1] == 0.0
    assert found.replications.tolist() == [0, 3]


def test_ratio_intervals_cover_as_often_as_they_promise():
    random = np.random.default_rng(7)
    runs, repeats, truth = 20, 3000, 0.3
    asked = random.poisson(100, (runs, repeats)).astype(float)
    hit = random.binomial(asked.astype(int), truth).astype(float)
    found = ratio(hit, asked)
    covered = ((found.low <= truth) & (truth <= found.high)).mean()
    assert abs(covered - 0.95) < 3.3 * np.sqrt(0.95 * 0.05 / repeats) + 0.004


def test_jackknife_of_a_mean_is_its_standard_error():
    values = np.random.default_rng(3).normal(0.0, 1.0, (15, 1))
    found = jackknife(values, lambda v: float(v.mean()))
    assert found.se == pytest.approx(stats.sem(values[:, 0]))


def test_percentile_leaves_out_days_without_a_value():
    values = np.array([[1.0, np.nan, 2.0], [3.0, 4.0, np.nan]])
    assert percentile_of_days(0.5)(values) == pytest.approx(2.5)
    assert np.isnan(percentile_of_days(0.5)(np.full((2, 2), np.nan)))

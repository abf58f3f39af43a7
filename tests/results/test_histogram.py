"""Wait histograms: quantiles and shares within a bin of the truth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.results.histogram import BINS, edges, quantiles, wait_bins

WAITS = st.lists(st.one_of(st.just(0.0), st.floats(0.0, 1e5, allow_subnormal=False)), min_size=1, max_size=60)


def counts(waits):
    return np.bincount(wait_bins(np.asarray(waits, float)), minlength=BINS)


def width(wait: float) -> float:
    return 0.011 * (wait + 10.0)


@settings(max_examples=200, deadline=None)
@given(WAITS, st.floats(0.01, 0.99))
def test_quantiles_are_within_a_bin(waits, share):
    found = quantiles(counts(waits), (share,))[0]
    ordered = np.sort(waits)
    truth = float(ordered[max(0, int(np.ceil(share * len(waits) - 1e-9)) - 1)])
    assert found == pytest.approx(truth, abs=width(truth))


@settings(max_examples=200, deadline=None)
@given(WAITS)
def test_waits_lie_in_their_bins(waits):
    lower = np.append(edges(), np.inf)
    bins = wait_bins(np.asarray(waits))
    inside = np.asarray(waits)
    assert (lower[bins] <= inside * (1 + 1e-9) + 1e-9).all()
    assert (inside <= lower[bins + 1] * (1 + 1e-9) + 1e-9).all()


def test_no_wait_has_a_bin_of_its_own():
    assert wait_bins(np.array([0.0, 1e-12, 0.001])).tolist() == [0, 0, 1]
    assert quantiles(counts([0.0] * 9 + [100.0]), (0.5, 0.9))[1] == 0.0


def test_nothing_counted_is_unknown():
    empty = np.zeros((2, BINS))
    assert np.isnan(quantiles(empty, (0.5, 0.8))).all()

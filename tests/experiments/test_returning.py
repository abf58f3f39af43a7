"""Returns measured in a pilot, and the shares that follow from them: arithmetic, without a simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.experiments.returning import Returns
from ccsim.experiments.volumes import LEAST, fresh_shares

SLOTS = 7 * 24
NAMES = ("voice", "chat", "email")
SHAPE = np.tile(np.sin(np.linspace(0.2, 3.0, 24)), (7, 1)) * np.array([1.3, 1.1, 1, 1, 1, 0.6, 0.4])[:, None]
WEEK = SHAPE.ravel() / SHAPE.sum()


def found(rates: np.ndarray, born: np.ndarray, shapes: list[np.ndarray] | None = None) -> Returns:
    """A pilot in which an issue born on channel d brings `rates[c, d]` contacts to channel c."""
    shapes = shapes or [WEEK] * len(born)
    first = np.array([n * shape for n, shape in zip(born, shapes, strict=True)])
    back = np.array([[rates[c, d] * born[d] * shapes[c] for d in range(len(born))] for c in range(len(born))])
    return Returns(NAMES[: len(born)], first, back)


def totals(shares: dict[str, np.ndarray], volumes: dict[str, np.ndarray], rates: np.ndarray) -> np.ndarray:
    """Contacts that come by channel, if issues go on to bring what they brought."""
    fresh = np.array([(shares.get(n, np.ones(SLOTS)) * v).sum() for n, v in volumes.items()])
    return fresh + rates @ fresh


def test_one_channel_is_one_over_one_and_its_returns() -> None:
    shares = fresh_shares(found(np.array([[0.35]]), np.array([900.0])), {"voice": 3000 * WEEK}, ["voice"])
    assert np.allclose(shares["voice"], 1 / 1.35)


def test_intervals_with_more_returns_have_fewer_fresh_ones() -> None:
    late = WEEK * np.tile(np.linspace(0.5, 1.5, 24), 7)
    pilot = Returns(("voice",), 1000 * WEEK[None], 300 * (late / late.sum())[None, None])
    share = fresh_shares(pilot, {"voice": 2000 * WEEK}, ["voice"])["voice"].reshape(7, 24)
    assert np.all(np.diff(share.mean(axis=0)) < 0)
    assert np.allclose(share.ravel() * (1000 * WEEK + 300 * late / late.sum()), 1000 * WEEK)


def test_a_busy_pilot_says_the_same_as_a_quiet_one() -> None:
    rates, born = np.array([[0.3, 0.2], [0.1, 0.4]]), np.array([900.0, 500.0])
    volumes = {"voice": 3000 * WEEK, "chat": 2000 * WEEK}
    one = fresh_shares(found(rates, born), volumes, ["voice", "chat"])
    other = fresh_shares(found(rates, 1.2 * born), volumes, ["voice", "chat"])
    assert all(np.allclose(one[name], other[name]) for name in one)


@given(
    st.lists(st.floats(0, 0.3), min_size=9, max_size=9),
    st.lists(st.floats(1000, 20000), min_size=3, max_size=3),
    st.lists(st.floats(500, 5000), min_size=3, max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_channels_that_feed_each_other_are_solved_together(
    rates: list[float], stated: list[float], born: list[float]
) -> None:
    """Fresh contacts x with (1 + rates) x = volumes, wherever all of them can be had."""
    table, volume = np.array(rates).reshape(3, 3), np.array(stated)
    exact = np.linalg.solve(np.eye(3) + table, volume)
    volumes = {name: n * WEEK for name, n in zip(NAMES, stated, strict=True)}
    shares = fresh_shares(found(table, np.array(born)), volumes, list(NAMES))
    assert all(np.all(share >= LEAST) for share in shares.values())
    if np.all(exact > 2 * LEAST * volume):
        assert totals(shares, volumes, table) == pytest.approx(volume, rel=1e-6)


def test_a_channel_that_is_fresh_altogether_feeds_the_others() -> None:
    rates = np.array([[0.2, 0.5], [0.0, 0.3]])
    volumes = {"voice": 4000 * WEEK, "chat": 1000 * WEEK}
    shares = fresh_shares(found(rates, np.array([700.0, 800.0])), volumes, ["voice"])
    assert set(shares) == {"voice"}
    assert totals(shares, volumes, rates)[0] == pytest.approx(4000)


def test_returns_at_hours_without_volume_make_room_in_the_others() -> None:
    day = (np.arange(SLOTS) % 24 >= 8) & (np.arange(SLOTS) % 24 < 20)
    flat, daily = np.full(SLOTS, 1 / SLOTS), day / day.sum()
    rates = np.array([[0.2, 0.4], [0.0, 0.0]])
    first = np.array([1000 * daily, 800 * daily])
    back = np.zeros((2, 2, SLOTS))
    back[0, 0], back[0, 1] = rates[0, 0] * 1000 * daily, rates[0, 1] * 800 * flat  # at night too
    volumes = {"email": 3000 * daily, "chat": 1000 * daily}
    shares = fresh_shares(Returns(("email", "chat"), first, back), volumes, ["email", "chat"])
    assert totals(shares, volumes, rates) == pytest.approx([3000, 1000])


def test_more_returns_than_volume_leave_the_least() -> None:
    rates = np.array([[0.2, 6.0], [0.0, 0.1]])
    volumes = {"voice": 500 * WEEK, "chat": 5000 * WEEK}
    shares = fresh_shares(found(rates, np.array([700.0, 800.0])), volumes, ["voice", "chat"])
    assert np.all(shares["voice"] == LEAST) and np.allclose(shares["chat"], 1 / 1.1)


def test_no_volume_asks_for_nothing() -> None:
    volumes = {"voice": 0 * WEEK, "chat": 1000 * WEEK}
    shares = fresh_shares(found(np.full((2, 2), 0.3), np.array([0.0, 800.0])), volumes, ["voice", "chat"])
    assert np.isfinite(shares["voice"]).all() and np.allclose(shares["chat"], 1 / 1.3)

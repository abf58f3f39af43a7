"""The generator: uniform, independent between streams, turns and neighbours, and the same for ever."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from scipy.special import chdtrc

from ccsim.demand.streams import issue_keys, name_key, stream_key, turn_key, uniform, uniforms


class Keys(NamedTuple):
    streams: np.ndarray
    key: np.ndarray


N = 200_000
TINY = 1e-6  # a fixed seed either passes for good or the generator is wrong


@pytest.fixture(scope="module")
def keys():
    """Keys as they occur: one cell, many intervals, few issues in each."""
    interval = np.repeat(np.arange(N // 50), 50)
    return issue_keys(
        name_key("cell", "voice", "billing", "everyone"), interval, np.tile(np.arange(50), N // 50)
    )


def chi_square(counts: np.ndarray) -> float:
    expected = counts.sum() / counts.size
    return float(chdtrc(counts.size - 1, ((counts - expected) ** 2 / expected).sum()))


def test_keys_are_distinct(keys):
    other = issue_keys(name_key("cell", "voice", "other", "everyone"), np.arange(N) // 50, np.arange(N) % 50)
    assert len(np.unique(np.concatenate([keys, other]))) == 2 * N


@pytest.mark.parametrize("name", ["talk", "patience", "resolution", "time", "redial_delay"])
@pytest.mark.parametrize("turn", [0, 1, 16])
def test_uniform(keys, name, turn):
    u = uniforms(stream_key(1, 0, name), keys, turn)
    assert u.min() > 0.0 and u.max() < 1.0
    assert chi_square(np.histogram(u, 1000, (0, 1))[0]) > TINY
    assert abs(u.mean() - 0.5) < 4.5 / np.sqrt(12 * N)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("talk", 1, 0, 0), ("patience", 1, 0, 0)),  # two streams
        (("talk", 1, 0, 0), ("talk", 1, 0, 1)),  # two legs
        (("talk", 1, 0, 0), ("talk", 1, 0, 16)),  # two attempts
        (("talk", 1, 0, 0), ("talk", 1, 1, 0)),  # two replications
        (("talk", 1, 0, 0), ("talk", 2, 0, 0)),  # two seeds
    ],
)
def test_streams_are_independent(keys, one, other):
    u, v = (uniforms(stream_key(seed, rep, name), keys, turn) for name, seed, rep, turn in (one, other))
    assert abs(np.corrcoef(u, v)[0, 1]) < 4.5 / np.sqrt(N)
    assert chi_square(np.histogram2d(u, v, 30, ((0, 1), (0, 1)))[0]) > TINY


@pytest.mark.parametrize("step", [1, 2, 50])
def test_neighbouring_issues_are_independent(keys, step):
    u = uniforms(stream_key(1, 0, "talk"), keys)
    assert abs(np.corrcoef(u[:-step], u[step:])[0, 1]) < 4.5 / np.sqrt(N)
    assert chi_square(np.histogram2d(u[:-step], u[step:], 30, ((0, 1), (0, 1)))[0]) > TINY


def test_bits_are_fair(keys):
    bits = (uniforms(stream_key(3, 7, "talk"), keys) * 2**53).astype(np.uint64)
    for bit in range(1, 53):
        share = ((bits >> np.uint64(bit)) & np.uint64(1)).mean()
        assert abs(share - 0.5) < 5 * 0.5 / np.sqrt(N)


def test_one_draw_equals_the_column(keys):
    stream = stream_key(5, 2, "talk")
    for turn in (0, 1, 17):
        column = uniforms(stream, keys[:200], turn)
        assert [uniform(stream, int(key), turn) for key in keys[:200]] == column.tolist()


def test_compiled_draw_equals_the_column(keys):
    numba = pytest.importorskip("numba")
    from ccsim.centre.compiled_loop import _uniform

    draw = numba.njit(_uniform(None, None, None, None))
    stream = stream_key(5, 2, "talk")
    centre = Keys(np.array([0, stream], np.uint64), keys[:200])
    assert [draw(centre, 1, issue, 3) for issue in range(200)] == uniforms(stream, keys[:200], 3).tolist()


def test_fingerprints():
    """An upgrade that moves a stream is noticed here, and dated in the CHANGELOG."""
    key = issue_keys(name_key("cell", "voice", "billing", "everyone"), np.array([20]), np.array([3]))
    assert hex(int(key[0])) == FINGERPRINTS["key"]
    for name in ("count", "time", "talk", "patience", "resolution", "redial"):
        assert uniforms(stream_key(1, 0, name), key)[0].item().hex() == FINGERPRINTS[name]
    assert hex(turn_key(stream_key(1, 0, "talk"), 16)) == FINGERPRINTS["turn"]


FINGERPRINTS = {
    "key": "0x8359ead1c23270ab",
    "count": "0x1.0a406a58da980p-1",
    "time": "0x1.d5b34deaedd1ap-3",
    "talk": "0x1.577f20a57e706p-1",
    "patience": "0x1.337683b149e74p-1",
    "resolution": "0x1.01ee085d95001p-2",
    "redial": "0x1.8c21b9ab6cb94p-1",
    "turn": "0x123b10f1ac6096d8",
}

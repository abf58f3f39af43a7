"""Named random streams: a draw is a pure function of its name and of the issue it belongs to.

Nothing is consumed in order. ``uniforms(stream, keys, turn)`` hashes a stream key (seed, replication,
name), an issue key (cell, interval, j) and a turn (which attempt and leg) to a number in (0, 1). So an
issue keeps its draws whatever else changes, and every process computes the same ones.

The hash is the finaliser of SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number
generators"), applied to key XOR stream. ``uniform`` is the same function for one key.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

MASK = 0xFFFFFFFFFFFFFFFF
GOLDEN = 0x9E3779B97F4A7C15
FIRST = 0xBF58476D1CE4E5B9
SECOND = 0x94D049BB133111EB
INTERVAL_STEP = 0xD1342543DE82EF95  # odd 64-bit multipliers: distinct (interval, j) stay distinct
ISSUE_STEP = 0xA0761D6478BD642F
UNIT = 2.0**-53
BLOCK = 1 << 14  # elements hashed at a time, so that the work stays in the second-level cache

Keys = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]


def mix(x: int) -> int:
    """The SplitMix64 finaliser of one 64-bit integer."""
    x = ((x ^ (x >> 30)) * FIRST) & MASK
    x = ((x ^ (x >> 27)) * SECOND) & MASK
    return x ^ (x >> 31)


def name_key(*parts: object) -> int:
    """A 64-bit key of anything that has a name: the same on every machine and in every process."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def stream_key(seed: int, replication: int, name: str) -> int:
    """The key of one stream of one replication, as ``"talk/billing"``."""
    return name_key(seed, replication, name)


@lru_cache(1 << 14)  # few streams, few turns: asked again for every issue
def turn_key(stream: int, turn: int) -> int:
    """The key of the draws a stream makes at one turn; turn 0 is the first attempt's first leg."""
    return mix((stream + turn * GOLDEN) & MASK)


def issue_keys(cell: int, interval: npt.NDArray[np.int64], j: npt.NDArray[np.int64]) -> Keys:
    """Keys of issues: cell key, interval and running number in it; arrays of one length."""
    keys = interval.astype(np.uint64) * np.uint64(INTERVAL_STEP)
    keys += j.astype(np.uint64) * np.uint64(ISSUE_STEP)
    keys += np.uint64(cell)
    return _mix_all(keys, 0)


def uniform(stream: int, key: int, turn: int) -> float:
    """The draw of one stream for one key at one turn; an element of `uniforms`."""
    return ((mix(turn_key(stream, turn) ^ key) >> 11) + 0.5) * UNIT


def uniforms(stream: int, keys: Keys, turn: int = 0) -> Floats:
    """One uniform number in the open unit interval for each key, shape as ``keys``."""
    hashed = _mix_all(keys, turn_key(stream, turn))
    hashed >>= np.uint64(11)
    drawn = hashed.astype(np.float64)
    drawn += 0.5
    drawn *= UNIT
    return drawn


def _mix_all(keys: Keys, stream: int) -> Keys:
    out = np.empty(keys.shape, np.uint64)
    spare = np.empty(min(len(keys), BLOCK), np.uint64)
    for start in range(0, len(keys), BLOCK):
        x = out[start : start + BLOCK]
        t = spare[: len(x)]
        np.bitwise_xor(keys[start : start + BLOCK], np.uint64(stream), out=x)
        for shift, factor in ((30, FIRST), (27, SECOND)):
            np.right_shift(x, np.uint64(shift), out=t)
            x ^= t
            x *= np.uint64(factor)
        np.right_shift(x, np.uint64(31), out=t)
        x ^= t
    return out

"""Whether two runs left the very same tallies behind."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np


def same_bytes(one: Any, other: Any, at: str = "") -> None:
    """Equal to the last bit: dataclasses, mappings and sequences of arrays, texts and numbers."""
    assert type(one) is type(other), at
    if isinstance(one, np.ndarray):
        assert (one.dtype, one.shape) == (other.dtype, other.shape), at
        assert one.tobytes() == other.tobytes(), at
    elif dataclasses.is_dataclass(one):
        for field in dataclasses.fields(one):
            same_bytes(getattr(one, field.name), getattr(other, field.name), f"{at}.{field.name}")
    elif isinstance(one, Mapping):
        assert set(one) == set(other), at
        for key in one:
            same_bytes(one[key], other[key], f"{at}[{key}]")
    elif isinstance(one, tuple | list):
        assert len(one) == len(other), at
        for number, pair in enumerate(zip(one, other, strict=True)):
            same_bytes(*pair, f"{at}[{number}]")
    else:
        assert one == other or (one != one and other != other), at

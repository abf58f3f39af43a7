"""Whether two things made of dataclasses, tables and arrays are the same, types and all."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np


def unlike(one: Any, other: Any, near: float = 0.0) -> list[str]:
    """Where they are not the same; empty if they are.

    Arrays are compared bit for bit, or with `near` to that relative difference (nan equals nan).
    """
    return list(_unlike(one, other, "", near))


def _unlike(one: Any, other: Any, at: str, near: float) -> Iterator[str]:
    if type(one) is not type(other):
        yield f"{at}: {type(one).__name__}, {type(other).__name__}"
    elif isinstance(one, np.ndarray):
        alike = (one.dtype, one.shape) == (other.dtype, other.shape)
        if alike and near and one.dtype.kind == "f":
            alike = np.allclose(one, other, rtol=near, atol=near / 10, equal_nan=True)
        elif alike:
            alike = one.tobytes() == other.tobytes()
        if not alike:
            yield at
    elif dataclasses.is_dataclass(one):
        for field in dataclasses.fields(one):
            yield from _unlike(
                getattr(one, field.name), getattr(other, field.name), f"{at}.{field.name}", near
            )
    elif isinstance(one, Mapping):
        if set(one) != set(other) or getattr(one, "shape", None) != getattr(other, "shape", None):
            yield at
        for key in set(one) & set(other):
            yield from _unlike(one[key], other[key], f"{at}[{key}]", near)
    elif isinstance(one, tuple | list):
        if len(one) != len(other):
            yield at
        for number, pair in enumerate(zip(one, other, strict=False)):
            yield from _unlike(*pair, f"{at}[{number}]", near)
    elif one != other and (one == one or other == other):
        yield f"{at}: {one!r}, {other!r}"

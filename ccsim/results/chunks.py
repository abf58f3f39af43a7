"""Draws taken some at a time, so that a thousand of them over many journeys stay in little memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Final, TypeVar

import numpy as np

from ccsim.results.draws import Draws

CELLS: Final = 120_000  # of (rows, draws) at a time: arrays of so many stay in the processor's cache

T = TypeVar("T")


def in_chunks(draws: Draws, rows: int, work: Callable[[Draws, slice], T]) -> T:
    """`work(draws, where)`, some draws at a time: journeys of so many rows never meet all of them at once.

    where: which of all the draws these are. `work` returns arrays whose last axis is the draws, or
    tuples and dataclasses of such; what is no array must be the same for all draws.
    """
    size = max(1, CELLS // max(rows, 1))
    places = [slice(start, min(start + size, draws.size)) for start in range(0, draws.size, size)]
    if len(places) == 1:
        return work(draws, places[0])
    return joined([work(draws.part(place), place) for place in places])


def joined(parts: Sequence[T]) -> T:
    """Results of some draws each, as if of all."""
    found: T = _each(parts, lambda arrays: np.concatenate(arrays, axis=-1))
    return found


def some_of(whole: T, where: slice) -> T:
    """Results of all draws, of some of them only."""
    found: T = _each([whole], lambda arrays: arrays[0][..., where])
    return found


def _each(parts: Sequence[Any], arrays: Callable[[Sequence[Any]], Any]) -> Any:
    """The first of the parts, each array in it made by `arrays` of the same array in all of them."""
    first = parts[0]
    if isinstance(first, np.ndarray):
        return arrays(parts)
    if isinstance(first, tuple):
        return tuple(_each(items, arrays) for items in zip(*parts, strict=True))
    if is_dataclass(first) and not isinstance(first, type):
        names = [field.name for field in fields(first)]
        found = {name: _each([getattr(part, name) for part in parts], arrays) for name in names}
        return type(first)(**found)
    return first

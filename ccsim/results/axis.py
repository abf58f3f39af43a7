"""Adding up rows along an axis: the one place where the reduction counts and sums."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]


class Axis(Protocol):
    """The place of each row among `size` slots."""

    @property
    def size(self) -> int: ...

    @property
    def index(self) -> IndexArray: ...

    def sums(self, values: FloatArray) -> FloatArray:
        """Sum of `values` by slot; shape (size,)."""
        ...


@dataclass(frozen=True, eq=False)
class Slots:
    """An axis for rows in any order."""

    index: IndexArray
    size: int

    def sums(self, values: FloatArray) -> FloatArray:
        """Sum of `values` by slot; shape (size,)."""
        return np.asarray(np.bincount(self.index, values, minlength=self.size), np.float64)


@dataclass(frozen=True, eq=False)
class Runs:
    """An axis for rows in order: slot k holds the rows from `edges[k]` up to `edges[k + 1]`.

    In order of time, consecutive rows fall in the same slot; adding up whole runs is several times
    faster than adding row by row to the same number.
    """

    edges: npt.NDArray[np.intp]

    @property
    def size(self) -> int:
        """Number of slots."""
        return len(self.edges) - 1

    @cached_property
    def index(self) -> IndexArray:
        """Slot of each row."""
        return np.repeat(np.arange(self.size), np.diff(self.edges))

    def sums(self, values: FloatArray) -> FloatArray:
        """Sum of `values` by slot; shape (size,)."""
        filled = np.flatnonzero(np.diff(self.edges))
        total = np.zeros(self.size)
        if len(filled):
            total[filled] = np.add.reduceat(values, self.edges[filled])
        return total


def counts(axis: Axis, code: npt.NDArray[Any], codes: int) -> FloatArray:
    """Rows by code (0 <= code < codes) and slot; shape (codes, size)."""
    return histogram(axis, code, codes).T.astype(np.float64)


def histogram(axis: Axis, bins: npt.NDArray[Any], width: int) -> npt.NDArray[np.int64]:
    """Rows by slot and bin (0 <= bin < width); shape (size, width)."""
    key = axis.index * width
    key += bins
    table: npt.NDArray[np.int64] = np.bincount(key, minlength=axis.size * width)
    return table.reshape(axis.size, width)


def count(axis: Axis, rows: npt.NDArray[np.intp]) -> FloatArray:
    """How many of some `rows` lie in each slot; shape (size,)."""
    return np.bincount(axis.index[rows], minlength=axis.size).astype(np.float64)

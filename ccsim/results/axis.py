"""Adding up rows along an axis: the one place where the reduction calls `bincount`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Axis:
    """The place of each row among `size` slots; rows with index `size` are left out."""

    index: IndexArray
    size: int

    def counts(self, code: npt.NDArray[Any], codes: int) -> FloatArray:
        """Rows by slot and code (0 <= code < codes); shape (codes, size)."""
        key = self.index * codes
        key += code
        table = np.bincount(key, minlength=(self.size + 1) * codes)
        return table[: self.size * codes].reshape(self.size, codes).T.astype(np.float64)

    def sums(self, values: FloatArray) -> FloatArray:
        """Sum of `values` by slot; shape (size,)."""
        summed = np.bincount(self.index, values, minlength=self.size + 1)[: self.size]
        return np.asarray(summed, np.float64)

    def histogram(self, bins: IndexArray, width: int) -> npt.NDArray[np.int64]:
        """Rows by slot and bin (0 <= bin < width); shape (size, width)."""
        key = self.index * width
        key += bins
        table: npt.NDArray[np.int64] = np.bincount(key, minlength=(self.size + 1) * width)
        return table[: self.size * width].reshape(self.size, width)

    def at(self, rows: npt.NDArray[np.intp]) -> Axis:
        """The same axis for some of the rows."""
        return Axis(self.index[rows], self.size)

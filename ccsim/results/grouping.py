"""Equal rows of whole columns joined: the compression behind journeys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def grouped(
    columns: Mapping[str, npt.NDArray[Any]], count: Floats | None, value: Floats
) -> tuple[dict[str, Any], Floats, Floats]:
    """Distinct rows of the columns (the rare values in the first of them); per row the summed
    count (None: 1 each) and the count-weighted sum of value.

    Rows come in the order of their mixed-radix code. Nearly all codes are small: those are
    counted in a table, the rest sorted.
    """
    radices = [int(column.max(initial=0)) + 1 for column in columns.values()]
    code = _codes(columns.values(), radices)
    dense = _dense_limit(radices, len(code))
    large = np.flatnonzero(code >= dense)
    odd, place = np.unique(code[large], return_inverse=True)
    code[large] = dense + place
    size = dense + odd.size
    total = np.asarray(np.bincount(code, count, size), dtype=np.float64)
    summed = np.asarray(np.bincount(code, value if count is None else count * value, size))
    here = np.flatnonzero(total)
    codes = np.concatenate((np.arange(dense), odd))[here]
    rows = dict(zip(columns, _decoded(codes, radices), strict=True))
    return rows, total[here], summed[here].astype(np.float64)


def _codes(columns: Iterable[npt.NDArray[Any]], radices: list[int]) -> Ints:
    code: Ints | None = None
    for column, radix in zip(columns, radices, strict=True):
        digit = column.astype(np.int64)
        code = digit if code is None else code * radix + digit
    return np.zeros(0, np.int64) if code is None else code


def _dense_limit(radices: list[int], rows: int) -> int:
    """Codes below this are counted in a table, of no more entries than there are rows or so."""
    limit, most = 1, max(rows, 4096)
    for radix in reversed(radices):
        if limit * radix > most:
            return limit * max(1, most // limit)
        limit *= radix
    return limit


def _decoded(code: Ints, radices: list[int]) -> list[Ints]:
    columns: list[Ints] = []
    for radix in reversed(radices):
        columns.append(code % radix)
        code = code // radix
    return columns[::-1]

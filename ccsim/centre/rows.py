"""The tables of `tables.py` as SimPy's handlers see them: slotted objects, lists and arrays."""

from __future__ import annotations

from array import array
from collections import deque
from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.later import Later
from ccsim.centre.tables import ROW_TABLES, Centre


class Rows:
    """One replication's tables; `uniforms` and `normals` are the columns that `later` has drawn so far."""

    __slots__ = (*Centre._fields, "later", "normals", "uniforms")

    contacts: list[Any]
    agents: list[Any]
    plan: list[Any]
    state: list[Any]

    def __init__(self, centre: Centre) -> None:
        for name in ROW_TABLES:
            setattr(self, name, objects(getattr(centre, name)))
        self.numbers = centre.numbers.tolist()
        self.streams = centre.streams.tolist()
        self.key = _column("Q", centre.key)
        self.cell = _column("i", centre.cell)
        self.draws = _column("d", centre.draws)
        self.status = _column("i", centre.status)
        self.ended = _column("d", centre.ended)
        self.seen_by = _column("i", centre.seen_by)
        self.legs = bytearray(centre.legs.itemsize * (len(centre.key) + 1000))
        self.presence = bytearray(centre.presence.itemsize * max(1, len(centre.presence)))
        self.later = Later(self.key, self.streams, self.numbers)
        self.uniforms, self.normals = self.later.uniforms, self.later.normals


_ROW_CLASSES: dict[np.dtype[np.void], type] = {}


def objects(table: npt.NDArray[np.void]) -> list[Any]:
    """The rows of a record array as slotted objects."""
    kind = _ROW_CLASSES.get(table.dtype) or _ROW_CLASSES.setdefault(table.dtype, _slotted(table.dtype))
    rows = [kind() for _ in range(len(table))]
    for name in table.dtype.names or ():
        deque(map(getattr(kind, name).__set__, rows, table[name].tolist()), maxlen=0)
    return rows


def _slotted(dtype: np.dtype[np.void]) -> type:
    return type("Row", (), {"__slots__": dtype.names})


def _column(code: str, values: npt.NDArray[Any]) -> array[Any]:
    column: array[Any] = array(code)
    column.frombytes(np.ascontiguousarray(values).view(np.uint8).data)
    return column

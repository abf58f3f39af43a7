"""The tables of a centre: rows for what lives, columns for what is drawn or done.

Under SimPy a table of rows is a list of slotted objects and a column an `array`; under the compiled
clock they are numpy arrays. The text of a handler, `contact = m.contacts[i]; contact.status = WAITING`,
is the same for both. Tables hold only 8-byte integers and floats; names were left at the door.
"""

from __future__ import annotations

from array import array
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

# What waits to happen.
ARRIVAL = 0
PATIENCE_END = 1
TALK_END = 2
COMPLETION = 3
RETURN = 4
OVERFLOW = 5
PLAN = 6
RESUME = 7

# Status of a live contact's slot.
FREE = 0
IN_QUEUE = 1
WITH_AGENT = 2

# What a handling will come to, known when it begins.
SOLVES = 1
FAILS = 2
PASSES_ON = 3

# Kinds of plan rows.
HEADCOUNT = 0
SHIFT_START = 1
SHIFT_END = 2
PAUSE_BREAK = 3
PAUSE_AWAY = 4

# What an agent whose shift is over does when the hands are empty.
STAY = 0
LEAVE = 1
SERVE_OUT = 2  # at closing time: those still waiting are served first

ATTEMPT_BITS = 16  # a return carries issue << ATTEMPT_BITS | attempt
SLOT_BITS = 24  # a late event carries ticket << SLOT_BITS | slot
LEG_BITS = 4  # turn of a draw: attempt << LEG_BITS | leg

NO_LIMIT = 1 << 40
NEVER = 1e15  # seconds: a patience this long makes no event


def _row(**fields: str) -> np.dtype[np.void]:
    kinds = {"i": "i8", "f": "f8"}
    return np.dtype([(name, kinds[kind]) for kind, names in fields.items() for name in names.split()])


CONTACT = _row(
    i="issue contact attempt leg cell intent queue lane agent status ticket stage verdict gone context "
    "prv nxt",
    f="entered left ended talk hold wrap waited",
)
LANE = _row(
    i="head tail room waiting limit channel queue first_route last_route ladder steps",
    f="credit",
)
ROUTE = _row(i="group order stage keep")
SERVE = _row(i="lane order stage keep")
GROUP = _row(
    i="head tail idle first_serve last_serve first_agent last_agent seated surplus serve_out",
    f="due",
)
AGENT = _row(
    i="group slot state pending pause_state version prv nxt",
    f="idle_since since due pause",
)
CELL = _row(
    i="lane channel intent queue talk hold wrap patience transfer_to redial_cap redial repeat_cap repeat",
    f="loading noise transfer_chance warm redial_chance repeat_chance tries_later",
)
CHANNEL = _row(i="limited lines waiting limit opening last_opening renew_patience")
PLANNED = _row(i="kind who", f="time value")
STATE = _row(
    i="free slots contacts legs presence issues plans intents segments "
    "talk hold wrap patience score complexity pace threshold",
)

# Streams drawn from inside handlers; `Centre.streams` holds their keys in this order.
STREAMS = (
    "talk", "hold", "wrap", "patience", "resolution", "transfer", "warm", "redial", "redial_delay",
    "repeat", "repeat_delay", "tries_later", "reopening",
)  # fmt: skip
(
    TALK, HOLD, WRAP, PATIENCE, RESOLUTION, TRANSFER, WARM, REDIAL, REDIAL_DELAY,
    REPEAT, REPEAT_DELAY, TRIES_LATER, REOPENING,
) = range(len(STREAMS))  # fmt: skip

ROW_TABLES = (
    "contacts", "lanes", "routes", "serves", "groups", "agents", "cells", "channels", "plan", "state",
)  # fmt: skip


class Centre(NamedTuple):
    """One replication's tables. `numbers` holds every table of floats, `draws` every drawn column."""

    contacts: Any
    lanes: Any
    routes: Any
    serves: Any
    groups: Any
    agents: Any
    cells: Any
    channels: Any
    plan: Any
    state: Any
    numbers: Any  # f8: normal quantiles, tables of quantiles by normal score, ladders, openings, paces
    streams: Any  # u8: keys of the streams drawn from inside handlers
    key: Any  # u8, an issue each
    cell: Any  # i4, an issue each
    draws: Any  # f8: columns one after another, an issue each; the first is the time of birth
    status: Any  # i4, an issue each: written by the handlers
    ended: Any  # f8, an issue each: written by the handlers
    legs: Any
    presence: Any


class Rows:
    """The same tables as slotted objects, lists and arrays, for SimPy."""

    __slots__ = Centre._fields

    contacts: list[Any]
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
        self.legs = bytearray(centre.legs.itemsize * max(1, len(centre.legs)))
        self.presence = bytearray(centre.presence.itemsize * max(1, len(centre.presence)))


_ROW_CLASSES: dict[np.dtype[np.void], type] = {}


def objects(table: npt.NDArray[np.void]) -> list[Any]:
    """The rows of a record array as slotted objects."""
    kind = _ROW_CLASSES.get(table.dtype) or _ROW_CLASSES.setdefault(table.dtype, _slotted(table.dtype))
    rows = []
    for values in table.tolist():
        row = kind()
        for name, value in zip(table.dtype.names or (), values, strict=True):
            setattr(row, name, value)
        rows.append(row)
    return rows


def _slotted(dtype: np.dtype[np.void]) -> type:
    return type("Row", (), {"__slots__": dtype.names})


def _column(code: str, values: npt.NDArray[Any]) -> array[Any]:
    column: array[Any] = array(code)
    column.frombytes(np.ascontiguousarray(values).view(np.uint8).data)
    return column

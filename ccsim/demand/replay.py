"""A log replayed: each of its contacts is an issue, born at its very moment (to half a microsecond).

A row counts if it lies in the simulated time, its first second included and its last excluded; others
are left out. A row at closed doors is a contact at closed doors. The key of an issue is its channel,
moment and number among rows of that moment, so another row in the log moves no other's draws.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.demand.births import TICKS, Births
from ccsim.demand.cells import Split, every_cell
from ccsim.demand.streams import Keys, issue_keys, name_key, stream_key, uniforms
from ccsim.scenario import Scenario
from ccsim.scenario.call_log import CallLog

Ints = npt.NDArray[np.int64]


def logged(scenario: Scenario, replication: int, channel: str) -> list[Births]:
    """The issues of a channel's log, by cell.

    A row without a segment is of a segment by share: drawn for its customer if it names one, so that a
    customer keeps to it, else for itself. Customers are numbered within their segment.
    """
    log = scenario.arrivals[channel].log
    assert log is not None
    rows = _inside(scenario, log)
    tick = np.rint(log.seconds(scenario.start)[rows] * TICKS).astype(np.int64)
    key = issue_keys(name_key("log", channel), tick, _number_among_equals(tick))
    segment = _segments(scenario, replication, channel, log, rows, key)
    customer = _numbered(scenario, segment, log.codes["customer"][rows].astype(np.int64))
    intent = log.codes["intent"][rows]
    found = []
    for cell in every_cell(scenario, channel):
        if cell.intent in log.names["intent"]:
            mine = intent == log.names["intent"].index(cell.intent)
            mine &= segment == list(scenario.customers).index(cell.segment)
            if mine.any():
                found.append(Births(cell, key[mine], tick[mine] / TICKS, customer[mine]))
    return found


def _inside(scenario: Scenario, log: CallLog) -> Ints:
    seconds = log.seconds(scenario.start)
    return np.flatnonzero((seconds >= scenario.begin) & (seconds < scenario.end))


def _number_among_equals(tick: Ints) -> Ints:
    order = np.argsort(tick, kind="stable")
    times = tick[order]
    first = np.flatnonzero(np.diff(times, prepend=times[:1] - 1))
    number = np.empty(len(tick), np.int64)
    number[order] = np.arange(len(tick)) - np.repeat(first, np.diff(first, append=len(tick)))
    return number


def _segments(
    scenario: Scenario, replication: int, channel: str, log: CallLog, rows: Ints, key: Keys
) -> Ints:
    """Index of each row's segment."""
    places = [list(scenario.customers).index(name) for name in log.names["segment"]]
    segment = np.array([*places, -1], np.int64)[log.codes["segment"][rows]]
    silent = segment < 0
    customer = log.codes["customer"][rows][silent]
    of_customer = np.array([*(name_key("customer", who) for who in log.names["customer"]), 0], np.uint64)
    whose = np.where(customer >= 0, of_customer[customer], key[silent])
    u = uniforms(stream_key(scenario.seed, replication, "log_segment"), whose)
    shares = np.cumsum(list(Split.of(scenario, channel).segments.values()))
    segment[silent] = np.searchsorted(shares / shares[-1], u)
    return segment


def _numbered(scenario: Scenario, segment: Ints, customer: Ints) -> npt.NDArray[np.int32]:
    """Index of each row's customer within the segment, in the order of the log; -1 where none is named.

    More customers than the segment counts start again from its first.
    """
    named = customer >= 0
    size = int(customer.max(initial=0)) + 1
    pairs, which = np.unique(segment[named] * size + customer[named], return_inverse=True)
    first = np.searchsorted(pairs, np.arange(len(scenario.customers)) * size)
    number = which - first[segment[named]]
    counts = np.array([body.count or 0 for body in scenario.customers.values()], np.int64)
    limit = counts[segment[named]]
    found = np.full(len(segment), -1, np.int32)
    found[named] = np.where(limit > 0, number % np.maximum(limit, 1), number)
    return found

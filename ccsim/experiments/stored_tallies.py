"""Tallies on disk: one Parquet table for all that lies on the same places, a row a replication and place.

A replication's numbers are arrays over places: intervals of the week, days, channels, cells, groups …
A table holds those over the same, in the order of replications and places; a fact that did not occur in a
replication is null there. What names the places stands beside the numbers for whoever reads the tables; it is
their order that is read back. Histograms have a row for each bin that is not empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ccsim.experiments import parquet
from ccsim.experiments.stored_journeys import write_journeys
from ccsim.experiments.stored_places import Where
from ccsim.results.facts import FactsAlong
from ccsim.results.tally import Tally

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

Kinds = tuple[str, ...]

# Facts, by attribute of a tally and name of the table: the places they lie on.
FACTS: Final[Mapping[str, Kinds]] = {
    "by_interval": ("interval",),
    "by_day": ("day",),
    "by_channel_interval": ("channel", "interval"),
    "by_channel_day": ("channel", "day"),
    "by_channel": ("channel",),
    "by_cell": ("cell",),
    "by_queue": ("queue",),
    "by_group": ("group",),
    "by_self_service": ("self_service",),
}
# Other arrays, by name of the table: the places they lie on, and the attribute behind each column.
ARRAYS: Final[Mapping[str, tuple[Kinds, Mapping[str, str]]]] = {
    "by_group_interval": (("group", "interval"), {"busy": "busy", "seated": "seated"}),
    "by_group_channel": (("group", "channel"), {"work": "work"}),
    "by_group_cell": (("group", "channel", "cell"), {"work": "cell_work"}),
    "by_programme": (("programme",), {"reached": "reached_by"}),
    "by_cell_time": (("cell", "time"), {"offered": "offered"}),
    "day_waits": (("day", "whose", "share"), {"wait": "day_waits"}),
    "channel_day_waits": (("channel", "day", "whose", "share"), {"wait": "channel_day_waits"}),
}
HISTOGRAMS: Final = ("channel", "intent", "segment", "queue", "group")  # what waits are kept by
NUMBERS: Final = ("replication", "seed", "contacts", "issues")


def write_tallies(tallies: Sequence[Tally], scenario: Scenario, place: Path) -> None:
    """The tables of some replications of a scenario, in a new folder. ValueError for one without journeys."""
    place.mkdir()
    where = Where.of(scenario, tallies[0].names)
    for name, columns in _tables(tallies, where):
        parquet.write(columns, place / f"{name}.parquet")
    journeys = [tally.journeys for tally in tallies if tally.journeys is not None]
    if len(journeys) < len(tallies):
        raise ValueError("a tally was reduced without journeys")
    write_journeys(journeys, place / "journeys.parquet")


def _tables(tallies: Sequence[Tally], where: Where) -> Iterator[tuple[str, dict[str, Any]]]:
    count = len(tallies)
    for name, kinds in FACTS.items():
        facts = [getattr(tally, name) for tally in tallies]
        yield name, _along(where, kinds, count) | _facts(facts, prod(where.shape(kinds)))
    for name, (kinds, attributes) in ARRAYS.items():
        arrays = {
            column: [getattr(t, attribute) for t in tallies] for column, attribute in attributes.items()
        }
        if all(values[0] is not None for values in arrays.values()):
            stacked = {column: np.stack(values).ravel() for column, values in arrays.items()}
            yield name, _along(where, kinds, count) | stacked
    yield "waits", _waits(tallies, where)
    yield "responses", _responses(tallies, where)
    yield "agents", _agents(tallies, where)
    yield "replications", _replications(tallies)


def _along(where: Where, kinds: Kinds, count: int) -> dict[str, Any]:
    number = np.repeat(np.arange(count, dtype=np.int32), prod(where.shape(kinds)))
    return {"replication": number, **where.columns(kinds, count)}


def _facts(facts: Sequence[FactsAlong], size: int) -> dict[str, Any]:
    """Each fact over replications; null in those in which it is not known."""
    columns: dict[str, Any] = {}
    for name in dict.fromkeys(name for each in facts for name in each):
        absent = np.array([name not in each for each in facts])
        dtype = next(each for each in facts if name in each)[name].dtype
        values = np.zeros((len(facts), size), dtype)
        for row, each in zip(values, facts, strict=True):
            row[:] = each[name].ravel() if name in each else 0
        columns[name] = parquet.masked(values.ravel(), np.repeat(absent, size))
    return columns


def _waits(tallies: Sequence[Tally], where: Where) -> dict[str, Any]:
    labels = {kind: np.array(where.labels(kind)[kind][0]) for kind in HISTOGRAMS}
    parts = []
    for number, tally in enumerate(tallies):
        for by, (kind, known) in enumerate(labels.items()):
            counts = tally.waits[kind]
            place, bin_ = np.nonzero(counts.any(axis=1))
            answered, offered = counts[place, :, bin_].T
            here = (np.full(len(place), code, np.int32) for code in (number, by))
            parts.append(
                (*here, place.astype(np.int32), known[place], bin_.astype(np.int32), answered, offered)
            )
    replication, of, place, name, bin_, answered, offered = (
        np.concatenate(each) for each in zip(*parts, strict=True)
    )
    return {
        "replication": replication,
        "by": parquet.named(HISTOGRAMS, of),
        "place": place,
        "name": name.astype(np.str_),
        "bin": bin_,
        "answered": answered,
        "offered": offered,
    }


def _responses(tallies: Sequence[Tally], where: Where) -> dict[str, Any]:
    every = np.stack([tally.responses for tally in tallies])
    replication, channel, bin_ = np.nonzero(every)
    return {
        "replication": replication.astype(np.int32),
        "channel": parquet.named(where.names.channels, channel),
        "bin": bin_.astype(np.int32),
        "answered": every[replication, channel, bin_],
    }


def _agents(tallies: Sequence[Tally], where: Where) -> dict[str, Any]:
    each = [len(tally.names.agents) for tally in tallies]
    group = np.concatenate([tally.names.agents for tally in tallies])
    return {
        "replication": np.repeat(np.arange(len(tallies), dtype=np.int32), each),
        "agent": np.concatenate([np.arange(size, dtype=np.int32) for size in each]),
        "group": parquet.named(where.names.groups, group),
    }


def _replications(tallies: Sequence[Tally]) -> dict[str, Any]:
    numbers = {name: np.array([getattr(t, name) for t in tallies]) for name in NUMBERS}
    weeks = np.array([0.0 if t.journeys is None else t.journeys.weeks for t in tallies])
    return {**numbers, "weeks": weeks}

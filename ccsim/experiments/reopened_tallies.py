"""Tallies read back from their tables (`stored_tallies` has written them)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import Names
from ccsim.errors import CcsimError
from ccsim.experiments import parquet
from ccsim.experiments.parquet import Table
from ccsim.experiments.stored_journeys import About, read_journeys
from ccsim.experiments.stored_places import Where
from ccsim.experiments.stored_tallies import ARRAYS, FACTS, HISTOGRAMS, NUMBERS, Kinds
from ccsim.results.answered_last import sites_in
from ccsim.results.contact_facts import MOST_TIMES
from ccsim.results.facts import FactsAlong
from ccsim.results.histogram import BINS
from ccsim.results.journeys import Journeys
from ccsim.results.tally import Tally

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

Array = npt.NDArray[Any]


def read_tallies(place: Path, scenario: Scenario, names: Names) -> tuple[Tally, ...]:
    """The tallies in a folder, of a scenario; `names` are theirs but for the agents, who are in the tables.

    CcsimError where a table is missing, broken, or not of this scenario or this version.
    """
    where, numbers = Where.of(scenario, names), _numbers(place)
    count = len(numbers["replication"])
    parts: dict[str, Any] = {name: _facts(place, name, kinds, where, count) for name, kinds in FACTS.items()}
    for name, (kinds, attributes) in ARRAYS.items():
        if name != "by_cell_time" or prod(where.shape(kinds)) <= MOST_TIMES:
            parts |= _arrays(place, name, kinds, attributes, where, count)
        else:  # not kept: too many numbers
            parts |= {attribute: [None] * count for attribute in attributes.values()}
    parts["waits"] = _waits(place, where, count)
    parts["responses"] = _responses(place, where, count)
    parts["names"] = [replace(names, agents=agents) for agents in _agents(place, names, count)]
    parts["journeys"] = _journeys(place, names, numbers.pop("weeks"))
    parts |= numbers
    each = (dict(zip(parts, values, strict=True)) for values in zip(*parts.values(), strict=True))
    return tuple(Tally(grid=where.grid, **one) for one in each)


def _numbers(place: Path) -> dict[str, list[Any]]:
    path = place / "replications.parquet"
    table = parquet.read(path)
    return {name: _column(table, name, path).tolist() for name in (*NUMBERS, "weeks")}


def _whole(path: Path, rows: int) -> Table:
    table = parquet.read(path)
    if table.num_rows != rows:
        raise CcsimError(f"{path} has {table.num_rows} rows instead of {rows}. Run it again.")
    return table


def _column(table: Table, name: str, path: Path) -> Array:
    if name not in table.column_names:
        raise CcsimError(f"{path} has no column `{name}`: another version wrote it. Run it again.")
    return parquet.known(table, name)[0]


def _facts(place: Path, name: str, kinds: Kinds, where: Where, count: int) -> list[FactsAlong]:
    shape = where.shape(kinds)
    table = _whole(place / f"{name}.parquet", count * prod(shape))
    found = [FactsAlong(shape, {}) for _ in range(count)]
    labels = {"replication", *where.columns(kinds, 0)}
    for fact in [column for column in table.column_names if column not in labels]:
        values, there = (each.reshape(count, *shape) for each in parquet.known(table, fact))
        for facts, value, known in zip(found, values, there, strict=True):
            if known.all():
                facts[fact] = value
    return found


def _arrays(
    place: Path, name: str, kinds: Kinds, attributes: Mapping[str, str], where: Where, count: int
) -> dict[str, list[Array]]:
    shape, path = where.shape(kinds), place / f"{name}.parquet"
    table = _whole(path, count * prod(shape))
    return {
        attribute: list(_column(table, column, path).reshape(count, *shape))
        for column, attribute in attributes.items()
    }


def _waits(place: Path, where: Where, count: int) -> list[dict[str, Array]]:
    path = place / "waits.parquet"
    table = parquet.read(path)
    by = parquet.places(table, "by", HISTOGRAMS)
    names = ("replication", "place", "bin", "answered", "offered")
    columns = {name: _column(table, name, path) for name in names}
    found: list[dict[str, Array]] = [{} for _ in range(count)]
    for number, kind in enumerate(HISTOGRAMS):
        replication, at, bin_, answered, offered = (values[by == number] for values in columns.values())
        counts = np.zeros((count, *where.shape((kind,)), 2, BINS), answered.dtype)
        counts[replication, at, 0, bin_] = answered
        counts[replication, at, 1, bin_] = offered
        for waits, each in zip(found, counts, strict=True):
            waits[kind] = each
    return found


def _responses(place: Path, where: Where, count: int) -> list[Array]:
    path = place / "responses.parquet"
    table = parquet.read(path)
    replication, bin_, answered = (_column(table, name, path) for name in ("replication", "bin", "answered"))
    counts = np.zeros((count, len(where.names.channels), BINS), answered.dtype)
    counts[replication, parquet.places(table, "channel", where.names.channels), bin_] = answered
    return list(counts)


def _agents(place: Path, names: Names, count: int) -> Iterator[Array]:
    path = place / "agents.parquet"
    table = parquet.read(path)
    replication, group = _column(table, "replication", path), parquet.places(table, "group", names.groups)
    for number in range(count):
        yield group[replication == number].astype(np.int32)


def _journeys(place: Path, names: Names, weeks: list[float]) -> list[Journeys]:
    labels = {
        "segment": names.segments,
        "intent": names.intents,
        "channel": names.channels,
        "site": sites_in(names),
    }
    return read_journeys(place / "journeys.parquet", About(labels, tuple(weeks), (1,) * len(weeks)))

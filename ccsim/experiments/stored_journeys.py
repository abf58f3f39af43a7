"""Journeys on disk: a row of `ccsim.results.journeys.Journeys` a row, of each replication or pooled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from ccsim.errors import CcsimError
from ccsim.experiments import parquet
from ccsim.results.journeys import COLUMNS, Journeys

NAMED: Final = ("segment", "intent", "channel", "site")
_FLOATS: Final = ("ln_wait", "count")


@dataclass(frozen=True)
class About:
    """What the table does not say: all names there are, and of each part its weeks and replications."""

    names: dict[str, tuple[str, ...]]
    weeks: tuple[float, ...]
    replications: tuple[int, ...]

    @classmethod
    def of(cls, parts: Sequence[Journeys]) -> About:
        """Of these journeys."""
        names = {name: getattr(parts[0], f"{name}s") for name in NAMED}
        return cls(names, tuple(part.weeks for part in parts), tuple(part.replications for part in parts))

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> About:
        """As a manifest says it; KeyError or TypeError where it says something else."""
        names = {name: tuple(told["names"][name]) for name in NAMED}
        return cls(names, tuple(told["weeks"]), tuple(told["replications"]))

    def to_json(self) -> dict[str, Any]:
        """For the manifest."""
        names = {name: list(labels) for name, labels in self.names.items()}
        return {"names": names, "weeks": list(self.weeks), "replications": list(self.replications)}


def write_journeys(parts: Sequence[Journeys], path: Path) -> None:
    """The rows of the parts, one part after another, numbered from 0 in `replication`."""
    columns: dict[str, Any] = {
        "replication": np.repeat(np.arange(len(parts), dtype=np.int32), [len(p) for p in parts])
    }
    for name in (*COLUMNS, *_FLOATS):
        values = np.concatenate([getattr(part, name) for part in parts])
        if name in NAMED:
            columns[name] = parquet.named(getattr(parts[0], f"{name}s"), values)
        else:
            columns[name] = values if name in _FLOATS else values.astype(np.int32)
    parquet.write(columns, path)


def read_journeys(path: Path, about: About) -> list[Journeys]:
    """The parts that `write_journeys` wrote. CcsimError where the table is not of this version, or broken."""
    table = parquet.read(path)
    if set(table.column_names) != {"replication", *COLUMNS, *_FLOATS}:
        raise CcsimError(f"{path} was written by another version of ccsim. Run it again.")
    columns = {}
    for name in (*COLUMNS, *_FLOATS):
        values = (
            parquet.places(table, name, about.names[name]) if name in NAMED else parquet.known(table, name)[0]
        )
        columns[name] = values if name in _FLOATS else values.astype(np.int64)
    counted = [values for name, values in columns.items() if name != "ln_wait"]
    if any(len(values) and values.min() < 0 for values in counted):
        raise CcsimError(f"{path} is broken: something is counted below 0. Run it again.")
    return list(_parts(columns, parquet.known(table, "replication")[0], about))


def _parts(columns: dict[str, Any], part: Any, about: About) -> Iterator[Journeys]:
    edges = np.searchsorted(part, np.arange(len(about.weeks) + 1))
    told = zip(edges[:-1], edges[1:], about.weeks, about.replications, strict=True)
    for start, end, weeks, replications in told:
        yield Journeys(
            **{f"{name}s": labels for name, labels in about.names.items()},  # type: ignore[arg-type]
            **{name: values[start:end] for name, values in columns.items()},
            weeks=weeks,
            replications=replications,
        )

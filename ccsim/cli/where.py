"""Where replications run, as the command line says it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.experiments.executors import Executor


@contextmanager
def where(dask: str | None) -> Iterator[Executor | None]:
    """The Dask cluster asked for; None where this machine's processes serve."""
    if dask is None:
        yield None
        return
    from ccsim.experiments.on_dask import on_dask

    with on_dask(dask) as executor:
        yield executor

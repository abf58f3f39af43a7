"""Where replications run, and what is kept of them, as the command line says it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from ccsim.errors import CcsimError

if TYPE_CHECKING:
    from ccsim.experiments.executors import Executor
    from ccsim.experiments.unfinished import Unfinished


@contextmanager
def working(
    dask: str | None, resume: bool = False, jobs: int | None = None
) -> Iterator[tuple[Executor | None, Unfinished]]:
    """Where a command runs its replications, and what keeps the finished ones until it has ended well.

    The folder belongs into the context, too: what could not be written there is kept for ``--resume``.
    CcsimError for ``--jobs`` with ``--dask``.
    """
    from ccsim.experiments.unfinished import Unfinished

    if dask is not None and jobs is not None:
        raise CcsimError("--jobs is of this machine's processes; with --dask the cluster says how many run")
    with Unfinished(resume) as kept, where(dask) as executor:
        yield executor, kept


@contextmanager
def where(dask: str | None) -> Iterator[Executor | None]:
    """The Dask cluster asked for; None where this machine's processes serve."""
    if dask is None:
        yield None
        return
    from ccsim.cli.progress import step
    from ccsim.experiments.on_dask import on_dask

    with ExitStack() as held:
        with step(f"starting Dask ({dask})"):
            executor = held.enter_context(on_dask(dask))
        yield executor

"""Opening the stored run that a command names: a run folder, or a scenario that was run before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.experiments.run import Run


def opened(named: Path, variant: str | None = None) -> Run:
    """The run; CcsimError where there is none, or the folder is not this version's.

    variant: of a scenario file; a folder is of the variant that was run.
    """
    from ccsim.cli.loading import read
    from ccsim.errors import CcsimError
    from ccsim.experiments.store import open_run
    from ccsim.experiments.stored_run import stored_run

    if not named.is_dir():
        return stored_run(read(named, variant))
    if variant is not None:
        raise CcsimError(f"--variant goes with a scenario file; {named} is a folder: name the variant's own")
    return open_run(named)

"""Opening the stored run that a command names: a folder, or a scenario that was run before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from ccsim.errors import CcsimError

if TYPE_CHECKING:
    from ccsim.experiments.run import Run

BASE: Final = "base"  # what a comparison calls the run that variants are compared with


def sides(named: Path, variant: str | None, against: Path | None) -> tuple[Run, Run | None]:
    """The run that is named, and what it is put against, if anything.

    A comparison brings both: its variant (`variant` names it where there are several) and its base; with
    `variant` base, its base alone. CcsimError as `opened`.
    """
    if _kind(named) == "compare":
        if against is not None:
            raise CcsimError(f"{named} is a comparison and brings its own base: leave --against out")
        return _of_comparison(named, variant)
    return opened(named, variant), None if against is None else opened(against)


def _of_comparison(folder: Path, variant: str | None) -> tuple[Run, Run | None]:
    from ccsim.experiments.store import open_comparison

    found = open_comparison(folder)
    if variant == BASE:
        return found.base, None
    names = ", ".join(found.variants)
    if variant is None and len(found.variants) > 1:
        raise CcsimError(f"{folder} compares several variants: name one with --variant ({names}, or {BASE})")
    name = variant or next(iter(found.variants))
    if name not in found.variants:
        raise CcsimError(f"--variant {name} is not in the comparison {folder}; there are {names} and {BASE}")
    return found.variants[name], found.base


def _kind(named: Path) -> str | None:
    from ccsim.experiments.manifest import found

    about = found(named) if named.is_dir() else None
    return None if about is None else about.get("kind")


def opened(named: Path, variant: str | None = None) -> Run:
    """The run; CcsimError where there is none, or the folder is not this version's.

    variant: of a scenario file; a folder is of the variant that was run.
    """
    from ccsim.cli.loading import read
    from ccsim.experiments.store import open_run
    from ccsim.experiments.stored_run import stored_run

    if not named.is_dir():
        return stored_run(read(named, variant))
    if variant is not None:
        raise CcsimError(f"--variant goes with a scenario file; {named} is a folder: name the variant's own")
    return open_run(named)

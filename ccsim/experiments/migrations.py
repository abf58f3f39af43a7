"""Folders of an older format, or version, read as this one writes them, where their figures are the same.

Each step takes the manifest of one format to the next; tables are never touched. What a step cannot give
honestly it refuses with a CcsimError that says why. Figures hang on the version of ccsim and of the outcome
parameters: a folder of others is opened only where a release has found its figures to be the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from ccsim.errors import CcsimError

Told = dict[str, Any]

# Of a version of ccsim, the earlier ones whose run folders give the same figures: written when it is
# released, once folders of theirs have been opened and compared. What stands nowhere is another version.
SAME_FIGURES: Final[Mapping[str, frozenset[str]]] = {}


def _to_3(told: Told) -> Told:
    """Format 3 says as what the file was named (`called`) and keeps the runs of a recomputation.

    Of format 2 the file's name is known without its folder, and of a recomputation tables alone.
    """
    if told.get("kind") == "roi":
        raise CcsimError("a recomputation of format 2 keeps its tables, not its runs")
    return {**told, "called": told.get("file")}


STEPS: Final[Mapping[int, Callable[[Told], Told]]] = {2: _to_3}


def migrated(told: Told, to: int) -> Told:
    """The manifest as format `to` has it. CcsimError where there is no way, or none that is honest."""
    here = told.get("format")
    while here != to:
        if not isinstance(here, int) or here not in STEPS:
            raise CcsimError(f"folders of format {here} cannot be read as format {to}")
        told = {**STEPS[here](told), "format": here + 1}
        here += 1
    return told


def same_figures(theirs: Any, ours: str) -> bool:
    """Whether a folder of version `theirs` gives the figures that version `ours` would."""
    return theirs == ours or theirs in SAME_FIGURES.get(ours, frozenset())

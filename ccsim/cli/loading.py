"""Reading the scenario that a command names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.scenario import Scenario


def read(
    file: Path, variant: str | None = None, sets: Sequence[str] | None = None, seed: int | None = None
) -> Scenario:
    """The scenario with its variant and changes; ScenarioError with all faults.

    `seed` is a change like those of ``--set``, so that a variant and its base both have it.
    """
    from ccsim.scenario import load

    changes = [*(sets or []), *([f"seed={seed}"] if seed is not None else [])]
    return load(file, variant, changes)

"""The stored run of a scenario: found among the run folders by what the scenario says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ccsim.errors import CcsimError
from ccsim.experiments import manifest
from ccsim.experiments.base import base_of
from ccsim.experiments.folder import ROOT

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.scenario import Scenario


def stored_run(scenario: Scenario, root: Path = ROOT) -> Run:
    """The latest run of this very scenario under `root`, opened. CcsimError tells to run it first."""
    from ccsim.experiments.store import open_run

    folders = [folder for folder in root.glob("*") if _is_of(scenario, folder)]
    if not folders:
        file, variant = scenario.source.label, scenario.source.variant
        command = f"ccsim run {file}" + (f" --variant {variant}" if variant else "")
        raise CcsimError(f"there is no stored run of this scenario under {root}/: run it first:  {command}")
    return open_run(max(folders, key=lambda folder: (folder / manifest.MANIFEST).stat().st_mtime))


def _is_of(scenario: Scenario, folder: Path) -> bool:
    """Whether a folder holds a run of the scenario, on the same base."""
    about = manifest.found(folder)
    if about is None or about.get("kind") != "run" or about.get("digest") != manifest.digest(scenario):
        return False
    base = base_of(scenario)
    return about.get("base") == (None if base is None else manifest.digest(base))

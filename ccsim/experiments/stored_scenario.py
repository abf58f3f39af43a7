"""The scenario in a run folder: merged, with the tables it reads, enough to run it again."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ccsim.errors import CcsimError
from ccsim.experiments import manifest

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

FILE: Final = "scenario.yaml"


def write_scenario(scenario: Scenario, place: Path) -> None:
    """The merged scenario and its tables; nothing where it was not read from text."""
    from ccsim.scenario.show import show, table_files

    if scenario.source.tree is None:
        return
    (place / FILE).write_text(show(scenario), encoding="utf-8")
    folder = scenario.source.path.parent if scenario.source.path else Path()
    for name in table_files(scenario):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / name, place / name)


def read_scenario(
    place: Path, digest: str, variant: str | None, sets: Sequence[str], base: Scenario | None = None
) -> Scenario:
    """The scenario that `write_scenario` wrote, as it was read: a variant of `base`, with its ``--set``.

    CcsimError where it is not the one with this digest.
    """
    from ccsim.scenario.chain import read_chain
    from ccsim.scenario.loading import validated
    from ccsim.scenario.scenario import Source

    file = place / FILE
    if not file.is_file():
        raise CcsimError(
            f"{file} is missing: the folder is not whole, or its scenario was not read from text. "
            "Run it again."
        )
    tree = read_chain(file, str(file))
    below = base.source.tree if base is not None and variant is not None else None
    scenario = validated(tree, Source(file, str(file), variant, tuple(sets), tree, below))
    if manifest.digest(scenario) != digest:
        raise CcsimError(
            f"{file} is not the scenario that ran: it, or a table beside it, was changed. Run it again: "
            f"ccsim run {file}"
        )
    return scenario

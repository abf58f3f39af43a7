"""All that `ccsim roi` prints of a recomputation, so that `ccsim open` prints the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccsim.cli.finishing import where_is
from ccsim.cli.roi_gain_table import against_base
from ccsim.cli.roi_table import head_lines, of_a_run
from ccsim.cli.terminal import Line

if TYPE_CHECKING:
    from ccsim.experiments.roi import Roi


def lines(result: Roi, of: str) -> list[Line]:
    """Head and table; of: the run, and its base, as they were named."""
    table = of_a_run(result) if result.base is None else against_base(result)
    return [(), *head_lines(result, of), (), *table]


def ending(folder: Path) -> list[Line]:
    """What was written, and where."""
    return where_is(folder, *sorted(path.name for path in folder.glob("*.csv")), head="Folder")


def found(result: Roi) -> dict[str, Any]:
    """What `--json` tells of a recomputation."""
    from ccsim.cli.as_json import about
    from ccsim.experiments.roi_folder import tables

    base = None if result.base is None else about(result.base)
    told = {"about": about(result.run), "against": base, "draws": result.run.draws}
    return {**told, "horizon_months": result.horizon, "changed": result.changed, **tables(result)}


def opened(folder: Path) -> Roi:
    """The recomputation in a folder; CcsimError as `ccsim.open_run`."""
    from ccsim.experiments.roi_folder import open_roi

    return open_roi(folder)


def reprinted(result: Roi, folder: Path) -> list[Line]:
    """What the command printed."""
    from ccsim.experiments.manifest import read

    return [*lines(result, read(folder, "roi")["of"]), *ending(folder)]

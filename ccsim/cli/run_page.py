"""All that `ccsim run` prints of a run, so that `ccsim open` prints the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccsim.cli.finishing import where_is
from ccsim.cli.run_story import story
from ccsim.cli.run_table import head_lines, run_table
from ccsim.cli.terminal import Line, advice

if TYPE_CHECKING:
    from ccsim.experiments.run import Run


def lines(run: Run, called: str = "") -> list[Line]:
    """Head, table and story; called: the file that suggested commands name, if not the scenario's own."""
    return [(), *head_lines(run), (), *run_table(run), *story(run, called)]


def ending(folder: Path) -> list[Line]:
    """Where everything is, and what to type next."""
    where = where_is(folder, "report.html", "summary.csv", last=("measures/",))
    return [*where, *advice("Why, and where:", f"ccsim why {folder}")]


def found(run: Run) -> dict[str, Any]:
    """What `--json` tells of a run."""
    from ccsim.cli.as_json import about

    return {"about": about(run), "summary": run.summary(), "measures": run.measures()}


def opened(folder: Path) -> Run:
    """The run in a folder; CcsimError as `ccsim.open_run`."""
    from ccsim.experiments.store import open_run

    return open_run(folder)


def reprinted(run: Run, folder: Path) -> list[Line]:
    """What the command printed; commands name its file where it still is, else the folder's copy."""
    from ccsim.experiments.manifest import read

    called = read(folder, "run")["called"]
    return [*lines(run, called if called and Path(called).is_file() else ""), *ending(folder)]

"""How commands that run something end: figures shown, folder written and named; or one JSON document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ccsim.cli.terminal import Line, plain_line


def shown_and_written(
    lines: Callable[[], Iterable[Line]], write: Callable[[], Path], json: bool, charts: bool
) -> Path:
    """Show what was found (unless it is told as JSON), then write the folder and return its path.

    Figures come first: charts take longer, and what was found is there to be read meanwhile.
    """
    from ccsim.cli import progress
    from ccsim.cli.terminal import show

    if not json:
        show(lines())
    with progress.step("writing the run folder" + (", drawing the charts" if charts else "")):
        return write()


def told(
    command: str,
    found: Callable[[], dict[str, Any]],
    ending: Callable[[Path], Iterable[Line]],
    folder: Path,
    json: bool,
) -> None:
    """Say where the folder is, or print all that was found as JSON."""
    if json:
        from ccsim.cli.as_json import print_json

        print_json(command, found(), folder)
    else:
        from ccsim.cli.terminal import show

        show(ending(folder))


def where_is(folder: Path, *files: str, head: str = "Run folder", last: tuple[str, ...] = ()) -> list[Line]:
    """The line `Run folder  DIR/   report.html  …  N charts`; last: what is named behind the charts."""
    drawn = len(list((folder / "charts").glob("*.png")))
    named = [*files, *([f"{drawn} charts"] if drawn else []), *last]
    return [(), plain_line(f"{head}  {folder}/   {'  '.join(named)}")]

"""`ccsim new`: a commented start for one's own scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ccsim.cli.options import Debug


def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; a new one.")],
    from_: Annotated[
        str, typer.Option("--from", metavar="NAME", help="quickstart, retail, ...: the start.")
    ] = "quickstart",
    debug: Debug = False,
) -> None:
    """Write a commented scenario to start from."""
    from ccsim.cli.terminal import say
    from ccsim.scenario.templates import template

    text = template(from_)
    tables = _tables(from_, file)
    _refuse_existing(file, [target for _, target in tables])
    file.parent.mkdir(parents=True, exist_ok=True)
    for source, target in tables:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    file.write_text(text, encoding="utf-8")
    beside = f" and {len(tables)} tables beside it" if tables else ""
    say(f"{file}{beside} written. Next:\n  ccsim check {file}\n  ccsim run {file}")


def _tables(name: str, file: Path) -> list[tuple[Path, Path]]:
    """The tables that the start reads, and where they go."""
    from ccsim.scenario import load
    from ccsim.scenario.show import table_files
    from ccsim.scenario.templates import scenarios_folder

    folder = scenarios_folder()
    found = table_files(load(folder / f"{name}.yaml"))
    return [(folder / table, file.parent / table) for table in found]


def _refuse_existing(file: Path, tables: list[Path]) -> None:
    from ccsim.errors import CcsimError

    there = [str(path) for path in (file, *tables) if path.exists()]
    if there:
        raise CcsimError(f"{', '.join(there)} exists already; name another file. Nothing was written.")

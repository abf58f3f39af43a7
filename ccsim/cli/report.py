"""`ccsim report`: a stored result as one page for people who were not there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ccsim.cli.options import Debug, Json


def report(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder of a run, comparison, sweep or rollout.")
    ],
    format_: Annotated[
        str, typer.Option("--format", metavar="NAME", help="html (one file) or md (with figures.md).")
    ] = "html",
    xlsx: Annotated[
        bool, typer.Option("--xlsx", help="A workbook, too: numbers, units, assumptions, sources.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="The file; default: report.html (or .md) in FOLDER."),
    ] = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Write the report of a stored result: one self-contained page, or Markdown; and a workbook."""
    from ccsim.cli import progress
    from ccsim.cli.as_json import print_json
    from ccsim.cli.terminal import say
    from ccsim.errors import CcsimError
    from ccsim.report.writing import FORMATS, write_report

    if format_ not in FORMATS:
        raise CcsimError(f"--format {format_}: there is {' and '.join(FORMATS)}. Nothing was written.")
    with progress.step("writing the report"):
        files = [str(file) for file in write_report(folder, out, format_, xlsx)]
    if json:
        print_json("report", {"files": files}, folder)
    else:
        say("\n".join(f"Report  {file}" for file in files if not file.endswith(".png")))

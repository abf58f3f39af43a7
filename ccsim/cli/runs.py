"""`ccsim runs`: the results that are kept, newest first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ccsim.cli.options import Debug, Json

if TYPE_CHECKING:
    import pandas as pd


def runs(
    root: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder that holds run folders.", show_default=False)
    ] = Path("runs"),
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only run, compare, roi … or broken.")
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Only those whose folder, name or variant has this in it."),
    ] = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """List the results kept under runs/: what each is of, when it was written, whether it opens."""
    from ccsim.cli.as_json import print_json
    from ccsim.cli.runs_table import runs_lines
    from ccsim.cli.terminal import show
    from ccsim.errors import CcsimError
    from ccsim.experiments.stored_runs import stored_runs, unfinished_runs

    _known(kind)
    if not root.is_dir() and root != Path("runs"):
        raise CcsimError(f"{root} is not a folder")
    found, left = stored_runs(root), unfinished_runs(root)
    if kind is not None:
        found, left = found[found["kind"] == kind], left[:0]
    if name is not None:
        found, left = (frame[_has(frame, name)] for frame in (found, left))
    if json:
        print_json("runs", {"root": str(root), "runs": found, "unfinished": left})
    else:
        show(runs_lines(found, left, root))


def _known(kind: str | None) -> None:
    """CcsimError for a kind that is none."""
    from ccsim.errors import CcsimError
    from ccsim.experiments.manifest import KINDS, PARTS
    from ccsim.experiments.stored_runs import BROKEN

    kinds = [*(one for one in KINDS if one not in PARTS), BROKEN]
    if kind is not None and kind not in kinds:
        raise CcsimError(f"--kind {kind}: there are {', '.join(kinds)}")


def _has(frame: pd.DataFrame, text: str) -> pd.Series[bool]:
    """Rows that have the text in one of their names, capitals or not."""
    named = [column for column in ("folder", "name", "variant", "file") if column in frame]
    every = frame[named].fillna("").agg(" ".join, axis=1) if len(frame) else frame["folder"]
    return every.str.contains(text, case=False, regex=False)

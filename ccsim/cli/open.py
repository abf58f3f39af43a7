"""`ccsim open`: a stored result printed again as its command printed it; nothing is simulated."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ccsim.cli.options import Debug, Json

if TYPE_CHECKING:
    from ccsim.errors import CcsimError

# By kind, the module that prints a result. It has `opened(folder)`; `reprinted(result, folder)`, the lines
# that the command printed; and `found(result)`, what its `--json` tells.
PAGES: Final = {
    "run": "ccsim.cli.run_page",
    "compare": "ccsim.cli.compare_page",
    "roi": "ccsim.cli.roi_page",
    "rollout": "ccsim.cli.rollout_page",
    "sweep": "ccsim.cli.sweep_page",
}


def open(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A folder that a command wrote (`ccsim runs`).")
    ],
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Print a stored run, comparison or recomputation again, without simulating."""
    from ccsim.cli import progress
    from ccsim.cli.as_json import print_json
    from ccsim.cli.terminal import show
    from ccsim.errors import CcsimError

    kind = _kind(folder)
    if kind not in PAGES:
        _as_kept(folder, kind, CcsimError(f"{folder} is not opened again; this is a table of it"), json)
        return
    page: Any = import_module(PAGES[kind])
    try:
        with progress.step(f"opening {folder}"):
            result = page.opened(folder)
    except CcsimError as error:
        if not _of_another_version(folder):
            raise
        _as_kept(folder, kind, error, json)
        return
    if json:
        print_json("open", {"kind": kind, **page.found(result)}, folder)
    else:
        show(page.reprinted(result, folder))


def _kind(folder: Path) -> str:
    """What the folder holds; CcsimError where that is nothing to be printed."""
    from ccsim.experiments import manifest

    kind = str((manifest.found(folder) or {}).get("kind"))
    if kind in manifest.KINDS and kind not in manifest.PARTS:
        return kind
    manifest.read(folder, "run")  # says of what it is a part, or that it is nothing: it is no run
    raise AssertionError(f"a run is to be printed ({folder})")


def _of_another_version(folder: Path) -> bool:
    from ccsim.errors import CcsimError
    from ccsim.experiments import manifest

    try:
        manifest.understood(manifest.found(folder) or {}, folder)
    except CcsimError:
        return True
    return False


def _as_kept(folder: Path, kind: str, why: CcsimError, json: bool) -> None:
    """The table that a folder keeps, and why it is not printed anew: old figures beat none."""
    from ccsim.cli.as_json import print_json
    from ccsim.cli.kept_table import kept, kept_lines
    from ccsim.cli.terminal import say, show

    table = kept(folder, kind)
    if table is None:
        raise why
    say(str(why), error=True, style="yellow")
    if json:
        print_json("open", {"kind": kind, "as_kept": str(why), "table": table}, folder)
    else:
        show(kept_lines(table, folder, kind))

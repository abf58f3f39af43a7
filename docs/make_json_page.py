"""Write docs/json.md from what the commands print with --json: `python docs/make_json_page.py`.

The examples are of the small centre of the tests, lists cut after their first item.
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from small import write_small

from ccsim.cli.app import start

PAGE = Path(__file__).parent / "json.md"
QUICK = ("--clock", "simpy", "--replications", "2", "--no-charts")
# What each command is called with, and what its document says beyond names that explain themselves.
COMMANDS: dict[str, tuple[tuple[str, ...], str]] = {
    "run": (
        ("run", "small.yaml", *QUICK, "--out", "runs/base"),
        "`about`: what the figures hang on. `summary`: the table, one figure a row (columns of "
        "`Run.summary`). `measures`: every measure of the whole (columns of `Run.measures`; names: "
        "[measures](measures.md)).",
    ),
    "compare": (
        ("compare", "small.yaml", "--variant", "two_more", *QUICK, "--out", "runs/compared"),
        "`about` is of the base, `variants` of each variant. `differences` and `money`: as in the "
        "folder's CSV files ([run folders](run_folder.md)).",
    ),
    "why": (
        ("why", "runs/base"),
        "`drivers`: columns of `Run.why`, in all or by what `--by` names. `fix_first`: drivers, dearest"
        " first (worth: money a year, or points where money is not known; first: share of draws in "
        "which it costs most). Against a base it is empty, and `drivers` tells gains.",
    ),
    "roi": (
        ("roi", "runs/base", "--draws", "20", "--set", "loyalty.churn.hr_bad_episode=4"),
        "`figures`, `by_month`, `lines`, `tornado`, and against a base `by_channel` …: as the files "
        "that `--out` writes ([run folders](run_folder.md)). `folder` is null without `--out`.",
    ),
    "runs": (
        ("runs",),
        "`runs`: columns of `ccsim.stored_runs`. `unfinished`: what interrupted commands left for "
        "`--resume`.",
    ),
    "open": (
        ("open", "runs/base"),
        "`kind`, then the document of the command that wrote the folder. Of a folder of another "
        "version, or one that is not opened again: `as_kept` (why) and `table`, the rows of its "
        "headline CSV.",
    ),
    "check": (
        ("check", "broken.yaml"),
        "Exit code 2 where `ok` is false. Lines and columns count from 1; line 0: there is no place in "
        "a file. `message`: what was found and what is wrong with it; `hint`: what is allowed there, or"
        " null.",
    ),
    "explain": (
        ("explain", "small.yaml"),
        "`given`: what the file says, and where. `families`: distributions that bare durations stand "
        "for. `assumed`: what nobody gave, most influential first. `without_effect`: parameters that "
        "move nothing here.",
    ),
    "staff": (
        ("staff", "small.yaml", "--clock", "simpy", "--replications", "2"),
        "`agents`: by queue and interval of the week, from Erlang A. `compared`: the file's staffing, "
        "the formula's promise and its staffing simulated, with the 95 % interval of the last. "
        "`patience_s` is null where nobody hangs up.",
    ),
    "erlang": (
        ("erlang", "--calls", "200/h", "--aht", "4min"),
        "`model`: A (patience) or C. `load`: agents' worth of work. `asa` in seconds, `mean_queue` in "
        "contacts; null: endless.",
    ),
}  # fmt: skip
ERROR = ("run", "broken.yaml")
HEAD = """\
# JSON

Written by `docs/make_json_page.py` from what the commands print; a test keeps it true. Every command that
tells figures takes `--json`: then one JSON document stands on stdout and nothing else; progress and
warnings go to stderr. A script asks so:

```python
import json, subprocess

command = ["ccsim", "run", "small.yaml", "--no-charts", "--json"]
told = subprocess.run(command, capture_output=True, text=True, check=True)
figures = {row["measure"]: row["value"] for row in json.loads(told.stdout)["summary"]}
```

- Every document begins with `command`, `ccsim` (its version) and `folder` (what it wrote or opened, or
  null).
- A table is a list of records. Names of columns and measures are those of the frames in Python and of the
  files in [run folders](run_folder.md); they change only with a line in the changelog.
- Numbers are not rounded; `unit` says what they are: a share is 0..1, `s` seconds, money its currency.
  `low` and `high` are the 95 % interval over replications, `model_low` and `model_high` the 80 % band of
  the outcome model.
- What is not known, and what is endless, is null. Text is in plain ASCII, other letters as `\\u00e9`.
- Exit codes are those of [the commands](cli.md). A command that fails prints its message on stderr as
  always, and on stdout the document [at the end](#errors). Only a command line that cannot be read (an
  unknown option) leaves stdout empty.

The examples are of a small centre, lists cut after their first item. `sweep`, `rollout` and `report` take
`--json`, too: their tables are those of their folders.
"""


def called(*arguments: str) -> dict[str, Any]:
    """The document of a command."""
    told = io.StringIO()
    with redirect_stdout(told), redirect_stderr(io.StringIO()), suppress(SystemExit):
        start([*arguments, "--json"])
    document: dict[str, Any] = json.loads(told.getvalue())
    return document


def documents() -> dict[str, dict[str, Any]]:
    """The document of every command, in an empty folder with the small centre; `errors` last."""
    os.environ["COLUMNS"] = "80"
    with tempfile.TemporaryDirectory() as place, chdir(place):
        path = write_small(Path())
        broken = path.read_text(encoding="utf-8").replace("patience: 3min", "patients: 3min")
        Path("broken.yaml").write_text(broken, encoding="utf-8")
        found = {name: called(*arguments) for name, (arguments, _) in COMMANDS.items()}
        return {**found, "errors": called(*ERROR)}


def cut(value: Any) -> Any:
    """The value with every list cut after its first item."""
    if isinstance(value, dict):
        return {name: cut(inner) for name, inner in value.items()}
    return [cut(value[0])] if isinstance(value, list) and value else value


def page() -> str:
    """The whole page."""
    every = documents()
    parts = [_section(name, told, every[name]) for name, (_, told) in COMMANDS.items()]
    fails = "`error`: what stands on stderr. `exit_code`: 2, 70 or 130. `faults`: as in [check](#check)."
    return "\n".join([HEAD, *parts, _section("errors", fails, every["errors"])])


def _section(name: str, told: str, document: dict[str, Any]) -> str:
    lines = [f"  {json.dumps(key)}: {json.dumps(cut(value))}" for key, value in document.items()]
    return f"## {name}\n\n{told}\n\n```json\n{{\n" + ",\n".join(lines) + "\n}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

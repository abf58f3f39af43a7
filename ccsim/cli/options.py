"""Options that several commands share, each described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ccsim.limits import MOST_REPLICATIONS

_asked = {"debug": False, "json": False}


def _debug(value: bool) -> bool:
    _asked["debug"] = value
    return value


def _json(value: bool) -> bool:
    _asked["json"] = value
    return value


def as_json() -> bool:
    """Whether the user asked for a JSON document."""
    return _asked["json"]


def debugging() -> bool:
    """Whether the user asked for tracebacks."""
    return _asked["debug"]


def reset() -> None:
    """Forget what an earlier command of this process asked for."""
    _asked.update(debug=False, json=False)


RUN_OR_COMPARISON = "The folder of a run or comparison, or a scenario that was run before."
ScenarioFile = Annotated[Path, typer.Argument(metavar="FILE", help="A scenario (YAML).")]
VariantName = Annotated[
    str | None, typer.Option("--variant", metavar="NAME", help="Apply a variant of the file.")
]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Change one value; repeat it for more. `+2`, `-10%`, `x1.2` change the file's value.",
    ),
]
Replications = Annotated[
    int | None,
    typer.Option(min=1, max=MOST_REPLICATIONS, metavar="N", help="Replications; default: the file's."),
]
Jobs = Annotated[
    int | None,
    typer.Option(min=1, metavar="J", help="Processes; default: as many as pay off."),
]
ClockName = Annotated[
    str, typer.Option("--clock", metavar="NAME", help="auto, simpy or compiled (needs numba).")
]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="DIR", help="Run folder; default: runs/NAME-HASH."),
]
Seed = Annotated[int | None, typer.Option(min=0, metavar="N", help="Another seed than the file's.")]
NoCharts = Annotated[bool, typer.Option("--no-charts", help="Draw no charts.")]
Debug = Annotated[
    bool,
    typer.Option("--debug", callback=_debug, is_eager=True, help="Show the traceback of an error."),
]
Dask = Annotated[
    str | None,
    typer.Option("--dask", metavar="WHERE", help="Run on Dask: `local`, or a scheduler's tcp://HOST:PORT."),
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with what an interrupted command finished.")]
Json = Annotated[
    bool,
    typer.Option("--json", callback=_json, is_eager=True, help="Print one JSON document in place of tables."),
]

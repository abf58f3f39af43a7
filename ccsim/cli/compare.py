"""`ccsim compare`: variants, or other files, against their base on the same draws."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ccsim.cli.options import (
    ClockName,
    Dask,
    Debug,
    Jobs,
    Json,
    NoCharts,
    Out,
    Replications,
    Resume,
    Seed,
    Sets,
)
from ccsim.limits import MOST_REPLICATIONS

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison
    from ccsim.experiments.executors import Executor
    from ccsim.experiments.unfinished import Unfinished
    from ccsim.scenario import Scenario

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE...", help="The base (YAML), and others to compare with it.")
]
Variants = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME", help="A variant of the first file; repeat it for more. Default: all, of one file."
    ),
]
Precision = Annotated[
    str | None,
    typer.Option(
        metavar="NAME=HALF,...",
        help="Add pairs until the 95 % intervals of the differences are no wider than plus and minus "
        "this: `abandonment=0.5pt,net_gain=20000`.",
    ),
]
MaxReplications = Annotated[
    int | None,
    typer.Option(
        min=2,
        max=MOST_REPLICATIONS,
        metavar="N",
        help="With --precision: no more pairs than this; default 1000.",
    ),
]
TimeLimit = Annotated[
    str | None, typer.Option(metavar="TIME", help="With --precision: add none after `10min`, say.")
]


def compare(
    files: Files,
    variant: Variants = None,
    set_: Sets = None,
    replications: Replications = None,
    precision: Precision = None,
    max_replications: MaxReplications = None,
    time_limit: TimeLimit = None,
    jobs: Jobs = None,
    dask: Dask = None,
    resume: Resume = False,
    clock: ClockName = "auto",
    out: Out = None,
    seed: Seed = None,
    no_charts: NoCharts = False,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Compare variants or files with a base: is it better, does it pay, how sure is that."""
    from ccsim.cli import compare_page as page
    from ccsim.cli.compare_files import candidates_of
    from ccsim.cli.finishing import shown_and_written, told
    from ccsim.cli.simulating import warn
    from ccsim.cli.where import working
    from ccsim.experiments.compare_folder import save_comparison
    from ccsim.experiments.folder import free_folder

    free_folder(out, "compare")
    limit = _seconds(time_limit, replications, max_replications, precision)
    base, others = candidates_of(files, variant, set_, seed)
    own = [one for one in others.values() if one.source.variant is not None]
    warn(base, own, [one for one in others.values() if one.source.variant is None])
    with working(dask, resume, jobs) as (executor, kept):
        result = _compared(
            base, others, replications, jobs, clock, precision, max_replications, limit, executor, kept
        )
        folder = shown_and_written(
            lambda: page.lines(result),
            lambda: save_comparison(result, out, not no_charts),
            json,
            not no_charts,
        )
    told("compare", lambda: page.found(result), page.ending, folder, json)


def _seconds(
    time_limit: str | None, replications: int | None, max_replications: int | None, precision: str | None
) -> float | None:
    """The time limit; CcsimError for bounds that contradict each other, or bound what was not asked for."""
    from ccsim.errors import CcsimError
    from ccsim.units import UnitError, parse_duration

    if precision is None and max_replications is not None:
        raise CcsimError("--max-replications goes with --precision: without it --replications is the number")
    if max_replications is not None and replications is not None and max_replications < replications:
        first = f"--replications {replications}, which come first"
        raise CcsimError(f"--max-replications {max_replications} is fewer than {first}")
    if time_limit is None:
        return None
    if precision is None:
        raise CcsimError("--time-limit goes with --precision: without it the number of replications is fixed")
    try:
        seconds = parse_duration(time_limit, "10min")
    except UnitError as error:
        raise CcsimError(f"--time-limit: {error}") from None
    if seconds <= 0:
        raise CcsimError(f"--time-limit {time_limit} leaves no time: write `10min`")
    return seconds


def _compared(
    base: Scenario,
    others: dict[str, Scenario],
    replications: int | None,
    jobs: int | None,
    clock: str,
    precision: str | None,
    most: int | None,
    limit: float | None,
    executor: Executor | None,
    kept: Unfinished,
) -> Comparison:
    """All candidates, under one bar."""
    from ccsim.cli.progress import replications as bar
    from ccsim.experiments.compare import compare
    from ccsim.experiments.precision import MOST

    count = (base.replications if replications is None else replications) * (1 + len(others))
    with bar(f"{1 + len(others)} candidates", count) as advance:
        return compare(
            base,
            others,
            replications,
            jobs,
            clock,
            lambda _, done, total, contacts: advance(done, contacts, total),
            precision=precision,
            max_replications=MOST if most is None else most,
            time_limit=limit,
            executor=executor,
            kept=kept,
        )

"""`ccsim sweep`: set levers to many values and see what happens."""

from __future__ import annotations

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
    ScenarioFile,
    Seed,
    Sets,
    VariantName,
)
from ccsim.limits import MOST_DRAWS_A_POINT

if TYPE_CHECKING:
    from ccsim.experiments.designs import Design
    from ccsim.experiments.executors import Executor
    from ccsim.experiments.sweep import Sweep
    from ccsim.experiments.unfinished import Unfinished
    from ccsim.scenario import Scenario


def sweep(
    file: ScenarioFile,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=VALUES",
            help="`KEY=LO:HI:STEP` or `KEY=a,b,c`, in the file's units; repeat it for more.",
        ),
    ] = None,
    design: Annotated[
        str, typer.Option(metavar="NAME", help="grid, one (at a time), lhs or sobol.")
    ] = "grid",
    points: Annotated[
        int | None,
        typer.Option(metavar="N", help="Points of lhs (50), rows of sobol (32, a power of 2)."),
    ] = None,
    variant: VariantName = None,
    set_: Sets = None,
    replications: Replications = None,
    draws: Annotated[
        int,
        typer.Option(
            min=0, max=MOST_DRAWS_A_POINT, metavar="N", help="Draws of the outcome model, a point; 0: none."
        ),
    ] = 100,
    jobs: Jobs = None,
    dask: Dask = None,
    clock: ClockName = "auto",
    resume: Resume = False,
    yes: Annotated[bool, typer.Option("--yes", help="Run however many points it makes.")] = False,
    out: Out = None,
    seed: Seed = None,
    no_charts: NoCharts = False,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Vary keys of a scenario: response curves, break-even, knees, what matters."""
    from ccsim.cli import sweep_page as page
    from ccsim.cli.finishing import shown_and_written, told
    from ccsim.cli.loading import read
    from ccsim.cli.simulating import warn
    from ccsim.cli.where import working
    from ccsim.experiments.designs import design_of
    from ccsim.experiments.folder import free_folder

    free_folder(out, "sweep")
    start = read(file, variant, set_, seed)
    made = design_of(design, vary or [], start, points, many=yes)
    warn(start)
    with working(dask, resume, jobs) as (executor, kept):
        result = _swept(start, made, replications, jobs, clock, draws, executor, kept)
        folder = shown_and_written(
            lambda: page.lines(result, str(file)),
            lambda: result.save(out, not no_charts),
            json,
            not no_charts,
        )
    told("sweep", lambda: page.found(result), page.ending, folder, json)


def _swept(
    start: Scenario,
    design: Design,
    replications: int | None,
    jobs: int | None,
    clock: str,
    draws: int,
    executor: Executor | None,
    kept: Unfinished,
) -> Sweep:
    """The sweep, with one bar for all of its replications."""
    from ccsim.centre.simulate import choose_clock
    from ccsim.cli.progress import replications as bar
    from ccsim.cli.progress import step
    from ccsim.experiments.replicate import run_length
    from ccsim.experiments.sweep import of_design
    from ccsim.experiments.sweep_centres import centres_of
    from ccsim.experiments.sweep_points import points_of

    count = start.replications if replications is None else replications
    points = points_of(start, design)
    chosen = choose_clock(clock, len(points) * count * run_length(start))
    with step("solving the volumes as counted"):
        total = count * len(centres_of(points, chosen))
    with bar(f"{total} replications of {len(points)} points", total) as advance:
        return of_design(start, design, count, jobs, chosen, draws, advance, executor, kept, points)

"""`ccsim run`: simulate a scenario, print what happens, write the run folder."""

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
    ScenarioFile,
    Seed,
    Sets,
    VariantName,
)

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.scenario import Scenario


def run(
    file: ScenarioFile,
    variant: VariantName = None,
    set_: Sets = None,
    replications: Replications = None,
    jobs: Jobs = None,
    clock: ClockName = "auto",
    out: Out = None,
    journal: Annotated[
        int | None,
        typer.Option(min=0, metavar="K", help="Keep the four tables of replication K, too."),
    ] = None,
    seed: Seed = None,
    dask: Dask = None,
    resume: Resume = False,
    no_charts: NoCharts = False,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Simulate a scenario: waits, FCR, CSAT, churn, money."""
    from ccsim.cli.loading import read

    scenario = read(file, variant, set_, seed)
    charts = not no_charts
    run_and_show(scenario, replications, jobs, clock, out, journal, charts, "", json, dask, resume)


def run_and_show(
    scenario: Scenario,
    replications: int | None = None,
    jobs: int | None = None,
    clock: str = "auto",
    out: Path | None = None,
    journal: int | None = None,
    charts: bool = True,
    called: str = "",
    json: bool = False,
    dask: str | None = None,
    resume: bool = False,
) -> Run:
    """The whole command once the scenario is read: warn, run, print, write.

    `called` is the file that suggested commands name, if not the scenario's own.
    """
    from ccsim.cli import run_page as page
    from ccsim.cli.finishing import shown_and_written, told
    from ccsim.cli.simulating import simulated, warn
    from ccsim.cli.where import working
    from ccsim.experiments.folder import free_folder, save_run

    free_folder(out)  # refuse before the work, not after it
    warn(scenario)
    with working(dask, resume, jobs) as (executor, kept):
        result = simulated(scenario, replications, jobs, clock, executor=executor, kept=kept)
        folder = shown_and_written(
            lambda: page.lines(result, called), lambda: save_run(result, out, charts, journal), json, charts
        )
    told("run", lambda: page.found(result), page.ending, folder, json)
    return result

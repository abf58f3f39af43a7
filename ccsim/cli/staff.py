"""`ccsim staff`: agents by formula, and what the simulation makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from ccsim.cli.options import (
    ClockName,
    Debug,
    Jobs,
    Json,
    Replications,
    ScenarioFile,
    Seed,
    Sets,
    VariantName,
)

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.experiments.staffing import Plan

IGNORED: Final = (
    "skills that groups share, redials, repeats, busyness of days, and what spills from one interval into "
    "the next. Each queue stands alone, each interval in its steady state. So it is simulated:"
)


def staff(
    file: ScenarioFile,
    variant: VariantName = None,
    set_: Sets = None,
    replications: Replications = None,
    jobs: Jobs = None,
    clock: ClockName = "auto",
    seed: Seed = None,
    csv: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the agents by interval to a CSV.")
    ] = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Erlang-A agents per interval and queue for the target, and a simulation of the result."""
    from ccsim.cli.loading import read
    from ccsim.cli.simulating import simulated
    from ccsim.cli.staff_table import beside, found_beside, plan_lines
    from ccsim.cli.terminal import paragraph, say, show
    from ccsim.errors import CcsimError
    from ccsim.experiments.staffing import plan, staffed

    if csv is not None and csv.exists():
        raise CcsimError(f"--csv {csv} exists already: name a new file. Nothing was written.")
    scenario = read(file, variant, set_, seed)
    found = plan(scenario)
    if not json:
        show(plan_lines(scenario, found))
        show(paragraph("Ignored by the formula:", IGNORED))
    own = simulated(scenario, replications, jobs, clock)
    by_formula = simulated(staffed(scenario, found), replications, jobs, clock, own, "formula")
    if csv is not None:
        found.frame().to_csv(csv, index=False)
    if json:
        _print(own, found, found_beside(own, by_formula, found))
        return
    show([(), *beside(own, by_formula, found)])
    if csv is not None:
        say(f"\nAgents by interval  {csv}")


def _print(own: Run, found: Plan, compared: list[dict[str, Any]]) -> None:
    from ccsim.cli.as_json import about, print_json

    wanted = {"target_share": found.share, "target_within_s": found.within, "hours_a_week": found.hours}
    each = {"aht_s": found.aht, "patience_s": found.patience}
    told = {"about": about(own), **wanted, **each, "agents": found.frame(), "compared": compared}
    print_json("staff", told)

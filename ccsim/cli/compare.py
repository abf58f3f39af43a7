"""`ccsim compare`: variants against their base, on the same draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ccsim.cli.options import (
    ClockName,
    Debug,
    Jobs,
    NoCharts,
    Out,
    Replications,
    ScenarioFile,
    Seed,
    Sets,
)

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison
    from ccsim.scenario import Scenario


def compare(
    file: ScenarioFile,
    variant: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A variant; repeat it for more. Default: all."),
    ] = None,
    set_: Sets = None,
    replications: Replications = None,
    jobs: Jobs = None,
    clock: ClockName = "auto",
    out: Out = None,
    seed: Seed = None,
    no_charts: NoCharts = False,
    debug: Debug = False,
) -> None:
    """Compare variants with their base: is it better, does it pay, how sure is that."""
    from ccsim.cli import compare_page, progress
    from ccsim.cli.loading import read
    from ccsim.cli.simulating import warn
    from ccsim.cli.terminal import show
    from ccsim.experiments.compare_folder import save_comparison
    from ccsim.experiments.folder import free_folder

    free_folder(out, "compare")
    base = read(file, None, set_, seed)
    names = list(dict.fromkeys(variant or _all(base)))
    others = [read(file, name, set_, seed) for name in names]
    warn(base, others)
    result = _compared(base, others, replications, jobs, clock)
    show(compare_page.lines(result))
    with progress.step("writing the run folder" + ("" if no_charts else ", drawing the charts")):
        folder = save_comparison(result, out, not no_charts)
    show(compare_page.ending(folder))


def _all(base: Scenario) -> list[str]:
    from ccsim.errors import CcsimError

    if not base.variants:
        raise CcsimError(
            f"{base.source.label} has no variants to compare: add some under "
            "`variants:`, or name none and use `ccsim run FILE --set PATH=VALUE`"
        )
    return list(base.variants)


def _compared(
    base: Scenario, others: list[Scenario], replications: int | None, jobs: int | None, clock: str
) -> Comparison:
    """Base first, then each variant on its draws, with a bar each."""
    from ccsim.cli.simulating import simulated
    from ccsim.experiments.compare import Comparison

    count = base.replications if replications is None else replications
    first = simulated(base, count, jobs, clock)
    runs = {
        other.source.variant or "variant": simulated(other, count, jobs, clock, first) for other in others
    }
    return Comparison(first, runs)

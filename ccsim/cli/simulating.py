"""Running replications from the command line: warnings first, then bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.experiments.base import Base
    from ccsim.experiments.executors import Executor
    from ccsim.experiments.run import Run
    from ccsim.experiments.unfinished import Unfinished
    from ccsim.scenario import Scenario


def warn(scenario: Scenario, variants: Sequence[Scenario] = (), others: Sequence[Scenario] = ()) -> None:
    """Print what is allowed but probably not meant, on stderr; of variants, what is not taken from them.

    others: scenarios of other files that are compared with this one.
    """
    from ccsim.cli.terminal import say
    from ccsim.errors import fault_lines
    from ccsim.scenario.checks import not_taken, warnings

    found = [*warnings(scenario), *(fault for each in variants for fault in not_taken(each))]
    found += [fault for each in others for fault in (*warnings(each), *not_taken(each, scenario))]
    if found:
        say("\n".join(["Warnings", *fault_lines(found)]), error=True, style="yellow")


def simulated(
    scenario: Scenario,
    replications: int | None,
    jobs: int | None,
    clock: str,
    base: Run | Base | None = None,
    label: str = "",
    executor: Executor | None = None,
    kept: Unfinished | None = None,
) -> Run:
    """The run, with a bar for itself (named `label`) and, where it is a variant, one for its base.

    executor, kept: as of `ccsim.cli.where.working`.
    """
    from ccsim.cli.progress import replications as bar
    from ccsim.cli.progress import step
    from ccsim.experiments.base import base_of
    from ccsim.experiments.folder import stored_base
    from ccsim.experiments.run import run

    count = scenario.replications if replications is None else replications
    origin = base_of(scenario) if base is None else None
    if origin is not None:
        with step("looking for the run of the base"):
            base = stored_base(origin, count)
        base = base or simulated(origin, count, jobs, clock, None, "base", executor, kept)
    _prepared(scenario if base is None else None, count, clock)
    name = label or scenario.source.variant or ""
    with bar(f"{count} replications" + (f" of {name}" if name else ""), count) as advance:
        return run(scenario, count, jobs, clock, advance, base, executor=executor, kept=kept)


def _prepared(base: Scenario | None, count: int, clock: str) -> None:
    """What has to be done once before: compiling, and solving the volumes of a base."""
    from ccsim.centre.simulate import choose_clock
    from ccsim.cli.progress import step
    from ccsim.experiments.base import fresh_of
    from ccsim.experiments.replicate import run_length

    if base is not None:
        chosen = choose_clock(clock, count * run_length(base))
        with step("solving the volumes as counted"):
            fresh_of(base, chosen)

"""`ccsim rollout`: new rules met by the contacts of today, and whether to go."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
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
)

if TYPE_CHECKING:
    from pathlib import Path

    from ccsim.scenario import Scenario

BASE = "base"


def rollout(
    file: ScenarioFile,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="NAME", help="The new rules: a variant; default: the only one."),
    ] = None,
    from_: Annotated[
        str,
        typer.Option("--from", metavar="NAME", help="The old rules: a variant, or base, the file itself."),
    ] = BASE,
    share: Annotated[
        str | None,
        typer.Option(metavar="25%,50%", help="Also: only so many of the agents follow the new rules."),
    ] = None,
    teach: Annotated[
        bool, typer.Option("--teach", help="Also: what each skill that a group lacks would be worth.")
    ] = False,
    individuals: Annotated[
        bool, typer.Option("--individuals", help="Name agents one by one; else only their groups.")
    ] = False,
    set_: Sets = None,
    replications: Replications = None,
    jobs: Jobs = None,
    clock: ClockName = "auto",
    out: Out = None,
    seed: Seed = None,
    no_charts: NoCharts = False,
    dask: Dask = None,
    resume: Resume = False,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Test new rules on the same contacts before rollout: go or no-go, who gains, who loses."""
    from ccsim.cli import rollout_page as page
    from ccsim.cli.finishing import shown_and_written, told
    from ccsim.cli.simulating import warn
    from ccsim.cli.where import working
    from ccsim.experiments.folder import free_folder
    from ccsim.experiments.rollout import rollout as roll_out
    from ccsim.experiments.rollout_folder import save_rollout

    free_folder(out, "rollout")
    shares = shares_of(share)
    before, after = sides(file, from_, to, set_, seed)
    warn(before, [after])
    with working(dask, resume, jobs) as (executor, kept):
        with ExitStack() as bars:
            result = roll_out(
                before, after, replications, jobs, clock, shares, teach, one_by_one(bars), executor, kept
            )
        folder = shown_and_written(
            lambda: [*page.lines(result, str(file)), *(page.individuals(result) if individuals else [])],
            lambda: save_rollout(result, out, not no_charts, individuals),
            json,
            not no_charts,
        )
    told("rollout", lambda: page.found(result, individuals), page.ending, folder, json)


def one_by_one(bars: ExitStack) -> Callable[[str, int, int, int], None]:
    """A bar for each thing that is run, one after another."""
    from ccsim.cli.progress import replications

    advances: dict[str, Callable[[int, int], None]] = {}

    def progress(label: str, done: int, total: int, contacts: int) -> None:
        if label not in advances:
            bars.close()
            advances[label] = bars.enter_context(replications(label, total))
        advances[label](done, contacts)

    return progress


def sides(
    file: Path, from_: str, to: str | None, sets: list[str] | None, seed: int | None
) -> tuple[Scenario, Scenario]:
    """The scenarios of the old and the new rules; CcsimError where a name is missing or unknown."""
    from ccsim.cli.loading import read
    from ccsim.errors import CcsimError

    base = read(file, None, sets, seed)
    names = [name for name in base.variants if name != from_]
    if to is None and len(names) != 1:
        what = f"name one of {', '.join(names)}" if names else "add some under `variants:`"
        raise CcsimError(f"--to is missing: which rules are to be rolled out? {base.source.label}: {what}")
    new = names[0] if to is None else to
    if new == from_:
        raise CcsimError(f"--from and --to are both `{new}`: name two sets of rules that differ")
    chosen = [base if name == BASE else read(file, name, sets, seed) for name in (from_, new)]
    return chosen[0], chosen[1]


def shares_of(text: str | None) -> list[float]:
    """The shares of `25%,50%`; CcsimError names the option and what is allowed."""
    from ccsim.errors import CcsimError
    from ccsim.units import UnitError, parse_share

    if text is None:
        return []
    try:
        found = [parse_share(part.strip()) for part in text.split(",")]
    except UnitError as error:
        raise CcsimError(f"--share {text[:40]}: {error.message}; write `25%,50%,100%`") from None
    if any(not 0 < each <= 1 for each in found):
        raise CcsimError(f"--share {text[:40]}: shares of the agents are above 0 % and at most 100 %")
    return found

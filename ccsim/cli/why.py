"""`ccsim why`: what takes satisfaction away and drives customers out, and what to fix first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ccsim.cli.options import RUN_OR_COMPARISON, Debug, Json, VariantName

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.experiments.why import Why


def why(
    run: Annotated[Path, typer.Argument(metavar="RUN", help=RUN_OR_COMPARISON)],
    of: Annotated[
        str, typer.Option("--of", metavar="WHAT", help="csat (satisfaction) or churn (customers lost).")
    ] = "csat",
    by: Annotated[
        str | None, typer.Option("--by", metavar="SLICE", help="channel, intent, segment or site.")
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(metavar="BASE", help="Another run or scenario: through which drivers RUN gains."),
    ] = None,
    variant: VariantName = None,
    draws: Annotated[
        int | None,
        typer.Option(min=2, metavar="N", help="Draws of the outcome model; default: the run's."),
    ] = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Explain a stored run: which drivers cost CSAT, customers and money, where, and what to fix first."""
    from ccsim.cli import progress
    from ccsim.cli.opening import sides
    from ccsim.cli.terminal import show
    from ccsim.cli.why_story import doubt, fix_first, gains
    from ccsim.cli.why_table import head_lines, tables

    _known(of, by)
    explained, base = sides(run, variant, against)
    if of == "churn":
        _churn_is_known(base or explained)
    with progress.step("sharing out what is lost"):
        found = explained.reasons(base, draws)
    if json:
        _print(explained, base, found, of, by)
        return
    show([(), *head_lines(explained, base, found, of), ()])
    show(tables(found, of, by))
    told = gains(found, of) if base is not None else fix_first(found, of)
    show([(), *told, *doubt(explained if base is None else base, found, of)])


def _print(explained: Run, base: Run | None, found: Why, of: str, by: str | None) -> None:
    from ccsim.cli.as_json import about, print_json
    from ccsim.experiments.fix_first import ranking

    against = None if base is None else about(base)
    told = {"about": about(explained), "against": against, "of": of, "by": by, "horizon_months": found.months}
    first = ranking(found, of) if base is None else []
    print_json("why", {**told, "drivers": found.frame(of, by), "fix_first": first})


def _churn_is_known(run: Run) -> None:
    """CcsimError naming the lines without which churn is not known."""
    from ccsim.errors import CcsimError

    lacking = [path for path in run.outcomes.missing if not path.endswith(".margin")]
    if lacking:
        raise CcsimError(f"churn is not known: add {', '.join(lacking)} to the scenario and run it again")


def _known(of: str, by: str | None) -> None:
    """CcsimError for a word that is not known, before anything is opened."""
    from ccsim.errors import CcsimError
    from ccsim.experiments.why import asked

    try:
        asked(of, by)
    except ValueError as error:
        raise CcsimError(str(error)) from None

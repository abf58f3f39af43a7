"""`ccsim roi`: customers and money of a finished run under other parameters, nothing simulated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ccsim.cli.options import RUN_OR_COMPARISON, Debug, Json, NoCharts, VariantName
from ccsim.limits import MOST_DRAWS


def roi(
    run: Annotated[Path, typer.Argument(metavar="RUN", help=RUN_OR_COMPARISON)],
    against: Annotated[
        Path | None,
        typer.Option(metavar="BASE", help="The run of its base: what the change earns. Default: RUN alone."),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="PATH=VALUE",
            help="Other than in the run: parameters, prices, what customers are worth; repeat it for more.",
        ),
    ] = None,
    draws: Annotated[
        int, typer.Option(min=2, max=MOST_DRAWS, metavar="N", help="Draws of the outcome model.")
    ] = 1000,
    months: Annotated[
        int | None, typer.Option(min=1, max=600, metavar="N", help="Horizon; default: the run's.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write tables and charts here; default: nothing.")
    ] = None,
    no_charts: NoCharts = False,
    variant: VariantName = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """What a finished run earns under other parameters, without simulating again."""
    from ccsim.cli import progress, roi_page
    from ccsim.cli.as_json import print_json
    from ccsim.cli.opening import sides
    from ccsim.cli.terminal import show
    from ccsim.experiments.folder import free_folder
    from ccsim.experiments.roi import roi as recompute
    from ccsim.experiments.roi_folder import save_roi

    free_folder(out, "roi")
    changes = _changes(set_ or [], months)
    own, base = sides(run, variant, against)
    with _as_options():
        found = recompute(own, base, draws, changes)
    of = f"{run}" + ("" if against is None else f" against {against}")
    if not json:
        show(roi_page.lines(found, of))
    if out is not None:
        with progress.step("writing the folder" + ("" if no_charts else ", drawing the charts")):
            save_roi(found, out, not no_charts, of)
    if json:
        print_json("roi", roi_page.found(found), out)
    elif out is not None:
        show(roi_page.ending(out))


def _changes(sets: Sequence[str], months: int | None) -> dict[str, str]:
    """Paths and values of the options; ScenarioError where one cannot be read."""
    from ccsim.scenario.changes import parse_sets

    parse_sets(sets)
    changes = {}
    for text in sets:
        path, _, value = text.partition("=")
        changes[path.strip()] = value.strip()
    return changes if months is None else {**changes, "economics.horizon": f"{months} months"}


@contextmanager
def _as_options() -> Iterator[None]:
    """Faults of changes named as the options they came by."""
    from ccsim.errors import ScenarioError

    try:
        yield
    except ScenarioError as error:
        raise ScenarioError(replace(fault, file="--set") for fault in error.faults) from error

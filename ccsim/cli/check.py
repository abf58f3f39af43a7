"""`ccsim check`: every fault of a scenario with its place and its fix, and warnings."""

from __future__ import annotations

import typer

from ccsim.cli.options import Debug, ScenarioFile, Sets, VariantName


def check(file: ScenarioFile, variant: VariantName = None, set_: Sets = None, debug: Debug = False) -> None:
    """Say all that is wrong with a scenario, with line and key; exit 2 if it cannot be run."""
    from ccsim.cli.terminal import say
    from ccsim.scenario.checks import check as checked

    report = checked(file, variant, set_ or ())
    say(str(report), error=not report.ok)
    if not report.ok:
        raise typer.Exit(2)

"""`ccsim check`: every fault of a scenario with its place and its fix, and warnings."""

from __future__ import annotations

import typer

from ccsim.cli.options import Debug, Json, ScenarioFile, Sets, VariantName


def check(
    file: ScenarioFile,
    variant: VariantName = None,
    set_: Sets = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Say all that is wrong with a scenario, with line and key; exit 2 if it cannot be run."""
    from ccsim.cli.as_json import faults_found, print_json
    from ccsim.cli.terminal import say
    from ccsim.scenario.checks import check as checked

    report = checked(file, variant, set_ or ())
    if json:
        found = {"faults": faults_found(report.faults), "warnings": faults_found(report.warnings)}
        print_json("check", {"file": str(file), "ok": report.ok, **found})
    else:
        say(str(report), error=not report.ok)
    if not report.ok:
        raise typer.Exit(2)

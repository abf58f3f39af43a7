"""`ccsim explain`: what was given, what is assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ccsim.cli.options import Debug, Json, ScenarioFile, Sets, VariantName

if TYPE_CHECKING:
    from ccsim.scenario import Scenario


def explain(
    file: ScenarioFile,
    variant: VariantName = None,
    set_: Sets = None,
    everything: Annotated[bool, typer.Option("--all", help="All assumptions, not ten.")] = False,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """List what was given and what is assumed, with value, range, source and confidence."""
    from ccsim.cli.loading import read
    from ccsim.cli.terminal import say
    from ccsim.scenario.explain import explain as explained

    scenario = read(file, variant, set_)
    if json:
        _print(scenario)
    else:
        say(explained(scenario, everything))


def _print(scenario: Scenario) -> None:
    """Everything given and assumed: a script picks for itself."""
    from ccsim.cli.as_json import print_json
    from ccsim.scenario.explain import assumed, families, given, moot

    parts = {"given": given, "families": families, "assumed": assumed, "without_effect": moot}
    rows = {name: part(scenario) for name, part in parts.items()}
    print_json("explain", {"name": scenario.name, "variant": scenario.source.variant, **rows})

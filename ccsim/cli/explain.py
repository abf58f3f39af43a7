"""`ccsim explain`: what was given, what is assumed."""

from __future__ import annotations

from typing import Annotated

import typer

from ccsim.cli.options import Debug, ScenarioFile, Sets, VariantName


def explain(
    file: ScenarioFile,
    variant: VariantName = None,
    set_: Sets = None,
    everything: Annotated[bool, typer.Option("--all", help="All assumptions, not ten.")] = False,
    debug: Debug = False,
) -> None:
    """List what was given and what is assumed, with value, range, source and confidence."""
    from ccsim.cli.loading import read
    from ccsim.cli.terminal import say
    from ccsim.scenario.explain import explain as explained

    say(explained(read(file, variant, set_), everything))

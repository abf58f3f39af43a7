"""`ccsim show`: the merged scenario."""

from __future__ import annotations

from ccsim.cli.options import Debug, ScenarioFile, Sets, VariantName


def show(file: ScenarioFile, variant: VariantName = None, set_: Sets = None, debug: Debug = False) -> None:
    """Print the scenario as it is run: extended files, variant and changes merged."""
    from ccsim.cli.loading import read
    from ccsim.cli.terminal import say
    from ccsim.scenario.show import show as shown

    say(shown(read(file, variant, set_)))

"""`ccsim demo`: a real centre, the 1999 bank."""

from __future__ import annotations

from ccsim.cli.options import ClockName, Debug, Jobs, NoCharts, Out, Replications

SCENARIO = "anonymous_bank_1999.yaml"


def demo(
    replications: Replications = None,
    jobs: Jobs = None,
    clock: ClockName = "auto",
    out: Out = None,
    no_charts: NoCharts = False,
    debug: Debug = False,
) -> None:
    """Run a real centre: a bank's telephone service, derived from its log of February 1999."""
    from ccsim.cli.loading import read
    from ccsim.cli.run import run_and_show
    from ccsim.cli.terminal import say
    from ccsim.scenario.templates import scenarios_folder

    scenario = read(scenarios_folder() / SCENARIO)
    run_and_show(scenario, replications, jobs, clock, out, None, not no_charts)
    say("\nYour own centre:\n  ccsim new mine.yaml\n  ccsim run mine.yaml")

"""`ccsim demo`: a real centre, the 1999 bank."""

from __future__ import annotations

from pathlib import Path

from ccsim.cli.options import ClockName, Debug, Jobs, NoCharts, Out, Replications, Resume

SCENARIO = "anonymous_bank_1999.yaml"
COPY = "bank.yaml"  # what the commands to type next call it


def demo(
    replications: Replications = None,
    jobs: Jobs = None,
    clock: ClockName = "auto",
    out: Out = None,
    resume: Resume = False,
    no_charts: NoCharts = False,
    debug: Debug = False,
) -> None:
    """Run a real centre: a bank's telephone service, derived from its log of February 1999."""
    from ccsim.cli.loading import read
    from ccsim.cli.run import run_and_show
    from ccsim.cli.terminal import advice, say, show
    from ccsim.scenario.templates import scenarios_folder

    scenario = read(scenarios_folder() / SCENARIO)
    run_and_show(scenario, replications, jobs, clock, out, None, not no_charts, COPY, resume=resume)
    name = Path(SCENARIO).stem
    show([(), *advice("This bank as a file of yours:", f"ccsim new {COPY} --from {name}")])
    show(advice("A centre of your own:", "ccsim new mine.yaml && ccsim run mine.yaml"))
    say("docs/bank_1999.md puts what is simulated beside what the bank's log shows.")

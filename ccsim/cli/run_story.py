"""What stands under the table: where it hurts, what was assumed, what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.cli.run_standing import standing_lines
from ccsim.cli.terminal import HEAD, Line, advice, paragraph, plain_line
from ccsim.words import run_story as told
from ccsim.words.why_story import dearest

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.scenario import Scenario


def story(run: Run, file: str = "") -> list[Line]:
    """The paragraphs; commands name the scenario's own file, or `file`."""
    file = file or run.scenario.source.label
    lines: list[Line] = []
    hurts = told.where_it_hurts(run)
    if hurts:
        lines += paragraph("Where it hurts:", hurts)
    costs = dearest(run)
    if costs:
        lines += paragraph("What costs most:", f"{costs}.")
    lines += standing_lines(run)
    lines += paragraph("Assumed, not given:", told.assumed(run))
    lines += advice("  All of them:", f"ccsim explain {file}")
    volumes = told.volumes(run)
    if volumes:
        lines += paragraph("Volume:", volumes)
    return [*lines, *_money(run), *_next(run.scenario, file)]


def _money(run: Run) -> list[Line]:
    """Which lines the file lacks for money."""
    lacking = told.lacking(run)
    lines = [plain_line(f"    {name}: {{{', '.join(keys)}}}") for name, keys in lacking.items()]
    return [plain_line("Churn and money need, under customers:", HEAD), *lines] if lines else []


def _next(scenario: Scenario, file: str) -> list[Line]:
    """The command to type next."""
    source = scenario.source
    others = [name for name in scenario.variants if name != source.variant]
    if source.variant:
        lead = "What it gains against its base:"
        command = f"ccsim compare {file} --variant {source.variant}"
    elif others:
        lead = "ROI needs something to compare with:"
        command = f"ccsim compare {file} --variant {others[0]}"
    else:
        lead, command = "Change something:", _try(scenario, file)
    return advice(lead, command)


def _try(scenario: Scenario, file: str) -> str:
    for name, group in scenario.agents.items():
        if group.on_seat is not None:
            return f"ccsim run {file} --set agents.{name}.on_seat=+2"
    return f"ccsim staff {file}"

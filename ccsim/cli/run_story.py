"""What stands under the table: where it hurts, what was assumed, what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.cli.run_standing import standing_lines
from ccsim.cli.terminal import HEAD, Line, advice, paragraph, plain_line
from ccsim.cli.why_story import dearest

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.scenario import Scenario

NAMED = 3  # assumptions, and drivers, named in one line


def story(run: Run, file: str = "") -> list[Line]:
    """The paragraphs; commands name the scenario's own file, or `file`."""
    from ccsim.results.findings import where_it_hurts

    file = file or run.scenario.source.label
    lines: list[Line] = []
    hurts = where_it_hurts(run.tallies, run.scenario)
    if hurts:
        lines += paragraph("Where it hurts:", hurts)
    costs = dearest(run)
    if costs:
        lines += paragraph("What costs most:", f"{costs}.")
    lines += standing_lines(run)
    lines += paragraph("Assumed, not given:", _assumed(run))
    lines += advice("  All of them:", f"ccsim explain {file}")
    volumes = _volumes(run)
    if volumes:
        lines += paragraph("Volume:", volumes)
    return [*lines, *_money(run), *_next(run.scenario, file)]


def _assumed(run: Run) -> str:
    from ccsim.scenario.explain import assumed

    rows = assumed(run.scenario)
    named = [row for row in rows if row.path in _SPOKEN]
    named.sort(key=lambda row: list(_SPOKEN).index(row.path))
    parts = [f"{_SPOKEN[row.path]} {row.text.replace('%', ' %')}" for row in named[:NAMED]]
    more = f"{len(rows) - len(parts)} more" if parts else f"{len(rows)} figures"
    moves = ", ".join(name for name, _, _ in run.outcomes.drivers["csat"][:NAMED])
    return f"{', '.join([*parts, more])}. What moves CSAT most: {moves}."


_SPOKEN = {
    "channels.voice.redial.chance": "redial",
    "agents.*.shrinkage.other": "shrinkage (cost only: on_seat is net)",
    "intents.*.repeat.chance": "repeat if unresolved",
    "channels.voice.patience": "patience",
    "arrivals.*.busyness.cv": "busyness of days",
}


def _volumes(run: Run) -> str:
    """What was solved so that the volume is the one an ACD counts."""
    if run.base is not None or not run.fresh:
        return ""
    from ccsim.experiments.volumes import fresh_share

    shares = {name: fresh_share(run.scenario, name, run.fresh) for name in run.fresh}
    if len(shares) == 1:
        spoken, rest = f"{100 * next(iter(shares.values())):.0f} % of it", "redials and repeats"
    else:
        spoken = ", ".join(f"{100 * share:.0f} % of {name}" for name, share in shares.items())
        rest = "redials, repeats and what comes from other channels"
    return f"stated as counted; solved: {spoken} is fresh, the rest are {rest}."


def _money(run: Run) -> list[Line]:
    """Which lines the file lacks for money."""
    examples = {"count": "60000", "margin": "14.00/month", "churn": "18%/year"}
    lacking: dict[str, list[str]] = {}
    for path in run.outcomes.missing:
        _, segment, key = path.split(".")
        lacking.setdefault(segment, []).append(f"{key}: {examples[key]}")
    lines = [plain_line(f"    {name}: {{{', '.join(keys)}}}") for name, keys in lacking.items()]
    return [plain_line("Churn and money need, under customers:", HEAD), *lines] if lines else []


def _next(scenario: Scenario, file: str) -> list[Line]:
    """The command to type next."""
    source = scenario.source
    others = [name for name in scenario.variants if name != source.variant]
    if source.variant:
        told = "What it gains against its base:"
        command = f"ccsim compare {file} --variant {source.variant}"
    elif others:
        told = "ROI needs something to compare with:"
        command = f"ccsim compare {file} --variant {others[0]}"
    else:
        told, command = "Change something:", _try(scenario, file)
    return advice(told, command)


def _try(scenario: Scenario, file: str) -> str:
    for name, group in scenario.agents.items():
        if group.on_seat is not None:
            return f"ccsim run {file} --set agents.{name}.on_seat=+2"
    return f"ccsim staff {file}"

"""What is said of a run beside its figures: where it hurts, what costs most, what was assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.experiments.run import Run

NAMED = 3  # assumptions, and drivers, named in one sentence
_SPOKEN = {
    "channels.voice.redial.chance": "redial",
    "agents.*.shrinkage.other": "shrinkage (cost only: on_seat is net)",
    "intents.*.repeat.chance": "repeat if unresolved",
    "channels.voice.patience": "patience",
    "arrivals.*.busyness.cv": "busyness of days",
}


def where_it_hurts(run: Run) -> str:
    """The hours that lose most, the slowest queue, late work; empty where nothing hurts."""
    from ccsim.results.findings import where_it_hurts as found

    return found(run.tallies, run.scenario)


def assumed(run: Run) -> str:
    """What nobody gave, the most influential by name, and what moves CSAT most."""
    from ccsim.scenario.explain import assumed as rows_of

    rows = rows_of(run.scenario)
    named = [row for row in rows if row.path in _SPOKEN]
    named.sort(key=lambda row: list(_SPOKEN).index(row.path))
    parts = [f"{_SPOKEN[row.path]} {row.text.replace('%', ' %')}" for row in named[:NAMED]]
    more = f"{len(rows) - len(parts)} more" if parts else f"{len(rows)} figures"
    moves = ", ".join(name for name, _, _ in run.outcomes.drivers["csat"][:NAMED])
    return f"{', '.join([*parts, more])}. What moves CSAT most: {moves}."


def volumes(run: Run) -> str:
    """What was solved so that the volume is the one an ACD counts; empty where nothing was."""
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


def lacking(run: Run) -> dict[str, list[str]]:
    """What the file lacks for churn and money, by segment: `count: 60000` and the like."""
    examples = {"count": "60000", "margin": "14.00/month", "churn": "18%/year"}
    found: dict[str, list[str]] = {}
    for path in run.outcomes.missing:
        _, segment, key = path.split(".")
        found.setdefault(segment, []).append(f"{key}: {examples[key]}")
    return found

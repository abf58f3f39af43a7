"""The tables of `ccsim staff`: agents by time and weekday, and the simulation beside the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.cli.terminal import HEAD, Line, plain_line
from ccsim.words import cells
from ccsim.words.numbers import clock, seconds, share

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.experiments.staffing import Plan
    from ccsim.scenario import Scenario

SHOWN = 1800  # s: shorter intervals are shown by the half-hour, the most agents in it
WEEK_HOURS = 168
MEASURES = ("service_level", "abandonment", "asa", "occupancy")


def plan_lines(scenario: Scenario, found: Plan) -> Iterator[Line]:
    """One table a queue: times down, weekdays across."""
    target = f"{share(found.share, 0)} in {seconds(found.within)}"
    yield ((f"{scenario.name}: agents by Erlang A for {target}", HEAD),)
    for skill in found.skills:
        yield ()
        yield from _queue(found, skill)
    yield ()
    yield plain_line(f"{found.hours:,.0f} agent hours a week on seat.")


def _queue(found: Plan, skill: str) -> Iterator[Line]:
    stays = found.patience[skill]
    patient = "nobody hangs up" if np.isinf(stays) else f"patience {clock(stays)}"
    yield (
        (f"{skill}", HEAD),
        (
            f"   {found.contacts[skill].sum():,.0f} contacts a week as "
            f"stated, handling {clock(found.aht[skill])}, {patient}",
            "",
        ),
    )
    step = max(found.interval, SHOWN)
    week = found.agents[skill].reshape(7, 86400 // step, step // found.interval).max(axis=2)
    days = [day for day in range(7) if week[day].any()]
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    yield plain_line("  " + " " * 5 + "".join(f"{names[day]:>6}" for day in days))
    for slot in np.flatnonzero(week.any(axis=0)):
        at = int(slot) * step
        cells_ = "".join(f"{week[day, slot] or '':>6}" for day in days)
        yield plain_line(f"  {at // 3600:02d}:{at % 3600 // 60:02d}{cells_}".rstrip())


def beside(own: Run, by_formula: Run, found: Plan) -> Iterator[Line]:
    """The file's staffing, the formula's promise and the formula's staffing simulated."""
    from ccsim.experiments.labels import label_of, main_channel

    channel = main_channel(own.scenario)
    yield ((f"  {'':<25}{'as in the file':>17}{'by formula':>13}{'formula, simulated':>22}", HEAD),)
    *rows, hours = found_beside(own, by_formula, found)
    for row in rows:
        name, unit = row["measure"], row["unit"]
        write = cells.writer(unit, name)
        before, after = write(row["file"]), write(row["simulated"])
        said = "" if row["formula"] is None else write(row["formula"])
        span = cells.interval(unit, name, row["low"], row["high"])
        text = f"  {label_of(own.scenario, name, channel):<25}{before:>17}{said:>13}{after:>12}"
        yield plain_line(f"{text} {span}".rstrip())
    cells_ = f"{hours['file']:>17,.0f}{hours['formula']:>13,.0f}{hours['simulated']:>12,.0f}"
    yield plain_line(f"  {'agent hours a week':<25}{cells_}")


def found_beside(own: Run, by_formula: Run, found: Plan) -> list[dict[str, Any]]:
    """The same as figures: measure, unit, file, formula (None: it says nothing), simulated with low and high.

    Last the agent hours a week, without an interval.
    """
    frames = [_measured(run) for run in (own, by_formula)]
    promised = _promise(found)
    rows = []
    for name in MEASURES:
        before, after = (frame[name] for frame in frames)
        told = {"file": before["value"], "formula": promised.get(name), "simulated": after["value"]}
        rows.append(
            {"measure": name, "unit": str(before["unit"]), **told, "low": after["low"], "high": after["high"]}
        )
    seated, seated_after = (float(frame["agents_on_seat"]["value"]) * WEEK_HOURS for frame in frames)
    hours = {"file": seated, "formula": found.hours, "simulated": seated_after, "low": None, "high": None}
    return [*rows, {"measure": "agent_hours_a_week", "unit": "hours", **hours}]


def _measured(run: Run) -> dict[Any, dict[Any, Any]]:
    """Figures of the telephone, and of the agents, by measure."""
    from ccsim.experiments.labels import main_channel

    whole: dict[Any, dict[Any, Any]] = run.measures().set_index("measure").to_dict("index")
    if len(run.scenario.arrivals) == 1:
        return whole
    mine = run.measures(channel=main_channel(run.scenario)).set_index("measure").to_dict("index")
    return whole | {name: mine[name] for name in MEASURES if name != "occupancy"}


def _promise(found: Plan) -> dict[str, float]:
    """Service level that the formula promises, over all queues and intervals by contacts."""
    weight = np.concatenate([found.contacts[skill] for skill in found.skills])
    level = np.concatenate([found.level[skill] for skill in found.skills])
    known = ~np.isnan(level)
    return {"service_level": float((weight[known] * level[known]).sum() / weight[known].sum())}

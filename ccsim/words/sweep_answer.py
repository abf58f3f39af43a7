"""What a sweep says in sentences: the best point, the target, break-even, knees, what matters, the doubt."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from ccsim.experiments.labels import label_of
from ccsim.experiments.sweep_best import chance_to_reach, reaches
from ccsim.experiments.sweep_measures import service_targets
from ccsim.experiments.sweep_points import of_the_world
from ccsim.results.loyalty import customers_of
from ccsim.units import plain
from ccsim.words import cells, numbers

if TYPE_CHECKING:
    from ccsim.experiments.break_even import Crossing
    from ccsim.experiments.knee import Knee
    from ccsim.experiments.sensitivity import Index
    from ccsim.experiments.sweep import Sweep

NAMED: Final = 3  # of a kind told in a sentence; the rest is in the tables
Told = tuple[str, str]  # lead and text


def answer(result: Sweep, knees: str = "knees.csv") -> list[Told]:
    """All that is to be said: leads ('Answer', 'Target' …) and their texts; `knees` names where all are."""
    parts = [
        ("Answer", _best(result)),
        ("Target", _target(result)),
        ("Break-even", _break_even(result)),
        ("Knee", _knees(result, knees)),
        ("Matters", _matters(result)),
        ("Doubt", _doubt(result)),
    ]
    return [(lead, text) for lead, text in parts if text]


def place(result: Sweep, point: int) -> str:
    """A point in words: `on_seat 14, fcr 75%`."""
    row = result.rows[point]
    return ", ".join(f"{name} {one.text}" for name, one in zip(result.names, row, strict=True))


def at(result: Sweep, lever: int, value: float) -> str:
    """A value of a lever, as one would write it; beyond its points where it is infinite."""
    found = result.levers[lever]
    if math.isinf(value):
        ends = [row[lever].number for row in result.rows]
        return (
            f"below {_written(found.unit, min(ends))}"
            if value < 0
            else f"beyond {_written(found.unit, max(ends))}"
        )
    return _written(found.unit, value)


def _written(unit: str, value: float) -> str:
    text = plain(float(f"{value:.3g}")) if abs(value) < 1000 else plain(round(value))
    return f"{text}{unit}"


def amount(result: Sweep, value: float) -> str:
    """Money with its sign and currency."""
    return f"{numbers.signed(numbers.money(value))} {result.base.currency}"


def _best(result: Sweep) -> str:
    if not result.worth_known:
        missing = ", ".join(customers_of(result.base).missing())
        told = f"What the points are worth is unknown: add {missing} to the file."
        return f"{told} {_best_service(result)}".strip()
    best = result.best
    if best is None:
        return "Nothing that was varied changes what the service earns. " + _best_service(result)
    net = result["net_gain"]
    value = float(net.value[best.point])
    if value <= 0 and result.as_base[best.point]:
        own = place(result, best.point)
        return f"The base itself ({own}) is best: every other point loses.{_equals(result)}"
    lead = "Net gain is largest" if value > 0 else "No point gains on the base; the loss is smallest"
    months = result.base.economics.horizon
    text = f"{lead} at {place(result, best.point)}: {amount(result, value)} over {months} months"
    return f"{text}{_ranges(result, best.point)}.{_edge(result, best.point)}{_equals(result)}"


def _ranges(result: Sweep, point: int) -> str:
    """Both kinds of interval of a net gain, in brackets."""
    net = result["net_gain"]
    found, (low, high) = net.estimate, net.band
    parts = []
    if not math.isnan(found.low[point]):
        span = numbers.money_span(float(found.low[point]), float(found.high[point]))
        parts.append(f"95 % {span} over replications")
    if not math.isnan(low[point]):
        parts.append(
            f"80 % {numbers.money_span(float(low[point]), float(high[point]))} over the outcome model"
        )
    return f" ({'; '.join(parts)})" if parts else ""


def _edge(result: Sweep, point: int) -> str:
    """Whether the best lies at an end of what was varied, so that there may be better beyond."""
    if result.design.kind == "one":
        return ""
    ends = []
    for number, lever in enumerate(result.levers):
        values = [row[number].number for row in result.rows]
        at_end = result.rows[point][number].number in (min(values), max(values)) and min(values) < max(values)
        if lever.numeric and at_end and not of_the_world(lever.key):
            ends.append(result.names[number])
    if not ends:
        return ""
    return f" That is an end of the range of {' and '.join(ends)}: there may be better beyond."


def _equals(result: Sweep) -> str:
    best = result.best
    if best is None or not best.equals:
        return ""
    named = [f"{place(result, point)}" for point in best.equals[:NAMED]]
    more = len(best.equals) - len(named)
    rest = f" and {more} more points" if more else ""
    return f" With so many replications it cannot be told from {'; '.join(named)}{rest}."


def _best_service(result: Sweep) -> str:
    part = next(part for measure, part in result.responses_by if measure == "service_level")
    level = result["service_level", part]
    point = int(np.nanargmax(level.value)) if not np.isnan(level.value).all() else None
    if point is None or np.nanmin(level.value) == np.nanmax(level.value):
        return ""
    of = f" of {part}" if part else ""
    highest = numbers.share(float(level.value[point]))
    return f"The service level{of} is highest at {place(result, point)}: {highest}."


def _target(result: Sweep) -> str:
    there = reaches(result)
    if there is None:
        return ""
    wanted = [
        f"{numbers.share(band.min or 0.0, 0)} {label_of(result.base, 'service_level', part or None)}"
        + (f" of {part}" if part else "")
        for part, band in service_targets(result.base).items()
    ]
    told = f"The service target ({'; '.join(wanted)})"
    if not there.any():
        return f"{told} is reached at none of the {len(there)} points: {_nearest(result)}."
    if there.all():
        alike = np.ptp(result["cost"].value) == 0
        return f"{told} is reached at every point" + (
            "." if alike else f"; the cheapest is {_cheapest(result)}."
        )
    first = "first reached at" if len(result.levers) == 1 else "reached most cheaply at"
    return f"{told} is {first} {_cheapest(result)}; {int(there.sum())} of {len(there)} points reach it."


def _cheapest(result: Sweep) -> str:
    point = result.cheapest
    assert point is not None
    levels = [
        numbers.share(float(result["service_level", part].value[point]))
        for part in service_targets(result.base)
    ]
    more = result["cost"].differences[point].difference
    sure = f", chance {100 * chance_to_reach(result, point):.0f} %" if result.replications > 1 else ""
    cost = (
        "at the base's cost"
        if not more
        else f"for {amount(result, more)} more than the base"
        if more > 0
        else (f"for {numbers.money(-more)} {result.base.currency} less than the base")
    )
    return f"{place(result, point)} ({', '.join(levels)}{sure}) {cost}".replace("for +", "for ")


def _nearest(result: Sweep) -> str:
    part = next(iter(service_targets(result.base)))
    level = result["service_level", part].value
    point = int(np.nanargmax(level))
    return f"the nearest is {place(result, point)} with {numbers.share(float(level[point]))}"


def _break_even(result: Sweep) -> str:
    if not result.worth_known or result.design.kind not in ("grid", "one") or result.best is None:
        return ""
    if not any(lever.numeric for lever in result.levers):
        return ""
    if not result.crossings:
        return f"No crossing in the range: {_signs(result)}."
    told = [_crossing(result, one) for one in result.crossings[:NAMED]]
    more = len(result.crossings) - len(told)
    return " ".join(told) + (f" {more} more in break_even.csv." if more else "")


def _signs(result: Sweep) -> str:
    values = [float(v) for v, base in zip(result["net_gain"].value, result.as_base, strict=True) if not base]
    if all(value > 0 for value in values):
        return "every point gains on the base"
    if all(value < 0 for value in values):
        return "every point loses against the base"
    return "net gain changes its sign at the base itself and nowhere else"


def _crossing(result: Sweep, one: Crossing) -> str:
    lever = one.curve.lever
    name = result.names[lever]
    where = f" (at {one.curve.told})" if one.curve.others else ""
    ranges = []
    if not math.isnan(one.low):
        ranges.append(f"95 % {_between(result, lever, one.low, one.high)} over replications")
    if not math.isnan(one.model_low):
        ranges.append(f"80 % {_between(result, lever, one.model_low, one.model_high)} over the outcome model")
    told = f" ({'; '.join(ranges)})" if ranges else ""
    side = "above it, it gains" if one.up else "above it, it loses"
    return f"Net gain crosses zero at {name} {at(result, lever, one.at)}{told}{where}: {side}."


def _between(result: Sweep, lever: int, low: float, high: float) -> str:
    first, last = (at(result, lever, value) for value in (low, high))
    return first if first == last else f"{first} to {last}"


def _knees(result: Sweep, place: str) -> str:
    own = {
        name: lever.written(result.scenario).text
        for name, lever in zip(result.names, result.levers, strict=True)
    }
    service = [one for one in result.all_knees if one.what.measure == "service_level"] or result.all_knees[:1]
    as_written = [one for one in service if one.curve.others.items() <= own.items()] or service[:1]
    if not service:
        return ""
    told = [_knee(result, one) for one in as_written[:NAMED]]
    more = len(result.all_knees) - len(told)
    return " ".join(told) + (f" {more} more in {place}." if more > 0 else "")


def _knee(result: Sweep, one: Knee) -> str:
    lever = one.curve.lever
    where = f" (at {one.curve.told})" if one.curve.others else ""
    between = _between(result, lever, one.low, one.high)
    values = result[one.what.key].value[list(one.curve.points)]
    moves = "raises" if values[-1] > values[0] else "lowers"
    return (
        f"From {result.names[lever]} {at(result, lever, one.at)} on, more of it {moves} {one.what.label} "
        f"clearly less{where} (95 % {between})."
    )


def knee_cells(result: Sweep, one: Knee) -> tuple[str, str, str, str]:
    """A knee in a table: the figure, along what, from where on, its 95 % over resamples."""
    lever = one.curve.lever
    along = result.names[lever] + (f" (at {one.curve.told})" if one.curve.others else "")
    return one.what.label, along, at(result, lever, one.at), _between(result, lever, one.low, one.high)


def _matters(result: Sweep) -> str:
    measures = ["net_gain"] if result.worth_known else []
    measures += ["service_level"]
    told = [text for measure in measures for text in [_shares(result, measure)] if text]
    if not told:
        return ""
    how = {
        "lhs": "Standardized rank regression coefficients, -1 to 1.",
        "grid": "Total indices over the grid: with all that a lever does together with others.",
        "sobol": "Total Sobol' indices: with all that a lever does together with others.",
    }
    return " ".join([*told, how[result.design.kind]])


def _shares(result: Sweep, measure: str) -> str:
    every = [one for one in result.all_indices if one.measure == measure and one.index in ("total", "srrc")]
    if not every:
        return ""
    parts = {one.part for one in every}
    mine = [one for one in every if one.part == every[0].part]
    ordered = sorted(mine, key=lambda one: -abs(one.value))[:NAMED]
    of = f" of {every[0].part}" if len(parts) > 1 else ""
    figure = result[measure, every[0].part].what.label
    named = ", ".join(_index(one) for one in ordered)
    if ordered[0].index == "srrc":
        return f"The rank of {figure}{of} moves with those of {named}."
    return f"Of the spread of {figure}{of}, {named}."


def _index(one: Index) -> str:
    if one.index == "srrc":
        return f"{one.lever} {one.value:+.2f}" + (
            "" if math.isnan(one.low) else f" ({one.low:+.2f}..{one.high:+.2f})"
        )
    between = "" if math.isnan(one.low) else f" ({100 * one.low:.0f}–{100 * one.high:.0f})"
    return f"{one.lever} makes {100 * one.value:.0f} %{between}"


def _doubt(result: Sweep) -> str:
    return " ".join(_doubts(result))


def _doubts(result: Sweep) -> Iterator[str]:
    if result.replications == 1:
        yield "One replication says nothing of chance."
    best = result.best
    if best is not None and not math.isnan(best.wins):
        yield (
            f"It is the best of all {len(result.rows)} points in {100 * best.wins:.0f} % of {result.draws} "
            "draws of the outcome model."
        )
    if result.draws == 0 and result.worth_known:
        yield "No draws of the outcome model were made, so its range is not known (--draws 100)."
    world = [name for name, lever in zip(result.names, result.levers, strict=True) if of_the_world(lever.key)]
    if world:
        yield _about_world(result, world)
    if result.design.kind == "sobol" and result.design.points < 64:
        yield "Indices from few points are rough: their intervals say how rough (--points 128)."


def _about_world(result: Sweep, world: Sequence[str]) -> str:
    says = "says" if len(world) == 1 else "say"
    text = f"{' and '.join(world)} {says} what the world is like: base and point have it alike."
    if len(world) == len(result.levers) and result.base is result.scenario:
        return f"{text} Alone it changes nothing that is done: name a change with --variant."
    return text


def figure(result: Sweep, key: tuple[str, str], point: int) -> str:
    """One figure of a point as tables write it."""
    response = result[key]
    what = response.what
    value = float(response.value[point])
    if what.unit == "customers":
        return numbers.count(round(value)) if not math.isnan(value) else numbers.UNKNOWN
    if what.measure in ("net_gain", "margin_kept", "npv"):
        return numbers.signed(numbers.money(value)) if value else numbers.money(value)
    return cells.writer(what.unit, what.measure)(value)

"""The tables of a run's report."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ccsim.report.page import Column, Group, Row, Table, numeric
from ccsim.scenario.sectors import LEVELS
from ccsim.words import cells, numbers
from ccsim.words.judging import MISSED, WORDS
from ccsim.words.run_blocks import blocks

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.experiments.summary import Row as Figure
    from ccsim.experiments.why import Why

PLACES: Final = 8  # named, of all channels and intents
SMALL: Final = 0.005  # points that are none


def figures(run: Run) -> Table:
    """The headline figures: chance and model in columns of their own."""
    heads = ("mean", "95 % interval (chance)", "bad day", "80 % range (model)")
    groups = []
    for section, title, rows in blocks(run):
        head = f"{title}, {run.scenario.currency}" if section == "money" else title
        groups.append(Group(tuple(_figure(row) for row in rows), head))
    return Table(
        "Headline figures",
        (Column("figure"), *numeric(*heads), Column("target"), Column("verdict")),
        tuple(groups),
        "95 % interval: of the mean, over replications. Bad day: the worst day in ten. 80 % range: what the "
        "outcome model leaves open.",
    )


def _figure(row: Figure) -> Row:
    write = cells.writer(row.unit, row.measure)
    chance = cells.interval(row.unit, row.measure, row.low, row.high)
    tone = {"": "", MISSED: "bad"}.get(row.verdict, "good")
    texts = (
        row.label,
        "" if row.note and math.isnan(row.value) else write(row.value),
        row.note or chance,
        "" if math.isnan(row.bad_day) else write(row.bad_day),
        cells.interval(row.unit, row.measure, row.model_low, row.model_high),
        cells.target(row.unit, row.measure, row.target_min, row.target_max),
        WORDS[row.verdict],
    )
    return Row(texts, tone)


def drivers(found: Why) -> Table:
    """What takes satisfaction away, and money with it: most points first."""
    known = not np.isnan(found.central.margin).any()
    frame = found.frame("csat")
    rows: list[dict[str, Any]] = frame.to_dict("records")  # type: ignore[assignment]
    shown = [row for row in rows if abs(row["points"]) >= SMALL or (row["handling"] or 0.0) >= 1.0]
    unit = f", {found.currency} a year"
    heads: tuple[str, ...] = ("points of CSAT", "80 % range (model)")
    if known:
        heads += (f"margin{unit}", "80 % range (model)", f"handling again{unit}")
    body = tuple(_driver(row, known) for row in shown)
    total = {name: float(frame[name].sum()) for name in ("points", "margin", "handling")}
    ends = dict.fromkeys(("model_low", "model_high", "margin_low", "margin_high"), np.nan)
    body += (Row(_driver({"driver": "sum", **total, **ends}, known).cells, "strong"),)
    return Table(
        "What takes satisfaction away",
        (Column("driver"), *numeric(*heads)),
        (Group(body),),
        "The points add up to what lies between the best these agents could give and the CSAT predicted. "
        + ("Margin goes with customers who leave; handling is what contacts that came again cost." if known
           else "Money needs the customers' count, margin and churn a year."),
    )  # fmt: skip


def _driver(row: dict[str, Any], known: bool) -> Row:
    band = numbers.span(row["model_low"], row["model_high"], _two)
    texts: tuple[str, ...] = (row["driver"], _two(row["points"]), band)
    if known:
        span = numbers.money_span(row["margin_low"], row["margin_high"])
        again = row["handling"]
        texts += (numbers.money(row["margin"]), span, "" if np.isnan(again) else numbers.money(again))
    return Row(texts)


def _two(value: float) -> str:
    return f"{value:.2f}"


def places(found: Why) -> Table | None:
    """Where most of it happens: driver, channel and intent; None where nothing is lost."""
    from ccsim.experiments.fix_first import all_spots, in_money

    spots = all_spots(found)[:PLACES]
    if not spots:
        return None
    money = in_money(found)
    heads = ("points of CSAT", f"{found.currency} a year", "80 % range (model)")[: 3 if money else 1]
    rows = []
    for one in spots:
        worth = (numbers.money(one.worth), numbers.money_span(one.low, one.high)) if money else ()
        rows.append(Row((one.driver, f"`{one.channel}`", f"`{one.intent}`", _two(one.points), *worth)))
    columns = (Column("driver"), Column("channel"), Column("intent"), *numeric(*heads))
    return Table("Where most of it happens", columns, (Group(tuple(rows)),))


def standing(run: Run) -> Table | None:
    """The figures beside what is usual, good and excellent; None where no sector's preset is taken."""
    if run.scenario.targets.preset is None:
        return None
    frame = run.standing()
    rows = [_stands(row) for row in frame[frame["band"] != ""].to_dict("records")]
    columns = (Column("figure"), *numeric("value", *LEVELS), *map(Column, ("stands", "evidence", "source")))
    return Table(f"Where it stands among centres of its sector ({run.scenario.targets.preset})", columns,
                 (Group(tuple(rows)),), "Evidence: how sure the levels of the sector are.")  # fmt: skip


def _stands(row: dict[Any, Any]) -> Row:
    unit, name = row["unit"], row["measure"]
    write = cells.writer(unit, name)
    levels = (cells.target(unit, name, row[level], np.nan) for level in LEVELS)
    return Row((row["label"], write(row["value"]), *levels, row["band"], row["confidence"], row["source"]))

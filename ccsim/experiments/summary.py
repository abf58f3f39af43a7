"""The headline figures of a run: their intervals, bad days, targets and verdicts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from ccsim.experiments.economics import AFTER
from ccsim.experiments.headlines import NO_BAD_DAY, Block, blocks
from ccsim.experiments.labels import (
    SCORE_LABELS,
    SCORES_IN_ORDER,
    band_of,
    ces_shown,
    ces_turned,
    label_of,
)
from ccsim.experiments.outcomes import Figure, Outcomes
from ccsim.results.measures import MEASURES, unit_of
from ccsim.scenario.targets import Band

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.run import Run
    from ccsim.scenario import Scenario

UNIT_OF_SCORE = {
    "csat": "share", "csat_top": "share", "csat_mean": "number", "csat_surveyed": "share",
    "response": "share", "ces": "number", "nps": "points", "churn": "share",
}  # fmt: skip
SPARES = "spares a year, less its cost"
NAN = float("nan")
Figures = dict[Any, dict[Any, Any]]  # by measure: value, low, high


@dataclass(frozen=True)
class Row:
    """One headline figure. Shares 0..1, waits in seconds, money in the scenario's currency.

    part: the channel or self-service it is of; empty where it is of the whole centre.
    """

    section: str
    measure: str
    label: str
    unit: str
    value: float
    low: float = NAN
    high: float = NAN
    bad_day: float = NAN
    model_low: float = NAN
    model_high: float = NAN
    target_min: float = NAN
    target_max: float = NAN
    verdict: str = ""
    note: str = ""
    part: str = ""


def summary_rows(run: Run) -> list[Row]:
    """The rows of the summary, in the order in which they are read."""
    whole = figures(run.measures())
    rows = [row for block in blocks(run) for row in _block(run, block)]
    rows += [*_customers(run, whole), *_money(run, whole)]
    return rows


def frame_of(rows: Sequence[Row]) -> pd.DataFrame:
    """The rows as a frame; columns as `Run.summary` says."""
    import pandas as pd

    names = [field.name for field in fields(Row)]
    return pd.DataFrame([[getattr(row, n) for n in names] for row in rows], columns=names)


def figures(frame: pd.DataFrame) -> Figures:
    """Rows of measures by name."""
    found: Figures = frame.set_index("measure").to_dict("index")
    return found


def _block(run: Run, block: Block) -> Iterator[Row]:
    """The rows of one block of the table."""
    scenario, found = run.scenario, figures(block.frame)
    channel = block.part if block.section == "service" else None
    daily = block.section in ("service", "agents")
    bad = figures(run.bad_days(None if block.alone else channel)) if daily else {}
    for name in block.measures(found):
        row = measured(scenario, block.section, name, found[name], channel)
        worst = float(bad[name]["value"]) if name in bad and name not in NO_BAD_DAY else NAN
        band = band_of(scenario, name, channel)
        yield judged(replace(row, bad_day=worst, part=block.part), band)
    if block.section == "self_service":
        saved = run.outcomes.self_service_saving(block.part)
        row = _figured(block.section, "self_service_saving", SPARES, scenario.currency, saved)
        yield replace(row, part=block.part)


def measured(
    scenario: Scenario, section: str, name: str, row: dict[Any, Any], channel: str | None = None
) -> Row:
    """The row of a measure, from its row in a frame of measures; shares end at 0 and 1."""
    low, high = max(float(row["low"]), 0.0), float(row["high"])
    if MEASURES[name].unit == "share":
        high = min(high, 1.0)
    unit = unit_of(MEASURES[name], None, scenario.currency)
    return Row(section, name, label_of(scenario, name, channel), unit, float(row["value"]), low, high)


def _customers(run: Run, whole: Figures) -> Iterator[Row]:
    """FCR and scores; how many changed channel, if any did."""
    scenario = run.scenario
    names = ["fcr", "fcr_observed"]
    if whole["switched_issues"]["value"] > 0 or "switched_issues" in scenario.targets.bands:
        names.append("switched_issues")
    for name in names:
        yield judged(measured(scenario, "customers", name, whole[name]), band_of(scenario, name))
    for name in SCORES_IN_ORDER:
        if name not in SCORE_LABELS and name not in scenario.targets.bands:
            continue
        figure = as_shown(scenario, name, run.outcomes.score(name))
        stated = name == "churn" and run.base is None and not math.isnan(figure.value)
        shown = Figure(figure.value) if stated else figure
        label, unit = label_of(scenario, name), UNIT_OF_SCORE[name]
        row = _figured("customers", name, label, unit, shown, "as stated" if stated else "")
        yield judged(row, band_of(scenario, name))


def as_shown(scenario: Scenario, name: str, figure: Figure) -> Figure:
    """Effort scores in the polarity that the scenario asks for; everything else as it is."""
    if name != "ces" or not ces_turned(scenario):
        return figure
    ends = (figure.value, figure.high, figure.low, figure.model_high, figure.model_low)
    return Figure(*(ces_shown(scenario, end) for end in ends))


def _money(run: Run, whole: Figures) -> Iterator[Row]:
    for row in _amounts(run, whole):
        yield judged(row, None if row.part else band_of(run.scenario, row.measure))


def _amounts(run: Run, whole: Figures) -> Iterator[Row]:
    outcomes, scenario = run.outcomes, run.scenario
    currency = scenario.currency
    yield _figured("money", "cost", "cost", currency, outcomes.cost())
    yield measured(scenario, "money", "cost_per_contact", whole["cost_per_contact"])
    yield from _by_channel(run)
    yield measured(scenario, "money", "cost_per_resolution", whole["cost_per_resolution"])
    yield _figured(
        "money", "at_stake", "margin lost to bad episodes", currency, outcomes.at_stake(), _missing(outcomes)
    )
    if not outcomes.missing:
        customers = outcomes.break_even_customers
        yield Row("money", "break_even_customers", "customers who pay for it all", "number", customers)
    if scenario.economics.without_service_churn is not None and not outcomes.missing:
        yield from _against_none(outcomes, scenario.economics.horizon)


def _against_none(outcomes: Outcomes, horizon: int) -> Iterator[Row]:
    """Total ROI over the horizon and after 12, 24 and 36 months, and the month from which it is above 0."""
    yield _figured("money", "roi", "ROI against no service", "percent", outcomes.total_roi())
    for months in AFTER:
        if months != horizon:
            label = f"– after {months} months"
            yield _figured("money", f"roi_{months}", label, "percent", outcomes.total_roi(months))
    month = outcomes.pays_back()
    late = math.isnan(month.value)
    label = "pays back" if late else "pays back in month"
    note = f"not within {outcomes.months} months" if late else ""
    yield _figured("money", "payback_month", label, "month", month, note)


def _by_channel(run: Run) -> Iterator[Row]:
    """Cost a contact handled of each channel, where there are several."""
    frame = run.measures("channel")
    frame = frame[(frame["measure"] == "cost_per_contact") & frame["value"].notna()]
    rows: Iterable[dict[Any, Any]] = frame.to_dict("records") if len(frame) > 1 else []
    for row in rows:
        found = measured(run.scenario, "money", "cost_per_contact", row)
        yield replace(found, label=f"– {row['channel']}", part=str(row["channel"]))


def _missing(outcomes: Outcomes) -> str:
    return f"unknown: add {', '.join(outcomes.missing)}" if outcomes.missing else ""


def _figured(section: str, name: str, label: str, unit: str, figure: Figure, note: str = "") -> Row:
    row = Row(section, name, label, unit, figure.value, figure.low, figure.high, note=note)
    return replace(row, model_low=figure.model_low, model_high=figure.model_high)


def judged(row: Row, band: Band | None) -> Row:
    """The row with its target and whether it is met; as it is where nobody set one."""
    if band is None or math.isnan(row.value):
        return row
    low = NAN if band.min is None else band.min
    high = NAN if band.max is None else band.max
    missed = row.value < low or row.value > high
    return replace(row, target_min=low, target_max=high, verdict="MISS" if missed else "ok")

"""The headline figures of a run: which they are, their intervals, bad days, targets and verdicts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from ccsim.experiments.outcomes import Figure, Outcomes
from ccsim.results.grid import DEFAULT_WITHIN
from ccsim.results.measures import MEASURES, unit_of
from ccsim.scenario.targets import Band
from ccsim.units import format_duration

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.run import Run
    from ccsim.scenario import Scenario

SERVICE = (
    "offered", "service_level", "days_on_target", "intervals_on_target", "abandonment", "asa",
    "wait_p95", "occupancy", "aht",
)  # fmt: skip
WHERE_ANY = ("blocked", "balked", "transfer_rate", "closed")  # shown where there are any
CUSTOMERS = ("fcr", "fcr_observed")
SCORE_LABELS = {
    "csat": "CSAT (4–5 of 5)",
    "ces": "effort (CES 1–7, 7 easy)",
    "nps": "NPS",
    "churn": "customers lost a year",
}
OTHER_SCORES = {  # shown where the user set a target for them
    "csat_top": "CSAT (5 of 5)",
    "csat_mean": "CSAT, mean of 1–5",
    "csat_surveyed": "CSAT, as surveys show it",
}
UNIT_OF_SCORE = {
    "csat": "share", "csat_top": "share", "csat_mean": "number", "csat_surveyed": "share",
    "ces": "number", "nps": "points", "churn": "share",
}  # fmt: skip
NO_BAD_DAY = ("offered", "closed", "days_on_target", "intervals_on_target", "aht")
NAN = float("nan")
Figures = dict[Any, dict[Any, Any]]  # by measure: value, low, high


@dataclass(frozen=True)
class Row:
    """One headline figure. Shares 0..1, waits in seconds, money in the scenario's currency."""

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


def summary_rows(run: Run) -> list[Row]:
    """The rows of the summary, in the order in which they are read."""
    whole: Figures = run.measures().set_index("measure").to_dict("index")
    rows = [*_service(run, whole), *_customers(run, whole), *_money(run, whole)]
    return [_judged(row, band_of(run.scenario, row.measure)) for row in rows]


def frame_of(rows: Sequence[Row]) -> pd.DataFrame:
    """The rows as a frame; columns as `Run.summary` says."""
    import pandas as pd

    names = [field.name for field in fields(Row)]
    return pd.DataFrame([[getattr(row, n) for n in names] for row in rows], columns=names)


def band_of(scenario: Scenario, measure: str) -> Band | None:
    """The target of a measure: the user's band, the channel's agreement, the preset's band."""
    band = scenario.targets.bands.get(measure)
    target = scenario.channels["voice"].target
    if measure == "service_level" and target and (band is None or band.source is not None):
        return Band(min=target.share)
    return band


def within_of(scenario: Scenario) -> float:
    """The threshold of the service level (s)."""
    target = scenario.channels["voice"].target
    return target.within if target else DEFAULT_WITHIN


def label_of(scenario: Scenario, measure: str) -> str:
    """What the summary calls a measure."""
    if measure == "service_level":
        return f"service level ({_spaced(within_of(scenario))})"
    if measure == "intervals_on_target":
        return _INTERVAL_NAMES.get(scenario.interval, "intervals") + " on target"
    if measure == "offered":
        return "offered a week"
    if measure in SCORE_LABELS | OTHER_SCORES:
        return (SCORE_LABELS | OTHER_SCORES)[measure]
    return MEASURES[measure].label if measure in MEASURES else measure.replace("_", " ")


_INTERVAL_NAMES = {
    300: "5-minute spells",
    600: "10-minute spells",
    900: "quarter-hours",
    1800: "half-hours",
    3600: "hours",
}


def _spaced(duration: float) -> str:
    """`20 s`, `1 min`, `1h30min`: a blank where there is one unit only."""
    text = format_duration(duration)
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz ")
    return f"{number} {text[len(number) :].strip()}" if number.isdigit() else text


def _service(run: Run, whole: Figures) -> Iterator[Row]:
    """Service rows: the usual ones, those of which there are any, those the user set a target for."""
    bad = run.bad_days().set_index("measure")["value"].to_dict()
    wanted = [n for n in run.scenario.targets.bands if n in MEASURES]
    extra = [n for n in WHERE_ANY if whole[n]["value"] > 0] + wanted
    no_target = {} if band_of(run.scenario, "service_level") else {"days_on_target", "intervals_on_target"}
    names = [
        n
        for n in dict.fromkeys([*SERVICE, *extra])
        if n not in (*CUSTOMERS, "cost_per_contact", "cost_per_resolution", *no_target)
    ]
    for name in names:
        yield _measured(
            run.scenario,
            "service",
            name,
            whole[name],
            NAN if name in NO_BAD_DAY else float(bad.get(name, NAN)),
        )


def _measured(scenario: Scenario, section: str, name: str, row: dict[Any, Any], bad_day: float = NAN) -> Row:
    low, high = float(row["low"]), float(row["high"])
    if MEASURES[name].unit == "share":
        low, high = max(low, 0.0), min(high, 1.0)
    return Row(
        section,
        name,
        label_of(scenario, name),
        unit_of(MEASURES[name]),
        float(row["value"]),
        low,
        high,
        bad_day,
    )


def _customers(run: Run, whole: Figures) -> Iterator[Row]:
    for name in CUSTOMERS:
        yield _measured(run.scenario, "customers", name, whole[name])
    wanted = {n: label for n, label in OTHER_SCORES.items() if n in run.scenario.targets.bands}
    for name, label in (SCORE_LABELS | wanted).items():
        figure = run.outcomes.score(name)
        stated = name == "churn" and run.base is None and not math.isnan(figure.value)
        shown = Figure(figure.value) if stated else figure
        yield _figured("customers", name, label, UNIT_OF_SCORE[name], shown, "as stated" if stated else "")


def _money(run: Run, whole: Figures) -> Iterator[Row]:
    outcomes, currency = run.outcomes, run.scenario.currency
    yield _figured("money", "cost", "cost", currency, outcomes.cost())
    for name in ("cost_per_contact", "cost_per_resolution"):
        yield _measured(run.scenario, "money", name, whole[name])
    yield _figured(
        "money", "at_stake", "margin lost to bad episodes", currency, outcomes.at_stake(), _missing(outcomes)
    )
    if not outcomes.missing:
        yield Row(
            "money",
            "break_even_customers",
            "customers who pay for it all",
            "number",
            outcomes.break_even_customers,
        )
    if run.scenario.economics.without_service_churn is not None and not outcomes.missing:
        yield _figured("money", "roi", "ROI against no service", "percent", outcomes.total_roi())


def _missing(outcomes: Outcomes) -> str:
    return f"unknown: add {', '.join(outcomes.missing)}" if outcomes.missing else ""


def _figured(section: str, name: str, label: str, unit: str, figure: Figure, note: str = "") -> Row:
    return Row(
        section,
        name,
        label,
        unit,
        figure.value,
        figure.low,
        figure.high,
        NAN,
        figure.model_low,
        figure.model_high,
        note=note,
    )


def _judged(row: Row, band: Band | None) -> Row:
    """The row with its target and whether it is met; as it is where nobody set one."""
    if band is None or math.isnan(row.value):
        return row
    low = NAN if band.min is None else band.min
    high = NAN if band.max is None else band.max
    missed = row.value < low or row.value > high
    found = {field.name: getattr(row, field.name) for field in fields(Row)}
    return Row(**{**found, "target_min": low, "target_max": high, "verdict": "MISS" if missed else "ok"})

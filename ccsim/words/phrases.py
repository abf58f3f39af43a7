"""Headline figures as clauses: `65.8 % of contacts in time` becomes something a person would say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccsim.words import cells

if TYPE_CHECKING:
    from ccsim.experiments.summary import Row
    from ccsim.scenario import Scenario

# {} is the figure; {label} what the tables call it; {months} the horizon.
PHRASES: Final = {
    "offered": "{} contacts are offered a week",
    "service_level": "the {label} is {}",
    "days_on_target": "{} of days are on target",
    "abandonment": "{} of contacts are abandoned",
    "asa": "who is answered waits {} on average",
    "wait_p95": "95 of 100 who are answered wait no longer than {}",
    "occupancy": "agents are busy {} of their time",
    "aht": "a contact takes {} to handle",
    "fcr": "{} of issues are resolved at first contact",
    "fcr_observed": "{} of issues look resolved at first contact, as a centre sees it",
    "csat": "{} of customers are satisfied (4–5 of 5)",
    "csat_top": "{} of customers are fully satisfied (5 of 5)",
    "csat_surveyed": "{} of those who answer the survey are satisfied",
    "response": "{} of customers answer the survey",
    "nps": "NPS is {}",
    "churn": "{} of customers leave in a year",
    "cost": "the centre costs {} a year",
    "cost_per_contact": "a contact handled costs {}",
    "cost_per_resolution": "an issue resolved costs {}",
    "at_stake": "bad episodes lose {} of margin {months}",
    "break_even_customers": "{} customers kept would pay for it all",
    "roi": "ROI against no service is {} {months}",
    "roi_12": "ROI against no service is {} after 12 months",
    "roi_24": "ROI against no service is {} after 24 months",
    "roi_36": "ROI against no service is {} after 36 months",
    "payback_month": "the service pays back in month {}",
    "self_service_saving": "it spares {} a year, less what it costs",
}  # fmt: skip


def clause(scenario: Scenario, row: Row) -> str:
    """The figure in a clause, with what it is a part of; no capital, no full stop."""
    value = cells.writer(row.unit, row.measure)(row.value) + unit_word(row.unit, scenario.currency)
    horizon = scenario.economics.horizon
    months = "a year" if horizon == 12 else f"over {horizon} months"
    text = PHRASES.get(row.measure, "{label}: {}").format(value, label=row.label, months=months)
    return text + (f" (`{row.part}`)" if row.part else "")


def unit_word(unit: str, currency: str) -> str:
    """What stands after a figure whose writing does not tell its unit."""
    return f" {currency}" if unit.startswith(currency) else ""


def sentence(text: str) -> str:
    """The text with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}." if text else ""

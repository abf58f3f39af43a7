"""What the summary calls its figures, and which targets hold for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.results.grid import within_of
from ccsim.results.measures import MEASURES
from ccsim.scenario.targets import Band
from ccsim.units import format_duration

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

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
_INTERVAL_NAMES = {
    300: "5-minute spells",
    600: "10-minute spells",
    900: "quarter-hours",
    1800: "half-hours",
    3600: "hours",
}


def main_channel(scenario: Scenario) -> str:
    """The channel that stands for the centre in one picture: the only one, voice, or the first live one."""
    names = list(scenario.arrivals)
    live = [name for name in names if scenario.channels[name].live]
    return "voice" if "voice" in names else (live or names)[0]


def band_of(scenario: Scenario, measure: str, channel: str | None = None) -> Band | None:
    """The target of a measure: the user's band, the channel's agreement, the preset's band.

    channel: None for the whole centre, whose service level has a target only if it has one channel.
    """
    band = scenario.targets.bands.get(measure)
    if channel is None and len(scenario.arrivals) == 1:
        channel = next(iter(scenario.arrivals))
    target = scenario.channels[channel].target if channel else None
    if measure == "service_level" and target and (band is None or band.source is not None):
        return Band(min=target.share)
    return band


def label_of(scenario: Scenario, measure: str, channel: str | None = None) -> str:
    """What the summary calls a measure, of the whole centre or of one channel."""
    if channel is None and len(scenario.arrivals) == 1:
        channel = next(iter(scenario.arrivals))
    if measure == "service_level" and channel is not None:
        return _service_level(scenario, channel)
    if measure == "intervals_on_target":
        return _INTERVAL_NAMES.get(scenario.interval, "intervals") + " on target"
    if measure in ("offered", "sessions"):
        return {"offered": "offered a week", "sessions": "entered a week"}[measure]
    if measure in SCORE_LABELS | OTHER_SCORES:
        return (SCORE_LABELS | OTHER_SCORES)[measure]
    return MEASURES[measure].label if measure in MEASURES else measure.replace("_", " ")


def _service_level(scenario: Scenario, channel: str) -> str:
    rules = scenario.channels[channel]
    within = _spaced(within_of(rules))
    return f"service level ({within})" if rules.live else f"taken up within {within}"


def _spaced(duration: float) -> str:
    """`20 s`, `1 min`, `1h30min`: a blank where there is one unit only."""
    text = format_duration(duration)
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz ")
    return f"{number} {text[len(number) :].strip()}" if number.isdigit() else text

"""What the summary calls its figures, and which targets hold for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.results.grid import within_of
from ccsim.results.measures import MEASURES
from ccsim.results.slice_scores import CES_ENDS
from ccsim.scenario.targets import Band
from ccsim.units import format_duration

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

SCORE_LABELS = {
    "csat": "CSAT (4–5 of 5)",
    "csat_surveyed": "CSAT, as surveyed",
    "response": "share who answer surveys",
    "ces": "effort (CES 1–7, 7 easy)",
    "nps": "NPS",
    "churn": "customers lost a year",
}
OTHER_SCORES = {  # shown where the user set a target for them
    "csat_top": "CSAT (5 of 5)",
    "csat_mean": "CSAT, mean of 1–5",
}
SCORES_IN_ORDER = ("csat", "csat_top", "csat_mean", "csat_surveyed", "response", "ces", "nps", "churn")
_HARD = "effort (CES 1–7, 7 hard)"
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
    A band of CES is in the polarity shown: a preset's, kept as ease, is turned where that is effort.
    """
    band = scenario.targets.bands.get(measure)
    if measure == "ces" and band is not None and band.source is not None:
        return turned(band) if ces_turned(scenario) else band
    if channel is None and len(scenario.arrivals) == 1:
        channel = next(iter(scenario.arrivals))
    target = scenario.channels[channel].target if channel else None
    if measure == "service_level" and target and (band is None or band.source is not None):
        return Band(min=target.share)
    return band


def ces_turned(scenario: Scenario) -> bool:
    """Whether effort scores are shown with 7 hard; they are kept with 7 easy."""
    return scenario.experience.ces_polarity == "effort"


def ces_shown(scenario: Scenario, value: float) -> float:
    """An ease score 1–7 in the polarity of the scenario."""
    return CES_ENDS - value if ces_turned(scenario) else value


def turned(band: Band) -> Band:
    """A band of ease as one of effort: at least 5 of the one is at most 3 of the other."""
    low, high = (None if limit is None else CES_ENDS - limit for limit in (band.max, band.min))
    return Band(low, high, band.source)


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
    if measure == "ces" and ces_turned(scenario):
        return _HARD
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

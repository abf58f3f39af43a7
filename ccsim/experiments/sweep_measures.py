"""Which figures a sweep follows, what they are called, and in which direction they are better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ccsim.experiments.labels import band_of, ces_turned, label_of
from ccsim.experiments.summary import UNIT_OF_SCORE
from ccsim.results.measures import MEASURES, unit_of
from ccsim.scenario.targets import Band

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

LIVE: Final = ("service_level", "abandonment", "asa")
DEFERRED: Final = ("service_level", "first_response", "backlog_day_end")
WHOLE: Final = ("occupancy", "fcr")
SCORED: Final = ("csat", "ces", "nps", "churn")
MONEY: Final = {
    "cost": "cost", "margin_kept": "margin kept", "net_gain": "net gain", "roi": "incremental ROI",
    "npv": "net present value", "customers_kept": "customers kept",
}  # fmt: skip
_BETTER: Final = {"csat": "up", "ces": "up", "nps": "up", "churn": "down", "cost": "down"}
_UNITS: Final = {"roi": "percent", "customers_kept": "customers"}


@dataclass(frozen=True)
class Followed:
    """One figure: its measure, the channel it is of (empty: the whole centre), its unit.

    better: 'up', 'down', or None where neither is.
    """

    measure: str
    part: str
    label: str
    unit: str
    better: str | None

    @property
    def key(self) -> tuple[str, str]:
        """Measure and part."""
        return self.measure, self.part


def followed(scenario: Scenario) -> list[Followed]:
    """The figures of a sweep of this scenario: service by channel, agents, customers, money."""
    found = [*_service(scenario), *_scores(scenario)]
    for measure, label in MONEY.items():
        better = _BETTER.get(measure, "up")
        found.append(Followed(measure, "", label, _UNITS.get(measure, scenario.currency), better))
    return found


def service_targets(scenario: Scenario) -> dict[str, Band]:
    """The targets of service by channel (empty: the only one): those that a sweep looks out for."""
    parts = list(scenario.arrivals) if len(scenario.arrivals) > 1 else [""]
    bands = {part: band_of(scenario, "service_level", part or None) for part in parts}
    return {part: band for part, band in bands.items() if band is not None and band.min is not None}


def _service(scenario: Scenario) -> list[Followed]:
    channels = list(scenario.arrivals)
    found = []
    for channel in channels:
        for measure in LIVE if scenario.channels[channel].live else DEFERRED:
            part = channel if len(channels) > 1 else ""
            label = label_of(scenario, measure, channel)
            found.append(_of_registry(scenario, measure, part, f"{label}, {part}" if part else label))
    bots = ["bot_resolution"] if scenario.self_service else []
    taken = {one.measure for one in found}
    asked = [name for name in scenario.targets.bands if name in MEASURES and name not in taken]
    for measure in dict.fromkeys([*WHOLE, *bots, *asked]):
        found.append(_of_registry(scenario, measure, "", label_of(scenario, measure)))
    return found


def _of_registry(scenario: Scenario, measure: str, part: str, label: str) -> Followed:
    known = MEASURES[measure]
    return Followed(measure, part, label, unit_of(known, None, scenario.currency), known.better)


def _scores(scenario: Scenario) -> list[Followed]:
    better = dict(_BETTER)
    if ces_turned(scenario):
        better["ces"] = "down"
    return [
        Followed(name, "", label_of(scenario, name), UNIT_OF_SCORE[name], better[name]) for name in SCORED
    ]

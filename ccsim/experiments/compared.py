"""Which figures a comparison shows, what each is called, and its paired difference between two runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from ccsim.experiments.headlines import channels_of
from ccsim.experiments.labels import SCORE_LABELS, ces_shown, label_of
from ccsim.experiments.outcomes import SCORES, Outcomes
from ccsim.experiments.pairs import Difference, of_figures, of_gain, of_measure
from ccsim.experiments.summary import UNIT_OF_SCORE
from ccsim.results import uncertainty
from ccsim.results.loyalty import customers_of
from ccsim.results.measures import MEASURES, unit_of

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.results.outcome import Outcome
    from ccsim.results.tally import Tally
    from ccsim.scenario import Scenario

MEASURED = ("service_level", "days_on_target", "abandonment", "asa", "occupancy", "fcr")
MEASURED_DEFERRED = (
    "service_level",
    "days_on_target",
    "first_response",
    "backlog_day_end",
    "occupancy",
    "fcr",
)
# Of a centre with several channels: of each of them, and of the whole.
ON_LIVE, ON_DEFERRED = ("service_level", "abandonment"), ("service_level", "backlog_day_end")
ON_THE_WHOLE = ("bot_resolution", "occupancy", "fcr")
SCORED = ("csat", "churn")
BETTER = {"csat": "up", "churn": "down"}
NET_GAIN: Final = "net_gain"
# What a measure is called beside the name of a channel.
SHORT = {"service_level": "service level", "backlog_day_end": "backlog"}


def figures(base: Run) -> list[tuple[str, str]]:
    """The figures compared: measure, and its channel where the centre has several."""
    return [*_counted(base.scenario, channels_of(base)), *((name, "") for name in SCORED)]


def names_in(scenario: Scenario) -> list[str]:
    """The measures that a comparison with this base may show, each once; net gain where it can be known."""
    shown = _counted(scenario, list(scenario.arrivals))
    money = () if customers_of(scenario).missing() else (NET_GAIN,)
    return list(dict.fromkeys([*(measure for measure, _ in shown), *SCORED, *money]))


def difference(base: Run, other: Run, measure: str, part: str = "") -> Difference:
    """The paired difference of one figure, of `part` (a channel) or the whole."""
    if measure == NET_GAIN:
        return net_gain(base, other)
    if measure in SCORED:
        return of_score(measure, base.outcomes, other.outcomes)
    return of_measure(MEASURES[measure], _tallies(base, part), _tallies(other, part))


def net_gain(base: Run, other: Run) -> Difference:
    """Net gain over the base's horizon under the central parameters, its interval from pairs."""
    before = base.outcomes.case
    after = uncertainty.on_base(other.outcomes.case, before)
    gain = uncertainty.gain_of(before, after, before.central)[0]
    return of_gain(float(gain.net[0]), uncertainty.pairs(before, after))


def of_score(name: str, base: Outcomes, variant: Outcomes) -> Difference:
    """The paired difference of a score of customers, or of churn; of CES in the polarity shown."""
    pick = base.churn_of if name == "churn" else SCORES[name]

    def figure(outcome: Outcome) -> float:
        found = float(pick(outcome)[0])
        return ces_shown(variant.scenario, found) if name == "ces" else found

    value, other = (figure(side.alone.outcome) for side in (base, variant))
    each, each_other = (np.array([figure(outcome) for outcome in side.each]) for side in (base, variant))
    return of_figures(value, other, each, each_other)


def unit(measure: str) -> str:
    """'share', 's', 'number' ...; of net gain 'money'."""
    if measure == NET_GAIN:
        return "money"
    known = MEASURES.get(measure)
    return unit_of(known) if known else UNIT_OF_SCORE[measure]


def better(measure: str) -> str | None:
    """'up', 'down', or None where neither is good."""
    known = MEASURES.get(measure)
    return known.better if known else BETTER.get(measure, "up")


def label(scenario: Scenario, measure: str, part: str = "") -> str:
    """What the tables call a figure."""
    if part:
        return f"{SHORT.get(measure) or label_of(scenario, measure)}, {part}"
    return SCORE_LABELS.get(measure) or label_of(scenario, measure)


def _counted(scenario: Scenario, channels: list[str]) -> Iterator[tuple[str, str]]:
    """The service measures compared, each with its channel where the centre has several."""
    bots = [("bot_resolution", "")] if scenario.self_service else []
    if len(channels) == 1:
        rules = scenario.channels[channels[0]]
        usual = MEASURED if rules.live else MEASURED_DEFERRED
        yield from ((m, "") for m in usual if m != "days_on_target" or rules.target is not None)
        yield from bots
        return
    for channel in channels:
        shown = ON_LIVE if scenario.channels[channel].live else ON_DEFERRED
        yield from ((measure, channel) for measure in shown)
    yield from ((m, "") for m in ON_THE_WHOLE if m != "bot_resolution" or bots)


def _tallies(run: Run, channel: str) -> tuple[Tally, ...]:
    if not channel:
        return run.tallies
    number = run.tallies[0].names.channels.index(channel)
    return tuple(tally.in_channel(number) for tally in run.tallies)

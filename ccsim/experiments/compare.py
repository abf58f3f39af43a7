"""`compare`: variants against their base, on the same draws, with verdicts that hold together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.experiments.economics import AFTER
from ccsim.experiments.headlines import channels_of
from ccsim.experiments.labels import SCORE_LABELS, label_of
from ccsim.experiments.outcomes import SCORES, Outcomes
from ccsim.experiments.pairs import Difference, holm, of_figures, of_measure, verdict
from ccsim.experiments.run import Run, run
from ccsim.experiments.summary import UNIT_OF_SCORE
from ccsim.results import uncertainty
from ccsim.results.economics import Curves, Gain
from ccsim.results.measures import MEASURES, unit_of

if TYPE_CHECKING:
    import pandas as pd

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

Floats = npt.NDArray[np.float64]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Row:
    """One figure of a comparison; `adjusted` is Holm's p, `verdict` holds at 95 % with all others.

    part: the channel it is of, empty where it is of the whole centre.
    """

    variant: str
    measure: str
    label: str
    unit: str
    found: Difference
    adjusted: float
    verdict: str
    part: str = ""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Runs of a base and of variants of it, replication by replication on the same draws."""

    base: Run
    variants: dict[str, Run]

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """The figures compared, by variant; their verdicts hold together within each variant."""
        return {name: self._rows(name) for name in self.variants}

    @cached_property
    def money(self) -> dict[str, uncertainty.Comparison]:
        """Net gain of each variant: central, over draws, and how sure."""
        case = self.base.outcomes.case
        return {name: uncertainty.compare(case, one.outcomes.case) for name, one in self.variants.items()}

    def differences(self) -> pd.DataFrame:
        """All figures compared, tidy.

        Columns: variant, measure, label, unit, base, value, difference, low, high (95 % interval
        over pairs), se, p, p_holm, verdict, saved (see `pairs.Difference`), part (the channel it is of).
        """
        import pandas as pd

        columns = [
            "variant",
            "measure",
            "label",
            "unit",
            "base",
            "value",
            "difference",
            "low",
            "high",
            "se",
            "p",
            "p_holm",
            "verdict",
            "saved",
            "part",
        ]
        rows = [
            [
                row.variant,
                row.measure,
                row.label,
                row.unit,
                f.base,
                f.variant,
                f.difference,
                f.low,
                f.high,
                f.se,
                f.p,
                row.adjusted,
                row.verdict,
                f.saved,
                row.part,
            ]
            for rows in self.rows.values()
            for row in rows
            if (f := row.found)
        ]
        return pd.DataFrame(rows, columns=columns)

    def money_frame(self) -> pd.DataFrame:
        """Cost, margin kept, net gain and ROI by variant over the horizon.

        Columns: variant, measure, unit, value (central), model_low, model_high (80 % band over the
        outcome model's draws).
        """
        import pandas as pd

        currency = self.base.scenario.currency
        rows = []
        for name, money in self.money.items():
            for measure, pick in MONEY.items():
                central, spread = pick(money.gain), pick(money.spread)
                low, high = uncertainty.band(spread)
                unit = MONEY_UNITS.get(measure, currency)
                rows.append([name, measure, unit, float(central[0]), low, high])
            rows.append([name, "chance_net_gain", "share", money.doubt.chance, np.nan, np.nan])
        return pd.DataFrame(rows, columns=["variant", "measure", "unit", "value", "model_low", "model_high"])

    def by_month(self) -> pd.DataFrame:
        """Cost, margin kept, all gains and net gain so far, at the end of each month, by variant.

        Columns: variant, measure, month, value (central), model_low, model_high (80 % band over the
        outcome model's draws), unit.
        """
        import pandas as pd

        rows = []
        for name, money in self.money.items():
            for measure, pick in BY_MONTH.items():
                central, spread = pick(money.gain.curves)[:, 0], pick(money.spread.curves)
                low, high = np.quantile(spread, uncertainty.BAND, axis=1)
                for month, figures in enumerate(zip(central, low, high, strict=True), start=1):
                    rows.append([name, measure, month, *figures, self.base.scenario.currency])
        names = ["variant", "measure", "month", "value", "model_low", "model_high", "unit"]
        return pd.DataFrame(rows, columns=names)

    def gain_by(self, by: str) -> pd.DataFrame:
        """Gains, costs, net gain and ROI by 'channel', 'intent', 'segment' or 'site' of every variant.

        Columns: variant, and those of `ccsim.experiments.gain_by.gain_by`; rows of a variant add up to
        its figures in `money_frame`.
        """
        import pandas as pd

        from ccsim.experiments.gain_by import gain_by

        frames = [gain_by(self.base, one, by).assign(variant=name) for name, one in self.variants.items()]
        found = pd.concat(frames, ignore_index=True)
        return found[["variant", *(name for name in found.columns if name != "variant")]]

    def why(self, of: str = "csat", by: str | Sequence[str] | None = None) -> pd.DataFrame:
        """Through which drivers each variant gains: column variant, and those of `Run.why`."""
        import pandas as pd

        frames = [one.why(of, by, self.base).assign(variant=name) for name, one in self.variants.items()]
        found = pd.concat(frames, ignore_index=True)
        return found[["variant", *(name for name in found.columns if name != "variant")]]

    def _rows(self, name: str) -> list[Row]:
        found = self._found(name)
        adjusted = holm([difference.p for difference in found.values()])
        rows = []
        for ((measure, part), difference), p in zip(found.items(), adjusted, strict=True):
            known = MEASURES.get(measure)
            unit = unit_of(known) if known else UNIT_OF_SCORE[measure]
            better = known.better if known else BETTER[measure]
            label = self._label(measure, part)
            rows.append(Row(name, measure, label, unit, difference, p, verdict(difference, p, better), part))
        return rows

    def _label(self, measure: str, part: str) -> str:
        if part:
            return f"{SHORT.get(measure) or label_of(self.base.scenario, measure)}, {part}"
        return SCORE_LABELS.get(measure) or label_of(self.base.scenario, measure)

    def _found(self, name: str) -> dict[tuple[str, str], Difference]:
        """Differences by measure and channel."""
        base, other = self.base, self.variants[name]
        found = {
            (measure, channel): of_measure(
                MEASURES[measure], *(_tallies(run, channel) for run in (base, other))
            )
            for measure, channel in _compared(base)
        }
        scores = {(m, ""): _score(m, base.outcomes, other.outcomes) for m in SCORED}
        return found | scores


# What a measure is called beside the name of a channel.
SHORT = {"service_level": "service level", "backlog_day_end": "backlog"}


def _compared(base: Run) -> list[tuple[str, str]]:
    """The measures compared, each with its channel where the centre has several."""
    scenario, channels = base.scenario, channels_of(base)
    if len(channels) == 1:
        rules = scenario.channels[channels[0]]
        usual = MEASURED if rules.live else MEASURED_DEFERRED
        found = [(m, "") for m in usual if m != "days_on_target" or rules.target is not None]
        return [*found, ("bot_resolution", "")] if scenario.self_service else found
    of_channels = [
        (measure, channel)
        for channel in channels
        for measure in (ON_LIVE if scenario.channels[channel].live else ON_DEFERRED)
    ]
    whole = [m for m in ON_THE_WHOLE if m != "bot_resolution" or scenario.self_service]
    return [*of_channels, *((m, "") for m in whole)]


def _tallies(run: Run, channel: str) -> tuple[Tally, ...]:
    if not channel:
        return run.tallies
    number = run.tallies[0].names.channels.index(channel)
    return tuple(tally.in_channel(number) for tally in run.tallies)


MONEY: dict[str, Callable[[Gain], Floats]] = {
    "cost": lambda gain: gain.costs,
    "margin_kept": lambda gain: gain.margin,
    "upsell_and_avoided": lambda gain: gain.gains - gain.margin - gain.word_of_mouth,
    "word_of_mouth": lambda gain: gain.word_of_mouth,
    "net_gain": lambda gain: gain.net,
    "npv": lambda gain: gain.npv,
    "roi": lambda gain: gain.roi,
    **{f"roi_{months}": partial(Gain.roi_after, months=months) for months in AFTER},
    "customers_kept": lambda gain: gain.customers_kept,
    "lifetime_value": lambda gain: gain.lifetime,
    "payback_month": lambda gain: gain.payback,
}

MONEY_UNITS = {
    "roi": "percent",
    **{f"roi_{months}": "percent" for months in AFTER},
    "customers_kept": "customers",
    "payback_month": "month",
}
# So far at each month's end, variant less base.
BY_MONTH: dict[str, Callable[[Curves], Floats]] = {
    "cost": lambda curves: curves.costs,
    "margin_kept": lambda curves: curves.margin,
    "gains": lambda curves: curves.gains,
    "net_gain": lambda curves: curves.net,
}


def _score(name: str, base: Outcomes, variant: Outcomes) -> Difference:
    pick = base.churn_of if name == "churn" else SCORES[name]
    value, other = (float(pick(side.alone.outcome)[0]) for side in (base, variant))
    each, each_other = (
        np.array([float(pick(outcome)[0]) for outcome in side.each]) for side in (base, variant)
    )
    return of_figures(value, other, each, each_other)


def compare(
    base: Scenario,
    variants: Sequence[Scenario],
    replications: int | None = None,
    jobs: int | None = None,
    clock: str = "auto",
    progress: Progress | None = None,
) -> Comparison:
    """Run a base and variants of it on the same draws.

    progress(name, replications done, contacts so far). The base's volumes and calibration hold for
    every variant. Raises CcsimError where two variants have the same name.
    """

    def told(name: str) -> Callable[[int, int], None] | None:
        return None if progress is None else lambda done, contacts: progress(name, done, contacts)

    count = base.replications if replications is None else replications
    first = run(base, count, jobs, clock, told("base"))
    names = [one.source.variant or f"variant {place + 1}" for place, one in enumerate(variants)]
    runs = {
        name: run(one, count, jobs, clock, told(name), first)
        for name, one in zip(names, variants, strict=True)
    }
    return Comparison(first, runs)

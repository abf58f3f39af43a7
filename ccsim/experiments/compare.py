"""`compare`: variants against their base, on the same draws, with verdicts that hold together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.experiments import candidates, compared
from ccsim.experiments.economics import AFTER
from ccsim.experiments.pairs import Difference, chance_better, holm, of_gain, verdict
from ccsim.experiments.precision import MOST, Goals, Reached, goals_of, widths
from ccsim.experiments.run import Run
from ccsim.results import uncertainty
from ccsim.results.economics import Curves, Gain

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.executors import Executor
    from ccsim.experiments.together import Progress
    from ccsim.experiments.unfinished import Unfinished
    from ccsim.scenario import Scenario

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One figure of a comparison; `adjusted` is Holm's p, `verdict` holds at 95 % with all others.

    The others are all figures of all variants of the comparison: one family. chance_better: how probable
    it is, given the pairs, that the variant is truly better (`pairs.chance_better`). part: the channel it
    is of, empty where it is of the whole centre.
    """

    variant: str
    measure: str
    label: str
    unit: str
    found: Difference
    adjusted: float
    verdict: str
    part: str = ""
    chance_better: float = float("nan")


@dataclass(frozen=True, eq=False)
class Comparison:
    """Runs of a base and of variants of it, replication by replication on the same draws.

    reached: the precision that was asked for and why no more pairs were added; None where none was.
    """

    base: Run
    variants: dict[str, Run]
    reached: Reached | None = None

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """The figures compared, by variant; all verdicts hold together (Holm over figures and variants)."""
        shown = compared.figures(self.base)
        found = {
            (name, *figure): compared.difference(self.base, run, *figure)
            for name, run in self.variants.items()
            for figure in shown
        }
        adjusted = dict(zip(found, holm([one.p for one in found.values()]), strict=True))
        return {
            name: [self._row(key, found[key], adjusted[key]) for key in found if key[0] == name]
            for name in self.variants
        }

    @cached_property
    def net_gain(self) -> dict[str, Difference]:
        """Net gain of each variant with its interval over pairs: chance alone, parameters central."""
        return {name: of_gain(float(one.gain.net[0]), one.pairs) for name, one in self.money.items()}

    @cached_property
    def money(self) -> dict[str, uncertainty.Comparison]:
        """Net gain of each variant: central, over draws, and how sure."""
        case = self.base.outcomes.case
        return {name: uncertainty.compare(case, one.outcomes.case) for name, one in self.variants.items()}

    def differences(self) -> pd.DataFrame:
        """All figures compared, tidy.

        Columns: variant, measure, label, unit, base, value, difference, low, high (95 % interval
        over pairs), se, p, p_holm, verdict, saved (see `pairs.Difference`), part (the channel it is of),
        chance_better (`pairs.chance_better`). `p_holm` and `verdict` hold for all rows together.
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
            "chance_better",
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
                row.chance_better,
            ]
            for rows in self.rows.values()
            for row in rows
            if (f := row.found)
        ]
        return pd.DataFrame(rows, columns=columns)

    def money_frame(self) -> pd.DataFrame:
        """Cost, margin kept, net gain and ROI by variant over the horizon.

        Columns: variant, measure, unit, value (central), model_low, model_high (80 % band over the
        outcome model's draws), low, high (of net gain: 95 % interval over pairs, chance alone).
        """
        import pandas as pd

        currency = self.base.scenario.currency
        rows = []
        for name, money in self.money.items():
            for measure, pick in MONEY.items():
                central, spread = pick(money.gain), pick(money.spread)
                unit, chance = MONEY_UNITS.get(measure, currency), (np.nan, np.nan)
                if measure == compared.NET_GAIN:
                    chance = self.net_gain[name].low, self.net_gain[name].high
                rows.append([name, measure, unit, float(central[0]), *uncertainty.band(spread), *chance])
            rows.append([name, "chance_net_gain", "share", money.doubt.chance, *[np.nan] * 4])
        names = ["variant", "measure", "unit", "value", "model_low", "model_high", "low", "high"]
        return pd.DataFrame(rows, columns=names)

    def frontier(self) -> pd.DataFrame:
        """Cost a year against what it buys, base and variants: which are efficient, which surely dominated.

        Columns: measure ('service_level' of the leading channel, 'csat', 'net_gain'), label, candidate, cost,
        cost_low, cost_high, value, low, high (95 % intervals over replications), efficient, dominated_by (the
        candidates that surely cost no more and serve no worse, one of the two surely better), cost_unit,
        unit.
        """
        from ccsim.experiments.frontier import frontier

        return frontier(self)

    def precision(self) -> pd.DataFrame:
        """The precision asked for and the one there is, of each figure and variant; no rows where none was.

        Columns: variant, measure, part (the channel it is of), asked, half (half the width of the 95 %
        interval; nan: not known), reached, unit.
        """
        import pandas as pd

        names = ["variant", "measure", "part", "asked", "half", "reached", "unit"]
        found = widths(self, self.reached.goals) if self.reached else []
        rows = [
            [w.variant, w.measure, w.part, w.asked, w.half, w.half <= w.asked, compared.unit(w.measure)]
            for w in found
        ]
        return pd.DataFrame(rows, columns=names)

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

    def _row(self, key: tuple[str, str, str], found: Difference, adjusted: float) -> Row:
        name, measure, part = key
        better = compared.better(measure)
        return Row(
            name,
            measure,
            compared.label(self.base.scenario, measure, part),
            compared.unit(measure),
            found,
            adjusted,
            verdict(found.difference, adjusted, better),
            part,
            chance_better(found, better),
        )


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


def compare(
    base: Scenario,
    variants: Sequence[Scenario] | Mapping[str, Scenario],
    replications: int | None = None,
    jobs: int | None = None,
    clock: str = "auto",
    progress: Progress | None = None,
    *,
    precision: Mapping[str, float | str] | str | None = None,
    max_replications: int = MOST,
    time_limit: float | None = None,
    executor: Executor | None = None,
    kept: Unfinished | None = None,
) -> Comparison:
    """Run a base and variants of it on the same draws and compare them pair by pair.

    variants: scenarios, of the base's file or of others, named after their variant or their file, or by a
    mapping. The base's volumes, customers and calibration hold for all. replications: default, the base's;
    with `precision` ({'abandonment': '0.5pt', 'net_gain': 20_000}, or as ``--precision`` writes it; numbers
    as shares, seconds, money) the least, to which pairs are added until half the width of each 95 % interval
    named is that small for every variant, but no more than `max_replications`, and no batch that would not
    end within `time_limit` seconds (`ccsim.experiments.precision`). progress(candidate, done, in all,
    contacts) is called after each replication. jobs, clock, executor, kept: as in `ccsim.run`. CcsimError
    where names are not unique, scenarios cannot be compared (all faults at once), or a precision is not
    understood.
    """
    from ccsim.experiments.together import Together

    goals: Goals = goals_of(precision, compared.names_in(base)) if precision is not None else {}
    named = candidates.named(variants)
    candidates.check(base, named)
    count = base.replications if replications is None else replications
    with Together(base, named, count, jobs, clock, progress, executor, kept) as runs:
        if not goals:
            return Comparison(*runs.extended(count))
        return Comparison(*runs.until(goals, count, max_replications, time_limit))

"""Where a variant gains and what it costs there: by channel, intent, segment or site, adding up.

The margin it keeps is shared out as `Run.why` shares out what is lost (`results.gained`); upsell goes where
the issues were resolved; costs go to whom `costs_by` says, those ahead in the same proportion. What no
slice brings or bears (word of mouth, contacts avoided, what is spent once, outreach) is nobody's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.experiments.earned import NOBODY, costs_by, names_of
from ccsim.results import uncertainty
from ccsim.results.drivers import SLICES
from ccsim.results.economics import Side, incremental
from ccsim.results.prices import prices_of

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.run import Run
    from ccsim.results.uncertainty import World

Floats = npt.NDArray[np.float64]

MONEY: Final = ("margin", "other_gains", "cost", "net")
MOST: Final = 10_000.0  # %: a return beyond it only says that costs are nearly the same


@dataclass(frozen=True, eq=False)
class _Parts:
    """Gains and costs of a variant less its base over the horizon, (slices, draws) each."""

    margin: Floats
    other_gains: Floats
    cost: Floats

    @property
    def gains(self) -> Floats:
        return self.margin + self.other_gains

    @property
    def net(self) -> Floats:
        return self.gains - self.cost


def gain_by(base: Run, variant: Run, by: str) -> pd.DataFrame:
    """Gains, costs and incremental ROI of a variant by slice, over the base's horizon.

    by: 'channel', 'intent', 'segment' or 'site'. Columns: the slice, margin (kept), other_gains (upsell; in
    the row of nobody word of mouth and contacts avoided too), cost, net, each with its 80 % band over the
    outcome model's draws (…_low, …_high), roi (%), roi_low, roi_high, why_not (where there is no ROI),
    unit. Rows add up to the comparison's figures; the last one is nobody's. ROI is told where the variant
    costs more there. ValueError for another `by`.
    """
    import pandas as pd

    if by not in SLICES:
        raise ValueError(f"cannot slice gains by {by!r}; use one of {', '.join(SLICES)}")
    names = _named(base, variant, by)
    before = base.outcomes.case
    central, drawn = (_parts(base, variant, by, names, w) for w in (before.central, before.drawn()))
    columns = [by, *(f"{m}{end}" for m in MONEY for end in ("", "_low", "_high"))]
    rows = []
    for place, name in enumerate(names):
        row: list[object] = [name]
        for measure in MONEY:
            row += [getattr(central, measure)[place, 0], *uncertainty.band(getattr(drawn, measure)[place])]
        rows.append([*row, *_ratio(central, drawn, place), base.scenario.currency])
    return pd.DataFrame(rows, columns=[*columns, "roi", "roi_low", "roi_high", "why_not", "unit"])


def _ratio(central: _Parts, drawn: _Parts, place: int) -> list[object]:
    """ROI with its band, and why there is none."""
    one, why = incremental(central.gains[place], central.cost[place])
    many, doubt = incremental(drawn.gains[place], drawn.cost[place])
    if why or doubt:
        return [np.nan, np.nan, np.nan, doubt or why]
    if abs(float(one[0])) > MOST:
        return [np.nan, np.nan, np.nan, "it costs hardly more than the base"]
    return [float(one[0]), *uncertainty.band(many), ""]


def _named(base: Run, variant: Run, by: str) -> list[str]:
    """The slices of both, the base's first, and nobody last."""
    both = [name for run in (base, variant) for name in names_of(run.outcomes.case.pooled, by)]
    return [*(name for name in dict.fromkeys(both) if name != NOBODY), NOBODY]


def _parts(base: Run, variant: Run, by: str, names: Sequence[str], world: World) -> _Parts:
    before = base.outcomes.case
    after = uncertainty.on_base(variant.outcomes.case, before)
    gain = uncertainty.gain_of(before, after, world)[0]
    sides = [case.side(world, case.outcome(world)) for case in (before, after)]
    costs, upsell = (
        [
            found(run, side, by, names, before.horizon)
            for run, side in zip((base, variant), sides, strict=True)
        ]
        for found in (_costs, _upsell)
    )
    other = upsell[1] - upsell[0]
    other[-1] += gain.gains - gain.margin - other.sum(axis=0)
    cost = costs[1] - costs[0]
    cost[-1] += gain.costs - cost.sum(axis=0)
    return _Parts(_margin(base, variant, by, names, world), other, cost)


def _margin(base: Run, variant: Run, by: str, names: Sequence[str], world: World) -> Floats:
    found = variant.reasons(base)
    shared = found.central if world is base.outcomes.case.central else found.spread
    column = SLICES.index(by)
    margin = np.zeros((len(names), world.draws.size))
    for place, label in enumerate(found.places):
        margin[names.index(label[column] or NOBODY)] += shared.margin[:, place].sum(axis=0)
    return margin


def _costs(run: Run, side: Side, by: str, names: Sequence[str], horizon: int) -> Floats:
    """Costs over the horizon by slice; what is spent once is in none."""
    running = side.costs[horizon - 1] - side.ledger.one_off
    each = costs_by(run, by).mean(axis=0) / side.ledger.total
    return np.asarray(_into(run, by, names, each)[:, None] * running)


def _upsell(run: Run, side: Side, by: str, names: Sequence[str], horizon: int) -> Floats:
    """Upsell over the horizon by slice, in proportion to what is sold at the issues resolved there."""
    rows = run.outcomes.case.pooled
    worth = rows.count * rows.resolved * prices_of(run.scenario).upsell[rows.intent]
    sold = np.bincount(getattr(rows, by), worth, len(names_of(rows, by))).astype(np.float64)
    share = sold / sold.sum() if sold.any() else sold
    return np.asarray(_into(run, by, names, share)[:, None] * side.upsell[horizon - 1])


def _into(run: Run, by: str, names: Sequence[str], values: Floats) -> Floats:
    """Values of a run's own slices, in the order of `names`."""
    found = np.zeros(len(names))
    for name, value in zip(names_of(run.outcomes.case.pooled, by), values, strict=True):
        found[names.index(name)] += value
    return found

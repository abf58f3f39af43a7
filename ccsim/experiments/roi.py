"""`roi`: what a finished run earns under other parameters of the outcome model and of money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from ccsim.errors import CcsimError
from ccsim.experiments.compare import Comparison
from ccsim.experiments.recomputed import Changed, changed, recomputed
from ccsim.experiments.run import Run
from ccsim.experiments.simulated_part import simulated_part
from ccsim.experiments.swings import Swing, swings, swings_of_gain, swings_of_stated
from ccsim.results import uncertainty
from ccsim.results.cost_lines import cost_lines

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]

DRAWS: Final = 1000
RUN: Final = "run"  # what a run that is no variant is called
GAINS: Final = ("margin", "upsell", "avoided", "word_of_mouth")
_WORTH: Final = ("count", "margin", "churn", "growth")
_ALIKE: Final = ("seed", "start", "weeks", "warm_up", "follow_up", "interval", "currency")


@dataclass(frozen=True, eq=False)
class Roi:
    """A run under other parameters, alone or against its base; nothing was simulated for it.

    run: with all its frames (`summary`, `experience`, `loyalty`, `economics`, `why`) under these
    parameters and with so many draws of the outcome model; base: the same of the run it is compared with,
    or None. changed: what is other than in the run.
    """

    run: Run
    base: Run | None
    changed: tuple[Changed, ...]

    @property
    def name(self) -> str:
        """What the run is called beside its base."""
        return self.run.scenario.source.variant or RUN

    @cached_property
    def comparison(self) -> Comparison:
        """The run against its base, as `ccsim.experiments.compare` has it. CcsimError where there is none."""
        if self.base is None:
            raise CcsimError("nothing to compare with: give another run as `against`")
        return Comparison(self.base, {self.name: self.run})

    @property
    def money(self) -> uncertainty.Comparison:
        """Net gain over the base: central, over draws, and how sure."""
        return self.comparison.money[self.name]

    @property
    def horizon(self) -> int:
        """Months over which money is told."""
        return (self.base or self.run).scenario.economics.horizon

    @cached_property
    def tornado(self) -> list[Swing]:
        """What the figures hang on, widest first: net gain, or those of the run alone and what it states."""
        if self.base is None:
            return [*swings(self.run.outcomes), *swings_of_stated(self.run)]
        case = self.base.outcomes.case
        return swings_of_gain(self.money, case.parameters, self.base.scenario.currency)

    def by_month(self) -> pd.DataFrame:
        """Gains and costs month by month, so far.

        Alone: `Run.economics("month")`. Against a base: columns month, margin, upsell, avoided,
        word_of_mouth, costs, net, net_low, net_high (80 % band of the outcome model), unit.
        """
        import pandas as pd

        if self.base is None:
            return self.run.economics("month")
        curves, drawn = self.money.gain.curves, self.money.spread.curves
        low, high = np.quantile(drawn.net, uncertainty.BAND, axis=1)
        columns = {name: getattr(curves, name)[:, 0] for name in (*GAINS, "costs", "net")}
        found = pd.DataFrame({"month": np.arange(1, len(low) + 1), **columns})
        return found.assign(net_low=low, net_high=high, unit=self.base.scenario.currency)

    def lines(self) -> pd.DataFrame:
        """Costs by line of the ledger over the horizon, all of them first.

        Columns: line, and of a run alone value, low and high (80 % band of the outcome model: contacts
        follow the customers who stay); against a base base, value, difference, low and high (of the
        difference); unit.
        """
        import pandas as pd

        every = [run for run in (self.base, self.run) if run is not None]
        first = every[0].outcomes
        on = first.base_case or first.case
        central, drawn = ([self._lines(run, world) for run in every] for world in (on.central, on.drawn()))
        names = list(dict.fromkeys(name for lines in central for name in lines))
        rows = []
        for name in names:
            values = [float(lines.get(name, np.zeros(1))[0]) for lines in central]
            many = [lines.get(name, np.zeros(1)) for lines in drawn]
            if self.base is None:
                rows.append([name, *values, *uncertainty.band(many[0])])
            else:
                apart = values[1] - values[0]
                rows.append([name, *values, apart, *uncertainty.band(many[1] - many[0])])
        told = ["value"] if self.base is None else ["base", "value", "difference"]
        found = pd.DataFrame(rows, columns=["line", *told, "low", "high"])
        return found.assign(unit=every[0].scenario.currency)

    def _lines(self, run: Run, world: uncertainty.World) -> dict[str, Floats]:
        case = run.outcomes.case
        if self.base is not None:
            case = uncertainty.on_base(case, self.base.outcomes.case)
        lines = cost_lines(case.side(world, case.outcome(world)), self.horizon)
        return {"cost": np.sum(list(lines.values()), axis=0), **lines}

    def gain_by(self, by: str) -> pd.DataFrame:
        """Gains, costs and ROI by 'channel', 'intent', 'segment' or 'site': see `Comparison.gain_by`.

        Bands are from as many draws as everywhere else, few enough to be quick: the central figures are
        those of `comparison`.
        """
        return self._sliced.gain_by(by)

    @cached_property
    def _sliced(self) -> Comparison:
        """The comparison with draws enough for an 80 % band of each slice."""
        one = self.comparison
        draws = min(self.run.draws, uncertainty.DRAWS)
        if draws == self.run.draws:
            return one
        return Comparison(replace(one.base, draws=draws), {self.name: replace(self.run, draws=draws)})


def roi(
    run: Run,
    against: Run | None = None,
    draws: int = DRAWS,
    changes: Mapping[str, Any] | None = None,
    seed: int = 1,
) -> Roi:
    """Customers and money of a finished run under other parameters, without simulating.

    against: a run of its base, for a comparison; of both, customers, seed and replications must be the same.
    changes: values by path, as for `Scenario.with_changes`: only of what customers and money depend on
    (`experience`, `loyalty`, `economics`, `targets`, prices, what customers are worth). They hold for both
    runs, but for `economics.one_off`, which `run` alone spends. FCR as observed stays as it was simulated
    where the number of customers changes. draws, seed: of the outcome model. Raises
    ScenarioError for a change that does not fit, CcsimError for one that needs another simulation and for
    runs that cannot be compared.
    """
    if draws < 2:
        raise CcsimError("a range needs two draws of the outcome model at least")
    asked = dict(changes or {})
    base = None
    if against is not None:
        comparable_runs(against, run)
        base = recomputed(against, asked, draws, seed, as_base=True)
    return Roi(recomputed(run, asked, draws, seed), base, changed(run.scenario, asked))


def comparable_runs(base: Run, run: Run) -> None:
    """CcsimError unless both have the same customers, contacts and draws, and nothing calibrated the base."""
    if base.base is not None:
        raise CcsimError(
            f"the run to compare with is a variant itself (`{base.scenario.source.variant}`): compare each "
            "variant with its base"
        )
    told = [
        f"{name} {before} and {after}" for name, before, after in _differing(base, run) if before != after
    ]
    if told:
        raise CcsimError(
            f"the two runs cannot be compared, they have not the same {'; not the same '.join(told)}"
        )
    if not _same_volumes(base, run):
        raise CcsimError(
            "the two runs cannot be compared: each solved for itself how many of its contacts are fresh, so "
            "not the same customers call. Write the change under `variants:` and run it by name: "
            f"ccsim run {base.scenario.source.label or 'FILE'} --variant NAME"
        )


def _differing(base: Run, run: Run) -> Iterator[tuple[str, Any, Any]]:
    one, other = base.scenario, run.scenario
    for name in _ALIKE:
        yield name, getattr(one, name), getattr(other, name)
    yield "replications", base.replications, run.replications
    yield "segments", ", ".join(one.customers), ", ".join(other.customers)
    for name in one.customers.keys() & other.customers.keys():
        for key in _WORTH:
            values = (getattr(side.customers[name], key) for side in (one, other))
            yield f"customers.{name}.{key}", *values


def _same_volumes(base: Run, run: Run) -> bool:
    """Whether the contacts of both were drawn alike: a variant's are its base's."""
    if run.base is not None:
        own = run.base.scenario
        return simulated_part(own) == simulated_part(base.scenario)
    return base.fresh.keys() == run.fresh.keys() and all(
        np.array_equal(base.fresh[name], run.fresh[name]) for name in base.fresh
    )

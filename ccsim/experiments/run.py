"""`run`: replicate a scenario and keep what its results need; `Run`: the answers as frames."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ccsim.centre.journal import Journal
from ccsim.centre.rules import Rule
from ccsim.centre.simulate import choose_clock
from ccsim.centre.simulate import simulate as simulate_one
from ccsim.experiments.base import Base, base_of, comparable, fresh_of
from ccsim.experiments.outcomes import Outcomes
from ccsim.experiments.replicate import replicate, run_length
from ccsim.results import tables
from ccsim.results.journeys import add as pooled
from ccsim.results.measures import bad_days_frame, measures_frame
from ccsim.results.tally import Tally
from ccsim.results.uncertainty import DRAWS
from ccsim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.demand.arrivals import Fresh
    from ccsim.experiments.executors import Executor
    from ccsim.experiments.summary import Row
    from ccsim.experiments.unfinished import Unfinished
    from ccsim.experiments.why import Why

Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Run:
    """The replications of one scenario, and everything that follows from them.

    tallies: one a replication. base: what the base of a variant froze, None where the scenario is
    its own base. fresh: solved share of fresh contacts by channel and interval of the week. clock:
    the one that ran. rule: the routing rule handed in, if any. draws, model_seed: of the outcome
    parameters, for the bands of the outcome model.
    """

    scenario: Scenario
    tallies: tuple[Tally, ...]
    fresh: Fresh
    clock: str
    base: Base | None = None
    rule: Rule | None = None
    draws: int = DRAWS
    model_seed: int = 1

    @property
    def replications(self) -> int:
        """Number of replications."""
        return len(self.tallies)

    @property
    def simulated(self) -> int:
        """Contacts simulated in all, warm-up and follow-up included."""
        return sum(tally.contacts for tally in self.tallies)

    @cached_property
    def outcomes(self) -> Outcomes:
        """Satisfaction, churn and money, with their two kinds of interval."""
        return Outcomes(self.scenario, self.tallies, self.base, self.draws, self.model_seed)

    @cached_property
    def as_base(self) -> Base:
        """What this run hands to the variants of its scenario."""
        journeys = [tally.journeys for tally in self.tallies if tally.journeys is not None]
        return self.base or Base(self.scenario, self.fresh, pooled(journeys))

    def measures(self, by: str | None = None, channel: str | None = None) -> pd.DataFrame:
        """Service measures and unit costs with 95 % intervals, whole or by slice.

        by: None, 'interval', 'day', 'weekday_hour', 'channel', 'queue', 'intent', 'segment', 'group',
        'site' or 'self_service'. channel: of this one only (whole, or by interval, day or
        weekday_hour). Columns: measure, those that name the slice, value, low, high, se,
        replications, unit. NaN where nothing was counted. ValueError for another `by` or channel.
        """
        if (by, channel) not in self._frames:
            costs = self.outcomes.counted_costs
            self._frames[by, channel] = measures_frame(self.tallies, self.scenario, by, costs, channel)
        return self._frames[by, channel].copy()

    def bad_days(self, channel: str | None = None) -> pd.DataFrame:
        """The worst day in ten of each measure: a day to plan for, not the interval of a mean.

        channel: of its contacts only.
        """
        return bad_days_frame(self.tallies, self.scenario, channel)

    def summary(self) -> pd.DataFrame:
        """The headline figures: service, customers, money; one a row.

        Columns: section, measure, label, unit, value, low and high (95 % interval of the mean over
        replications), bad_day (worst day in ten), model_low and model_high (80 % band of the
        outcome model), target_min, target_max, verdict ('ok', 'MISS' or empty), note, part (the
        channel or self-service a figure is of).
        """
        from ccsim.experiments.summary import frame_of

        return frame_of(self.headlines)

    def experience(self, by: str | None = None) -> pd.DataFrame:
        """Effort, CES, CSAT true and as surveyed, and NPS, with both kinds of interval.

        by: None, 'channel' (of the first contact), 'intent', 'segment' or 'site' (of the group that
        answered last; 'nobody' where no person did). Columns: measure, the one that names the slice,
        value, low and high (95 % interval over replications), model_low and model_high (80 % band of
        the outcome model), unit. Measures: `ccsim.experiments.experience.EXPERIENCE`; the NPS of the
        relation is of the whole or of a segment, that asked just after an issue of any slice. nan
        where there are no issues. ValueError for another `by`.
        """
        from ccsim.experiments.experience import experience_frame

        return experience_frame(self.outcomes, by)

    def loyalty(self, by: str = "segment") -> pd.DataFrame:
        """Churn, retention and the value of customers, with both kinds of interval.

        by: 'segment'; 'episodes' (of each segment, customers with 0, 1, 2, 3+ bad episodes in the last 12
        months); 'month' (survival and customers at each month's end, of each segment and, in the column
        episodes, of all or of those with so many). Columns: measure, those that name the slice, value, low
        and high (95 % interval over replications; none where the scenario states the figure), se,
        replications, model_low and model_high (80 % band of the outcome model), unit. Measures:
        `ccsim.results.figures.LOYALTY`. nan where customers are not known. ValueError for another `by`.
        """
        from ccsim.experiments.loyalty import loyalty_frame

        return loyalty_frame(self.outcomes, by)

    def economics(self, by: str | None = None) -> pd.DataFrame:
        """The ledger, what customers bring, and total ROI against no service, with both kinds of interval.

        by: None (lines of the ledger a year; the rest over the horizon); 'month' (so far, at each month's
        end); 'group' (lines; column site too); 'channel', 'intent', 'segment' or 'site' (unit costs, costs,
        margin lost to bad episodes, and ROI where `economics.without_service` is stated; of a site its
        lines too). Columns as in `loyalty`; model_low and model_high are nan where the outcome model moves
        nothing. Measures: `ccsim.results.figures.ECONOMICS` and `LINES`. ValueError for another `by`.
        """
        from ccsim.experiments.economics import economics_frame

        return economics_frame(self, by)

    def customers(self) -> pd.DataFrame:
        """Customers of replication 0 who made contact in the counted weeks, one a row.

        What each went through and what follows from it: relation, hazard ratio, chance to leave, value
        (columns: `ccsim.results.figures.CUSTOMERS`). CcsimError where the scenario does not say how
        many customers there are.
        """
        from ccsim.experiments.customers import customers_frame

        return customers_frame(self)

    def why(
        self, of: str = "csat", by: str | Sequence[str] | None = None, against: Run | None = None
    ) -> pd.DataFrame:
        """What takes satisfaction away ('csat') or drives customers out ('churn'): drivers, adding up.

        by: None, 'channel' (of the first contact), 'intent', 'segment', 'site' (of the group that
        answered last; 'nobody' where no person did), or several of them. Columns: driver, those that
        name the slice, points (of 100, lost of CSAT, or churn a year caused), model_low and model_high
        (80 % band of the outcome model), margin (money a year that goes with customers lost, on average
        over the horizon), margin_low, margin_high, handling (cost a year of contacts that came again;
        nan for drivers that are none), unit (of money). Most points first; slices in which a driver
        takes nothing are left out. nan where customers are not known.

        against: another run, taken as the base: then it is what this run gains, below 0 where it is
        worse, and money is over the base's horizon; margin adds up to the margin kept of the
        comparison. ValueError for another `of` or `by`; CcsimError where the segments differ.
        """
        return self.reasons(against).frame(of, by)

    def reasons(self, against: Run | None = None, draws: int | None = None) -> Why:
        """The parts behind `why`, with `draws` draws of the outcome model (default: as everywhere)."""
        from ccsim.experiments.why import why, why_against

        count = (against or self).draws if draws is None else draws
        if (against, count) not in self._reasons:
            found = (
                why(self.outcomes, count)
                if against is None
                else why_against(self.outcomes, against.outcomes, count)
            )
            self._reasons[against, count] = found
        return self._reasons[against, count]

    @cached_property
    def _reasons(self) -> dict[tuple[Run | None, int], Why]:
        return {}

    def answers(self) -> pd.DataFrame:
        """The answers customers would give, one counted issue of replication 0 a row.

        Columns: `ccsim.experiments.answers.ANSWER_COLUMNS`: whose issue, who answered it last, effort
        and satisfaction, the agent's and the customer's own part, the answers drawn (CES 1-7 with 7
        easy, CSAT 1-5, NPS 0-10 just after the issue), and who answers the survey. Drawn under the
        central parameters from streams of their own ("answer/agent", "answer/csat" ...): an issue
        keeps its chance in every variant. How near their shares come to `experience`:
        `ccsim.results.answers`.
        """
        from ccsim.experiments.answers import answers_frame

        return answers_frame(self)

    def servqual(self) -> pd.DataFrame:
        """The run's figures by SERVQUAL's dimensions, each with an index of 0-100. For reports only.

        Rows: the figures of reliability, assurance, tangibles, empathy and responsiveness, each
        dimension's index last. Columns: dimension, measure, label, value, low and high (95 % interval
        over replications), unit, score (what a share counts in the index, 0-100; nan: it does not count),
        target_min, target_max, verdict. nan where the centre has nothing of the kind. How the index is
        made, and what it is not: `ccsim.results.servqual`.
        """
        from ccsim.experiments.servqual import servqual_frame

        return servqual_frame(self)

    def standing(self, sector: str | None = None) -> pd.DataFrame:
        """Where the scenario stands in its sector: one measure a row.

        sector: 'ecommerce', 'b2b', 'bank', 'telecom', 'saas', 'insurance' or 'utility'; None: that of
        the scenario's preset. Columns: sector, measure, label, value, low and high (95 % interval over
        replications), model_low and model_high (80 % band of the outcome model), unit, band ('poor',
        'usual', 'good', 'excellent', 'below good' where nobody says what poor is), the levels usual,
        good and excellent (nan: no source has one), confidence ('strong', 'moderate', 'folklore' or
        'assumption') and source. CcsimError for an unknown sector, or none.
        """
        from ccsim.experiments.standing import standing_frame

        return standing_frame(self, sector)

    @cached_property
    def headlines(self) -> list[Row]:
        """The rows of the summary."""
        from ccsim.experiments.summary import summary_rows

        return summary_rows(self)

    @cached_property
    def _frames(self) -> dict[tuple[str | None, str | None], pd.DataFrame]:
        return {}

    @cached_property
    def journal(self) -> Journal:
        """The journal of replication 0, simulated when first asked for."""
        return simulate_one(self.scenario, 0, self.clock, self.fresh, self.rule)

    @property
    def issues(self) -> pd.DataFrame:
        """Issues of replication 0, one a row (columns: `ccsim.results.tables.COLUMN_DOCS`)."""
        return tables.issues(self.journal, self.scenario.start)

    @property
    def contacts(self) -> pd.DataFrame:
        """Contacts of replication 0, one a row."""
        return tables.contacts(self.journal, self.scenario.start)

    @property
    def legs(self) -> pd.DataFrame:
        """Legs of replication 0 (one stay in one queue and what followed), one a row."""
        return tables.legs(self.journal, self.scenario.start)

    @property
    def agents(self) -> pd.DataFrame:
        """What each agent did from when to when in replication 0, one spell a row."""
        return tables.agents(self.journal, self.scenario.start)

    def save(self, folder: str | Path | None = None, charts: bool = False) -> Path:
        """Write the run folder (default: `runs/NAME-HASH`), whole or not at all; return its path.

        charts: draw them too. CcsimError where `folder` holds something else than a run.
        """
        from ccsim.experiments.folder import save_run

        return save_run(self, folder, charts)


def run(
    scenario: Scenario,
    replications: int | None = None,
    jobs: int | None = None,
    clock: str = "auto",
    progress: Progress | None = None,
    base: Run | Base | None = None,
    rule: Rule | None = None,
    executor: Executor | None = None,
    kept: Unfinished | None = None,
) -> Run:
    """Simulate the replications of a scenario and return a `Run`.

    replications: default, the scenario's. jobs: processes (None: as many as pay off; the result is
    the same for any number). clock: 'auto', 'simpy' or 'compiled'. progress(done, contacts) is
    called after each replication. A variant is calibrated on its base, which is run first unless
    `base` hands it in. rule: a function that decides which agent takes a contact in place of the
    scenario's (`ccsim.centre.rules` has its arguments); its base keeps its own. executor: where
    replications run, in place of `jobs` (`ccsim.experiments.executors`). kept: what an interrupted
    command has finished, taken up and added to (`ccsim.experiments.unfinished`). Raises CcsimError for a
    clock that is not installed or cannot run the rule, and for a variant with other intervals or
    segments than its base.
    """
    count = scenario.replications if replications is None else replications
    chosen = choose_clock(clock, count * run_length(scenario), rule)
    frozen = base.as_base if isinstance(base, Run) else base
    origin = base_of(scenario) if frozen is None else frozen.scenario
    if origin is not None:
        comparable(origin, scenario)
        frozen = frozen or run(origin, count, jobs, chosen, executor=executor, kept=kept).as_base
    fresh = fresh_of(scenario, chosen) if frozen is None else frozen.fresh
    own = None if kept is None else kept.of(scenario, fresh, rule)
    known, keep = (None, None) if own is None else (own.known(), own.add)
    tallies = replicate(scenario, count, jobs, chosen, fresh, progress, rule, executor, known, keep)
    return Run(scenario, tuple(tallies), fresh, chosen, frozen, rule)


def simulate(
    scenario: Scenario, replication: int = 0, clock: str = "auto", rule: Rule | None = None
) -> Journal:
    """Simulate one replication and return its journal (`ccsim.results.tables` makes frames of it).

    Volumes stated as counted are solved first, once a scenario, with its own routing; then `rule`, if
    given, decides which agent takes a contact (`ccsim.centre.rules`). CcsimError for an unknown clock.
    """
    origin = base_of(scenario) or scenario
    comparable(origin, scenario)
    return simulate_one(scenario, replication, clock, fresh_of(origin, clock), rule)

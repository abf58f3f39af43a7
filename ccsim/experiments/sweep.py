"""`sweep`: what happens when levers are set to many values, each point on the same contacts and draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from ccsim.centre.simulate import choose_clock
from ccsim.errors import CcsimError
from ccsim.experiments.base import base_of
from ccsim.experiments.designs import Design, design_of
from ccsim.experiments.levers import names_of
from ccsim.experiments.replicate import run_length
from ccsim.experiments.response import Response
from ccsim.experiments.sweep_centres import Key, centre_of, centres_of, simulated
from ccsim.experiments.sweep_figures import Figure, On, figures_of
from ccsim.experiments.sweep_measures import Followed, followed
from ccsim.experiments.sweep_points import Point, points_of

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from ccsim.experiments.break_even import Crossing
    from ccsim.experiments.executors import Executor
    from ccsim.experiments.knee import Knee
    from ccsim.experiments.levers import Lever, Setting, Vary
    from ccsim.experiments.sensitivity import Index
    from ccsim.experiments.sweep_best import Best
    from ccsim.experiments.sweep_centres import Centre
    from ccsim.experiments.unfinished import Unfinished
    from ccsim.results.tally import Tally
    from ccsim.scenario import Scenario

Progress = Callable[[int, int], None]

DRAWS: Final = 100  # of the outcome model, a point


@dataclass(frozen=True, eq=False)
class Sweep:
    """The points of a design, and every figure followed over them.

    scenario: where the levers started from; base: the file as written (the same unless a variant was
    swept). rows: the settings of each point. as_base: which points are their base itself. draws,
    model_seed: of the outcome model.
    """

    scenario: Scenario
    base: Scenario
    design: Design
    as_base: tuple[bool, ...]
    responses_by: dict[tuple[str, str], Response]
    replications: int
    clock: str
    draws: int
    model_seed: int = 1

    @property
    def rows(self) -> tuple[tuple[Setting, ...], ...]:
        """The settings of each point, one a lever."""
        return self.design.rows

    @property
    def levers(self) -> tuple[Lever, ...]:
        """What was varied."""
        return self.design.levers

    @cached_property
    def names(self) -> list[str]:
        """What the levers are called in tables and sentences."""
        return names_of(self.levers)

    def __getitem__(self, key: str | tuple[str, str]) -> Response:
        """The response of a measure, or of (measure, channel). KeyError where it was not followed."""
        return self.responses_by[(key, "") if isinstance(key, str) else key]

    def __contains__(self, key: str | tuple[str, str]) -> bool:
        return ((key, "") if isinstance(key, str) else key) in self.responses_by

    @property
    def worth_known(self) -> bool:
        """Whether the file says what customers are worth, so that net gain is known."""
        return bool(np.isfinite(self["net_gain"].value).all())

    def points(self) -> pd.DataFrame:
        """The points, one a row: point, the levers' values as written (columns by `names`), as_base."""
        import pandas as pd

        columns = {name: [row[place].text for row in self.rows] for place, name in enumerate(self.names)}
        return pd.DataFrame({"point": range(len(self.rows)), **columns, "as_base": self.as_base})

    def responses(self, measure: str | None = None) -> pd.DataFrame:
        """Every figure at every point, tidy; measure: this one only.

        Columns: point, one a lever (its value as a number in its unit; as written where it has none),
        measure, part (the channel it is of), value, low, high (95 % interval over replications), se, base,
        difference (from the base), difference_low, difference_high (95 % interval over pairs of
        replications), model_low, model_high (80 % band of the outcome model), unit. nan where not known.
        """
        from ccsim.experiments.sweep_frames import responses_frame

        return responses_frame(self, measure)

    def indices(self) -> pd.DataFrame:
        """How much of each figure's spread each lever makes: see `ccsim.experiments.sensitivity`.

        Columns: measure, part, lever, index ('first', 'total' or 'srrc'), value, low, high (95 %, by
        bootstrap), method. Empty where there is one lever, and for one-at-a-time designs.
        """
        from ccsim.experiments.sensitivity import indices_frame

        return indices_frame(self.all_indices)

    def knees(self) -> pd.DataFrame:
        """Where more of a lever begins to bring less: see `ccsim.experiments.knee`.

        Columns: lever, others (settings of the other levers), measure, part, at, low, high (95 %, by
        bootstrap over replications), found_in (share of the resamples that have one), unit (of the lever).
        Only those that at least 9 in 10 resamples have.
        """
        from ccsim.experiments.sweep_frames import knees_frame

        return knees_frame(self)

    def break_even(self) -> pd.DataFrame:
        """Where net gain over the base crosses zero along a lever: see `ccsim.experiments.break_even`.

        Columns: lever, others, at, low, high (95 % by bootstrap over pairs), model_low, model_high (80 %
        over draws; infinite: beyond the range), crosses ('up' or 'down'), unit (of the lever). Empty: no
        crossing in the range.
        """
        from ccsim.experiments.sweep_frames import break_even_frame

        return break_even_frame(self)

    @cached_property
    def crossings(self) -> list[Crossing]:
        """The rows of `break_even`."""
        from ccsim.experiments.break_even import crossings_of

        return crossings_of(self)

    @cached_property
    def all_knees(self) -> list[Knee]:
        """The rows of `knees`."""
        from ccsim.experiments.knee import knees_of

        return knees_of(self)

    @cached_property
    def all_indices(self) -> list[Index]:
        """The rows of `indices`."""
        from ccsim.experiments.sensitivity import indices_of

        return indices_of(self)

    @cached_property
    def best(self) -> Best | None:
        """The point of largest net gain, and those that cannot be told from it; None where it is unknown."""
        from ccsim.experiments.sweep_best import best_of

        return best_of(self)

    @cached_property
    def cheapest(self) -> int | None:
        """The cheapest point that reaches every service target; None where none does, or none is set."""
        from ccsim.experiments.sweep_best import cheapest_of

        return cheapest_of(self)

    def save(self, folder: str | Path | None = None, charts: bool = False) -> Path:
        """Write the folder (default: `runs/sweep-HASH`), whole or not at all; return its path."""
        from ccsim.experiments.sweep_folder import save_sweep

        return save_sweep(self, folder, charts)


def sweep(
    scenario: Scenario,
    vary: Vary,
    design: str = "grid",
    points: int | None = None,
    replications: int | None = None,
    jobs: int | None = None,
    clock: str = "auto",
    draws: int = DRAWS,
    progress: Progress | None = None,
    executor: Executor | None = None,
    kept: Unfinished | None = None,
    seed: int = 1,
    many: bool = False,
) -> Sweep:
    """Set levers to many values; each point is a variant of the scenario's base, on the same draws.

    scenario: where to start from; of a variant, points are compared with its base. vary: texts
    `KEY=LO:HI:STEP` or `KEY=a,b,c`, or values by key. design: 'grid', 'lhs', 'one' or 'sobol' with `points`
    (`designs.design_of`, seeded by `seed`). draws: of the outcome model for each point's 80 % band; 0:
    central only. replications, jobs, clock, executor: as `run`. progress(replications done, contacts). kept:
    keeps finished replications of an interrupted sweep. many: allow more points than usual. ScenarioError
    with every fault, CcsimError for what cannot be run.
    """
    count = scenario.replications if replications is None else replications
    made = design_of(design, vary, scenario, points, seed, many)
    return of_design(scenario, made, count, jobs, clock, draws, progress, executor, kept)


def of_design(
    scenario: Scenario,
    design: Design,
    replications: int,
    jobs: int | None = None,
    clock: str = "auto",
    draws: int = DRAWS,
    progress: Progress | None = None,
    executor: Executor | None = None,
    kept: Unfinished | None = None,
    prepared: Sequence[Point] | None = None,
) -> Sweep:
    """The sweep of a design; prepared: its points, where they are known already."""
    if draws < 0 or draws == 1:
        raise CcsimError(
            f"--draws {draws}: a range needs two draws of the outcome model at least; 0 leaves it out"
        )
    every = list(points_of(scenario, design) if prepared is None else prepared)
    chosen = choose_clock(clock, len(every) * replications * run_length(scenario))
    base = base_of(scenario) or scenario
    wanted = followed(base)
    centres = centres_of(every, chosen)
    taken = _Taken(every, draws, wanted)
    for centre in simulated(centres, replications, jobs, chosen, progress, executor, kept):
        taken.take(centre)
    as_base = tuple(point.side.key == point.base.key for point in every)
    return Sweep(scenario, base, design, as_base, taken.responses(), replications, chosen, draws)


class _Taken:
    """Reduces points to their figures as their centres come in; keeps the tallies of bases only."""

    def __init__(self, points: Sequence[Point], draws: int, wanted: Sequence[Followed]) -> None:
        self._points = points
        self._draws = draws
        self._wanted = wanted
        self._bases: dict[Key, list[Tally]] = {}
        self._on: dict[str, On] = {}
        self._base_figures: dict[str, dict[tuple[str, str], Figure]] = {}
        self._figures: dict[int, dict[tuple[str, str], Figure]] = {}
        self._waiting: list[Centre] = []
        self._are_bases = {centre_of(point.base, point.base) for point in points}
        self._at: dict[Key, list[Point]] = {}
        for point in points:
            self._at.setdefault(centre_of(point.base, point.side), []).append(point)

    def take(self, centre: Centre) -> None:
        """One more centre is there; points whose base is not wait for it."""
        if centre.key in self._are_bases:
            self._bases[centre.key] = centre.in_order
        waiting, self._waiting = [*self._waiting, centre], []
        for one in waiting:
            points = self._at.get(one.key, [])
            if all(centre_of(point.base, point.base) in self._bases for point in points):
                for point in points:
                    self._reduce(point, self._bases.get(one.key) or one.in_order)
                one.tallies = {}
            else:
                self._waiting.append(one)

    def _reduce(self, point: Point, tallies: Sequence[Tally]) -> None:
        key = point.base.key
        if key not in self._on:
            there = self._bases[centre_of(point.base, point.base)]
            self._on[key] = On(point.base.scenario, there, self._draws, 1)
            own = On(point.base.scenario, there, 0, 1)  # nothing is drawn for a base
            self._base_figures[key] = figures_of(point.base.scenario, there, own, self._wanted)
        self._figures[point.number] = figures_of(point.side.scenario, tallies, self._on[key], self._wanted)

    def responses(self) -> dict[tuple[str, str], Response]:
        """Every figure over the points."""
        found = {}
        for one in self._wanted:
            figures = [self._figures[point.number][one.key] for point in self._points]
            bases = [self._base_figures[point.base.key][one.key] for point in self._points]
            found[one.key] = Response(
                what=one,
                above=np.array([each.above for each in figures]),
                below=np.array([each.below for each in figures]),
                base_above=np.array([each.above for each in bases]),
                base_below=np.array([each.below for each in bases]),
                drawn=np.array([each.drawn for each in figures]),
            )
        return found

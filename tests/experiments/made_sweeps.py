"""Sweeps with figures made up, so that what they come to is known."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from small import SMALL

from ccsim.experiments.designs import design_of
from ccsim.experiments.response import Response
from ccsim.experiments.sweep import Sweep
from ccsim.experiments.sweep_measures import followed
from ccsim.scenario import loads

Floats = npt.NDArray[np.float64]
DRAWS = 50


def made_sweep(
    vary: list[str],
    figures: dict[str, Floats],
    noise: float = 0.0,
    replications: int = 20,
    spread: float = 0.0,
    design: str = "grid",
    points: int | None = None,
) -> Sweep:
    """A sweep whose figures are given by point; all others are zero.

    noise: standard deviation of a replication, the same for all points; spread: of a draw of the outcome
    model.
    """
    scenario = loads(SMALL)
    made = design_of(design, vary, scenario, points)
    count = len(made.rows)
    stream = np.random.default_rng(7)
    chance, doubt = stream.normal(size=replications), stream.normal(size=DRAWS)
    chance -= chance.mean()
    found = {}
    for what in followed(scenario):
        values = np.asarray(figures.get(what.measure, np.zeros(count)), dtype=float)
        moved = what.measure in figures
        zeros = np.zeros((count, replications))
        found[what.key] = Response(
            what=what,
            above=values[:, None] + noise * moved * chance,
            below=np.ones((count, replications)),
            base_above=zeros,
            base_below=zeros + 1.0,
            drawn=values[:, None] + spread * moved * doubt,
        )
    return Sweep(scenario, scenario, made, (False,) * count, found, replications, "simpy", DRAWS)

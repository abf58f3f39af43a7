"""Designs: which values of the levers meet in the points of a sweep."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np
import numpy.typing as npt

from ccsim.errors import CcsimError
from ccsim.experiments.levers import Lever, Setting, levers_of
from ccsim.scenario.trouble import nearest

if TYPE_CHECKING:
    from ccsim.experiments.levers import Vary
    from ccsim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Kind = Literal["grid", "lhs", "one", "sobol"]
Row = tuple[Setting, ...]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
USUAL_POINTS: Final = {"lhs": 50, "sobol": 32}
MOST_POINTS: Final = 400  # beyond that only where it is asked for in so many words


@dataclass(frozen=True)
class Design:
    """The points of a sweep: one row a point, one setting a lever.

    points: of `sobol` the rows of its matrix A, else as many as there are.
    """

    kind: Kind
    levers: tuple[Lever, ...]
    rows: tuple[Row, ...]
    points: int


def design_of(
    kind: str, vary: Vary, scenario: Scenario, points: int | None = None, seed: int = 1, many: bool = False
) -> Design:
    """The design of a kind over levers as written.

    grid: every combination. one: each lever in turn, the others as in the scenario, whose own point comes
    first. lhs: a Latin hypercube of `points` (`scipy.stats.qmc.LatinHypercube`). sobol: matrices A and B of
    `points` rows, a power of 2, from a scrambled Sobol' sequence (`scipy.stats.qmc.Sobol`), and for each
    lever A with that lever's column of B (Saltelli et al., Computer Physics Communications 181, 2010). seed:
    of the last two. many: allow more than `MOST_POINTS`. ScenarioError, CcsimError for what cannot be made.
    """
    if kind not in KINDS:
        raise CcsimError(
            f"--design {kind} is none; {nearest(kind, KINDS) or ''} there are {', '.join(KINDS)}"
        )
    levers = levers_of(vary, scenario, steps=kind in ("grid",))
    size = _size(kind, levers, points)
    if kind == "grid":
        _few_enough(math.prod(len(lever.settings) for lever in levers), many)
        rows = list(product(*(lever.settings for lever in levers)))
    elif kind == "one":
        rows = _one_at_a_time(levers, scenario)
    else:
        _few_enough(size * (len(levers) + 2) if kind == "sobol" else size, many)
        shares = _hypercube(len(levers), size, seed) if kind == "lhs" else saltelli(len(levers), size, seed)
        rows = [tuple(lever.at(u) for lever, u in zip(levers, row, strict=True)) for row in shares]
    _few_enough(len(rows), many)
    return Design(kind, levers, tuple(rows), size or len(rows))


def saltelli(levers: int, size: int, seed: int) -> Floats:
    """Shares 0..1, one row a point: A, B, then for each lever A with its column from B.

    Shape (size (levers + 2), levers).
    """
    from scipy.stats import qmc

    both = qmc.Sobol(2 * levers, rng=seed).random(size)
    first, second = both[:, :levers], both[:, levers:]
    mixed = [np.where(np.arange(levers) == lever, second, first) for lever in range(levers)]
    return np.asarray(np.concatenate([first, second, *mixed]))


def _hypercube(levers: int, size: int, seed: int) -> Floats:
    from scipy.stats import qmc

    return np.asarray(qmc.LatinHypercube(levers, rng=seed).random(size))


def _one_at_a_time(levers: Sequence[Lever], scenario: Scenario) -> list[Row]:
    own = tuple(lever.written(scenario) for lever in levers)
    rows = [own]
    for place, lever in enumerate(levers):
        span = lever.span
        ends = (span.setting(span.low), span.setting(span.high)) if span else ()
        for setting in lever.settings or ends:
            if not _same(setting, own[place]):
                rows.append((*own[:place], setting, *own[place + 1 :]))
    return rows


def _same(setting: Setting, own: Setting) -> bool:
    return setting.number == own.number or setting.text == own.text


def _size(kind: str, levers: Sequence[Lever], points: int | None) -> int:
    """Points that were asked for, where the design lets one ask."""
    if kind not in USUAL_POINTS:
        if points is not None:
            raise CcsimError(
                f"--points is for {' and '.join(USUAL_POINTS)}; --design {kind} has the points of its levers"
            )
        return 0
    size = USUAL_POINTS[kind] if points is None else points
    if size < 2:
        raise CcsimError(f"--points {size} is too few: write 2 or more")
    if kind == "sobol" and size & (size - 1):
        below = 2 ** int(math.log2(size))
        raise CcsimError(
            f"--points {size}: a Sobol' design needs a power of 2, write {below} or {2 * below}; it has "
            f"{len(levers) + 2} times as many points"
        )
    return size


def _few_enough(count: int, many: bool) -> None:
    if count > MOST_POINTS and not many:
        raise CcsimError(
            f"that makes {count:,} points, more than {MOST_POINTS}: take larger steps or fewer levers, "
            "--design lhs, or say --yes if you mean it. Nothing was run."
        )

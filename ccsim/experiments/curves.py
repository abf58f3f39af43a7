"""Curves: the points of a sweep in which one lever moves and the others stand still, in its order."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from ccsim.experiments.sweep import Sweep

LEAST: Final = 3  # points that make a curve


@dataclass(frozen=True, eq=False)
class Curve:
    """Points along a lever: their numbers, and where each lies, ascending.

    lever: its place among the sweep's. others: settings of the other levers, by name.
    """

    lever: int
    points: tuple[int, ...]
    at: npt.NDArray[np.float64]
    others: dict[str, str]

    @property
    def told(self) -> str:
        """The settings of the other levers, as text."""
        return ", ".join(f"{name} {text}" for name, text in self.others.items())


def curves_of(sweep: Sweep, lever: int | None = None) -> list[Curve]:
    """The curves along a lever that has numbers (None: along each), of grids and one-at-a-time designs."""
    if sweep.design.kind not in ("grid", "one"):
        return []
    places = range(len(sweep.levers)) if lever is None else [lever]
    return [curve for place in places for curve in _along(sweep, place)]


def _along(sweep: Sweep, place: int) -> list[Curve]:
    found: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate(sweep.rows):
        others = tuple(one.text for at, one in enumerate(row) if at != place)
        if not math.isnan(row[place].number):
            found.setdefault(others, []).append(number)
    names = [name for at, name in enumerate(sweep.names) if at != place]
    curves = []
    for others, points in found.items():
        ordered = sorted(points, key=lambda number: sweep.rows[number][place].number)
        at = np.array([sweep.rows[number][place].number for number in ordered])
        if len(at) >= LEAST and (np.diff(at) > 0).all():
            curves.append(Curve(place, tuple(ordered), at, dict(zip(names, others, strict=True))))
    return curves

"""Which driver to fix first: the one that costs most, where most of it happens, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.results import uncertainty
from ccsim.results.drivers import DRIVERS, NAMES, SLICES, Place

if TYPE_CHECKING:
    from ccsim.experiments.why import Why

Floats = npt.NDArray[np.float64]

FIXED: Final = len(DRIVERS)  # what was made good again is nothing to fix
WHERE: Final = tuple(SLICES.index(name) for name in ("channel", "intent"))


@dataclass(frozen=True)
class Spot:
    """A driver at one channel and intent. worth: money a year, or points where money is not known."""

    driver: str
    channel: str
    intent: str
    points: float
    worth: float
    low: float
    high: float


@dataclass(frozen=True)
class Fix:
    """A driver to fix. worth: as in `Spot`; share: of all that is lost; points: of CSAT (0..100); margin,
    handling: of the money; first: share of draws in which it costs most of all. spots: where it
    happens, greatest first.
    """

    driver: str
    worth: float
    low: float
    high: float
    share: float
    points: float
    margin: float
    handling: float
    first: float
    spots: tuple[Spot, ...]


def ranking(found: Why, of: str = "csat") -> list[Fix]:
    """The drivers that cost anything, dearest first: by money, or by points of `of` where it is not known."""
    worth, drawn = _worth(found, of)
    whole, per_draw = worth.sum(axis=(1, 2)), drawn.sum(axis=1)
    best = np.bincount(per_draw.argmax(axis=0), minlength=FIXED) / per_draw.shape[1]
    lost = whole[whole > 0].sum()
    here = all_spots(found, of)
    fixes = [
        Fix(
            driver=NAMES[k],
            worth=float(whole[k]),
            low=(band := uncertainty.band(per_draw[k]))[0],
            high=band[1],
            share=float(whole[k] / lost),
            points=100.0 * float(getattr(found.central, of)[k].sum()),
            margin=float(found.central.margin[k].sum()),
            handling=float(found.handling[k].sum()),
            first=float(best[k]),
            spots=tuple(spot for spot in here if spot.driver == NAMES[k]),
        )
        for k in range(FIXED)
        if whole[k] > 0
    ]
    return sorted(fixes, key=lambda fix: -fix.worth)


def all_spots(found: Why, of: str = "csat") -> list[Spot]:
    """Every driver at every channel and intent where it costs anything, dearest first."""
    return sorted((spot for spot in spots(found, of) if spot.worth > 0), key=lambda spot: -spot.worth)


def spots(found: Why, of: str = "csat") -> list[Spot]:
    """Every driver at every channel and intent where it moves anything."""
    worth, drawn = _worth(found, of)
    points = 100.0 * getattr(found.central, of)
    labels = [_label(place) for place in found.places]
    moved = []
    for channel, intent in dict.fromkeys(labels):
        here = [place for place, label in enumerate(labels) if label == (channel, intent)]
        for k in range(FIXED):
            each = float(worth[k, here].sum())
            if each:
                low, high = uncertainty.band(drawn[k, here].sum(axis=0))
                lost = float(points[k, here].sum())
                moved.append(Spot(NAMES[k], channel, intent, lost, each, low, high))
    return moved


def in_money(found: Why) -> bool:
    """Whether what is lost is known in money."""
    return not np.isnan(found.central.margin).any()


def _worth(found: Why, of: str) -> tuple[Floats, Floats]:
    """Money, or points, by driver and place: central and over draws."""
    if in_money(found):
        central, drawn = found.money
    else:
        central, drawn = (100.0 * getattr(side, of) for side in found.sides)
    return central[:FIXED], drawn[:FIXED]


def _label(place: Place) -> tuple[str, str]:
    return place[WHERE[0]], place[WHERE[1]]

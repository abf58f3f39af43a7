"""What takes satisfaction away from a journey: its drivers, and the place where it happened.

The latent loss of a journey is a sum, D = Σ_k d_k with d_k = weight x feature, so that S = S0 - D
(`ccsim.results.experience`); what was made good again gives some of it back. Whatever is a sum over
journeys is then handed to drivers and places by one product with a sparse matrix: (drivers x places,
rows) by (rows, draws).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, vstack

from ccsim.results.draws import Draws
from ccsim.results.eventful_journeys import CROWD_STEP
from ccsim.results.journeys import Journeys

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Place = tuple[str, str, str, str]

SLICES: Final = ("channel", "intent", "segment", "site")  # what names a place, in this order


@dataclass(frozen=True)
class Driver:
    """One thing that takes satisfaction away: sign x parameter x feature, in logits.

    effort: it is part of the effort E, which makes bad episodes.
    """

    name: str
    parameter: str
    feature: Callable[[Journeys], npt.NDArray[np.number]]
    effort: bool = True
    sign: float = 1.0


CALLING_AGAIN: Final = "calling again"
ABANDONED: Final = "abandoned attempts"
UNRESOLVED: Final = "never resolved"
DRIVERS: Final = (
    Driver("waiting", "csat.weights.log_wait", lambda rows: rows.ln_wait),
    Driver(CALLING_AGAIN, "csat.weights.extra_contact", lambda rows: rows.contacts - 1),
    Driver("transfers", "csat.weights.transfer", lambda rows: rows.transfers),
    Driver("changing channel", "csat.weights.channel_switch", lambda rows: rows.switches),
    Driver("telling it again", "csat.weights.story_repeated", lambda rows: rows.retold),
    Driver(ABANDONED, "csat.weights.abandonment", lambda rows: rows.abandons),
    Driver("self-service in vain", "effort.bot_dead_end", lambda rows: rows.dead_ends),
    Driver(UNRESOLVED, "csat.weights.unresolved", lambda rows: 1 - rows.resolved, effort=False),
    Driver("beginners", "csat.novice", lambda rows: rows.novice, effort=False, sign=-1.0),
    Driver("full hands", "csat.concurrency_above_2", lambda rows: CROWD_STEP * rows.crowd,
           effort=False, sign=-1.0),
)  # fmt: skip
MADE_GOOD: Final = "made good again"  # not a weight times a feature: it gives back what effort took
NAMES: Final = (*(driver.name for driver in DRIVERS), MADE_GOOD)
EFFORT: Final = np.array([driver.effort for driver in DRIVERS])


def features(journeys: Journeys) -> Floats:
    """What the drivers' weights multiply, shape (rows, drivers)."""
    columns = [driver.feature(journeys) for driver in DRIVERS]
    return np.stack(columns, axis=1).astype(np.float64)


def weights(draws: Draws) -> Floats:
    """Logits that one unit of each driver takes away, shape (drivers, draws)."""
    return np.stack([driver.sign * draws[driver.parameter] for driver in DRIVERS])


def places_of(*several: Journeys) -> list[Place]:
    """The places at which there are issues: (channel, intent, segment, site), each once, in order."""
    found = {place for rows in several for place in _labels(rows)}
    return sorted(found)


def _labels(rows: Journeys) -> list[Place]:
    columns = [np.asarray(names, object)[part] for names, part in _parts(rows)]
    return list(zip(*columns, strict=True))


def _parts(rows: Journeys) -> list[tuple[Sequence[str], Ints]]:
    return [
        (rows.channels, rows.channel),
        (rows.intents, rows.intent),
        (rows.segments, rows.segment),
        (rows.sites, rows.site),
    ]


@dataclass(frozen=True, eq=False)
class Placed:
    """Journeys with their drivers and places, ready to be summed. D: `features @ weights`."""

    journeys: Journeys
    features: Floats
    by_place: csr_array
    by_driver: csr_array
    size: int

    @classmethod
    def of(cls, journeys: Journeys, places: Sequence[Place]) -> Placed:
        """The journeys of a run; `places` holds at least all of theirs."""
        number = {place: index for index, place in enumerate(places)}
        here = [number[place] for place in _labels(journeys)]
        rows = np.arange(len(journeys))
        shape = (len(places), len(journeys))
        by_place = csr_array((journeys.count, (here, rows)), shape=shape)
        columns = features(journeys)
        stacked = [csr_array(by_place.multiply(column[None, :])) for column in columns.T]
        return cls(journeys, columns, by_place, csr_array(vstack(stacked)), len(places))

    def shared(self, each: Floats, weight: Floats, lift: Floats | None = None) -> Floats:
        """Σ count x feature x weight x `each` by driver (`NAMES`) and place: (drivers, places, draws).

        each: what one logit counts in each journey, (rows, draws), or (rows, 1) if no draw moves it. A
        weight of 0 makes exactly 0. lift: logits that recovery gave back, (rows, draws).
        """
        found = np.zeros((len(NAMES), self.size, weight.shape[1]))
        sums = (self.by_driver @ each).reshape(len(DRIVERS), self.size, -1)
        np.multiply(sums, weight[:, None, :], out=found[: len(DRIVERS)])
        if lift is not None:
            found[-1] = -self.counted(each * lift)
        return found

    def counted(self, each: Floats) -> Floats:
        """Σ count x `each` by place: (places, draws)."""
        return np.asarray(self.by_place @ each)

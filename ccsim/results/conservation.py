"""Where every contact is at a moment: nothing is lost, nothing is made, nothing is in two places."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import (
    AWAITING,
    CALLBACK,
    IN_HAND,
    NO_REPLY,
    OUTCOMES,
    REPLIED,
    Journal,
)
from ccsim.results.ordered_legs import OrderedLegs

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

ROUNDING: Final = 1e-5  # s: sums of talk and hold differ from the clock by less than this
# Ways a contact is over, by the outcome of its last leg.
OVER: Final = (
    "handled", "dropped", "abandoned", "silent", "balked", "blocked", "closed", "message", "contained",
    "quit", "no_reply",
)  # fmt: skip
# Places where it is until then. A contact is lost between two legs that do not follow each other.
UNDER_WAY: Final = (
    "in_session", "waiting", "awaiting_callback", "awaiting_customer", "in_hand", "lost",
)  # fmt: skip
PLACES: Final = (*OVER, *UNDER_WAY)


def whereabouts(journal: Journal, at: float | None = None) -> dict[str, int]:
    """Contacts by where they stand at a moment (s; None: the end of the run), told from times alone.

    The identity is arrived = the sum of `PLACES`, with none of them `lost`; 'arrived' is in the dict.
    """
    legs = OrderedLegs.of(journal)
    now = journal.end if at is None else at
    begun = legs.entered <= now
    here = np.flatnonzero(begun & ~_followed(legs, begun))
    place = _places(journal, legs, now)[here]
    counts = np.bincount(place, minlength=len(PLACES))
    arrived = np.unique(legs.contact[begun])
    return {"arrived": len(arrived), **dict(zip(PLACES, counts.tolist(), strict=True))}


def overlaps(journal: Journal) -> int:
    """Legs that begin before the leg of the same contact before them is over."""
    legs = OrderedLegs.of(journal)
    over = _over(legs)
    early = legs.entered < legs.before(over) - ROUNDING
    return int(np.count_nonzero(early & (legs.leg > 0)))


def _followed(legs: OrderedLegs, begun: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Whether the next leg of the same contact has begun too."""
    following = np.append(begun[1:] & (legs.leg[1:] > 0), False)
    return np.asarray(following)


def _over(legs: OrderedLegs) -> Floats:
    """When the customer is done with each leg (s); inf where that has not happened."""
    spoken = np.where(legs.agent >= 0, legs.spoken, legs.ended)
    return np.asarray(np.where(np.isnan(legs.ended), np.inf, spoken), np.float64)


def _places(journal: Journal, legs: OrderedLegs, now: float) -> Ints:
    """Place of each leg's contact at a moment, if the leg is where it is."""
    done = _over(legs) <= now
    more = np.append(legs.leg[1:] > 0, False)
    called = journal.names.queue_kind[legs.queue] == CALLBACK
    taken = (legs.agent >= 0) & (legs.left <= now)
    awaited = (legs.outcome == REPLIED) & done | (legs.outcome == AWAITING)
    again = (legs.outcome == NO_REPLY) & done & more
    conditions = {
        "awaiting_customer": awaited,
        "awaiting_callback": again | (called & ~taken & ~done),
        "in_session": legs.session & ~done,
        "in_hand": (taken & ~done) | (legs.outcome == IN_HAND) & taken,
        "waiting": ~done,
        "lost": more,
    }
    named = [OUTCOMES.index(name) for name in OVER]
    ends = np.full(len(OUTCOMES), PLACES.index("lost"))
    ends[named] = np.arange(len(OVER))
    places = [np.full(len(done), PLACES.index(name)) for name in conditions]
    return np.asarray(np.select(list(conditions.values()), places, default=ends[legs.outcome]))

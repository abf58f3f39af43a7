"""SERVQUAL: the five dimensions of service quality, and which figures speak of each. For reports only.

The dimensions are Parasuraman, Zeithaml and Berry's (Journal of Retailing 64, 1988). They come from a
questionnaire; which of a centre's figures stand for which of them is our own reading (reliability: the
promise is kept; assurance: the answer comes from somebody who can; tangibles: what self-service feels
like; empathy: nobody has to start again, and gets an agent's whole attention; responsiveness: no wait).

A dimension's index is 100 times the plain mean of its shares, those of which less is better taken as what
is left to 1. Times and numbers are listed beside them and do not count, nor do shares that a centre does
not have. 100 is not "the best there is", and indices of two dimensions do not compare. Nothing downstream
uses them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from ccsim.results.journeys import Journeys
from ccsim.results.measures import MEASURES
from ccsim.results.tally import Tally

DIMENSIONS: Final[dict[str, tuple[str, ...]]] = {
    "reliability": ("fcr", "resolution_rate", "due_hit_rate", "callbacks_reached", "contacts_per_issue"),
    "assurance": ("transfer_rate", "escalation_rate", "novice_issues"),
    "tangibles": ("bot_resolution", "bounce_back", "self_service_quit", "asked_for_person", "session_time"),
    "empathy": ("retold_issues", "context_kept", "crowded_issues", "interruptions"),
    "responsiveness": ("service_level", "abandonment", "asa", "wait_p95", "first_response"),
}


@dataclass(frozen=True)
class OfJourneys:
    """A share of issues, counted on their journeys; less of it is better."""

    label: str
    which: Callable[[Journeys], np.ndarray]

    def share(self, journeys: Journeys) -> float:
        """The share; nan where there are no issues."""
        total = journeys.issues
        return float(journeys.count[self.which(journeys)].sum() / total) if total > 0 else math.nan


OWN: Final[dict[str, OfJourneys]] = {
    "novice_issues": OfJourneys("answered by beginners", lambda rows: rows.novice > 0),
    "retold_issues": OfJourneys("story told again", lambda rows: rows.retold > 0),
    "crowded_issues": OfJourneys("agent with more than two in hand", lambda rows: rows.crowd > 0),
}


def label_of(name: str) -> str:
    """What a figure is called."""
    return OWN[name].label if name in OWN else MEASURES[name].label


def value_in(name: str, tally: Tally) -> float:
    """A figure in one replication (or several, pooled, where it is a ratio); nan: nothing was counted."""
    if name in OWN:
        return OWN[name].share(tally.journeys) if tally.journeys is not None else math.nan
    return float(MEASURES[name].values(tally)[0])


def score(name: str, value: float) -> float:
    """0-1, more is better; nan for what is no share, or of which neither more nor less is better."""
    unit, better = ("share", "down") if name in OWN else (MEASURES[name].unit, MEASURES[name].better)
    if unit != "share" or better is None:
        return math.nan
    return value if better == "up" else 1.0 - value


def index(dimension: str, values: Mapping[str, float]) -> float:
    """The index of a dimension, 0-100; nan where the centre has none of its shares."""
    scores = [score(name, values[name]) for name in DIMENSIONS[dimension]]
    known = [one for one in scores if not math.isnan(one)]
    return 100.0 * float(np.mean(known)) if known else math.nan

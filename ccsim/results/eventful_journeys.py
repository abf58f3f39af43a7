"""Journeys through every channel, issue by issue: what self-service, switches and turns mean to customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import (
    ABANDONED,
    ASKED,
    BALKED,
    BLOCKED,
    CONTAINED,
    DROPPED,
    ESCALATED,
    FOLLOW_UP,
    HANDED_OVER,
    IN_HAND,
    PEOPLE,
    QUIT,
    SILENT,
    TRANSFERRED,
    Journal,
)
from ccsim.results.answered_by import CROWD, crowding, novices, ramps
from ccsim.results.draws import parameters_of
from ccsim.results.grid import at_once, thresholds_of
from ccsim.results.issue_facts import switched
from ccsim.results.ordered_legs import OrderedLegs, one_of

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

LEFT: Final = one_of((ABANDONED, BALKED, BLOCKED, DROPPED, QUIT, SILENT))
_TRANSFERS: Final = one_of((TRANSFERRED, ESCALATED))
_PASSED_ON: Final = one_of((TRANSFERRED, ESCALATED, HANDED_OVER, ASKED))
PROMISED: Final = 86_400.0  # s: the answer that a deferred channel promises if it says nothing
CROWD_STEP: Final = 0.25  # width of a bin of the contacts in hand above two


def is_eventful(journal: Journal, scenario: Scenario | None) -> bool:
    """Whether there is more to these journeys than a telephone centre knows."""
    names = journal.names
    if len(names.channels) > 1 or (names.queue_kind != PEOPLE).any():
        return True
    if scenario is not None and _unlike_a_telephone(journal, scenario):
        return True
    return max(journal.contacts.seen, default=0) > IN_HAND


def _unlike_a_telephone(journal: Journal, scenario: Scenario) -> bool:
    deferred = any(scenario.channels[name].deferred for name in journal.names.channels)
    room = at_once(scenario, journal.names.groups, journal.names.channels)
    return deferred or bool((room > CROWD).any()) or ramps(journal, scenario) is not None


@dataclass(frozen=True, eq=False)
class Eventful:
    """Of some issues, what `Journeys` says of each row, and the seconds queued."""

    columns: dict[str, Ints]
    wait: Floats

    @classmethod
    def of(
        cls,
        journal: Journal,
        scenario: Scenario | None,
        chosen: npt.NDArray[np.intp],
        ordered: OrderedLegs | None = None,
    ) -> Eventful:
        """What customers went through, whatever happened in the journal."""
        contacts, legs = journal.contacts, ordered or OrderedLegs.of(journal)
        own = contacts.kind != FOLLOW_UP  # the centre's own answer to a message costs no effort

        def by_contact(which: Any) -> Ints:
            return np.bincount(contacts.issue[which], minlength=len(journal.issues))

        def by_leg(which: Mask) -> Ints:
            return np.bincount(legs.issue[which], minlength=len(journal.issues))

        found = {
            "contacts": by_contact(own),
            "transfers": by_leg(_TRANSFERS[legs.outcome]),
            "switches": by_contact(switched(journal)),
            "retold": _retold(journal, legs),
            "abandons": by_leg(LEFT[legs.outcome]),
            "dead_ends": by_contact(_dead_ends(journal, legs)),
            **_company(journal, legs, scenario),
        }
        columns = {name: values[chosen] for name, values in found.items()}
        return cls(columns, _waited(journal, legs, scenario)[chosen])

    def features(self, rows: Mapping[str, Any]) -> dict[str, Ints]:
        """What rows of these columns stand for: themselves."""
        return {name: rows[name] for name in self.columns}


def _retold(journal: Journal, legs: OrderedLegs) -> Ints:
    """Times the story was told again, by issue.

    Told: at each contact that reaches self-service or a person, unless the first person knows it
    already; and to each person after a hand-over without context. The first time is not again.
    """
    contacts = journal.contacts
    told = legs.by_contact(legs.session | legs.spoke)
    known = legs.context[legs.queued]
    first = np.full(len(journal.issues), -1, np.int64)
    rows = np.flatnonzero(told)[::-1]
    first[contacts.issue[rows]] = rows  # the earliest is written last
    again = told & ~known
    again[first[first >= 0]] = False
    after = legs.spoke & ~legs.context & _PASSED_ON[legs.before(legs.outcome)]
    times = np.bincount(contacts.issue[again], minlength=len(journal.issues))
    return times + np.bincount(legs.issue[after], minlength=len(journal.issues))


def _dead_ends(journal: Journal, legs: OrderedLegs) -> Mask:
    """Contacts whose session came to nothing: given up, not truly resolved, or passed on untold."""
    contacts = journal.contacts
    outcome, known = legs.outcome[legs.first], legs.context[legs.queued]
    passed = (outcome == HANDED_OVER) | (outcome == ASKED)
    return np.asarray((outcome == QUIT) | ((outcome == CONTAINED) & ~contacts.resolved) | (passed & ~known))


def _waited(journal: Journal, legs: OrderedLegs, scenario: Scenario | None) -> Floats:
    """Seconds queued by issue: on the line as they were, elsewhere in units of what was promised.

    Nobody sits beside an e-mail: a wait as long as the channel promises (`due`) is felt like a minute
    or so on the line (`effort.promised_wait`). Neither self-service nor the call-back list is a queue.
    """
    names = journal.names
    wait = np.where(np.isnan(legs.left), journal.end, legs.left) - legs.entered
    wait[names.queue_kind[legs.queue] != PEOPLE] = 0.0
    if scenario is not None:
        limits = thresholds_of(scenario, names.channels)
        promised = np.where(np.isnan(limits.due), PROMISED, np.maximum(limits.due, 1.0))
        minute = parameters_of(scenario)["effort.promised_wait"].number
        felt = np.where(limits.deferred, minute / promised, 1.0)
        wait *= felt[names.queue_channel[legs.queue]]
    return np.asarray(np.bincount(legs.issue, wait, len(journal.issues)), np.float64)


def _company(journal: Journal, legs: OrderedLegs, scenario: Scenario | None) -> dict[str, Ints]:
    """How crowded the hands were that an issue was in, and whether they were a beginner's.

    Means over the legs that were answered: of the contacts in hand above two, in quarters; of legs
    answered by beginners, rounded.
    """
    none = np.zeros(len(journal.issues), np.int64)
    if scenario is None:
        return {"crowd": none, "novice": none}
    rows = np.flatnonzero(legs.spoke)
    answered = np.maximum(np.bincount(legs.issue[rows], minlength=len(none)), 1)

    def mean(values: Floats | None) -> Floats:
        sums = none if values is None else np.bincount(legs.issue[rows], values, len(none))
        return np.asarray(sums / answered)

    crowd = mean(crowding(journal, scenario, legs, rows))
    beginners = mean(novices(journal, scenario, legs, rows))
    return {
        "crowd": np.rint(crowd / CROWD_STEP).astype(np.int64),
        "novice": np.rint(beginners).astype(np.int64),
    }

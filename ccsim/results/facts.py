"""Facts: the sums of which every measure is made, and what each of them counts."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

FACTS: dict[str, str] = {
    "offered": "contacts that asked for a person: handled, dropped, abandoned, balked, blocked, waiting, "
    "called back in vain, awaiting the customer and in hand (of a queue: legs that entered it)",
    "handled": "contacts whose last leg was handled (of a queue or group: legs handled, passed on or not)",
    "abandoned": "gave up waiting, short and silent abandons included",
    "silent": "of these, without a sign: an agent lost time on it",
    "dropped": "left in the middle of the session",
    "balked": "left at once rather than wait",
    "blocked": "found no line or no place in the queue",
    "closed": "turned away outside opening hours; not offered",
    "message": "found the doors closed and left a message; not offered",
    "waiting": "still in the queue or on the call-back list when the run ended",
    "awaiting": "the customer's turn to write when the run ended",
    "in_hand": "still with an agent when the run ended",
    "answered": "answered by an agent in the first leg in a queue",
    "in_time": "answered in the first leg in a queue within the threshold",
    "short": "hung up in the first leg before `short_abandon`",
    "early": "hung up in the first leg within the threshold",
    "wait": "seconds waited in the first leg by those answered",
    "talk": "seconds of talk, all legs",
    "hold": "seconds of hold, all legs",
    "wrap": "seconds of wrap-up, all legs",
    "phone": "seconds of talk and hold on the telephone",
    "transferred": "contacts transferred at least once (of a queue or group: legs passed on)",
    "escalated": "contacts passed to a higher tier at least once (of a queue or group: legs)",
    "interrupted": "times that work was put back into the queue for a live contact",
    "replied": "answers given after which it was the customer's turn",
    "conversations": "contacts handled on messaging channels",
    "turns": "answers given in these, the last ones too",
    "callbacks": "contacts that took a call-back (of a queue: legs)",
    "called_back": "of these, reached by the call-back",
    "callback_delay": "seconds from their first queue to that call's answer",
    "rang_out": "call-backs that nobody answered",
    "no_reply": "contacts never reached by the call-back (of a queue: call-backs that nobody answered)",
    "redials": "offered contacts whose predecessor was not handled",
    "repeats": "offered contacts whose predecessor was handled without resolving the issue",
    "bounces": "offered contacts whose predecessor was contained by self-service",
    "follow_ups": "offered contacts in which a message left is answered",
    "sessions": "contacts that entered self-service",
    "contained": "of these, left it served, or so it seems; not offered",
    "bot_resolved": "of these, with the issue resolved",
    "bounced": "of the contained, followed by another contact of the issue",
    "quit": "of the sessions, given up in self-service; not offered",
    "asked": "of the sessions, left by asking for a person",
    "handed_over": "of the sessions, handed over to people at their end",
    "kept": "of those who asked or were handed over, with nothing to be told again",
    "in_session": "still in self-service when the run ended; not offered",
    "session_time": "seconds in self-service",
    "responses": "offered contacts on deferred channels that got an answer",
    "response_time": "seconds from their arrival to the end of that answer",
    "due": "offered contacts on deferred channels whose due date lies in the run, or was met in it",
    "due_met": "of these, answered by their due date",
    "backlog": "contact-seconds of deferred work waiting or in hand",
    "left_over": "deferred contacts waiting or in hand, summed over the ends of days",
    "left_over_age": "seconds since the oldest of them arrived, summed over the ends of days",
    "left_over_days": "ends of days with anything left over, each channel apart",
    "intervals": "intervals in which something was offered, each channel with a target apart",
    "intervals_met": "of these, with the service level on target",
    "days": "days on which something was offered, each channel with a target apart",
    "days_met": "of these, with the service level on target",
    "issues": "issues born",
    "issue_contacts": "contacts of these issues",
    "resolved": "of these issues, resolved by the end of the run",
    "gave_up": "of these issues, given up",
    "open": "of these issues, open at the end of the run",
    "resolution_time": "seconds from birth to solution of those resolved",
    "switches": "changes of channel from one contact of an issue to the next",
    "switched": "of these issues, with a change of channel",
    "more_channels": "channels on which each of these issues came beyond one, summed",
    "fcr_issues": "of these issues, with at least one contact handled or contained",
    "fcr_resolved": "of these, resolved by the first contact handled or contained",
    "seen_issues": "of the issues with a contact handled or contained, those whose seven days are complete",
    "seen_resolved": "of these, without a further contact of that customer on that intent within "
    "seven days of the first contact handled or contained",
    "reached": "contacts before which outreach reached the customer",
    "prevented": "of these, contacts that did not come about",
    "solved": "legs of a group that resolved their issue (counted where that costs a gesture)",
    "hired": "people who joined a group",
    "busy": "agent-seconds with at least one contact, overtime included",
    "hands": "contact-seconds in agents' hands",
    "used": "the same, each contact divided by how many its agent has room for",
    "seated": "agent-seconds ready or busy, overtime included",
    "strained": "the same, each second times the agent's strain (0 to 1)",
    "under_strain": "agent-seconds seated in groups where strain is on",
    "on_break": "agent-seconds on break",
    "absent": "agent-seconds absent",
    "away": "agent-seconds in meetings, in training or off the plan",
    "meetings": "of these, by plan: the shift's share of meetings and coaching, and training",
    "overtime": "agent-seconds seated after the end of the shift",
    "in_plan": "agent-seconds seated by plan: seated less overtime",
    "paid": "agent-seconds paid: on the roster and overtime; of an on_seat group, seated time "
    "grossed up by its shrinkage",
    "cost": "all costs of the counted weeks, from the ledger",
    "periods": "times the slice occurred: counted weeks (of a day: 1)",
    "days_counted": "days in the slice",
    "clock": "seconds on the clock in the slice",
}


class FactsAlong(dict[str, FloatArray]):
    """Facts by name, each an array of the same `shape`; one that never occurred is 0 throughout.

    KeyError for a name that is no fact.
    """

    def __init__(self, shape: tuple[int, ...], facts: Mapping[str, FloatArray]) -> None:
        super().__init__(facts)
        self.shape = shape

    def __missing__(self, name: str) -> FloatArray:
        if name not in FACTS:
            raise KeyError(name)
        return np.zeros(self.shape)

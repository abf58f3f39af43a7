"""The journal as tidy frames: names for integers, timestamps for seconds, units in the docs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import KINDS, OUTCOMES, SELF_SERVICE, STATES, STATUSES, Journal, Records
from ccsim.results.slices import WEEKDAYS

if TYPE_CHECKING:
    import datetime

    import pandas as pd

__all__ = ["COLUMN_DOCS", "WEEKDAYS", "agents", "contacts", "issues", "legs", "to_frames"]

NOBODY = "nobody"
PLACES = ("people", "call_back", "self_service")  # by kind of queue

_TIMES = "time, local"
COLUMN_DOCS: dict[str, dict[str, tuple[str, str]]] = {
    "issues": {
        "issue": ("number", "its number, in order of birth"),
        "channel": ("name", "channel of its first contact"),
        "contacts": ("number", "contacts it took, until the end of the run"),
        "intent": ("name", "why the customer contacts"),
        "segment": ("name", "segment of the customer"),
        "customer": ("number", "index of the customer within the segment; -1 unknown"),
        "born": (_TIMES, "arrival of its first contact"),
        "status": ("name", "open, resolved or gave_up, at the end of the run"),
        "ended": (_TIMES, "when it was resolved or given up; empty while open"),
        "counted": ("yes/no", "born in the counted weeks"),
    },
    "contacts": {
        "contact": ("number", "its number, in order of arrival"),
        "issue": ("number", "the issue it is about"),
        "attempt": ("number", "0 for the first contact of the issue, 1 for the next ..."),
        "kind": (
            "name",
            "first, redial (the one before was not handled), repeat (it was, and did not solve the issue), "
            "bounce (it was contained by self-service) or follow_up (it left a message)",
        ),
        "channel": ("name", "channel on which it came"),
        "intent": ("name", "intent of the issue"),
        "segment": ("name", "segment of the customer"),
        "self_service": ("name", "the self-service in which it began, or none"),
        "arrived": (_TIMES, "beginning of its first leg"),
        "ended": (_TIMES, "when the customer was done; empty if not by the end of the run"),
        "outcome": ("name", "outcome of its last leg"),
        "resolved": ("yes/no", "it resolved its issue"),
        "legs": ("number", "number of legs: stays in self-service, in a queue, on the call-back list"),
        "wait": ("s", "wait of its first leg in a queue for people; empty if still waiting, or if none"),
        "handling": ("s", "talk, hold and wrap-up of all legs that agents are done with"),
        "counted": ("yes/no", "arrived in the counted weeks"),
    },
    "legs": {
        "contact": ("number", "the contact it is part of"),
        "issue": ("number", "the issue it is about"),
        "leg": ("number", "0 for the first stay of the contact, 1 for what followed ..."),
        "intent": ("name", "the intent it was handled as"),
        "queue": ("name", "channel/skill, the same with (call-back), or channel/self-service"),
        "place": ("name", "people, call_back or self_service: whose queue it is"),
        "group": ("name", "group that answered, or nobody"),
        "agent": ("number", "agent who answered; -1 nobody"),
        "outcome": ("name", "how the leg ended: handled, transferred, abandoned, contained, replied ..."),
        "entered": (_TIMES, "entry into the queue or into self-service"),
        "left": (_TIMES, "answered, or gone; empty if still waiting at the end"),
        "ended": (_TIMES, "agent and customer done with this leg; empty if not yet at the end"),
        "wait": ("s", "left less entered; empty in self-service"),
        "talk": ("s", "talk, as long as it took; 0 where no agent answered"),
        "hold": ("s", "hold"),
        "wrap": ("s", "wrap-up"),
        "resolved": ("yes/no", "this leg resolved the issue"),
        "context": ("yes/no", "nothing need be told again in this leg"),
        "counted": ("yes/no", "entered in the counted weeks"),
    },
    "agents": {
        "agent": ("number", "the agent"),
        "group": ("name", "the agent's group"),
        "site": ("name", "the group's site"),
        "state": ("name", "ready, handling, break, absent, away or off"),
        "load": ("number", "contacts in hand"),
        "start": (_TIMES, "from"),
        "end": (_TIMES, "to"),
        "seconds": ("s", "length of the spell"),
    },
}


def to_frames(journal: Journal, start: datetime.date) -> dict[str, pd.DataFrame]:
    """The four tables of a journal, each documented in `COLUMN_DOCS`.

    `start` is the first counted day of the scenario, time 0 of the journal.
    """
    makers = {"issues": issues, "contacts": contacts, "legs": legs, "agents": agents}
    return {name: make(journal, start) for name, make in makers.items()}


def issues(journal: Journal, start: datetime.date) -> pd.DataFrame:
    """One row an issue."""
    rows, names = journal.issues, journal.names
    cell = rows["cell"]
    return _frame(
        issue=np.arange(len(rows)),
        channel=_named(names.channels, names.cell_channel[cell]),
        contacts=np.bincount(journal.contacts.issue, minlength=len(rows)),
        intent=_named(names.intents, names.cell_intent[cell]),
        segment=_named(names.segments, names.cell_segment[cell]),
        customer=rows["customer"],
        born=_stamps(rows["born"], start),
        status=_named(STATUSES, rows["status"]),
        ended=_stamps(rows["ended"], start),
        counted=journal.counted_issues,
    )


def contacts(journal: Journal, start: datetime.date) -> pd.DataFrame:
    """One row a contact."""
    rows, names, legs = journal.contacts, journal.names, journal.legs
    cell = journal.issues["cell"][rows.issue]
    queued = legs[rows.queued]
    return _frame(
        contact=np.arange(len(rows)),
        issue=rows.issue,
        attempt=rows.attempt,
        kind=_named(KINDS, rows.kind),
        channel=_named(names.channels, rows.channel),
        intent=_named(names.intents, names.cell_intent[cell]),
        segment=_named(names.segments, names.cell_segment[cell]),
        self_service=_bots(journal),
        arrived=_stamps(rows.arrived, start),
        ended=_stamps(rows.ended, start),
        outcome=_named(OUTCOMES, rows.outcome),
        resolved=rows.resolved,
        legs=rows.legs,
        wait=_waits(journal, queued),
        handling=_handling(journal),
        counted=journal.counted_contacts,
    )


def legs(journal: Journal, start: datetime.date) -> pd.DataFrame:
    """One row a leg, in order of contact and leg."""
    rows = journal.legs[np.lexsort((journal.legs["leg"], journal.legs["contact"]))]
    names = journal.names
    return _frame(
        contact=rows["contact"],
        issue=rows["issue"],
        leg=rows["leg"],
        intent=_named(names.intents, rows["intent"]),
        queue=_named(names.queues, rows["queue"]),
        place=_named(PLACES, names.queue_kind[rows["queue"]]),
        group=_named((*names.groups, NOBODY), rows["group"] % (len(names.groups) + 1)),
        agent=rows["agent"],
        outcome=_named(OUTCOMES, rows["outcome"]),
        entered=_stamps(rows["entered"], start),
        left=_stamps(rows["left"], start),
        ended=_stamps(rows["ended"], start),
        wait=_waits(journal, rows),
        talk=rows["talk"],
        hold=rows["hold"],
        wrap=rows["wrap"],
        resolved=rows["resolved"] == 1,
        context=rows["context"] == 1,
        counted=journal.counted(rows["entered"]),
    )


def agents(journal: Journal, start: datetime.date) -> pd.DataFrame:
    """One row a spell of an agent, in order of agent and time."""
    spells, names = journal.spells(), journal.names
    group = names.agents[spells.agent]
    return _frame(
        agent=spells.agent,
        group=_named(names.groups, group),
        site=_named(names.sites, group),
        state=_named(STATES, spells.state),
        load=spells.load,
        start=_stamps(spells.start, start),
        end=_stamps(spells.end, start),
        seconds=spells.end - spells.start,
    )


def _waits(journal: Journal, legs: Records) -> npt.NDArray[np.float64]:
    """Seconds that some legs waited; nan in self-service, and while they still wait."""
    alone = journal.names.queue_kind[legs["queue"]] == SELF_SERVICE
    return np.where(alone, np.nan, legs["left"] - legs["entered"])


def _bots(journal: Journal) -> pd.Categorical:
    """The self-service in which each contact began."""
    names, queue = journal.names, journal.legs["queue"][journal.contacts.first]
    none = len(names.bots)
    return _named(
        (*names.bots, "none"),
        np.where(names.queue_kind[queue] == SELF_SERVICE, names.queue_skill[queue], none),
    )


def _handling(journal: Journal) -> npt.NDArray[np.float64]:
    """Work of all legs of each contact that agents are done with (s)."""
    legs = journal.legs
    done = legs["outcome"] != OUTCOMES.index("in_hand")
    work = (legs["talk"] + legs["hold"] + legs["wrap"]) * done
    return np.asarray(np.bincount(legs["contact"], work), np.float64)


def _named(names: tuple[str, ...], codes: npt.NDArray[Any]) -> pd.Categorical:
    import pandas as pd

    distinct = list(dict.fromkeys(names))
    place = np.array([distinct.index(name) for name in names])
    dtype = pd.CategoricalDtype(distinct)
    named: pd.Categorical = pd.Categorical.from_codes(place[codes].astype(np.int64), dtype=dtype)
    return named


def _stamps(seconds: npt.NDArray[np.float64], start: datetime.date) -> npt.NDArray[np.datetime64]:
    """Local timestamps, to the microsecond; empty (NaT) where the time is nan."""
    unknown = np.isnan(seconds)
    micro = np.round(np.where(unknown, 0.0, seconds) * 1e6).astype("timedelta64[us]")
    stamps = np.datetime64(start, "us") + micro
    stamps[unknown] = np.datetime64("NaT")
    return stamps


def _frame(**columns: Any) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(columns)

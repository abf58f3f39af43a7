"""The journal as tidy frames: names for integers, timestamps for seconds, units in the docs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import KINDS, OUTCOMES, STATES, STATUSES, Journal
from ccsim.results.slices import WEEKDAYS

if TYPE_CHECKING:
    import datetime

    import pandas as pd

__all__ = ["COLUMN_DOCS", "WEEKDAYS", "agents", "contacts", "issues", "legs", "to_frames"]

NOBODY = "nobody"

_TIMES = "time, local"
COLUMN_DOCS: dict[str, dict[str, tuple[str, str]]] = {
    "issues": {
        "issue": ("number", "its number, in order of birth"),
        "channel": ("name", "channel of its first contact"),
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
        "kind": ("name", "first, redial (the one before was not handled) or repeat"),
        "channel": ("name", "channel"),
        "intent": ("name", "intent of the issue"),
        "segment": ("name", "segment of the customer"),
        "arrived": (_TIMES, "entry of its first leg into a queue"),
        "ended": (_TIMES, "when the customer was done; empty if not by the end of the run"),
        "outcome": ("name", "outcome of its last leg"),
        "legs": ("number", "number of legs: 1 and one more for each transfer"),
        "wait": ("s", "wait of its first leg; empty if still waiting"),
        "handling": ("s", "talk, hold and wrap-up of all legs that were handled"),
        "counted": ("yes/no", "arrived in the counted weeks"),
    },
    "legs": {
        "contact": ("number", "the contact it is part of"),
        "issue": ("number", "the issue it is about"),
        "leg": ("number", "0 for the first queue of the contact, 1 after a transfer ..."),
        "intent": ("name", "the intent it was handled as"),
        "queue": ("name", "channel/skill"),
        "group": ("name", "group that answered, or nobody"),
        "agent": ("number", "agent who answered; -1 nobody"),
        "outcome": ("name", "handled, transferred, abandoned, balked, blocked, closed, waiting..."),
        "entered": (_TIMES, "entry into the queue"),
        "left": (_TIMES, "answered, or gone; empty if still waiting at the end"),
        "wait": ("s", "left less entered"),
        "talk": ("s", "talk; 0 where not handled"),
        "hold": ("s", "hold"),
        "wrap": ("s", "wrap-up"),
        "resolved": ("yes/no", "this leg resolved the issue"),
        "context": ("yes/no", "came by a warm transfer: nothing need be told again"),
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
    first = legs[rows.first]
    return _frame(
        contact=np.arange(len(rows)),
        issue=rows.issue,
        attempt=rows.attempt,
        kind=_named(KINDS, rows.kind),
        channel=_named(names.channels, rows.channel),
        intent=_named(names.intents, names.cell_intent[cell]),
        segment=_named(names.segments, names.cell_segment[cell]),
        arrived=_stamps(rows.arrived, start),
        ended=_stamps(rows.ended, start),
        outcome=_named(OUTCOMES, rows.outcome),
        legs=rows.legs,
        wait=first["left"] - first["entered"],
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
        group=_named((*names.groups, NOBODY), rows["group"] % (len(names.groups) + 1)),
        agent=rows["agent"],
        outcome=_named(OUTCOMES, rows["outcome"]),
        entered=_stamps(rows["entered"], start),
        left=_stamps(rows["left"], start),
        wait=rows["left"] - rows["entered"],
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


def _handling(journal: Journal) -> npt.NDArray[np.float64]:
    """Work of all handled legs of each contact (s)."""
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

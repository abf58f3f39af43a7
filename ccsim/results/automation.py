"""Measures of what keeps contacts from people: self-service and outreach."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.results.measure import SESSIONS, By, Measure
from ccsim.results.slices import facts_by
from ccsim.results.tally import Tally

PREVENTED: tuple[By, ...] = (None, "channel", "intent", "segment")


def _time_saved(tally: Tally, by: By) -> npt.NDArray[np.float64]:
    """Agent-seconds a week that people would have spent on what self-service resolved."""
    facts = facts_by(tally, "channel")
    with np.errstate(invalid="ignore", divide="ignore"):
        each = facts["bot_resolved"] * facts["used"] / facts["handled"] / facts["periods"]
    each = np.where(facts["bot_resolved"] > 0, each, 0.0)
    return each if by == "channel" else each.sum(keepdims=True)


SELF_SERVICE = (
    Measure(
        "sessions", "entered self-service", "contacts", "sessions", "periods", SESSIONS, None,
        "Contacts that began in self-service.",
    ),
    Measure(
        "containment", "contained (claimed)", "share", "contained", "sessions", SESSIONS, None,
        "Sessions that ended without a person, served or so it seems: what sellers count.",
    ),
    Measure(
        "bot_resolution", "truly resolved", "share", "bot_resolved", "sessions", SESSIONS, "up",
        "Sessions that resolved the issue.",
    ),
    Measure(
        "bounce_back", "bounced back", "share", "bounced", "sessions", SESSIONS, "down",
        "Sessions contained whose issue came back all the same, on whatever channel.",
    ),
    Measure(
        "handed_over", "handed over", "share", "handed_over", "sessions", SESSIONS, None,
        "Sessions passed on to people at their end.",
    ),
    Measure(
        "asked_for_person", "asked for a person", "share", "asked", "sessions", SESSIONS, "down",
        "Sessions that the customer broke off to speak with a person.",
    ),
    Measure(
        "context_kept", "handed over with context", "share", "kept", "asked + handed_over", SESSIONS, "up",
        "Of those who went on to people, with nothing to be told again.",
    ),
    Measure(
        "self_service_quit", "gave up in self-service", "share", "quit", "sessions", SESSIONS, "down",
        "Sessions left without an answer and without asking for a person.",
    ),
    Measure(
        "session_time", "session", "s", "session_time", "sessions", SESSIONS, None,
        "Time in self-service.",
    ),
    Measure(
        "agent_time_saved", "agent time saved", "hours",
        "truly resolved x room used per contact handled on that channel", "", (None, "channel"), "up",
        "What people would have spent on what self-service truly resolved, at the mean of the channel. "
        "An upper bound: what is left for people is harder than what self-service takes.", _time_saved,
    ),
)  # fmt: skip

OUTREACH = (
    Measure(
        "reached", "reached by outreach", "contacts", "reached", "periods", PREVENTED, None,
        "Customers reached before they made contact.",
    ),
    Measure(
        "prevented", "prevented by outreach", "contacts", "prevented", "periods", PREVENTED, "up",
        "Contacts that did not come about, because their customer had been reached.",
    ),
)  # fmt: skip

AUTOMATION = (*SELF_SERVICE, *OUTREACH)

"""Measures of what happens to contacts on their way: passed on, called back, answered in turns."""

from __future__ import annotations

from ccsim.results.measure import BORN, EVERY, QUEUED, Measure

PASSED_ON = (
    Measure(
        "transfer_rate", "transferred", "share", "transferred", "offered", QUEUED, "down",
        "Contacts transferred at least once, of those offered. A queue counts legs.",
    ),
    Measure(
        "escalation_rate", "escalated", "share", "escalated", "offered", QUEUED, "down",
        "Contacts passed to a higher tier at least once, of those offered. A queue counts legs.",
    ),
    Measure(
        "interruptions", "interruptions per contact", "number", "interrupted", "handled", EVERY, "down",
        "Times that work was put back into the queue for a live contact, per contact handled.",
    ),
    Measure(
        "turns", "turns per conversation", "number", "turns", "conversations", BORN, None,
        "Answers given in a messaging contact, of those handled.",
    ),
)  # fmt: skip

CALLED_BACK = (
    Measure(
        "callbacks", "took a call-back", "share", "callbacks", "offered", QUEUED, None,
        "Contacts that left the queue to be called back. They count as offered, neither in time nor "
        "abandoned. A queue counts legs.",
    ),
    Measure(
        "callbacks_reached", "call-backs that reached", "share", "called_back", "callbacks", BORN, "up",
        "Of those who took a call-back, reached by it.",
    ),
    Measure(
        "callback_delay", "call-back after", "s", "callback_delay", "called_back", BORN, "down",
        "From entering the queue to the answer of the call-back, of those reached.",
    ),
    Measure(
        "rang_out", "calls in vain per call-back", "number", "rang_out", "callbacks", BORN, "down",
        "Tries that nobody answered, per call-back taken.",
    ),
)  # fmt: skip

ON_THE_WAY = (*PASSED_ON, *CALLED_BACK)

"""The tables of a centre: rows for what lives, columns for what is drawn or done.

Under SimPy a table of rows is a list of slotted objects and a column an `array` (`rows.py`); under the
compiled clock they are numpy arrays. The text of a handler, `c = m.contacts[i]; c.status = WAITING`, is
the same for both. Tables hold only 8-byte integers and floats; names were left at the door.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

# What waits to happen.
ARRIVAL = 0
PATIENCE_END = 1
TALK_END = 2
COMPLETION = 3
RETURN = 4
OVERFLOW = 5
PLAN = 6
RESUME = 7
DUE = 8  # the first of several works in an agent's hands is done
SESSION_END = 9
CALL_AGAIN = 10
TURN = 11

# Status of a live contact's slot.
FREE = 0
IN_QUEUE = 1
WITH_AGENT = 2
IN_SELF_SERVICE = 3
AWAITING_CALL = 4
AWAITING_TURN = 5

# How a contact is answered, where not in the ordinary way.
ORDINARY = 0
GHOST = 1  # the customer has left without a sign
CALLING = 2  # the agent calls the customer
RESUMED = 3  # work that was put back, partly done

# What a handling will come to, known when it begins.
SOLVES = 1
FAILS = 2
PASSES_ON = 3
RAISES = 4  # passes it on to a higher tier
DROPS = 5  # the customer leaves in mid-session
VANISHED = 6  # a ghost
NO_ONE = 7  # called back, nobody there
REPLIES = 8  # a turn of messaging, not the last
# What a session of self-service will come to.
SERVES = 9
SEEMS_TO_SERVE = 10
GIVES_UP = 11
ASKS = 12
HANDS_OVER = 13

# Kinds of plan rows.
HEADCOUNT = 0
SHIFT_START = 1
SHIFT_END = 2
PAUSE_BREAK = 3
PAUSE_AWAY = 4
BOT_DOWN = 5
BOT_UP = 6

# What an agent whose shift is over does when the hands are empty.
STAY = 0
LEAVE = 1
SERVE_OUT = 2  # at closing time: those still waiting are served first

# When a route or a serve that depends on the state of the queue may be used.
ALWAYS = 0
WAITING_ABOVE = 1
IDLE_BELOW = 2
SERVICE_BELOW = 3

# How a predicted wait is found.
LAST_TO_ENTER_SERVICE = 0
HEAD_OF_LINE = 1
QUEUE_LENGTH = 2

# Which agent of those in reach: by rank alone, or by a score (smallest first).
BY_RANK = 0
LEAST_OCCUPIED = 1
LOAD_AWARE = 2
STRAIN_AWARE = 3
HANDED_IN = 4

# A return carries (issue << CHANNEL_BITS | channel) << ATTEMPT_BITS | attempt.
ATTEMPT_BITS = 16
CHANNEL_BITS = 8
SLOT_BITS = 24  # a late event carries ticket << SLOT_BITS | slot
LEGS = 16  # turn of a draw: attempt * LEGS + leg
MOST_LEGS = 63

NO_LIMIT = 1 << 40
NEVER = 1e15  # seconds: a patience this long makes no event


def _row(**fields: str) -> np.dtype[np.void]:
    kinds = {"i": "i8", "f": "f8"}
    return np.dtype([(name, kinds[kind]) for kind, names in fields.items() for name in names.split()])


# `turn`: attempt and leg in one number, for draws; `turns`: of a conversation in messages.
CONTACT = _row(
    i="issue contact attempt leg turn cell intent queue lane agent status ticket stage verdict gone context "
    "mode need wish turns tries heard soft speeds prv nxt",
    f="entered left ended talk hold wrap waited since work saved",
)
LANE = _row(
    i="head tail room first waiting limit channel queue first_route last_route ladder steps "
    "plain deferred watch depends call day",
    f="credit rate last_wait work asked met within sent",
)
ROUTE = _row(i="group order stage keep shelf shelves when", f="limit")
SERVE = _row(i="lane order stage keep need when deferred", f="limit")
SHELF = _row(i="head tail count")
GROUP = _row(
    i="first_shelf capacity plain first_serve last_serve first_agent last_agent seated surplus serve_out "
    "soft soft_tail needs most site",
    f="due wrap",
)
AGENT = _row(
    i="group slot state pending pause_state version pulse next load used shelf prv nxt soft soft_prv "
    "soft_nxt",
    f="idle_since since due pause pace quality strain advanced idle_time seat_time idle_mark seat_mark",
)
CELL = _row(
    i="lane sites channel intent queue talk hold wrap patience transfer_to transfer_lane redial_cap redial "
    "repeat_cap repeat escalate_to escalate_lane service special",
    f="loading noise transfer_chance warm redial_chance repeat_chance tries_later escalate_chance "
    "escalate_warm",
)
CHANNEL = _row(
    i="limited lines waiting limit opening last_opening renew_patience deferred informs soft "
    "switches switched message_to "
    "think announce balks heard_patience offer tries retry predictor offer_predictor",
    f="drops silent silent_time turns message_chance offer_above offer_waiting accepts keeps_place "
    "no_reply ring heard_factor",
)
SERVICE = _row(  # self-service as one cell meets it
    i="bot queue session contains weeks bounce bounces bounced",
    f="enters loading noise falsely comes_back asks gives_up context saves",
)
BOT = _row(i="free down")
PLANNED = _row(i="kind who more", f="time value")
STATE = _row(
    i="free slots waiting contacts legs presence issues intents segments block channels groups "
    "talk hold wrap patience score complexity pace threshold speeds loads held "
    "simple rule most_loaded interrupts same_agent asks resolves wages unscored",
    f="history",
)

# Streams drawn from inside handlers; `Centre.streams` holds their keys in this order.
STREAMS = (
    "talk", "hold", "wrap", "patience", "resolution", "transfer", "warm", "redial", "redial_delay",
    "repeat", "repeat_delay", "tries_later", "reopening", "escalate", "drop", "drop_moment", "silent",
    "turns", "think", "balk", "accept", "no_reply", "retry", "message", "switch", "history", "enter",
    "session", "contain", "falsely", "gives_up", "asks", "moment", "handover", "bounce", "bounce_delay",
    "bounce_channel",
)  # fmt: skip
(
    TALK, HOLD, WRAP, PATIENCE, RESOLUTION, TRANSFER, WARM, REDIAL, REDIAL_DELAY,
    REPEAT, REPEAT_DELAY, TRIES_LATER, REOPENING, ESCALATE, DROP, DROP_MOMENT, SILENTLY,
    TURNS, THINK, BALK, ACCEPT, UNREACHED, RETRY, LEAVES_MESSAGE, SWITCH, HISTORY, ENTER,
    SESSION, CONTAIN, FALSELY, LEAVES, ASK, MOMENT, HANDOVER, BOUNCES, BOUNCE_DELAY,
    BOUNCE_CHANNEL,
) = range(len(STREAMS))  # fmt: skip

ROW_TABLES = (
    "contacts", "lanes", "routes", "serves", "shelves", "groups", "agents", "cells", "channels",
    "services", "bots", "plan", "state",
)  # fmt: skip


class Centre(NamedTuple):
    """One replication's tables. `numbers` holds every table of floats, `draws` every drawn column."""

    contacts: Any
    lanes: Any
    routes: Any
    serves: Any
    shelves: Any
    groups: Any
    agents: Any
    cells: Any
    channels: Any
    services: Any
    bots: Any
    plan: Any
    state: Any
    numbers: Any  # f8: normal quantiles, tables of quantiles by normal score, ladders, openings, paces …
    streams: Any  # u8: keys of the streams drawn from inside handlers
    key: Any  # u8, an issue each
    cell: Any  # i4, an issue each
    draws: Any  # f8: columns one after another, an issue each; the first is the time of birth
    status: Any  # i4, an issue each: written by the handlers
    ended: Any  # f8, an issue each: written by the handlers
    seen_by: Any  # i4, an issue each where the same agent is preferred: who handled it last, or -1
    legs: Any
    presence: Any

"""The service measures: what planners ask of every channel, each by its usual name."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from ccsim.results.histogram import quantiles
from ccsim.results.measure import BORN, EVERY, PAYROLL, QUEUED, SEATS, By, Measure
from ccsim.results.on_the_way import ON_THE_WAY
from ccsim.results.slices import waits_by
from ccsim.results.tally import ALL, ANSWERED, SHARES, Tally

FloatArray = npt.NDArray[np.float64]

TIMES: tuple[By, ...] = (None, "interval", "day", "weekday_hour", "channel")
WAITS: tuple[By, ...] = (None, "day", "channel", "queue", "intent", "segment")


def _wait(share: float, whose: int) -> Callable[[Tally, By], FloatArray]:
    """Values of a wait quantile by slice; days have theirs kept, all else histograms."""

    def each(tally: Tally, by: By) -> FloatArray:
        if by == "day":
            return tally.day_waits[:, whose, SHARES.index(share)]
        return quantiles(waits_by(tally, by)[:, whose], (share,))[:, 0]

    return each


def _quantile(share: float, whose: int) -> Measure:
    per_cent = round(100 * share)
    name, of, where = (
        ("wait", "answered", (*WAITS, "group", "site"))
        if whose == ANSWERED
        else ("wait_all", "all offered", WAITS)
    )
    return Measure(
        f"{name}_p{per_cent}",
        f"wait of {of}, {per_cent}th pct",
        "s",
        f"{per_cent} % of the waits of {of} were no longer",
        "",
        where,
        "down",
        "Quantile within each replication, averaged over replications. "
        + (
            "First leg; of a queue or group, every leg answered."
            if whose == ANSWERED
            else "Blocked and balked count as 0 s; who still waited at the end, or took a call-back, is "
            "left out."
        ),
        _wait(share, whose),
    )


def _gap(tally: Tally, by: By) -> FloatArray:
    return FCR_OBSERVED.values(tally, by) - FCR.values(tally, by)


VOLUME = (
    Measure(
        "offered", "offered", "contacts", "offered", "periods", QUEUED, None,
        "Contacts that asked for a person: handled, dropped, abandoned, balked, blocked, waiting, in "
        "hand, called back in vain, awaiting the customer. A queue counts legs.",
    ),
    Measure(
        "handled", "handled", "contacts", "handled", "periods", EVERY, None,
        "Contacts whose last leg was handled. A queue or group counts legs, those passed on too.",
    ),
    Measure(
        "abandoned", "abandoned", "contacts", "abandoned - short", "periods", QUEUED, "down",
        "Gave up waiting, short abandons apart; chats left without a sign too.",
    ),
    Measure(
        "short_abandoned", "hung up at once", "contacts", "short", "periods", QUEUED, None,
        "Hung up in the first leg before `short_abandon` (5 s unless given).",
    ),
    Measure(
        "closed", "turned away, closed", "contacts", "closed", "periods", QUEUED, None,
        "Came outside opening hours; not offered.",
    ),
    Measure(
        "messages", "left a message", "contacts", "message", "periods", QUEUED, None,
        "Found it closed and left a message: the issue's next contact is on the channel of messages. "
        "Not offered.",
    ),
)  # fmt: skip

LEVELS = (
    Measure(
        "service_level", "service level", "share", "in_time", "offered - short", QUEUED, "up",
        "Answered within the channel's threshold, of those offered; short abandons count for nothing, "
        "call-backs as not in time.",
    ),
    Measure(
        "service_level_answered", "service level of answered", "share", "in_time", "answered",
        EVERY, "up",
        "Answered within the threshold, of those answered: blind to who hung up.",
    ),
    Measure(
        "service_level_offered", "service level of all offered", "share", "in_time", "offered",
        QUEUED, "up",
        "Answered within the threshold, of all offered: every abandon counts against it.",
    ),
    Measure(
        "service_level_early", "service level, early abandons well served", "share",
        "in_time + early", "offered", QUEUED, "up",
        "Answered or hung up within the threshold, of all offered: early abandons are a success.",
    ),
    Measure(
        "intervals_on_target", "intervals on target", "share", "intervals_met", "intervals",
        TIMES, "up",
        "Intervals with something offered whose service level reached the target; each channel with a "
        "target counts its own.",
    ),
    Measure(
        "days_on_target", "days on target", "share", "days_met", "days", (None, "channel"), "up",
        "Days with something offered whose service level reached the target; each channel with a "
        "target counts its own.",
    ),
)  # fmt: skip

LOSSES = (
    Measure(
        "abandonment", "abandoned", "share", "abandoned - short", "offered - short", QUEUED,
        "down", "Short abandons apart, above and below the line.",
    ),
    Measure(
        "abandonment_all", "abandoned, short ones too", "share", "abandoned", "offered", QUEUED,
        "down", "Everyone who hung up while waiting, of all offered.",
    ),
    Measure(
        "blocked", "blocked", "share", "blocked", "offered", QUEUED, "down",
        "Found no line or no place in the queue.",
    ),
    Measure(
        "balked", "balked", "share", "balked", "offered", QUEUED, "down",
        "Left at once rather than wait, an announced wait among them.",
    ),
    Measure(
        "silent", "left without a sign", "share", "silent", "offered", QUEUED, "down",
        "Gave up waiting but stayed in the queue as a ghost, and cost an agent time. Among the abandoned.",
    ),
    Measure(
        "dropped", "dropped in session", "share", "dropped", "offered", QUEUED, "down",
        "Left in the middle of the session.",
    ),
)  # fmt: skip

WAITING_TIMES = (
    Measure(
        "asa", "wait of answered, mean", "s", "wait", "answered", EVERY, "down",
        "Average speed of answer: waits of those answered only, first leg in a queue. A queue or group "
        "counts legs.",
    ),
    *(_quantile(share, ANSWERED) for share in SHARES),
    *(_quantile(share, ALL) for share in SHARES),
)  # fmt: skip

HANDLING = (
    Measure(
        "aht", "handling time", "s", "talk + hold + wrap", "handled", EVERY, None,
        "Work of all legs per contact handled, as long as it really took: longer where an agent has "
        "several in hand. A queue or group counts legs.",
    ),
    Measure("talk", "talk", "s", "talk", "handled", EVERY, None, "Part of the handling time."),
    Measure("hold", "hold", "s", "hold", "handled", EVERY, None, "Part of the handling time."),
    Measure("wrap_up", "wrap-up", "s", "wrap", "handled", EVERY, None, "Part of the handling time."),
)  # fmt: skip

AGENTS = (
    Measure(
        "occupancy", "occupancy", "share", "busy", "seated", SEATS, None,
        "Time with at least one contact, of that and ready time. Never above 1: overtime is in "
        "both.",
    ),
    Measure(
        "load_per_agent", "contacts in hand while busy", "number", "hands", "busy", SEATS, None,
        "Contacts in hand of an agent who has at least one: 1 on the phone, more with chats.",
    ),
    Measure(
        "capacity_in_use", "room in use", "share", "used", "seated", SEATS, None,
        "Contacts in hand, each as the part of an agent that it takes, of the time on seat: equal to "
        "occupancy where agents take one at a time.",
    ),
    Measure(
        "strain", "strain", "share", "strained", "under_strain", SEATS, "down",
        "Mean strain of those on seat: 0 is rested, 1 the end of months at 100 % occupancy. Of groups where "
        "strain is on.",
    ),
    Measure(
        "utilisation", "utilisation", "share", "busy", "paid", PAYROLL, None,
        "Handling, of paid time.",
    ),
    Measure(
        "shrinkage", "shrinkage", "share", "paid - seated", "paid", PAYROLL, None,
        "Paid time not spent on seat. Given, not simulated, for groups defined by `on_seat`.",
    ),
    Measure(
        "adherence", "adherence", "share", "in_plan", "in_plan + away - meetings", PAYROLL,
        "up",
        "On seat, of the time scheduled to be on seat: the roster less absence, breaks and meetings.",
    ),
    Measure(
        "agents_on_seat", "agents on seat", "agents", "seated", "clock",
        ("interval", "weekday_hour", "day", "group", "site", None), None,
        "Agents ready or busy, on average over the clock.",
    ),
    Measure(
        "agents_busy", "agents busy", "agents", "busy", "clock",
        ("interval", "weekday_hour", "day", "group", "site", None), None,
        "Agents with a contact, on average over the clock.",
    ),
    Measure(
        "paid_time", "paid time", "hours", "paid", "periods", PAYROLL, None,
        "On the roster and overtime; on-seat groups grossed up by their shrinkage.",
    ),
    Measure(
        "overtime", "overtime", "hours", "overtime", "periods", PAYROLL, "down",
        "On seat after the end of the shift.",
    ),
)  # fmt: skip

FCR = Measure(
    "fcr", "FCR, true", "share", "fcr_resolved", "fcr_issues", BORN, "up",
    "Issues resolved by the first contact that was handled (or contained by self-service), of issues "
    "with such a contact. By time of birth of the issue.",
)  # fmt: skip
FCR_OBSERVED = Measure(
    "fcr_observed", "FCR, as you see it", "share", "seen_resolved", "seen_issues", BORN, "up",
    "The same issues, counted as a real centre can: no further contact of that customer on that "
    "intent within seven days; only issues whose seven days are complete.",
)  # fmt: skip

CUSTOMERS = (
    FCR,
    FCR_OBSERVED,
    Measure(
        "fcr_gap", "FCR seen less true", "share", "fcr_observed - fcr", "", BORN, None,
        "How much the observed figure flatters (or wrongs) the centre.", _gap,
    ),
    Measure(
        "contacts_per_issue", "contacts per issue", "number", "issue_contacts", "issues", BORN,
        "down", "All contacts of an issue, those turned away too, until the end of the run.",
    ),
    Measure(
        "repeat_rate", "repeat contacts", "share", "repeats", "offered", BORN, "down",
        "Offered contacts that follow a handled one that did not resolve the issue.",
    ),
    Measure(
        "redial_rate", "redials", "share", "redials", "offered", BORN, "down",
        "Offered contacts that follow one that was not handled.",
    ),
    Measure(
        "bounce_rate", "bounced from self-service", "share", "bounces", "offered", BORN, "down",
        "Offered contacts that follow one contained by self-service.",
    ),
    Measure(
        "follow_up_rate", "messages answered", "share", "follow_ups", "offered", BORN, None,
        "Offered contacts that answer a message left outside opening hours.",
    ),
    Measure(
        "resolution_rate", "issues resolved", "share", "resolved", "issues", BORN, "up",
        "Issues resolved by the end of the run.",
    ),
    Measure(
        "resolution_time", "time to solution", "s", "resolution_time", "resolved", BORN, "down",
        "From the first contact of an issue to its solution, of issues resolved.",
    ),
    Measure(
        "channels_per_issue", "channels per issue", "number", "issues + more_channels", "issues", BORN,
        "down", "Different channels on which the contacts of an issue came.",
    ),
    Measure(
        "channel_switches", "channel switches per issue", "number", "switches", "issues", BORN, "down",
        "Contacts on another channel than the one before; answers to messages apart.",
    ),
    Measure(
        "switched_issues", "issues that changed channel", "share", "switched", "issues", BORN, "down",
        "Issues with at least one such change.",
    ),
)  # fmt: skip

SERVICE = (*VOLUME, *LEVELS, *LOSSES, *WAITING_TIMES, *HANDLING, *ON_THE_WAY, *AGENTS, *CUSTOMERS)

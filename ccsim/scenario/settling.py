"""What a channel's arrivals take from other sections, once all of them are read.

Volumes by day, customer or segment become contacts a week; a deferred channel gets its usual profile;
names in a log must lead somewhere, and some of its moments into the simulated time.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pydantic import ValidationInfo

from ccsim.scenario.arrivals import Arrivals
from ccsim.scenario.call_log import CallLog, log_faults
from ccsim.scenario.contact_rates import MAX_A_WEEK, Rates
from ccsim.scenario.kinds import LIVE, USUAL_KINDS
from ccsim.scenario.trouble import Trouble
from ccsim.units import DAY, WEEK

if TYPE_CHECKING:
    from ccsim.scenario.calendar import Calendar
    from ccsim.scenario.channels import Channel

USUAL_DEFERRED = "flat"
_NEEDED = ("start", "weeks", "warm_up", "follow_up", "calendar", "customers", "intents", "channels")


def settled(arrivals: dict[str, Arrivals], info: ValidationInfo) -> dict[str, Arrivals]:
    """The arrivals of every channel with what the sections read before them say of it.

    Where one of those is at fault itself nothing is settled: its own faults are told.
    """
    known = info.data
    if not set(_NEEDED) <= known.keys():
        return arrivals
    trouble = Trouble()
    found = {name: _settled(name, own, known, trouble) for name, own in arrivals.items()}
    trouble.settle()
    return found


def _settled(name: str, own: Arrivals, known: dict[str, Any], trouble: Trouble) -> Arrivals:
    deferred = _deferred(name, known["channels"])
    update: dict[str, Any] = {}
    if deferred and "profile" not in own.model_fields_set:
        update["profile"] = USUAL_DEFERRED
    if isinstance(own.contacts, Rates):
        update |= _volumes(name, own, own.contacts, known, deferred, trouble)
    if own.log is not None:
        _check_log(name, own.log, known, trouble)
    return own.model_copy(update=update) if update else own


def _deferred(name: str, channels: dict[str, Channel]) -> bool:
    """Whether customers write at all hours; a channel that nobody described is of its usual kind."""
    if name in channels:
        return channels[name].deferred
    return USUAL_KINDS.get(name, "voice") not in LIVE


def _volumes(
    name: str, own: Arrivals, rates: Rates, known: dict[str, Any], deferred: bool, trouble: Trouble
) -> dict[str, Any]:
    counts = {segment: body.count for segment, body in known["customers"].items()}
    days, seconds = _week(name, known["calendar"], deferred)
    told = trouble.take(lambda r: r.a_week(days, seconds, counts), rates, name, "contacts")
    if told is None:
        return {}
    total, by_segment = told
    if total > MAX_A_WEEK:
        trouble.add(
            f"`{total:.0f}` contacts a week are too many", f"the most is {MAX_A_WEEK:.0f}", name, "contacts"
        )
    if by_segment is not None and own.segments is not None:
        trouble.add(
            "stands beside contacts that are stated by customer or segment",
            "leave it out: each segment's share follows from its contacts",
            name,
            "segments",
            key=True,
        )
    if by_segment is None:
        return {"contacts": total}
    shares = {name: part / total if total else 1 / len(by_segment) for name, part in by_segment.items()}
    return {"contacts": total, "segments": shares}


def _week(name: str, calendar: Calendar, deferred: bool) -> tuple[float, float]:
    """Days and seconds of a week in which contacts come."""
    if deferred:
        return 7.0, WEEK
    return float(calendar.open_days(name) or 7), calendar.open_seconds(name) or WEEK


def _check_log(name: str, log: CallLog, known: dict[str, Any], trouble: Trouble) -> None:
    names = {"intent": tuple(known["intents"]), "segment": tuple(known["customers"])}
    log_faults(log, names, trouble, name, "log")
    begin, end = -known["warm_up"], known["weeks"] * WEEK + known["follow_up"]
    times = log.seconds(known["start"])
    if not ((times >= begin) & (times < end)).any():
        first, last = (known["start"] + timedelta(days=edge // DAY) for edge in (begin, end))
        trouble.add(
            f"no contact lies in the simulated time: they are from {log.span[0]} to "
            f"{log.span[1]}, the run is from {first} until {last}",
            "set `start` to the log's first counted day",
            name,
            "log",
            "from",
        )

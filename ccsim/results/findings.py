"""Where it hurts: the few facts a planner would circle in red."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import PEOPLE
from ccsim.results.grid import DAY
from ccsim.results.slices import WEEKDAYS, facts_by
from ccsim.results.tally import Tally

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

FloatArray = npt.NDArray[np.float64]

WINDOW = 2  # hours
FEW_LOST = 0.01  # share of the offered: below it nothing hurts where there are other channels
HARDLY = 20.0  # times as long: beside such a wait the other is none
SHORT = 1.0  # s: a mean wait that nobody speaks of
MANY_BACK = 0.1  # share of the contained that come back
_CONTACTS = {"voice": "calls", "chat": "chats"}
_LONG_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class WorstHours:
    """The window of `WINDOW` hours of the week in which most contacts abandon.

    weekday 0 is Monday; `start` and `end` are hours; `share` is its part of all abandoned (short
    abandons apart), `service_level` that of the window.
    """

    weekday: int
    start: int
    end: int
    share: float
    service_level: float


@dataclass(frozen=True)
class SlowestQueue:
    """The queue whose answered wait longest on average, and by how much (`factor`) which waits least."""

    queue: str
    other: str
    factor: float


def worst_hours(tallies: Sequence[Tally]) -> WorstHours | None:
    """The hours that lose most; None if nobody abandoned."""
    hours = {name: _windows(tallies, name) for name in ("abandoned", "short", "in_time", "offered")}
    lost = hours["abandoned"] - hours["short"]
    single = _hourly(tallies, "abandoned") - _hourly(tallies, "short")
    if single.sum() <= 0:
        return None
    worst = np.flatnonzero(lost.ravel() == lost.max())[-1]  # of equals, the one that begins with it
    weekday, start = (int(i) for i in np.unravel_index(worst, lost.shape))
    asked = hours["offered"][weekday, start] - hours["short"][weekday, start]
    return WorstHours(
        weekday,
        start,
        start + WINDOW,
        float(lost[weekday, start] / single.sum()),
        float(hours["in_time"][weekday, start] / asked),
    )


def slowest_queue(tallies: Sequence[Tally], channel: int = 0) -> SlowestQueue | None:
    """Of a channel's queues for people, the one that waits longest against the one that waits least.

    None if there is but one.
    """
    names = tallies[0].names
    mine = (names.queue_channel == channel) & (names.queue_kind == PEOPLE)
    answered = np.sum([t.by_queue["answered"] for t in tallies], axis=0)
    waited = np.sum([t.by_queue["wait"] for t in tallies], axis=0)
    known = np.flatnonzero((answered > 0) & (waited > 0) & mine)
    if len(known) < 2:
        return None
    means = waited[known] / answered[known]
    slow, quick = int(means.argmax()), int(means.argmin())
    if means[slow] < SHORT:
        return None
    spoken = _short_names(tallies[0])
    factor = float(means[slow] / means[quick])
    return SlowestQueue(spoken[known[slow]], spoken[known[quick]], factor)


def where_it_hurts(tallies: Sequence[Tally], scenario: Scenario | None = None) -> str:
    """The findings as one sentence; empty if nothing hurts.

    Of several channels (whose kinds `scenario` tells): the hours of the live one that loses most, its
    slowest queue, deferred work that is late, and self-service that does not keep what it contains.
    """
    names = tallies[0].names.channels
    if scenario is None:
        return _sentence(_live(tallies, tallies, 0, "voice"))
    live = [number for number, name in enumerate(names) if scenario.channels[name].live]
    parts: list[str] = []
    if len(names) == 1 and live:
        parts += _live(tallies, tallies, 0, scenario.channels[names[0]].kind)
    elif live:
        views = {number: [tally.in_channel(number) for tally in tallies] for number in live}
        worst = max(live, key=lambda number: _lost(views[number]))
        parts += _live(views[worst], tallies, worst, scenario.channels[names[worst]].kind, names[worst])
    late = [number for number in range(len(names)) if number not in live]
    parts += [text for number in late if (text := _late(tallies, number, scenario))]
    parts += [text for number in range(len(tallies[0].names.bots)) if (text := _returned(tallies, number))]
    return _sentence(parts)


def _sentence(parts: Sequence[str]) -> str:
    return "; ".join(parts) + "." if parts else ""


def _live(
    own: Sequence[Tally], tallies: Sequence[Tally], channel: int, kind: str, name: str = ""
) -> list[str]:
    """What hurts on a channel where customers wait; `own` are the tallies of it alone."""
    parts = []
    hours, queue = worst_hours(own), slowest_queue(tallies, channel)
    if hours is not None and (not name or _lost(own) >= FEW_LOST * _offered(own)):
        of = f"`{name}` " if name else ""
        parts.append(
            f"{of}{_LONG_NAMES[hours.weekday]} {hours.start:02d}:00–{hours.end:02d}:00 (service level "
            f"{hours.service_level:.0%}) makes {hours.share:.0%} of all abandoned "
            f"{_CONTACTS.get(kind, 'contacts')}".replace("%", " %")
        )
    if queue is not None and queue.factor >= HARDLY:
        parts.append(f"`{queue.queue}` waits, `{queue.other}` hardly at all")
    elif queue is not None and queue.factor >= 1.05:
        parts.append(f"`{queue.queue}` waits {queue.factor:.1f} times as long as `{queue.other}`")
    return parts


def _lost(tallies: Sequence[Tally]) -> float:
    return sum(tally.total("abandoned") - tally.total("short") for tally in tallies)


def _offered(tallies: Sequence[Tally]) -> float:
    return sum(tally.total("offered") for tally in tallies)


def _late(tallies: Sequence[Tally], channel: int, scenario: Scenario) -> str:
    """What a deferred channel leaves over, if it misses its target."""
    name = tallies[0].names.channels[channel]
    target = scenario.channels[name].target
    facts = {
        fact: float(sum(tally.by_channel_day[fact][channel].sum() for tally in tallies))
        for fact in ("in_time", "offered", "left_over", "left_over_age", "left_over_days")
    }
    if target is None or not facts["left_over_days"] or facts["in_time"] >= target.share * facts["offered"]:
        return ""
    days = tallies[0].grid.days * sum(tally.replications for tally in tallies)
    age = facts["left_over_age"] / facts["left_over_days"]
    spoken = f"{age / DAY:.1f} days" if age >= DAY else f"{age / 3600:.0f} hours"
    return f"`{name}` leaves {facts['left_over'] / days:,.0f} over at the day's end, the oldest {spoken} old"


def _returned(tallies: Sequence[Tally], bot: int) -> str:
    """What of the contained came back, if it is more than a tenth."""
    bounced, contained = (
        float(sum(t.by_self_service[fact][bot] for t in tallies)) for fact in ("bounced", "contained")
    )
    if not contained or bounced / contained < MANY_BACK:
        return ""
    share = f"{bounced / contained:.0%}".replace("%", " %")
    return f"{share} of what `{tallies[0].names.bots[bot]}` contains comes back"


def _hourly(tallies: Sequence[Tally], fact: str) -> FloatArray:
    found = [facts_by(tally, "weekday_hour")[fact] for tally in tallies]
    return np.asarray(np.sum(found, axis=0), np.float64).reshape(len(WEEKDAYS), 24)


def _windows(tallies: Sequence[Tally], fact: str) -> FloatArray:
    """Sums over windows that begin at each hour and stay within their day; (7, 25 - WINDOW)."""
    hourly = _hourly(tallies, fact)
    windows = np.lib.stride_tricks.sliding_window_view(hourly, WINDOW, axis=1)
    return np.asarray(windows.sum(axis=-1), np.float64)


def _short_names(tally: Tally) -> list[str]:
    """Queues by their skill alone where there is one channel."""
    if len(tally.names.channels) > 1:
        return list(tally.names.queues)
    return [tally.names.skills[skill] for skill in tally.names.queue_skill]

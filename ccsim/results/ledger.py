"""What the centre costs a year, line by line, and what is sold in it.

Direct labour is wages, overtime and the employer's on-costs on both, or a partner's fees; overhead
(supervision, quality, planning, rent) is a share of it. Self-service and outreach belong to no group.
Everything is scaled from the counted weeks to a year. Months ahead, what is paid by the contact or minute
follows the number of customers; people are paid as staffed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.results.loyalty import MONTHS, YEAR_WEEKS
from ccsim.results.prices import Prices

if TYPE_CHECKING:
    from ccsim.results.tally import Tally

Floats = npt.NDArray[np.float64]

HOUR: Final = 3600.0


@dataclass(frozen=True, eq=False)
class Operations:
    """What was worked and handled in the counted weeks, summed over replications.

    By group, shape (groups,): paid_hours (all that is paid, overtime included, shrinkage too),
    overtime_hours (of these), phone_minutes (a line in use: talk and hold on the telephone),
    work_minutes (talk, hold and wrap-up), handled and solved (legs), hired; seats: agents on seat at
    the peak. work: room used by (groups, channels). By channel: channel_phone_minutes, sessions and
    contained (self-service). reached: customers, by programme of outreach. contacts: contacts handled;
    resolved: issues resolved by intent, (intents,); offered: contacts that asked for a person. weeks:
    counted weeks in all.
    """

    groups: tuple[str, ...]
    sites: tuple[str, ...]
    channels: tuple[str, ...]
    intents: tuple[str, ...]
    paid_hours: Floats
    overtime_hours: Floats
    phone_minutes: Floats
    work_minutes: Floats
    handled: Floats
    solved: Floats
    hired: Floats
    seats: Floats
    work: Floats
    channel_phone_minutes: Floats
    sessions: Floats
    contained: Floats
    reached: Floats
    resolved: Floats
    contacts: float
    offered: float
    weeks: float

    @property
    def per_year(self) -> float:
        """What turns a sum over the counted weeks into a year."""
        return YEAR_WEEKS / self.weeks


def operations_of(tally: Tally) -> Operations:
    """The operations in a tally, of one replication or pooled. ValueError without journeys."""
    journeys, names, group = tally.journeys, tally.names, tally.by_group
    if journeys is None:
        raise ValueError("this tally was reduced without journeys")
    solved = np.bincount(journeys.intent, journeys.count * journeys.resolved, len(journeys.intents))
    channels = len(names.channels)
    phone = np.bincount(names.queue_channel, tally.by_queue["phone"], channels)
    day = tally.by_channel_day
    return Operations(
        groups=names.groups,
        sites=names.sites,
        channels=names.channels,
        intents=names.intents,
        paid_hours=group["paid"] / HOUR,
        overtime_hours=group["overtime"] / HOUR,
        phone_minutes=group["phone"] / 60.0,
        work_minutes=(group["talk"] + group["hold"] + group["wrap"]) / 60.0,
        handled=group["handled"],
        solved=group["solved"],
        hired=group["hired"],
        seats=np.bincount(names.agents, minlength=len(names.groups)).astype(np.float64),
        work=tally.work,
        channel_phone_minutes=phone / 60.0,
        sessions=day["sessions"].sum(axis=1),
        contained=day["contained"].sum(axis=1),
        reached=tally.reached_by,
        resolved=solved.astype(np.float64),
        contacts=float(tally.by_cell["handled"].sum()),
        offered=float(tally.by_cell["offered"].sum()),
        weeks=journeys.weeks,
    )


@dataclass(frozen=True, eq=False)
class Ledger:
    """Costs a year: `lines` by group, (groups,), and `shared` ones that no group bears. Money.

    following: of each line, the part that follows the number of contacts, (groups,) or (1,); lines that
    are not in it do not follow them. by_channel: what each channel's contacts take of all that, and last
    what no channel bears, (channels + 1,); self_service: of it, (channels,). once: spent at the start by
    group; one_off: all that is spent at the start.
    """

    groups: tuple[str, ...]
    sites: tuple[str, ...]
    channels: tuple[str, ...]
    lines: Mapping[str, Floats]
    shared: Mapping[str, float]
    following: Mapping[str, Floats]
    by_channel: Floats
    self_service: Floats
    once: Mapping[str, Floats]
    one_off: float
    contacts: float
    resolved: float
    upsell: float

    @property
    def total(self) -> float:
        """All lines of a year, without the one-off."""
        return float(sum(line.sum() for line in self.lines.values()) + sum(self.shared.values()))

    @property
    def with_contacts(self) -> float:
        """Of the total, what follows the number of contacts."""
        return float(sum(part.sum() for part in self.following.values()))

    @property
    def by_line(self) -> dict[str, float]:
        """Each line over all groups; last the one-off, without what has a line of its own."""
        groups, once = (
            {name: float(line.sum()) for name, line in lines.items()} for lines in (self.lines, self.once)
        )
        return {**groups, **self.shared, **once, "one_off": self.one_off - sum(once.values())}

    @property
    def by_group(self) -> dict[str, float]:
        """All lines of a year by group."""
        every = np.sum(list(self.lines.values()), axis=0)
        return dict(zip(self.groups, every.tolist(), strict=True))

    @property
    def by_site(self) -> dict[str, float]:
        """All lines of a year by site."""
        totals: dict[str, float] = {}
        for site, cost in zip(self.sites, self.by_group.values(), strict=True):
            totals[site] = totals.get(site, 0.0) + cost
        return totals

    @property
    def per_contact(self) -> float:
        """All costs of a year / contacts handled; nan where none was."""
        return self.total / self.contacts if self.contacts else float("nan")

    @property
    def per_resolution(self) -> float:
        """All costs of a year / issues resolved; nan where none was."""
        return self.total / self.resolved if self.resolved else float("nan")


def ledger(operations: Operations, prices: Prices) -> Ledger:
    """Costs a year of these operations at these prices."""
    year = operations.per_year
    lines = _lines(operations, prices)
    bots = year * _self_service(operations, prices)
    shared = {"self_service": float(bots.sum())} if any(prices.self_service) else {}
    if len(prices.outreach):
        shared["outreach"] = float(year * (prices.outreach @ operations.reached))
    once = {"training": prices.training * operations.seats} if prices.training.any() else {}
    return Ledger(
        groups=operations.groups,
        sites=operations.sites,
        channels=operations.channels,
        lines=lines,
        shared=shared,
        following=_following(operations, prices, lines, shared),
        by_channel=_by_channel(operations, lines, bots, shared, year * prices.telecom),
        self_service=bots,
        once=once,
        one_off=prices.one_off + float(sum(cost.sum() for cost in once.values())),
        contacts=year * operations.contacts,
        resolved=year * float(operations.resolved.sum()),
        upsell=year * float(prices.upsell @ operations.resolved),
    )


def _lines(operations: Operations, prices: Prices) -> dict[str, Floats]:
    """By group; lines that only some scenarios have stand last, where they are priced.

    Whether a line is there hangs on prices alone, so that all replications of a scenario have the same
    lines: that nobody happened to be hired in one is a 0.
    """
    year = operations.per_year
    wages = year * prices.wage * (operations.paid_hours - operations.overtime_hours)
    overtime = year * prices.wage * prices.overtime * operations.overtime_hours
    on_costs = prices.on_cost * (wages + overtime)
    fees = _piecework(operations, prices) + year * prices.fee_hour * operations.paid_hours
    lines = {
        "wages": wages,
        "on_costs": on_costs,
        "overtime": overtime,
        "licences": MONTHS * prices.licence * operations.seats,
        "telecom": year * prices.telecom * operations.phone_minutes,
        "overhead": prices.overhead * (wages + overtime + on_costs + fees),
    }
    partner = prices.fee_contact + prices.fee_minute + prices.fee_hour
    some = {
        "partner_fees": (partner, fees),
        "hiring": (prices.hire, year * prices.hire * operations.hired),
        "assist": (prices.assist, MONTHS * prices.assist * operations.seats),
        "gestures": (prices.gesture, year * prices.gesture * operations.solved),
    }
    return lines | {name: line for name, (price, line) in some.items() if price.any()}


def _piecework(operations: Operations, prices: Prices) -> Floats:
    """Partners' fees a year by the contact and by the minute."""
    fees = prices.fee_contact * operations.handled + prices.fee_minute * operations.work_minutes
    return np.asarray(operations.per_year * fees)


def _following(
    operations: Operations, prices: Prices, lines: Mapping[str, Floats], shared: Mapping[str, float]
) -> dict[str, Floats]:
    """Of each line, what follows the number of contacts."""
    year, fees = operations.per_year, _piecework(operations, prices)
    parts = {
        "telecom": year * prices.telecom * operations.phone_minutes,
        "partner_fees": fees,
        "overhead": prices.overhead * fees,
        "gestures": year * prices.gesture * operations.solved,
    }
    every = {name: np.array([cost]) for name, cost in shared.items()}
    return {name: part for name, part in parts.items() if name in lines} | every


def _self_service(operations: Operations, prices: Prices) -> Floats:
    """Money for the sessions of the counted weeks, by channel."""
    per_session = np.array([bot.session if bot else 0.0 for bot in prices.self_service])
    contained = np.array([bot.contained if bot else 0.0 for bot in prices.self_service])
    return np.asarray(per_session * operations.sessions + contained * operations.contained)


def _by_channel(
    operations: Operations,
    lines: Mapping[str, Floats],
    bots: Floats,
    shared: Mapping[str, float],
    telecom: float,
) -> Floats:
    """A channel bears of each group's costs what its contacts take of the group's work, its telecom and
    its self-service; what a group without work costs, and outreach, no channel bears."""
    own = np.sum([line for name, line in lines.items() if name != "telecom"], axis=0)
    work = operations.work.sum(axis=1)
    share = operations.work / np.where(work > 0, work, 1.0)[:, None]
    found = np.zeros(len(operations.channels) + 1)
    found[:-1] = own @ share + telecom * operations.channel_phone_minutes + bots
    found[-1] = own[work <= 0].sum() + shared.get("outreach", 0.0)
    return found

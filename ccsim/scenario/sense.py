"""Checks that need the whole valid scenario: could this centre open its doors?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from ccsim.errors import Fault
from ccsim.scenario.agents import Group
from ccsim.scenario.calendar import ALL_CHANNELS, regions_of
from ccsim.scenario.faults import fault_at
from ccsim.scenario.loops import loop_faults
from ccsim.scenario.nodes import Node, Path
from ccsim.scenario.people_sense import people_faults, table_names
from ccsim.scenario.places import places
from ccsim.scenario.scenario import Scenario
from ccsim.scenario.sense_channels import channel_faults
from ccsim.scenario.sense_outcomes import outcome_faults
from ccsim.scenario.trouble import nearest
from ccsim.units import quote

SUM_TOLERANCE = 0.005


def sense_faults(scenario: Scenario, tree: Node) -> list[Fault]:
    """Faults of a scenario whose parts are all well formed."""
    checks: tuple[Callable[[Scenario, Node], Iterator[Fault]], ...] = (
        _region,
        _open,
        _shares,
        _segments,
        _counts,
        _weekdays,
        _staffed,
        channel_faults,
        loop_faults,
        people_faults,
        outcome_faults,
    )
    strangers = list(table_names(scenario, tree))
    return strangers or [fault for check in checks for fault in check(scenario, tree)]


def staffed(scenario: Scenario, group: Group) -> bool:
    """Whether the group ever has an agent."""
    if group.rostered:
        return any(places(scenario, group).values())
    if group.people:
        return True
    return group.on_seat is not None and group.on_seat.peak > 0


def _region(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    calendar = scenario.calendar
    if calendar.region is None:
        return
    path = ("calendar", "region")
    if calendar.country is None:
        yield fault_at(tree, path, "needs a country", "write `country: DE` beside it")
    elif calendar.region not in regions_of(calendar.country):
        known = regions_of(calendar.country)
        yield fault_at(
            tree,
            path,
            f"is not a region of {calendar.country} with holidays of its own",
            nearest(calendar.region, known) or f"regions: {', '.join(known[:12]) or 'none'}",
        )


def _open(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Every channel must open some time: the doors of a live one, the desks of a deferred one."""
    calendar = scenario.calendar
    days = [scenario.start + timedelta(days=day) for day in range(scenario.weeks * 7)]
    for channel in scenario.channels:
        own = ("calendar", "hours", *((channel,) if channel in calendar.hours else ()))
        if ALL_CHANNELS not in calendar.hours and channel not in calendar.hours:
            yield fault_at(
                tree,
                ("calendar", "hours"),
                f"says no hours for {quote(channel)}",
                f"write `{channel}: {{mon-fri: 08:00-18:00}}` beside the others, or "
                "`others:` for all that are not named",
            )
        elif not calendar.open_days(channel):
            yield fault_at(tree, own, "the lines never open", "write `{mon-fri: 08:00-18:00}`")
            return
        elif not any(calendar.opening(channel, day) for day in days):
            yield fault_at(
                tree, ("calendar", "holidays"), "every counted day is closed", "leave some day open"
            )
            return


def _shares(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Shares of the intents, where ``arrivals`` says no mix."""
    if all(arrivals.mix for arrivals in scenario.arrivals.values()):
        return
    shares = {name: intent.share for name, intent in scenario.intents.items()}
    silent = [name for name, share in shares.items() if share is None]
    total = sum(share or 0.0 for share in shares.values())
    if len(silent) == len(shares):
        return
    for name in silent:
        yield fault_at(
            tree,
            ("intents", name),
            "has no share, other intents have",
            f"write `share: {max(0.0, 1 - total) / len(silent) * 100:.3g}%`",
            at_key=True,
        )
    if not silent and abs(total - 1) > SUM_TOLERANCE:
        last = list(shares)[-1]
        gap = round((1 - total) * 100, 2)
        fix = f"add {gap:g}% somewhere" if gap > 0 else f"take {-gap:g}% away somewhere"
        yield fault_at(
            tree,
            ("intents", last, "share"),
            f"the shares of the intents make {round(total * 100, 2):g}%, not 100%",
            fix,
        )


def _segments(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Segments need counts to split the contacts by, or shares in ``arrivals``."""
    counts = {name: segment.count for name, segment in scenario.customers.items()}
    silent = [name for name, count in counts.items() if count is None]
    split = all(arrivals.segments for arrivals in scenario.arrivals.values())
    if silent and len(silent) < len(counts) and not split:
        for name in silent:
            yield fault_at(
                tree,
                ("customers", name),
                "has no count, other segments have",
                "write `count: 60000`, or `segments:` with shares under `arrivals`",
                at_key=True,
            )


def _counts(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Names in a table of counts."""
    for channel, arrivals in scenario.arrivals.items():
        if arrivals.counts is None:
            continue
        path = ("arrivals", channel, "counts", "from")
        rows = arrivals.counts.rows
        intents = sorted({row.intent for row in rows if row.intent} - set(scenario.intents))
        segments = sorted({row.segment for row in rows if row.segment} - set(scenario.customers))
        yield from _strangers(tree, path, "intent", intents, tuple(scenario.intents))
        yield from _strangers(tree, path, "segment", segments, tuple(scenario.customers))
        if not any(row.contacts for row in rows):
            yield fault_at(tree, path, "counts nothing: all contacts are 0", None)


def _strangers(
    tree: Node, path: Path, what: str, names: list[str], known: tuple[str, ...]
) -> Iterator[Fault]:
    for name in names[:5]:
        yield fault_at(
            tree,
            path,
            f"the table names the {what} {quote(name)}, the scenario does not",
            nearest(name, known) or f"{what}s: {', '.join(known[:12])}",
        )


def _weekdays(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    for channel, arrivals in scenario.arrivals.items():
        week = scenario.calendar.week(channel)
        if scenario.channels[channel].deferred:
            continue  # customers write on closed days too
        if arrivals.weekdays and not any(
            weight for weight, hours in zip(arrivals.weekdays, week, strict=True) if hours
        ):
            yield fault_at(
                tree,
                ("arrivals", channel, "weekdays"),
                "no day of opening has any contacts",
                "give one a weight above 0",
            )


def _staffed(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Somebody must be there, and for every intent that has contacts."""
    groups = {name: group for name, group in scenario.agents.items() if staffed(scenario, group)}
    if not groups:
        yield fault_at(
            tree,
            ("agents",),
            "there are no agents at any time",
            "write `on_seat: 12` for a group",
            at_key=True,
        )
        return
    for name, intent in scenario.intents.items():
        wanted = any(scenario.mix(channel)[name] for channel in scenario.arrivals)
        if wanted and not any(intent.skill in group.skills for group in groups.values()):
            who = ", ".join(g for g, group in scenario.agents.items() if intent.skill in group.skills)
            yield fault_at(
                tree,
                ("intents", name),
                "nobody is ever there to serve it",
                f"give {who} some agents",
                at_key=True,
            )

"""What holds in every centre with every channel: nobody is lost, nobody has more in hand than fits,
nobody is served early, time adds up, and both clocks write the same."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from random_whole_centres import whole_centres

from ccsim.centre import journal as j
from ccsim.centre.clock_compiled import available
from ccsim.centre.crews import Crew, build_crews
from ccsim.centre.simulate import simulate
from ccsim.results.conservation import overlaps, whereabouts
from ccsim.scenario import Scenario
from ccsim.scenario.handles import capacity, needs

MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
TINY = 1e-5  # s
# Outcomes of a leg after which the contact goes on.
GOES_ON = (j.TRANSFERRED, j.ESCALATED, j.HANDED_OVER, j.ASKED, j.TO_CALLBACK, j.INTERRUPTED, j.REPLIED)
ENDS = (
    j.HANDLED, j.DROPPED, j.ABANDONED, j.SILENT, j.BALKED, j.BLOCKED, j.CLOSED, j.MESSAGE, j.CONTAINED,
    j.QUIT, j.NO_REPLY, j.IN_SESSION, j.WAITING, j.AWAITING, j.IN_HAND,
)  # fmt: skip


def most_at_once(start, end, weight):
    """Most weight under way at one time, of spells of positive length."""
    real = end > start + TINY
    times = np.concatenate([start[real] + TINY / 4, end[real] - TINY / 4])
    steps = np.concatenate([weight[real], -weight[real]])
    return float(np.cumsum(steps[np.argsort(times, kind="stable")]).max(initial=0.0))


def over(journal, legs):
    return np.where(np.isnan(legs["ended"]), journal.end, legs["ended"])


def crew_of_agents(scenario: Scenario, journal: j.Journal) -> list[Crew]:
    """The crew of each agent: individuals stand crew by crew within their group."""
    crews: dict[int, list[Crew]] = {}
    for crew in build_crews(scenario):
        crews.setdefault(crew.group, []).extend([crew] * max(len(crew.members), 1))
    seen = [0] * len(scenario.agents)
    found = []
    for group in journal.names.agents.tolist():
        own = crews[group]
        found.append(own[min(seen[group], len(own) - 1)])
        seen[group] += 1
    return found


def in_order(legs):
    """Legs by contact, and whether another leg of the same contact follows each."""
    legs = legs[np.lexsort((legs["leg"], legs["contact"]))]
    return legs, np.append(legs["contact"][1:] == legs["contact"][:-1], False)


def check_every_contact_has_one_end(scenario: Scenario, journal: j.Journal) -> None:
    legs, follows = in_order(journal.legs)
    assert np.all(np.isin(legs["outcome"][~follows], ENDS))
    assert np.all(np.isin(legs["outcome"][follows], (*GOES_ON, j.NO_REPLY, j.IN_HAND)))
    assert not np.any(np.isin(legs["outcome"][~follows], GOES_ON))
    assert np.all(legs["leg"][1:][follows[:-1]] == legs["leg"][:-1][follows[:-1]] + 1)
    assert len(journal.contacts) == int((~follows).sum()) == len(np.unique(legs["contact"]))


def check_the_identity_holds_at_any_moment(scenario: Scenario, journal: j.Journal) -> None:
    assert overlaps(journal) == 0
    for at in (*np.linspace(8.1 * 3600, 1.6 * 86400, 25), journal.end):
        places = whereabouts(journal, float(at))
        assert places.pop("arrived") == sum(places.values())
        assert places["lost"] == 0


def check_no_agent_has_more_than_fits(scenario: Scenario, journal: j.Journal) -> None:
    legs = journal.legs[journal.legs["agent"] >= 0]
    channel = journal.names.queue_channel[legs["queue"]]
    ended = over(journal, legs)
    crews = crew_of_agents(scenario, journal)
    for agent in np.unique(legs["agent"]):
        own = legs["agent"] == agent
        crew = crews[agent]
        need = needs(crew.handles)
        weight = np.array([need[journal.names.channels[k]] for k in channel[own]], float)
        assert most_at_once(legs["left"][own], ended[own], weight) <= capacity(crew.handles)
        for name, most in crew.at_most.items():
            mine = own & (channel == journal.names.channels.index(name))
            assert most_at_once(legs["left"][mine], ended[mine], np.ones(mine.sum())) <= most


def check_nobody_is_served_early_or_by_a_stranger(scenario: Scenario, journal: j.Journal) -> None:
    legs, names = journal.legs, journal.names
    assert not np.any(legs["left"] < legs["entered"])
    assert not np.any(legs["ended"] < legs["left"] - TINY)
    taken = legs[legs["agent"] >= 0]
    assert np.array_equal(names.agents[taken["agent"]], taken["group"])
    crews = crew_of_agents(scenario, journal)
    skills = [intent.skill for intent in scenario.intents.values()]
    for agent, intent, queue in set(taken[["agent", "intent", "queue"]].tolist()):
        assert crews[agent].serves(names.channels[names.queue_channel[queue]], skills[intent])
    ordered, follows = in_order(legs)
    before, after = ordered[:-1][follows[:-1]], ordered[1:][follows[:-1]]
    assert not np.any(after["entered"] < before["left"] - TINY)


def check_issues_come_back_only_after_they_went(scenario: Scenario, journal: j.Journal) -> None:
    contacts = journal.contacts
    order = np.lexsort((contacts.attempt, contacts.issue))
    issue = contacts.issue[order]
    again = issue[1:] == issue[:-1]
    ended, arrived = contacts.ended[order][:-1][again], contacts.arrived[order][1:][again]
    silent = contacts.outcome[order][:-1][again] == j.SILENT  # the agent finds out later
    unanswered = np.isnan(ended)  # a chat left without a sign that still waits at the end
    assert np.all((arrived >= ended - TINY) | silent | unanswered)
    first = contacts.attempt == 0
    assert np.array_equal(np.sort(contacts.issue[first]), np.arange(len(journal.issues)))


def check_an_issue_is_solved_once(scenario: Scenario, journal: j.Journal) -> None:
    issues, legs, contacts = journal.issues, journal.legs, journal.contacts
    solved = legs[legs["resolved"] == 1]
    assert np.bincount(solved["issue"], minlength=1).max(initial=0) <= 1
    done = np.where(solved["agent"] >= 0, solved["left"] + solved["talk"] + solved["hold"], solved["ended"])
    settled = solved["issue"][done < journal.end]
    assert np.array_equal(np.sort(settled), np.flatnonzero(issues["status"] == j.RESOLVED))
    last = np.zeros(len(issues))
    np.maximum.at(last, contacts.issue, contacts.arrived)
    assert np.all(last[solved["issue"]] <= done)
    assert np.array_equal(np.isnan(issues["ended"]), issues["status"] == j.OPEN)


def check_time_adds_up(scenario: Scenario, journal: j.Journal) -> None:
    """Legs are as long as their parts; work is done on seat; seats are taken as the roster says."""
    legs = journal.legs[journal.legs["agent"] >= 0]
    finished = ~np.isnan(legs["ended"])
    parts = legs["left"] + legs["talk"] + legs["hold"] + legs["wrap"]
    assert np.allclose(parts[finished], legs["ended"][finished], rtol=0, atol=TINY)
    ended, presence = over(journal, legs), journal.presence
    for agent in range(len(journal.names.agents)):
        mine = np.sort(presence[presence["agent"] == agent], order="start")
        assert np.all(mine["end"] > mine["start"])
        assert np.all(mine["start"][1:] >= mine["end"][:-1] - TINY)
        seated = mine[mine["state"] == j.SEATED]
        own = legs["agent"] == agent
        k = np.searchsorted(seated["start"], legs["left"][own] + TINY) - 1
        assert np.all(k >= 0)
        assert np.all(seated["end"][k] >= ended[own] - TINY)
    spells = journal.spells()
    on_duty = (presence["end"] - presence["start"]).sum()
    assert np.isclose((spells.end - spells.start)[spells.state != j.OFF].sum(), on_duty)


def check_the_roster_is_kept(scenario: Scenario, journal: j.Journal) -> None:
    """Within the hours of its shifts a group is seated, on a break, away or absent: nothing else."""
    presence = journal.presence
    of = journal.names.agents[presence["agent"]]
    for number, group in enumerate(scenario.agents.values()):
        if not isinstance(group.scheduled, dict):
            continue
        mine = presence[of == number]
        for day in (0.0, 86400.0):
            first = 86400.0 + day + 7 * 3600
            here = mine[(mine["start"] < first) & (mine["start"] >= first - 86400.0)]
            planned = sum(
                people * (scenario.shifts[name].end - scenario.shifts[name].start)
                for name, people in group.scheduled.items()
            )
            overtime = np.maximum(here["end"] - np.maximum(here["due"], here["start"]), 0.0)
            on_duty = (here["end"] - here["start"]).sum()
            assert on_duty - overtime.sum() <= planned + TINY
            assert on_duty >= planned - TINY


def check_sessions_fit(scenario: Scenario, journal: j.Journal) -> None:
    names, legs = journal.names, journal.legs
    for number, bot in enumerate(scenario.self_service.values()):
        queues = (names.queue_kind == j.SELF_SERVICE) & (names.queue_skill == number)
        mine = legs[queues[legs["queue"]]]
        if bot.capacity is not None:
            assert most_at_once(mine["entered"], over(journal, mine), np.ones(len(mine))) <= bot.capacity
        for start, end in bot.outages:
            assert not np.any((mine["entered"] > start) & (mine["entered"] < end))


def check_lines_and_rooms_suffice(scenario: Scenario, journal: j.Journal) -> None:
    """Lines are held from the first to the last; call-backs and silent customers make them hard to see."""
    names, legs = journal.names, journal.legs
    held = ~np.isin(legs["outcome"], (j.BLOCKED, j.CLOSED, j.MESSAGE))
    kind, channel = names.queue_kind[legs["queue"]], names.queue_channel[legs["queue"]]
    spoken = legs["left"] + legs["talk"] + legs["hold"]
    ended = np.where(legs["agent"] >= 0, np.minimum(spoken, journal.end), over(journal, legs))
    left = np.where(np.isnan(legs["left"]), journal.end, legs["left"])
    for number, own in enumerate(scenario.channels.values()):
        mine = held & (channel == number)
        if own.lines is not None and own.callback is None and own.silent == 0.0:
            assert most_at_once(legs["entered"][mine], ended[mine], np.ones(mine.sum())) <= own.lines
        if own.queue_limit is not None:
            mine &= kind == j.PEOPLE
            assert most_at_once(legs["entered"][mine], left[mine], np.ones(mine.sum())) <= own.queue_limit


def check_only_what_may_be_is_laid_aside(scenario: Scenario, journal: j.Journal) -> None:
    legs = journal.legs[journal.legs["outcome"] == j.INTERRUPTED]
    soft = np.array([channel.interruptible for channel in scenario.channels.values()])
    assert np.all(soft[journal.names.queue_channel[legs["queue"]]])
    assert not legs["resolved"].any()
    assert not (legs["hold"] + legs["wrap"]).any()


def check_nobody_is_called_too_often(scenario: Scenario, journal: j.Journal) -> None:
    legs = journal.legs[journal.legs["outcome"] == j.NO_REPLY]
    times = np.bincount(legs["contact"], minlength=1)
    for number, channel in enumerate(scenario.channels.values()):
        mine = legs["contact"][journal.names.queue_channel[legs["queue"]] == number]
        most = channel.callback.tries if channel.callback is not None else 0
        assert times[mine].max(initial=0) <= most


CHECKS = (
    check_every_contact_has_one_end,
    check_the_identity_holds_at_any_moment,
    check_no_agent_has_more_than_fits,
    check_nobody_is_served_early_or_by_a_stranger,
    check_issues_come_back_only_after_they_went,
    check_an_issue_is_solved_once,
    check_time_adds_up,
    check_the_roster_is_kept,
    check_sessions_fit,
    check_lines_and_rooms_suffice,
    check_only_what_may_be_is_laid_aside,
    check_nobody_is_called_too_often,
)


@MANY
@given(scenario=whole_centres())
def test_whatever_the_centre(scenario: Scenario) -> None:
    journal = simulate(scenario, 0, "simpy")
    for check in CHECKS:
        check(scenario, journal)
    if available():
        compiled = simulate(scenario, 0, "compiled")
        for table in ("issues", "legs", "presence"):
            assert getattr(compiled, table).tobytes() == getattr(journal, table).tobytes(), table

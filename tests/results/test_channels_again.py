"""The measures of every channel a second time: a run of a real centre, told contact by contact."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from every_channel import EVERY_CHANNEL

from ccsim.centre import journal as j
from ccsim.centre.simulate import simulate
from ccsim.results.conservation import overlaps, whereabouts
from ccsim.results.measures import MEASURES
from ccsim.results.reduce import reduce
from ccsim.scenario import loads

NOT_OFFERED = {j.CLOSED, j.MESSAGE, j.CONTAINED, j.QUIT, j.IN_SESSION}
ANSWERED = {j.HANDLED, j.TRANSFERRED, j.ESCALATED, j.DROPPED, j.INTERRUPTED, j.REPLIED, j.IN_HAND}


@pytest.fixture(scope="module")
def scenario():
    return loads(EVERY_CHANNEL)


@pytest.fixture(scope="module")
def journal(scenario):
    return simulate(scenario, 0, "simpy")


@pytest.fixture(scope="module")
def tally(journal, scenario):
    return reduce(journal, scenario)


@pytest.fixture(scope="module")
def contacts(journal):
    """Legs of each contact, in order, as dicts."""
    found = defaultdict(list)
    for row in np.sort(journal.legs, order=["contact", "leg"]):
        found[int(row["contact"])].append({name: row[name].item() for name in journal.legs.dtype.names})
    return [found[number] for number in range(len(found))]


def counted(journal, legs):
    return 0.0 <= legs[0]["entered"] < journal.counted_until


def close(tally, name, by, number, value):
    return MEASURES[name].values(tally, by)[number] == pytest.approx(value, rel=1e-9)


def test_service_of_each_channel(journal, scenario, tally, contacts):
    names = journal.names
    for number, channel in enumerate(names.channels):
        rules = scenario.channels[channel]
        mine = [c for c in contacts if counted(journal, c) and names.queue_channel[c[0]["queue"]] == number]
        offered = [c for c in mine if c[-1]["outcome"] not in NOT_OFFERED]
        first = [next(leg for leg in c if names.queue_kind[leg["queue"]] != j.SELF_SERVICE) for c in offered]
        answered = [leg for leg in first if leg["outcome"] in ANSWERED]
        waits = [leg["left"] - leg["entered"] for leg in answered]
        gone = [leg for leg in first if leg["outcome"] in (j.ABANDONED, j.SILENT)]
        short = sum(leg["left"] - leg["entered"] < rules.short_abandon for leg in gone)
        lost = sum(c[-1]["outcome"] in (j.ABANDONED, j.SILENT) for c in offered)
        work = sum(
            leg["talk"] + leg["hold"] + leg["wrap"] for c in mine for leg in c if leg["outcome"] != j.IN_HAND
        )
        handled = sum(c[-1]["outcome"] == j.HANDLED for c in mine)
        in_time = sum(wait <= rules.target.within for wait in waits)
        assert close(tally, "offered", "channel", number, len(offered))
        assert close(tally, "service_level", "channel", number, in_time / (len(offered) - short))
        assert close(tally, "abandonment", "channel", number, (lost - short) / (len(offered) - short))
        assert close(tally, "asa", "channel", number, np.mean(waits))
        assert close(tally, "aht", "channel", number, work / handled)
        for name, code in (("escalation_rate", j.ESCALATED), ("callbacks", j.TO_CALLBACK)):
            having = sum(any(leg["outcome"] == code for leg in c) for c in offered)
            assert close(tally, name, "channel", number, having / len(offered))


def test_self_service(journal, tally, contacts):
    begun = [c for c in contacts if counted(journal, c)
             and journal.names.queue_kind[c[0]["queue"]] == j.SELF_SERVICE]  # fmt: skip
    last = {c[0]["issue"]: number for number, c in enumerate(contacts)}
    contained = [c for c in begun if c[0]["outcome"] == j.CONTAINED]
    back = sum(last[c[0]["issue"]] > c[0]["contact"] for c in contained)
    passed = [c for c in begun if c[0]["outcome"] in (j.HANDED_OVER, j.ASKED)]
    assert len(begun) > 500 and len(passed) > 200
    assert close(tally, "containment", None, 0, len(contained) / len(begun))
    assert close(tally, "bot_resolution", None, 0, sum(c[0]["resolved"] for c in contained) / len(begun))
    assert close(tally, "bounce_back", "self_service", 0, back / len(begun))
    assert close(tally, "context_kept", "self_service", 0, sum(c[1]["context"] for c in passed) / len(passed))
    assert close(tally, "session_time", None, 0, np.mean([c[0]["ended"] - c[0]["entered"] for c in begun]))


def test_first_responses_and_backlogs(journal, scenario, tally, contacts):
    names = journal.names
    days = (np.arange(7) + 1.0) * 86_400.0
    for channel in ("email", "messaging"):
        number = names.channels.index(channel)
        mine = [c for c in contacts if names.queue_channel[c[0]["queue"]] == number]
        response, met, due, spans = [], 0, 0, []
        for c in mine:
            given = [leg["left"] + leg["talk"] + leg["hold"] - c[0]["entered"] for leg in c
                     if leg["outcome"] in (j.HANDLED, j.REPLIED, j.ESCALATED)]  # fmt: skip
            if counted(journal, c):
                response += given[:1]
                promised = scenario.channels[channel].due
                in_time = bool(given) and given[0] <= promised
                met += in_time
                due += in_time or c[0]["entered"] + promised <= journal.end
            for leg in c:
                if leg["outcome"] != j.AWAITING:
                    over = leg["left"] + leg["talk"] + leg["hold"]
                    spans.append((leg["entered"], journal.end if np.isnan(leg["ended"]) else over))
        start, end = np.array(spans).T
        inside = np.clip(end, 0, journal.counted_until) - np.clip(start, 0, journal.counted_until)
        left = [int(((start <= day) & (day < end)).sum()) for day in days]
        assert close(tally, "first_response", "channel", number, np.mean(response))
        assert close(tally, "due_hit_rate", "channel", number, met / due)
        assert close(tally, "backlog", "channel", number, inside.sum() / journal.counted_until)
        assert close(tally, "backlog_day_end", "channel", number, np.mean(left))
        slow = MEASURES["first_response_p95"].values(tally, "channel")[number]
        assert slow == pytest.approx(np.quantile(response, 0.95, method="inverted_cdf"), rel=0.011)


def test_agents_time(journal, tally):
    """Busy time from the spells of every agent, cut to the counted weeks."""
    spells = journal.spells()
    length = np.clip(spells.end, 0, journal.counted_until) - np.clip(spells.start, 0, journal.counted_until)
    group = journal.names.agents[spells.agent]
    for number in range(2):
        mine = (group == number) & (spells.state == j.HANDLING)
        seated = (group == number) & np.isin(spells.state, (j.HANDLING, j.READY))
        busy, hands = length[mine].sum(), (length * spells.load)[mine].sum()
        assert MEASURES["occupancy"].values(tally, "group")[number] == pytest.approx(
            busy / length[seated].sum()
        )
        assert MEASURES["load_per_agent"].values(tally, "group")[number] == pytest.approx(
            hands / busy, rel=1e-6
        )
    assert spells.load.max() == 3
    used = MEASURES["capacity_in_use"].values(tally, "group")
    assert (used <= MEASURES["occupancy"].values(tally, "group") + 1e-9).all()


def test_no_agent_has_more_in_hand_than_fits(journal, scenario):
    assert journal.spells().load.max() <= max(max(g.handles.values()) for g in scenario.agents.values())


def test_every_contact_is_somewhere_at_any_moment(journal):
    assert overlaps(journal) == 0
    for at in np.random.default_rng(1).uniform(journal.begin, journal.end, 40):
        places = whereabouts(journal, float(at))
        arrived = places.pop("arrived")
        assert arrived == sum(places.values()) and places["lost"] == 0


def test_costs_of_channels_add_up_to_the_ledger(scenario, tally):
    from ccsim.results.ledger import ledger, operations_of
    from ccsim.results.prices import prices_of

    book = ledger(operations_of(tally), prices_of(scenario))
    assert book.by_channel.sum() == pytest.approx(book.total)
    assert book.shared == {"self_service": pytest.approx(0.2 * 365.25 / 7 * tally.total("sessions"))}
    telephone, chat = (book.by_channel[book.channels.index(name)] for name in ("voice", "chat"))
    assert telephone > 0 and chat > book.shared["self_service"]

"""Cases beyond one call at a time: several chats in hand, blending, call-backs, self-service on the line."""

from __future__ import annotations

from typing import Any

import numpy as np

from ccsim.centre.journal import ABANDONED, CALLBACK, HANDLING, PEOPLE, TO_CALLBACK
from conformance import seen
from conformance.case import Case, exact_case, inputs
from conformance.centre import HOUR, centre, exponential, intent, s, share, team
from conformance.controls import births
from conformance.seen import Measure, Pair, Seen, for_intent


def chats() -> Case:
    """Work is done at a speed that falls with the number in hand: 300 s of work take 360 or 450 s."""
    given = inputs("CH1")
    times, agents = given["mean_chat_time_by_level"], given["agents"]
    rate, most = given["lam"], given["concurrency"]
    build = centre(
        {"call": rate}, {"call": intent(exponential(times[0]))},
        {"team": team(agents, handles={"chat": most})},
        {
            "patience": exponential(given["patience_mean"]),
            "pace": [share(times[0] / time) for time in times],
        },
        channel="chat",
        routing={"placement": "least_loaded"},
    )  # fmt: skip
    measures: dict[str, Measure] = {
        "p_wait": seen.p_wait,
        "p_abandon": seen.p_abandon,
        "mean_wait_all": seen.mean_wait_all,
        "mean_queue": seen.mean_queue,
        "mean_active_chats": seen.busy(1),
        "mean_chat_duration": lambda v: v.mean(v.rows["ended"] - v.left, v.answered),
        "agent_utilisation": lambda v: (handling(v), agents * v.length),
        "mean_concurrency_when_busy": lambda v: (seen.busy(1)(v)[0], handling(v)),
        "slot_occupancy": seen.busy(agents * most),
    }
    return exact_case("CH1", build, rate, measures, controls=births("call", rate))


def handling(v: Seen) -> float:
    """Seconds of all agents with anything in hand."""
    spells = v.journal.spells()
    busy = spells.state == HANDLING
    return v.time_in(spells.start[busy], spells.end[busy])


def blending() -> Case:
    """Outbound work that never runs out is a pile of letters that cannot be laid aside."""
    given = inputs("BL2")
    agents, rate = given["servers"], given["lam"]
    answered = agents * HOUR / given["aht_out"]  # letters an hour, were there no calls

    def letters(hours: float) -> dict[str, Any]:
        pile = round(0.75 * hours * answered)  # twice what will be answered: it never runs out
        return {"email": {"initial_backlog": pile, "interruptible": "no"}}

    build = centre(
        {"call": rate},
        {
            "call": intent(exponential(given["aht_in"]), share="0%"),
            "letter": intent(exponential(given["aht_out"]), share="100%"),
        },
        {"team": team(agents, "call", "letter", handles={"voice": 1, "email": 1})},
        {"patience": exponential(given["patience_mean"])},
        beside=letters,
        routing={"blending": {"email": given["idle_reserve"]}},
    )  # fmt: skip
    measures: dict[str, Measure] = {
        "p_wait": for_intent("call", seen.p_wait),
        "p_abandon": for_intent("call", seen.p_abandon),
        "mean_wait_all": for_intent("call", seen.mean_wait_all),
        "outbound_throughput": begun("letter"),
        "mean_busy_inbound": for_intent("call", seen.busy(1)),
        "mean_busy_outbound": for_intent("letter", seen.busy(1)),
        "occupancy": seen.busy(agents),
    }
    return exact_case("BL2", build, rate, measures)


def begun(name: str) -> Measure:
    """Contacts of an intent that an agent began, a second."""

    def measure(v: Seen) -> Pair:
        mine = v.intent(name)
        taken = (mine.rows["agent"] >= 0) & (mine.left >= v.start) & (mine.left < v.stop)
        return float(taken.sum()), v.length

    return measure


def in_queue(kind: int, measure: Measure) -> Measure:
    """The measure of legs in one kind of queue."""
    return lambda v: measure(v.only(v.journal.names.queue_kind[v.rows["queue"]] == kind))


def call_backs() -> Case:
    given = inputs("CB1")
    agents = given["servers"]
    offer = {
        "offer_if_waiting": given["offer_if_waiting_at_least"],
        "accepts": share(given["p_accept"]),
        "keeps_place": "no",
        "keep_idle": given["idle_reserve"],
        "ring": "0s",
        "no_reply": "0%",
    }
    build = centre(
        {"call": given["lam"]}, {"call": intent(exponential(given["aht"]))}, {"team": team(agents)},
        {"patience": exponential(given["patience_mean"]), "callback": offer},
    )  # fmt: skip
    measures: dict[str, Measure] = {
        "p_wait_in_queue": in_queue(PEOPLE, seen.p_wait),
        "p_callback": in_queue(PEOPLE, lambda v: v.share(v.outcome == TO_CALLBACK)),
        "p_abandon": in_queue(PEOPLE, seen.p_abandon),
        "mean_wait_all_live": in_queue(PEOPLE, lambda v: v.mean(v.wait, v.outcome != TO_CALLBACK)),
        "mean_callback_delay": in_queue(CALLBACK, seen.mean_wait_all),
        "mean_queue": in_queue(PEOPLE, seen.mean_queue),
        "mean_callback_list": in_queue(CALLBACK, seen.mean_queue),
        "occupancy": seen.busy(agents),
    }
    return exact_case("CB1", build, given["lam"], measures, settle=4 * HOUR)


def menu() -> Case:
    """The line is held from the menu to the end of the call."""
    given = inputs("IV1")
    agents = given["servers"]
    build = centre(
        {"call": given["lam"]}, {"call": intent(exponential(given["aht"]))}, {"team": team(agents)},
        {"patience": exponential(given["patience_mean"]), "lines": given["lines"]},
        self_service={
            "menu": {
                "kind": "ivr",
                "channels": ["voice"],
                "session": {"exponential": s(given["ivr_mean"])},
                "contains": share(1.0 - given["p_agent"]),
                "false_containment": "0%",
                "complexity": 0,
                "handover": {"context": "0%"},
            }
        },
    )  # fmt: skip
    measures: dict[str, Measure] = {
        "p_block": lambda v: v.share(~v.accepted, v.rows["leg"] == 0),
        "p_wait_of_agent_requests": after_menu(seen.p_wait),
        "p_abandon_of_agent_requests": after_menu(lambda v: v.share(v.outcome == ABANDONED)),
        "mean_wait_of_agent_requests": after_menu(seen.mean_wait_all),
        "mean_trunks_busy": lines_held,
        "occupancy": seen.busy(agents),
        "agent_request_rate": after_menu(seen.rate),
    }
    return exact_case("IV1", build, given["lam"], measures)


def after_menu(measure: Measure) -> Measure:
    return lambda v: measure(v.only(v.rows["leg"] == 1))


def lines_held(v: Seen) -> Pair:
    """Lines in use on average: in the menu, in the queue, and with an agent."""
    over = np.where(np.isnan(v.rows["ended"]), v.journal.end, v.rows["ended"])
    return v.time_in(v.entered, over), v.length


CASES = [chats(), blending(), call_backs(), menu()]

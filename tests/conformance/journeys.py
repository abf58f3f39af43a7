"""Cases in which customers come back or are passed on: redials, repeats, transfers."""

from __future__ import annotations

import numpy as np

from ccsim.centre.journal import GAVE_UP, TRANSFERRED
from conformance import seen
from conformance.case import Case, exact_case, inputs
from conformance.centre import HOUR, centre, exponential, intent, s, share, team
from conformance.one_skill import usual
from conformance.seen import Measure, Pair, Seen, for_intent


def in_orbit(v: Seen) -> Pair:
    """Customers between two contacts of one issue, on average."""
    contacts = v.journal.contacts
    order = np.lexsort((contacts.attempt, contacts.issue))
    issue, arrived, ended = contacts.issue[order], contacts.arrived[order], contacts.ended[order]
    again = issue[1:] == issue[:-1]
    return v.time_in(ended[:-1][again], arrived[1:][again]), v.length


def born(v: Seen) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    times = v.journal.issues["born"]
    return np.asarray((times >= v.start) & (times < v.stop))


def given_up(v: Seen) -> Pair:
    """Share of issues that were given up."""
    fresh = born(v)
    return float((v.journal.issues["status"][fresh] == GAVE_UP).sum()), float(fresh.sum())


def contacts_an_issue(v: Seen) -> Pair:
    return float(v.counted.sum()), float(born(v).sum())


def redials() -> Case:
    given = inputs("RT1")
    redial = {"chance": share(given["p_retry"]), "after": s(given["retry_delay_mean"]), "cap": "none"}
    build = centre(
        {"call": given["lam"]}, {"call": intent(exponential(given["aht"]))},
        {"team": team(given["servers"])},
        {"patience": exponential(given["patience_mean"]), "redial": redial},
    )  # fmt: skip
    measures: dict[str, Measure] = {
        "attempt_rate": seen.rate,
        "p_abandon_per_attempt": seen.p_abandon,
        "p_lost_per_fresh": given_up,
        "p_wait_per_attempt": seen.p_wait,
        "mean_wait_per_attempt": seen.mean_wait_all,
        "mean_queue": seen.mean_queue,
        "mean_orbit": in_orbit,
        "attempts_per_fresh": contacts_an_issue,
        "occupancy": seen.busy(given["servers"]),
    }
    return exact_case("RT1", build, given["lam"], measures, contacts=5e5, settle=4 * HOUR, tail=3 * HOUR)


def repeats() -> Case:
    given = inputs("FC1")
    repeat = {"chance": "100%", "after": s(given["repeat_delay_mean"]), "cap": "none"}
    call = intent(exponential(given["aht"]), repeat=repeat) | {"fcr": share(1 - given["p_repeat"])}
    build = centre({"call": given["lam"]}, {"call": call}, {"team": team(given["servers"])})
    measures = {
        **usual(given["servers"], given["T"]),
        "effective_rate": seen.rate,
        "mean_orbit": in_orbit,
    }
    return exact_case("FC1", build, given["lam"], measures, contacts=6e5, settle=8 * HOUR, tail=6 * HOUR)


def transfers() -> Case:
    given = inputs("TR1")
    rates = {"first": given["lam_1"], "second": given["lam_2"]}
    passed_on = {"chance": share(given["p_transfer"]), "to": "second", "warm": "50%"}
    intents = {
        "first": intent(
            exponential(given["aht"][0]), patience=exponential(given["patience_mean"][0]), transfer=passed_on
        ),
        "second": intent(exponential(given["aht"][1]), patience=exponential(given["patience_mean"][1])),
    }
    agents = {
        "tier1": team(given["servers"][0], "first"),
        "tier2": team(given["servers"][1], "second"),
    }
    build = centre(rates, intents, agents)
    measures = {
        f"{name}_{number}": for_intent(label, measure)
        for name, measure in (
            ("p_wait", seen.p_wait),
            ("p_abandon", seen.p_abandon),
            ("mean_wait_all", seen.mean_wait_all),
        )
        for number, label in (("1", "first"), ("2", "second"))
    }
    measures |= {
        "transfer_rate": lambda v: (float((v.counted & (v.outcome == TRANSFERRED)).sum()), v.length),
        "tier2_arrival_rate": for_intent("second", seen.rate),
        "occupancy_1": seen.busy(given["servers"][0], group="tier1"),
        "occupancy_2": seen.busy(given["servers"][1], group="tier2"),
    }
    return exact_case("TR1", build, rates, measures)


CASES = [redials(), repeats(), transfers()]

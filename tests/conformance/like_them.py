"""More centres like the published ones, with truths of our own (`truths.py`, `references.json`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from conformance import seen
from conformance.case import CERTAIN, SIMPY_CONTACTS, Case, inputs, long_enough, truth
from conformance.centre import HOUR, Build, centre, exponential, intent, s, share, team
from conformance.one_skill import one_team, usual
from conformance.seen import Measure, for_intent
from conformance.skills import TWO, USUAL, n_measures, n_model, numbered
from conformance.truths import FILE, TRUTHS

REFERENCES = json.loads(FILE.read_text(encoding="utf-8"))


def like(
    name: str, build: Build, rates: Mapping[str, float], measures: Mapping[str, Measure],
    contacts: float = 3.5e5, what: str = "",
) -> Case:  # fmt: skip
    """A case of references.json; every measure it publishes must be measured."""
    outputs = {key: truth(value) for key, value in REFERENCES[name].items()}
    known = {key: value for key, value in outputs.items() if value.value > CERTAIN}
    rate = sum(rates.values())
    return Case(
        name=name,
        what=what or " ".join((TRUTHS[name].__doc__ or "").split()),
        build=build,
        truths=known,
        measures={key: measures[key] for key in known},
        compiled=long_enough(rate, contacts, 24, 3 * HOUR),
        simpy=long_enough(rate, SIMPY_CONTACTS, 12, 3 * HOUR),
        rates=rates,
    )


def by_name(
    kinds: Mapping[str, Any] | list[str], helpers: Mapping[str, str] | None = None
) -> dict[str, Measure]:
    """The measures of the plain simulator, under its names."""
    measures = {
        "p_wait": seen.p_wait,
        "p_abandon": seen.p_abandon,
        "mean_wait_all": seen.mean_wait_all,
        "sl_offered_20s": seen.sl_offered(20),
        "rate": seen.rate,
    }
    found = numbered(measures, {kind: kind for kind in kinds})
    for kind, pool in (helpers or {}).items():
        found[f"share_by_{pool}_{kind}"] = for_intent(kind, seen.served_by(pool))
    return found


def kept_for_b() -> Case:
    given = inputs("NM1")
    build, rates = n_model(given, reserved={"pool2": {"keep": 2, "skills": ["b"]}})
    return like("NM-reserve", build, rates, n_measures(given))


def priorities(
    name: str, rates: tuple[float, float], patience: tuple[float, float], rooms: tuple[int, int] | None
) -> Case:
    by_intent = dict(zip(("first", "second"), rates, strict=True))
    intents = {
        kind: intent(exponential(180), patience=exponential(stays))
        for kind, stays in zip(by_intent, patience, strict=True)
    }
    for kind, room in zip(by_intent, rooms or (), strict=bool(rooms)):
        intents[kind]["queue_limit"] = room
    build = centre(
        by_intent, intents, {"team": team(18, *by_intent)}, routing={"priority": {"first": 1, "second": 2}}
    )
    measures = {**numbered(USUAL, TWO), "occupancy": seen.busy(18)}
    what = f"two priorities, mean patience {patience[0]:g} and {patience[1]:g} s"
    what += f", room for {rooms[0]} and {rooms[1]} to wait" if rooms else ""
    return like(name, build, by_intent, measures, what=what)


def both_ways() -> Case:
    rates = {"one": 0.05, "two": 0.02}
    to_two = {"chance": "30%", "to": "two", "warm": "100%"}
    to_one = {"chance": "15%", "to": "one", "warm": "0%"}
    intents = {
        "one": intent(exponential(150), patience="120s", transfer=to_two),
        "two": intent(exponential(200), patience="180s", transfer=to_one),
    }
    build = centre(rates, intents, {"tier1": team(9, "one"), "tier2": team(7, "two")})
    measures = numbered(
        {"mean_wait_all": seen.mean_wait_all, "p_abandon": seen.p_abandon}, {"1": "one", "2": "two"}
    )
    measures |= {
        "tier1_arrival_rate": for_intent("one", seen.rate),
        "tier2_arrival_rate": for_intent("two", seen.rate),
        "occupancy_1": seen.busy(9, group="tier1"),
        "occupancy_2": seen.busy(7, group="tier2"),
    }
    return like("TR-both-ways", build, rates, measures)


def patience_laws() -> list[Case]:
    balking = [
        {"weight": "20%", "constant": "0s"},
        {"weight": "80%", "lognormal": {"mean": "90s", "cv": 1.2}},
    ]
    hazards = {"0s": "0.005/s", "30s": "4/min", "45s": "12/h"}
    waits = {"values": ["10s", "60s", "200s"], "weights": ["10%", "40%", "50%"]}
    laws: dict[str, tuple[str, Any]] = {
        "ZM-balking-lognormal": (
            "a fifth balk, the others have lognormal patience (90 s, cv 1.2)", {"mixture": balking}),
        "ZM-announcement": (
            "patience by hazard: 1/200 s, 1/15 s from 30 s, 1/300 s from 45 s", {"piecewise_hazard": hazards}),
        "ZM-observed": ("patience as observed: 10, 60 or 200 s", {"empirical": waits}),
    }  # fmt: skip
    return [
        like(name, one_team(0.1, 18, exponential(180), law), {"call": 0.1}, usual(18, 20), what=what)
        for name, (what, law) in laws.items()
    ]


def wait_credit() -> list[Case]:
    rates = {"gold": 0.022, "plain": 0.03}
    cases = []
    for name, patience in (("WC-patient", {}), ("WC-impatient", {"gold": "90s", "plain": "180s"})):
        intents = {
            kind: intent(exponential(180), **({"patience": patience[kind]} if patience else {}))
            for kind in rates
        }
        build = centre(rates, intents, {"team": team(11, *rates)}, routing={"wait_credit": {"gold": "60s"}})
        what = "wait credit: gold counts as having waited 60 s on arrival"
        what += ", with abandonment" if patience else ""
        cases.append(like(name, build, rates, by_name(rates), what=what))
    return cases


def capped_redials() -> Case:
    redial = {"chance": "70%", "after": "200s", "cap": 3}
    build = one_team(0.1, 18, exponential(180), "120s", {"redial": redial})
    return like("RT-capped", build, {"call": 0.1}, by_name(["call"]))


def lopsided() -> Case:
    rates = {"one": 0.024, "two": 0.014}
    intents = {
        "one": intent(exponential(180), patience="120s"),
        "two": intent(exponential(240), patience="300s"),
    }
    agents = {"only1": team(3, "one"), "only2": team(2, "two"), "both": team(3, "one", "two")}
    measures = by_name(rates, {"one": "both", "two": "both"})
    return like("XM-lopsided", centre(rates, intents, agents), rates, measures)


def two_steps() -> Case:
    rates = {"one": 0.035, "two": 0.015, "three": 0.012}
    helps = {"speed": share(1), "rank": 2}
    agents = {
        "pool1": team(5, "one"),
        "pool2": {"on_seat": 4, "skills": {"two": "100%", "one": helps}},
        "pool3": {"on_seat": 4, "skills": {"three": "100%", "one": helps}},
    }
    ladder = [{"after": s(15), "to": ["pool2"]}, {"after": s(40), "to": ["pool3"]}]
    call = intent(exponential(180), patience="150s")
    build = centre(rates, dict.fromkeys(rates, call), agents, routing={"overflow": ladder})
    return like("OV-two-steps", build, rates, by_name(rates, {"one": "pool3"}))


CASES = [
    kept_for_b(),
    priorities("PR-own-patience", (0.04, 0.06), (60, 240), None),
    priorities("PR-own-rooms", (0.05, 0.06), (100, 200), (2, 6)),
    both_ways(),
    *patience_laws(),
    *wait_credit(),
    capped_redials(),
    lopsided(),
    two_steps(),
]

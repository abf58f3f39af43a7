"""Call by call: ccsim and a plain second simulator, given the same draws, make the same waits."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.centre.journal import OUTCOMES
from ccsim.centre.simulate import simulate
from ccsim.demand.issues import draw_issues
from conformance.centre import centre, exponential, intent, s, share
from conformance.plain import Call, Kind, Plain, Pool

KINDS = ("red", "green", "blue")
POOLS = ("front", "back", "floor")

kinds = st.fixed_dictionaries({
    "priority": st.integers(1, 2),
    "credit": st.sampled_from([0.0, 0.0, 45.0, 120.0]),
    "room": st.sampled_from([None, None, 1, 3]),
    "rate": st.floats(0.003, 0.02),
    "patience": st.sampled_from([20.0, 90.0, 400.0]),
    "balking": st.sampled_from([0.0, 0.0, 0.2]),
})  # fmt: skip
pools = st.fixed_dictionaries({
    "agents": st.integers(1, 5),
    "ranks": st.lists(st.sampled_from([None, 1, 1, 2]), min_size=3, max_size=3),
    "speeds": st.lists(st.sampled_from([1.0, 0.8, 1.25]), min_size=3, max_size=3),
    "after": st.sampled_from([0.0, 0.0, 15.0, 40.0]),
    "keep": st.sampled_from([0, 0, 1, 2]),
})  # fmt: skip


def served(centre_pools: list[dict[str, Any]]) -> bool:
    """Every kind has somebody."""
    return all(any(pool["ranks"][k] for pool in centre_pools) for k in range(len(KINDS)))


def as_scenario(
    own_kinds: list[dict[str, Any]], own_pools: list[dict[str, Any]], room: int | None, rule: str
) -> Any:
    intents = {}
    for name, kind in zip(KINDS, own_kinds, strict=True):
        patience: Any = exponential(kind["patience"])
        if kind["balking"]:
            patience = {"mixture": [
                {"weight": share(kind["balking"]), "constant": "0s"},
                {"weight": share(1 - kind["balking"]), **exponential(kind["patience"])},
            ]}  # fmt: skip
        limit = {} if kind["room"] is None else {"queue_limit": kind["room"]}
        intents[name] = intent(exponential(180), patience=patience, **limit)
    agents = {}
    for name, pool in zip(POOLS, own_pools, strict=True):
        skills = {
            kind: {"speed": share(speed), "rank": rank}
            for kind, rank, speed in zip(KINDS, pool["ranks"], pool["speeds"], strict=True)
            if rank
        }
        if skills:
            agents[name] = {"on_seat": pool["agents"], "skills": skills}
    ladder = [
        {"after": s(pool["after"]), "to": [name]}
        for name, pool in zip(POOLS, own_pools, strict=True)
        if pool["after"] and name in agents
    ]
    reserved = {
        name: {"keep": pool["keep"], "skills": [KINDS[0]]}
        for name, pool in zip(POOLS, own_pools, strict=True)
        if pool["keep"] and name in agents and KINDS[0] in agents[name]["skills"]
    }
    routing = {
        "agent": rule,
        "priority": {name: kind["priority"] for name, kind in zip(KINDS, own_kinds, strict=True)},
        "wait_credit": {name: s(kind["credit"]) for name, kind in zip(KINDS, own_kinds, strict=True)},
        "overflow": ladder or "none",
        "reserved": reserved,
    }
    voice = {} if room is None else {"queue_limit": room}
    rates = {name: kind["rate"] for name, kind in zip(KINDS, own_kinds, strict=True)}
    return centre(rates, intents, agents, voice, routing=routing)(6.0)


def liking(pool: dict[str, Any], rule: str) -> dict[str, float]:
    """What the rule goes by: lower is first."""
    if rule == "most_skilled_for_intent":
        return {kind: -speed for kind, speed in zip(KINDS, pool["speeds"], strict=True)}
    skills = sum(rank is not None for rank in pool["ranks"])
    return dict.fromkeys(KINDS, float(skills) if rule == "least_skilled_first" else 0.0)


def as_plain(
    own_kinds: list[dict[str, Any]], own_pools: list[dict[str, Any]], room: int | None, rule: str
) -> Plain:
    unlimited = float("inf")
    found = {
        name: Pool(
            pool["agents"],
            {
                kind: (rank, 1 / speed)
                for kind, rank, speed in zip(KINDS, pool["ranks"], pool["speeds"], strict=True)
                if rank
            },
            {kind: pool["after"] for kind in KINDS},
            pool["keep"] if pool["ranks"][0] else 0,
            (KINDS[0],),
            liking(pool, rule),
        )
        for name, pool in zip(POOLS, own_pools, strict=True)
        if any(pool["ranks"])
    }
    for k in KINDS:  # who is second choice to nobody is first choice
        if all(pool.after[k] for pool in found.values() if k in pool.serves):
            for pool in found.values():
                pool.after[k] = 0.0
    return Plain(
        {
            name: Kind(kind["priority"], kind["credit"], unlimited if kind["room"] is None else kind["room"])
            for name, kind in zip(KINDS, own_kinds, strict=True)
        },
        found,
        unlimited if room is None else room,
    )


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    own_kinds=st.lists(kinds, min_size=3, max_size=3),
    own_pools=st.lists(pools, min_size=3, max_size=3).filter(served),
    room=st.sampled_from([None, None, 4]),
    rule=st.sampled_from(["longest_idle", "most_skilled_for_intent", "least_skilled_first"]),
)
def test_every_wait_is_the_same(
    own_kinds: list[dict[str, Any]], own_pools: list[dict[str, Any]], room: int | None, rule: str
) -> None:
    scenario = as_scenario(own_kinds, own_pools, room, rule)
    journal = simulate(scenario, 0, "simpy")
    issues = draw_issues(scenario, 0)
    column = dict(zip(issues.columns, issues.draws, strict=True))
    calls = [
        Call(KINDS[journal.names.cell_intent[issues.cell[i]]], *values)
        for i, values in enumerate(zip(column["born"], column["talk"], column["patience"], strict=True))
    ]
    as_plain(own_kinds, own_pools, room, rule).play(calls)
    legs = journal.legs[np.argsort(journal.legs["contact"])]
    done = ~np.isin(legs["outcome"], [OUTCOMES.index("waiting"), OUTCOMES.index("in_hand")])
    done &= legs["left"] < 6 * 3600
    for leg, call in zip(legs[done], np.array(calls, object)[done], strict=True):
        assert OUTCOMES[leg["outcome"]] == call.outcome
        assert abs(leg["left"] - leg["entered"] - call.wait) < 1e-6
        if call.outcome == "handled":
            assert journal.names.groups[leg["group"]] == call.pool

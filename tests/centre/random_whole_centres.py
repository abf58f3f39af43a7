"""Random small centres with every channel: several in hand, bots, call-backs, and all rules of routing."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st
from random_centres import SKILLS, durations, groups, intents, seconds, share, written

from ccsim.scenario import Scenario, loads

LIVE, DEFERRED = ("voice", "chat"), ("messaging", "email")
PREDICTORS = ("last_to_enter_service", "head_of_line", "queue_length")
AGENT_RULES = (
    "longest_idle", "most_skilled_for_intent", "least_skilled_first", "most_proficient", "least_occupied",
    "cheapest", "load_aware", "strain_aware",
)  # fmt: skip
HANDS = {"voice": (1, 1), "chat": (1, 4), "messaging": (1, 6), "email": (1, 3)}


@st.composite
def tiers(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, Any]:
    """Intents that are also raised to a higher tier, and queue again at a priority of their own."""
    found: dict[str, Any] = draw(intents(names))
    for name, intent in found.items():
        others = [other for other in names if other != name]
        if others and draw(st.booleans()):
            intent["escalate"] = {
                "chance": draw(share(10, 100)), "to": draw(st.sampled_from(others)), "warm": draw(share()),
            }  # fmt: skip
        for key in ("transfer", "escalate"):
            if key in intent and draw(st.booleans()):
                intent[key]["priority"] = draw(st.integers(1, 3))
    return found


@st.composite
def live_channel(draw: st.DrawFn, name: str, others: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "patience": draw(durations(10, 400)),
        "tries_later": draw(share()),
        "redial": {"chance": draw(share()), "after": draw(seconds(20, 3000)), "cap": draw(st.integers(1, 5))},
        "renew_patience": draw(st.sampled_from(["yes", "no"])),
        "drops": draw(share(0, 30)),
    }
    if draw(st.booleans()):
        found["announce"] = {
            "predictor": draw(st.sampled_from(PREDICTORS)),
            "balk": {"30s": draw(share(0, 30)), "2min": draw(share(0, 90))},
            "patience_factor": draw(st.sampled_from(["x0.7", "x1.5"])),
        }
    if draw(st.booleans()):
        found["lines" if draw(st.booleans()) else "queue_limit"] = draw(st.integers(2, 12))
    deferred = [other for other in others if other in DEFERRED]
    if deferred and draw(st.booleans()):
        found["messages"] = {"chance": draw(share(20, 100)), "to": draw(st.sampled_from(deferred))}
    if others and draw(st.booleans()):
        found["switches"] = {draw(st.sampled_from(others)): draw(share(10, 90))}
    if name == "voice" and draw(st.booleans()):
        found["callback"] = draw(callback())
    if name == "chat":
        found["silent"] = draw(share())
        found["silent_time"] = draw(seconds(10, 90))
        found |= draw(speeds())
    return found


@st.composite
def callback(draw: st.DrawFn) -> dict[str, Any]:
    when = {"offer_if_waiting": 1} if draw(st.booleans()) else {"offer_above": draw(seconds(0, 90))}
    return {
        **when,
        "predictor": draw(st.sampled_from(PREDICTORS)),
        "accepts": draw(share(30, 100)),
        "keeps_place": draw(st.sampled_from(["yes", "no"])),
        "keep_idle": draw(st.integers(0, 2)),
        "ring": draw(seconds(0, 40)),
        "no_reply": draw(share(0, 60)),
        "retry_after": draw(durations(60, 2000)),
        "tries": draw(st.integers(1, 3)),
    }


@st.composite
def speeds(draw: st.DrawFn) -> dict[str, Any]:
    if draw(st.booleans()):
        return {"pace": ["100%", draw(share(70, 100)), draw(share(40, 70))]}
    return {"slowdown": draw(st.sampled_from([0, 0.18, 0.6]))}


@st.composite
def deferred_channel(draw: st.DrawFn, name: str, others: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "initial_backlog": draw(st.integers(0, 25)),
        "due": draw(st.sampled_from(["30min", "4h", "24h"])),
        "interruptible": draw(st.sampled_from(["yes", "no"])),
        **draw(speeds()),
    }
    if name == "messaging":
        found |= {"turns": draw(st.integers(1, 5)), "think": draw(durations(30, 1500))}
        found["drops"] = draw(share(0, 30))
    if others and draw(st.booleans()):
        found["switches"] = {draw(st.sampled_from(others)): draw(share(10, 90))}
    return found


@st.composite
def bots(draw: st.DrawFn, channels: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, channel in (("menu", "voice"), ("chatbot", "chat"), ("answers", "email")):
        if channel not in channels or draw(st.booleans()):
            continue
        found[name] = {
            "channels": [channel],
            "enters": draw(share(40, 100)),
            "session": draw(durations(20, 200)),
            "contains": draw(share()),
            "false_containment": draw(share()),
            "comes_back": draw(share()),
            "after": draw(durations(60, 5000)),
            "returns_on": {draw(st.sampled_from(channels)): draw(share())},
            "asks": draw(share(0, 50)),
            "gives_up": draw(share(0, 50)),
            "complexity": draw(st.sampled_from([0, 0.8])),
            "handover": {"context": draw(share()), "saves": draw(seconds(0, 90))},
        }
        if draw(st.booleans()):
            found[name]["capacity"] = draw(st.integers(1, 4))
        if draw(st.booleans()):
            found[name]["outages"] = [{"from": "2026-11-02 09:00", "to": "2026-11-02 09:40"}]
    return found


@st.composite
def teams(draw: st.DrawFn, names: tuple[str, ...], channels: list[str]) -> dict[str, Any]:
    """Groups at two sites; the first handles every channel, each its own number at once."""
    found: dict[str, Any] = draw(groups(names))
    for k, group in enumerate(found.values()):
        own = channels if k == 0 else sorted(draw(st.sets(st.sampled_from(channels), min_size=1)))
        group["handles"] = {channel: draw(st.integers(*HANDS[channel])) for channel in own}
        many = [channel for channel, most in group["handles"].items() if most > 1]
        if many and draw(st.booleans()):
            limited = draw(st.sampled_from(many))
            group["at_most"] = {limited: draw(st.integers(1, group["handles"][limited]))}
        group["wage"] = f"{draw(st.integers(10, 30))}/h"
        group["site"] = draw(st.sampled_from(["here", "there"]))
    return found


@st.composite
def people(draw: st.DrawFn, names: tuple[str, ...], channels: list[str]) -> list[str]:
    """Lines of a table of individuals: some of one group, each with skills and channels of their own."""
    lines = ["agent,group,skill,speed,channels,shift"]
    rostered = draw(st.booleans())
    for number in range(draw(st.integers(0, 3))):
        own = sorted(draw(st.sets(st.sampled_from(channels), min_size=1)))
        handles = "+".join(f"{channel}:{draw(st.integers(*HANDS[channel]))}" for channel in own)
        shift = draw(st.sampled_from(["early", "late"])) if rostered else ""
        for skill in sorted(draw(st.sets(st.sampled_from(names), min_size=1))):
            lines.append(f"p{number},named,{skill},{draw(share(60, 130))},{handles},{shift}")
    return lines


@st.composite
def rules(draw: st.DrawFn, names: tuple[str, ...], channels: list[str], agents: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "agent": draw(st.sampled_from(AGENT_RULES)),
        "contact": draw(st.sampled_from(["longest_wait", "points", "due", "value"])),
        "placement": draw(st.sampled_from(["least_loaded", "most_loaded"])),
        "same_agent": draw(st.sampled_from(["yes", "no"])),
        "across_sites": draw(st.sampled_from(["shared", "expected_wait"])),
        "history": draw(share()),
        "priority": {name: draw(st.integers(1, 3)) for name in (*names, *channels)},
        "wait_credit": {"gold": draw(seconds(0, 120))},
    }
    deferred = [channel for channel in channels if channel in DEFERRED]
    if found["contact"] == "due" and not deferred:
        found["contact"] = "longest_wait"
    if found["contact"] == "points":
        found["points"] = {"start": {names[0]: 5}, "a_minute": {"gold": draw(st.integers(0, 4))}}
    if deferred and draw(st.booleans()):
        found["blending"] = {draw(st.sampled_from(deferred)): draw(st.integers(0, 2))}
    if draw(st.booleans()):
        when = draw(st.sampled_from([
            {"when": {"waiting_above": 1}}, {"when": {"idle_below": 2}}, {"when": {"service_level_below": "70%"}},
            {"after": "20s"},
        ]))  # fmt: skip
        found["overflow"] = [{**when, "to": [draw(st.sampled_from(list(agents)))]}]
    if draw(st.booleans()):
        group = draw(st.sampled_from(list(agents)))
        skill = draw(st.sampled_from(sorted(agents[group]["skills"])))
        found["reserved"] = {group: {"keep": draw(st.integers(1, 2)), "skills": [skill]}}
    return found


@st.composite
def whole_centres(draw: st.DrawFn) -> Scenario:
    """A scenario of two short days, a few hundred contacts on two to four channels."""
    names = SKILLS[: draw(st.integers(1, 3))]
    channels = sorted(draw(st.sets(st.sampled_from(LIVE + DEFERRED), min_size=2)))
    described: dict[str, Any] = {}
    for name in channels:
        others = [other for other in channels if other != name]
        make = live_channel if name in LIVE else deferred_channel
        described[name] = draw(make(name, others))
    agents = draw(teams(names, channels))
    table = draw(people(names, channels))
    document = {
        "ccsim": 1,
        "name": "Random",
        "start": "2026-11-02",
        "weeks": 1,
        "warm_up": "0 days",
        "follow_up": "0 days",
        "seed": draw(st.integers(1, 10_000)),
        "calendar": {"hours": {"mon-tue": "08:00-11:30"}},
        "customers": {
            "gold": {"count": 50, "margin": "9/month"},
            "plain": {"count": 150, "margin": "2/month"},
        },
        "intents": draw(tiers(names)),
        "channels": described,
        "self_service": draw(bots(channels)),
        "arrivals": {
            name: {"contacts": f"{draw(st.integers(20, 250))}/week", "counted": "first"} for name in channels
        },
        "shifts": {
            "early": {"days": "mon-tue", "hours": "07:55-10:30", "breaks": ["09:00 15min"]},
            "late": {"days": "mon-tue", "hours": "09:00-12:00", "breaks": ["10:30 10min"]},
        },
        "agents": agents,
        "routing": draw(rules(names, channels, agents)),
    }
    if len(table) == 1:
        return loads(yaml.safe_dump(written(document), sort_keys=False))
    document["agents"] = {"from": "people.csv", **agents}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "people.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
        return loads(yaml.safe_dump(written(document), sort_keys=False), folder)

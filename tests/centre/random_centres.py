"""Random small centres, written as a planner would write them: every feature of voice in some of them."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import strategies as st

from ccsim.scenario import Scenario, loads

SKILLS = ("alpha", "beta", "gamma")


def share(low: int = 0, high: int = 100) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda value: f"{value}%")


def seconds(low: int, high: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda value: f"{value}s")


def durations(low: int, high: int) -> st.SearchStrategy[Any]:
    """A bare duration, or one of the families."""
    mean = seconds(low, high)
    return st.one_of(
        mean,
        mean.map(lambda value: {"exponential": {"mean": value}}),
        mean.map(lambda value: {"constant": value}),
        st.builds(lambda m, cv: {"lognormal": {"mean": m, "cv": cv}}, mean, st.sampled_from([0.4, 1.3])),
        st.builds(lambda m, k: {"weibull": {"mean": m, "shape": k}}, mean, st.sampled_from([0.7, 2])),
    )


@st.composite
def intents(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in names:
        intent: dict[str, Any] = {
            "talk": draw(durations(60, 400)),
            "fcr": draw(share(20)),
            "complexity": draw(st.sampled_from([0, 0.5, 0.9])),
            "repeat": {
                "chance": draw(share()),
                "after": draw(seconds(60, 8000)),
                "cap": draw(st.integers(1, 5)),
            },
        }
        if draw(st.booleans()):
            intent["wrap_up"] = draw(durations(5, 90))
        if draw(st.booleans()):
            intent["hold"] = draw(durations(5, 60))
        if draw(st.booleans()):
            intent["patience"] = draw(durations(5, 300))
        if len(names) > 1 and draw(st.booleans()):
            other = draw(st.sampled_from([skill for skill in names if skill != name]))
            intent["transfer"] = {"chance": draw(share(0, 60)), "to": other, "warm": draw(share())}
        if draw(st.integers(0, 4)) == 0:
            intent["queue_limit"] = draw(st.integers(0, 4))
        found[name] = intent
    return found


@st.composite
def groups(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    left = set(names)
    for k in range(draw(st.integers(1, 3))):
        own = draw(st.sets(st.sampled_from(names), min_size=1))
        if k == 0:
            own |= left
        group: dict[str, Any] = {
            "skills": {
                skill: {
                    "speed": draw(share(60, 130)),
                    "fcr": draw(share(50, 120)),
                    "rank": draw(st.integers(1, 2)),
                }
                for skill in sorted(own)
            }
        }
        kind = draw(st.integers(0, 2))
        if kind == 0:
            group["on_seat"] = draw(st.integers(1, 5))
        elif kind == 1:
            group["on_seat"] = {
                "mon-sun": {
                    f"{hour:02}:{minute}": draw(st.integers(0 if hour > 8 else 1, 5))
                    for hour, minute in ((8, "00"), (9, "15"), (10, "30"))
                }
            }
        else:
            group["scheduled"] = {"early": draw(st.integers(1, 4)), "late": draw(st.integers(0, 3))}
            group["adherence"] = draw(share(70, 100))
            group["shrinkage"] = {"absence": draw(share(0, 30)), "meetings": draw(share(0, 15))}
        found[f"group_{k}"] = group
    return found


@st.composite
def routing(draw: st.DrawFn, names: tuple[str, ...], agents: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "agent": draw(st.sampled_from(["longest_idle", "most_skilled_for_intent", "least_skilled_first"])),
        "priority": {name: draw(st.integers(1, 2)) for name in names},
        "wait_credit": {"gold": draw(seconds(0, 120))},
    }
    if draw(st.booleans()):
        found["overflow"] = [
            {"after": f"{after}s", "to": [draw(st.sampled_from(list(agents)))]} for after in (15, 40)
        ]
    if draw(st.booleans()):
        group = draw(st.sampled_from(list(agents)))
        skill = draw(st.sampled_from(sorted(agents[group]["skills"])))
        found["reserved"] = {group: {"keep": draw(st.integers(1, 3)), "skills": [skill]}}
    return found


@st.composite
def centres(draw: st.DrawFn) -> Scenario:
    """A scenario of two short days a week, a few hundred contacts."""
    names = SKILLS[: draw(st.integers(1, 3))]
    agents = draw(groups(names))
    voice: dict[str, Any] = {
        "patience": draw(durations(10, 400)),
        "renew_patience": draw(st.sampled_from(["yes", "no"])),
        "tries_later": draw(share()),
        "redial": {"chance": draw(share()), "after": draw(seconds(20, 3000)), "cap": draw(st.integers(1, 5))},
    }
    if draw(st.booleans()):
        voice["lines"] = draw(st.integers(1, 12))
    if draw(st.booleans()):
        voice["queue_limit"] = draw(st.integers(0, 8))
    document = {
        "ccsim": 1,
        "name": "Random",
        "weeks": 1,
        "warm_up": "0 days",
        "follow_up": "0 days",
        "interval": draw(st.sampled_from(["5min", "15min", "30min", "60min"])),
        "seed": draw(st.integers(1, 10_000)),
        "calendar": {"hours": {"mon-tue": draw(st.sampled_from(["08:00-11:00", "08:30-12:00"]))}},
        "customers": {"gold": {"count": 50}, "plain": {"count": 150}},
        "intents": draw(intents(names)),
        "channels": {"voice": voice},
        "arrivals": {"voice": {"contacts": f"{draw(st.integers(40, 500))}/week", "counted": "first"}},
        "shifts": {
            "early": {"days": "mon-tue", "hours": "07:55-10:30", "breaks": ["09:00 15min"]},
            "late": {"days": "mon-tue", "hours": "09:00-12:00", "breaks": ["10:30 10min"]},
        },
        "agents": agents,
        "routing": draw(routing(names, agents)),
    }
    return loads(yaml.safe_dump(written(document), sort_keys=False))


def written(value: Any) -> Any:
    """Every scalar as the text a planner would type."""
    if isinstance(value, dict):
        return {key: written(item) for key, item in value.items()}
    if isinstance(value, list):
        return [written(item) for item in value]
    return str(value)

"""What users may write into a whole centre: a Scenario or its faults, never a traceback."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from scenario.omni import OMNI

from ccsim.errors import ScenarioError, fault_lines
from ccsim.scenario import loads
from ccsim.scenario.checks import warnings
from ccsim.scenario.explain import explain
from ccsim.scenario.nodes import plain
from ccsim.scenario.reader import read_text
from ccsim.scenario.show import show

TREE = plain(read_text(OMNI, "omni"))
NEW = (
    "channels",
    "self_service",
    "proactive",
    "routing",
    "intents",
    "arrivals",
    "agents",
    "sites",
    "workforce",
)
KEYS = (
    "kind",
    "callback",
    "announce",
    "messages",
    "switches",
    "pace",
    "slowdown",
    "turns",
    "think",
    "drops",
    "silent",
    "due",
    "initial_backlog",
    "interruptible",
    "contains",
    "session",
    "asks",
    "gives_up",
    "handover",
    "outages",
    "cost",
    "improves",
    "returns_on",
    "capacity",
    "reach",
    "effect",
    "contact",
    "points",
    "placement",
    "across_sites",
    "blending",
    "history",
    "when",
    "escalate",
    "transfer",
    "talk",
    "others",
    "defaults",
    "from",
    "chatbot",
    "deflection",
    "people",
    "handles",
    "at_most",
    "employed",
    "rota",
    "learning",
    "log",
    "forecast_error",
    "",
)
VALUES: tuple[Any, ...] = (
    "none",
    "",
    "0",
    "-1",
    "1",
    "3",
    "0.5",
    "1e9",
    "50%",
    "150%",
    "-5%",
    "4min",
    "0s",
    "2 days",
    "100 years",
    "never",
    "true",
    "no",
    "x1.2",
    "+10%",
    "0.12/session",
    "1%/week",
    "voice",
    "chat",
    "email",
    "order",
    "complaint",
    "others",
    "front",
    "nonsense",
    "2026-11-03 10:00",
    [],
    {},
    [[]],
    ["voice"],
    ["100%", "80%"],
    [{}],
    {"voice": "50%"},
    {"voice": "1"},
    {"order": "50%"},
    {"others": "4min"},
    {"order": {"x": "1"}},
    {"from": "x.csv"},
    {"from": "2026-11-03"},
    {"lognormal": {"mean": "4min", "cv": "1"}},
    {"piecewise_hazard": {"0s": "0/min"}},
    {"chance": "100%", "to": "order"},
    {"chance": "100%", "to": "refund"},
    {"to": "email"},
    {"offer_above": "1min", "accepts": "100%"},
    {"balk": {"0s": "100%"}},
    {"waiting_above": "0"},
    {"after": "0s", "to": ["front"]},
    {"start": {"order": "1"}},
    {"channels": ["email"]},
    {"context": "100%", "saves": "10h"},
    {"people": "3"},
    ["early", "late"],
    {"voice": "0"},
)


def places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of the tree, below the sections that matter here."""
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    found = [path] if path else []
    for step, below in steps:
        if path or step in NEW:
            found += places(below, (*path, step))
    return found


PLACES = places(TREE)


@st.composite
def broken(draw: st.DrawFn) -> Any:
    """The centre with one to three values replaced, dropped or added."""
    tree = copy.deepcopy(TREE)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(PLACES))
        node = tree
        for step in path[:-1]:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                break
        else:
            value = copy.deepcopy(draw(st.sampled_from(VALUES)))
            how = draw(st.sampled_from(("replace", "replace", "add", "drop")))
            if isinstance(node, dict) and how == "add":
                node[draw(st.sampled_from(KEYS))] = value
            elif isinstance(node, dict) and how == "drop":
                node.pop(path[-1], None)
            elif isinstance(node, dict) or (isinstance(node, list) and path[-1] in range(len(node))):
                node[path[-1]] = value
    return tree


@settings(max_examples=60, deadline=None)
@given(broken())
def test_a_centre_or_its_faults(tree: Any) -> None:
    text = yaml.safe_dump(tree, sort_keys=False)
    try:
        scenario = loads(text)
    except ScenarioError as error:
        assert error.faults and all(fault.message and fault.line >= 0 for fault in error.faults)
        return
    assert loads(show(scenario)) == scenario
    fault_lines(warnings(scenario))
    explain(scenario, everything=True)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from([value for value in VALUES if isinstance(value, str)]))
def test_any_value_may_be_tried_at_any_path(path: tuple[Any, ...], value: str) -> None:
    there = loads(OMNI.split("variants:")[0])
    try:
        changed = there.with_changes({".".join(map(str, path)): value})
    except ScenarioError as error:
        assert error.faults
    else:
        assert loads(show(changed)) == changed


@pytest.mark.parametrize(
    "section", ["channels", "self_service", "proactive", "routing", "sites", "workforce"]
)
@pytest.mark.parametrize(
    "value",
    [
        "5",
        "[1, 2]",
        "{a: 1}",
        "{a: {b: {c: 1}}}",
        "{a: [1]}",
        "none",
        "''",
        "{defaults: {x: 1}}",
        "{a: none}",
    ],
)
def test_sections_of_the_wrong_shape(section: str, value: str) -> None:
    head = OMNI.split("variants:")[0]
    lines = head.splitlines()
    kept, inside = [], False
    for line in lines:
        inside = line.startswith(f"{section}:") or (inside and line.startswith(" "))
        kept += [] if inside else [line]
    try:
        loads("\n".join([*kept, f"{section}: {value}", ""]))
    except ScenarioError as error:
        assert error.faults

"""Weights of what only some centres have are explained only there."""

from __future__ import annotations

import pytest
from every_channel import EVERY_CHANNEL

from ccsim.parameters import outcome_parameters
from ccsim.scenario import loads
from ccsim.scenario.explain import assumed, explain, moot
from ccsim.scenario.outcomes import ROOMS

LINE = """
ccsim: 1
intents: {billing: {talk: 4min}}
arrivals: {voice: {contacts: 100/week}}
agents: {front: {on_seat: 2, skills: [billing]}}
"""
SOME = ("effort.bot_dead_end", "effort.promised_wait", "csat.concurrency_above_2", "csat.novice")


def explained(scenario):
    paths = {row.path for row in assumed(scenario)}
    return {name for name in SOME if any(path.endswith(name) for path in paths)}


def test_a_telephone_line_has_none_of_them() -> None:
    assert explained(loads(LINE)) == set()


def test_a_centre_with_every_channel_has_what_it_stands_on() -> None:
    assert explained(loads(EVERY_CHANNEL)) == set(SOME) - {"csat.novice"}


@pytest.mark.parametrize("name", SOME)
def test_they_can_be_stated(name: str) -> None:
    head, _, key = name.partition(".")
    value = {"effort.promised_wait": "120s"}.get(name, "-0.3" if head == "csat" else "0.3")
    scenario = loads(EVERY_CHANNEL + f"experience: {{{head}: {{{key}: {value}}}}}\n")
    assert name in scenario.experience.overrides
    assert name not in explained(scenario)


@pytest.mark.parametrize("text", [LINE, EVERY_CHANNEL], ids=["line", "every channel"])
def test_every_parameter_of_the_outcome_model_is_shown_once_with_its_source(text: str) -> None:
    scenario = loads(text)
    rows = [*assumed(scenario), *moot(scenario)]
    shown = [row.path.partition(".")[2] for row in rows if row.path.partition(".")[0] in ROOMS]
    said_elsewhere = {"cost.wage_hour", "cost.on_cost", "cost.licence_agent_month", "cost.overtime_factor"}
    heads = {head for heads in ROOMS.values() for head in heads}
    renamed = {"value.discount_annual": "discount", "value.horizon_months": "horizon"}
    for name, parameter in outcome_parameters().items():
        reference = name.startswith("churn.base_annual.") or name == "ces.cuts_low_high"
        if name.partition(".")[0] in heads and name not in said_elsewhere and not reference:
            assert shown.count(renamed.get(name, name)) == 1, name
            assert parameter.source in {row.source for row in rows}, name
    page = explain(scenario, everything=True)
    assert all(f"  {row.path}  " in page for row in moot(scenario))
    assert not any(f"  {row.path}  " in explain(scenario) for row in moot(scenario))

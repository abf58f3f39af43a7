"""Weights of what only some centres have are explained only there."""

from __future__ import annotations

import pytest
from every_channel import EVERY_CHANNEL

from ccsim.scenario import loads
from ccsim.scenario.explain import assumed

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

"""Talk times of an intent: one for all channels, or by channel with ``others`` for the rest."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationInfo, WithJsonSchema

from ccsim.distributions import FAMILIES, Distribution
from ccsim.scenario.context import context_of
from ccsim.scenario.durations import read_distribution, spread_of
from ccsim.scenario.shares import OTHERS
from ccsim.scenario.trouble import Trouble

TALK = "talk"  # the key that both fields read
TALK_SCHEMA = WithJsonSchema(
    {
        "description": "a duration, a distribution, or these by channel: {voice: 4min, others: 6min}",
        "type": ["string", "number", "object"],
    }
)


def by_channel(value: Any, info: ValidationInfo) -> bool:
    """Whether a talk time is written by channel: some key of the mapping names one."""
    if not isinstance(value, dict) or set(value) & set(FAMILIES):
        return False
    return bool(set(value) & {OTHERS, *context_of(info).channels})


def read_talk(value: Any, info: ValidationInfo) -> Distribution:
    """The talk time of channels that have none of their own: ``others``, else the first."""
    if by_channel(value, info):
        try:
            return _talk(value.get(OTHERS, next(iter(value.values()))), info)
        except ValueError:  # said with its place by read_talk_on
            return spread_of(1.0)
    return _talk(value, info)


def read_talk_on(value: Any, info: ValidationInfo) -> dict[str, Distribution]:
    """The talk times by channel, none where one time holds for all."""
    if not by_channel(value, info):
        return {}
    trouble = Trouble()
    times = {name: trouble.take(lambda item: _talk(item, info), item, name) for name, item in value.items()}
    trouble.settle()
    return {name: time for name, time in times.items() if time is not None and name != OTHERS}


def _talk(value: Any, info: ValidationInfo) -> Distribution:
    return read_distribution(value, info, spread_of, never=False)

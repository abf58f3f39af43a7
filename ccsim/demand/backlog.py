"""Work that waits when the simulation begins: issues born at its very first moment.

Their keys name the channel and the number in its backlog, so that they move nobody else's draws, and
a longer backlog adds issues and leaves the others.
"""

from __future__ import annotations

import numpy as np

from ccsim.demand.births import Births
from ccsim.demand.cells import every_cell
from ccsim.demand.streams import issue_keys, name_key, stream_key, uniforms
from ccsim.scenario import Scenario


def backlog(scenario: Scenario, replication: int) -> list[Births]:
    """The issues that wait on each channel at the beginning, by cell; intents by the channel's mix."""
    found: list[Births] = []
    for channel, body in scenario.channels.items():
        if body.initial_backlog:
            found += _waiting(scenario, replication, channel, body.initial_backlog)
    return found


def _waiting(scenario: Scenario, replication: int, channel: str, count: int) -> list[Births]:
    number = np.arange(count)
    key = issue_keys(name_key("backlog", channel), np.zeros_like(number), number)
    own = [cell for cell in every_cell(scenario, channel) if cell.share > 0.0]
    edges = np.cumsum([cell.share for cell in own])
    u = uniforms(stream_key(scenario.seed, replication, "backlog_cell"), key)
    which = np.searchsorted(edges / edges[-1], u)
    born = np.full(count, scenario.begin)
    return [Births(cell, key[which == k], born[which == k]) for k, cell in enumerate(own)]

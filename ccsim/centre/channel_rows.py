"""Rows of channels: lines, doors, what customers do there, and what they are told while waiting."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.crews import Crew
from ccsim.centre.numbers import Numbers
from ccsim.centre.tables import (
    CHANNEL,
    HEAD_OF_LINE,
    LAST_TO_ENTER_SERVICE,
    NO_LIMIT,
    QUEUE_LENGTH,
)
from ccsim.demand.grid import Grid
from ccsim.scenario import Scenario
from ccsim.scenario.channels import Channel

Table = npt.NDArray[np.void]
PREDICTORS = {
    "last_to_enter_service": LAST_TO_ENTER_SERVICE,
    "head_of_line": HEAD_OF_LINE,
    "queue_length": QUEUE_LENGTH,
}


def channel_rows(scenario: Scenario, crews: list[Crew], numbers: Numbers) -> Table:
    """A row for each channel, and a last one on which nobody waits but call-back lists are counted."""
    names = list(scenario.channels)
    rows = np.zeros(len(names) + 1, CHANNEL)
    rows["message_to"] = rows["announce"] = rows["heard_patience"] = -1
    rows["limit"] = NO_LIMIT
    for row, (name, channel) in zip(rows, scenario.channels.items(), strict=False):
        openings = Grid(scenario, name).openings
        row["limited"] = channel.lines is not None
        row["lines"] = NO_LIMIT if channel.lines is None else channel.lines
        row["limit"] = NO_LIMIT if channel.queue_limit is None else channel.queue_limit
        row["opening"] = numbers.add(openings)
        row["last_opening"] = row["opening"] + 2 * len(openings)
        row["renew_patience"] = channel.renew_patience
        row["deferred"] = channel.deferred
        row["soft"] = channel.interruptible and gives_way(scenario, crews, name)
        row["switches"] = numbers.shares(channel.switches, names)
        row["switched"] = len(channel.switches)
        row["drops"], row["silent"], row["silent_time"] = channel.drops, channel.silent, channel.silent_time
        if channel.messages is not None:
            row["message_to"] = names.index(channel.messages.to)
            row["message_chance"] = channel.messages.chance
        if channel.kind == "messaging":
            row["turns"] = channel.turns
            row["think"] = numbers.quantiles(channel.think)
        _told(row, channel, numbers)
    return rows


def _told(row: Any, channel: Channel, numbers: Numbers) -> None:
    """Announcements, and the offer of a call-back."""
    announce, callback = channel.announce, channel.callback
    row["informs"] = announce is not None or callback is not None
    row["heard_factor"] = 1.0
    if announce is not None:
        row["predictor"] = PREDICTORS[announce.predictor]
        row["announce"] = numbers.add(announce.balk)
        row["balks"] = len(announce.balk)
        row["heard_patience"] = numbers.quantiles(announce.patience)
        row["heard_factor"] = 1.0 if announce.patience_factor is None else announce.patience_factor
    if callback is not None:
        row["offer"] = 1
        row["offer_predictor"] = PREDICTORS[callback.predictor]
        row["offer_above"] = callback.offer_above or 0.0
        row["offer_waiting"] = -1.0 if callback.offer_if_waiting is None else callback.offer_if_waiting
        row["accepts"], row["no_reply"] = callback.accepts, callback.no_reply
        row["ring"], row["tries"] = callback.ring, callback.tries
        row["retry"] = numbers.quantiles(callback.retry_after)


def gives_way(scenario: Scenario, crews: list[Crew], channel: str) -> bool:
    """Whether anybody who works on the channel handles a live one besides."""
    live = {name for name, each in scenario.channels.items() if each.live}
    return any(channel in crew.needs and live & crew.needs.keys() for crew in crews)

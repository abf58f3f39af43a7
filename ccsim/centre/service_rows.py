"""Rows of self-service: one for each self-service, and one for each intent it meets."""

from __future__ import annotations

from math import ceil

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from ccsim.centre.journal import Names
from ccsim.centre.numbers import Numbers
from ccsim.centre.tables import BOT, BOT_DOWN, BOT_UP, NO_LIMIT, SERVICE
from ccsim.demand.streams import Floats
from ccsim.scenario import Scenario
from ccsim.scenario.self_service import SelfService
from ccsim.units import WEEK

Table = npt.NDArray[np.void]
SURE = 99.0  # a normal score nothing reaches


def in_use(scenario: Scenario) -> dict[str, SelfService]:
    """Self-services that are switched on."""
    return {name: each for name, each in scenario.self_service.items() if each.enabled}


def bot_rows(scenario: Scenario) -> Table:
    used = in_use(scenario)
    rows = np.zeros(len(used), BOT)
    for row, service in zip(rows, used.values(), strict=True):
        row["free"] = NO_LIMIT if service.capacity is None else service.capacity
    return rows


def outage_lines(scenario: Scenario) -> list[tuple[float, int, int, float]]:
    """Lines of the plan: when each self-service goes down and is up again."""
    lines = []
    for number, service in enumerate(in_use(scenario).values()):
        for begin, end in service.outages:
            if begin < scenario.end and end > scenario.begin:
                lines.append((max(begin, scenario.begin), BOT_DOWN, number, 0.0))
                lines.append((end, BOT_UP, number, 0.0))
    return lines


def service_rows(
    scenario: Scenario, names: Names, numbers: Numbers
) -> tuple[Table, dict[tuple[str, str], int]]:
    """Rows of self-service by channel and intent, and which row that is."""
    number: dict[tuple[str, str], int] = {}
    rows: list[np.ndarray[tuple[int], np.dtype[np.void]]] = []
    weeks = max(1, ceil(scenario.end / WEEK))
    for k, service in enumerate(in_use(scenario).values()):
        for channel in service.channels:
            for intent in names.intents:
                number[channel, intent] = len(rows)
                rows.append(_row(scenario, service, (k, channel, intent), names, numbers, weeks))
    return (np.concatenate(rows) if rows else np.zeros(0, SERVICE)), number


def _row(
    scenario: Scenario,
    service: SelfService,
    place: tuple[int, str, str],
    names: Names,
    numbers: Numbers,
    weeks: int,
) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    k, channel, intent = place
    row = np.zeros(1, SERVICE)
    kinds = 2 * len(names.channels) * len(names.skills)
    row["bot"] = k
    row["queue"] = kinds + _places(scenario).index((k, channel))
    row["session"] = numbers.quantiles(service.session)
    row["contains"] = numbers.add(thresholds(service, intent, weeks))
    row["weeks"] = weeks
    row["bounce"] = numbers.quantiles(service.after)
    row["bounces"] = numbers.shares(service.returns_on, names.channels)
    row["bounced"] = len(service.returns_on)
    row["enters"] = service.enters
    loading = _loading(scenario, service, intent)
    row["loading"], row["noise"] = loading, (1.0 - loading**2) ** 0.5
    row["falsely"], row["comes_back"] = service.false_containment, service.comes_back
    row["asks"], row["gives_up"] = service.asks, service.gives_up
    row["context"], row["saves"] = service.handover.context, service.handover.saves
    return row


def _places(scenario: Scenario) -> list[tuple[int, str]]:
    """(self-service, channel) in the order of their queues."""
    return [
        (k, channel) for k, service in enumerate(in_use(scenario).values()) for channel in service.channels
    ]


def _loading(scenario: Scenario, service: SelfService, intent: str) -> float:
    """How far containment follows the issue's difficulty; not where the issue has none."""
    own = scenario.intents[intent].complexity
    return 0.0 if own == 0.0 else own if service.complexity is None else service.complexity


def thresholds(service: SelfService, intent: str, weeks: int) -> Floats:
    """By week, the normal score below which a session is contained."""
    shares = [service.containment(intent, week) for week in range(weeks)]
    return np.clip(ndtri(shares), -SURE, SURE)


def service_queues(scenario: Scenario, names: tuple[str, ...]) -> list[tuple[int, int]]:
    """(channel, self-service) of each self-service's queue."""
    return [(names.index(channel), k) for k, channel in _places(scenario)]

"""The headline figures in blocks, as they are read: each channel, self-service, agents, customers, money."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.experiments.summary import Row
    from ccsim.scenario import Scenario


def blocks(run: Run) -> Iterator[tuple[str, str, list[Row]]]:
    """Section, title and rows of each block."""
    for (section, part), rows in groupby(run.headlines, key=_block_of):
        yield section, title_of(run.scenario, section, part), list(rows)


def title_of(scenario: Scenario, section: str, part: str) -> str:
    """`Service, voice`, `Customers`, `Money, a year`."""
    return {
        "service": f"Service, {part}",
        "self_service": f"Self-service, {part}",
        "outreach": "Outreach",
        "agents": "Agents",
        "customers": "Customers",
        "money": _money(scenario.economics.horizon),
    }[section]


def _block_of(row: Row) -> tuple[str, str]:
    """Section and part; in money a channel's cost stands among the others."""
    return row.section, "" if row.section == "money" else row.part


def _money(months: int) -> str:
    return "Money, a year" if months == 12 else f"Money (at stake, ROI: {months} months)"

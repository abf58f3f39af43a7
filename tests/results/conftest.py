"""Journals to measure: one made by hand, one of the quickstart scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import handmade
import pytest

from ccsim.centre.journal import Journal
from ccsim.results.reduce import reduce
from ccsim.results.tally import Tally

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="session")
def hand_journal() -> Journal:
    return handmade.journal()


@pytest.fixture(scope="session")
def hand_scenario() -> Any:
    return handmade.scenario()


@pytest.fixture(scope="session")
def hand_tally(hand_journal: Journal, hand_scenario: Any) -> Tally:
    return reduce(hand_journal, hand_scenario)


@pytest.fixture(scope="session")
def real_scenario() -> Any:
    from ccsim.scenario import load

    return load(SCENARIOS / "quickstart.yaml", sets=["weeks=1"])


@pytest.fixture(scope="session")
def real_journals(real_scenario: Any) -> list[Journal]:
    from ccsim.centre.simulate import simulate

    return [simulate(real_scenario, number) for number in range(2)]


@pytest.fixture(scope="session")
def real_tallies(real_journals: list[Journal], real_scenario: Any) -> list[Tally]:
    return [reduce(journal, real_scenario) for journal in real_journals]

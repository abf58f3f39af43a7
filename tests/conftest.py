"""One small run and one small comparison, shared by the tests of what stands above the engine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from every_channel import EVERY_CHANNEL
from small import write_small

import ccsim
from ccsim.experiments import replicate
from ccsim.experiments.compare import Comparison, compare
from ccsim.experiments.run import Run


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def small_run(small_file: Path) -> Run:
    return ccsim.run(ccsim.load(small_file), clock="simpy")


@pytest.fixture(scope="session")
def every_run() -> Run:
    """A run of a centre with every channel."""
    from ccsim.scenario import loads

    return ccsim.run(loads(EVERY_CHANNEL), clock="simpy")


@pytest.fixture(scope="session")
def small_comparison(small_file: Path) -> Comparison:
    names = ("two_more", "same", "cheaper")
    variants = [ccsim.load(small_file, name) for name in names]
    return compare(ccsim.load(small_file), variants, 6, clock="simpy")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the replications simulated from now on in this process, in order."""
    seen: list[int] = []
    one = replicate.one_tally

    def counted(*arguments: Any) -> Any:
        seen.append(arguments[-1])
        return one(*arguments)

    monkeypatch.setattr(replicate, "one_tally", counted)
    return seen

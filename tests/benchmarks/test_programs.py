"""The benchmark's programs simulate the same centre, so that their speeds may be compared."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import bare_simpy
import process_simpy
from agreement import agree
from draws import WORKLOADS, draw
from programs import BARE, programs

DAY = 86_400.0


def test_both_yardsticks_agree_call_by_call_on_one_skill() -> None:
    work = WORKLOADS["W1"]
    drawn = draw(work, seed=3, horizon=DAY / 2)
    bare, process = bare_simpy.run(work, drawn), process_simpy.run(work, drawn)
    np.testing.assert_array_equal(bare.answered, process.answered)
    np.testing.assert_allclose(bare.wait, process.wait, atol=1e-6)


@pytest.mark.parametrize("name", list(WORKLOADS))
def test_the_engine_simulates_the_centre_of_the_bare_loop(name: str) -> None:
    todo = programs(name, weeks=1, seed=2, clocks=["simpy"])
    chosen = {label: todo[label] for label in (BARE, "engine, simpy")}
    for program in chosen.values():
        assert program.go() > 90_000
    one, other = (program.figures() for program in chosen.values())
    assert agree(one, other)

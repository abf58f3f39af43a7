"""The benchmark of outcomes does what it says, on a small run."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import outcomes


def test_it_measures_from_a_journal(capsys) -> None:  # type: ignore[no-untyped-def]
    asked = argparse.Namespace(scenario=["quickstart"], contacts=18_000, draws=10)
    found = outcomes.from_journal(asked)
    for label, row in found.items():
        assert 15_000 < row["contacts"] < 21_000 and 500 < row["rows"] < 5_000
        assert row["cpu"] > 0 and row["peak"] > 0
        outcomes._say(label, row, 1e9, None)
        outcomes._say(label, row, 0.0, 1e-9)
    lines = capsys.readouterr().out.splitlines()
    assert not lines[0].endswith("missed") and lines[1].endswith("missed")

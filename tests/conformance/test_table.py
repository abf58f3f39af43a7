"""The committed page holds every case with its truth, and nothing in it is off."""

from __future__ import annotations

from conformance.cases import CASES
from conformance.table import PAGE, rows

LIMIT = 3.3
found = list(rows(PAGE.read_text(encoding="utf-8")))


def test_every_case_and_measure_is_there() -> None:
    there = {(row.case, row.measure) for row in found}
    assert there == {(name, measure) for name, case in CASES.items() for measure in case.measures}


def test_truths_are_the_published_ones() -> None:
    for row in found:
        truth = CASES[row.case].truths[row.measure].value
        assert abs(row.truth - truth) <= 1e-4 * abs(truth)


def test_nothing_is_off() -> None:
    assert [row for row in found if any(abs(z) > LIMIT for z in row.z)] == []


def test_both_clocks_are_compared() -> None:
    for row in found:
        assert len(row.z) == (1 if row.measure in CASES[row.case].rare else 2)

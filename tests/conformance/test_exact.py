"""Every case, simulated from its scenario and held against the truth, on both clocks."""

from __future__ import annotations

import pytest

from ccsim.centre.clock_compiled import available
from ccsim.centre.simulate import simulate
from conformance.case import EXACT
from conformance.cases import CASES
from conformance.runs import Found, found

LIMIT = 3.3  # normal scores
needs_numba = pytest.mark.skipif(not available(), reason="the compiled clock needs numba")


def misses(name: str, result: Found) -> list[str]:
    """Measures whose truth lies too far away, in words."""
    case = CASES[name]
    return [
        f"{measure}: {estimate.value:.6g} ± {estimate.se:.2g}, truth {case.truths[measure].value:.6g}, z {z:.1f}"
        for measure, estimate in result.estimates.items()
        for z in [result.z(case, measure)]
        if not abs(z) <= LIMIT
    ]


@needs_numba
@pytest.mark.parametrize("name", CASES)
def test_compiled(name: str) -> None:
    assert misses(name, found(name, "compiled")) == []


@pytest.mark.slow  # the next test says that the clocks do the same
@pytest.mark.parametrize("name", CASES)
def test_simpy(name: str) -> None:
    assert misses(name, found(name, "simpy")) == []


@needs_numba
@pytest.mark.parametrize("name", CASES)
def test_same_rows_on_both_clocks(name: str) -> None:
    reference, compiled = (
        simulate(CASES[name].scenario("simpy"), 0, clock) for clock in ("simpy", "compiled")
    )
    for table in ("issues", "legs", "presence"):
        assert getattr(compiled, table).tobytes() == getattr(reference, table).tobytes()


@pytest.mark.parametrize("source", EXACT)
def test_no_published_case_is_forgotten(source: str) -> None:
    assert source in {case.source for case in CASES.values()}

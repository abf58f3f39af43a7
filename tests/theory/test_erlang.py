"""Erlang B, C, A and M/M/n+G against exact cases, published figures and each other."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim import theory
from ccsim.distributions import (
    Constant,
    Erlang,
    Exponential,
    Gamma,
    Lognormal,
    Mixture,
    Never,
    PiecewiseHazard,
    Weibull,
)

DATA = Path(__file__).parents[1] / "data"
CASES = {case["id"]: case for case in json.loads((DATA / "exact_cases.json").read_text())}
PUBLISHED = json.loads((DATA / "published_erlang.json").read_text())
PATIENCE = {
    "ZM1": Constant(60.0),
    "ZM2": Weibull(120.0, 2.0),
    "ZM4": Lognormal(120.0, 1.5),
    "ZM6": Mixture(((0.15, Constant(0.0)), (0.85, Exponential(120.0)))),
}


def published(start):
    return next(entry for entry in PUBLISHED if entry["source"].startswith(start))


def figures(queue):
    """Every figure under the names of the exact cases."""
    found = {
        "p_wait": queue.p_wait,
        "p_abandon": queue.p_abandon,
        "p_block": queue.p_block,
        "mean_offered_wait": queue.mean_offered_wait,
        "mean_wait_all": queue.mean_wait,
        "mean_queue": queue.mean_queue,
        "occupancy": queue.occupancy,
        "asa": queue.asa,
        "asa_answered": queue.asa,
        "mean_wait_abandoned": queue.mean_wait_abandoned,
        "mean_busy": queue.occupancy * queue.agents,
        "throughput": queue.occupancy * queue.agents / queue.aht,
    }
    for seconds in (10, 20, 60):
        found |= {
            f"sl_offered_{seconds}s": queue.answered_within(seconds),
            f"sl_answered_{seconds}s": queue.answered_share_within(seconds),
            f"p_ab_within_{seconds}s": queue.abandoned_within(seconds),
            f"sl_excl_short_ab_{seconds}s": queue.service_level(seconds, seconds),
            f"p_wait_gt_{seconds}s": queue.p_wait_longer(seconds),
        }
    return found


def assert_exact(case, queue):
    found = figures(queue)
    for name, value in case["outputs"].items():
        assert found[name] == pytest.approx(value, rel=1e-8), name


@pytest.mark.parametrize("name", ["EA1", "EA3", "EA5", "EAK1"])
def test_erlang_a_is_exact(name):
    given_ = CASES[name]["inputs"]
    lines = given_.get("lines")
    queue = theory.erlang_a(given_["lam"], given_["aht"], given_["servers"], given_["patience_mean"], lines)
    assert_exact(CASES[name], queue)


@pytest.mark.parametrize("name", ["ZM1", "ZM2", "ZM4", "ZM6"])
def test_any_patience_is_exact(name):
    given_ = CASES[name]["inputs"]
    queue = theory.queue(given_["lam"], given_["aht"], given_["servers"], PATIENCE[name])
    assert_exact(CASES[name], queue)


@pytest.mark.parametrize("name", ["EC1", "EC2", "EC4"])
def test_erlang_c_is_exact(name):
    given_, expected = CASES[name]["inputs"], dict(CASES[name]["outputs"])
    queue = theory.erlang_c(given_["lam"], given_["aht"], given_["servers"])
    level = expected.pop("service_level")
    assert queue.service_level(given_["T"]) == pytest.approx(level, rel=1e-9)
    assert_exact({"outputs": expected}, queue)


def test_erlang_b_is_exact():
    case = CASES["EB1"]
    found = theory.erlang_b(case["inputs"]["offered_load"], case["inputs"]["servers"])
    assert found == pytest.approx(case["outputs"]["p_block"], rel=1e-12)


def test_repeats_are_erlang_c_at_the_rate_they_make():
    given_, expected = CASES["FC1"]["inputs"], CASES["FC1"]["outputs"]
    rate = given_["lam"] / (1.0 - given_["p_repeat"])
    queue = theory.erlang_c(rate, given_["aht"], given_["servers"])
    assert queue.p_wait == pytest.approx(expected["p_wait"], rel=1e-9)
    assert queue.service_level(20) == pytest.approx(expected["service_level"], rel=1e-9)


def test_published_figures_of_other_packages():
    tools = published("call-center-tools")
    load, agents = tools["inputs"]["a"], tools["inputs"]["n"]
    assert theory.p_wait(load, agents) == pytest.approx(tools["expected"]["erlang_c"], rel=1e-9)
    assert theory.erlang_b(load, agents) == pytest.approx(tools["expected"]["erlang_b_true"], rel=1e-6)
    public = published("public GitHub")["expected"]
    for pair, value in public["erlang_b"].items():
        load, agents = (int(part) for part in pair.split(","))
        assert theory.erlang_b(load, agents) == pytest.approx(value, abs=6e-5)
    for pair, value in public["erlang_c"].items():
        load, agents = (int(part) for part in pair.split(","))
        assert theory.p_wait(load, agents) == pytest.approx(value, abs=6e-5)
    queue = theory.erlang_c(0.2, 240.0, 55)
    assert queue.service_level(20) == pytest.approx(public["sl_48_55_aht240_T20"], abs=6e-5)
    assert queue.asa == pytest.approx(public["asa_48_55_aht240"], abs=6e-4)
    assert theory.agents_for(0.8, 20.0, 0.2, 240.0) == public["first_n_for_80_20"]


def test_published_worked_examples():
    for agents, value in published("Call Centre Helper")["derived"].items():
        queue = theory.erlang_c(100 / 1800, 180.0, int(agents))
        assert queue.p_wait == pytest.approx(value["p_wait"], abs=6e-6)
        assert queue.service_level(20) == pytest.approx(value["sl"], abs=6e-6)
        assert queue.asa == pytest.approx(value["asa"], rel=1e-4)
    mitan = published("Mitan")["derived"]
    queue = theory.erlang_c(0.2, 240.0, 55)
    assert queue.service_level(15) == pytest.approx(mitan["sl_15s"], abs=6e-7)
    expected = published("pyworkforce")["expected"]
    # Their answered-within-0.33-min target of 80 %, then an occupancy of at most 70 %.
    first = theory.agents_for(0.8, 19.8, 100 / 1800, 180.0)
    roomy = theory.agents_for(0.8, 19.8, 100 / 1800, 180.0, max_occupancy=0.7)
    assert (first, roomy) == (expected[0]["servers"], expected[1]["servers"])


def test_published_figures_with_abandonment():
    expected = published("Gans-Koole-Mandelbaum")["derived"]
    without, queue = theory.erlang_c(0.8, 60.0, 50), theory.erlang_a(0.8, 60.0, 50, 120.0)
    assert without.asa == pytest.approx(expected["asa_s"], abs=6e-5)
    assert without.mean_queue == pytest.approx(expected["queue"], abs=6e-4)
    assert queue.p_abandon == pytest.approx(expected["p_abandon"], abs=6e-7)
    assert queue.mean_wait == pytest.approx(expected["wait_s"], abs=6e-5)
    assert queue.p_wait_longer(12.5) == pytest.approx(expected["p_wait_gt_12_5"], abs=6e-6)
    for load, level, lost in ((100, 0.7265, 0.03986), (150, 0.00014, 0.33333)):
        queue = theory.erlang_a(load / 300, 300.0, 100, 300.0)
        assert queue.answered_within(20) == pytest.approx(level, abs=6e-5)
        assert queue.p_abandon == pytest.approx(lost, abs=6e-6)


@pytest.mark.parametrize("agents", [12, 18, 19, 30])
def test_integrals_and_chain_agree_from_overload_to_idleness(agents):
    chain = figures(theory.erlang_a(0.1, 180.0, agents, 120.0))
    integrals = figures(theory.queue_by_integrals(0.1, 180.0, agents, Exponential(120.0)))
    assert integrals == pytest.approx(chain, rel=1e-8, abs=1e-12)
    same = theory.queue_by_integrals(0.1, 180.0, agents, Erlang(120.0, 1))
    assert figures(same) == pytest.approx(chain, rel=1e-8, abs=1e-12)


@pytest.mark.parametrize(
    "patience",
    [
        Gamma(200.0, 0.3),
        PiecewiseHazard((0.0, 55.0, 65.0), (0.002, 0.05, 0.003)),
        Mixture(((0.1, Constant(0.0)), (0.3, Constant(60.0)), (0.6, Lognormal(300.0, 1.0)))),
        Mixture(((0.3, Never()), (0.7, Exponential(90.0)))),
    ],
)
@pytest.mark.parametrize("agents", [16, 20])
def test_what_must_balance_does(patience, agents):
    queue = theory.queue(0.1, 180.0, agents, patience)
    assert 0 <= queue.p_abandon <= queue.p_wait <= 1
    parts = (1 - queue.p_abandon) * queue.asa + queue.p_abandon * queue.mean_wait_abandoned
    assert queue.mean_wait == pytest.approx(parts, rel=1e-9)
    assert queue.answered_within(1e6) == pytest.approx(1 - queue.p_abandon, rel=1e-9)
    assert queue.p_wait_longer(1e6) == pytest.approx(0, abs=1e-9)
    assert queue.mean_queue == pytest.approx(queue.rate * queue.mean_wait)


def test_patience_without_end_is_erlang_c():
    assert theory.queue(0.09, 180.0, 18, Never()) == theory.erlang_c(0.09, 180.0, 18)
    patient = theory.erlang_a(0.09, 180.0, 18, 1e8)
    assert patient.asa == pytest.approx(theory.erlang_c(0.09, 180.0, 18).asa, rel=1e-4)


def test_lines_without_waiting_places_are_erlang_b():
    queue = theory.erlang_a(10 / 180, 180.0, 15, 60.0, lines=15)
    assert queue.p_block == pytest.approx(theory.erlang_b(10.0, 15), rel=1e-12)
    assert queue.p_wait == 0 and queue.asa == 0


def test_no_steady_state_is_said():
    queue = theory.erlang_c(0.1, 180.0, 18)
    assert queue.p_wait == 1 and math.isinf(queue.asa) and queue.service_level(20) == 0
    stubborn = Mixture(((0.5, Never()), (0.5, Exponential(60.0))))
    with pytest.raises(ValueError, match="no steady state"):
        theory.queue(0.2, 180.0, 17, stubborn)
    with pytest.raises(ValueError, match="rate must be"):
        theory.erlang_c(0.0, 180.0, 18)
    with pytest.raises(ValueError, match="at least the 18 agents"):
        theory.erlang_a(0.1, 180.0, 18, 60.0, lines=10)


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0.01, 3.0),
    st.floats(30.0, 600.0),
    st.one_of(st.none(), st.floats(20.0, 5000.0)),
    st.floats(0.5, 0.97),
)
def test_agents_for_is_the_fewest(rate, aht, patience, target):
    found = theory.agents_for(target, 20.0, rate, aht, patience)
    assert theory.queue(rate, aht, found, patience).service_level(20) >= target
    if found > 1:
        assert theory.queue(rate, aht, found - 1, patience).service_level(20) < target


def test_agents_for_any_patience():
    exponential = theory.agents_for(0.8, 20.0, 0.1, 180.0, 120.0)
    assert theory.agents_for(0.8, 20.0, 0.1, 180.0, Gamma(120.0, 1.0)) == exponential


def test_the_table_marks_the_answer():
    table = theory.around(0.2, 240.0, within=20.0, target_share=0.8, spread=2)
    assert [row.agents for row in table] == [52, 53, 54, 55, 56]
    lines = theory.text(table).splitlines()
    assert lines[0].split()[0] == "agents" and len({len(line) for line in lines[:3]}) == 1
    assert [line.endswith("<") for line in lines] == [False, False, False, True, False, False]
    assert "endless" in theory.text(theory.rows(0.2, 240.0, None, [48, 54]))

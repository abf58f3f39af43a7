"""The library: growth, old and modern, empowerment, calls not timed, strain; each lands where its header says."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import ccsim
from ccsim.centre.simulate import simulate
from ccsim.experiments.run import Run
from ccsim.scenario import Scenario, load
from ccsim.scenario.checks import check

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
SHORT = {"weeks": "1", "warm_up": "3 days", "follow_up": "1 day"}
LENGTHS = {
    "odoo_growth": {**SHORT, "warm_up": "1 week"},
    "old_after_sales_vs_modern": SHORT,
    "ritz_empowerment": SHORT,
    "zappos_untimed": SHORT,
    "symmetry_of_attentions": {"weeks": "2", "warm_up": "2 weeks", "follow_up": "1 day"},
}
NAMES = list(LENGTHS)
# (channel, measure): from, to; channel None is the whole centre. As in the headers of the files.
BANDS: dict[str, dict[tuple[str | None, str], tuple[float, float]]] = {
    "odoo_growth": {
        ("chat", "service_level"): (0.95, 1.0),
        ("tickets", "service_level"): (0.75, 0.95),
        (None, "occupancy"): (0.74, 0.90),
    },
    "old_after_sales_vs_modern": {
        ("voice", "service_level"): (0.78, 0.93),
        (None, "fcr"): (0.52, 0.62),
        (None, "csat"): (0.84, 0.88),
        (None, "occupancy"): (0.68, 0.80),
    },
    "ritz_empowerment": {
        ("voice", "service_level"): (0.72, 0.93),
        (None, "escalation_rate"): (0.09, 0.15),
        (None, "occupancy"): (0.42, 0.65),
    },
    "zappos_untimed": {
        ("voice", "service_level"): (0.68, 0.90),
        ("voice", "aht"): (420.0, 540.0),
        (None, "occupancy"): (0.58, 0.75),
    },
    "symmetry_of_attentions": {
        ("voice", "service_level"): (0.72, 0.92),
        (None, "occupancy"): (0.76, 0.88),
    },
}


def shortened(name: str, variant: str | None = None) -> Scenario:
    return load(SCENARIOS / f"{name}.yaml", variant).with_changes(LENGTHS[name])


@cache
def run(name: str, variant: str | None = None) -> Run:
    return ccsim.run(shortened(name, variant), 1, clock="simpy")


def figure(found: Run, measure: str, channel: str | None = None) -> float:
    if measure == "csat":
        return float(found.outcomes.score("csat").value)
    rows = found.measures("channel") if channel else found.measures()
    rows = rows[rows["measure"] == measure]
    return float((rows[rows["channel"] == channel] if channel else rows)["value"].item())


def work(found: Run) -> float:
    """Seconds of handling a week."""
    return figure(found, "handled") * figure(found, "aht")


def gains(name: str, variant: str, measure: str, channel: str | None = None) -> float:
    """How much higher a figure is in the variant than in its base."""
    return figure(run(name, variant), measure, channel) - figure(run(name), measure, channel)


@pytest.mark.parametrize("name", NAMES)
def test_is_short_and_every_variant_loads(name: str) -> None:
    path = SCENARIOS / f"{name}.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) < 120
    header = lines[: lines.index("ccsim: 1")]
    assert len(header) >= 5 and all(line.startswith("# ") for line in header)
    assert any("Lands on:" in line for line in header)
    base = load(path)
    assert len(base.variants) >= 2 and all(variant.why for variant in base.variants.values())
    assert any(variant.one_off for variant in base.variants.values())
    for variant in base.variants:
        load(path, variant)


@pytest.mark.parametrize("name", NAMES)
def test_says_what_money_needs(name: str) -> None:
    base = load(SCENARIOS / f"{name}.yaml")
    assert base.economics.without_service_churn is not None
    for segment in base.customers.values():
        assert None not in (segment.count, segment.margin, segment.churn)


@pytest.mark.parametrize("name", NAMES)
def test_warns_of_nothing(name: str) -> None:
    assert not check(SCENARIOS / f"{name}.yaml").warnings


@pytest.mark.parametrize("name", NAMES)
def test_lands_where_the_header_says(name: str) -> None:
    found = run(name)
    for (channel, measure), (low, high) in BANDS[name].items():
        assert low <= figure(found, measure, channel) <= high, (channel, measure)
    waiting = found.measures("channel").query("measure == 'backlog_day_end'")["value"].max()
    assert not waiting > 0.35 * figure(found, "offered")


def test_bot_and_assist_pay_for_growth() -> None:
    name, both = "odoo_growth", "twelve_percent_bot_and_assist"
    assert 0.18 <= 1 - work(run(name, both)) / work(run(name)) <= 0.27
    assert abs(gains(name, both, "service_level", "tickets")) < 0.08
    assert figure(run(name, "twelve_percent"), "occupancy") > 0.92  # drowns: the backlog follows later
    assert gains(name, "twelve_percent", "backlog_day_end", "tickets") > 50


def test_time_to_solve_and_memory_beat_handling_time() -> None:
    name = "old_after_sales_vs_modern"
    assert 0.09 <= gains(name, "modern", "fcr") <= 0.17
    assert gains(name, "modern", "csat") >= 0.03
    assert 1.08 <= figure(run(name, "modern"), "aht") / figure(run(name), "aht") <= 1.22
    assert work(run(name, "modern")) < work(run(name))


def test_who_may_act_need_not_ask() -> None:
    name = "ritz_empowerment"
    assert figure(run(name, "empowered"), "escalation_rate") < 0.67 * figure(run(name), "escalation_rate")
    assert 0.05 <= gains(name, "empowered", "fcr") <= 0.10
    assert gains(name, "empowered", "csat") > 0


def test_calls_of_hours_break_nothing_and_the_clock_costs_solutions() -> None:
    name = "zappos_untimed"
    legs = run(name).journal.legs
    assert legs["talk"].max() > 2 * 3600
    timed = run(name, "timed")
    assert figure(timed, "aht") < 0.75 * figure(run(name), "aht")
    assert -0.13 <= gains(name, "timed", "fcr") <= -0.07


def test_strain_makes_work_and_relief_takes_it_away() -> None:
    name = "symmetry_of_attentions"
    assert -0.05 < gains(name, "tireless", "occupancy") < 0
    assert 0 < gains(name, "tireless", "fcr") < 0.03
    assert gains(name, "relief", "occupancy") < -0.04
    assert gains(name, "relief", "service_level", "voice") > 0
    assert gains(name, "relief", "csat") > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_both_clocks_give_equal_rows(name: str) -> None:
    pytest.importorskip("numba")
    scenario = shortened(name, list(load(SCENARIOS / f"{name}.yaml").variants)[-1])
    simpy, compiled = simulate(scenario, 0, "simpy"), simulate(scenario, 0, "compiled")
    for table in ("issues", "legs", "presence"):
        assert getattr(simpy, table).tobytes() == getattr(compiled, table).tobytes(), table
    assert len(simpy.legs) > 2000

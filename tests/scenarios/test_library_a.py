"""Five scenarios of the library: they load, land where their heads say, and both clocks agree.

The reduced run is the first days of a week, with the volume of those days and all of their staff.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import ccsim
from ccsim.centre.journal import Journal
from ccsim.centre.simulate import simulate
from ccsim.experiments.run import Run
from ccsim.scenario import Scenario, load
from ccsim.scenario.checks import check

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
SHORT = {"weeks": "1", "warm_up": "0", "follow_up": "0", "replications": "1"}
# Nobody comes back from the weeks before: so the volume is counted as first contacts.
REDUCED = {
    "omnichannel_retail": {
        "calendar.hours": "{mon-tue: 08:00-20:00}",
        "arrivals.voice.contacts": "6900/week",
        "arrivals.voice.counted": "first",
        "arrivals.chat.contacts": "5370/week",
        "arrivals.chat.counted": "first",
        "arrivals.email.contacts": "1250/week",
        "arrivals.email.counted": "first",
        "arrivals.email.weekdays": "{mon: 1, tue: 0, wed: 0, thu: 0, fri: 0, sat: 0, sun: 0}",
        "channels.email.initial_backlog": "300",
        "events.black_friday.from": "2026-11-07",
        "events.black_friday.to": "2026-11-08",
    },
    "saas_support": {
        "calendar.hours": "{mon-wed: 08:00-18:00}",
        "arrivals.chat.contacts": "{teams: 0.15/customer/month, enterprise: 0.84/customer/month}",
        "arrivals.chat.counted": "first",
        "arrivals.tickets.contacts": "{teams: 0.2/customer/month, enterprise: 1.5/customer/month}",
        "arrivals.tickets.counted": "first",
        "arrivals.tickets.weekdays": "{mon: 1.2, tue-wed: 1.0, thu-sun: 0}",
    },
    "bank_skill_routing": {
        "calendar.hours": "{mon-wed: 09:00-17:00}",
        "arrivals.voice.contacts": "x0.57",
        "arrivals.voice.counted": "first",
    },
    "telecom_outage": {
        "calendar.hours": "{mon-wed: 08:00-20:00}",
        "events.outage.factor": "4",  # the day is a third of the run
        "arrivals.voice.contacts": "x0.53",
        "arrivals.voice.counted": "first",
    },
    "bpo_two_sites": {
        "calendar.hours": "{mon-wed: 08:00-19:00}",
        "arrivals.voice.contacts": "x0.58",
        "arrivals.voice.counted": "first",
        "arrivals.email.contacts": "x0.52",
        "arrivals.email.counted": "first",
        "arrivals.email.weekdays": "{mon-wed: 1.00, thu-sun: 0}",
    },
}
BAND = re.compile(r"^#   (?:(\w+) )?(\w+): ([\d.]+)(%?) to ([\d.]+)%?$", re.MULTILINE)
each = pytest.mark.parametrize("name", REDUCED)


def bands(name: str) -> list[tuple[str | None, str, float, float]]:
    """What the head of the file says it lands on: channel (None: all), measure, least, most."""
    found = BAND.findall((SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8"))
    return [
        (
            channel or None,
            measure,
            float(low) / (100 if percent else 1),
            float(high) / (100 if percent else 1),
        )
        for channel, measure, low, percent, high in found
    ]


def reduced(name: str) -> Scenario:
    return load(SCENARIOS / f"{name}.yaml").with_changes(SHORT | REDUCED[name])


@cache
def short_run(name: str) -> Run:
    return ccsim.run(reduced(name), clock="simpy", jobs=1)


def landed(run: Run, channel: str | None, measure: str) -> float:
    """The run's figure: of a channel, of all channels, or of the customers (CSAT)."""
    table = run.measures(by="channel") if channel else run.summary() if measure == "csat" else run.measures()
    chosen = table["measure"] == measure
    return float(table[chosen & (table["channel"] == channel) if channel else chosen]["value"].iloc[0])


def rows(journal: Journal) -> tuple[bytes, ...]:
    return journal.issues.tobytes(), journal.legs.tobytes(), journal.presence.tobytes()


@each
def test_the_file_is_short_and_says_what_it_teaches(name: str) -> None:
    lines = (SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 120
    assert "teaches" in " ".join(line for line in lines if line.startswith("# "))
    assert len(bands(name)) >= 5


@each
def test_it_and_its_variants_have_no_faults(name: str) -> None:
    path = SCENARIOS / f"{name}.yaml"
    found = check(path)
    assert found.ok and not found.warnings, str(found)
    scenario = load(path)
    assert len(scenario.variants) >= 2
    assert any(variant.one_off > 0 for variant in scenario.variants.values())
    for variant in scenario.variants:
        assert scenario.variants[variant].why
        assert load(path, variant=variant) != scenario


@each
def test_its_customers_and_its_worth_are_stated(name: str) -> None:
    scenario = load(SCENARIOS / f"{name}.yaml")
    assert scenario.economics.without_service is not None
    for segment in scenario.customers.values():
        assert None not in (segment.count, segment.margin, segment.churn)


@each
def test_the_reduced_run_lands_in_its_bands(name: str) -> None:
    run = short_run(name)
    for channel, measure, low, high in bands(name):
        value = landed(run, channel, measure)
        assert low <= value <= high, f"{channel or 'all'} {measure} {value:.3f}"


@pytest.mark.slow  # the compiled clock takes minutes to compile where nothing is cached
@each
def test_both_clocks_give_equal_rows(name: str) -> None:
    pytest.importorskip("numba")
    scenario = reduced(name)
    simpy = simulate(scenario, 0, "simpy")
    assert rows(simpy) == rows(simulate(scenario, 0, "compiled"))
    assert len(simpy.legs) > 500

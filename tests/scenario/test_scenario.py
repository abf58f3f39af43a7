"""What the two packaged scenarios mean, in seconds, shares and contacts a week."""

from __future__ import annotations

import pickle
import time
from datetime import date

import pytest
from pydantic import ValidationError

from ccsim.distributions import Exponential, Lognormal, Mixture, Never, Weibull
from ccsim.scenario import Scenario, load, loads
from ccsim.scenario.templates import scenarios_folder, template

QUICK = template("quickstart")
BASE = QUICK.split("variants:")[0]


@pytest.fixture(scope="module")
def quick() -> Scenario:
    return load(scenarios_folder() / "quickstart.yaml")


@pytest.fixture(scope="module")
def retail() -> Scenario:
    return load(scenarios_folder() / "retail.yaml")


def test_quickstart_is_short_and_retail_fits_a_screen_or_two() -> None:
    assert 25 <= len(QUICK.splitlines()) <= 30
    assert len(template("retail").splitlines()) <= 100


def test_quickstart(quick: Scenario) -> None:
    assert (quick.name, quick.weeks, quick.currency) == ("Quickstart service line", 4, "EUR")
    assert quick.start == date(2026, 1, 5) and quick.interval == 1800
    assert (quick.begin, quick.counted_until, quick.end) == (-604800, 4 * 604800, 5 * 604800)
    everyone = quick.customers["everyone"]
    assert (everyone.count, everyone.margin, everyone.churn) == (60000, 14.0, 0.18)
    billing = quick.intents["billing"]
    assert (billing.skill, billing.share, billing.fcr) == ("billing", 0.6, 0.78)
    assert billing.talk == Lognormal(240.0, 0.9) and billing.wrap_up == Lognormal(40.0, 0.9)
    voice = quick.channels["voice"]
    assert voice.target is not None and (voice.target.share, voice.target.within) == (0.8, 20)
    assert voice.patience == Exponential(300.0) and voice.lines is None
    assert voice.redial is not None and voice.redial.after == Exponential(900.0)
    arrivals = quick.arrivals["voice"]
    assert (arrivals.contacts, arrivals.profile, arrivals.counted) == (6000.0, "two_peaks", "all")
    group = quick.agents["generalists"]
    assert group.on_seat is not None and group.on_seat.constant == 12
    assert group.skills["technical"].speed == group.skills["technical"].fcr == 0.9
    assert quick.agents["technicians"].skills["technical"].speed == 1.0
    assert quick.economics.without_service_churn == 0.45


def test_what_quickstart_leaves_open_is_filled_in(quick: Scenario) -> None:
    intent, arrivals = quick.intents["billing"], quick.arrivals["voice"]
    assert (intent.complexity, intent.repeat.chance, intent.repeat.cap) == (0.5, 0.75, None)
    assert isinstance(intent.repeat.after, Mixture)
    assert intent.repeat.after.cdf(600.0) == pytest.approx(0.25, abs=0.005)
    assert intent.repeat.after.cdf(7 * 86400.0) == pytest.approx(0.25 + 0.75 * 0.95)
    assert arrivals.busyness is not None and arrivals.busyness.cv == 0.1
    assert quick.agents["generalists"].shrinkage == {"other": 0.32}
    assert quick.agents["generalists"].adherence == 1.0
    assert quick.mix("voice") == {"billing": 0.6, "technical": 0.4}
    assert quick.segment_shares("voice") == {"everyone": 1.0}


def test_retail(retail: Scenario) -> None:
    assert retail.start == date(2026, 11, 2) and retail.weeks == 8
    assert retail.intents["return"].skill == "orders"
    assert retail.intents["complaint"].talk == Lognormal(480.0, 1.1)
    assert retail.intents["complaint"].repeat.cap == 6
    transfer = retail.intents["payment"].transfer
    assert transfer is not None and (transfer.to, transfer.warm) == ("complaint", 0.6)
    assert retail.channels["voice"].patience == Weibull(240.0, 0.8)
    assert retail.arrivals["voice"].weekdays == (1.25, 1.05, 1.0, 0.95, 1.0, 0.75, 1.0)
    early = retail.shifts["early"]
    assert (early.start, early.end, early.days) == (28500, 57600, frozenset(range(5)))
    assert early.breaks == ((36000, 900), (45000, 1800))
    front = retail.agents["front"]
    assert front.scheduled == {"early": 21, "late": 19, "saturday": 17}
    assert (front.wage, front.adherence, front.shrinkage["absence"]) == (14.6, 0.95, 0.06)
    orders = retail.agents["advisers"].skills["orders"]
    assert (orders.speed, orders.fcr, orders.rank) == (0.9, 0.95, 2)
    (overflow,) = retail.routing.overflow
    assert (overflow.after, overflow.to, overflow.skills) == (45, ("experts",), ("orders", "payment"))
    assert retail.routing.reserved["experts"].keep == 2
    assert retail.routing.wait_credit == {"members": 60.0}
    assert retail.routing.priority["complaint"] == 1
    event = retail.events["black_friday"]
    assert (event.start, event.end, event.factor) == (25 * 86400, 31 * 86400, 1.6)
    assert retail.targets.bands["abandonment"].max == 0.06
    assert retail.targets.bands["csat"].min == 0.88 and retail.targets.preset == "ecommerce"
    assert retail.economics.horizon == 24
    assert retail.variants["care_skill"].one_off == 12000.0


def test_a_scenario_is_frozen_equal_by_content_and_crosses_processes(quick: Scenario) -> None:
    with pytest.raises(ValidationError):
        quick.weeks = 5
    assert loads(QUICK) == quick
    assert loads(QUICK.replace("weeks: 4", "weeks: 5")) != quick
    again = pickle.loads(pickle.dumps(quick))
    assert again == quick
    assert again.with_changes({"weeks": 5}).weeks == 5


def test_loading_is_quick() -> None:
    load(scenarios_folder() / "quickstart.yaml")
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        load(scenarios_folder() / "quickstart.yaml")
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.15


@pytest.mark.parametrize(
    ("written", "a_week"),
    [
        ("6000/week", 6000),
        ("1000/day", 6000),
        ("100/h", 5400),
        ("2/min", 6480),
        ("26089.2857/month", 6000),
        ("313071.4286/year", 6000),
        ("0.01/s", 1944),
    ],
)
def test_volumes_of_any_period(written: str, a_week: float) -> None:
    scenario = loads(QUICK.replace("6000/week", written))
    assert scenario.arrivals["voice"].contacts == pytest.approx(a_week, rel=1e-4)


@pytest.mark.parametrize("word", ["never", "{never: {}}"])
def test_people_who_never_hang_up(word: str) -> None:
    assert loads(QUICK.replace("patience: 5min", f"patience: {word}")).channels["voice"].patience == Never()


@pytest.mark.parametrize(
    ("written", "mean"),
    [
        ("{constant: 4min}", 240),
        ("{constant: {value: 4min}}", 240),
        ("{exponential: 4min}", 240),
        ("{gamma: {mean: 4min, cv: 80%}}", 240),
        ("{erlang: {mean: 4min, k: 2}}", 240),
        ("{uniform: {low: 2min, high: 6min}}", 240),
        ("{triangular: {low: 1min, mode: 4min, high: 7min}}", 240),
        ("{empirical: [2min, 4min, 6min]}", 240),
        ("{empirical: {values: [2min, 6min], weights: [1, 1]}}", 240),
        ("{mixture: [{weight: 25%, constant: 0s}, {weight: 75%, exponential: 320s}]}", 240),
        ("{piecewise_hazard: {0s: 0.25/min, 60s: 15/h}}", 240),
        ("0s", 0),
        ("0", 0),
    ],
)
def test_distributions(written: str, mean: float) -> None:
    scenario = loads(QUICK.replace("patience: 5min", f"patience: {written}"))
    assert scenario.channels["voice"].patience.mean == pytest.approx(mean)


def test_short_forms_of_nothing() -> None:
    text = (
        QUICK.replace("patience: 5min", "patience: 5min, redial: none")
        .replace("fcr: 78%", "fcr: 78%, repeat: none, hold: none")
        .replace("counted: all", "busyness: none")
    )
    scenario = loads(text)
    assert scenario.channels["voice"].redial is None
    assert scenario.intents["billing"].repeat.chance == 0.0
    assert scenario.intents["billing"].hold is None
    assert scenario.arrivals["voice"].busyness is None


def test_headcount_by_time_of_day() -> None:
    seat = "on_seat: {mon-thu: {08:00: 4, 10:00: 6}, fri: 5, mon: {09:00: 9}}"
    group = loads(QUICK.replace("on_seat: 12", seat)).agents["generalists"]
    assert group.on_seat is not None
    assert [group.on_seat.at(1, hour * 3600) for hour in (7, 8, 9, 10)] == [0, 4, 4, 6]
    assert [group.on_seat.at(day, 43200) for day in range(7)] == [9, 6, 6, 6, 5, 0, 0]
    assert group.on_seat.constant is None and group.on_seat.peak == 9


def test_night_shifts_end_on_the_next_day() -> None:
    text = BASE.replace("on_seat: 12", "scheduled: {night: 3}") + (
        "shifts: {night: {days: daily, hours: 22:00-06:00, breaks: [02:00 30min, 23:30 15min]}}\n"
    )
    shift = loads(text.replace("08:00-18:00", "24h")).shifts["night"]
    assert (shift.start, shift.end) == (79200, 108000)
    assert shift.breaks == ((84600, 900), (93600, 1800))


def test_scheduled_groups_lose_time_unless_told_otherwise() -> None:
    text = BASE.replace("on_seat: 12", "scheduled: {day: 12}") + (
        "shifts: {day: {days: mon-sat, hours: 08:00-18:00}}\n"
    )
    group = loads(text).agents["generalists"]
    assert group.shrinkage == {"absence": 0.06} and group.adherence == 0.92
    none = loads(
        text.replace("wage: 15.00/h", "shrinkage: none, adherence: 100%".replace(", ", "\n    "))
    ).agents["generalists"]
    assert none.shrinkage == {} and none.adherence == 1.0

"""Arrivals as written: volumes by period, customer and segment, logs, and what a channel makes usual."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.errors import Fault, ScenarioError
from ccsim.scenario import Scenario, loads
from ccsim.scenario.arrivals import Arrivals
from ccsim.scenario.call_log import CallLog
from ccsim.scenario.contact_rates import Rates
from ccsim.scenario.context import FIRST_MONDAY
from ccsim.scenario.explain import assumed

CENTRE = """
ccsim: 1
calendar: {hours: {voice: {mon-sat: 08:00-17:00}, others: {mon-fri: 09:00-18:00}}}
customers: {members: {count: 4000}, guests: {count: 12000}, unknown: {}}
intents: {billing: {talk: 4min, share: 60%}, technical: {talk: 6min, share: 40%}}
arrivals: {CHANNEL: {ARRIVALS}}
agents: {front: {on_seat: 9, skills: [billing, technical], handles: {CHANNEL: 1}}}
"""
MONTH = 365.25 / 12 / 7  # weeks


def centre(arrivals: str, channel: str = "voice", folder: Path | None = None) -> Scenario:
    return loads(CENTRE.replace("CHANNEL", channel).replace("ARRIVALS", arrivals), folder)


def refused(arrivals: str, channel: str = "voice", folder: Path | None = None) -> tuple[Fault, ...]:
    with pytest.raises(ScenarioError) as error:
        centre(arrivals, channel, folder)
    return error.value.faults


@pytest.mark.parametrize(("channel", "written", "a_week"), [
    ("voice", "100/day", 600), ("chat", "100/day", 500), ("email", "100/day", 700),
    ("voice", "10/h", 540), ("chat", "10/h", 450), ("email", "10/h", 1680),
    ("messaging", "1/min", 10080), ("tickets", "600/week", 600), ("social", "1200/month", 1200 / MONTH),
])  # fmt: skip
def test_a_day_is_one_of_the_channels_own(channel: str, written: str, a_week: float) -> None:
    """An open day where there are doors; any day where customers write at all hours."""
    scenario = centre(f"contacts: {written}, segments: {{members: 100%}}", channel)
    assert scenario.arrivals[channel].contacts == pytest.approx(a_week)


def test_contacts_by_customer_follow_the_counts_of_the_segments() -> None:
    arrivals = centre("contacts: {members: 0.3/customer/month, guests: 0.05/customer/week}").arrivals["voice"]
    members, guests = 0.3 * 4000 / MONTH, 0.05 * 12000
    assert arrivals.contacts == pytest.approx(members + guests)
    assert arrivals.segments == pytest.approx(
        {"members": members / (members + guests), "guests": guests / (members + guests)}
    )
    more = centre("contacts: {members: 0.3/customer/month}").with_changes({"customers.members.count": "x2"})
    assert more.arrivals["voice"].contacts == pytest.approx(2 * members)
    assert more.segment_shares("voice") == {"members": 1.0, "guests": 0.0, "unknown": 0.0}


def test_one_rate_by_customer_holds_for_every_segment() -> None:
    text = CENTRE.replace(", unknown: {}", "").replace("CHANNEL", "email")
    scenario = loads(text.replace("ARRIVALS", "contacts: 0.3/customer/month"))
    assert scenario.arrivals["email"].contacts == pytest.approx(0.3 * 16000 / MONTH)
    assert scenario.segment_shares("email") == {"members": 0.25, "guests": 0.75}
    more = scenario.with_changes({"arrivals.email.contacts": "+10%"})
    assert more.arrivals["email"].contacts == pytest.approx(0.33 * 16000 / MONTH)


def test_volumes_by_segment_without_customers() -> None:
    arrivals = centre("contacts: {members: 400/week, unknown: 100/day}").arrivals["voice"]
    assert arrivals.contacts == pytest.approx(1000)
    assert arrivals.segments == {"members": 0.4, "unknown": 0.6}
    assert centre("contacts: {members: 0/week}").arrivals["voice"].segments == {"members": 1.0}


@pytest.mark.parametrize(("channel", "stated", "profile"), [
    ("voice", "", "two_peaks"), ("email", "", "flat"), ("messaging", "", "flat"),
    ("email", ", profile: evening", "evening"), ("chat", "", "two_peaks"),
])  # fmt: skip
def test_usual_profile_of_a_channel(channel: str, stated: str, profile: str) -> None:
    scenario = centre(f"contacts: 100/week, segments: {{members: 100%}}{stated}", channel)
    assert scenario.arrivals[channel].profile == profile


@pytest.mark.parametrize(("arrivals", "key", "message", "hint"), [
    ("contacts: 0.3/customer", "contacts", "has no period", "0.3/customer/month"),
    ("contacts: 0.3/customer/fortnight", "contacts", "is not a period", "/month"),
    ("contacts: 30%/customer/month", "contacts", "is a share", "0.3/customer/month"),
    ("contacts: -1/customer/month", "contacts", "too small", None),
    ("contacts: 99999/customer/month", "contacts", "too large", None),
    ("contacts: 0.3/customer/month", "contacts", "nobody says how many `unknown` there are", "customers.unknown"),
    ("contacts: {unknown: 1/customer/week}", "contacts.unknown", "nobody says how many", "count: 60000"),
    ("contacts: {membres: 1/customer/week}", "contacts.membres", "there is no segment", "members"),
    ("contacts: {members: 1/customer/week}, segments: {members: 100%}", "segments", "stands beside", "leave it out"),
    ("contacts: {members: 18000}", "contacts.members", "has no unit", "18000/week"),
    ("contacts: {}", "contacts", "names no segment", None),
    ("contacts: [1/week]", "contacts", "one value is needed", None),
    ("contacts: {members: 9000/customer/day, guests: 9000/customer/day}", "contacts", "too many", None),
    ("contacts: 1/week, forecast_error: -5%", "forecast_error", "too small", None),
    ("contacts: 1/week, log: {from: calls.csv}", "", "says both `contacts` and `log`", None),
    ("log: calls.csv", "log", "a mapping is needed", "from"),
    ("log: {form: calls.csv}", "log.form", "unknown key", None),
    ("log: {from: [calls.csv]}", "log", "needs a file", None),
])  # fmt: skip
def test_faults_of_volumes(arrivals: str, key: str, message: str, hint: str | None) -> None:
    path = f"arrivals.voice.{key}".rstrip(".")
    fault = next(fault for fault in refused(arrivals) if message in fault.message)
    assert fault.key == path
    assert hint is None or hint in str(fault.hint)
    assert fault.line == 6


def test_all_faults_of_a_volume_at_once() -> None:
    keys = {fault.key for fault in refused("contacts: {membres: 1/week, unknown: 1/customer/week}")}
    assert keys == {"arrivals.voice.contacts.membres", "arrivals.voice.contacts.unknown"}


@given(st.floats(0, 50), st.sampled_from(["day", "week", "month", "year"]))
@settings(max_examples=25, deadline=None)
def test_rates_by_customer_are_read_as_written(amount: float, period: str) -> None:
    rates = Arrivals(contacts=f"{amount:.6f}/customer/{period}").contacts
    assert isinstance(rates, Rates)
    days = {"day": 1, "week": 7, "month": 365.25 / 12, "year": 365.25}[period]
    total, parts = rates.a_week(7, 604800, {"a": 100, "b": 300})
    assert total == pytest.approx(400 * round(amount, 6) * 7 / days, abs=1e-6)
    assert parts is not None and parts["b"] == pytest.approx(3 * parts["a"])


def test_forecast_error_is_off_unless_stated() -> None:
    assert centre("contacts: {members: 9/week}").arrivals["voice"].forecast_error == 0.0
    assert centre("contacts: {members: 9/week}, forecast_error: 15%").arrivals["voice"].forecast_error == 0.15
    assert centre("contacts: {members: 9/week}, forecast_error: none").arrivals["voice"].forecast_error == 0.0


LOG = """time,intent,segment,customer
2026-01-05T08:00:00.250000,billing,members,A17
2026-01-04 23:59:59,technical,,A17
2026-01-05 08:00:00.250,billing,guests,
"""


def write(folder: Path, text: str, name: str = "calls.csv") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


def logged(folder: Path, name: str = "calls.csv") -> Scenario:
    text = CENTRE.replace(", unknown: {}", "").replace("CHANNEL", "voice")
    return loads(text.replace("ARRIVALS", f"log: {{from: {name}}}"), folder)


def log_of(scenario: Scenario) -> CallLog:
    log = scenario.arrivals["voice"].log
    assert log is not None
    return log


def test_a_log_keeps_moments_to_the_microsecond_and_names(tmp_path: Path) -> None:
    log = log_of(logged(write(tmp_path, LOG)))
    assert log.seconds(FIRST_MONDAY).tolist() == [28800.25, -1.0, 28800.25]
    assert log.names == {
        "intent": ("billing", "technical"),
        "segment": ("members", "guests"),
        "customer": ("A17",),
    }
    assert log.codes["segment"].tolist() == [0, -1, 1]
    assert log.codes["customer"].tolist() == [0, 0, -1]


def test_logs_are_equal_by_what_they_say(tmp_path: Path) -> None:
    write(tmp_path, LOG)
    one = logged(tmp_path)
    again = logged(write(tmp_path, "# said otherwise\n" + LOG, "same.csv"), "same.csv")
    other = logged(write(tmp_path, LOG.replace("A17\n2026-01-04", "B\n2026-01-04"), "other.csv"), "other.csv")
    assert one == again and repr(one) == repr(again)
    assert one != other and repr(one) != repr(other)
    write(tmp_path, LOG.replace("technical", "billing") + "2026-01-06 09:00,billing,,\n")
    assert len(log_of(logged(tmp_path))) == 4  # read again once it changed


@pytest.mark.parametrize(("row", "column", "message", "hint"), [
    ("2026-01-05,billing", "time", "`2026-01-05` has no time of day", "08:00:12"),
    ("5.1.2026 08:00,billing", "time", "is not a moment", "2026-01-05 08:00:12"),
    ("2026-01-05 08:00:00Z,billing", "time", "names a time zone", "the centre's own"),
    ("0126-01-05 08:00:00,billing", "time", "no year to simulate", None),
    (",billing", "time", "is not a moment", None),
    ("2026-01-05 08:00,", "intent", "has no value", None),
    ("2026-01-05 08:00,biling", "intent", "there is no intent `biling`", "did you mean `billing`?"),
])  # fmt: skip
def test_faults_inside_a_log(tmp_path: Path, row: str, column: str, message: str, hint: str | None) -> None:
    write(tmp_path, f"time,intent\n2026-01-05 09:00,billing\n{row}\n")
    fault = next(f for f in refused("log: {from: calls.csv}", folder=tmp_path) if message in f.message)
    assert fault.message.startswith(f"column {column}: ")
    assert fault.file.endswith("calls.csv") and fault.line == 3
    assert hint is None or hint in str(fault.hint)


def test_a_segment_that_a_log_names_must_be_there(tmp_path: Path) -> None:
    write(
        tmp_path, "time,intent,segment\n2026-01-05 09:00,billing,membres\n2026-01-05 09:01,billing,membres\n"
    )
    (fault,) = refused("log: {from: calls.csv}", folder=tmp_path)
    assert "there is no segment `membres`" in fault.message and fault.line == 2 and fault.column == 26


def test_a_log_of_another_time_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "time,intent\n2025-01-05 09:00,billing\n2025-03-01 10:30,billing\n")
    (fault,) = refused("log: {from: calls.csv}", folder=tmp_path)
    assert fault.key == "arrivals.voice.log.from" and "set `start`" in str(fault.hint)
    assert "from 2025-01-05 09:00 to 2025-03-01 10:30" in fault.message
    assert "from 2025-12-29 until 2026-02-09" in fault.message


def test_explain_tells_what_a_forecast_misses(tmp_path: Path) -> None:
    rows = {row.path: row for row in assumed(centre("contacts: {members: 9/week}"))}
    row = rows["arrivals.*.forecast_error"]
    assert (row.text, row.low, row.high, row.items) == ("0%", "5%", "30%", ("voice",))
    assert row.source.startswith("arrivals.forecast_error_day")
    stated = {row.path for row in assumed(centre("contacts: {members: 9/week}, forecast_error: 9%"))}
    assert "arrivals.*.forecast_error" not in stated
    replayed = {row.path for row in assumed(logged(write(tmp_path, LOG)))}
    assert not any(path.startswith("arrivals.") for path in replayed)

"""Opening hours, days, holidays, shapes of the day; targets by sector; packaged templates."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsim.errors import CcsimError
from ccsim.scenario import loads
from ccsim.scenario.calendar import Calendar
from ccsim.scenario.days import DAYS, parse_days
from ccsim.scenario.profiles import PROFILES, profile_weights
from ccsim.scenario.targets import MEASURE_UNITS, presets, read_band
from ccsim.scenario.templates import template, template_names
from ccsim.units import UnitError


def calendar(**keys: object) -> Calendar:
    return Calendar.model_validate(keys)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon", {0}),
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("sat-mon", {5, 6, 0}),
        ("mon, wed", {0, 2}),
        ("daily", set(range(7))),
        ("Monday-Tuesday", {0, 1}),
        ("mon-sun", set(range(7))),
    ],
)
def test_days(text: str, days: set[int]) -> None:
    assert parse_days(text) == days


@given(st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_ranges_of_days_go_round(first: str, last: str) -> None:
    start, end = DAYS.index(first), DAYS.index(last)
    assert len(parse_days(f"{first}-{last}")) == (end - start) % 7 + 1


def test_hours_of_a_week() -> None:
    found = calendar(hours={"mon-fri": "08:00-12:00, 13:00-18:00", "fri": "08:00-16:00", "sat": "closed"})
    week = found.week("voice")
    assert week[0] == ((28800, 43200), (46800, 64800))
    assert week[4] == ((28800, 57600),) and week[5] == () and week[6] == ()
    assert found.open_days("voice") == 5 and found.open_seconds("voice") == (4 * 9 + 8) * 3600


def test_round_the_clock_and_by_channel() -> None:
    assert calendar(hours="24h").opening("voice", date(2026, 1, 4)) == ((0, 86400),)
    assert calendar(hours={"voice": {"mon": "24h"}}).week("voice")[0] == ((0, 86400),)
    assert calendar(hours={"mon": ["08:00-10:00", "10:00-12:00"]}).week("voice")[0] == ((28800, 43200),)


def test_holidays_are_closed() -> None:
    found = calendar(hours="24h", country="fr", holidays=["2026-12-24"])
    assert found.opening("voice", date(2026, 7, 14)) == ()
    assert found.opening("voice", date(2026, 12, 24)) == ()
    assert found.opening("voice", date(2026, 7, 15)) == ((0, 86400),)


def test_regions_have_holidays_of_their_own() -> None:
    bavaria = calendar(hours="24h", country="DE", region="BY")
    assert bavaria.is_holiday(date(2026, 1, 6)) and not calendar(hours="24h", country="DE").is_holiday(
        date(2026, 1, 6)
    )


spans = st.tuples(st.integers(0, 80000), st.integers(1, 40000)).map(
    lambda span: ((span[0], min(86400, span[0] + span[1])),)
)


@given(st.sampled_from(sorted(PROFILES)), spans, st.sampled_from([300, 600, 900, 1800, 3600]))
def test_weights_make_one_and_stay_inside_the_opening(
    profile: str, opening: tuple[tuple[int, int], ...], interval: int
) -> None:
    weights = profile_weights(profile, opening, interval)
    assert weights.shape == (86400 // interval,)
    assert weights.sum() == pytest.approx(1.0) and (weights >= 0).all()
    start = np.arange(len(weights)) * interval
    outside = (start + interval <= opening[0][0]) | (start >= opening[0][1])
    assert weights[outside].sum() == 0


def test_flat_is_flat_and_steps_are_steps() -> None:
    opening = ((8 * 3600, 18 * 3600),)
    flat = profile_weights("flat", opening, 1800)
    assert flat[16:36] == pytest.approx(np.full(20, 0.05))
    steps = profile_weights(((0, 1.0), (12 * 3600, 3.0)), opening, 1800)
    assert steps[16] == pytest.approx(1 / 44) and steps[24] == pytest.approx(3 / 44)
    half = profile_weights("flat", ((8 * 3600 + 900, 9 * 3600),), 1800)
    assert half[16:18] == pytest.approx([1 / 3, 2 / 3])


def test_two_peaks_has_two_peaks_and_no_opening_no_weight() -> None:
    weights = profile_weights("two_peaks", ((28800, 64800),), 1800)[16:36]
    turns = np.diff(np.sign(np.diff(weights)))
    assert (turns < 0).sum() == 2
    assert profile_weights("flat", (), 1800).sum() == 0
    assert profile_weights(((0, 1.0), (3600, 0.0)), ((28800, 64800),), 1800).sum() == 0


def test_presets_have_sources_and_sane_bands() -> None:
    assert set(presets()) == {"ecommerce", "b2b", "bank", "telecom", "saas", "insurance", "utility"}
    for bands in presets().values():
        for measure, band in bands.items():
            assert measure in MEASURE_UNITS and band.source
            assert (band.min is None) != (band.max is None)


def test_own_targets_win_over_the_preset() -> None:
    text = template() + "targets: {preset: bank, abandonment: max 9%, csat: none}\n"
    bands = loads(text).targets.bands
    assert bands["abandonment"].max == 0.09 and bands["abandonment"].source is None
    assert "csat" not in bands and bands["fcr"].min == 0.71


def test_bands() -> None:
    assert (read_band("asa", "max 20s").max, read_band("nps", "min 40").min) == (20, 40)
    both = read_band("occupancy", "min 70% max 85%")
    assert (both.min, both.max) == (0.7, 0.85)
    assert read_band("churn", "max 18%/year").max == pytest.approx(0.18)
    for text in ("6%", "max", "most 6%", "max 6% max 7%", "min 90% max 80%", "max 6"):
        with pytest.raises(UnitError):
            read_band("abandonment", text)


def test_targets_name_measures_that_are_measured() -> None:
    from ccsim.results.measures import MEASURES

    scores = {"csat", "csat_top", "csat_mean", "csat_surveyed", "ces", "nps", "churn"}
    assert set(MEASURE_UNITS) <= set(MEASURES) | scores


def test_templates() -> None:
    assert {"quickstart", "retail"} <= set(template_names())
    assert template("quickstart").startswith("ccsim: 1")
    with pytest.raises(CcsimError, match="did you mean `retail`"):
        template("retial")

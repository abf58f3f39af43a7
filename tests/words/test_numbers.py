"""Numbers as planners read them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsim.words import cells, numbers

NAN = math.nan


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (numbers.share(0.764), "76.4 %"),
        (numbers.count(5969.2), "5,969"),
        (numbers.count(1.37), "1.37"),
        (numbers.seconds(15.2), "15 s"),
        (numbers.seconds(4.21), "4.2 s"),
        (numbers.seconds(750), "12:30"),
        (numbers.clock(348), "5:48"),
        (numbers.clock(3723), "1:02:03"),
        (numbers.money(5.793), "5.79"),
        (numbers.money(-161234), "-161 k"),
        (numbers.money(1_690_000), "1.69 M"),
        (numbers.money(-0.001), "0.00"),
        (numbers.money_span(190_000, 830_000), "190–830 k"),
        (numbers.money_span(-214_000, -67_000), "-214..-67 k"),
        (numbers.nps(38.2), "+38"),
        (numbers.nps(-0.3), "+0"),
        (numbers.span(0.757, 0.771, numbers.share), "75.7–77.1"),
        (numbers.span(NAN, 1, numbers.share), ""),
        (numbers.share(NAN), "–"),
        (cells.target("share", "service_level", 0.8, NAN), "80 %"),
        (cells.target("share", "abandonment", NAN, 0.055), "max 5.5 %"),
        (cells.target("share", "occupancy", 0.7, 0.85), "70–85 %"),
        (cells.target("share", "occupancy", NAN, NAN), ""),
        (cells.target("EUR", "cost_per_contact", NAN, 5.5), "max 5.50"),
    ],
)
def test_spellings(shown: str, expected: str) -> None:
    assert shown == expected


@given(st.floats(-1e11, 1e11))
def test_money_is_short_and_true(value: float) -> None:
    text = numbers.money(value)
    assert len(text) <= 9
    number, _, suffix = text.partition(" ")
    scale = {"": 1, "k": 1e3, "M": 1e6, "bn": 1e9}[suffix]
    assert float(number.replace(",", "")) * scale == pytest.approx(value, rel=0.006, abs=0.006)

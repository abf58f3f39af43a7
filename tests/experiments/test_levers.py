"""Levers: what may be written, what it means, and what is said of what may not."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import SMALL

from ccsim.errors import ScenarioError
from ccsim.experiments.levers import Lever, levers_of, names_of, number_in
from ccsim.scenario import loads

SCENARIO = loads(SMALL)
SEATS = "agents.generalists.on_seat"


def read(*texts: str, steps: bool = True) -> list[Lever]:
    return list(levers_of(texts, SCENARIO, steps))


def written(*texts: str) -> list[str]:
    return [one.text for lever in read(*texts) for one in lever.settings]


def refused(*texts: str, steps: bool = True) -> str:
    with pytest.raises(ScenarioError) as error:
        read(*texts, steps=steps)
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("channels.voice.patience=2min:6min:2min", ["2min", "4min", "6min"]),
        ("channels.voice.patience=90s:3min:45s", ["90s", "135s", "180s"]),
        ("channels.voice.patience=0:2min:1min", ["0min", "1min", "2min"]),
        ("intents.billing.fcr=70%:85%:5%", ["70%", "75%", "80%", "85%"]),
        (f"{SEATS}=10:20:5", ["10", "15", "20"]),
        (f"{SEATS}=10:13:1.5", ["10", "12", "13"]),
        (f"{SEATS}=2,4,7", ["2", "4", "7"]),
        (f"{SEATS}=4", ["4"]),
        ("arrivals.voice.contacts=-20%:+20%:20%", ["-20%", "+0%", "+20%"]),
        ("routing.agent=longest_idle,cheapest", ["longest_idle", "cheapest"]),
        ("agents.technicians.skills=[technical],[technical, billing]", ["[technical]", "[technical, billing]"]),
        ("channels.voice.target=80% in 20s,80% in 30s", ["80% in 20s", "80% in 30s"]),
        ("customers.everyone.margin=10/month:20/month:5/month", ["10/month", "15/month", "20/month"]),
    ],
)  # fmt: skip
def test_values_as_written(text: str, values: list[str]) -> None:
    assert written(text) == values


@settings(deadline=None, max_examples=50)
@given(low=st.integers(1, 60), width=st.integers(0, 60), step=st.integers(1, 20))
def test_whole_ranges(low: int, width: int, step: int) -> None:
    texts = written(f"{SEATS}={low}:{low + width}:{step}")
    assert texts == [str(value) for value in range(low, low + width + 1, step)]


@settings(deadline=None, max_examples=50)
@given(low=st.integers(0, 500), width=st.integers(1, 400), step=st.integers(1, 50))
def test_steps_are_even_and_within(low: int, width: int, step: int) -> None:
    first, last, each = (f"{value / 10:g}%" for value in (low, min(low + width, 1000), step))
    [lever] = read(f"intents.billing.fcr={first}:{last}:{each}")
    numbers = [one.number for one in lever.settings]
    assert numbers[0] == pytest.approx(low / 10)
    assert numbers[-1] <= (low + width) / 10 + 1e-9
    assert numbers[-1] + step / 10 > min(low + width, 1000) / 10 - 1e-9
    assert all(math.isclose(b - a, step / 10, abs_tol=1e-9) for a, b in pairwise(numbers))
    for one in lever.settings:
        assert one.text.endswith("%")


@settings(deadline=None, max_examples=50)
@given(share=st.floats(0, 1))
def test_an_open_range_is_kept(share: float) -> None:
    seats, fcr = read(f"{SEATS}=3:8", "intents.billing.fcr=70%:85%", steps=False)
    assert seats.at(share).text in {"3", "4", "5", "6", "7", "8"}
    assert 70 <= fcr.at(share).number <= 85


def test_each_whole_number_is_as_probable() -> None:
    [seats] = read(f"{SEATS}=3:6", steps=False)
    found = [seats.at((place + 0.5) / 400).text for place in range(400)]
    assert {text: found.count(text) for text in found} == dict.fromkeys("3456", 100)


@settings(deadline=None, max_examples=50)
@given(text=st.text(alphabet="0123456789abcms%:,.+-=[]{}/ ", max_size=14))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        [lever] = read(f"channels.voice.patience={text}")
    except ScenarioError as error:
        assert str(error).strip()
    else:
        assert lever.settings
        assert len(lever.settings) <= 1001


def test_mappings_and_python_values() -> None:
    [seats, patience] = levers_of(
        {SEATS: range(10, 14, 2), "channels.voice.patience": "2min:3min:1min"}, SCENARIO
    )
    assert [one.text for one in seats.settings] == ["10", "12"]
    assert [one.number for one in patience.settings] == [2.0, 3.0]


def test_what_stands_there() -> None:
    seats, patience = read(f"{SEATS}=1:5:1", "channels.voice.patience=60s:240s:60s")
    assert (seats.written(SCENARIO).number, seats.written(SCENARIO).kept) == (3.0, True)
    assert patience.written(SCENARIO).number == 180.0  # 3min in the file
    assert number_in("1h30min", "min") == 90.0
    assert math.isnan(number_in("none", "min"))


def test_names_are_short_and_apart() -> None:
    levers = read(
        f"{SEATS}=1:2:1", "agents.technicians.on_seat=1:2:1", "channels.voice.patience=1min:2min:1min"
    )
    assert names_of(levers) == ["generalists.on_seat", "technicians.on_seat", "patience"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("agents.generalists.on_seatt=1:3:1", "did you mean `on_seat`"),
        ("agent.generalists.on_seat=1:3:1", "did you mean `agents`"),
        ("agents.generalist.on_seat=1:3:1", "did you mean `generalists`"),
        (f"{SEATS}=9:3:1", "`9` is more than `3`"),
        (f"{SEATS}=3:9:0", "the step `0` leads nowhere"),
        (f"{SEATS}=3:9", "needs a step"),
        (f"{SEATS}=", "has no values"),
        ("=3:4:1", "needs a key"),
        (f"{SEATS}=3,,4", "empty value"),
        (f"{SEATS}=3,3", "has a value twice"),
        ("intents.billing.fcr=70%:130%:10%", "130%"),
        ("channels.voice.patience=2min:80%:1min", "mixes units"),
        ("channels.voice.patience=2:4:1", "has no unit"),
        ("intents.billing.fcr=1%:99%:0.01%", "more than 1000 values"),
        ("channels.voice.patience=a:b:c", "is no range"),
        ("seed=1:9:1", "would not have the same contacts"),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, told: str) -> None:
    assert told in " ".join(refused(text).split())


def test_all_at_once() -> None:
    asked = (f"{SEATS}=9:3:1", "intents.billing.fcrr=1%:2%:1%", "channels.voice.patience=1:2:1")
    told = " ".join(refused(*asked).split())
    assert all(part in told for part in ("is more than", "did you mean `fcr`", "has no unit"))
    assert told.rstrip().endswith("faults. Nothing was run.")
    assert "varied twice" in refused(f"{SEATS}=1:2:1", f"{SEATS}=3:4:1")
    assert "nothing is varied" in refused()

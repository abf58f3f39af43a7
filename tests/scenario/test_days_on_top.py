"""Mappings by weekday laid over others: what lies on top wins on every day that it names."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.scenario import loads
from ccsim.scenario.days import DAYS, parse_days
from ccsim.scenario.merging import laid_over
from ccsim.scenario.nodes import Mark, Node, from_plain, plain
from ccsim.scenario.templates import template

QUICK = template("quickstart")
Week = dict[str, str]


def weekdays(defaults: str, own: str) -> tuple[float, ...]:
    text = QUICK.replace("arrivals:\n", f"arrivals:\n  defaults: {{weekdays: {defaults}}}\n")
    text = text.replace("contacts: 6000/week", f"contacts: 6000/week, weekdays: {own}")
    found = loads(text).arrivals["voice"].weekdays
    assert found is not None
    return found


def test_a_channel_wins_day_by_day_over_the_defaults() -> None:
    assert weekdays("{mon: 1.25, tue-fri: 1.1, sat: 0.5}", "{mon-fri: 1}") == (1, 1, 1, 1, 1, 0.5, 1)
    assert weekdays("{mon-fri: 2, fri: 3}", "{mon-sat: 1, wed: 4}") == (1, 1, 4, 1, 1, 1, 1)
    assert weekdays("{mon-sat: 2}", "{wed: 4}") == (2, 2, 4, 2, 2, 2, 1)
    assert weekdays("{daily: 2}", "{mon-sun: 3}") == (3,) * 7


def test_hours_of_a_file_win_over_those_of_the_file_it_extends() -> None:
    below = {"hours": {"mon-fri": "08:00-18:00", "fri": "08:00-16:00", "sat": "09:00-13:00"}}
    above = {"hours": {"mon-fri": "09:00-17:00"}}
    assert laid(below, above) == {"hours": {"mon-fri": "09:00-17:00", "sat": "09:00-13:00"}}


def test_what_is_named_after_a_day_is_no_day() -> None:
    shifts = laid(
        {"shifts": {"sat": {"hours": "09:00-13:00"}}}, {"shifts": {"saturday": {"hours": "10:00-14:00"}}}
    )
    assert list(shifts["shifts"]) == ["sat", "saturday"]
    assert laid({"mix": {"sat": "1", "sales": "2"}}, {"mix": {"saturday": "3"}})["mix"].keys() == {
        "sat", "sales", "saturday"}  # fmt: skip


def laid(below: object, above: object) -> dict[str, dict[str, object]]:
    under, over = (from_plain(value, Mark("made")) for value in (below, above))
    found: dict[str, dict[str, object]] = plain(laid_over(under, over))
    return found


KEYS = st.sampled_from([*DAYS, "mon-fri", "sat-sun", "tue-thu", "mon,wed", "daily", "fri-sat", "mon-sat"])


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    """A mapping that says of no day the same in two keys of one width."""
    found: Week = {}
    for key in draw(st.lists(KEYS, unique=True, max_size=4)):
        if not any(
            len(parse_days(key)) == len(parse_days(k)) and parse_days(key) & parse_days(k) for k in found
        ):
            found[key] = f"{draw(st.integers(1, 99))}"
    return found


def meant(week: Week) -> dict[int, str]:
    """The value of each day: of the narrowest key that names it."""
    keys = sorted(week, key=lambda key: -len(parse_days(key)))
    return {day: week[key] for key in keys for day in parse_days(key)}


@settings(max_examples=300, deadline=None)
@given(below=weeks(), above=weeks())
def test_every_day_is_that_of_the_upper_one_if_it_names_it(below: Week, above: Week) -> None:
    under: Node = from_plain({"weekdays": below}, Mark("made"))
    merged = plain(laid_over(under, from_plain({"weekdays": above}, Mark("made"))))["weekdays"]
    assert meant(merged) == meant(below) | meant(above)
    widths = [(day, len(parse_days(key))) for key in merged for day in parse_days(key)]
    assert len(set(widths)) == len(widths)  # no day is named twice by keys of one width

"""Tables of counts: read once a channel, dated rows before weekdays, replays exact in every sum."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from centres import centre
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.demand.arrivals import births
from ccsim.demand.cells import Cell, cells, cells_of
from ccsim.demand.grid import DAY, Grid
from ccsim.demand.rates import Expected
from ccsim.scenario import Scenario
from ccsim.scenario.arrivals import CountRow

TIMES = st.sampled_from([28800, 30600, 32400, 45000, 63000])
DAYS = st.one_of(st.integers(0, 6), st.dates(dt.date(2026, 1, 4), dt.date(2026, 1, 8)))
ROWS = st.lists(
    st.builds(CountRow, DAYS, TIMES, st.integers(0, 40).map(float), st.sampled_from([None, "billing", "technical"]),
              st.sampled_from([None, "members", "guests"])),
    min_size=1, max_size=25,
)  # fmt: skip


def counted(folder: Path, text: str, mode: str = "rates") -> Scenario:
    (folder / "counts.csv").write_text(text, "utf-8")
    table = f"arrivals.voice.counts={{from: counts.csv, as: {mode}}}"
    return centre("arrivals.voice.contacts=none", table, folder=folder)


def with_rows(base: Scenario, rows: list[CountRow]) -> Scenario:
    """The scenario with another table, as if it had been read."""
    voice = base.arrivals["voice"]
    assert voice.counts is not None
    voice = voice.model_copy(update={"counts": voice.counts.model_copy(update={"rows": tuple(rows)})})
    return base.model_copy(update={"arrivals": {**base.arrivals, "voice": voice}})


def by_hand(scenario: Scenario, cell: Cell, rows: list[CountRow]) -> np.ndarray:
    """The same row by row: what a table says of one cell."""
    mix, parts = scenario.mix("voice"), scenario.segment_shares("voice")
    times = sorted({row.time for row in rows})
    step = min((b - a for a, b in itertools.pairwise(times)), default=DAY)
    days: dict[object, np.ndarray] = defaultdict(lambda: np.zeros(48))
    for row in rows:
        if row.intent in (None, cell.intent) and row.segment in (None, cell.segment):
            share = (1.0 if row.intent else mix[cell.intent]) * (1.0 if row.segment else parts[cell.segment])
            first = row.time // 1800
            last = min(48, first + max(1, step // 1800))
            days[row.day][first:last] += row.contacts * share / (last - first)
    nothing = np.zeros(48)
    found = []
    for number in range(-7, 14):
        date = scenario.start + dt.timedelta(days=number)
        found.append(days.get(date, days.get(date.weekday(), nothing)))
    return np.concatenate(found)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return counted(tmp_path_factory.mktemp("counts"), "weekday,time,contacts\nmon,08:00,3\n")


@given(ROWS)
@settings(max_examples=40, deadline=None)
def test_any_table_is_what_its_rows_say(base: Scenario, rows: list[CountRow]) -> None:
    scenario = with_rows(base, rows)
    expected = Expected(scenario)
    named = {cell.number for cell in cells_of(scenario, "voice")}
    for intent in scenario.intents:
        for segment in scenario.customers:
            cell = next(
                c for c in cells(base) if (c.channel, c.intent, c.segment) == ("voice", intent, segment)
            )
            stated = by_hand(scenario, cell, rows)
            assert np.allclose(expected.rates(cell), stated)
            assert cell.number in named or not stated.any()


@given(ROWS)
@settings(max_examples=30, deadline=None)
def test_replays_keep_every_sum(base: Scenario, rows: list[CountRow]) -> None:
    """Of a day, an interval and a row that is split, to the contact; named rows cell by cell."""
    scenario = with_rows(base, rows)
    voice = scenario.arrivals["voice"]
    counts = voice.counts.model_copy(update={"mode": "replay"})  # type: ignore[union-attr]
    replay = scenario.model_copy(update={"arrivals": {"voice": voice.model_copy(update={"counts": counts})}})
    groups = births(replay, 0)
    own = [group.cell for group in groups]
    stated = np.array([by_hand(scenario, cell, rows) for cell in own])
    found = np.array(
        [np.bincount(((g.born + 7 * DAY) // 1800).astype(int), minlength=stated.shape[1]) for g in groups]
    )
    assert np.all(np.abs(found - stated) < 1.0 + 1e-9)
    assert np.all(np.abs(found.sum(axis=0) - stated.sum(axis=0)) < 1.0 + 1e-9)
    daily = (counts_.reshape(len(own), -1, 48).sum(axis=(0, 2)) for counts_ in (found, stated))
    assert np.all(np.abs(np.subtract(*daily)) < 1.0 + 1e-9)


def test_replays_of_a_split_row_are_exact_and_fair(tmp_path: Path) -> None:
    scenario = counted(tmp_path, "date,time,contacts\n2026-01-05,09:00,7\n2026-01-05,09:30,3\n", "replay")
    alone = scenario.model_copy(update={"arrivals": {"voice": scenario.arrivals["voice"]}})
    counts = np.array([[len(group) for group in births(alone, r)] for r in range(200)])
    assert np.all(counts.sum(axis=1) == 10)
    shares = np.array([cell.share for cell in cells_of(scenario, "voice")])
    assert np.abs(counts.mean(axis=0) - 10 * shares).max() < 3.3 * np.sqrt(1 / 200)


def test_a_row_of_a_whole_day_ends_with_it(tmp_path: Path) -> None:
    scenario = counted(tmp_path, "date,time,contacts\n2026-01-05,09:00,60\n")
    rates = sum(Expected(scenario).rates(cell) for cell in cells_of(scenario, "voice"))
    monday = rates[7 * 48 : 8 * 48]
    assert np.allclose(monday[18:], 2.0) and not monday[:18].any()
    assert rates.sum() == pytest.approx(60)


def test_a_row_may_name_a_cell_without_a_share(tmp_path: Path) -> None:
    scenario = counted(tmp_path, "weekday,time,contacts,intent\nmon,09:00,60,technical\n")
    scenario = scenario.with_changes({"arrivals.voice.mix": "{billing: 100%, technical: 0%}"})
    rates = {cell.intent: Expected(scenario).rates(cell).sum() for cell in cells_of(scenario, "voice")}
    assert rates == {"technical": pytest.approx(3 * 60 * 0.75)}


def test_the_grid_of_a_deferred_channel_takes_night_rows(tmp_path: Path) -> None:
    (tmp_path / "counts.csv").write_text("weekday,time,contacts\nsun,23:30,40\nsun,23:00,8\n", "utf-8")
    scenario = centre(
        "arrivals.email.contacts=none", "arrivals.email.counts={from: counts.csv}", folder=tmp_path
    )
    born = np.concatenate(
        [g.born for r in range(10) for g in births(scenario, r) if g.cell.channel == "email"]
    )
    grid = Grid(scenario, "email")
    assert grid.all_hours and len(born) == pytest.approx(10 * 3 * 48, abs=3.3 * np.sqrt(1440))
    assert np.all(born % (7 * DAY) >= 6 * DAY + 23 * 3600)

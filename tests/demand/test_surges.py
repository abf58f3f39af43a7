"""Events on several channels: factors multiply, added contacts come in all, wherever they are touched."""

from __future__ import annotations

import numpy as np
import pytest
from centres import centre
from hypothesis import given, settings
from hypothesis import strategies as st

from ccsim.demand.cells import cells
from ccsim.demand.grid import DAY, Grid
from ccsim.demand.rates import Expected, expected
from ccsim.scenario import Scenario


def contacts(scenario: Scenario, channel: str | None = None, intent: str | None = None) -> float:
    """Expected contacts of the whole run, of a channel, of an intent."""
    found = Expected(scenario)
    return sum(
        float(found.rates(cell).sum())
        for cell in cells(scenario)
        if channel in (None, cell.channel) and intent in (None, cell.intent)
    )


def campaign(body: str) -> Scenario:
    return centre(more=f"events: {{campaign: {{from: 2026-01-06, to: 2026-01-07, {body}}}}}\n")


def test_added_contacts_come_in_all_over_the_channels_it_touches() -> None:
    plain, more = contacts(centre()), campaign("contacts: 500")
    assert contacts(more) - plain == pytest.approx(500)
    parts = {c: contacts(more, c) - contacts(centre(), c) for c in ("voice", "chat", "email")}
    usual = {"voice": 2000 * 20 / 54, "chat": 1200 * 20 / 54, "email": 900 * 2 / 7}  # of those two days
    for channel, part in parts.items():
        assert part == pytest.approx(500 * usual[channel] / sum(usual.values()))


@pytest.mark.parametrize(("body", "channels", "intents"), [
    ("contacts: 300, channels: [chat]", ("chat",), ("billing", "technical")),
    ("contacts: 300, channels: [chat, email], intents: [billing]", ("chat", "email"), ("billing",)),
])  # fmt: skip
def test_added_contacts_keep_to_what_is_touched(
    body: str, channels: tuple[str, ...], intents: tuple[str, ...]
) -> None:
    before, after = centre(), campaign(body)
    added = {
        (c, i): contacts(after, c, i) - contacts(before, c, i)
        for c in before.arrivals for i in before.intents
    }  # fmt: skip
    assert sum(added.values()) == pytest.approx(300)
    for (channel, intent), n in added.items():
        touched = channel in channels and intent in intents
        assert n > 1 if touched else n == 0


def test_a_campaign_on_a_sunday_reaches_who_may_write() -> None:
    sunday = centre(more="events: {campaign: {from: 2026-01-11, to: 2026-01-11, contacts: 80}}\n")
    assert contacts(sunday, "email") - contacts(centre(), "email") == pytest.approx(80)
    assert contacts(sunday, "voice") == pytest.approx(contacts(centre(), "voice"))


def test_nobody_to_add_to_adds_nothing() -> None:
    shut = centre(
        more="events: {campaign: {from: 2026-01-11, to: 2026-01-11, contacts: 80, channels: [voice]}}\n"
    )
    assert contacts(shut) == pytest.approx(contacts(centre()))


def test_as_counted_the_added_are_counted_too() -> None:
    """What an event adds is a stated volume: of it too only a share is fresh."""
    fresh = {channel: np.full(336, 0.8) for channel in ("voice", "chat", "email")}
    scenario = campaign("contacts: 500, factor: 1.5")
    for cell in cells(scenario):
        counted, some = Expected(scenario).rates(cell), Expected(scenario, fresh).rates(cell)
        assert np.allclose(some, 0.8 * counted)


@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 3), st.floats(0.2, 3), st.integers(0, 900)), max_size=3
    )
)
@settings(max_examples=8, deadline=None)
def test_events_add_up(events: list[tuple[int, int, float, int]]) -> None:
    """One cell at a time or all together, the same; what is added comes once, whatever the factors."""
    lines = [
        f"  e{k}: {{from: 2026-01-{5 + day:02d}, to: 2026-01-{5 + day + length:02d}, factor: {factor:.3f}, contacts: {n}}}\n"
        for k, (day, length, factor, n) in enumerate(events)
    ]
    scenario = centre(more="events:\n" + "".join(lines)) if lines else centre()
    together = Expected(scenario)
    for cell in cells(scenario):
        alone = expected(scenario, Grid(scenario, cell.channel), cell)
        assert np.array_equal(alone, together.rates(cell))
        quiet = np.ones(len(alone), bool)
        for day, length, *_ in events:
            inside = np.arange(len(alone)) * 1800 - 7 * DAY
            quiet &= (inside < day * DAY) | (inside >= (day + length + 1) * DAY)
        assert np.allclose(alone[quiet], Expected(centre()).rates(cell)[quiet])

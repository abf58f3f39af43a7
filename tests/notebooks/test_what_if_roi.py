"""The notebook runs from top to bottom, and its figures and its words are those it gives."""

from __future__ import annotations

import re

import pytest
from refresh import executed, figures, is_stale, kept


@pytest.mark.slow
def test_what_if_roi_runs_from_top_to_bottom_and_is_not_stale() -> None:
    stale = is_stale(executed("what_if_roi"), kept("what_if_roi"))
    assert not stale, "stale: python tests/notebooks/refresh.py"


def test_its_break_even_is_where_margin_kept_pays_the_costs() -> None:
    texts = [one.get("text", "") for cell in kept("what_if_roi").cells for one in cell.get("outputs", [])]
    told = next(text for text in texts if text.startswith("Breaks even"))
    after_12 = float(re.findall(r"\d+\.\d+", told)[0])
    costs, net = _of_two_more("cost, 12 months"), _of_two_more("net gain, 12 months")
    assert after_12 == pytest.approx(14 * costs / (costs + net), rel=0.005)


def test_its_closing_words_hold() -> None:
    agents, fcr = (_net_gains(name) for name in ("two more agents", "5 points of FCR"))
    assert all(better > worse for better, worse in zip(fcr, agents, strict=True))
    assert agents[0] < 0 < fcr[0]


def _table() -> str:
    cells = [cell for cell in kept("what_if_roi").cells if cell.cell_type == "code" and figures(cell)]
    shown = [
        one["data"]["text/html"]
        for cell in cells
        for one in cell.outputs
        if "text/html" in one.get("data", {})
    ]
    return shown[0]


def _changes(what: str) -> list[float]:
    """The column `change` of that row, of two more agents and then of FCR."""
    rows = re.findall(rf"<th>{re.escape(what)}</th>(.*?)</tr>", _table(), re.DOTALL)
    return [float(re.findall(r"<td>(.*?)</td>", row)[2]) for row in rows]


def _of_two_more(what: str) -> float:
    return _changes(what)[0]


def _net_gains(name: str) -> list[float]:
    which = ["two more agents", "5 points of FCR"].index(name)
    return [_changes(f"net gain, {months} months")[which] for months in (12, 24, 36)]

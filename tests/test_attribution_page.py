"""docs/attribution.md: its drivers are the package's, its worked figures come out, its example runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from doc_pages import blocks
from small import SMALL

from ccsim.parameters import with_overrides
from ccsim.results import draws as drawing
from ccsim.results.drivers import DRIVERS, MADE_GOOD

PAGE = (Path(__file__).parents[1] / "docs" / "attribution.md").read_text(encoding="utf-8")


def test_every_driver_stands_with_its_weight() -> None:
    named = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")][1:]
    weights = {cells[0]: cells[2].strip("`") for cells in named}
    assert weights == {
        **{driver.name: driver.parameter for driver in DRIVERS},
        MADE_GOOD: "recovery.effect_on_csat",
    }


def test_the_worked_journey_comes_out() -> None:
    """By the definition itself: the slopes of a logit, followed on the straight way."""
    draws = drawing.central(with_overrides({}))
    taken = {
        "telling it again": float(draws["csat.weights.story_repeated"][0]),
        "waiting": float(draws["csat.weights.log_wait"][0]) * np.log1p(3.0),
        "calling again": float(draws["csat.weights.extra_contact"][0]),
    }
    best, loss, cut = float(draws["csat.intercept"][0]), sum(taken.values()), draws.cuts["csat.cuts"][2]
    nodes, shares = np.polynomial.legendre.leggauss(30)
    level = 1 / (1 + np.exp(cut - (best - loss * (nodes + 1) / 2)))
    slope = 50.0 * shares @ (level * (1 - level))
    start, end = (100 / (1 + np.exp(cut - at)) for at in (best, best - loss))
    words = " ".join(PAGE.split())
    assert f"{start:.2f} % would be satisfied at best, {end:.2f} % are" in words
    assert f"Of the {start - end:.2f} points" in words
    for name, one in taken.items():
        assert f"{name} {'takes ' if name == 'telling it again' else ''}{one * slope:.2f}" in words


def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "centre.yaml").write_text(SMALL.replace("two_more:", "more:"))
    [code] = blocks(PAGE, kind="python")
    names: dict[str, Any] = {}
    exec(compile(code, "attribution.md", "exec"), names)
    gained = names["better"].why(against=names["run"])
    assert gained.set_index("driver").loc["waiting", "points"] > 0

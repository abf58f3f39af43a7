"""The charts of sweeps: which are drawn for which design, with what they show as data, the same each time."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "experiments"))
from console_blocks import undrawn
from made_sweeps import made_sweep

from ccsim.charts import draw_sweep, gain_along, response_curves, sensitivity_bars, sweep_map
from ccsim.charts.style import styled
from ccsim.experiments.sweep import Sweep

PATIENCE, FCR = "channels.voice.patience", "intents.billing.fcr"


def of(vary: list[str], count: int, **more: object) -> Sweep:
    rise = np.linspace(0.5, 0.9, count)
    figures = {"service_level": rise, "net_gain": 5e4 * (rise - 0.7), "cost": 1e6 * (1 + rise), "csat": rise}
    return made_sweep(vary, figures, noise=0.01, spread=0.02, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("vary", "count", "more", "names"),
    [
        ([f"{PATIENCE}=1min:5min:1min"], 5, {}, {"response_patience", "gain_patience"}),
        ([f"{PATIENCE}=1min:3min:1min", f"{FCR}=70%:80%:5%"], 9, {},
         {"response_patience", "response_fcr", "gain_patience", "gain_fcr", "map", "sensitivity"}),
        ([f"{PATIENCE}=1min:5min", f"{FCR}=70%:80%"], 12, {"design": "lhs", "points": 12}, {"points", "sensitivity"}),
        ([f"{PATIENCE}=1min:5min", f"{FCR}=70%:80%"], 16, {"design": "sobol", "points": 4}, {"points", "sensitivity"}),
        ([f"{PATIENCE}=1min:5min", f"{FCR}=70%:80%"], 5, {"design": "one"},
         {"one_at_a_time", "response_patience", "response_fcr", "gain_patience", "gain_fcr"}),
        (["routing.agent=longest_idle,cheapest"], 2, {}, set()),
    ],
)  # fmt: skip
def test_charts_by_design(
    vary: list[str],
    count: int,
    more: dict[str, object],
    names: set[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    undrawn(monkeypatch.setattr)  # type: ignore[arg-type]
    result = of(vary, count, **more)
    if more.get("design") == "lhs":  # ranks explain what rises with a lever
        order = np.argsort([row[0].number for row in result.rows])
        result["net_gain"].above[order] = np.linspace(-1, 1, count)[:, None] * np.ones(20)
    draw_sweep(result, tmp_path)
    assert {path.stem for path in tmp_path.glob("*.png")} == names
    for name in names:
        frame = pd.read_csv(tmp_path / f"{name}.csv")
        assert len(frame)
        assert (tmp_path / f"{name}.svg").is_file()


def test_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        with styled():
            for chart in (gain_along, sensitivity_bars):
                chart.draw(of([f"{PATIENCE}=1min:3min:1min", f"{FCR}=70%,80%"], 6), tmp_path / folder)
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes()


def test_a_map_needs_two_levers_of_a_grid() -> None:
    assert sweep_map.wanted(of([f"{PATIENCE}=1min:3min:1min", f"{FCR}=70%:80%:5%"], 9))
    assert not sweep_map.wanted(of([f"{PATIENCE}=1min:3min:1min"], 3))
    assert not sweep_map.wanted(of([f"{PATIENCE}=1min:3min", f"{FCR}=70%:80%"], 9, design="lhs", points=9))


def test_no_gain_to_draw_where_it_is_not_known() -> None:
    result = of([f"{PATIENCE}=1min:5min:1min"], 5)
    result["net_gain"].above[:] = np.nan
    assert not gain_along.wanted(result)
    assert response_curves.wanted(result)

"""Pages of each kind of result, made once: tables only, for charts have tests of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

import ccsim
from ccsim.experiments.compare import Comparison
from ccsim.experiments.rollout import Rollout
from ccsim.experiments.run import Run
from ccsim.experiments.sweep import Sweep
from ccsim.report import of_comparison, of_rollout, of_run, of_sweep
from ccsim.report.html import written
from ccsim.report.page import Page
from ccsim.report.pictures import EMPTY


@pytest.fixture(scope="session")
def small_sweep(small_file: Path) -> Sweep:
    vary = {"agents.generalists.on_seat": "2:4:1"}
    return ccsim.sweep(ccsim.load(small_file), vary, replications=2, clock="simpy", draws=20)


@pytest.fixture(scope="session")
def small_rollout(small_file: Path) -> Rollout:
    sides = ccsim.load(small_file), ccsim.load(small_file, "two_more")
    return ccsim.rollout(*sides, replications=3, clock="simpy")


@pytest.fixture(scope="session")
def pages(
    small_run: Run,
    every_run: Run,
    small_comparison: Comparison,
    small_sweep: Sweep,
    small_rollout: Rollout,
) -> dict[str, Page]:
    return {
        "run": of_run.page(small_run, EMPTY),
        "every channel": of_run.page(every_run, EMPTY),
        "comparison": of_comparison.page(small_comparison, EMPTY),
        "sweep": of_sweep.page(small_sweep, EMPTY),
        "rollout": of_rollout.page(small_rollout, EMPTY),
    }


@pytest.fixture(scope="session")
def written_pages(pages: dict[str, Page]) -> dict[str, str]:
    return {name: written(page) for name, page in pages.items()}


def draw_few(run: Run, place: Path) -> None:
    """Three charts in place of all: what a report does with them is the same."""
    from ccsim.charts import cost_ledger, service_wait, wait_distribution
    from ccsim.charts.style import styled

    with styled():
        for chart in (cost_ledger, service_wait, wait_distribution):
            chart.draw(run, place)


@pytest.fixture
def few_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ccsim.charts.draw_run", draw_few)


@pytest.fixture(scope="session")
def run_folder(small_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder with charts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ccsim.charts.draw_run", draw_few)
        return small_run.save(tmp_path_factory.mktemp("stored") / "run", charts=True)

"""Reports: one self-contained page of a result, for people who were not there when it was computed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison
    from ccsim.experiments.rollout import Rollout
    from ccsim.experiments.run import Run
    from ccsim.experiments.sweep import Sweep

PAGE = "report.html"


def write_run(run: Run, place: Path) -> None:
    """Write the page of a run into `place`, with the charts in its folder `charts`, if there are any."""
    _write("run", run, place)


def write_comparison(result: Comparison, place: Path) -> None:
    """Write the page of a comparison into `place`, as `write_run` does."""
    _write("compare", result, place)


def write_sweep(result: Sweep, place: Path) -> None:
    """Write the page of a sweep into `place`, as `write_run` does."""
    _write("sweep", result, place)


def write_rollout(result: Rollout, place: Path) -> None:
    """Write the page of a rollout into `place`, as `write_run` does."""
    _write("rollout", result, place)


def _write(kind: str, result: Any, place: Path) -> None:
    from ccsim.report.html import written
    from ccsim.report.pictures import found
    from ccsim.report.subjects import CHARTS, KINDS, Subject

    page = Subject(result, KINDS[kind], place).page(found(place / CHARTS))
    (place / PAGE).write_text(written(page), encoding="utf-8")

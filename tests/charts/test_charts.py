"""Every chart is drawn, as PNG, SVG and data; its data is what the run says; nothing overlaps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from ccsim.charts import draw_comparison, draw_run, style
from ccsim.experiments.compare import Comparison
from ccsim.experiments.run import Run

RUN = {
    "demand_staffing", "service_wait", "abandonment_occupancy", "wait_distribution", "heat_map",
    "effort_drivers", "outcome_drivers", "roi_by_month", "csat_by_wait", "csat_by_contacts",
    "survival", "cost_ledger", "tornado",
}  # fmt: skip
COMPARED = {"compared_service", "differences", "net_gain_by_month", "net_gain_spread",
            "net_gain_drivers", "gains_by_slice"}  # fmt: skip
Drawn = dict[str, tuple[Figure, pd.DataFrame]]


@pytest.fixture(scope="module")
def drawn(
    small_run: Run, small_comparison: Comparison, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Drawn]:
    """All charts in one folder, and the figures they were saved from."""
    place, figures = tmp_path_factory.mktemp("charts"), Drawn()
    save = style.save

    def keep(figure: Figure, data: pd.DataFrame, where: Path, name: str) -> None:
        save(figure, data, where, name)
        figure.draw_without_rendering()  # labels where they are at the figure's own resolution
        figures[name] = (figure, data)

    with pytest.MonkeyPatch.context() as patch:
        from ccsim import charts

        for path in Path(charts.__file__).parent.glob("*.py"):
            if path.stem not in ("__init__", "style", "week"):
                patch.setattr(f"ccsim.charts.{path.stem}.save", keep, raising=False)
        draw_run(small_run, place)
        two = {"two_more": small_comparison.variants["two_more"]}
        draw_comparison(Comparison(small_comparison.base, two), place)
    return place, figures


def test_all_charts_are_written_three_ways(drawn: tuple[Path, Drawn]) -> None:
    place, _ = drawn
    for kind in ("png", "svg", "csv"):
        assert {path.stem for path in place.glob(f"*.{kind}")} == RUN | COMPARED
        assert all(path.stat().st_size > 200 for path in place.glob(f"*.{kind}"))


def test_axes_say_what_they_show(drawn: tuple[Path, Drawn]) -> None:
    for name, (figure, data) in drawn[1].items():
        assert figure.get_suptitle(), name
        assert figure.get_supxlabel(), name
        assert len(data) > 0, name
        labels = [axes.get_ylabel() + axes.get_xlabel() + axes.get_title() for axes in figure.axes]
        assert any(labels), name


def test_no_texts_overlap(drawn: tuple[Path, Drawn]) -> None:
    for name, (figure, _) in drawn[1].items():
        boxes = [(text.get_text(), text.get_window_extent().shrunk(0.9, 0.8))
                 for text in texts(figure) if text.get_text().strip()]  # fmt: skip
        assert len(boxes) > 5
        for place, (first, box) in enumerate(boxes):
            for second, other in boxes[place + 1 :]:
                assert not box.overlaps(other), f"{name}: {first!r} over {second!r}"


def texts(figure: Figure) -> list[Text]:
    """The texts that are really drawn: ticks outside the limits have a text, but do not draw it."""
    found = [text for text in (figure._suptitle, figure._supxlabel) if text is not None]
    for axes in (axes for axes in figure.axes if axes.get_visible()):
        found += [axes.title, axes._left_title, axes.xaxis.label, axes.yaxis.label, *axes.texts]  # type: ignore[attr-defined]
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            ticks = [tick for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
            found += [tick.label1 for tick in ticks if tick.label1.get_visible()]
    return found


def test_nothing_is_cut_off(drawn: tuple[Path, Drawn]) -> None:
    for name, (figure, _) in drawn[1].items():
        edge = figure.bbox.padded(2)
        for text in (figure._suptitle, figure._supxlabel):
            assert text is not None
            box = text.get_window_extent()
            assert edge.x0 <= box.x0 and box.x1 <= edge.x1, f"{name}: {text.get_text()!r}"


def test_the_data_is_that_of_the_run(drawn: tuple[Path, Drawn], small_run: Run) -> None:
    place, _ = drawn
    hours = pd.read_csv(place / "heat_map.csv")
    frame = small_run.measures("weekday_hour")
    level = frame[(frame["measure"] == "service_level") & (frame["replications"] > 0)]
    np.testing.assert_allclose(hours["value"], level["value"])
    waits = pd.read_csv(place / "wait_distribution.csv")
    assert waits.groupby("queue")["share"].is_monotonic_increasing.all()
    assert waits["share"].between(0, 1).all()


def test_a_target_that_nobody_set_is_not_drawn(small_run: Run, tmp_path: Path) -> None:
    from ccsim.charts import effort_drivers, roi_by_month, service_wait
    from ccsim.scenario import loads

    text = (
        small_run.scenario.source.path.read_text()  # type: ignore[union-attr]
        .replace("{target: 80% in 20s, patience: 3min}", "{patience: 3min}")
        .replace("economics: {without_service: {churn: 45%/year}}\n", "")
        .replace("{count: 6000, margin: 14.00/month, churn: 18%/year}", "{}")
    )
    import ccsim

    run = ccsim.run(loads(text), 2, clock="simpy")
    assert not roi_by_month.wanted(run)
    with style.styled():
        service_wait.draw(run, tmp_path)
        effort_drivers.draw(run, tmp_path)
    assert "target" not in (tmp_path / "service_wait.svg").read_text()
    assert "predicted CSAT" in (tmp_path / "effort_drivers.svg").read_text()
    assert "predicted churn" not in (tmp_path / "effort_drivers.svg").read_text()

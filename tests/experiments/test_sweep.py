"""Sweeps of the small centre: each point is its own variant, whoever runs it, and the base is the base."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from small import SMALL, write_small

from ccsim.errors import CcsimError, ScenarioError
from ccsim.experiments.compare import compare
from ccsim.experiments.executors import Job, Serial
from ccsim.experiments.processes import Processes
from ccsim.experiments.stored_sweep import open_sweep
from ccsim.experiments.sweep import Sweep, sweep
from ccsim.experiments.unfinished import Unfinished
from ccsim.scenario import load, loads

SEATS, MARGIN = "agents.generalists.on_seat", "customers.everyone.margin"
WAGE = "agents.generalists.wage"
SCENARIO = loads(SMALL)


def swept(vary: Sequence[str], variant: str | None = None, **more: Any) -> Sweep:
    scenario = loads(SMALL, variant=variant)
    more = {"replications": 3, "clock": "simpy", "draws": 10, "jobs": 1, **more}
    return sweep(scenario, vary, **more)


class Counted(Serial):
    """Counts the jobs it was given."""

    jobs = 0

    def run(self, jobs: Sequence[Job[Any]]) -> Iterator[tuple[int, Any]]:
        self.jobs += len(jobs)
        return super().run(jobs)


@pytest.fixture(scope="module")
def seats() -> Sweep:
    return swept([f"{SEATS}=2:5:1"])


def test_the_base_differs_from_itself_by_nothing(seats: Sweep) -> None:
    frame = seats.responses()
    base = frame[frame["point"] == 1].set_index("measure")
    assert seats.as_base == (False, True, False, False)
    apart = base.drop(index="roi")[["difference", "difference_low", "difference_high"]]
    assert (apart == 0.0).all(axis=None)
    gains = base.loc[["net_gain", "margin_kept", "npv", "customers_kept"]]
    assert (gains[["value", "low", "high", "model_low", "model_high"]] == 0.0).all(axis=None)


def test_a_point_is_what_compare_says_of_it(seats: Sweep) -> None:
    """The same change as a variant of the file: same figures, same differences, same money."""
    other = compare(SCENARIO, [loads(SMALL, variant="two_more")], 3, 1, "simpy")
    rows = {row.measure: row.found for row in other.rows["two_more"]}
    for measure in ("service_level", "abandonment", "occupancy", "fcr", "csat", "churn"):
        mine, theirs = seats[measure].differences[3], rows[measure]
        assert mine.variant == pytest.approx(theirs.variant, rel=1e-12)
        assert (mine.difference, mine.low, mine.high) == pytest.approx(
            (theirs.difference, theirs.low, theirs.high), rel=1e-9, abs=1e-12
        )
    money = other.money["two_more"]
    assert seats["net_gain"].value[3] == pytest.approx(float(money.gain.net[0]), rel=1e-12)
    assert seats["net_gain"].above[3] - seats["net_gain"].value[3] == pytest.approx(
        money.pairs - money.pairs.mean(), rel=1e-9
    )
    assert seats["roi"].value[3] == pytest.approx(float(money.gain.roi[0]), rel=1e-9)


@pytest.mark.parametrize("clock", ["simpy", "compiled"])
def test_same_figures_for_any_number_of_processes_and_either_clock(seats: Sweep, clock: str) -> None:
    if clock == "compiled":
        pytest.importorskip("numba")
    with Processes(2) as two:
        other = swept([f"{SEATS}=2:5:1"], executor=two, clock=clock)
    assert other.clock == clock
    for key, mine in seats.responses_by.items():
        theirs = other.responses_by[key]
        for name in ("above", "below", "base_above", "base_below", "drawn"):
            assert getattr(mine, name).tobytes() == getattr(theirs, name).tobytes(), (key, name)


def test_same_bytes_in_the_folder(tmp_path: Path, seats: Sweep) -> None:
    """Whatever is written is the same for equal sweeps, and opens as it was."""
    folders = [one.save(tmp_path / name) for name, one in (("a", seats), ("b", swept([f"{SEATS}=2:5:1"])))]
    files = sorted(p.relative_to(folders[0]) for p in folders[0].rglob("*") if p.is_file())
    assert {str(file) for file in files} >= {
        "points.csv",
        "responses.parquet",
        "pairs.parquet",
        "manifest.json",
    }
    for file in files:
        assert (folders[0] / file).read_bytes() == (folders[1] / file).read_bytes(), file


def test_opened_again(tmp_path: Path) -> None:
    scenario = load(write_small(tmp_path), "two_more")
    result = sweep(scenario, [f"{MARGIN}=5/month:65/month:20/month"], replications=2, clock="simpy", draws=5)
    again = open_sweep(result.save(tmp_path / "kept"))
    assert again.rows == result.rows
    assert again.scenario.source.variant == "two_more"
    for name in ("points", "responses", "break_even", "knees", "indices"):
        pd.testing.assert_frame_equal(getattr(again, name)(), getattr(result, name)())
    manifest = tmp_path / "kept" / "manifest.json"
    told = json.loads(manifest.read_text())
    for wrong in (
        {"design": None},
        {"design": []},
        {"levers": [{**told["levers"][0], "text": [1, 2, 3, 4]}]},
    ):
        manifest.write_text(json.dumps(told | wrong))
        with pytest.raises(CcsimError, match="not whole"):
            open_sweep(tmp_path / "kept")
    manifest.write_text(json.dumps(told))
    (tmp_path / "kept" / "pairs.parquet").write_bytes(b"")
    with pytest.raises(CcsimError, match="not whole"):
        open_sweep(tmp_path / "kept")


def test_what_is_not_simulated_twice() -> None:
    """Prices and worth leave the centre as it is: one simulation serves all points, base included."""
    counted = Counted()
    result = swept([f"{WAGE}=15/h,20/h", f"{MARGIN}=10/month:30/month:10/month"], executor=counted)
    assert counted.jobs == 3
    assert len(result.rows) == 6
    costs = result["cost"].value.reshape(2, 3)
    assert (costs[1] > costs[0]).all()
    counted.jobs = 0
    swept([f"{SEATS}=2:4:1"], executor=counted)
    assert counted.jobs == 9  # the point that is the base runs once


def test_what_customers_are_worth_is_alike_for_base_and_point() -> None:
    alone = swept([f"{MARGIN}=10/month:30/month:10/month"])
    assert not alone["net_gain"].value.any()
    gain = swept([f"{MARGIN}=10/month:30/month:10/month"], variant="two_more")["net_gain"].value
    cost = gain[0] - (gain[1] - gain[0])  # net gain is a line in the margin, and at 0 it is what is spent
    assert gain[2] == pytest.approx(cost + 3 * (gain[1] - gain[0]), rel=1e-9)
    assert gain[1] > gain[0] > cost


def test_volumes_and_draws_are_the_bases(seats: Sweep) -> None:
    """Common draws: the interval of a difference is narrower than that of independent runs."""
    level = seats["service_level"]
    apart = level.differences[0]
    assert apart.se < np.hypot(level.estimate.se[0], level.estimate.se[1])
    offered = swept(["channels.voice.patience=1min,9min"])
    assert (offered["fcr"].base_below == offered["fcr"].base_below[0]).all()


def test_frames(seats: Sweep) -> None:
    frame = seats.responses("service_level")
    assert frame["on_seat"].tolist() == [2.0, 3.0, 4.0, 5.0]
    assert frame["value"].is_monotonic_increasing
    assert (frame["low"] <= frame["value"]).all()
    assert (frame["difference"] == frame["value"] - frame["base"]).all()
    assert seats.points()["on_seat"].tolist() == ["2", "3", "4", "5"]
    with pytest.raises(ValueError, match="was not followed"):
        seats.responses("joy")


def test_values_that_do_not_go_together() -> None:
    """Each group alone may do billing only; if both do, nobody does the rest."""
    with pytest.raises(ScenarioError) as error:
        swept(
            [
                f"agents.{name}.skills=[billing],[billing, technical]"
                for name in ("generalists", "technicians")
            ]
        )
    told = " ".join(str(error.value).split())
    assert "point generalists.skills [billing], technicians.skills [billing]" in told
    assert "no agent has the skill `technical`" in told
    assert told.rstrip().endswith("Nothing was run.")


def test_one_draw_is_refused() -> None:
    with pytest.raises(CcsimError, match="two draws"):
        swept([f"{SEATS}=2:4:1"], draws=1)
    none = swept([f"{SEATS}=2:4:1"], draws=0, replications=1)
    assert none["net_gain"].drawn.shape == (3, 0)
    assert np.isnan(none.responses("net_gain")["model_low"]).all()


class Interrupted(Serial):
    """Is interrupted after so many jobs."""

    def __init__(self, after: int) -> None:
        self.left = after

    def run(self, jobs: Sequence[Job[Any]]) -> Iterator[tuple[int, Any]]:
        for found in super().run(jobs):
            if not self.left:
                raise KeyboardInterrupt
            self.left -= 1
            yield found


def test_interrupted_and_resumed(tmp_path: Path, seats: Sweep) -> None:
    with pytest.raises(KeyboardInterrupt), Unfinished(root=tmp_path) as kept:
        swept([f"{SEATS}=2:5:1"], executor=Interrupted(7), kept=kept)
    counted = Counted()
    with Unfinished(resume=True, root=tmp_path) as kept:
        again = swept([f"{SEATS}=2:5:1"], executor=counted, kept=kept)
    assert counted.jobs == 4 * 3 - 7
    assert not list(tmp_path.iterdir())
    pd.testing.assert_frame_equal(again.responses(), seats.responses())

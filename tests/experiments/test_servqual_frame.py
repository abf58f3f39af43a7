"""`Run.servqual`: the run's own figures by dimension, targets where they are, an index each."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.experiments.run import Run
from ccsim.results.servqual import DIMENSIONS, OWN


def test_figures_targets_and_index_of_every_dimension(every_run: Run) -> None:
    frame = every_run.servqual()
    assert list(frame["dimension"].unique()) == list(DIMENSIONS)
    measures = every_run.measures().set_index("measure")
    for dimension, rows in frame.groupby("dimension", sort=False):
        assert rows["measure"].tolist() == [*DIMENSIONS[str(dimension)], "index"]
        named = rows.set_index("measure")
        for name in set(named.index) - {"index"} - set(OWN):
            assert named.loc[name, "value"] == measures.loc[name, "value"] or (
                np.isnan(named.loc[name, "value"]) and np.isnan(measures.loc[name, "value"])
            )
        scores = named["score"].dropna()
        assert named.loc["index", "value"] == pytest.approx(scores.mean())
        assert named.loc["index", "low"] <= named.loc["index", "value"] <= named.loc["index", "high"]
        assert scores.between(0, 100).all()
    waiting = frame.set_index("measure").loc["abandonment"]
    assert waiting["target_max"] == 0.1 and waiting["verdict"] in ("ok", "MISS")


def test_a_telephone_line_has_no_tangibles(small_run: Run) -> None:
    frame = small_run.servqual().set_index(["dimension", "measure"])
    assert np.isnan(frame.loc[("tangibles", "index"), "value"])
    assert frame.loc[("reliability", "index"), "value"] > 0


def test_self_service_that_works_better_shows_in_tangibles_alone() -> None:
    """Reports only: nothing in the outcome hangs on it, and the frame does not change the run."""
    from every_channel import EVERY_CHANNEL

    import ccsim
    from ccsim.scenario import loads

    poor, good = (
        ccsim.run(
            loads(EVERY_CHANNEL, sets=[f"self_service.chatbot.false_containment={x}"]), 1, clock="simpy"
        )
        for x in ("60%", "5%")
    )
    before = poor.summary()
    index = [
        run.servqual().set_index(["dimension", "measure"]).loc[("tangibles", "index"), "value"]
        for run in (poor, good)
    ]
    assert index[1] > index[0] + 1
    assert before.equals(poor.summary())

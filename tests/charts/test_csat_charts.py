"""CSAT by wait and by contacts: parts of one whole, and only what was simulated often enough."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ccsim.charts import csat_by_contacts, csat_by_wait, style
from ccsim.charts.csat_parts import FEWEST
from ccsim.experiments.run import Run


@pytest.fixture(scope="module", params=["small_run", "every_run"])
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Path]:
    run, place = request.getfixturevalue(request.param), tmp_path_factory.mktemp("csat")
    with style.styled():
        csat_by_wait.draw(run, place)
        csat_by_contacts.draw(run, place)
    return run, place


def test_parts_make_up_the_whole(drawn: tuple[Run, Path]) -> None:
    run, place = drawn
    whole = run.outcomes.score("csat").value
    waits, contacts = (pd.read_csv(place / f"csat_by_{name}.csv") for name in ("wait", "contacts"))
    for rows in (waits[waits["kind"] == "all issues"], contacts):
        seen = rows[rows["value"].notna()]
        left = 1.0 - seen["share"].sum()  # too rare to be drawn
        assert -1e-9 <= left <= FEWEST * len(rows)
        mean = (seen["share"] * seen["value"]).sum() / seen["share"].sum()
        assert mean == pytest.approx(whole, abs=left + 1e-9)
    rare = pd.concat([waits, contacts]).query("share < @FEWEST")
    assert rare["value"].isna().all()


def test_more_contacts_and_no_resolution_satisfy_less(drawn: tuple[Run, Path]) -> None:
    data = pd.read_csv(drawn[1] / "csat_by_contacts.csv", dtype={"step": str})
    by_kind = data.pivot(index="step", columns="kind", values="value").dropna()
    assert (by_kind["resolved in the end"] > by_kind["never resolved"]).all()
    for kind in by_kind:
        assert (np.diff(by_kind[kind]) < 0).all()


def test_of_issues_resolved_at_once_only_the_wait_is_left(drawn: tuple[Run, Path]) -> None:
    data = pd.read_csv(drawn[1] / "csat_by_wait.csv")
    at_once, every = (
        data[data["kind"] == kind].set_index("step") for kind in ("resolved in one contact", "all issues")
    )
    known = at_once[at_once["value"].notna()]
    assert known["value"].iloc[-1] < known["value"].iloc[0]
    if not drawn[0].scenario.self_service:  # nothing else can have happened to them
        assert (np.diff(known["value"]) < 0).all()
    assert (known["value"] >= every.loc[known.index, "value"] - 1e-9).all()
    assert (known["share"] <= every.loc[known.index, "share"] + 1e-12).all()


def test_bands_hold_their_lines(drawn: tuple[Run, Path]) -> None:
    for name in ("wait", "contacts"):
        data = pd.read_csv(drawn[1] / f"csat_by_{name}.csv").dropna(subset="value")
        assert (data["model_low"] < data["model_high"]).all()
        inside = data.dropna(subset="low")
        assert ((inside["low"] <= inside["value"]) & (inside["value"] <= inside["high"])).all()


def test_the_note_says_how_a_deferred_wait_is_counted(drawn: tuple[Run, Path]) -> None:
    run, place = drawn
    deferred = any(channel.deferred for channel in run.scenario.channels.values())
    assert ("where nobody sits on the line" in (place / "csat_by_wait.svg").read_text()) == deferred

"""Two clocks, one source: the same rows, byte for byte, whatever the centre."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from random_centres import centres

from ccsim.centre.simulate import choose_clock, simulate
from ccsim.errors import CcsimError
from ccsim.scenario import load
from ccsim.scenario.templates import scenarios_folder

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def rows(journal):
    return journal.issues.tobytes(), journal.legs.tobytes(), journal.presence.tobytes()


@QUICK
@given(scenario=centres())
def test_random_centres_give_equal_rows(scenario):
    pytest.importorskip("numba")
    assert rows(simulate(scenario, 0, "simpy")) == rows(simulate(scenario, 0, "compiled"))


SALE = {"events.black_friday.from": "2026-11-04", "events.black_friday.to": "2026-11-05"}


@pytest.mark.parametrize(
    ("name", "changes"), [("quickstart", {}), ("retail", SALE), ("anonymous_bank_1999", {})]
)
def test_library_scenarios_give_equal_rows(name, changes):
    pytest.importorskip("numba")
    scenario = load(scenarios_folder() / f"{name}.yaml").with_changes({"weeks": "1", **changes})
    simpy, compiled = simulate(scenario, 3, "simpy"), simulate(scenario, 3, "compiled")
    assert rows(simpy) == rows(compiled)
    assert len(simpy.legs) > 5000


def test_the_same_again_and_another_replication_not():
    scenario = load(scenarios_folder() / "quickstart.yaml").with_changes({"weeks": "1"})
    first = simulate(scenario, 0, "simpy")
    assert rows(first) == rows(simulate(scenario, 0, "simpy"))
    assert rows(first) != rows(simulate(scenario, 1, "simpy"))


def test_tables_grow_without_changing_a_row():
    """A flood without abandonment: slots, heap and journal all have to grow on the way."""
    pytest.importorskip("numba")
    scenario = load(scenarios_folder() / "quickstart.yaml").with_changes(
        {
            "weeks": "1",
            "channels.voice.patience": "never",
            "arrivals.voice.contacts": "x2",
            "arrivals.voice.counted": "first",
        }
    )
    simpy, compiled = simulate(scenario, 0, "simpy"), simulate(scenario, 0, "compiled")
    assert rows(simpy) == rows(compiled)
    waiting = np.cumsum(np.bincount(np.searchsorted(simpy.legs["left"], simpy.legs["entered"])))
    assert waiting.max() > 2000


SMALL_RUN = """
import sys; sys.path.insert(0, {folder!r})
from hypothesis import HealthCheck, given, settings
from random_centres import centres
from ccsim.centre.simulate import simulate

@settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(scenario=centres())
def run(scenario):
    compiled, simpy = simulate(scenario, 0, "compiled"), simulate(scenario, 0, "simpy")
    assert compiled.legs.tobytes() == simpy.legs.tobytes()
    assert compiled.presence.tobytes() == simpy.presence.tobytes()

run()
print("equal")
"""


@pytest.mark.slow
@pytest.mark.parametrize("setting", [{"NUMBA_BOUNDSCHECK": "1"}, {"CCSIM_COUNT_REFERENCES": "1"}])
def test_checked_and_public_builds_agree_too(setting, tmp_path):
    """With array bounds checked, and without numba's private option: each has a cache of its own."""
    pytest.importorskip("numba")
    folder = os.path.dirname(__file__)
    done = subprocess.run(
        [sys.executable, "-c", SMALL_RUN.format(folder=folder)],
        env={**os.environ, **setting}, capture_output=True, text=True, timeout=600, check=False,
        cwd=tmp_path,
    )  # fmt: skip
    assert done.stdout.strip() == "equal", done.stderr


def test_an_edit_to_the_centre_makes_a_new_cache(monkeypatch, tmp_path):
    from ccsim.centre import clock_compiled

    pytest.importorskip("numba")
    before = clock_compiled.cache_folder()
    source = tmp_path / "centre"
    source.mkdir()
    (tmp_path / "demand").mkdir()
    (tmp_path / "demand" / "streams.py").write_text("", "utf-8")
    (source / "clock_compiled.py").write_text("edited", "utf-8")
    monkeypatch.setattr(clock_compiled, "__file__", str(source / "clock_compiled.py"))
    edited = clock_compiled.cache_folder()
    assert edited != before
    monkeypatch.setenv("NUMBA_BOUNDSCHECK", "1")
    assert clock_compiled.cache_folder() not in (before, edited)


def test_choosing_a_clock(monkeypatch):
    from ccsim.centre import clock_compiled

    with pytest.raises(CcsimError, match="unknown clock"):
        choose_clock("sundial", 10)
    monkeypatch.setattr(clock_compiled, "available", lambda: False)
    assert choose_clock("auto", 10**9) == "simpy"
    with pytest.raises(CcsimError, match="numba"):
        choose_clock("compiled", 10)
    monkeypatch.setattr(clock_compiled, "available", lambda: True)
    monkeypatch.setattr(clock_compiled, "in_cache", lambda: False)
    assert choose_clock("auto", 300_000) == "simpy"
    assert choose_clock("auto", 10_000_000) == "compiled"
    monkeypatch.setattr(clock_compiled, "in_cache", lambda: True)
    assert choose_clock("auto", 300_000) == "compiled"

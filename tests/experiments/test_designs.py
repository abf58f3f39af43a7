"""Designs: which points they have, and that indices of a known function come out of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from small import SMALL

from ccsim.errors import CcsimError
from ccsim.experiments.designs import MOST_POINTS, design_of, saltelli
from ccsim.experiments.sensitivity import grid_indices, rank_regression, sobol_from
from ccsim.scenario import loads

SCENARIO = loads(SMALL)
SEATS, FCR, PATIENCE = "agents.generalists.on_seat", "intents.billing.fcr", "channels.voice.patience"


def rows(kind: str, *vary: str, points: int | None = None) -> list[tuple[str, ...]]:
    return [tuple(one.text for one in row) for row in design_of(kind, vary, SCENARIO, points).rows]


def test_grid_has_every_combination_once() -> None:
    found = rows("grid", f"{SEATS}=2:4:1", f"{FCR}=70%,80%")
    assert found == [(seats, fcr) for seats in ("2", "3", "4") for fcr in ("70%", "80%")]


def test_one_at_a_time_starts_from_the_file() -> None:
    found = rows("one", f"{SEATS}=2:4:1", f"{FCR}=70%:85%", f"{PATIENCE}=120s:180s")
    assert found[0] == ("3", "78%", "3min")
    assert found[1:] == [("2", "78%", "3min"), ("4", "78%", "3min"), ("3", "70%", "3min"), ("3", "85%", "3min"),
                         ("3", "78%", "120s")]  # fmt: skip


def test_a_hypercube_has_one_point_in_each_slice() -> None:
    made = design_of("lhs", [f"{FCR}=50%:90%", f"{PATIENCE}=60s:300s"], SCENARIO, 20)
    for place, (low, high) in enumerate([(50, 90), (60, 300)]):
        slices = [int(20 * (row[place].number - low) / (high - low)) for row in made.rows]
        assert sorted(slices) == list(range(20))
    assert made.rows == design_of("lhs", [f"{FCR}=50%:90%", f"{PATIENCE}=60s:300s"], SCENARIO, 20).rows
    assert (
        made.rows != design_of("lhs", [f"{FCR}=50%:90%", f"{PATIENCE}=60s:300s"], SCENARIO, 20, seed=2).rows
    )


def test_saltellis_matrices() -> None:
    size, levers = 16, 3
    found = saltelli(levers, size, 1)
    first, second = found[:size], found[size : 2 * size]
    assert found.shape == (size * (levers + 2), levers)
    for lever in range(levers):
        mixed = found[(2 + lever) * size : (3 + lever) * size]
        for column in range(levers):
            assert np.array_equal(mixed[:, column], (second if column == lever else first)[:, column])


def test_ishigami() -> None:
    """The indices of Ishigami and Homma's function are known in closed form."""
    a, b = 7.0, 0.1
    x = math.pi * (2.0 * saltelli(3, 2048, 1) - 1.0)
    values = np.sin(x[:, 0]) + a * np.sin(x[:, 1]) ** 2 + b * x[:, 2] ** 4 * np.sin(x[:, 0])
    whole = a**2 / 8 + b * math.pi**4 / 5 + b**2 * math.pi**8 / 18 + 0.5
    first = 0.5 * (1 + b * math.pi**4 / 5) ** 2 / whole
    both = b**2 * math.pi**8 * (1 / 18 - 1 / 50) / whole
    known = {
        ("first", 0): first, ("first", 1): a**2 / 8 / whole, ("first", 2): 0.0,
        ("total", 0): first + both, ("total", 1): a**2 / 8 / whole, ("total", 2): both,
    }  # fmt: skip
    found = {
        (name, lever): (value, low, high) for name, lever, value, low, high in sobol_from(values, 2048, 3)
    }
    assert found.keys() == known.keys()
    for key, truth in known.items():
        value, low, high = found[key]
        assert value == pytest.approx(truth, abs=0.03), key
        assert low < value < high


def test_indices_of_a_grid_by_hand() -> None:
    """Of y = 2 a + b on a, b in -1, 1: 4 parts to 1, nothing together; of y = a b nothing alone."""
    a, b = np.meshgrid([-1.0, 1.0], [-1.0, 1.0], indexing="ij")
    assert grid_indices(2 * a + b) == pytest.approx(np.array([[0.8, 0.2], [0.8, 0.2]]))
    assert grid_indices(a * b) == pytest.approx(np.array([[0.0, 0.0], [1.0, 1.0]]))


def test_ranks_of_a_line() -> None:
    stream = np.random.default_rng(1)
    x = stream.permutation(200)[:, None] * [1.0, 0.0] + stream.permutation(200)[:, None] * [0.0, 1.0]
    found, explained = rank_regression(x, -x[:, 0])
    assert found == pytest.approx([-1.0, 0.0], abs=1e-9)
    assert explained == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("kind", "points", "told"),
    [
        ("cube", None, "there are grid, lhs, one, sobol"),
        ("grid", 5, "--points is for lhs and sobol"),
        ("sobol", 12, "write 8 or 16"),
        ("lhs", 1, "too few"),
        ("lhs", MOST_POINTS + 1, "say --yes"),
    ],
)
def test_what_is_refused(kind: str, points: int | None, told: str) -> None:
    with pytest.raises(CcsimError, match=told):
        design_of(kind, [f"{FCR}=50%:90%:10%"], SCENARIO, points)


def test_many_points_where_they_are_meant() -> None:
    wide = [f"{FCR}=10%:90%:1%", f"{SEATS}=1:10:1"]
    with pytest.raises(CcsimError, match="810 points"):
        design_of("grid", wide, SCENARIO)
    assert len(design_of("grid", wide, SCENARIO, many=True).rows) == 810

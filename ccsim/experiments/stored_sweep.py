"""Stored sweeps: opened again from what their folder keeps, without simulating."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ccsim.errors import CcsimError
from ccsim.experiments import manifest
from ccsim.experiments.designs import KINDS, Design
from ccsim.experiments.levers import Lever, Setting, Span
from ccsim.experiments.response import Response
from ccsim.experiments.stored_scenario import read_scenario
from ccsim.experiments.sweep import Sweep
from ccsim.experiments.sweep_folder import BASE, DRAWS, KIND, PAIRS, SIDES
from ccsim.experiments.sweep_measures import Followed, followed

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]


def open_sweep(folder: str | Path) -> Sweep:
    """The sweep in a folder that `Sweep.save` or `ccsim sweep` wrote, without simulating anything.

    CcsimError where the folder is no sweep's, was written by another version, is broken, or was changed.
    """
    import pyarrow as pa

    place = Path(folder)
    about = manifest.read(place, KIND)
    try:
        return _opened(place, about)
    except (
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        ArithmeticError,
        OSError,
        pa.ArrowException,
    ) as error:
        raise CcsimError(f"{place} cannot be opened, it is not whole: {error}") from error


def _opened(place: Path, about: dict[str, Any]) -> Sweep:
    base = None
    if about["base"] is not None:
        base = read_scenario(place / BASE, about["base"], None, about["set"])
    scenario = read_scenario(place, about["digest"], about["variant"], about["set"], base)
    if about["design"] not in KINDS:
        raise ValueError(f"there is no design {about['design']!r}")
    rows = _rows(about["levers"])
    levers = tuple(_lever(told) for told in about["levers"])
    return Sweep(
        scenario=scenario,
        base=base or scenario,
        design=Design(about["design"], levers, rows, about["design_points"]),
        as_base=tuple(about["as_base"]),
        responses_by=_responses(place, followed(base or scenario), len(rows), about),
        replications=about["replications"],
        clock=about["clock"],
        draws=about["draws"],
        model_seed=about["model_seed"],
    )


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value


def _lever(told: dict[str, Any]) -> Lever:
    span = None
    if told["span"] is not None:
        low, high = told["span"]
        span = Span(float(low), float(high), _text(told["unit"]), told["whole"], told["signed"])
    listed = tuple(Setting(_text(text), _number(value)) for text, value in told["listed"])
    return Lever(_text(told["key"]), listed, span)


def _rows(levers: list[dict[str, Any]]) -> tuple[tuple[Setting, ...], ...]:
    columns = [
        [Setting(_text(text), _number(value), kept) for text, value, kept in zip(
            told["text"], told["number"], told["kept"], strict=True)]
        for told in levers
    ]  # fmt: skip
    return tuple(zip(*columns, strict=True))


def _responses(
    place: Path, wanted: list[Followed], points: int, about: dict[str, Any]
) -> dict[tuple[str, str], Response]:
    import pandas as pd

    pairs = dict(list(pd.read_parquet(place / PAIRS).groupby(["measure", "part"], sort=False)))
    draws = dict(list(pd.read_parquet(place / DRAWS).groupby(["measure", "part"], sort=False)))
    found = {}
    for one in wanted:
        mine = pairs[one.key]
        shape = (points, about["replications"])
        sides = {side: mine[mine["side"] == side] for side in SIDES}
        above, base_above = (_array(sides[side], "above", shape) for side in SIDES)
        below, base_below = (_array(sides[side], "below", shape) for side in SIDES)
        drawn = np.empty((points, 0))
        if one.key in draws:
            drawn = _array(draws[one.key], "value", (points, about["draws"]))
        found[one.key] = Response(one, above, below, base_above, base_below, drawn)
    return found


def _array(frame: pd.DataFrame, column: str, shape: tuple[int, int]) -> Floats:
    return np.asarray(frame[column].to_numpy(np.float64).reshape(shape))

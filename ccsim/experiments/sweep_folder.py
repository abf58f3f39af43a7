"""The folder of a sweep: its points, every figure at every point, what stands out, charts; written whole."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ccsim.experiments import manifest
from ccsim.experiments.folder import free_folder, named, whole, write_table
from ccsim.experiments.stored_scenario import write_scenario
from ccsim.parameters import PARAMETER_VERSION

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.levers import Lever
    from ccsim.experiments.response import Response
    from ccsim.experiments.sweep import Sweep

KIND: Final = "sweep"
BASE: Final = "base"
PAIRS: Final = "pairs.parquet"
DRAWS: Final = "draws.parquet"
SIDES: Final = ("point", "base")


def save_sweep(result: Sweep, folder: str | Path | None = None, charts: bool = False) -> Path:
    """Write the folder of a sweep and return its path.

    points, responses, indices, knees and break_even as CSV and Parquet; pairs.parquet and draws.parquet, from
    which it can be opened again; scenario.yaml, manifest.json, charts/ where asked for. CcsimError where
    `folder` holds something else than a sweep.
    """
    key = key_of(result)
    target = free_folder(folder, KIND) or named(KIND, key)
    with whole(target) as place:
        for name, frame in tables(result).items():
            write_table(frame, place / name)
        pairs_frame(result).to_parquet(place / PAIRS, index=False)
        draws_frame(result).to_parquet(place / DRAWS, index=False)
        write_scenario(result.scenario, place)
        if result.base is not result.scenario:
            (place / BASE).mkdir()
            write_scenario(result.base, place / BASE)
        told = manifest.written(_manifest(result, key))
        (place / manifest.MANIFEST).write_text(told, encoding="utf-8")
        if charts:
            (place / "charts").mkdir()
            import_module("ccsim.charts").draw_sweep(result, place / "charts")
        import_module("ccsim.report").write_sweep(result, place)
    return target


def tables(result: Sweep) -> dict[str, pd.DataFrame]:
    """The frames that are written, by name."""
    found = {"points": result.points(), "responses": result.responses(), "break_even": result.break_even()}
    return found | {"knees": result.knees(), "indices": result.indices()}


def key_of(result: Sweep) -> str:
    """Digest of all that decides the figures of a sweep."""
    rows = [[one.text for one in row] for row in result.rows]
    levers = [lever.key for lever in result.levers]
    sides = [manifest.digest(one) for one in (result.scenario, result.base)]
    counts = (result.replications, result.draws, result.model_seed, result.design.kind, result.design.points)
    versions = (manifest.ccsim_version(), PARAMETER_VERSION)
    return manifest.sha(KIND, *sides, *versions, repr(counts), repr(levers), repr(rows))


def pairs_frame(result: Sweep) -> pd.DataFrame:
    """Numerator and denominator of every figure, by point, side (the point or its base) and replication."""
    import pandas as pd

    return pd.concat(
        [part for one in result.responses_by.values() for part in _pairs(one)], ignore_index=True
    )


def _pairs(response: Response) -> Iterator[pd.DataFrame]:
    import pandas as pd

    points, replications = response.above.shape
    sides = (response.above, response.below), (response.base_above, response.base_below)
    for side, (above, below) in zip(SIDES, sides, strict=True):
        yield pd.DataFrame(
            {
                "measure": response.what.measure,
                "part": response.what.part,
                "side": side,
                "point": np.repeat(np.arange(points), replications),
                "replication": np.tile(np.arange(replications), points),
                "above": above.ravel(),
                "below": below.ravel(),
            }
        )


def draws_frame(result: Sweep) -> pd.DataFrame:
    """Every figure that the outcome model moves, by point and draw."""
    import pandas as pd

    frames = []
    for response in result.responses_by.values():
        points, draws = response.drawn.shape
        columns = {
            "measure": response.what.measure,
            "part": response.what.part,
            "point": np.repeat(np.arange(points), draws),
            "draw": np.tile(np.arange(draws), points),
            "value": response.drawn.ravel(),
        }
        frames.append(pd.DataFrame(columns))
    return pd.concat(frames, ignore_index=True)


def _manifest(result: Sweep, key: str) -> dict[str, Any]:
    base = result.base is not result.scenario
    return {
        **manifest.common(result.scenario, KIND, result.replications, result.clock),
        "key": key,
        "base": manifest.digest(result.base) if base else None,
        "design": result.design.kind,
        "design_points": result.design.points,
        "points": len(result.rows),
        "draws": result.draws,
        "model_seed": result.model_seed,
        "levers": [_lever(result, place) for place in range(len(result.levers))],
        "as_base": list(result.as_base),
    }


def _lever(result: Sweep, place: int) -> dict[str, Any]:
    """A lever, and its setting at every point."""
    lever = result.levers[place]
    mine = [row[place] for row in result.rows]
    return {
        "key": lever.key,
        **_span(lever),
        "listed": [[one.text, one.number] for one in lever.settings],
        "text": [one.text for one in mine],
        "number": [one.number for one in mine],
        "kept": [one.kept for one in mine],
    }


def _span(lever: Lever) -> dict[str, Any]:
    span = lever.span
    if span is None:
        return {"span": None}
    return {"span": [span.low, span.high], "unit": span.unit, "whole": span.whole, "signed": span.signed}

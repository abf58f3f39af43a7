"""The folder of a recomputation: what it stands on, tables and charts; written whole."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ccsim.experiments import manifest
from ccsim.experiments.folder import free_folder, key_of_run, whole
from ccsim.experiments.swings import swings_frame
from ccsim.results.drivers import SLICES

if TYPE_CHECKING:
    from ccsim.experiments.roi import Roi

KIND: Final = "roi"


def save_roi(found: Roi, folder: str | Path, charts: bool = False) -> Path:
    """Write the folder of a recomputation and return its path.

    by_month.csv, lines.csv, tornado.csv, figures.csv, by_SLICE.csv (against a base), manifest.json; charts/
    where asked for. CcsimError where `folder` holds something else than one.
    """
    target = free_folder(folder, KIND) or Path(folder)
    with whole(target) as place:
        for name, frame in _tables(found).items():
            frame.to_csv(place / f"{name}.csv", index=False)
        told = manifest.written(_manifest(found))
        (place / manifest.MANIFEST).write_text(told, encoding="utf-8")
        if charts:
            (place / "charts").mkdir()
            import_module("ccsim.charts").draw_roi(found, place / "charts")
    return target


def _tables(found: Roi):  # type: ignore[no-untyped-def]
    tables = {"by_month": found.by_month(), "lines": found.lines(), "tornado": swings_frame(found.tornado)}
    if found.base is None:
        return {"figures": found.run.summary(), **tables}
    slices = {f"by_{by}": found.gain_by(by) for by in SLICES} if not found.money.missing else {}
    return {"figures": found.comparison.money_frame(), **tables, **slices}


def _manifest(found: Roi) -> dict[str, Any]:
    run = found.run
    keys = [key_of_run(one) for one in (run, found.base) if one is not None]
    draws = {"draws": run.draws, "model_seed": run.model_seed}
    return {
        **manifest.common(run.scenario, KIND, run.replications, run.clock),
        "key": manifest.sha(KIND, *keys, repr(draws)),
        "against": None if found.base is None else manifest.digest(found.base.scenario),
        **draws,
        "changed": {one.path: [one.before, one.now] for one in found.changed},
    }

"""The folder of a recomputation: what it stands on, tables and charts; written whole, and opened again."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ccsim.experiments import manifest, store
from ccsim.experiments.folder import free_folder, key_of_run, whole
from ccsim.experiments.swings import swings_frame
from ccsim.results.drivers import SLICES

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.roi import Roi
    from ccsim.experiments.run import Run

KIND: Final = "roi"
AGAINST: Final = "against"


def save_roi(found: Roi, folder: str | Path, charts: bool = False, called: str = "") -> Path:
    """Write the folder of a recomputation and return its path.

    by_month.csv, lines.csv, tornado.csv, figures.csv, by_SLICE.csv (against a base), manifest.json, and
    the run under these parameters (against/: its base); charts/ where asked for. called: what it is of, in
    a few words. CcsimError where `folder` holds something else than one.
    """
    target = free_folder(folder, KIND) or Path(folder)
    with whole(target) as place:
        for name, frame in tables(found).items():
            frame.to_csv(place / f"{name}.csv", index=False)
        store.write_store(found.run, place)
        if found.base is not None:
            _write_base(found.base, place / AGAINST)
        told = manifest.written(_manifest(found, called))
        (place / manifest.MANIFEST).write_text(told, encoding="utf-8")
        if charts:
            (place / "charts").mkdir()
            import_module("ccsim.charts").draw_roi(found, place / "charts")
    return target


def open_roi(folder: str | Path) -> Roi:
    """The recomputation in a folder that `ccsim roi --out` wrote, all its figures as they were.

    CcsimError as in `ccsim.open_run`.
    """
    from ccsim.experiments.recomputed import Changed
    from ccsim.experiments.roi import Roi

    place = Path(folder)
    about = manifest.read(place, KIND)

    def opened() -> Roi:
        inside = place / AGAINST
        base = None
        if about["against"] is not None:
            base = store.side_in(inside, manifest.read(inside, AGAINST), None)
        changes = (Changed(path, before, now) for path, (before, now) in about["changed"].items())
        return Roi(store.run_in(place, about), base, tuple(changes))

    return store.understood(place, opened)


def tables(found: Roi) -> dict[str, pd.DataFrame]:
    """Its tables, as the folder has them, by name."""
    told = {"by_month": found.by_month(), "lines": found.lines(), "tornado": swings_frame(found.tornado)}
    if found.base is None:
        return {"figures": found.run.summary(), **told}
    slices = {f"by_{by}": found.gain_by(by) for by in SLICES} if not found.money.missing else {}
    return {"figures": found.comparison.money_frame(), **told, **slices}


def _write_base(base: Run, place: Path) -> None:
    place.mkdir()
    store.write_store(base, place)
    told = {**manifest.common(base.scenario, AGAINST, base.replications, base.clock), **store.told(base)}
    (place / manifest.MANIFEST).write_text(manifest.written(told), encoding="utf-8")


def _manifest(found: Roi, called: str) -> dict[str, Any]:
    run = found.run
    keys = [key_of_run(one) for one in (run, found.base) if one is not None]
    draws = {"draws": run.draws, "model_seed": run.model_seed}
    return {
        **manifest.common(run.scenario, KIND, run.replications, run.clock),
        "of": called,
        "key": manifest.sha(KIND, *keys, repr(draws)),
        "against": None if found.base is None else manifest.digest(found.base.scenario),
        "changed": {one.path: [one.before, one.now] for one in found.changed},
        **store.told(run),
    }

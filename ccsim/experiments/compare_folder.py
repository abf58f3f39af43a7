"""The folder of a comparison: both sides, differences, money, charts; written whole."""

from __future__ import annotations

from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccsim.experiments import manifest, store
from ccsim.experiments.folder import free_folder, key_of_run, named, whole, write_table
from ccsim.results.drivers import SLICES

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.compare import Comparison


def save_comparison(result: Comparison, folder: str | Path | None = None, charts: bool = False) -> Path:
    """Write the folder of a comparison (default: `runs/compare-HASH`) and return its path."""
    base = result.base
    key = manifest.sha("compare", *_contents(result))
    target = free_folder(folder, "compare") or named("compare", key)
    with whole(target) as place:
        store.write_store(base, place)
        for name, run in result.variants.items():
            store.write_part(run, place / store.VARIANTS / name, with_base=False)
        base.summary().to_csv(place / "base.csv", index=False)
        for name, frame in tables(result).items():
            write_table(frame, place / name)
        told = manifest.written(_manifest(result, key))
        (place / manifest.MANIFEST).write_text(told, encoding="utf-8")
        if charts:
            (place / "charts").mkdir()
            import_module("ccsim.charts").draw_comparison(result, place / "charts")
        import_module("ccsim.report").write_comparison(result, place)
    return target


def tables(result: Comparison) -> dict[str, pd.DataFrame]:
    """The frames that are written, by name."""
    precision = {} if result.reached is None else {"precision": result.precision()}
    return {
        "differences": result.differences(),
        "money": result.money_frame(),
        "frontier": result.frontier(),
        **precision,
        "money_by_month": result.by_month(),
        "why": result.why(by=("channel", "intent")),
        **{f"gain_by_{by}": result.gain_by(by) for by in SLICES},
    }


def _contents(result: Comparison) -> list[str]:
    """All that decides what the folder says: runs, names that do not come from the scenario, precision."""
    runs = [key_of_run(run) for run in (result.base, *result.variants.values())]
    named = [name for name, run in result.variants.items() if run.scenario.source.variant != name]
    return [*runs, *named, *([repr(result.reached)] if result.reached else [])]


def _manifest(result: Comparison, key: str) -> dict[str, Any]:
    base = result.base
    first = next(iter(result.money.values()))
    return {
        **manifest.common(base.scenario, "compare", base.replications, base.clock),
        "key": key,
        "variants": {name: manifest.digest(run.scenario) for name, run in result.variants.items()},
        "precision": None if result.reached is None else asdict(result.reached),
        "calibration": first.calibration.to_json(),
        **store.told(base),
    }

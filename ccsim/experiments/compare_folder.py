"""The folder of a comparison: both scenarios, differences, money, charts; written whole."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccsim.experiments import manifest
from ccsim.experiments.folder import MANIFEST, free_folder, key_of, named, whole, write_scenario

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison


def save_comparison(result: Comparison, folder: str | Path | None = None, charts: bool = False) -> Path:
    """Write the folder of a comparison (default: `runs/compare-HASH`) and return its path."""
    base = result.base
    keys = [key_of(run.scenario, run.replications, run.base) for run in result.variants.values()]
    key = manifest.sha("compare", key_of(base.scenario, base.replications, None), *keys)
    target = free_folder(folder) or named("compare", key)
    with whole(target) as place:
        write_scenario(base.scenario, place)
        for name, run in result.variants.items():
            (place / name).mkdir()
            write_scenario(run.scenario, place / name)
            run.summary().to_csv(place / name / "summary.csv", index=False)
        base.summary().to_csv(place / "base.csv", index=False)
        result.differences().to_csv(place / "differences.csv", index=False)
        result.money_frame().to_csv(place / "money.csv", index=False)
        told = manifest.written(_manifest(result, key))
        (place / MANIFEST).write_text(told, encoding="utf-8")
        if charts:
            (place / "charts").mkdir()
            import_module("ccsim.charts").draw_comparison(result, place / "charts")
    return target


def _manifest(result: Comparison, key: str) -> dict[str, Any]:
    base = result.base
    first = next(iter(result.money.values()))
    return {
        **manifest.common(base.scenario, "compare", base.replications, base.clock),
        "key": key,
        "variants": {name: manifest.digest(run.scenario) for name, run in result.variants.items()},
        "calibration": first.calibration.to_json(),
        "fresh_share_by_interval_of_week": {n: v.tolist() for n, v in base.fresh.items()},
    }

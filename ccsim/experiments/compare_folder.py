"""The folder of a comparison: both sides, differences, money, charts; written whole."""

from __future__ import annotations

from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccsim.experiments import manifest, store
from ccsim.experiments.folder import free_folder, key_of_run, named, whole
from ccsim.results.drivers import SLICES

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison
    from ccsim.experiments.run import Run


def save_comparison(result: Comparison, folder: str | Path | None = None, charts: bool = False) -> Path:
    """Write the folder of a comparison (default: `runs/compare-HASH`) and return its path."""
    base = result.base
    key = manifest.sha("compare", *_contents(result))
    target = free_folder(folder, "compare") or named("compare", key)
    with whole(target) as place:
        store.write_store(base, place)
        for name, run in result.variants.items():
            _write_variant(run, place / store.VARIANTS / name)
        base.summary().to_csv(place / "base.csv", index=False)
        result.differences().to_csv(place / "differences.csv", index=False)
        result.money_frame().to_csv(place / "money.csv", index=False)
        result.frontier().to_csv(place / "frontier.csv", index=False)
        if result.reached is not None:
            result.precision().to_csv(place / "precision.csv", index=False)
        result.by_month().to_csv(place / "money_by_month.csv", index=False)
        result.why(by=("channel", "intent")).to_csv(place / "why.csv", index=False)
        for by in SLICES:
            result.gain_by(by).to_csv(place / f"gain_by_{by}.csv", index=False)
        told = manifest.written(_manifest(result, key))
        (place / manifest.MANIFEST).write_text(told, encoding="utf-8")
        if charts:
            (place / "charts").mkdir()
            import_module("ccsim.charts").draw_comparison(result, place / "charts")
        import_module("ccsim.report").write_comparison(result, place)
    return target


def _contents(result: Comparison) -> list[str]:
    """All that decides what the folder says: runs, names that do not come from the scenario, precision."""
    runs = [key_of_run(run) for run in (result.base, *result.variants.values())]
    named = [name for name, run in result.variants.items() if run.scenario.source.variant != name]
    return [*runs, *named, *([repr(result.reached)] if result.reached else [])]


def _write_variant(run: Run, place: Path) -> None:
    place.mkdir(parents=True)
    store.write_store(run, place, with_base=False)
    run.summary().to_csv(place / "summary.csv", index=False)
    told = {**manifest.common(run.scenario, "variant", run.replications, run.clock), **store.told(run)}
    (place / manifest.MANIFEST).write_text(manifest.written(told), encoding="utf-8")


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

"""The folder of a rollout: both scenarios and runs, every frame as CSV and Parquet, charts; written whole."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccsim.errors import CcsimError
from ccsim.experiments import manifest, store
from ccsim.experiments.folder import free_folder, key_of_run, named, whole, write_table
from ccsim.experiments.rollout_kept import read_both, write_both
from ccsim.results.both_rules import BY

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.rollout import Rollout

SIDES = ("before", "after")
PAIRS = "pairs"
ASKED = ("stages", "teaching")  # frames that stand on runs which the folder does not keep


def save_rollout(
    result: Rollout, folder: str | Path | None = None, charts: bool = False, individuals: bool = False
) -> Path:
    """Write the folder of a rollout (default: `runs/rollout-HASH`) and return its path."""
    key = key_of_rollout(result, individuals)
    target = free_folder(folder, "rollout") or named("rollout", key)
    with whole(target) as place:
        for name, run in zip(SIDES, (result.before, result.after), strict=True):
            store.write_part(run, place / name, with_base=name == SIDES[0])  # both have the same base
        (place / PAIRS).mkdir()
        for number, pair in enumerate(result.pairs):
            write_both(pair, place / PAIRS / f"{number}.npz")
        for name, frame in frames_of(result, individuals).items():
            write_table(frame, place / name)
        told = manifest.written(_manifest(result, key))
        (place / manifest.MANIFEST).write_text(told, encoding="utf-8")
        if charts:
            (place / "charts").mkdir()
            import_module("ccsim.charts").draw_rollout(result, place / "charts")
        import_module("ccsim.report").write_rollout(result, place)
    return target


def open_rollout(folder: str | Path) -> Rollout:
    """The rollout in a folder that `ccsim rollout` wrote, without simulating. CcsimError as in `open_run`.

    Of its stages and lessons the frames are there, not the runs.
    """
    place = Path(folder)
    about = manifest.read(place, "rollout")
    return store.understood(place, lambda: _opened(place, about))


def _opened(place: Path, about: dict[str, Any]) -> Rollout:
    import pandas as pd

    from ccsim.experiments.rollout import Rollout

    inside = {side: (place / side, manifest.read(place / side, "variant")) for side in SIDES}
    before = store.run_in(*inside["before"])
    after = store.side_in(*inside["after"], before.base or before.as_base)
    names = before.tallies[0].names
    pairs = [read_both(place / PAIRS / f"{number}.npz", names) for number in range(about["replications"])]
    whole = tuple(pair for pair in pairs if pair is not None)
    if len(whole) < len(pairs):
        raise CcsimError(f"{place / PAIRS} is not whole. Run it again.")
    files = {name: place / f"{name}.parquet" for name in ASKED}
    frames = {name: pd.read_parquet(file) for name, file in files.items() if file.is_file()}
    return Rollout(before, after, whole, _frames=frames)


def key_of_rollout(result: Rollout, individuals: bool = False) -> str:
    """Digest of all that decides what is in the folder."""
    shares = [f"{stage.share:.6g}" for stage in result.stages]
    more = [f"{len(result.lessons)} lessons", "individuals" if individuals else ""]
    return manifest.sha("rollout", key_of_run(result.before), key_of_run(result.after), *shares, *more)


def frames_of(result: Rollout, individuals: bool = False) -> dict[str, pd.DataFrame]:
    """Every frame of a rollout by the name of its table; those not asked for are left out."""
    frames = {
        "targets": result.targets(),
        **{f"changes_by_{by}": result.changes(by) for by in BY},
        "flips": result.flips(),
        "who_answered": result.who_answered(),
        "load": result.load(),
        "in_skill": result.in_skill(),
        "spread": result.spread(),
        "transfers": result.transfers(),
        "overload": result.overload(),
    }
    asked = {"stages": result.staged(), "teaching": result.teaching()}
    frames |= {name: frame for name, frame in asked.items() if len(frame)}
    if individuals:
        frames["individuals"] = result.individuals()
    return frames


def _manifest(result: Rollout, key: str) -> dict[str, Any]:
    before, after = result.before, result.after
    return {
        **manifest.common(before.scenario, "rollout", result.replications, before.clock),
        "key": key,
        "from": result.names[0],
        "to": result.names[1],
        "after": manifest.digest(after.scenario),
        "verdict": result.verdict,
        "contacts_simulated": before.simulated + after.simulated,
        "only_before": sum(pair.alone[0] for pair in result.pairs),
        "only_after": sum(pair.alone[1] for pair in result.pairs),
        "shares": [stage.share for stage in result.stages],
        "lessons": [f"{lesson.group}/{lesson.skill}" for lesson in result.lessons],
    }

"""Run folders: written beside their place and moved there whole, so that none is ever half done."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccsim.errors import CcsimError
from ccsim.experiments import manifest, store
from ccsim.experiments.ledgers import ledger_frame
from ccsim.parameters import PARAMETER_VERSION
from ccsim.results.slices import SLICES
from ccsim.results.uncertainty import DRAWS

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.base import Base
    from ccsim.experiments.run import Run
    from ccsim.scenario import Scenario

ROOT = Path("runs")
DIGITS = 4  # hexadecimal digits in a folder's name; more where two contents share them


def save_run(
    run: Run, folder: str | Path | None = None, charts: bool = False, journal: int | None = None
) -> Path:
    """Write the folder of a run and return its path.

    charts: draw them too. journal: the replication whose four tables are kept. CcsimError where
    `folder` is something else than a run.
    """
    key = key_of_run(run)
    target = free_folder(folder) or named(name_of(run.scenario), key)
    with whole(target) as place:
        store.write_store(run, place)
        (place / manifest.MANIFEST).write_text(manifest.written(_manifest(run, key)), encoding="utf-8")
        run.summary().to_csv(place / "summary.csv", index=False)
        _write_measures(run, place / "measures")
        if journal is not None:
            _write_journal(run, journal, place / "journal")
        if charts:
            _draw(run, place / "charts")
        import_module("ccsim.report").write_run(run, place)  # a face, found by name, as charts are
    return target


def key_of(scenario: Scenario, replications: int, base: Base | None, *more: str) -> str:
    """Digest of all that decides the figures of a run; `more`: what it has of its own."""
    on = manifest.digest(base.scenario) if base is not None else ""
    versions = (manifest.ccsim_version(), PARAMETER_VERSION)
    return manifest.sha("run", manifest.digest(scenario), on, str(replications), *versions, *more)


def key_of_run(run: Run) -> str:
    """The key of a run: that of its scenario unless it had a rule or draws of its own."""
    rule = () if run.rule is None else (manifest.rule_digest(run.rule),)
    usual = (run.draws, run.model_seed) == (DRAWS, 1)
    draws = () if usual else (f"{run.draws} draws, seed {run.model_seed}",)
    return key_of(run.scenario, run.replications, run.base, *rule, *draws)


def name_of(scenario: Scenario) -> str:
    """The first part of a folder's name: the file's, and the variant's."""
    source = scenario.source
    stem = source.path.stem if source.path else scenario.name
    text = f"{stem}-{source.variant}" if source.variant else stem
    kept = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in text)
    return kept[:60].strip("_") or "run"


def named(name: str, key: str) -> Path:
    """`runs/NAME-HASH`: the same for the same content, another for any other."""
    for digits in range(DIGITS, len(key) + 1):
        folder = ROOT / f"{name}-{key[:digits]}"
        if not folder.exists() or _key_in(folder) == key:
            return folder
    raise CcsimError(f"no free folder for {name} under {ROOT}/: move some away")


def free_folder(folder: str | Path | None, kind: str = "run") -> Path | None:
    """The folder asked for, if it may be written: new, empty, or one of this kind, replaced whole."""
    path = ROOT / "new" if folder is None else Path(folder)
    _can_be_written(path)
    if folder is None:
        return None
    if path.is_dir() and (not any(path.iterdir()) or _holds(path, kind)):
        return path
    if path.exists():
        found = f"holds something else than {manifest.KINDS[kind][0]}" if path.is_dir() else "is a file"
        raise CcsimError(f"--out {path} {found}: name a new folder. Nothing was run.")
    return path


def _can_be_written(path: Path) -> None:
    """CcsimError unless a folder can be made there: better told before the work than after it."""
    try:
        above = next(one for one in path.absolute().parents if one.exists())
        Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=above)).rmdir()
    except OSError as error:
        raise CcsimError(f"cannot write {path}: {error.strerror}") from None


def _holds(folder: Path, kind: str) -> bool:
    """Whether a folder is a whole result of this kind."""
    return _key_in(folder) is not None and (manifest.found(folder) or {}).get("kind") == kind


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A place to write in that becomes `target` when all is written, and vanishes otherwise."""
    parent = target.absolute().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=parent))
    except OSError as error:
        raise CcsimError(f"cannot write {target}: {error.strerror}") from None
    try:
        yield place
        _open_to_others(place)
        _move(place, target)
    except OSError as error:
        raise CcsimError(f"cannot write {target}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _move(place: Path, target: Path) -> None:
    if target.exists():
        aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=place.parent))
        os.rename(target, aside / "run")
        os.rename(place, target)
        shutil.rmtree(aside, ignore_errors=True)
    else:
        os.rename(place, target)


def _open_to_others(place: Path) -> None:
    """Temporary folders are private; a run folder is as readable as any new one."""
    mask = os.umask(0)
    os.umask(mask)
    place.chmod(0o777 & ~mask)


def _manifest(run: Run, key: str) -> dict[str, Any]:
    return {
        **manifest.common(run.scenario, "run", run.replications, run.clock),
        "key": key,
        "contacts_simulated": run.simulated,
        "weeks": {
            "begin_s": run.scenario.begin,
            "counted_until_s": run.scenario.counted_until,
            "end_s": run.scenario.end,
        },
        "calibration": run.outcomes.alone.calibration.to_json(),
        **store.told(run),
    }


def _write_measures(run: Run, place: Path) -> None:
    place.mkdir()
    frames = {
        "whole": run.measures(),
        "bad_days": run.bad_days(),
        "ledger": ledger_frame(run.outcomes),
        "experience": run.experience(),
        "loyalty": run.loyalty(),
        "loyalty_by_episodes": run.loyalty("episodes"),
        "loyalty_by_month": run.loyalty("month"),
        "economics": run.economics(),
        "economics_by_month": run.economics("month"),
        **{f"why_{of}": run.why(of, ("channel", "intent", "segment", "site")) for of in ("csat", "churn")},
    }
    for by in SLICES:
        frame = run.measures(by)
        if len(frame):  # of self-service there may be none
            frames[f"by_{by}"] = frame
    for name, frame in frames.items():
        write_table(frame, place / name)


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """One frame as CSV and as Parquet."""
    frame.to_csv(path.with_suffix(".csv"), index=False)
    frame.to_parquet(path.with_suffix(".parquet"), index=False)


def _write_journal(run: Run, replication: int, place: Path) -> None:
    from ccsim.centre.simulate import simulate
    from ccsim.results.tables import to_frames

    place.mkdir()
    journal = simulate(run.scenario, replication, run.clock, run.fresh, run.rule)
    for name, frame in to_frames(journal, run.scenario.start).items():
        frame.to_parquet(place / f"{name}.parquet", index=False)
    (place / "replication.txt").write_text(f"{replication}\n")


def _draw(run: Run, place: Path) -> None:
    """The charts are a face: found by name, so that no import points up."""
    place.mkdir()
    import_module("ccsim.charts").draw_run(run, place)


def stored_base(base: Scenario, replications: int) -> Base | None:
    """What an earlier run of this very base froze, from its run folder; None if there is none."""
    key = key_of(base, replications, None)
    return store.stored_base(base, named(name_of(base), key), key)


def _key_in(folder: Path) -> str | None:
    """The key of the run or comparison in a folder, None if it is neither."""
    key = (manifest.found(folder) or {}).get("key")
    return key if isinstance(key, str) else None

"""The folders under `runs/`: what each holds, and whether this version can open it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ccsim.errors import CcsimError
from ccsim.experiments import manifest, rollout_folder, store, sweep_folder
from ccsim.experiments.folder import ROOT
from ccsim.experiments.stored_scenario import FILE

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Final = (
    "folder", "kind", "name", "variant", "variants", "file", "seed", "replications", "written", "bytes",
    "opens", "why_not",
)  # fmt: skip
UNFINISHED: Final = ("folder", "name", "replications", "written", "bytes")
BROKEN: Final = "broken"  # the kind of a folder that does not say what it is
_TEXTS: Final = ("name", "variant", "file")
_NUMBERS: Final = ("seed", "replications")
_STANDS_ON: Final = {
    **dict.fromkeys(("run", "compare", "roi"), (FILE, store.TALLIES)),
    "sweep": (FILE, sweep_folder.PAIRS, sweep_folder.DRAWS),
    "rollout": (*rollout_folder.SIDES, rollout_folder.PAIRS),
}


def stored_runs(root: str | Path = ROOT) -> pd.DataFrame:
    """The folders of results under `root`, newest first; empty where there are none.

    Columns: folder, kind ('run', 'compare', 'roi' …; 'broken' where nothing says), name (of the scenario),
    variant, variants (how many a comparison has), file, seed, replications, written (moment, UTC), bytes,
    opens (whether this version opens it) and why_not. None or missing where the folder does not say.
    """
    import pandas as pd

    found = pd.DataFrame([_row(folder) for folder in _folders(Path(root))], columns=list(COLUMNS))
    numbers = {name: found[name].astype("Int64") for name in (*_NUMBERS, "variants", "bytes")}
    texts = {name: found[name].astype(object).where(found[name].notna(), None) for name in _TEXTS}
    found = found.assign(written=pd.to_datetime(found["written"], utc=True), **numbers, **texts)
    return found.sort_values(["written", "folder"], ascending=[False, True], ignore_index=True)


def unfinished_runs(root: str | Path = ROOT) -> pd.DataFrame:
    """What interrupted commands have finished under `root`, for `--resume`; newest first.

    Columns: folder, name (of the scenario), replications (finished), written (moment, UTC), bytes.
    """
    import pandas as pd

    from ccsim.experiments.unfinished import PLACE

    rows = [_left(folder) for folder in _folders(Path(root) / PLACE)]
    found = pd.DataFrame(rows, columns=list(UNFINISHED))
    found = found.assign(written=pd.to_datetime(found["written"], utc=True))
    return found.sort_values(["written", "folder"], ascending=[False, True], ignore_index=True)


def _folders(root: Path) -> Iterator[Path]:
    """Those that are seen: a name with a point is half written, or not a result."""
    if root.is_dir():
        yield from (path for path in sorted(root.iterdir()) if path.is_dir() and path.name[0] != ".")


def _row(folder: Path) -> list[Any]:
    about = manifest.found(folder)
    why_not = _why_not(folder, about)
    about = about or {}
    kind = str(about.get("kind"))
    variants = about.get("variants")
    told = {name: _of_type(about.get(name), str) for name in _TEXTS}
    told |= {name: _of_type(about.get(name), int) for name in _NUMBERS}
    told["kind"] = kind if kind in manifest.KINDS else BROKEN
    told["variants"] = len(variants) if isinstance(variants, dict) else None
    told |= {"folder": str(folder), "written": _written(folder), "bytes": _bytes(folder)}
    told |= {"opens": not why_not, "why_not": why_not}
    return [told[name] for name in COLUMNS]


def _why_not(folder: Path, about: dict[str, Any] | None) -> str:
    """Why this version cannot open a folder; empty where it can."""
    if about is None:
        return f"no {manifest.MANIFEST} that can be read"
    if str(about.get("kind")) not in manifest.KINDS:
        return f"its {manifest.MANIFEST} names no kind of result"
    try:
        manifest.understood(about, folder)
    except CcsimError as error:
        return _short(str(error))
    lacking = [name for name in _STANDS_ON.get(str(about["kind"]), ()) if not (folder / name).exists()]
    return f"{' and '.join(lacking)} missing" if lacking else ""


def _short(refusal: str) -> str:
    """`another version of ccsim (ccsim 0.0.9, here 0.1.0)` of a refusal to open."""
    _, _, rest = refusal.partition(" was written by ")
    return (rest.partition("), whose")[0] + ")") if rest else refusal


def _left(folder: Path) -> list[Any]:
    parts = [manifest.found(part) or {} for part in sorted(folder.iterdir()) if part.is_dir()]
    names = [str(part["name"]) for part in parts if "name" in part]
    finished = {number for part in parts for number in _numbers(part.get("replications"))}
    return [str(folder), names[0] if names else None, len(finished), _written(folder), _bytes(folder)]


def _numbers(value: Any) -> list[int]:
    return [one for one in value if isinstance(one, int)] if isinstance(value, list) else []


def _of_type(value: Any, kind: type) -> Any:
    """The value, None where a broken manifest has something else there."""
    return value if isinstance(value, kind) and not isinstance(value, bool) else None


def _written(folder: Path) -> datetime:
    file = folder / manifest.MANIFEST
    at = file if file.is_file() else folder
    return datetime.fromtimestamp(at.stat().st_mtime, UTC)


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

"""What a result stands on: versions, seed, clock, and a digest that is the same for equal content."""

from __future__ import annotations

import hashlib
import inspect
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from ccsim.errors import CcsimError
from ccsim.experiments import migrations
from ccsim.parameters import PARAMETER_VERSION

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

MANIFEST = "manifest.json"
FORMAT = 3  # of the folder: what is in it, and how it is written; another one needs a step in `migrations`
LIBRARIES = ("numpy", "scipy", "pandas", "simpy", "pydantic", "numba")


def digest(scenario: Scenario) -> str:
    """Hexadecimal digest of what a scenario says: equal scenarios, equal digest, on any machine.

    Variants that were not applied are left out, and so is where the scenario was read from.
    """
    applied = scenario.source.variant
    once = scenario.variants[applied].one_off if applied in scenario.variants else 0.0
    bare = scenario.model_copy(update={"variants": {}})
    return sha(repr(bare), repr((applied, once)))


def sha(*texts: str) -> str:
    """One digest of several texts."""
    together = hashlib.sha256()
    for text in texts:
        together.update(text.encode() + b"\0")
    return together.hexdigest()


def rule_text(rule: Any) -> str:
    """What tells one routing rule from another: its name and, of a plain function, its code."""
    code = getattr(rule, "__code__", None)
    plain = () if code is None else (code.co_code.hex(), code.co_names, *map(repr, _constants(code)))
    return repr((getattr(rule, "__name__", type(rule).__name__), *plain))


def rule_digest(rule: Any) -> str:
    """Digest of the rule's source as written; where there is none to be read, of `rule_text`.

    What stands for a rule that was not handed in again carries its digest.
    """
    if hasattr(rule, "kept_digest"):
        return str(rule.kept_digest)
    plain = getattr(rule, "py_func", rule)  # of a function that numba has compiled
    try:
        return sha(inspect.cleandoc("\n" + inspect.getsource(plain)))
    except (OSError, TypeError):
        return sha(rule_text(rule))


def _constants(code: Any) -> list[Any]:
    return [value for value in code.co_consts if value is None or isinstance(value, int | float | str)]


def ccsim_version() -> str:
    """The version of the installed package."""
    return _installed("ccsim") or "unknown"


def versions() -> dict[str, str]:
    """Versions of ccsim, Python and the libraries that figures depend on."""
    found = {"ccsim": ccsim_version(), "python": platform.python_version()}
    return found | {name: v for name in LIBRARIES if (v := _installed(name))}


def called(scenario: Scenario) -> str | None:
    """What commands call the scenario's file: as it was named, but for a path that is this machine's own."""
    source = scenario.source
    if source.path is None:
        return None
    return source.path.name if Path(source.label).is_absolute() else source.label


def common(scenario: Scenario, kind: str, replications: int, clock: str) -> dict[str, Any]:
    """The part of a manifest that every result has."""
    source = scenario.source
    return {
        "format": FORMAT,
        "kind": kind,
        "name": scenario.name,
        "file": source.path.name if source.path else None,
        "called": called(scenario),
        "variant": source.variant,
        "set": list(source.sets),
        "seed": scenario.seed,
        "replications": replications,
        "clock": clock,
        "digest": digest(scenario),
        "parameters": PARAMETER_VERSION,
        "versions": versions(),
    }


# What a folder holds, and what opens it in Python; `ccsim open` prints any but the parts of a whole.
KINDS = {
    "run": ("a run", "ccsim.open_run"),
    "compare": ("a comparison", "ccsim.open_comparison"),
    "roi": ("a recomputation", "ccsim.experiments.roi_folder.open_roi"),
    "rollout": ("a rollout", "ccsim.open_rollout"),
    "sweep": ("a sweep", "ccsim.open_sweep"),
    "variant": ("one variant of a comparison", "ccsim.open_comparison on the whole"),
    "against": ("the base of a recomputation", "ccsim.experiments.roi_folder.open_roi on the whole"),
}
PARTS = ("variant", "against")  # folders within others
AGAIN = {"run": "ccsim run", "compare": "ccsim compare"}  # on the scenario that a folder keeps


def read(folder: Path, kind: str) -> dict[str, Any]:
    """The manifest of a folder of this kind, written by this version. CcsimError for any other."""
    told = found(folder)
    if told is None:
        reason = (
            "there is no such folder" if not folder.is_dir() else f"it has no {MANIFEST} that can be read"
        )
        raise CcsimError(f"{folder} is not a run folder: {reason}")
    there = str(told.get("kind"))
    if there not in KINDS:
        raise CcsimError(f"{folder} is not a run folder: its {MANIFEST} names no kind of result")
    if there != kind:
        what, opens = KINDS[there]
        raise CcsimError(
            f"{folder} is the folder of {what}: `ccsim open {_whole(folder)}` prints it; in Python, {opens}"
        )
    return understood(told, folder)


def _whole(folder: Path) -> Path:
    """The folder itself, or that of the result which it is a part of."""
    every = (folder, *folder.parents)
    return next((one for one in every if (found(one) or {}).get("kind") not in (None, *PARTS)), folder)


def understood(told: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The manifest as this version writes it. CcsimError where another version's figures may differ."""
    ours = {"ccsim": ccsim_version(), "outcome parameters": PARAMETER_VERSION}
    theirs = {"ccsim": _version_in(told), "outcome parameters": told.get("parameters")}
    for name, here in ours.items():
        same = migrations.same_figures(theirs[name], here) if name == "ccsim" else theirs[name] == here
        if not same:
            _refuse(told, folder, f"{name} {theirs[name]}, here {here}")
    try:
        return migrations.migrated(told, FORMAT)
    except CcsimError as error:
        _refuse(told, folder, f"folders {told.get('format')}, here {FORMAT}: {error}")


def _refuse(told: dict[str, Any], folder: Path, why: str) -> NoReturn:
    """CcsimError that says what to type."""
    kind = str(told.get("kind"))
    again = f"{AGAIN[kind]} {folder / 'scenario.yaml'}" if kind in AGAIN else f"ccsim {kind}"
    shown = "" if kind in PARTS else f" Its figures as it keeps them: ccsim open {folder}"
    raise CcsimError(
        f"{folder} was written by another version of ccsim ({why}), whose figures may differ. "
        f"Run it again: {again}{'' if kind in PARTS else '.'}{shown}"
    )


def found(folder: Path) -> dict[str, Any] | None:
    """The manifest of a folder, whatever it says; None where there is none."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def _version_in(told: dict[str, Any]) -> Any:
    versions_ = told.get("versions")
    return versions_.get("ccsim") if isinstance(versions_, dict) else None


def written(manifest: dict[str, Any]) -> str:
    """The manifest as JSON: one key a line, lists of numbers on one line, NaN as null."""
    return _written(manifest, "") + "\n"


def _written(value: Any, indent: str) -> str:
    if isinstance(value, dict) and value:
        inner = indent + "  "
        items = [f"{inner}{json.dumps(str(k))}: {_written(v, inner)}" for k, v in value.items()]
        return "{\n" + ",\n".join(items) + f"\n{indent}}}"
    return json.dumps(_known(value), ensure_ascii=False)


def _known(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_known(item) for item in value]
    return None if isinstance(value, float) and value != value else value


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None

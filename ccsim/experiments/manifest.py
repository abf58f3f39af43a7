"""What a result stands on: versions, seed, clock, and a digest that is the same for equal content."""

from __future__ import annotations

import hashlib
import inspect
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccsim.errors import CcsimError
from ccsim.parameters import PARAMETER_VERSION

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

MANIFEST = "manifest.json"
FORMAT = 2  # of the folder: what is in it, and how it is written
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


def common(scenario: Scenario, kind: str, replications: int, clock: str) -> dict[str, Any]:
    """The part of a manifest that every result has."""
    source = scenario.source
    return {
        "format": FORMAT,
        "kind": kind,
        "name": scenario.name,
        "file": source.path.name if source.path else None,
        "variant": source.variant,
        "set": list(source.sets),
        "seed": scenario.seed,
        "replications": replications,
        "clock": clock,
        "digest": digest(scenario),
        "parameters": PARAMETER_VERSION,
        "versions": versions(),
    }


KINDS = {
    "run": ("a run", "ccsim.open_run"),
    "compare": ("a comparison", "ccsim.experiments.store.open_comparison"),
    "roi": ("a recomputation", "ccsim roi, which says where its run is"),
    "variant": ("one variant of a comparison", "ccsim.experiments.store.open_comparison on the whole"),
}


def read(folder: Path, kind: str) -> dict[str, Any]:
    """The manifest of a folder of this kind, written by this version. CcsimError for any other."""
    told = found(folder)
    if told is None:
        reason = (
            "there is no such folder" if not folder.is_dir() else f"it has no {MANIFEST} that can be read"
        )
        raise CcsimError(f"{folder} is not a run folder: {reason}")
    there = told.get("kind")
    if there != kind and there in KINDS:
        what, opens = KINDS[str(there)]
        raise CcsimError(f"{folder} is the folder of {what}: open it with {opens}")
    ours = {"ccsim": ccsim_version(), "outcome parameters": PARAMETER_VERSION, "folders": FORMAT}
    theirs = {
        "ccsim": _version_in(told),
        "outcome parameters": told.get("parameters"),
        "folders": told.get("format"),
    }
    for name, version_ in ours.items():
        if theirs[name] != version_:
            raise CcsimError(
                f"{folder} was written by another version of ccsim ({name} {theirs[name]}, here {version_}), "
                f"whose figures may differ. Run it again: ccsim run {folder / 'scenario.yaml'}"
            )
    return told


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

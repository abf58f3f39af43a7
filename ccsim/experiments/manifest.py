"""What a result stands on: versions, seed, clock, and a digest that is the same for equal content."""

from __future__ import annotations

import hashlib
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from ccsim.parameters import PARAMETER_VERSION

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

FORMAT = 1
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

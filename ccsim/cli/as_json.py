"""`--json`: what a command found as one JSON document on stdout, for scripts."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.errors import Fault
    from ccsim.experiments.run import Run


def print_json(command: str, found: Mapping[str, pd.DataFrame | Any], folder: Path | None = None) -> None:
    """One object: command, version, folder, and what was found; frames as lists of records.

    What is not known is null.
    """
    import typer

    from ccsim.experiments.manifest import ccsim_version

    told = {"command": command, "ccsim": ccsim_version(), "folder": None if folder is None else str(folder)}
    # In plain ASCII: whatever the terminal or the pipe can carry, the document is whole.
    typer.echo(json.dumps(told | {name: plain(value) for name, value in found.items()}))


def print_error(command: str, error: BaseException, message: str, code: int) -> None:
    """The document of a command that failed: what it said on stderr, its exit code, and every fault."""
    from ccsim.errors import ScenarioError

    faults = error.faults if isinstance(error, ScenarioError) else ()
    print_json(command, {"error": message.strip(), "exit_code": code, "faults": faults_found(faults)})


def faults_found(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Faults or warnings: file, line, column (0 where there is no place), key, message, hint."""
    return [asdict(fault) for fault in faults]


def about(run: Run) -> dict[str, Any]:
    """What a run is of: what its figures hang on."""
    from ccsim.experiments.manifest import digest

    scenario = run.scenario
    return {
        "name": scenario.name,
        "file": scenario.source.path.name if scenario.source.path else None,
        "variant": scenario.source.variant,
        "seed": scenario.seed,
        "replications": run.replications,
        "clock": run.clock,
        "currency": scenario.currency,
        "contacts_simulated": run.simulated,
        "digest": digest(scenario),
    }


def plain(value: Any) -> Any:
    """A value as JSON knows it: frames as records, numbers of numpy as Python's, nan and infinity as None."""
    if hasattr(value, "to_dict") and hasattr(value, "columns"):
        known = value.astype(object).where(value.notna(), None)
        return [plain(row) for row in known.to_dict("records")]
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date):  # a moment, too
        return value.isoformat()
    return value if isinstance(value, str | int | None) else str(value)

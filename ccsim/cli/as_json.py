"""`--json`: what a command found as one JSON document on stdout, for scripts."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def print_json(command: str, found: Mapping[str, pd.DataFrame | Any], folder: Path | None = None) -> None:
    """One object: command, version, folder, and what was found; frames as lists of records.

    What is not known is null.
    """
    import typer

    from ccsim.experiments.manifest import ccsim_version

    told = {"command": command, "ccsim": ccsim_version(), "folder": None if folder is None else str(folder)}
    typer.echo(json.dumps(told | {name: plain(value) for name, value in found.items()}, ensure_ascii=False))


def plain(value: Any) -> Any:
    """A value as JSON knows it: frames as records, numbers of numpy as Python's, nan and infinity as None."""
    if hasattr(value, "to_dict") and hasattr(value, "columns"):
        return [plain(row) for row in value.to_dict("records")]
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, str | int | None) else str(value)

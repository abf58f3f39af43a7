"""What one section must know of others while it is read: start date, opening hours, the folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ccsim.scenario.kinds import USUAL_KINDS
from ccsim.scenario.trouble import refuse

FIRST_MONDAY = date(2026, 1, 5)


@dataclass
class Context:
    """Handed to pydantic as the validation context.

    ``folder`` is the scenario's folder (None: no tables from files); ``label`` names that folder
    in messages; ``channels`` are those that the scenario names.
    """

    folder: Path | None = None
    label: str = ""
    start: date = FIRST_MONDAY
    channels: tuple[str, ...] = tuple(USUAL_KINDS)
    files: dict[str, Any] = field(default_factory=dict)


def context_of(info: Any) -> Context:
    """The context of a validation; a plain one where Python built the section itself."""
    given = getattr(info, "context", None)
    return given if isinstance(given, Context) else Context()


def inside(context: Context, name: str) -> Path:
    """The path of a file named in the scenario; only below the scenario's folder."""
    if context.folder is None:
        raise refuse("a scenario without a folder cannot read files", "write the values themselves")
    try:
        base = context.folder.resolve()
        path = (base / name).resolve()
    except (OSError, ValueError, RuntimeError):
        raise refuse("this is not the name of a file", None) from None
    if not path.is_relative_to(base):
        raise refuse("leads out of the scenario's folder", "keep the file beside the scenario")
    return path

"""The names in tallies, as a manifest says them; the agents, who differ by replication, are in the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

import numpy as np

from ccsim.centre.journal import Names

_TEXTS: Final = frozenset(("channels", "intents", "segments", "skills", "groups", "sites", "bots"))


def names_told(names: Names) -> dict[str, list[Any]]:
    """For a manifest."""
    listed = {field.name: getattr(names, field.name) for field in fields(Names) if field.name != "agents"}
    return {name: np.asarray(values).tolist() for name, values in listed.items()}


def names_in(listed: Mapping[str, Any]) -> Names:
    """As a manifest says them; TypeError or ValueError where it says something else."""
    read: dict[str, Any] = {
        name: tuple(values) if name in _TEXTS else np.array(values, np.int32)
        for name, values in listed.items()
    }
    return Names(agents=np.zeros(0, np.int32), **read)

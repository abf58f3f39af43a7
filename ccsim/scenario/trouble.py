"""Faults of one value: collected, each at its own place, with the fix.

A validator reports faults with ``Trouble``: as many as it finds, each at its place below the field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic_core import PydanticCustomError

from ccsim.scenario.nodes import Mark
from ccsim.units import UnitError

T = TypeVar("T")


@dataclass(frozen=True)
class Spot:
    """A fault below a field: the rest of its path, and a place of its own if it is elsewhere."""

    at: tuple[str, ...]
    message: str
    hint: str | None = None
    mark: Mark | None = None
    at_key: bool = False


@dataclass
class Trouble:
    """Collects the faults of one validator, so that all are reported at once."""

    spots: list[Spot] = field(default_factory=list)

    def add(self, message: str, hint: str | None = None, *at: str | int, key: bool = False) -> None:
        """Note a fault; ``at`` is its path below the field, ``key``: point at the key."""
        self.spots.append(Spot(tuple(str(step) for step in at), message, hint, None, key))

    def take(self, read: Callable[[Any], T], value: Any, *at: str | int) -> T | None:
        """``read(value)``, or None when that is at fault (noted at ``at``)."""
        try:
            return read(value)
        except UnitError as error:
            self.add(error.message, error.hint, *at)
        except PydanticCustomError as error:
            prefix = tuple(str(step) for step in at)
            self.spots += [
                Spot(prefix + s.at, s.message, s.hint, s.mark, s.at_key) for s in spots_of(error.context)
            ]
        return None

    def settle(self) -> None:
        """Raise what was noted, if anything."""
        if self.spots:
            raise PydanticCustomError("fault", "fault", {"spots": tuple(self.spots)})


def spots_of(context: dict[str, Any] | None) -> tuple[Spot, ...]:
    """The faults inside an error that ``Trouble`` raised."""
    return tuple((context or {}).get("spots", ()))


def refuse(message: str, hint: str | None = None, *at: str | int, key: bool = False) -> PydanticCustomError:
    """The error for one fault, to be raised by a validator."""
    spot = Spot(tuple(str(step) for step in at), message, hint, None, key)
    return PydanticCustomError("fault", "fault", {"spots": (spot,)})


def nearest(word: str, known: Iterable[str]) -> str | None:
    """``did you mean `x`?`` for the nearest spelling, None when nothing is near."""
    from difflib import get_close_matches

    close = get_close_matches(word[:60].lower().replace("-", "_"), list(known), n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else None


def as_table(value: Any, example: str) -> dict[str, Any]:
    """The value if it is a mapping, else a fault that shows one."""
    if isinstance(value, dict):
        return value
    raise refuse("a mapping is needed here", f"write `{example}`")


def as_list(value: Any) -> list[Any]:
    """A list as it is, one value as a list of one."""
    return list(value) if isinstance(value, list | tuple) else [value]

"""The outcome model's parameters: default, range, unit, source and confidence of each."""

from __future__ import annotations

import csv
import difflib
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

PARAMETER_VERSION = "2026-11-21"
FILE = Path(__file__).parent / "data" / f"outcome_parameters_{PARAMETER_VERSION}.csv"

Value = float | tuple[float, ...]


@dataclass(frozen=True)
class Parameter:
    """One default of the outcome model.

    value: a number, or a tuple for ordered cuts. low, high: the range in which it is drawn, None
    where it is not uncertain (or was stated by the user). confidence: strong, moderate, folklore,
    assumption or stated.
    """

    name: str
    value: Value
    low: float | None
    high: float | None
    unit: str
    meaning: str
    source: str
    confidence: str

    @property
    def number(self) -> float:
        """The value of a scalar parameter; TypeError for a tuple of cuts."""
        if isinstance(self.value, tuple):
            raise TypeError(f"{self.name} is a list of {len(self.value)} numbers, not one")
        return self.value

    @property
    def numbers(self) -> tuple[float, ...]:
        """The values of a parameter made of several numbers."""
        return self.value if isinstance(self.value, tuple) else (self.value,)


def outcome_parameters() -> dict[str, Parameter]:
    """All parameters by name, in the order of the file; a new dict at each call."""
    return dict(_read())


def with_overrides(overrides: Mapping[str, Value | list[float]]) -> dict[str, Parameter]:
    """The parameters with the user's values in place.

    One number fixes the parameter (no range left); for a scalar parameter three numbers are
    value, low, high. ValueError names an unknown parameter, with the nearest spelling.
    """
    parameters = outcome_parameters()
    for name, given in overrides.items():
        if name not in parameters:
            raise ValueError(f"no parameter is called `{name}`{_meant(name, parameters)}")
        parameters[name] = _overridden(parameters[name], given)
    return parameters


def _overridden(parameter: Parameter, given: Value | list[float]) -> Parameter:
    stated = replace(parameter, low=None, high=None, source="scenario", confidence="stated")
    if isinstance(parameter.value, tuple):
        return replace(stated, value=_cuts(parameter, given))
    if not isinstance(given, tuple | list):
        return replace(stated, value=float(given))
    if len(given) != 3 or not given[1] <= given[0] <= given[2]:
        raise ValueError(
            f"{parameter.name} takes one number, or three as value, low, high "
            f"with low <= value <= high, not {list(given)}"
        )
    value, low, high = (float(number) for number in given)
    return replace(stated, value=value, low=low, high=high)


def _cuts(parameter: Parameter, given: Value | list[float]) -> tuple[float, ...]:
    numbers = tuple(float(n) for n in given) if isinstance(given, tuple | list) else (float(given),)
    ascending = all(a < b for a, b in itertools.pairwise(numbers))
    if len(numbers) != len(parameter.numbers) or not ascending:
        raise ValueError(f"{parameter.name} takes {len(parameter.numbers)} ascending numbers")
    return numbers


def _meant(name: str, known: Mapping[str, Parameter]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean `{near[0]}`?" if near else ""


@lru_cache(maxsize=1)
def _read() -> dict[str, Parameter]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["name"]: _parameter(row) for row in csv.DictReader(file)}


def _parameter(row: dict[str, str]) -> Parameter:
    parts = tuple(float(part) for part in row["value"].split("|"))
    return Parameter(
        name=row["name"],
        value=parts if len(parts) > 1 else parts[0],
        low=float(row["low"]) if row["low"] else None,
        high=float(row["high"]) if row["high"] else None,
        unit=row["unit"],
        meaning=row["meaning"],
        source=row["source"],
        confidence=row["confidence"],
    )

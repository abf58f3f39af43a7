"""Checks of what is handed to a formula."""

from __future__ import annotations

import math


def above_zero(name: str, value: float) -> float:
    """The value; ValueError unless it is finite and above zero."""
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{name} must be a number above zero, not {value!r}")
    return float(value)


def whole(name: str, value: int, at_least: int = 1) -> int:
    """The value; ValueError unless it is a whole number of `at_least` or more."""
    if value != int(value) or value < at_least:
        raise ValueError(f"{name} must be a whole number of at least {at_least}, not {value!r}")
    return int(value)

"""What was varied in a sweep, and how, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ccsim.experiments.sweep import Sweep

KIND_NAMES: Final = {
    "grid": "every combination", "lhs": "a Latin hypercube", "one": "one lever at a time",
    "sobol": "Saltelli's design for Sobol' indices",
}  # fmt: skip


def heading(result: Sweep) -> str:
    """`Quickstart: `on_seat` at 5 points`."""
    return f"{result.base.name}: {varied(result)}"


def varied(result: Sweep) -> str:
    """``on_seat` at 5 points`."""
    names = ", ".join(f"`{name}`" for name in result.names)
    start = f" from `{result.scenario.source.variant}`" if result.base is not result.scenario else ""
    count = len(result.rows)
    return f"{names} at {count} point{'s' if count != 1 else ''}{start}"

"""One default of the operation: where it stands, what it is, how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

from ccsim.parameters import outcome_parameters
from ccsim.scenario.nodes import Path
from ccsim.units import format_duration, plain

ANY = "*"


@dataclass(frozen=True)
class Usual:
    """One default: where it stands (``*`` for any name), its text, range, source, confidence.

    ``kinds``: the kinds of channel or self-service it holds for; empty: all of them.
    """

    path: Path
    text: str
    low: str
    high: str
    meaning: str
    source: str
    confidence: str
    kinds: tuple[str, ...] = ()

    def fits(self, path: Path, kind: str = "") -> bool:
        """Whether a path, of an item of that kind, is one that this default speaks of."""
        of_kind = not self.kinds or kind in self.kinds
        return (
            of_kind
            and len(path) == len(self.path)
            and all(mine in (ANY, step) for mine, step in zip(self.path, path, strict=True))
        )


def plain_row(
    path: str,
    text: str,
    meaning: str,
    low: str = "",
    high: str = "",
    source: str = "assumption",
    confidence: str = "assumption",
    kinds: tuple[str, ...] = (),
) -> Usual:
    return Usual(tuple(path.split(".")), text, low, high, meaning, source, confidence, kinds)


def parameter_row(
    path: str, name: str, meaning: str, unit: str = "", kind: str = "", kinds: tuple[str, ...] = ()
) -> Usual:
    """A default that is a parameter of the outcome model's file."""
    parameter = outcome_parameters()[name]
    kind = kind or parameter.unit
    low, high = (
        written(limit, kind) + unit if limit is not None else "" for limit in (parameter.low, parameter.high)
    )
    return Usual(
        tuple(path.split(".")),
        written(parameter.number, kind) + unit,
        low,
        high,
        meaning,
        f"{name}: {parameter.source}",
        parameter.confidence,
        kinds,
    )


def written(value: float, unit: str) -> str:
    """A parameter's value as a scenario would write it."""
    if unit == "share/yr":
        return f"{plain(value * 100)}%/year"
    if unit.startswith("share") and unit != "share per point":
        return f"{plain(value * 100)}%"
    if unit in ("s", "s of AHT"):
        return format_duration(value)
    return f"{plain(value)} months" if unit == "month" else plain(value)

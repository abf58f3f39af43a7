"""What figures hang on, as bars of text: one parameter a line, at its low and its high end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ccsim.cli.terminal import HEAD, Line, plain_line

if TYPE_CHECKING:
    from ccsim.experiments.swings import Swing

NAME, CELL, BAR = 31, 8, 17
FULL, EMPTY, CENTRE = "━", " ", "|"
LOW, HIGH = "L", "H"


def bars(title: str, found: Sequence[Swing], write: Callable[[float], str], most: int) -> list[Line]:
    """The widest of one figure's swings, on one scale from left to right.

    `|` is the figure with nothing changed, `L` and `H` with the parameter at its low and its high end.
    """
    shown = [swing for swing in found if swing.moves][:most]
    if not shown:
        return []
    ends = [end for swing in shown for end in (swing.at_low, swing.at_high)]
    low, high = min(ends), max(ends)
    head = f"{title:<{NAME + 2}} {'at low':>{CELL}} {'':{BAR}} {'at high':>{CELL}}"
    return [plain_line(head, HEAD), *(_line(swing, low, high, write) for swing in shown)]


def _line(swing: Swing, low: float, high: float, write: Callable[[float], str]) -> Line:
    def place(value: float) -> int:
        return round((BAR - 1) * (min(max(value, low), high) - low) / (high - low))

    ends = {place(swing.at_high): HIGH, place(swing.at_low): LOW, place(swing.value): CENTRE}
    first, last = min(ends), max(ends)
    drawn = "".join(ends.get(cell, FULL if first < cell < last else EMPTY) for cell in range(BAR))
    at_low, at_high = write(swing.at_low), write(swing.at_high)
    return plain_line(
        f"  {swing.parameter:<{NAME}} {at_low:>{CELL}} {drawn} {at_high:>{CELL}} {swing.confidence}"[:80]
    )

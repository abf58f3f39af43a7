"""How many replications are enough: what precision is asked for, how near it is, and how many more to run.

Pairs are added in batches until half the width of the 95 % interval of every figure named, times
1 + 2 / pairs, is at most what was asked. Stopping when the interval happens to look narrow is a little
optimistic (Chow and Robbins, Annals of Mathematical Statistics 36, 1965; Law, Simulation Modeling and
Analysis, 9.4.1), hence no fewer than `LEAST` pairs, and the factor. A batch makes the pairs as many as the
variance seen so far asks for, but at most `GROW` times what there are. How well that covers is measured in
docs/statistics.md.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ccsim.errors import CcsimError
from ccsim.experiments import compared
from ccsim.units import UnitError, parse_duration

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison

Goals = dict[str, float]  # half the width asked for, by measure: shares, seconds, money, numbers

LEAST: Final = 10  # pairs: with fewer a variance is hardly known
GROW: Final = 3
MOST: Final = 1000  # pairs, where nobody says another number
REACHED, CAPPED, OUT_OF_TIME = "reached", "most replications", "time limit"
_AMOUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(.*)")
_MONEY = {"": 1.0, "k": 1e3, "M": 1e6}
_EXAMPLES = {"share": "0.5pt", "s": "2s", "money": "20000"}


@dataclass(frozen=True)
class Width:
    """How far one figure of one variant is: half the width asked for, and that there is."""

    variant: str
    measure: str
    part: str
    asked: float
    half: float


@dataclass(frozen=True)
class Reached:
    """A precision asked for, and why no more pairs were added: REACHED, CAPPED or OUT_OF_TIME."""

    goals: Goals
    ended: str


def goals_of(asked: Mapping[str, float | str] | str, names: Sequence[str]) -> Goals:
    """The precision asked for, by measure: a mapping, or text as ``--precision`` takes it.

    Text: `NAME=AMOUNT,…` with the unit of the measure: points of a share (`0.5pt`, or `0.5%`), a duration
    (`2s`, `1min`), money (`20000`, `20k`, `1.5M`), a plain number else. CcsimError with all that is wrong.
    """
    found: Goals = {}
    wrong: list[str] = []
    pairs = _split(asked) if isinstance(asked, str) else list(asked.items())
    for name, amount in pairs:
        try:
            if name in found:
                raise ValueError(f"`{name}` is named twice")
            found[name] = _goal(name, amount, names)
        except ValueError as error:
            wrong.append(str(error))
    if not pairs:
        wrong.append("nothing is named: write for instance `service_level=0.5pt`")
    if wrong:
        raise CcsimError(f"--precision: {'; '.join(wrong)}. Nothing was run.")
    return found


def widths(result: Comparison, goals: Goals) -> list[Width]:
    """Half the width of each interval named, of every variant (and channel); nan where it is not known."""
    figures = [*compared.figures(result.base), (compared.NET_GAIN, "")]
    return [
        Width(name, measure, part, goals[measure], compared.difference(result.base, run, measure, part).half)
        for name, run in result.variants.items()
        for measure, part in figures
        if measure in goals
    ]


def wanted(pairs: int, found: Iterable[Width]) -> int:
    """How many pairs there should be next: as many as there are where all is reached.

    What is not known, or never differs, asks for none. A pure function of the pairs there are, so that their
    number in the end depends on nothing else.
    """
    inflated = 1 + 2 / pairs
    least = LEAST
    for width in found:
        half = 0.0 if math.isnan(width.half) else width.half * inflated
        if half > width.asked:
            least = max(least, math.ceil(pairs * (half / width.asked) ** 2), pairs + 1)
    return max(pairs, min(least, GROW * pairs))


def _split(text: str) -> list[tuple[str, str]]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return [(name.strip(), amount.strip()) for name, _, amount in (part.partition("=") for part in parts)]


def _goal(name: str, amount: float | str, names: Sequence[str]) -> float:
    if name not in names:
        raise ValueError(f"`{name[:40]}` is no figure of this comparison; there are {', '.join(names)}")
    value = _read(amount, compared.unit(name), name) if isinstance(amount, str) else float(amount)
    if not 0 < value < math.inf:
        raise ValueError(f"`{name}={amount}` is not above 0")
    return value


def _read(text: str, unit: str, name: str) -> float:
    """The amount in the unit of the measure."""
    example = f"write for instance `{name}={_EXAMPLES.get(unit, '5')}`"
    if unit == "s":
        try:
            return parse_duration(text, "2s")
        except UnitError as error:
            raise ValueError(f"`{name}={text[:40]}`: {error}") from None
    known = _AMOUNT.fullmatch(text)
    factors = {"share": {"pt": 0.01, "%": 0.01}, "money": _MONEY}.get(unit, {"": 1.0})
    if known is None or known[2] not in factors:
        allowed = {"share": "points: pt or %", "money": "a number, with k or M"}.get(unit, "a plain number")
        raise ValueError(f"`{name}={text[:40]}` is not understood ({allowed}): {example}")
    return float(known[1]) * factors[known[2]]

"""Levers: the keys that a sweep varies, and between which values, as they are written.

`KEY=LO:HI:STEP`, `KEY=LO:HI` (where the design chooses) or `KEY=a,b,c`, in the units of scenarios. With a
sign on both ends the values are changes of what stands there: `-20%:+20%:10%`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from ccsim.errors import Fault, ScenarioError
from ccsim.scenario import Scenario
from ccsim.scenario.changes import stated
from ccsim.scenario.paths import split
from ccsim.scenario.relative import takes_whole
from ccsim.units import UnitError, parse_duration, plain, quote

MOST_VALUES: Final = 1000  # of one lever
_NUMBER: Final = re.compile(r"([+-]?)\s*([0-9]{1,15}(?:\.[0-9]{1,15})?)\s*([^0-9:]*)")
_SAME_CONTACTS: Final = (
    "seed", "start", "weeks", "warm_up", "follow_up", "interval", "currency", "replications", "name",
    "variants", "ccsim",
)  # fmt: skip

Vary: TypeAlias = Sequence[str] | Mapping[str, Any]


@dataclass(frozen=True)
class Setting:
    """One value of a lever: the text as `--set` takes it, and its number in the lever's unit (nan: none).

    kept: what stands in the scenario already, so that nothing is changed.
    """

    text: str
    number: float = math.nan
    kept: bool = False


@dataclass(frozen=True)
class Span:
    """A range of numbers; whole: only whole ones; signed: changes of what stands there."""

    low: float
    high: float
    unit: str
    whole: bool = False
    signed: bool = False

    def setting(self, number: float) -> Setting:
        """The value at a number of the range, rounded where the key takes whole numbers."""
        value = math.floor(number + 0.5) if self.whole else _rounded(number, (self.high - self.low))
        text = f"{plain(value)}{self.unit}"
        return Setting(f"+{text}" if self.signed and value >= 0 else text, float(value))

    def steps(self, step: float) -> tuple[Setting, ...]:
        """The values from low to high; after rounding each one once."""
        count = math.floor((self.high - self.low) / step + 1e-9) + 1
        return tuple(dict.fromkeys(self.setting(self.low + place * step) for place in range(count)))


@dataclass(frozen=True)
class Lever:
    """A key, and the values it takes: a list of settings, or an open span that the design divides."""

    key: str
    settings: tuple[Setting, ...] = ()
    span: Span | None = None

    @property
    def unit(self) -> str:
        """What its numbers are counted in, as written: `min`, `%`, or nothing."""
        return self.span.unit if self.span else ""

    @property
    def numeric(self) -> bool:
        """Whether its values are numbers, so that they have an order and a distance."""
        return self.span is not None

    def at(self, share: float) -> Setting:
        """The value at a share 0..1 of its range: each of a list is as probable as any other."""
        if self.settings:
            return self.settings[min(int(share * len(self.settings)), len(self.settings) - 1)]
        assert self.span is not None
        low, high = self.span.low, self.span.high
        if self.span.whole:  # each whole number as probable as any other
            return self.span.setting(min(math.floor(low + share * (high - low + 1)), high))
        return self.span.setting(low + share * (high - low))

    def written(self, scenario: Scenario) -> Setting:
        """What the scenario says, kept as it is."""
        tree = scenario.source.tree
        text = stated(tree, self.key)[0] if tree is not None else ""
        if self.span is not None and self.span.signed:
            return Setting(f"+0{self.span.unit}", 0.0, kept=True)
        return Setting(text or "usual", number_in(text, self.unit) if self.numeric else math.nan, kept=True)


def levers_of(vary: Vary, scenario: Scenario, steps: bool = True) -> tuple[Lever, ...]:
    """The levers as written: `KEY=LO:HI:STEP` texts, or values by key; checked against the scenario.

    steps: whether a range needs its STEP. ScenarioError with every fault found: a text that cannot be read,
    a key that leads nowhere, a value that does not fit there.
    """
    faults: list[Fault] = []
    levers: list[Lever] = []
    for text, key, values in _asked(vary):
        label = f"--vary {' '.join(text.split())[:60]}"
        try:
            _allowed(key, [lever.key for lever in levers])
            lever = _read(key, values, steps)
            faults += _misfits(lever, scenario, label)
            levers.append(lever)
        except UnitError as error:
            faults.append(Fault(label, 0, 0, "", error.message, error.hint))
    if not levers and not faults:
        hint = "write `--vary agents.front.on_seat=10:20:2`"
        faults.append(Fault("--vary", 0, 0, "", "nothing is varied", hint))
    if faults:
        raise ScenarioError(faults)
    return tuple(levers)


def names_of(levers: Sequence[Lever]) -> list[str]:
    """What levers are called in tables: the last word of the key, with more of it where two are alike."""
    paths = [split(lever.key) for lever in levers]

    def name(path: tuple[str, ...]) -> str:
        for length in range(1, len(path) + 1):
            alone = sum(other[-length:] == path[-length:] for other in paths) == 1
            if alone and path[-length][:1].isalpha():
                return ".".join(path[-length:])
        return ".".join(path)

    return [name(path) for path in paths]


def number_in(text: str, unit: str) -> float:
    """The number of a value as written, in a unit; nan where it has none."""
    match = _NUMBER.fullmatch(text.strip())
    if match and match[3].strip() == unit:
        return float(f"{match[1]}{match[2]}")
    try:
        return parse_duration(text) / parse_duration(f"1{unit}") if unit else math.nan
    except UnitError:
        return math.nan


def _asked(vary: Vary) -> Iterable[tuple[str, str, Any]]:
    """Each lever's text, its key and its values."""
    if isinstance(vary, Mapping):
        for key, values in vary.items():
            yield f"{key}={values}", key, values
        return
    for text in vary:
        key, _, values = text.partition("=")
        yield text, key.strip(), values.strip()


def _allowed(key: str, before: Sequence[str]) -> None:
    if not key:
        raise UnitError("needs a key and values", "write `--vary agents.front.on_seat=10:20:2`")
    if key in before:
        raise UnitError(f"`{key}` is varied twice", "write all its values once")
    if split(key)[0] in _SAME_CONTACTS:
        raise UnitError(f"`{key}` cannot be varied: the points would not have the same contacts",
                        f"change it for all of them with `--set {key}=VALUE`")  # fmt: skip


def _read(key: str, values: Any, steps: bool) -> Lever:
    if not isinstance(values, str):
        return _listed(key, [str(value) for value in values])
    if not values:
        raise UnitError("has no values", f"write `{key}=LO:HI:STEP` or `{key}=a,b,c`")
    parts = values.split(":")
    matches = [_NUMBER.fullmatch(part.strip()) for part in parts]
    if len(parts) in (2, 3) and all(matches):
        return _range(key, parts, steps)
    if len(parts) > 1 and "," not in values and "-" not in values.strip("-") and "{" not in values:
        raise UnitError(f"{quote(values)} is no range", f"write `{key}=LO:HI:STEP`, such as `2min:6min:1min`")
    return _listed(key, _split_list(values))


def _split_list(values: str) -> list[str]:
    """The values between commas, but for commas within brackets."""
    found = [part.strip() for part in re.split(r",(?![^\[{]*[\]}])", values)]
    if not all(found):
        raise UnitError(f"{quote(values)} has an empty value", "write `a,b,c`")
    return found


def _listed(key: str, texts: Sequence[str]) -> Lever:
    if not texts:
        raise UnitError("has no values", f"write `{key}=LO:HI:STEP` or `{key}=a,b,c`")
    if len(set(texts)) < len(texts):
        raise UnitError("has a value twice", "write each of them once")
    matches = [_NUMBER.fullmatch(text) for text in texts]
    units = {match[3].strip() for match in matches if match}
    if not all(matches) or len(units) != 1:
        return Lever(key, tuple(Setting(text) for text in texts))
    numbers = [float(f"{match[1]}{match[2]}") for match in matches if match]
    signed = all(match[1] for match in matches if match)
    span = Span(min(numbers), max(numbers), units.pop(), signed=signed)
    return Lever(key, tuple(Setting(text, value) for text, value in zip(texts, numbers, strict=True)), span)


def _range(key: str, parts: Sequence[str], steps: bool) -> Lever:
    numbers, unit = _in_one_unit(parts)
    low, high = numbers[:2]
    signs = [part.strip()[0] in "+-" for part in parts[:2]]
    whole = takes_whole(split(key), unit)
    if low > high:
        raise UnitError(f"{quote(parts[0])} is more than {quote(parts[1])}",
                        f"write `{key}={parts[1].strip()}:{parts[0].strip()}:STEP`")  # fmt: skip
    span = Span(low, high, unit, whole, all(signs))
    if len(parts) == 2:
        if steps:
            raise UnitError("needs a step", f"write `{key}={parts[0]}:{parts[1]}:STEP`, or --design lhs")
        return Lever(key, (), span) if low < high else Lever(key, (span.setting(low),), span)
    step = numbers[2]
    if step <= 0:
        raise UnitError(f"the step {quote(parts[2])} leads nowhere", "write a step above 0")
    if (high - low) / step > MOST_VALUES:
        raise UnitError(f"gives more than {MOST_VALUES} values", "write a larger step")
    return Lever(key, span.steps(step), span)


def _in_one_unit(parts: Sequence[str]) -> tuple[list[float], str]:
    """The numbers of a range, and their unit; durations in different ones become seconds."""
    matches = [_NUMBER.fullmatch(part.strip()) for part in parts]
    units = list(dict.fromkeys(match[3].strip() for match in matches if match))
    numbers = [float(f"{match[1]}{match[2]}") for match in matches if match]
    zero = [
        unit for unit, number in zip([m[3].strip() for m in matches if m], numbers, strict=True) if number
    ]
    if len(set(zero)) <= 1:  # 0 needs no unit
        return numbers, (zero or units)[0]
    try:
        return [parse_duration(part.strip()) for part in parts], "s"
    except UnitError:
        told = ", ".join(unit or "none" for unit in units)
        raise UnitError(
            f"{quote(':'.join(parts))} mixes units: {told}", "write all of them in one unit"
        ) from None


def _misfits(lever: Lever, scenario: Scenario, label: str) -> list[Fault]:
    """What is wrong with the key, or with the values at its ends or in its list."""
    faults: list[Fault] = []
    listed = lever.settings if not lever.numeric else ()
    ends = (lever.settings[0], lever.settings[-1]) if lever.settings else ()
    span = (lever.span.setting(lever.span.low), lever.span.setting(lever.span.high)) if lever.span else ()
    for setting in dict.fromkeys(listed or ends or span):
        try:
            scenario.with_changes({lever.key: setting.text})
        except ScenarioError as error:
            faults += [replace(fault, file=label, line=0, column=0) for fault in error.faults]
    alike = {(fault.key, fault.message): fault for fault in faults}
    return list(alike.values())


def _rounded(number: float, width: float) -> float:
    """To the digits that tell a thousandth of the range apart, and no more."""
    if width <= 0:
        return number
    return round(number, max(0, 3 - math.floor(math.log10(width))))

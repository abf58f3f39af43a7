"""Candidates of a comparison: what each is called, and whether they can be compared at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from ccsim.errors import CcsimError
from ccsim.units import format_duration

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

BASE: Final = "base"  # what the first one is called
_UNFIT: Final = ("/", "\\", "\0")  # a name is that of a folder, too


def named(variants: Sequence[Scenario] | Mapping[str, Scenario]) -> dict[str, Scenario]:
    """The variants by name: as given, or that of the variant, else of its file.

    CcsimError where two have the same name, or one has none that will do.
    """
    if isinstance(variants, Mapping):
        pairs = list(variants.items())
    else:
        pairs = [(name_of(one, place), one) for place, one in enumerate(variants)]
    found: dict[str, Scenario] = {}
    wrong = []
    for name, one in pairs:
        if name in found:
            wrong.append(f"two candidates are called `{name}`: {_whence(found[name])} and {_whence(one)}")
        elif name == BASE:
            wrong.append(f"{_whence(one)} would be called `{BASE}`, as what the others are compared with is")
        elif not name.strip(". ") or any(sign in name for sign in _UNFIT):
            wrong.append(f"`{name}` cannot be the name of a candidate: it has to do for a folder")
        found.setdefault(name, one)
    _refuse(wrong, "Rename the variant or the file")
    return found


def name_of(scenario: Scenario, place: int) -> str:
    """The name of its variant, else of its file without the ending."""
    source = scenario.source
    if source.variant is not None:
        return source.variant
    return source.path.stem if source.path is not None else f"variant {place + 1}"


def check(base: Scenario, variants: Mapping[str, Scenario]) -> None:
    """CcsimError with all that keeps scenarios from being compared: other contacts, customers or money."""
    wrong = [f"{name}: {fault}" for name, one in variants.items() for fault in _differing(base, one)]
    _refuse(wrong, "Candidates meet the same customers on the same draws: make these lines equal")


def _differing(base: Scenario, one: Scenario) -> Iterator[str]:
    """What has to be the same and is not: contacts belong to intervals, calibration to segments."""
    for key, write in _SAME.items():
        mine, theirs = (write(getattr(side, key)) for side in (one, base))
        if mine != theirs:
            yield f"`{key}` is {mine}, in the base {theirs}"
    lacking = [name for name in base.arrivals if name not in one.channels]
    if lacking:
        yield f"it lacks the base's channel{'s' if len(lacking) > 1 else ''} {', '.join(lacking)}"


_SAME: Final[dict[str, Callable[[Any], str]]] = {
    "seed": str,
    "start": str,
    "weeks": str,
    "interval": format_duration,
    "currency": str,
    "customers": lambda segments: "{" + ", ".join(segments) + "}",
}


def _whence(one: Scenario) -> str:
    source = one.source
    if source.variant is not None:
        return f"the variant of {source.label or 'the scenario'}"
    return source.label or "a scenario"


def _refuse(wrong: list[str], remedy: str) -> None:
    if len(wrong) == 1:
        raise CcsimError(f"{wrong[0]}. {remedy}. Nothing was run.")
    if wrong:
        told = [f"  {one}" for one in wrong]
        raise CcsimError("\n".join([*told, f"  {len(wrong)} faults. {remedy}. Nothing was run."]))

"""What `ccsim compare` was given: the base, and its variants and other files by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ccsim.cli.loading import read
from ccsim.errors import CcsimError, Fault, ScenarioError

if TYPE_CHECKING:
    from ccsim.scenario import Scenario


def candidates_of(
    files: Sequence[Path], variants: Sequence[str] | None, sets: Sequence[str] | None, seed: int | None
) -> tuple[Scenario, dict[str, Scenario]]:
    """The first file, and what is compared with it: its variants named (of one file: all), the other files.

    ScenarioError with the faults of all files; CcsimError for nothing to compare, and for names that are not
    unique.
    """
    from ccsim.experiments import candidates

    first, *others = files
    twice = [str(file) for place, file in enumerate(files) if file.resolve() in _resolved(files[:place])]
    if twice:
        raise CcsimError(f"{', '.join(twice)} is named twice: compare it with another file, or its --variant")
    faults: list[Fault] = []
    base = _read(faults, partial(read, first, None, sets, seed))
    names = list(dict.fromkeys(variants or ([] if others or base is None else _all(base))))
    found = [_read(faults, partial(read, first, name, sets, seed)) for name in names if base]
    found += [_read(faults, partial(read, file, None, sets, seed)) for file in others]
    if faults or base is None:
        raise ScenarioError(faults)
    named = candidates.named([one for one in found if one is not None])
    candidates.check(base, named)
    return base, named


def _read(faults: list[Fault], reading: Callable[[], Scenario]) -> Scenario | None:
    """The scenario; None where it has faults, which are added to the others."""
    try:
        return reading()
    except ScenarioError as error:
        faults += error.faults
        return None


def _resolved(files: Sequence[Path]) -> list[Path]:
    return [file.resolve() for file in files]


def _all(base: Scenario) -> list[str]:
    if not base.variants:
        raise CcsimError(
            f"{base.source.label} has no variants to compare: add some under "
            "`variants:`, name another file, or use `ccsim run FILE --set PATH=VALUE`"
        )
    return list(base.variants)

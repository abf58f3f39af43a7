"""The base of a variant: what it freezes once and hands on (fresh volumes, journeys to calibrate on)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccsim.errors import CcsimError
from ccsim.experiments.manifest import digest

if TYPE_CHECKING:
    from ccsim.demand.arrivals import Fresh
    from ccsim.results.journeys import Journeys
    from ccsim.scenario import Scenario

_KEPT = 16
_solved: dict[str, Fresh] = {}


@dataclass(frozen=True, eq=False)
class Base:
    """What every variant takes from its base: its scenario, solved volumes, pooled journeys."""

    scenario: Scenario
    fresh: Fresh
    journeys: Journeys


def base_of(scenario: Scenario) -> Scenario | None:
    """The scenario without its variant (``--set`` stays); None if it is no variant."""
    from ccsim.scenario.loading import without_variant

    return without_variant(scenario)


def comparable(base: Scenario, variant: Scenario) -> None:
    """CcsimError unless both have the same contacts and customers.

    Contacts and volumes belong to intervals; calibration is by segment.
    """
    if base.interval != variant.interval:
        raise CcsimError(
            f"`interval` is {variant.interval // 60}min in the variant and {base.interval // 60}min in its "
            "base, so they would not have the same contacts: change it in the file itself"
        )
    if list(base.customers) != list(variant.customers):
        raise CcsimError(
            f"the variant has the segments {', '.join(variant.customers)} and its base "
            f"{', '.join(base.customers)}: a variant has the same customers"
        )


def fresh_of(base: Scenario, clock: str = "auto") -> Fresh:
    """The fresh volumes of a base, solved once and remembered by what the scenario says."""
    from ccsim.experiments.volumes import solve_volumes

    key = digest(base)
    if key not in _solved:
        if len(_solved) >= _KEPT:
            _solved.pop(next(iter(_solved)))
        _solved[key] = solve_volumes(base, clock)
    return _solved[key]


def remember(base: Scenario, fresh: Fresh) -> None:
    """Keep volumes solved elsewhere (read from a run folder)."""
    _solved[digest(base)] = fresh

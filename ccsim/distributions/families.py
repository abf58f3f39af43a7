"""The families a scenario may name, and what each of their fields is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ccsim.distributions.base import Distribution, require
from ccsim.distributions.bounded import Triangular, Uniform
from ccsim.distributions.mixture import Mixture
from ccsim.distributions.smooth import Erlang, Exponential, Gamma, Lognormal, Weibull
from ccsim.distributions.steps import Constant, Empirical, Never, PiecewiseHazard

DURATION, NUMBER, WHOLE = "duration", "number", "whole"
DURATIONS, NUMBERS, PARTS = "durations", "numbers", "parts"


@dataclass(frozen=True)
class Family:
    """A family by name: call it with a mapping of parsed values to get a distribution.

    fields: name -> kind ('duration' s, 'number', 'whole', 'durations', 'numbers' (lists),
    'parts': pairs of weight and Distribution). optional: the fields that may be left out.
    """

    name: str
    fields: Mapping[str, str]
    make: Callable[..., Distribution]
    optional: frozenset[str] = frozenset()

    def __call__(self, values: Mapping[str, Any]) -> Distribution:
        """Build it; ValueError names a missing or unknown field and what is expected."""
        wanted = ", ".join(self.fields) or "nothing"
        for key in values:
            require(key in self.fields, f"{self.name} has no `{key}`; it takes {wanted}")
        for key in self.fields:
            given = key in values or key in self.optional
            require(given, f"{self.name} needs `{key}`; it takes {wanted}")
        return self.make(**{key: _frozen(value) for key, value in values.items()})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list | tuple) else value


def _family(name: str, make: Callable[..., Distribution], **fields: str) -> Family:
    return Family(name, fields, make)


FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        _family("exponential", Exponential, mean=DURATION),
        _family("lognormal", Lognormal, mean=DURATION, cv=NUMBER),
        _family("gamma", Gamma, mean=DURATION, cv=NUMBER),
        _family("weibull", Weibull, mean=DURATION, shape=NUMBER),
        _family("erlang", Erlang, mean=DURATION, k=WHOLE),
        _family("constant", Constant, value=DURATION),
        _family("uniform", Uniform, low=DURATION, high=DURATION),
        _family("triangular", Triangular, low=DURATION, mode=DURATION, high=DURATION),
        Family(
            "empirical",
            {"values": DURATIONS, "weights": NUMBERS},
            Empirical,
            frozenset({"weights"}),
        ),
        _family("piecewise_hazard", PiecewiseHazard, starts=DURATIONS, hazards=NUMBERS),
        _family("mixture", Mixture, parts=PARTS),
        _family("never", Never),
    )
}

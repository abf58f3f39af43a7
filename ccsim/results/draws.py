"""Draws of the outcome parameters: their defaults, or many values within their stated ranges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.distributions.bounded import triangular_quantile
from ccsim.parameters import Parameter, with_overrides

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

Floats = npt.NDArray[np.float64]

WEIGHTS: Final = (
    "csat.weights.extra_contact",
    "csat.weights.transfer",
    "csat.weights.channel_switch",
    "csat.weights.story_repeated",
    "csat.weights.abandonment",
    "csat.weights.log_wait",
)  # in the order of the columns of a journey
NUMBERS: Final = (
    *WEIGHTS,
    "effort.bot_dead_end",
    "csat.weights.unresolved",
    "csat.novice",
    "csat.concurrency_above_2",
    "csat.intercept",
    "csat.observed",
    "csat.sd_agent",
    "csat.sd_customer",
    "ces.lambda",
    "ces.reference",
    "ces.unresolved",
    "survey.response_rate",
    "survey.extremity",
    "survey.agent_offer_bias",
    "nps.slope",
    "nps.reference",
    "relation.lambda_pos",
    "relation.lambda_neg",
    "relation.half_life_months",
    "churn.hr_bad_episode",
    "churn.exit_prob_severe",
    "churn.relation_slope",
    "churn.bad_effort_percentile",
    "churn.exit_cap",
    "value.discount_annual",
    "value.avoided_contact",
    "recovery.effect_on_csat",
    "recovery.effect_on_loyalty",
    "churn.uncontrollable_share",
    "value.heterogeneity",
    "value.referrals_per_promoter",
    "wom.negative_to_positive",
    "nps.revenue_growth_per_point",
)
CUTS: Final = ("csat.cuts", "ces.cuts", "nps.cuts")


@dataclass(frozen=True, eq=False)
class Draws:
    """Values of the outcome parameters, one column a draw: `draws[name]` has shape (size,)."""

    values: Mapping[str, Floats]
    cuts: Mapping[str, tuple[float, ...]]

    @property
    def size(self) -> int:
        """Number of draws."""
        return len(self.values["csat.intercept"])

    def __getitem__(self, name: str) -> Floats:
        return self.values[name]

    def part(self, chosen: slice) -> Draws:
        """Some of the draws, in their order."""
        return Draws({name: column[chosen] for name, column in self.values.items()}, self.cuts)

    def weights(self) -> Floats:
        """Effort weights, shape (6, size), in the order of a journey's columns."""
        return np.stack([self.values[name] for name in WEIGHTS])


def parameters_of(scenario: Scenario) -> dict[str, Parameter]:
    """The outcome parameters with everything the scenario overrides."""
    economics = scenario.economics
    overrides = {
        **scenario.experience.overrides,
        **scenario.loyalty.overrides,
        **economics.overrides,
    }
    if economics.discount is not None:
        overrides["value.discount_annual"] = economics.discount
    return with_overrides(overrides)


def uncertain(parameters: Mapping[str, Parameter]) -> list[str]:
    """Names of the parameters of the chain that have a range."""
    ranges = {name: parameters[name] for name in NUMBERS}
    return [name for name, p in ranges.items() if p.low is not None and p.low != p.high]


def central(parameters: Mapping[str, Parameter]) -> Draws:
    """One draw: every parameter at its default."""
    return _draws(parameters, {}, 1)


def sampled(parameters: Mapping[str, Parameter], size: int, seed: int = 1) -> Draws:
    """`size` draws from the triangular distributions on low, value and high.

    Each parameter has a stream of its own, by name and seed, and is stratified: one draw in each
    of `size` equal slices of its range. So base and variant meet the same worlds, and a parameter
    more leaves the others' draws untouched.
    """
    values = {}
    for name in uncertain(parameters):
        p = parameters[name]
        stream = np.random.default_rng([seed, *name.encode()])
        u = (stream.permutation(size) + stream.random(size)) / size
        low, high = _range(p)
        values[name] = triangular_quantile(u, low, p.number, high)
    return _draws(parameters, values, size)


def one_at_a_time(parameters: Mapping[str, Parameter]) -> tuple[list[str], Draws]:
    """Each uncertain parameter at its low end, then at its high end, all others at default.

    Draw 2i is the i-th name at its low end, draw 2i + 1 at its high end.
    """
    names = uncertain(parameters)
    size = 2 * len(names)
    values = {}
    for place, name in enumerate(names):
        column = np.full(size, parameters[name].number)
        column[2 * place : 2 * place + 2] = _range(parameters[name])
        values[name] = column
    return names, _draws(parameters, values, size)


def _range(parameter: Parameter) -> tuple[float, float]:
    middle = parameter.number
    low = middle if parameter.low is None else parameter.low
    high = middle if parameter.high is None else parameter.high
    return low, high


def _draws(parameters: Mapping[str, Parameter], drawn: Mapping[str, Floats], size: int) -> Draws:
    values = {
        name: drawn[name] if name in drawn else np.full(size, parameters[name].number) for name in NUMBERS
    }
    # Losses weigh at least as much as gains, in every draw.
    values["relation.lambda_neg"] = np.maximum(values["relation.lambda_neg"], values["relation.lambda_pos"])
    return Draws(values, {name: parameters[name].numbers for name in CUTS})

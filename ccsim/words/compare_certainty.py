"""How sure the answer of a comparison is, in sentences for those who read no tables."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ccsim.results.uncertainty import band
from ccsim.words import cells, compare_answer, compare_cells, numbers
from ccsim.words.judging import MISSED, close, named, told_apart

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison


def certainty(result: Comparison, name: str) -> str:
    """The target, the gain, and what would settle the doubt about it."""
    parts = (_target(result, name), _gain(result, name), compare_answer.doubt(result, name))
    return " ".join(part for part in parts if part)


def _target(result: Comparison, name: str) -> str:
    """Where the service level lies under the variant, and whether chance could turn the verdict on it."""
    part = compare_answer.leading(result.rows[name]).part
    rows = told_apart(result.variants[name].headlines)
    row = next((row for row in rows if row.measure == "service_level" and row.part == part), None)
    if row is None or not row.verdict or close(row) is None:
        return ""
    span = cells.interval(row.unit, row.measure, row.low, row.high)
    wanted = cells.target(row.unit, row.measure, row.target_min, row.target_max)
    verb = "misses" if row.verdict == MISSED else "meets"
    verdict = (
        f"whether it meets its target of {wanted} is too close to call"
        if close(row)
        else f"that it {verb} its target of {wanted} is beyond chance"
    )
    return (
        f"The {named(row)} under `{name}` is {numbers.share(row.value)} (95 % interval {span} %): {verdict}."
    )


def _gain(result: Comparison, name: str) -> str:
    """The net gain with both of its doubts."""
    money, currency = result.money[name], result.base.scenario.currency
    if money.missing or not (money.gain.net.any() or money.spread.net.any()):
        return ""
    net = numbers.signed(numbers.money(float(money.gain.net[0])))
    half = result.net_gain[name].half
    chance = "" if math.isnan(half) else f"±{numbers.money(half)} by chance (95 %), "
    model = compare_cells.money_range(*band(money.spread.net))
    above = compare_cells.chance_text(money)
    return (
        f"The net gain over {money.gain.horizon} months is {net} {currency}: {chance}{model} by the outcome "
        f"model (80 %); the chance that it is above 0 is {above}."
    )

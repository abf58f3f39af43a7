"""The answer in words: does it reach the target, does it pay, and how sure is that."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ccsim.words import numbers

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison, Row
    from ccsim.results.uncertainty import Comparison as Money

SURE = 0.95
NAMED = 3  # drivers, each way
LEAST_POINTS, LEAST_SHARE = 0.005, 0.02  # below it a driver is not spoken of
SETTLED_BY = {
    "churn.hr": "Your own churn by bad episode settles it.",
    "churn.exit": "Your own churn after severe failures settles it.",
    "csat.weights": "Your own surveys by journey settle it.",
    "effort": "Your own surveys by journey settle it.",
    "relation": "Your own surveys of the same customers over time settle it.",
    "value": "Your own discount rate settles it.",
}


def answer(result: Comparison, name: str) -> str:
    """Whether the variant reaches the target and whether it pays, in a sentence."""
    return f"`{name}` {_target(result, name)} {_pays(result.money[name])}".strip()


def through(result: Comparison, name: str) -> str:
    """The drivers of which there is less, and more, than in the base: by margin, or by points of CSAT."""
    frame = result.variants[name].why(against=result.base)
    money = not result.money[name].missing
    parts = frame["margin"] if money else frame["points"]
    least = LEAST_SHARE * parts.abs().sum() if money else LEAST_POINTS
    moved = frame.assign(part=parts)[parts.abs() > least].sort_values("part", key=abs, ascending=False)
    told = []
    for rows, word in ((moved[moved["part"] > 0], "less"), (moved[moved["part"] < 0], "more")):
        named = [f"`{row['driver']}` ({_part(row, money)})" for _, row in rows[:NAMED].iterrows()]
        if named:
            told.append(f"{word} of {', '.join(named)}")
    return f"{'; '.join(told)}." if told else ""


def _part(row: Any, money: bool) -> str:
    if money:
        return f"{numbers.signed(numbers.money(row['part']))} {row['unit']}"
    return f"{row['part']:+.2f} points of CSAT"


def _target(result: Comparison, name: str) -> str:
    from ccsim.experiments.labels import band_of

    rows = result.rows[name]
    row = leading(rows)
    band = band_of(result.base.scenario, "service_level", row.part or None)
    if all(one.verdict in ("no change", "unknown") for one in rows):
        return "changes nothing that chance could not,"
    of = f" of {row.part}" if row.part else ""
    if band is None or band.min is None:
        words = {"better": f"raises the service level{of}", "worse": f"lowers the service level{of}"}
        return words.get(row.verdict, f"leaves the service level{of} as it is") + ","
    before, after = (value >= band.min for value in (row.found.base, row.found.variant))
    verbs = {
        (False, True): "reaches",
        (True, True): "keeps",
        (True, False): "loses",
        (False, False): "still misses",
    }
    return f"{verbs[before, after]} the service target{of},"


def leading(rows: Sequence[Row]) -> Row:
    """The service level that stands for the variant: of several channels, the one that moves most."""
    levels = [row for row in rows if row.measure == "service_level"]
    return max(
        levels, key=lambda row: -1.0 if math.isnan(row.found.difference) else abs(row.found.difference)
    )


def _pays(money: Money) -> str:
    if money.missing:
        return "and what it is worth is unknown: the file does not say what customers are."
    gain, chance = money.gain, money.doubt.chance
    net, costs = float(gain.net[0]), float(gain.costs[0])
    if not gain.net.any() and not gain.costs.any():
        return "and money stays exactly as it is."
    if costs <= 0:
        sure = _sure(chance)
        month = float(gain.lost_again[0])
        later = "" if math.isnan(month) else f"; by month {month:.0f} customers lost have cost more"
        return (
            f"and saves money: less is lost by it than it saves{sure}{later}."
            if net > 0
            else f"and costs less, but loses more margin than it saves{sure}."
        )
    if net > 0:
        return f"and pays for itself{_sure(chance)}."
    factor = float(gain.break_even[0])
    would = (
        "" if math.isnan(factor) else (f": it would if a customer's margin were {factor:.1f} times as much")
    )
    return f"and does not pay for itself{_sure(1 - chance)}{would}."


def _sure(chance: float) -> str:
    return "" if chance >= SURE else f" (chance {100 * chance:.0f} %)"


def doubt(result: Comparison, name: str) -> str:
    """What the spread of the net gain is made of, and what common draws have saved."""
    parts = [] if result.money[name].missing else [_spread(result, name)]
    saved = leading(result.rows[name]).found.saved
    if not math.isnan(saved) and saved >= 1.5:
        parts.append(f"Common draws did the work of {saved:.0f} times as many pairs (service level).")
    if result.base.replications < 2:
        parts.append("One pair says nothing of chance.")
    return " ".join(part for part in parts if part)


def _spread(result: Comparison, name: str) -> str:
    doubt, parameters = result.money[name].doubt, result.base.outcomes.case.parameters
    if math.isnan(doubt.operations):
        return ""
    pairs = result.base.replications
    text = (
        f"{100 * doubt.operations:.0f} % of the spread is chance ({pairs} pairs), "
        f"{100 * (1 - doubt.operations):.0f} % the outcome model"
    )
    if not doubt.tornado or doubt.operations > 0.5:
        return text + "."
    first = doubt.tornado[0][0]
    known = parameters[first]
    settled = next((said for start, said in SETTLED_BY.items() if first.startswith(start)), "")
    return f"{text}, most of it {first} ({known.low:g}–{known.high:g}). {settled}".strip()

"""What is said of a whole comparison: for what its verdicts hold, its frontier, the precision reached."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ccsim.experiments.compared import NET_GAIN, label, unit
from ccsim.experiments.precision import CAPPED, OUT_OF_TIME, Width, widths
from ccsim.words import cells, numbers

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.compare import Comparison

CHANCE = "P better: how probable it is, by these pairs, that the variant truly is."


def family(result: Comparison) -> str:
    """For what the verdicts hold together."""
    if result.base.replications < 2:
        return ""
    several = len(result.variants)
    measures = len(next(iter(result.rows.values())))
    of = f" of all {several} variants" if several > 1 else ""
    return f"Verdicts hold at 95 % for all {measures} measures{of} together (Holm)."


def frontier(result: Comparison) -> list[str]:
    """Which candidates are worth their cost, a sentence a measure; nothing to tell of fewer than three."""
    if len(result.variants) < 2:
        return []
    return [_frontier(rows) for _, rows in result.frontier().groupby("measure", sort=False)]


def _frontier(rows: pd.DataFrame) -> str:
    good = [f"`{name}`" for name in rows.loc[rows["efficient"], "candidate"]]
    beaten = [
        f"`{row['candidate']}` (by {', '.join(f'`{by}`' for by in row['dominated_by'].split(', '))})"
        for _, row in rows[~rows["efficient"]].iterrows()
    ]
    worse = f"surely dominated: {', '.join(beaten)}" if beaten else "none is surely dominated"
    return f"{rows['label'].iloc[0]} for its cost: {', '.join(good)}; {worse}."


def reached(result: Comparison) -> list[str]:
    """What of the precision asked for there is, a sentence each; nothing where none was asked for."""
    if result.reached is None:
        return []
    pairs, goals = result.base.replications, result.reached.goals
    why = {CAPPED: "no more were allowed (--max-replications)", OUT_OF_TIME: "the time was up (--time-limit)"}
    found = widths(result, goals)
    ended = why.get(result.reached.ended, "that was enough")
    told = [f"{pairs} pairs: {ended}. {'; '.join(_width(result, goals, name, found) for name in goals)}."]
    return [*told, *_model(result)]


def _width(result: Comparison, goals: dict[str, float], name: str, found: list[Width]) -> str:
    """The widest interval of one measure against what was asked."""
    known = [width for width in found if width.measure == name and not math.isnan(width.half)]
    called = "net gain" if name == NET_GAIN else label(result.base.scenario, name)
    if not known:
        return f"{called}: not known"
    widest = max(known, key=lambda width: width.half)
    met = "asked" if widest.half <= goals[name] else "NOT the asked"
    of = f" ({widest.part})" if widest.part else ""
    return f"{called}{of} ±{amount(name, widest.half)}, {met} ±{amount(name, goals[name])}"


def amount(measure: str, half: float) -> str:
    """Half a width as it is asked for: points of a share, seconds, money."""
    kind = unit(measure)
    if kind == "share":
        return f"{100 * half:.2g} pt"
    return numbers.money(half) if kind == "money" else cells.writer(kind, measure)(half)


def _model(result: Comparison) -> Iterator[str]:
    """Where the outcome model is most of the doubt, more pairs do not help."""
    if result.reached is None or NET_GAIN not in result.reached.goals:
        return
    of_model = [1 - one.doubt.operations for one in result.money.values() if one.doubt.operations < 0.5]
    if of_model:
        share = numbers.span(min(of_model), max(of_model), lambda value: numbers.share(value, 0))
        yield (
            f"Of what is still unsure about net gain {_once(share)} % is the outcome model, which more "
            "replications do not narrow."
        )


def _once(span: str) -> str:
    """`94` of `94–94`."""
    low, _, high = span.partition("–")
    return low if low == high else span

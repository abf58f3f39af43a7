"""Why a run is as it is, in words: what to fix first, or through what it gains, and the doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ccsim.words import numbers

if TYPE_CHECKING:
    from ccsim.experiments.fix_first import Fix
    from ccsim.experiments.run import Run
    from ccsim.experiments.why import Why

SURE: Final = 0.995
FULL: Final = 0.05  # a share of the whole that is worth a word
NAMED: Final = 2  # drivers that brought most
LEAD: Final = {"csat": "of CSAT", "churn": "of churn a year"}


def fix_first(found: Why, of: str) -> str:
    """The driver that costs most, and where."""
    from ccsim.experiments.fix_first import ranking

    fixes = ranking(found, of)
    if not fixes:
        return "nothing: no driver takes anything away."
    first = fixes[0]
    text = f"{first.driver}. It {_costs(found, first, of)}{_where(found, first)}."
    if len(fixes) > 1 and first.first < SURE:
        text += f" Then {fixes[1].driver} ({_amount(found, fixes[1].worth, of)})."
    return text


def _costs(found: Why, fix: Fix, of: str) -> str:
    """`costs 2.20 M EUR a year (44 % of all that is lost): 372 k margin of customers who leave, …`."""
    from ccsim.experiments.fix_first import in_money

    share = f"{100 * fix.share:.0f} % of all that is lost"
    if not in_money(found):
        return f"takes {fix.points:.1f} points {LEAD[of]}, {share}"
    parts = ", in margin of customers who leave"
    if fix.handling > FULL * fix.worth:
        margin, handling = numbers.money(fix.margin), numbers.money(fix.handling)
        parts = f": {margin} margin of customers who leave and {handling} for handling contacts again"
    return (
        f"costs {numbers.money(fix.worth)} {found.currency} a year, {share}{parts}, "
        f"with {fix.points:.1f} points {LEAD[of]}"
    )


def _where(found: Why, fix: Fix) -> str:
    """Where most of it happens, unless there is but one place."""
    if len(fix.spots) < 2:
        return ""
    top = fix.spots[0]
    part = top.worth / fix.worth
    word = "most of it" if part > 0.5 else "foremost"
    return f"; {word} on {top.channel}, {top.intent} ({100 * part:.0f} %)"


def dearest(run: Run) -> str:
    """The two drivers that cost most, in half a sentence; empty where nothing is lost."""
    from ccsim.experiments.fix_first import ranking

    found = run.reasons()
    return ", then ".join(_dear(found, fix) for fix in ranking(found)[:NAMED])


def _dear(found: Why, fix: Fix) -> str:
    from ccsim.experiments.fix_first import in_money

    points = f", {fix.points:.1f} points {LEAD['csat']}" if in_money(found) else ""
    return f"{fix.driver} ({_amount(found, fix.worth, 'csat')}{points})"


def _amount(found: Why, worth: float, of: str) -> str:
    from ccsim.experiments.fix_first import in_money

    if in_money(found):
        return f"{numbers.money(worth)} {found.currency} a year"
    return f"{worth:.1f} points {LEAD[of]}"


def gains(found: Why, of: str) -> str:
    """Of which drivers there is less than in the base, and of which there is more."""
    frame = found.frame(of)
    moved = frame[frame["points"].abs() >= 0.005]
    if moved.empty:
        return "nothing moves."
    up, down = moved[moved["points"] > 0], moved[moved["points"] < 0].iloc[::-1]
    parts = []
    for rows, word in ((up, "less of"), (down, "more of")):
        named = [f"`{row['driver']}` ({row['points']:+.2f} points)" for _, row in rows[:NAMED].iterrows()]
        if named:
            parts.append(f"{word} {', '.join(named)}")
    return f"there is {'; '.join(parts)}."


def doubt(run: Run, found: Why, of: str) -> str:
    """What the outcome model leaves open."""
    from ccsim.experiments.fix_first import ranking

    parts = []
    fixes = [] if found.against else ranking(found, of)
    if fixes:
        parts.append(_open(found, fixes, of))
    moves = [name for name, low, high in run.outcomes.drivers[of][:2] if low != high]
    if moves:
        parts.append(
            f"What moves {'CSAT' if of == 'csat' else 'churn'} most in the model: {' and '.join(moves)}."
        )
    if fixes and fixes[0].handling > FULL * fixes[0].worth:
        parts.append("What handling costs is saved only where fewer people are then paid.")
    parts.append("The shares are the model's, not measured on your customers.")
    return " ".join(parts)


def _open(found: Why, fixes: list[Fix], of: str) -> str:
    from ccsim.experiments.fix_first import in_money

    first = fixes[0]
    span = (
        numbers.money_span(first.low, first.high) if in_money(found) else f"{first.low:.1f}–{first.high:.1f}"
    )
    unit = f" {found.currency} a year" if in_money(found) else f" points {LEAD[of]}"
    text = f"80 % of draws of the outcome model put {first.driver} at {span}{unit}; it costs most "
    if first.first >= SURE:
        return f"{text}in all of them."
    rival = max(fixes[1:], key=lambda fix: fix.first)
    return f"{text}in {100 * first.first:.0f} %, {rival.driver} in {100 * rival.first:.0f} %."

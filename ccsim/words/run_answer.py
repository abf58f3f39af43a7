"""The answer of a run in a few sentences for a manager, and how certain it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ccsim.words import cells, numbers
from ccsim.words.judging import MISSED, beside_target, close, judged, named, told_apart, turned_by_model
from ccsim.words.phrases import clause, sentence

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.experiments.summary import Row
    from ccsim.scenario import Scenario

NAMED: Final = 4  # targets named one by one


def answer(run: Run) -> str:
    """Which targets are met, what customers and money come to, and what costs most."""
    from ccsim.words.why_story import dearest

    rows = told_apart(run.headlines)
    costs = dearest(run)
    parts = [
        _targets(judged(rows)),
        _clauses(run.scenario, rows, ("fcr", "csat", "nps", "churn")),
        _clauses(run.scenario, rows, ("cost", "cost_per_contact", "at_stake")),
        f"What costs most: {costs}." if costs else "",
    ]
    return " ".join(part for part in parts if part)


def certainty(run: Run) -> str:
    """What chance could have done, what the outcome model leaves open, and how much was assumed."""
    from ccsim.scenario.explain import assumed

    rows = told_apart(run.headlines)
    parts = [
        _chance(run.replications, rows),
        *_verdicts(judged(rows)),
        _model(rows),
        _turned(judged(rows)),
        f"{len(assumed(run.scenario))} figures were assumed, not given: they are listed below.",
    ]
    return " ".join(part for part in parts if part)


def _targets(rows: Sequence[Row]) -> str:
    if not rows:
        return "No targets are set: these are the figures as they come out."
    missed = [row for row in rows if row.verdict == MISSED]
    met = [row for row in rows if row.verdict != MISSED]
    if len(rows) == 1:
        return f"The target is {'missed' if missed else 'met'}: {beside_target(rows[0])}."
    if not missed:
        return f"All {len(rows)} targets are met: {_list(met)}."
    if not met:
        return f"All {len(rows)} targets are missed: {_list(missed)}."
    verb = "is" if len(missed) == 1 else "are"
    return f"{len(missed)} of {len(rows)} targets {verb} missed: {_list(missed)}. Met: {_list(met)}."


def _list(rows: Sequence[Row]) -> str:
    named_ = ", ".join(beside_target(row) for row in rows[:NAMED])
    return named_ + (f" and {len(rows) - NAMED} more" if len(rows) > NAMED else "")


def _clauses(scenario: Scenario, rows: Sequence[Row], measures: Sequence[str]) -> str:
    """A sentence of those figures that are known, of the whole centre."""
    known = {row.measure: row for row in rows if not row.part and not math.isnan(row.value)}
    told = [
        clause(scenario, row) + (f" ({row.note})" if row.note else "")
        for row in map(known.get, measures)
        if row is not None
    ]
    return sentence(", ".join(told[:-1]) + (" and " if len(told) > 1 else "") + told[-1]) if told else ""


def _chance(replications: int, rows: Sequence[Row]) -> str:
    if replications < 2:
        return "One replication says nothing of chance: there are no intervals."
    level = next((row for row in rows if row.measure == "service_level"), None)
    text = f"The weeks were simulated {replications} times with other chance"
    if level is None or math.isnan(level.high):
        return f"{text}."
    span = cells.interval(level.unit, level.measure, level.low, level.high)
    return f"{text}, which puts the {named(level)} at {span} % (95 % interval of its mean)."


def _verdicts(rows: Sequence[Row]) -> list[str]:
    """Which verdicts chance cannot turn, and which are too close to call."""
    known = [row for row in rows if close(row) is not None]
    open_ = [named(row) for row in known if close(row)]
    sure = len(known) - len(open_)
    told = []
    if sure:
        verdicts = "The verdict on its target" if len(rows) == sure == 1 else f"{_counted(sure)} on targets"
        told.append(f"{verdicts} {'is' if sure == 1 else 'are'} beyond chance.")
    if open_:
        told.append(f"Too close to call: {', '.join(open_)}.")
    return told


def _counted(number: int) -> str:
    return "One verdict" if number == 1 else f"{number} verdicts"


def _model(rows: Sequence[Row]) -> str:
    """The band of CSAT: satisfaction and money hang on the outcome model more than on chance."""
    score = next((row for row in rows if row.measure == "csat"), None)
    if score is None or math.isnan(score.model_low):
        return ""
    ends = [numbers.share(end, 0).removesuffix(" %") for end in (score.model_low, score.model_high)]
    return (
        "Satisfaction, churn and money also hang on the outcome model, whose parameters are known only "
        f"within ranges: 80 % of draws put CSAT between {ends[0]} and {ends[1]} %."
    )


def _turned(rows: Sequence[Row]) -> str:
    """The verdicts that other parameters of the outcome model would turn."""
    told = [named(row) for row in rows if turned_by_model(row)]
    return f"Within these ranges the verdict may turn on {', '.join(told)}." if told else ""

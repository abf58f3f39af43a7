"""What is said of a rollout: the answer, the doubt, who gains and loses, what comes next."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from ccsim.experiments.labels import main_channel
from ccsim.experiments.rollout_pairs import noticed
from ccsim.experiments.rollout_targets import GO, NO_GO, NOT_SURE
from ccsim.words import numbers

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.rollout import Rollout
    from ccsim.experiments.rollout_targets import Target

SAID: Final = {
    GO: "Go",
    NO_GO: "No-go",
    NOT_SURE: "Not sure",
    "": "No verdict",
}
SLICED: Final = ("segment", "intent", "weekday_hour")


def answer(result: Rollout) -> str:
    """The verdict and what decides it, in a sentence or two."""
    old, new = result.names
    word = SAID[result.verdict]
    why = _deciding(result)
    return f"{word}: {why} {_waits(result)} {_flipped(result)}".replace("  ", " ").strip() + _from(old, new)


def doubt(result: Rollout) -> str:
    """How far the answer can be trusted."""
    pairs = result.replications
    if pairs < 2:
        return "One pair says nothing of chance: ask for more with --replications."
    parts = [f"{pairs} pairs of replications; verdicts are corrected for their number (Holm)."]
    unsure = [each.label for each in result.judged if each.verdict == NOT_SURE]
    if unsure:
        parts.append(f"Too near to call: {_listed(unsure)}; more replications settle it.")
    alone = [sum(pair.alone[side] for pair in result.pairs) for side in (0, 1)]
    if any(alone):
        parts.append(f"{alone[0] + alone[1]:,} contacts came about on one side only and are not paired.")
    parts.append("Learning while people get used to the new rules is not in it.")
    return " ".join(parts)


def _from(old: str, new: str) -> str:
    return f" (`{old}` to `{new}`)" if old != "base" else ""


def _deciding(result: Rollout) -> str:
    """What the targets say."""
    judged = result.judged
    if not judged:
        return "the scenario sets no targets to decide by."
    lost = [each for each in judged if each.verdict == NO_GO]
    if lost:
        return f"{_listed([f'{named(each)} {each.note}' for each in lost])}."
    unsure = [named(each) for each in judged if each.verdict == NOT_SURE]
    if unsure:
        return f"{_listed(unsure)} may be met or missed after it."
    good = [each for each in judged if each.verdict == GO]
    if not good:
        return "no target is moved by it."
    reached = [named(each) for each in good if each.note in ("reached", "surely met after")]
    if reached:
        return f"{_listed(reached)} {'is' if len(reached) == 1 else 'are'} met, and no target is lost."
    return "no target is lost by it."


def named(target: Target) -> str:
    """Its label, with its channel where that is not in it."""
    part = target.part
    return f"{target.label}, {part}" if part and part not in target.label else target.label


def headline(result: Rollout, measure: str, by: str = "channel", label: str = "all") -> Any:
    """The row of a measure on the main channel; None where there is none."""
    frame = result.changes(by)
    channel = main_channel(result.before.scenario)
    rows = frame[(frame["measure"] == measure) & (frame["channel"] == channel) & (frame["slice"] == label)]
    return None if rows.empty else rows.iloc[0]


def _waits(result: Rollout) -> str:
    row, less, more = (headline(result, name) for name in ("wait", "waits_less", "waits_more"))
    if row is None or math.isnan(row["change"]):
        return ""
    if row["change"] == 0 and less["change"] == more["change"] == 0:
        return "Nobody waits longer or shorter."
    word = "less" if row["change"] < 0 else "more"
    sure = "" if row["verdict"] in ("better", "worse") else ", which chance could make"
    return (
        f"The same {row['channel']} contacts wait {numbers.spell(abs(row['change']))} {word} on "
        f"average{sure}: "
        f"{numbers.share(less['change'])} wait less, {numbers.share(more['change'])} more, by "
        f"{numbers.spell(noticed_on(result))} or longer."
    )


def noticed_on(result: Rollout) -> float:
    """Seconds from which a wait on the main channel counts as less or more."""
    names = list(result.before.scenario.channels)
    return float(noticed(result.before.scenario)[names.index(main_channel(result.before.scenario))])


def _flipped(result: Rollout) -> str:
    kept, lost = flips(result)
    if not kept and not lost:
        return ""
    return f"{kept:,.0f} contacts a week are answered that gave up before, {lost:,.0f} the other way round."


def flips(result: Rollout) -> tuple[float, float]:
    """Contacts a week from abandoned to answered, and from answered to abandoned, all channels."""
    frame = result.flips().groupby(["before", "after"])["value"].sum()
    return float(frame["abandoned", "answered"]), float(frame["answered", "abandoned"])


def extremes(result: Rollout, by: str) -> tuple[Any, Any]:
    """The slices whose mean wait falls most and rises most on the main channel; None where none does."""
    frame = waits_by(result, by)
    if frame.empty:
        return None, None
    best, worst = (frame.iloc[int(at)] for at in (frame["change"].argmin(), frame["change"].argmax()))
    return (best if best["change"] < 0 else None), (worst if worst["change"] > 0 else None)


def waits_by(result: Rollout, by: str) -> pd.DataFrame:
    """Changes of the mean wait by slice on the main channel, where they are known."""
    frame = result.changes(by)
    mine = (frame["measure"] == "wait") & (frame["channel"] == main_channel(result.before.scenario))
    return frame[mine & frame["change"].notna()]


def worst_hit(result: Rollout) -> str:
    """Which slice of all loses most, with its interval."""
    found = [row for by in SLICED if (row := extremes(result, by)[1]) is not None]
    sure = [row for row in found if row["verdict"] == "worse"]
    if not found:
        return "No segment, intent or hour of the week waits longer on average."
    if not sure:
        row = max(found, key=lambda each: each["change"])
        told = f"{row['slice']}, {_with_interval(row)}, which chance could make"
        return f"No slice surely waits longer; most: {told}."
    row = max(sure, key=lambda each: each["change"])
    return f"Hit worst: {row['slice']}, {_with_interval(row)}."


def _with_interval(row: Any) -> str:
    low, high = (numbers.signed(numbers.spell(row[end])) for end in ("low", "high"))
    return f"{numbers.signed(numbers.spell(row['change']))} ({low} to {high})"


def overloaded(result: Rollout) -> str:
    """The first group to be full as volume grows, before and after."""
    told = []
    for side, word in (("before", "before"), ("after", "after")):
        frame = result.overload()
        rows = frame[(frame["side"] == side) & frame["first"]]
        if rows.empty:
            continue
        row = rows.iloc[0]
        told.append(f"{word} `{row['group']}` at {_grown(row['growth'])} volume ({row['busiest']})")
    if not told:
        return ""
    how = "Capacity arithmetic: work stays with the group that does it."
    return f"First to overload: {'; '.join(told)}. {how}"


def _grown(growth: float) -> str:
    return numbers.signed(numbers.share(growth, 0))


def next_steps(result: Rollout, file: str) -> Iterator[tuple[str, str]]:
    """What to do next, each with a command to type."""
    old, new = result.names
    call = f"ccsim rollout {file}" + (f" --from {old}" if old != "base" else "") + f" --to {new}"
    if result.verdict == NOT_SURE:
        yield "Settle it:", f"{call} --replications {4 * result.replications}"
    if result.staged().empty and _can_stage(result):
        yield "Part of the agents first:", f"{call} --share 25%,50%,100%"
    if result.teaching().empty:
        yield "Which skill to teach:", f"{call} --teach"
    if old == "base":
        yield "Whether it pays:", f"ccsim compare {file} --variant {new}"


def _can_stage(result: Rollout) -> bool:
    from ccsim.errors import CcsimError
    from ccsim.experiments.rollout_split import stageable

    try:
        stageable(result.before.scenario, result.after.scenario, [1.0])
    except CcsimError:
        return False
    return True


def _listed(names: list[str]) -> str:
    first = names[:3]
    more = len(names) - len(first)
    if more or len(first) == 1:
        return ", ".join(first) + (f" and {more} more" if more else "")
    return f"{', '.join(first[:-1])} and {first[-1]}"

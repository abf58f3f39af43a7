"""The figures of a rollout as rows of texts: what terminal and report show alike."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ccsim.words import cells, numbers
from ccsim.words.rollout_words import named, waits_by

if TYPE_CHECKING:
    from ccsim.experiments.rollout import Rollout

SMALL: Final = 0.0015  # of a share: two decimals below
SHOWN: Final = 4  # rows of a slice: those that gain and lose most


@dataclass(frozen=True)
class Line:
    """A label, some cells, and a verdict that may be coloured."""

    label: str
    cells: tuple[str, ...]
    verdict: str = ""
    note: str = ""


def target_lines(result: Rollout) -> list[Line]:
    """Target, before, after, certainty; verdict and why."""
    lines = []
    for each in result.judged:
        write = cells.writer(each.unit, each.measure)
        wanted = cells.target(each.unit, each.measure, each.target_min, each.target_max)
        sure = numbers.share(each.certainty, 0) if not math.isnan(each.certainty) else numbers.UNKNOWN
        parts = (wanted, write(each.before), write(each.after), sure)
        lines.append(Line(named(each), parts, each.verdict, each.note))
    return lines


def wait_lines(result: Rollout, by: str) -> list[Line]:
    """Mean waits before and after by slice, worst hit first; of many slices both ends."""
    frame = waits_by(result, by).sort_values("change", ascending=False, kind="stable")
    if len(frame) > SHOWN:
        frame = frame.iloc[[*range(SHOWN // 2), *range(-(SHOWN // 2), 0)]]
    return [_wait(row) for _, row in frame.iterrows()]


def _wait(row: Any) -> Line:
    half = (row["high"] - row["low"]) / 2
    within = "" if math.isnan(half) else f"±{numbers.spell(half)}"
    parts = (numbers.spell(row["before"]), numbers.spell(row["after"]), _signed_spell(row["change"]), within)
    return Line(str(row["slice"]), parts, row["verdict"])


def share_lines(result: Rollout) -> list[Line]:
    """Answered, resolved at once and passed on, of each channel."""
    from ccsim.experiments.rollout_slices import FOLLOWED

    frame = result.changes("channel")
    several = frame["channel"].nunique() > 1
    lines = []
    for _, row in frame[frame["measure"].isin(("abandoned", "resolved_first", "passed_on"))].iterrows():
        label = FOLLOWED[row["measure"]].label + (f", {row['channel']}" if several else "")
        lines.append(_share(label, row))
    return lines


def _share(label: str, row: Any) -> Line:
    half = (row["high"] - row["low"]) / 2
    within = "" if math.isnan(half) else f"±{100 * half:.{_digits(row['change'])}f}"
    parts = (numbers.share(row["before"]), numbers.share(row["after"]), _points(row["change"]), within)
    return Line(label, parts, row.get("verdict", ""))


def flip_lines(result: Rollout) -> list[Line]:
    """How first contacts ended before (rows) and after (columns), a week; ends that do not occur left out."""
    found = result.flips().groupby(["before", "after"], sort=False)["value"].sum().unstack()
    found = found.loc[found.sum(axis=1) > 0, found.sum(axis=0) > 0]
    lines = [Line("before \\ after", tuple(found.columns))]
    return lines + [Line(str(end), tuple(f"{n:,.0f}" for n in row)) for end, row in found.iterrows()]


def load_lines(result: Rollout) -> list[Line]:
    """Hours of handling, mean occupancy and its spread over agents, by group."""
    load, spread = result.load(), result.spread()
    hours = load[load["measure"] == "hours"].groupby("group", sort=False)[["before", "after"]].sum()
    lines = []
    for group, row in hours.iterrows():
        mine = spread[spread["group"] == group].set_index("measure")
        lines.append(Line(str(group), (
            f"{row['before']:,.0f}", f"{row['after']:,.0f}",
            *(_percent(float(mine[side]["mean"])) for side in ("before", "after")),
            *(_span(mine, side) for side in ("before", "after")),
        )))  # fmt: skip
    return lines


def moved_lines(result: Rollout) -> list[Line]:
    """From whom to whom first contacts moved, most first: contacts a week with their interval."""
    frame = result.who_answered().groupby(["before", "after"], sort=False)["value"].sum().reset_index()
    moved = frame[(frame["before"] != frame["after"]) & (frame["value"] > 0)]
    rows = moved.sort_values("value", ascending=False, kind="stable")[:SHOWN]
    return [
        Line(f"{row['before']} to {row['after']}", (f"{row['value']:,.0f}",)) for _, row in rows.iterrows()
    ]


def transfer_lines(result: Rollout) -> list[Line]:
    """Contacts passed on a week by pair of groups, most first."""
    frame = result.transfers()
    rows = frame[(frame["before"] > 0) | (frame["after"] > 0)]
    rows = rows.assign(most=rows[["before", "after"]].max(axis=1))
    rows = rows.sort_values("most", ascending=False, kind="stable")[:SHOWN]
    return [
        Line(f"{row['from']} to {row['to']}", (_few(row["before"]), _few(row["after"]), *_number_change(row)))
        for _, row in rows.iterrows()
    ]


def skill_lines(result: Rollout) -> list[Line]:
    """Share answered in skill, and by whom it is done better than on average, over all intents."""
    frame = result.in_skill()
    frame = frame[frame["intent"] == "all"].set_index("measure")
    labels = {"in_skill": "served in skill", "strong": "by a strong agent", "speed": "speed of who answers",
              "fcr": "skill to resolve"}  # fmt: skip
    return [_share(label, frame.loc[name]) for name, label in labels.items()]


def stage_lines(result: Rollout) -> Iterator[Line]:
    """Of each share of the agents, the figures that move."""
    frame = result.staged()
    for share in dict.fromkeys(frame["share"].tolist()):
        rows = frame[frame["share"] == share]
        moved = rows[rows["verdict"].isin(("better", "worse"))]
        label = f"{100 * share:.4g} %, {rows['agents'].iloc[0]} agents"
        if moved.empty:
            yield Line(label, ("nothing that chance could not move",))
        for number, (_, row) in enumerate(moved.iterrows()):
            points = row["unit"] == "share"
            text = _points(row["change"]) if points else numbers.signed(f"{row['change']:.1f}")
            yield Line(label if number == 0 else "", (row["label"], text), row["verdict"])


def lesson_lines(result: Rollout) -> list[Line]:
    """What each missing skill would be worth, best first."""
    frame = result.teaching()
    lines = []
    for (group, skill, agents), rows in frame.groupby(["group", "skill", "agents"], sort=False):
        first: Any = rows.iloc[0]
        net: Any = rows[rows["measure"] == "net_gain"].iloc[0]
        band = f"{numbers.money(net['model_low'])}..{numbers.money(net['model_high'])}"
        lines.append(Line(f"{group}: {skill} ({agents})", (
            _signed_spell(first["change"]) if first["unit"] == "s" else _points(first["change"]),
            numbers.UNKNOWN if math.isnan(net["change"]) else numbers.signed(numbers.money(net["change"])),
            "" if math.isnan(net["change"]) else band,
        ), first["verdict"]))  # fmt: skip
    return lines


def _signed_spell(value: float) -> str:
    text = numbers.spell(value)
    return text if not value or text.startswith("-") else numbers.signed(text)


def _points(value: float) -> str:
    if math.isnan(value):
        return numbers.UNKNOWN
    text = f"{100 * value:+.{_digits(value)}f}"
    return (text if text.strip("+-0.") else "0.0") + " pt"


def _digits(points: float) -> int:
    """Decimals of a change of a share and of its interval: two of a small one."""
    return 2 if 0 < abs(points) < SMALL else 1


def _percent(value: float) -> str:
    return numbers.share(value, 0).removesuffix(" %")


def _span(rows: Any, side: str) -> str:
    low, high = rows.loc["least", side], rows.loc["most", side]
    return numbers.UNKNOWN if math.isnan(low) else f"{_percent(low)}–{_percent(high)}"


def _few(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def _number_change(row: Any) -> tuple[str, str]:
    half = (row["high"] - row["low"]) / 2
    return f"{row['change']:+.1f}", "" if math.isnan(half) else f"±{half:.1f}"

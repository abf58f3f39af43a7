"""Write docs/bank_1999.md and its pictures: the 1999 bank simulated, beside its log.

    python docs/make_bank_1999_page.py [REPLICATIONS]

Reads only what the project carries: the scenario and the aggregates under scenarios/data.
"""

from __future__ import annotations

import sys
from pathlib import Path
from string import Template

import pandas as pd
from bank_1999_compare import ROOT, SCENARIO, compared, simulated
from bank_1999_pictures import draw_all

from ccsim.scenario import load

HERE = Path(__file__).resolve().parent
TEXT = HERE / "bank_1999.template.md"
PAGE = HERE / "bank_1999.md"
LABELS = {
    "offered_a_week": "offered a week",
    "mean_wait": "mean wait of all, s",
    "asa": "mean wait of answered, s",
    "share_over_60s": "waiting over 60 s",
    "share_queued": "had to queue",
    "abandonment": "abandoned",
}
SHARES = ("share_over_60s", "share_queued", "abandonment")
SHOWN = ("offered_a_week", "mean_wait", "share_over_60s", "abandonment")
OUTSIDE = "**"  # marks a simulated figure outside the log's interval


def main(replications: int = 20) -> None:
    """Simulate, draw, and fill the page's template."""
    table = compared(replications)
    draw_all(table)
    words = {
        "replications": replications,
        "whole": _whole(table),
        "types": _slices(table, "intent", _order(table)),
        "hours": _slices(table, "hour", [str(hour) for hour in range(7, 24)]),
        "inside": _count(table),
        "staffing": _staffing(),
        **_talk_by_hour(table, replications),
        **_facts(),
    }
    page = Template(TEXT.read_text(encoding="utf-8")).substitute(words)
    PAGE.write_text(page, encoding="utf-8")


def _show(measure: str, value: float) -> str:
    if measure in SHARES:
        return f"{value:.1%}".replace("%", " %")
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def _interval(measure: str, row: pd.Series, which: str) -> str:
    return f"{_show(measure, row[f'low_{which}'])}–{_show(measure, row[f'high_{which}'])}"


def _is_inside(row: pd.Series) -> bool:
    return bool(row["low_seen"] <= row["value_sim"] <= row["high_seen"])


def _marked(measure: str, row: pd.Series) -> str:
    mark = "" if _is_inside(row) else OUTSIDE
    return f"{mark}{_show(measure, row['value_sim'])}{mark}"


def _whole(table: pd.DataFrame) -> str:
    rows = table[table["slice"] == "all"].set_index("measure")
    lines = ["| | log | 95 % interval | simulated | 95 % interval |", "|---|---|---|---|---|"]
    for measure, label in LABELS.items():
        row = rows.loc[measure]
        lines.append(
            f"| {label} | {_show(measure, row['value_seen'])} | {_interval(measure, row, 'seen')} "
            f"| {_marked(measure, row)} | {_interval(measure, row, 'sim')} |"
        )
    return "\n".join(lines)


def _order(table: pd.DataFrame) -> list[str]:
    rows = table[(table["slice"] == "intent") & (table["measure"] == "offered_a_week")]
    return rows.sort_values("value_seen", ascending=False)["name"].tolist()


def _slices(table: pd.DataFrame, kind: str, names: list[str]) -> str:
    rows = table[table["slice"] == kind].set_index(["name", "measure"])
    head = "| | " + " | ".join(LABELS[measure] for measure in SHOWN) + " |"
    lines = [head, "|---" * (len(SHOWN) + 1) + "|"]
    for name in names:
        cells = []
        for measure in SHOWN:
            row = rows.loc[(name, measure)]
            seen = f"{_show(measure, row['value_seen'])} ({_interval(measure, row, 'seen')})"
            cells.append(f"{seen} → {_marked(measure, row)}")
        label = f"{name}:00" if kind == "hour" else f"`{name}`"
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _count(table: pd.DataFrame) -> str:
    """How many figures fall inside, by slice, of the four shown."""
    parts = []
    words = {"all": "of the whole centre", "intent": "by type", "hour": "by hour"}
    for kind, word in words.items():
        rows = table[(table["slice"] == kind) & table["measure"].isin(SHOWN)]
        inside = int(rows.apply(_is_inside, axis=1).sum())
        parts.append(f"{inside} of {len(rows)} {word}")
    return ", ".join(parts)


def _staffing() -> str:
    rows = pd.read_csv(HERE / "bank_1999_staffing.csv")
    lines = [
        "| gone after a gap of | agent hours a week | mean wait, s | waiting over 60 s | abandoned |",
        "|---|---|---|---|---|",
    ]
    for row in rows.itertuples():
        used = " (used)" if row.gone_after_min == 10 else ""
        lines.append(
            f"| {row.gone_after_min:.0f} min{used} | {row.agent_hours:.0f} | {row.mean_wait:.0f} "
            f"| {_show('share_over_60s', row.share_over_60s)} | {_show('abandonment', row.abandonment)} |"
        )
    return "\n".join(lines)


def _talk_by_hour(table: pd.DataFrame, replications: int) -> dict[str, str]:
    """What the early and late hours give when talk is as long as it really is in them."""
    facts = _facts_table()["value"]
    early = facts["talk_by_hour.7"]
    late = facts[[f"talk_by_hour.{hour}" for hour in (21, 22, 23)]].mean()
    out = {"talk_7": f"{early:.2f}", "talk_late": f"{late:.2f}", "talk_11": f"{facts['talk_by_hour.11']:.2f}"}
    for word, factor, hour in (("early", early, "7"), ("late", late, "23")):
        other = simulated(replications, load(SCENARIO, sets=[f"channels.voice.talk={factor:.3f}"]))
        seen = _wait_at(hour, table, "value_seen")
        simulated_as_is = _wait_at(hour, table, "value_sim")
        as_talked = _wait_at(hour, other, "value")
        out[f"{word}_seen"] = f"{seen:.0f}"
        out[f"{word}_sim"] = f"{simulated_as_is:.0f}"
        out[f"{word}_as_talked"] = f"{as_talked:.0f}"
        explained = (simulated_as_is - as_talked) / (simulated_as_is - seen)
        out[f"{word}_part"] = f"{explained:.0%}".replace("%", " %")
    return out


def _wait_at(hour: str, table: pd.DataFrame, column: str) -> float:
    rows = table[(table["slice"] == "hour") & (table["name"] == hour)]
    return float(rows.set_index("measure").loc["mean_wait", column])


def _facts_table() -> pd.DataFrame:
    path = ROOT / "scenarios" / "data" / "bank_1999_facts.csv"
    return pd.read_csv(path, comment="#", index_col="name")


def _facts() -> dict[str, str]:
    """The figures of the log that the text quotes."""
    value = _facts_table()["value"]
    return {
        "calls": f"{value['calls']:,.0f}",
        "offered": f"{value['offered']:,.0f}",
        "outside": f"{value['outside_hours']:.0f}",
        "lost": f"{value['lost_in_vru']:.1%}".replace("%", " %"),
        "unusual": f"{value['unusual']:.1%}".replace("%", " %"),
        "agents": f"{value['agents']:.0f}",
        "agent_hours": f"{value['agent_hours']:.0f}",
        "wrap_mean": f"{value['after_call_mean']:.1f}",
        "wrap_median": f"{value['after_call_median']:.0f}",
        "busyness": f"{value['busyness_cv']:.0%}".replace("%", " %"),
        "correlation": f"{value['day_correlation']:.2f}",
        "redial_seen": f"{value['after_hanging_up.seen_share']:.0%}".replace("%", " %"),
        "redial": f"{value['after_hanging_up.corrected_share']:.0%}".replace("%", " %"),
        "redial_callers": f"{value['after_hanging_up.callers']:,.0f}",
        "return_seen": f"{value['after_service.seen_share']:.0%}".replace("%", " %"),
        "returned": f"{value['after_service.corrected_share']:.0%}".replace("%", " %"),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)

"""Derive what scenarios/anonymous_bank_1999.yaml needs from the call log of the Anonymous Bank.

    python scenarios/data/derive_bank_1999.py FOLDER_WITH_THE_LOG

Writes aggregates only, beside this file. The folder may also be given as $CCSIM_DATA.
Source: "Anonymous Bank", Technion (I. Guedj and A. Mandelbaum, 2000), free for use with
acknowledgement; 1-20 February 1999. See L. Brown et al., "Statistical Analysis of a Telephone Call
Center", JASA 100 (2005), for what is known of this centre.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import bank_1999_customers as customers
import bank_1999_log as log
import bank_1999_observed as seen
import bank_1999_skills as skills
import bank_1999_staffing as staffing
import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
SOURCE = (
    "# Derived by derive_bank_1999.py from the Anonymous Bank call log of Technion "
    "(Guedj and Mandelbaum 2000) of 1-20 February 1999"
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def main(folder: Path, out: Path = HERE) -> None:
    """Read the log in ``folder`` and write every aggregate to ``out``."""
    everything = log.read(folder)
    calls = log.offered(everything)
    usual = calls[~calls["unusual"]]
    group_of = skills.groups(skills.skills_seen(calls), skills.stock_first(calls))
    spells = staffing.seated(calls)
    mean = staffing.headcount(spells, group_of)
    _write(arrivals(usual), out / "bank_1999_arrivals.csv")
    for group, agents in staffing.whole(mean).items():
        _write(_long(agents, "agents"), out / f"bank_1999_staff_{group}.csv")
    hazards = customers.hazards(usual)
    for intent, rows in hazards.groupby("intent"):
        table = rows.rename(columns={"start": "from"})[["from", "hazard"]]
        _write(table.round({"hazard": 7}), out / f"bank_1999_patience_{intent}.csv")
    _write(customers.handling(calls).round(4), out / "bank_1999_handling.csv")
    _write(overtaking(calls), out / "bank_1999_credit.csv")
    _write(seen.observed(calls).round(5), out / "bank_1999_observed.csv")
    _write(facts(everything, calls, group_of, mean), out / "bank_1999_facts.csv")


def arrivals(calls: pd.DataFrame) -> pd.DataFrame:
    """Mean calls by weekday, half-hour, intent and segment: the columns a scenario reads."""
    counts = calls.groupby(["weekday", "half_hour", "intent"]).size()
    shares = customers.segment_shares(calls)
    days = log.days_observed()
    rows = []
    for (weekday, half, intent), number in counts.items():
        for segment, share in shares.loc[intent].items():
            contacts = number / days[weekday, half] * share
            if contacts > 0:
                clock = f"{half // 2:02d}:{half % 2 * 30:02d}"
                rows.append((WEEKDAYS[weekday], clock, round(contacts, 4), intent, segment))
    return pd.DataFrame(rows, columns=["weekday", "time", "contacts", "intent", "segment"])


def _long(grid: np.ndarray, name: str) -> pd.DataFrame:
    """Steps of a (weekday, half-hour) grid: a row only where the number changes."""
    rows = []
    for weekday in range(7):
        before = -1
        for half in range(log.HALF_HOURS):
            if grid[weekday, half] != before:
                before = grid[weekday, half]
                clock = f"{half // 2:02d}:{half % 2 * 30:02d}"
                rows.append((WEEKDAYS[weekday], clock, before))
    return pd.DataFrame(rows, columns=["weekday", "time", name])


def overtaking(calls: pd.DataFrame) -> pd.DataFrame:
    """How often a caller of a higher rank who came later was answered first, by how much later."""
    pairs = {
        "high after low": (("regular", 1), ("regular", 2)),
        "low after prospect": (("prospect", 0), ("regular", 1)),
        "high after prospect": (("prospect", 0), ("regular", 2)),
    }
    tables = [skills.inversions(calls, *pair).assign(pair=name) for name, pair in pairs.items()]
    table = pd.concat(tables)
    table = table[table["later_by"] < 330].rename(columns={"size": "pairs", "mean": "overtaken"})
    return table.round(4)[["pair", "later_by", "pairs", "overtaken"]]


def facts(
    everything: pd.DataFrame,
    calls: pd.DataFrame,
    group_of: dict[str, str],
    mean: dict[str, np.ndarray],
) -> pd.DataFrame:
    """Single figures the scenario or its page quotes: name, value, unit, what it is."""
    usual = everything[~everything["unusual"]]
    inside = ~everything["lost_in_vru"]
    back = customers.returns(calls).set_index("what")
    wrap = staffing.after_call(calls)
    rows = [
        ("calls", len(everything), "calls", "in the log, PHANTOM dropped"),
        ("offered", len(calls), "calls", "asked for a person in opening hours"),
        ("outside_hours", int(inside.sum()) - len(calls), "calls", "asked at other times: dropped"),
        ("lost_in_vru", usual["lost_in_vru"].mean(), "share", "left before queue: not offered"),
        ("unusual", calls["unusual"].mean(), "share", "offered in two spans that are left out"),
        ("after_call_mean", wrap.mean(), "s", "gap between calls when somebody waits"),
        ("after_call_median", wrap.median(), "s", "the same, median"),
        ("agents", len(group_of), "agents", "seen in the log"),
        ("agent_hours", sum(g.sum() for g in mean.values()) / 2, "h", "on seat in a usual week"),
    ]
    rows += [(name, value, "", "volume beyond Poisson") for name, value in seen.spread(calls).items()]
    for what, row in back.iterrows():
        for column, value in row.items():
            rows.append((f"{what}.{column}", value, "", "known callers, within one hour"))
    rows += [
        (f"agents.{name}", list(group_of.values()).count(name), "agents", "in this group")
        for name in sorted(set(group_of.values()))
    ]
    for hour, ratio in customers.talk_by_hour(calls).items():
        rows.append((f"talk_by_hour.{hour}", ratio, "", "mean talk over that of the mix of intents"))
    table = pd.DataFrame(rows, columns=["name", "value", "unit", "meaning"])
    return table.assign(value=table["value"].astype(float).round(4))


def _write(table: pd.DataFrame, path: Path) -> None:
    text = table.to_csv(index=False, lineterminator="\n")
    path.write_text(f"{SOURCE}\n{text}", encoding="utf-8")


if __name__ == "__main__":
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("CCSIM_DATA")
    if given is None:
        sys.exit("say where the log is: python scenarios/data/derive_bank_1999.py FOLDER")
    main(Path(given))

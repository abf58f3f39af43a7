"""Write docs/bank_2003.md and its picture: what plain Poisson arrivals miss.

    python docs/make_bank_2003_page.py [RECORDS]

Reads only what the project carries: the scenario and the aggregates under scenarios/data.
"""

from __future__ import annotations

import sys
from pathlib import Path
from string import Template

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from bank_2003_compare import DATA, SCENARIO, STEPS, compared, day_factors, dispersion, samples
from matplotlib.axes import Axes

from ccsim.experiments.run import run
from ccsim.scenario import load

HERE = Path(__file__).resolve().parent
PICTURE = HERE / "images" / "bank_2003_spread.png"
ROWS = {
    "day_mean": ("calls a day", 0),
    "day_sd": ("standard deviation of a day", 0),
    "day_cv_within_weekday": ("the same within weekdays, share of the mean", 3),
    "busiest_in_twenty": ("busiest day in twenty, times its weekday's mean", 2),
    "day_lag1": ("correlation of a day with the next", 2),
    "slot_variance_to_mean": ("variance / mean of five minutes", 2),
    "half_hour_variance_to_mean": ("variance / mean of half-hours", 2),
}
SERVICE = {
    "service_level": "service level, 80 % in 20 s asked",
    "worst_day": "the same on the worst day in ten",
    "days_on_target": "days on target",
    "abandonment": "abandoned",
    "occupancy": "occupancy",
}
REPLICATIONS = 24
STYLES = {"plain": ("#d55e00", ":", "plain Poisson"), "fitted": ("#0072b2", "-", "fitted busyness")}


def main(records: int = 20) -> None:
    """Draw, simulate, and fill the page's template."""
    drawn = {kind: samples(kind, records) for kind in ("plain", "fitted")}
    table = compared(drawn)
    picture(drawn, PICTURE)
    text = Template((HERE / "bank_2003.template.md").read_text(encoding="utf-8"))
    service = simulated_service()
    words = {
        "records": records,
        "spread": _spread(table),
        "service": _service(service),
        "plain_worst": _percent(service.loc["worst_day", "plain"]),
        "fitted_worst": _percent(service.loc["worst_day", "fitted"]),
    }
    (HERE / "bank_2003.md").write_text(text.substitute(words), encoding="utf-8")


def _spread(table: pd.DataFrame) -> str:
    lines = ["| | counts | plain Poisson | fitted busyness |", "|---|---|---|---|"]
    for name, (label, digits) in ROWS.items():
        row = table.loc[name]
        cells = [f"{row['observed']:,.{digits}f}"]
        for kind in ("plain", "fitted"):
            low, high = row[f"{kind}_low"], row[f"{kind}_high"]
            mark = "" if low <= row["observed"] <= high else "**"
            shown = f"{mark}{row[kind]:,.{digits}f}{mark}"
            cells.append(f"{shown} ({low:,.{digits}f}–{high:,.{digits}f})")
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def simulated_service() -> pd.DataFrame:
    """Service with the same staff under both kinds of arrivals: value, low, high by measure."""
    out = {}
    for kind, variant in (("plain", "plain_poisson"), ("fitted", None)):
        found = run(load(SCENARIO, variant=variant), replications=REPLICATIONS)
        measures = found.measures().set_index("measure")
        measures.loc["worst_day"] = found.bad_days().set_index("measure").loc["service_level"]
        for column, name in (("value", kind), ("low", f"{kind}_low"), ("high", f"{kind}_high")):
            out[name] = measures[column]
    return pd.DataFrame(out)


def _service(table: pd.DataFrame) -> str:
    lines = ["| with the same staff | plain Poisson | fitted busyness |", "|---|---|---|"]
    for name, label in SERVICE.items():
        row = table.loc[name]
        cells = [
            f"{_percent(row[kind])} ({_percent(row[f'{kind}_low'])}–{_percent(row[f'{kind}_high'])})"
            for kind in ("plain", "fitted")
        ]
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _percent(share: float) -> str:
    return f"{min(max(share, 0.0), 1.0):.1%}".replace("%", " %")


def picture(drawn: dict[str, list[pd.DataFrame]], path: Path) -> None:
    """Left: how far days lie from their weekday's mean. Right: dispersion over the day."""
    path.parent.mkdir(exist_ok=True)
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8), layout="constrained")
    seen = pd.read_csv(DATA / "bank_2003_day_factors.csv", comment="#")
    left.bar(seen["factor"], seen["days"], width=0.018, color="#999999", label="counts, 135 days")
    over = pd.read_csv(DATA / "bank_2003_dispersion.csv", comment="#")
    hours = np.arange(len(over)) / 2 + 7.25
    right.plot(hours, over["variance_to_mean"], "o", color="#555555", ms=4, label="counts")
    for kind, (colour, line, label) in STYLES.items():
        days = np.mean([day_factors(record)["days"] for record in drawn[kind]], axis=0)
        left.stairs(np.minimum(days, CUT), STEPS, color=colour, ls=line, lw=1.8, label=label)
        spread = np.mean([dispersion(record)["variance_to_mean"] for record in drawn[kind]], axis=0)
        right.plot(hours, spread, line, color=colour, lw=1.8, label=label)
    _dress(left, "Days by their volume over their weekday's mean", "Volume / mean")
    _dress(right, "Variance / mean of five-minute counts", "Hour of the day")
    left.set_ylim(0, CUT)
    left.text(1.03, CUT * 0.6, "plain: every day\nwithin 2 %, cut", color=STYLES["plain"][0], fontsize=9)
    figure.savefig(path, dpi=130)
    plt.close(figure)


CUT = 40  # days: the plain bars would dwarf the rest


def _dress(axis: Axes, title: str, label: str) -> None:
    axis.set_title(title, loc="left", fontsize=10)
    axis.set_xlabel(label)
    axis.set_ylim(bottom=0)
    axis.grid(alpha=0.3)
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False, fontsize=9)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)

"""Derive what scenarios/bank_2003.yaml needs from five-minute counts of a North American bank.

    python scenarios/data/derive_bank_2003.py FOLDER_WITH_THE_COUNTS

Writes aggregates only, beside this file. The folder may also be given as $CCSIM_DATA.
Source: J. Weinberg, L. D. Brown and J. R. Stroud, "Bayesian Forecasting of an Inhomogeneous Poisson
Process with Applications to Call Center Data", JASA 102 (2007): calls a five minutes, weekdays 7:00
to 21:05, 3 March to 12 September 2003. How many agents worked is not in it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from ccsim.theory.staffing import agents_for

HERE = Path(__file__).resolve().parent
FILE = "bank_calls_2003_5min.csv"
SOURCE = (
    "# Derived by derive_bank_2003.py from five-minute counts of a North American bank "
    "in March to September 2003 (Weinberg and Brown and Stroud 2007)"
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
SLOT, HALF_HOUR = 300, 1800
STEPS = np.arange(0.79, 1.36, 0.02)
# Assumed, since only arrivals are known: talk 210 s and wrap-up 30 s, patience 4 min, and staffing
# for the trade's usual target on the mean volume of each half-hour.
HANDLING, PATIENCE, TARGET, WITHIN = 240.0, 240.0, 0.80, 20.0


def main(folder: Path, out: Path = HERE) -> None:
    """Read the counts in ``folder`` and write every aggregate to ``out``."""
    days = read(folder)
    _write(rates(days), out / "bank_2003_arrivals.csv")
    _write(staff(days), out / "bank_2003_staff.csv")
    _write(day_factors(days), out / "bank_2003_day_factors.csv")
    _write(dispersion(days), out / "bank_2003_dispersion.csv")
    table = pd.DataFrame(list(figures(days).items()), columns=["name", "value"])
    _write(table.assign(value=table["value"].round(5)), out / "bank_2003_observed.csv")


def read(folder: Path) -> pd.DataFrame:
    """Counts as a table: one row a day (its date as index), one column a slot (s of the day)."""
    counts = pd.read_csv(folder / FILE, parse_dates=["DateTime"])
    stamp = counts["DateTime"].dt
    slot = stamp.hour * 3600 + stamp.minute * 60
    return counts.assign(date=stamp.normalize(), slot=slot).pivot(
        index="date", columns="slot", values="Calls"
    )


def rates(days: pd.DataFrame) -> pd.DataFrame:
    """Mean calls by weekday and five minutes: the columns a scenario reads."""
    mean = days.groupby(days.index.day_of_week).mean()
    rows = [
        (WEEKDAYS[weekday], f"{slot // 3600:02d}:{slot // 60 % 60:02d}", round(calls, 2))
        for weekday, row in mean.iterrows()
        for slot, calls in row.items()
    ]
    return pd.DataFrame(rows, columns=["weekday", "time", "contacts"])


def staff(days: pd.DataFrame) -> pd.DataFrame:
    """Agents by weekday and half-hour for the assumed target by Erlang A on the mean volume."""
    mean = days.groupby(days.index.day_of_week).mean().T
    half = mean.index.to_series() // HALF_HOUR
    open_seconds = half.groupby(half).size() * SLOT
    rows = []
    for weekday in range(5):
        for start, calls in mean[weekday].groupby(half).sum().items():
            rate = calls / open_seconds[start]
            agents = agents_for(TARGET, WITHIN, rate, HANDLING, PATIENCE)
            rows.append((WEEKDAYS[weekday], f"{start // 2:02d}:{start % 2 * 30:02d}", agents))
        rows.append((WEEKDAYS[weekday], "21:30", 0))
    return pd.DataFrame(rows, columns=["weekday", "time", "agents"])


def figures(days: pd.DataFrame) -> dict[str, float]:
    """The spread of the counts and what fits it, by moments; one name, one figure.

    `days` may also be simulated counts in the same form: the page compares the two.
    """
    total = days.sum(axis=1)
    weekday = days.index.day_of_week
    groups = len(set(weekday))
    freedom = len(days) / (len(days) - groups)
    mean = total.groupby(weekday).transform("mean")
    score = total / mean - 1
    variance = days.groupby(weekday).var(ddof=1)
    slot_mean = days.groupby(weekday).mean()
    cv2 = (score**2).mean() * freedom - (1 / mean).mean()
    beyond = ((variance - slot_mean).to_numpy().mean() / (slot_mean**2).to_numpy().mean()) - cv2
    return {
        "days": float(len(days)),
        "day_mean": float(total.mean()),
        "day_sd": float(total.std(ddof=1)),
        "day_cv_within_weekday": float(np.sqrt((score**2).mean() * freedom)),
        "day_lag1": float(total.autocorr(1)),
        "slot_variance_to_mean": float((variance / slot_mean).to_numpy().mean()),
        "half_hour_variance_to_mean": _half_hours(days),
        "busiest_in_twenty": float((1 + score).quantile(0.95)),
        "busyness_cv": float(np.sqrt(max(cv2, 0.0))),
        "day_correlation": _correlation(score, 1, cv2),
        "friday_monday_correlation": _correlation(score, 3, cv2),
        "interval_cv": float(np.sqrt(max(beyond / (1 + cv2), 0.0))),
    }


def day_factors(days: pd.DataFrame) -> pd.DataFrame:
    """How many days lay in each step of 2 % round their weekday's mean: columns factor, days.

    `factor` is the middle of the step.
    """
    total = days.sum(axis=1)
    score = total / total.groupby(days.index.day_of_week).transform("mean")
    counts, _ = np.histogram(score, STEPS)
    middle = (STEPS[1:] + STEPS[:-1]) / 2
    return pd.DataFrame({"factor": middle.round(3), "days": counts})


def dispersion(days: pd.DataFrame) -> pd.DataFrame:
    """Variance to mean of five-minute counts, by time of day: means over weekdays and half-hours."""
    by_weekday = days.groupby(days.index.day_of_week)
    slots = (by_weekday.var(ddof=1) / by_weekday.mean()).mean()
    half = slots.groupby(slots.index // HALF_HOUR).mean()
    time = [f"{k // 2:02d}:{k % 2 * 30:02d}" for k in half.index]
    return pd.DataFrame({"time": time, "variance_to_mean": half.round(4).to_numpy()})


def _half_hours(days: pd.DataFrame) -> float:
    """Variance to mean of half-hours: how far slots close to each other vary together."""
    half = days.T.groupby(days.columns // HALF_HOUR).sum().T
    by_weekday = half.groupby(half.index.day_of_week)
    return float((by_weekday.var(ddof=1) / by_weekday.mean()).to_numpy().mean())


def _correlation(score: pd.Series, gap: int, cv2: float) -> float:
    """Correlation of the day's factor over ``gap`` calendar days, Poisson noise taken out."""
    weekend = gap == 3  # only Friday and the Monday after
    now = score[score.index.day_of_week == 4] if weekend else score
    later = score.reindex(now.index + pd.Timedelta(days=gap)).to_numpy()
    return float(np.nanmean(now.to_numpy() * later) / cv2) if cv2 > 0 else 0.0


def _write(table: pd.DataFrame, path: Path) -> None:
    text = table.to_csv(index=False, lineterminator="\n")
    path.write_text(f"{SOURCE}\n{text}", encoding="utf-8")


if __name__ == "__main__":
    given = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("CCSIM_DATA")
    if given is None:
        sys.exit("say where the counts are: python scenarios/data/derive_bank_2003.py FOLDER")
    main(Path(given))

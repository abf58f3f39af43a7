"""Cases in which the hour or the day matters: a staffed day, a sine of arrivals, busy and quiet days."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from ccsim.scenario import Scenario
from conformance import seen
from conformance.case import EXACT, Case, Length, Truth, inputs, truths
from conformance.centre import DAY, HOUR, centre, exponential, head, intent, read, share, team
from conformance.seen import Floats, Measure, Pair, Seen

HALF_HOUR = 1800.0
HALF_HOURS = 24
OPENS = 8 * HOUR
MONDAY = date(2026, 1, 5)


def clock_time(seconds: float) -> str:
    return f"{int(seconds // 3600):02d}:{int(seconds % 3600 // 60):02d}"


# --- TV1: a day of half hours, starts empty, headcount changes ---------------------------------------


def half_hours(hours: float) -> Scenario:
    given = inputs("TV1")
    times = [clock_time(OPENS + k * HALF_HOUR) for k in range(len(given["calls"]))]
    rows = [
        f"{day},{time},{calls}"
        for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        for time, calls in zip(times, given["calls"], strict=True)
    ]
    return read(
        {
            **head(round(hours / 168)),
            "calendar": {"hours": {"daily": "08:00-20:00"}},
            "intents": {"call": intent(exponential(given["aht"]))},
            "channels": {"voice": {"redial": "none", "patience": exponential(given["patience_mean"])}},
            "arrivals": {"voice": {
                "counts": {"from": "counts.csv", "as": "rates"}, "busyness": "none", "counted": "first",
            }},
            "agents": {"team": {
                "on_seat": dict(zip(times, given["staff"], strict=True)), "skills": ["call"],
            }},
        },
        {"counts.csv": "\n".join(["weekday,time,contacts", *rows])},
    )  # fmt: skip


def days_watched(v: Seen) -> float:
    return v.length / DAY


@lru_cache(maxsize=1)
def by_half_hour(v: Seen) -> dict[str, tuple[Floats, Floats]]:
    """Numerators and denominators of the measures, one for each half hour of the day."""
    offered = _counts(v.entered)
    half_hours = np.full(HALF_HOURS, HALF_HOUR * days_watched(v))
    days = np.full(HALF_HOURS, days_watched(v))
    answered = v.rows["agent"] >= 0
    left = v.left[answered]
    in_time = v.answered & (v.wait <= 20.0)
    return {
        "abandoned": (_counts(v.left[v.lost]), days),
        "p_delay": (_counts(v.entered[v.delayed]), offered),
        "sl_offered": (_counts(v.entered[in_time]), offered),
        "mean_queue": (_time_to_come(v.entered) - _time_to_come(v.left), half_hours),
        "mean_busy": (_time_to_come(left) - _time_to_come(left + v.rows["talk"][answered]), half_hours),
    }


def _place(times: Floats) -> npt.NDArray[np.int64]:
    """Half hour of the day, from 0 at opening; all later ones are the one after the last."""
    k = (times % DAY - OPENS) // HALF_HOUR
    return np.asarray(np.clip(k, 0, HALF_HOURS), np.int64)


def _counts(times: Floats) -> Floats:
    return np.bincount(_place(times), minlength=HALF_HOURS + 1)[:HALF_HOURS].astype(np.float64)


def _time_to_come(times: Floats) -> Floats:
    """By half hour: how much of it lies after each of `times` (on the same day), summed."""
    where = _place(times)
    here = np.bincount(where, minlength=HALF_HOURS + 1).astype(np.float64)
    into = np.bincount(where, weights=times % DAY - OPENS - where * HALF_HOUR, minlength=HALF_HOURS + 1)
    earlier = np.cumsum(here) - here
    return np.asarray((earlier * HALF_HOUR + here * HALF_HOUR - into)[:HALF_HOURS])


def of_interval(k: int, measure: str) -> Measure:
    """A measure of the half hour `k` of the day, averaged over days."""

    def found(v: Seen) -> Pair:
        numerators, denominators = by_half_hour(v)[measure]
        return float(numerators[k]), float(denominators[k])

    return found


def abandoned_a_day(v: Seen) -> Pair:
    """While the centre is open: who hangs up after closing time is not in the published figure."""
    in_time = v.left % DAY < OPENS + HALF_HOURS * HALF_HOUR
    return float((v.lost & in_time).sum()), days_watched(v)


def staffed_day() -> Case:
    outputs = EXACT["TV1"]["outputs"]
    measures: dict[str, Measure] = {
        "day_abandoned": abandoned_a_day,
        "day_p_delay": seen.p_wait,
        "day_sl_offered": seen.sl_offered(20),
    }
    known = {name: Truth(outputs[name]) for name in measures}
    for k, interval in enumerate(outputs["per_interval"]):
        for name in ("abandoned", "p_delay", "sl_offered", "mean_queue", "mean_busy"):
            label = f"{name} {clock_time(OPENS + k * HALF_HOUR)}"
            measures[label] = of_interval(k, name)
            known[label] = Truth(interval[name])
    return Case(
        name="TV1",
        what=EXACT["TV1"]["description"],
        build=half_hours,
        truths=known,
        measures=measures,
        compiled=Length(4 * 168.0, 24),
        simpy=Length(168.0, 8),
        rates={"call": sum(inputs("TV1")["calls"]) / DAY},
        settle=0.0,
        tail=0.0,
    )


# --- TV3: a sine of arrivals, patience as long as service --------------------------------------------

STEP = 300.0  # s: the sine goes in steps of five minutes, each with the sine's own mean


def sine(hours: float) -> Scenario:
    """One unit of time is an hour. Days go in pairs, t = -24 ... 24: the first day of a pair is there to be
    forgotten, which takes a few hours. The steps shift the mean in system by less than 0.02."""
    given = inputs("TV3")
    weeks = round(hours / 168)
    rows = []
    for day in range(7 * weeks):
        for k in range(round(DAY / STEP)):
            t = (k * STEP - DAY * (1 - day % 2)) / HOUR
            contacts = integral(t + STEP / HOUR) - integral(t)
            rows.append(f"{MONDAY + timedelta(days=day)},{clock_time(k * STEP)},{contacts:.9f}")
    memoryless = exponential(HOUR / given["mu"])
    return read(
        {
            **head(weeks),
            "interval": "5min",
            "calendar": {"hours": {"daily": "24h"}},
            "intents": {"call": intent(memoryless)},
            "channels": {"voice": {"redial": "none", "patience": exponential(HOUR / given["theta"])}},
            "arrivals": {"voice": {
                "counts": {"from": "counts.csv", "as": "rates"}, "busyness": "none", "counted": "first",
            }},
            "agents": {"team": team(given["s"])},
        },
        {"counts.csv": "\n".join(["date,time,contacts", *rows])},
    )  # fmt: skip


def integral(t: float) -> float:
    given = inputs("TV3")
    return float(given["base"] * t - given["amp"] * math.cos(t))


def at_moments(t: float) -> Callable[[Seen], Floats]:
    """Contacts in system at time `t` of each pair of days."""

    def counts(v: Seen) -> Floats:
        moments = np.arange(DAY, v.stop, 2 * DAY) + t * HOUR
        came, went = comings_and_goings(v)
        inside = np.searchsorted(came, moments, "right") - np.searchsorted(went, moments, "right")
        return inside.astype(np.float64)

    return counts


@lru_cache(maxsize=1)
def comings_and_goings(v: Seen) -> tuple[Floats, Floats]:
    return np.sort(v.entered), np.sort(v.left + v.rows["talk"])


def waves() -> Case:
    given, outputs = inputs("TV3"), EXACT["TV3"]["outputs"]
    measures: dict[str, Measure] = {}
    known = {}
    for k, t in enumerate(given["t"]):
        counts = at_moments(t)
        for name, measure in of_counts(counts, given["s"]).items():
            label = f"{name} t={t:g}"
            measures[label] = measure
            known[label] = Truth(outputs[name][k])
    return Case(
        name="TV3",
        what=EXACT["TV3"]["description"] + " (a unit of time: one hour, rates in steps of 5 min)",
        build=sine,
        truths=known,
        measures=measures,
        compiled=Length(4 * 168.0, 18),
        simpy=Length(168.0, 6),
        rates={"call": (integral(24.0) - integral(-24.0)) / (2 * DAY)},
        controls=lambda v: (),
        rare=frozenset(name for name in measures if not name.startswith("mean_in_system")),
        settle=0.0,
        tail=0.0,
    )


def of_counts(counts: Callable[[Seen], Floats], agents: int) -> dict[str, Measure]:
    def mean(figure: Callable[[Floats], Floats]) -> Measure:
        def measure(v: Seen) -> Pair:
            values = figure(counts(v))
            return float(values.sum()), float(len(values))

        return measure

    return {
        "mean_in_system": mean(lambda n: n),
        "p_delay": mean(lambda n: (n >= agents).astype(np.float64)),
        "mean_queue": mean(lambda n: np.maximum(n - agents, 0.0)),
    }


# --- GM1: busy and quiet days ------------------------------------------------------------------------


def busy_days() -> Case:
    given = inputs("GM1")
    shape = given["gamma_shape"]
    build = centre(
        {"call": given["lam"]}, {"call": intent(exponential(given["aht"]))},
        {"team": team(given["servers"])}, {"patience": exponential(given["patience_mean"])},
        arrivals={"busyness": {"cv": share(shape**-0.5), "day_correlation": 0}},
    )  # fmt: skip
    measures = {
        "p_wait": seen.p_wait,
        "p_abandon": seen.p_abandon,
        "mean_wait_all": seen.mean_wait_all,
        "occupancy": seen.busy(given["servers"]),
    }

    def factorial_moments(v: Seen) -> tuple[float, ...]:
        """Of the contacts of a day over their mean: those of the gamma factor are known."""
        born = v.journal.issues["born"]
        day = np.arange(v.start // DAY, v.stop // DAY)
        n = np.histogram(born, np.append(day, day[-1] + 1) * DAY)[0].astype(np.float64)
        mean = given["lam"] * DAY
        return tuple(
            float(np.prod([(n - j) / mean for j in range(k)], axis=0).mean())
            - math.prod((shape + j) / shape for j in range(k))
            for k in (1, 2, 3)
        )

    return Case(
        name="GM1",
        what=EXACT["GM1"]["description"],
        build=build,
        truths=truths("GM1", measures),
        measures=measures,
        compiled=Length(7 * 24.0, 16),
        simpy=Length(2 * 24.0, 10),
        rates={"call": given["lam"]},
        controls=factorial_moments,
        settle=0.0,
        tail=0.0,
    )


CASES = [staffed_day(), waves(), busy_days()]

"""Centres written as a planner would write them: mappings in the words of the scenario file."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from ccsim.scenario import Scenario, loads

HOUR, DAY, WEEK = 3600.0, 86400.0, 604800.0
Build = Callable[[float], Scenario]  # hours of opening in all -> the scenario


def s(seconds: float) -> str:
    """Seconds as a scenario writes them."""
    return f"{seconds:.12g}s"


def share(part: float) -> str:
    return f"{100 * part:.12g}%"


def exponential(mean: float) -> dict[str, Any]:
    return {"exponential": s(mean)}


def intent(talk: Any, **more: Any) -> dict[str, Any]:
    """An intent that is always solved and has no persistent difficulty, unless `more` says otherwise."""
    return {"talk": talk, "fcr": "100%", "complexity": 0, "repeat": "none", **more}


def team(agents: int, *skills: str, **more: Any) -> dict[str, Any]:
    return {"on_seat": agents, "skills": list(skills) or ["call"], **more}


def read(document: Mapping[str, Any], files: Mapping[str, str] | None = None) -> Scenario:
    """The scenario of a document, through the public reader; `files` are the tables it names."""
    text = yaml.safe_dump(dict(document), sort_keys=False)
    if not files:
        return loads(text)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_text(content, encoding="utf-8")
        return loads(text, folder)


def head(weeks: int = 1, seed: int = 1) -> dict[str, Any]:
    """Nothing warms up and nothing follows: what is watched is cut out of the middle of the run."""
    return {"ccsim": 1, "seed": seed, "weeks": weeks, "warm_up": "0 days", "follow_up": "0 days"}


def opening(hours: float) -> tuple[int, dict[str, str], float]:
    """Weeks, opening hours and seconds open a week: part of a Monday, whole days, or whole weeks."""
    if hours < 24.0:
        minutes = round(60 * hours)
        return 1, {"mon": f"00:00-{minutes // 60:02d}:{minutes % 60:02d}"}, 60.0 * minutes
    days = math.ceil(hours / 24.0)
    if days < 7:
        last = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[days - 1]
        return 1, {f"mon-{last}" if days > 1 else "mon": "24h"}, days * DAY
    return math.ceil(days / 7), {"daily": "24h"}, WEEK


def centre(
    rates: Mapping[str, float],
    intents: Mapping[str, Any],
    agents: Mapping[str, Any],
    voice: Mapping[str, Any] | None = None,
    arrivals: Mapping[str, Any] | None = None,
    channel: str = "voice",
    beside: Callable[[float], Mapping[str, Any]] | None = None,
    **sections: Any,
) -> Build:
    """A centre with Poisson arrivals at `rates` (contacts a second, by intent) while it is open.

    They come by `channel`, described in `voice`; `beside` gives other channels for so many hours.
    """

    def build(hours: float) -> Scenario:
        weeks, spans, seconds = opening(hours)
        total = sum(rates.values())
        demand = {
            "contacts": f"{total * seconds:.9f}/week",
            "profile": "flat",
            "mix": {name: share(rate / total) for name, rate in rates.items()},
            "busyness": "none",
            "counted": "first",
        }
        demand |= arrivals or {}
        if "gaps" in demand:
            demand = {key: value for key, value in demand.items() if key not in ("contacts", "profile")}
        return read(
            {
                **head(weeks),
                "calendar": {"hours": spans},
                "intents": dict(intents),
                "channels": {
                    channel: {"redial": "none", "patience": "never", **(voice or {})},
                    **(beside(hours) if beside else {}),
                },
                "arrivals": {channel: demand},
                "agents": dict(agents),
                **sections,
            }
        )

    return build

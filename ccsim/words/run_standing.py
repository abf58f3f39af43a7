"""Where a run stands in its sector, in one sentence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from ccsim.results.standing import BANDS
from ccsim.scenario.sectors import LEVELS
from ccsim.words import cells

if TYPE_CHECKING:
    from ccsim.experiments.run import Run

SHORT = {
    "abandonment": "abandoned", "fcr": "FCR", "csat": "CSAT", "csat_top": "CSAT 5 of 5", "nps": "NPS",
    "ces": "effort", "churn": "churn", "cost_per_contact": "cost a contact",
}  # fmt: skip
ASSUMED = "assumption"
TIED = "\u00a0"  # a blank at which no line breaks


def standing(run: Run) -> str:
    """`poor: abandoned 8.8 % (usual 5 %); usual: NPS +34; good: …`; empty where no sector's preset is taken.

    What belongs together is tied by blanks at which no line breaks.
    """
    if run.scenario.targets.preset is None:
        return ""
    frame = run.standing()
    known = frame[frame["band"] != ""]
    told = []
    for band in [BANDS[0], *sorted(set(known["band"]) - set(BANDS)), *BANDS[1:]]:
        rows = known[known["band"] == band].to_dict("records")
        if rows:
            told.append(f"{band}: {', '.join(_figure(row) for row in rows)}")
    text = "; ".join(told)
    if (known["confidence"] == ASSUMED).any():
        text += ". * by levels that are an assumption"
    return f"{text}."


def _figure(row: dict[str, Any]) -> str:
    """`FCR 68.2 % (usual 71 %)`: the level where it is missed; a star where levels are assumed."""
    name, unit = row["measure"], row["unit"]
    text = f"{SHORT.get(name, name)} {cells.writer(unit, name)(row['value'])}"
    if row["band"] not in BANDS[1:]:
        lowest = next(level for level in LEVELS if not math.isnan(row[level]))
        text += f" ({lowest} {cells.target(unit, name, row[lowest], math.nan)})"
    return text.replace(" ", TIED) + ("*" if row["confidence"] == ASSUMED else "")

"""The section ``targets``: bands that the report colours, own ones and presets by sector."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from ccsim.scenario.fields import Section
from ccsim.scenario.readers import choice, is_none
from ccsim.scenario.sectors import Benchmark, benchmarks
from ccsim.scenario.trouble import Trouble, as_table, nearest, refuse
from ccsim.units import (
    UnitError,
    parse_duration,
    parse_money,
    parse_number,
    parse_share,
)

_UNITS = {
    "share": "service_level service_level_answered service_level_offered service_level_early "
    "days_on_target intervals_on_target abandonment abandonment_all blocked balked "
    "silent dropped transfer_rate escalation_rate occupancy utilisation capacity_in_use strain "
    "shrinkage adherence fcr fcr_observed fcr_gap repeat_rate redial_rate bounce_rate "
    "follow_up_rate resolution_rate switched_issues callbacks callbacks_reached "
    "due_hit_rate containment bot_resolution bounce_back handed_over asked_for_person "
    "context_kept self_service_quit csat csat_top csat_surveyed churn",
    "duration": "asa wait_p50 wait_p80 wait_p95 wait_all_p50 wait_all_p80 wait_all_p95 aht "
    "talk hold wrap_up callback_delay first_response first_response_p95 "
    "resolution_time backlog_age session_time",
    "number": "contacts_per_issue channels_per_issue channel_switches interruptions turns rang_out "
    "load_per_agent backlog backlog_day_end csat_mean ces nps",
    "money": "cost_per_contact cost_per_resolution",
}
MEASURE_UNITS: dict[str, str] = {
    measure: unit for unit, measures in _UNITS.items() for measure in measures.split()
}
_PARSERS = {"share": parse_share, "duration": parse_duration, "money": parse_money, "number": parse_number}
_EXAMPLES = {"share": "max 6%", "duration": "max 20s", "money": "max 5.50", "number": "min 40"}


@dataclass(frozen=True)
class Band:
    """A target: at least ``min``, at most ``max`` (None: no limit on that side).

    Units: shares 0..1, seconds, money, scores. ``source``: where a preset has it from, None for
    the user's own.
    """

    min: float | None = None
    max: float | None = None
    source: str | None = None


def presets() -> dict[str, dict[str, Band]]:
    """The bands of each sector, with their sources: the target level of each measure that has one."""
    return {
        sector: {name: _target(one) for name, one in rows.items() if one.target}
        for sector, rows in benchmarks().items()
    }


def _target(one: Benchmark) -> Band:
    level = one.levels[one.target]
    up = one.better == "up"
    return Band(level if up else None, None if up else level, one.source)


def read_band(measure: str, text: str) -> Band:
    """The band of ``min 80%``, ``max 6%`` or ``min 70% max 85%``."""
    unit = MEASURE_UNITS[measure]
    words = text.split()
    limits: dict[str, float] = {}
    for side, number in zip(words[::2], words[1::2], strict=False):
        if side not in ("min", "max") or side in limits:
            break
        limits[side] = _PARSERS[unit](number.removesuffix("/year"))
    if len(words) % 2 or len(limits) * 2 != len(words) or not limits:
        raise UnitError(f"`{text[:40]}` is not a target", f"write `{_EXAMPLES[unit]}`")
    if len(limits) == 2 and limits["min"] > limits["max"]:
        raise UnitError(f"`{text[:40]}` leaves no room", "let min be the smaller number")
    return Band(limits.get("min"), limits.get("max"))


def split_targets(value: Any) -> Any:
    """``preset`` and the bands of the mapping in the file."""
    if isinstance(value, dict) and isinstance(value.get("bands"), dict):
        return value
    if is_none(value):
        return {}
    trouble, bands = Trouble(), {}
    table = as_table(value, "{preset: ecommerce, abandonment: max 6%}")
    preset = table.get("preset")
    if preset is not None and not is_none(preset):
        preset = trouble.take(choice(presets()), preset, "preset")
        bands.update(presets().get(str(preset), {}))
    for measure, item in table.items():
        if measure == "preset":
            continue
        if measure not in MEASURE_UNITS:
            hint = nearest(measure, MEASURE_UNITS) or f"measures: {', '.join(MEASURE_UNITS)}"
            trouble.add("is not a measure", hint, measure, key=True)
        elif is_none(item):
            bands.pop(measure, None)
        else:
            band = trouble.take(partial(_band, measure), item, measure)
            bands.update({measure: band} if band else {})
    trouble.settle()
    return {"preset": None if is_none(preset) else preset, "bands": bands}


def _band(measure: str, item: Any) -> Band:
    if not isinstance(item, str):
        raise refuse("a target is needed here", f"write `{_EXAMPLES[MEASURE_UNITS[measure]]}`")
    return read_band(measure, item)


class Targets(Section):
    """Bands by measure; the preset's are in ``bands`` already, the user's own win."""

    preset: str | None = None
    bands: Annotated[
        dict[str, Band], BeforeValidator(lambda value: value), WithJsonSchema({"type": "object"})
    ] = Field(default_factory=dict)

"""What is assumed of the operation where the scenario says nothing, with range and source.

The models hold the same values as defaults; a test keeps the two in step. Relative changes of a
value that was not given start from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from ccsim.parameters import outcome_parameters
from ccsim.scenario.nodes import Path
from ccsim.units import format_duration, plain

ANY = "*"


@dataclass(frozen=True)
class Usual:
    """One default: where it stands (``*`` for any name), its text, range, source, confidence."""

    path: Path
    text: str
    low: str
    high: str
    meaning: str
    source: str
    confidence: str

    def fits(self, path: Path) -> bool:
        """Whether a path is one that this default speaks of."""
        return len(path) == len(self.path) and all(
            mine in (ANY, step) for mine, step in zip(self.path, path, strict=True))


def _plain(path: str, text: str, meaning: str, low: str = "", high: str = "",
           source: str = "assumption", confidence: str = "assumption") -> Usual:
    return Usual(tuple(path.split(".")), text, low, high, meaning, source, confidence)


def _from(path: str, name: str, meaning: str, unit: str = "", kind: str = "") -> Usual:
    """A default that is a parameter of the outcome model's file."""
    parameter = outcome_parameters()[name]
    kind = kind or parameter.unit
    low, high = (written(limit, kind) + unit if limit is not None else ""
                 for limit in (parameter.low, parameter.high))
    return Usual(tuple(path.split(".")), written(parameter.number, kind) + unit, low,
                 high, meaning, f"{name}: {parameter.source}", parameter.confidence)


def written(value: float, unit: str) -> str:
    """A parameter's value as a scenario would write it."""
    if unit == "share/yr":
        return f"{plain(value * 100)}%/year"
    if unit.startswith("share") and unit != "share per point":
        return f"{plain(value * 100)}%"
    if unit == "s":
        return format_duration(value)
    return f"{plain(value)} months" if unit == "month" else plain(value)


def usual_values() -> list[Usual]:
    """Every operational default, the most influential first."""
    return [
        _from("intents.*.repeat.chance", "ops.repeat_prob", "an unresolved issue comes back"),
        _from("channels.voice.patience", "ops.patience_mean_voice", "mean patience, exponential"),
        _from("channels.voice.redial.chance", "ops.redial_prob", "who hangs up calls again"),
        _from("intents.*.fcr", "ops.fcr", "one proficient handling resolves the issue"),
        _from("arrivals.*.busyness.cv", "arrivals.busyness_cv_day",
              "days as a whole busier or quieter than planned", kind="share"),
        _from("intents.*.talk.lognormal.cv", "ops.aht_cv", "spread of a talk time given bare"),
        _from("agents.*.shrinkage.absence", "ops.absence", "absence of scheduled agents"),
        _from("agents.*.shrinkage.other", "ops.shrinkage", "paid, not on seat (cost only)"),
        _from("agents.*.wage", "cost.wage_hour", "gross", "/h"),
        _from("agents.*.adherence", "ops.adherence", "of the schedule in seat"),
        _from("arrivals.*.busyness.day_correlation", "arrivals.busyness_ar1", "from day to day"),
        _plain("intents.*.complexity", "0.5", "how far talk and resolution follow the issue's "
               "difficulty (correlation)", "0", "0.9"),
        _from("channels.voice.redial.after", "ops.redial_delay", "mean delay, exponential"),
        _plain("channels.voice.redial.cap", "4", "attempts of one contact", "2", "none"),
        _from("agents.*.on_cost", "cost.on_cost", "employer charges on the wage"),
        _from("agents.*.licence", "cost.licence_agent_month", "software, an agent", "/month"),
        _from("agents.*.overtime", "cost.overtime_factor", "pay of an hour of overtime"),
        _plain("channels.voice.tries_later", "0%", "who calls while closed calls again at the "
               "next opening", "0%", "60%"),
        _plain("channels.voice.short_abandon", "5s", "hangs up before this: counted apart", "0s",
               "10s", "usual practice"),
        _plain("arrivals.*.profile", "two_peaks", "shape of the day"),
        _plain("arrivals.*.growth", "0%/year", "growth of the volume"),
        _plain("shifts.*.waves", "4", "groups that take their breaks one after the other", "1",
               "8"),
    ]


def usual_text(path: Path) -> str | None:
    """The default at a path, as text; None where there is none."""
    return next((usual.text for usual in usual_values() if usual.fits(path)), None)

"""The sections ``experience``, ``loyalty`` and ``economics``: what you believe of the outcome model.

Every default of the outcome model may be overridden by its name, written nested or dotted:
``experience: {csat: {weights: {log_wait: 0.3}}}`` is ``experience.csat.weights.log_wait``.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from ccsim.parameters import Parameter, outcome_parameters, with_overrides
from ccsim.scenario.fields import Churn, Money, Section
from ccsim.scenario.periods import read_churn
from ccsim.scenario.readers import choice, scalar, show_seconds, show_share
from ccsim.scenario.trouble import Trouble, as_table, nearest, refuse
from ccsim.scenario.usual_row import written
from ccsim.units import MONTH, UnitError, parse_count, parse_duration, parse_number, parse_share

Override = float | tuple[float, ...]
ROOMS: dict[str, tuple[str, ...]] = {
    "experience": ("csat", "ces", "effort", "nps", "survey", "recovery"),
    "loyalty": ("relation", "churn", "wom"),
    "economics": ("value", "cost"),
}
_WORDS = ("ces.polarity",)  # written among the parameters, and none of them
GROWTH_FROM = ("none", "referrals", "nps")
_SAID_ELSEWHERE = {
    "ops.aht_cv": "intents.NAME.talk",
    "ops.fcr": "intents.NAME.fcr",
    "ops.patience_mean_voice": "channels.voice.patience",
    "ops.patience_mean_chat": "channels.chat.patience",
    "ops.redial_prob": "channels.voice.redial.chance",
    "ops.redial_delay": "channels.voice.redial.after",
    "ops.repeat_prob": "intents.NAME.repeat.chance",
    "ops.repeat_within_10min": "intents.NAME.repeat.after",
    "ops.shrinkage": "agents.NAME.shrinkage",
    "ops.absence": "agents.NAME.shrinkage.absence",
    "ops.adherence": "agents.NAME.adherence",
    "transfer.rate": "intents.NAME.transfer.chance",
    "arrivals.busyness_cv_day": "arrivals.voice.busyness.cv",
    "arrivals.busyness_ar1": "arrivals.voice.busyness.day_correlation",
    "value.horizon_months": "economics.horizon",
    **dict.fromkeys(("word_of_mouth", "wom", "referrals", "nps_growth"), "economics.growth_from"),
}
# Beyond these a parameter would turn the model round, or has no meaning: more trouble never pleases.
_LIMITS: dict[str, tuple[float, float]] = {
    "csat.weights.": (0, 20),
    "effort.bot_dead_end": (0, 20),
    "csat.sd_": (0, 10),
    "ces.lambda": (0, 20),
    "ces.unresolved": (0, 20),
    "nps.slope": (0, 20),
    "nps.revenue_growth_per_point": (0, 0.1),
    "recovery.": (0, 5),
    "wom.": (0, 20),
    "relation.half_life_months": (0.1, 1200),
    "churn.hr_bad_episode": (1, 100),
    "churn.relation_slope": (0, 20),
    "value.heterogeneity": (0, 0.95),
    "survey.response_rate": (0.0001, 1),
}
_month_reader = scalar(lambda text: parse_duration(text, "12 months") / MONTH, "12 months", low=0, high=1200)
_seconds_reader = scalar(parse_duration, "15min", low=0, show=show_seconds)
_share_reader = scalar(parse_share, "15%", low=0, high=1, show=show_share)
_number_reader = scalar(parse_number, "1.5", low=-1e9, high=1e9)


def flatten(value: dict[str, Any], prefix: str = "") -> dict[str, tuple[Any, tuple[str, ...]]]:
    """Nested mappings as dotted names, each with its value and its path as written."""
    flat: dict[str, tuple[Any, tuple[str, ...]]] = {}
    for key, item in value.items():
        name = f"{prefix}.{key}" if prefix else key
        if isinstance(item, dict) and item:
            flat |= {deep: (found, (key, *path)) for deep, (found, path) in flatten(item, name).items()}
        else:
            flat[name] = (item, (key,))
    return flat


def read_overrides(value: Any, room: str, trouble: Trouble) -> dict[str, Override]:
    """Parsed overrides by parameter name; unknown names are faults with the nearest spelling."""
    known = {
        name: parameter
        for name, parameter in outcome_parameters().items()
        if name.split(".")[0] in ROOMS[room] and name not in _SAID_ELSEWHERE
    }
    overrides: dict[str, Override] = {}
    for name, (item, path) in flatten(as_table(value, f"{ROOMS[room][0]}: {{...}}")).items():
        if name not in known:
            trouble.add("no parameter is called so", _meant(name, known, room), *path, key=True)
            continue
        found = trouble.take(partial(_value, known[name]), item, *path)
        if found is not None:
            overrides[name] = found
    return overrides


def _meant(name: str, known: dict[str, Parameter], room: str) -> str:
    for other, rooms in ROOMS.items():
        if other != room and name.split(".")[0] in rooms:
            return f"it belongs under `{other}:`"
    if name in _SAID_ELSEWHERE:
        return f"say it with {_SAID_ELSEWHERE[name]}"
    words = [*known, *(name for name in _WORDS if name.split(".")[0] in ROOMS[room])]
    return nearest(name, words) or f"`ccsim explain FILE --all` lists them ({room}: {', '.join(ROOMS[room])})"


def _value(parameter: Parameter, item: Any) -> Override:
    """One value in the parameter's unit, or a list: (value, low, high), or its ordered cuts."""
    read = _reader(parameter.unit)
    if isinstance(item, dict):
        raise refuse("a value is needed here", f"its unit is {parameter.unit}")
    parts = item if isinstance(item, list) else str(item).split("|")
    values = tuple(float(read(part)) for part in parts)
    for value in values:
        _limited(parameter)(value)
    given: Override = values[0] if len(values) == 1 else values
    try:
        with_overrides({parameter.name: given})
    except ValueError as error:
        raise UnitError(str(error)) from None
    return given


def _limited(parameter: Parameter) -> Any:
    """A check of a value against what the parameter can be at all."""
    low, high = next(
        (limits for start, limits in _LIMITS.items() if parameter.name.startswith(start)), (None, None)
    )
    return scalar(parse_number, "1.5", low, high, show=partial(written, unit=parameter.unit))


def _reader(unit: str) -> Any:
    if unit == "share/yr":
        return read_churn
    if unit.startswith("share") and unit != "share per point":
        return _share_reader
    if unit.startswith("s") and unit.split()[0] == "s":
        return _seconds_reader
    return _month_reader if unit == "month" else _number_reader


def _for_room(room: str, *named: str) -> Any:
    def split(value: Any) -> Any:
        """Named fields stay; everything else is an override of a parameter."""
        if (
            isinstance(value, dict)
            and isinstance(value.get("overrides"), dict)
            and all(isinstance(item, float | tuple) for item in value["overrides"].values())
        ):
            return value
        table = as_table(value, f"{room}: {{...}}")
        trouble = Trouble()
        rest = {key: item for key, item in table.items() if key not in named}
        overrides = read_overrides(rest, room, trouble) if rest else {}
        trouble.settle()
        return {**{key: table[key] for key in named if key in table}, "overrides": overrides}

    return split


POLARITIES = ("ease", "effort")


def split_experience(value: Any) -> Any:
    """Overrides as in every room, and the word at ``ces.polarity``, which is no parameter."""
    if not isinstance(value, dict):
        return _split_experience(value)
    own = value.get("ces")
    if not isinstance(own, dict) or "polarity" not in own:
        return _split_experience(value)
    trouble = Trouble()
    word = trouble.take(choice(POLARITIES), own["polarity"], "ces", "polarity")
    ces = {key: item for key, item in own.items() if key != "polarity"}
    others = {key: item for key, item in value.items() if key != "ces"}
    rest = trouble.take(_split_experience, {**others, "ces": ces} if ces else others)
    trouble.settle()
    return {**(rest or {}), "ces_polarity": word}


_split_experience = _for_room("experience")


class Experience(Section):
    """Overrides of the way from journeys to effort, CSAT, NPS and surveys, by parameter name.

    ``ces_polarity``: how effort scores (CES) are shown and their targets read: `ease`, 7 easy, or
    `effort`, 7 hard. They are kept as ease either way.
    """

    ces_polarity: str = "ease"
    overrides: dict[str, Override] = Field(default_factory=dict)


class Loyalty(Section):
    """Overrides of the way from experience to churn, by parameter name."""

    overrides: dict[str, Override] = Field(default_factory=dict)


class WithoutService(Section):
    """The centre that is not there: what ``churn`` a year would be with no service at all."""

    churn: Churn = None


def _read_months(value: Any) -> Any:
    months = _horizon_reader(value)
    if isinstance(months, float) and abs(months - round(months)) > 1e-6:
        raise refuse("a horizon is a whole number of months", "write `12 months` or `2 years`")
    return round(months) if isinstance(months, float) else months


def _horizon(text: str) -> float:
    if text.strip().isdecimal():
        parse_count(text)
        raise UnitError(f"`{text}` has no unit", f"write `{text} months`")
    return parse_duration(text, "12 months") / MONTH


_horizon_reader = scalar(_horizon, "12 months", low=1, high=600)


class Economics(Section):
    """Money over ``horizon`` months, ``discount`` a year (None: the outcome model's).

    ``one_off`` is spent at the start; ``overrides`` of parameters by name (``cost.*``,
    ``value.*``). Total ROI is shown only where ``without_service.churn`` is given. ``growth_from``: what
    word of mouth does, one way or none, so that no customer is counted twice: ``referrals`` brings
    customers, ``nps`` lets the margin of those there grow.
    """

    without_service: WithoutService | None = None
    horizon: Annotated[
        int, BeforeValidator(_read_months), WithJsonSchema({"type": "string", "description": "24 months"})
    ] = 12
    discount: Churn = None
    one_off: Money = 0.0
    growth_from: Annotated[
        str, BeforeValidator(choice(GROWTH_FROM)), WithJsonSchema({"enum": list(GROWTH_FROM)})
    ] = "none"
    overrides: dict[str, Override] = Field(default_factory=dict)

    @property
    def without_service_churn(self) -> float | None:
        """Churn a year with no service at all, None where nobody said it."""
        return self.without_service.churn if self.without_service else None


split_loyalty = _for_room("loyalty")
split_economics = _for_room("economics", "without_service", "horizon", "discount", "one_off", "growth_from")

"""What was given, and what is assumed: the figures a reader should question first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from textwrap import wrap

from ccsim.distributions import FAMILIES
from ccsim.parameters import Parameter, outcome_parameters
from ccsim.scenario.arrivals import Arrivals
from ccsim.scenario.context import Context
from ccsim.scenario.individuals import with_listed_groups
from ccsim.scenario.merging import expanded
from ccsim.scenario.nodes import Mark, Node, Scalar, Table, find, scalars
from ccsim.scenario.nodes import Path as Steps
from ccsim.scenario.outcomes import ROOMS
from ccsim.scenario.paths import ONE_VALUE
from ccsim.scenario.people_usual import people_stand_on
from ccsim.scenario.scenario import Scenario
from ccsim.scenario.shape import NAMED_SECTIONS
from ccsim.scenario.terms import learning_of
from ccsim.scenario.usual import ANY, Usual, usual_values, written

TOP, WIDTH = 10, 80
# Parameters on file that no figure of a voice centre stands on, or that a key of their own states.
_NOT_IN_FORCE = (
    "bot.",
    "callback.",
    "ops.",
    "check.",
    "churn.base_annual.",
    "learning.",
    "assist.",
    "strain.",
    "workforce.",
    "handover.",
    "transfer.",
    "arrivals.",
    "ces.cuts_low_high",
)
# Parameters in force only where there is what they speak of.
_WHERE: dict[str, Callable[[Scenario], bool]] = {
    "effort.bot_dead_end": lambda scenario: any(bot.enabled for bot in scenario.self_service.values()),
    "effort.promised_wait": lambda scenario: any(one.deferred for one in scenario.channels.values()),
    "csat.concurrency_above_2": lambda scenario: any(
        number > 2 for group in scenario.agents.values() for number in group.handles.values()
    ),
    "csat.novice": lambda scenario: any(learning_of(scenario, name) for name in scenario.agents),
    "recovery.effect_on_csat": lambda scenario: _empowered(scenario),
    "recovery.effect_on_loyalty": lambda scenario: _empowered(scenario),
    "nps.revenue_growth_per_point": lambda scenario: scenario.economics.growth_from == "nps",
    "value.referrals_per_promoter": lambda scenario: scenario.economics.growth_from == "referrals",
    "wom.negative_to_positive": lambda scenario: scenario.economics.growth_from == "referrals",
}
# The order in which they move CSAT, churn and money in the sample scenarios.
_INFLUENCE = (
    "csat.weights.unresolved",
    "csat.intercept",
    "churn.hr_bad_episode",
    "intents.*.repeat.chance",
    "csat.weights.extra_contact",
    "channels.*.patience",
    "channels.*.redial.chance",
    "intents.*.fcr",
    "self_service.*.contains",
    "self_service.*.false_containment",
    "self_service.*.comes_back",
    "channels.*.slowdown",
    "arrivals.*.busyness.cv",
    "agents.*.shrinkage.absence",
    "agents.*.wage",
    "csat.weights.log_wait",
    "intents.*.talk.lognormal.cv",
    "agents.*.shrinkage.other",
    "churn.bad_effort_percentile",
    "cost.overhead",
    "economics.discount",
    "csat.weights.abandonment",
    "churn.exit_prob_severe",
    "agents.*.adherence",
)
_ELSEWHERE = {"value.discount_annual": "economics.discount", "value.horizon_months": "economics.horizon"}
_OPERATIONAL = ("cost.wage_hour", "cost.on_cost", "cost.licence_agent_month", "cost.overtime_factor")
_FAMILIES = {
    "talk": "lognormal, cv 0.9",
    "hold": "lognormal, cv 0.9",
    "wrap_up": "lognormal, cv 0.9",
    "patience": "exponential",
    "after": "exponential",
    "gaps": "exponential",
    "session": "lognormal, cv 0.5",
    "think": "exponential",
    "retry_after": "exponential",
    "tenure": "exponential",
}
_DRAWN = ("intents", "channels", "arrivals", "self_service", "agents")
# Parts that are off unless written: what is usual of them holds only where they are.
_OPTIONAL = ("callback", "announce", "transfer", "escalate")


@dataclass(frozen=True)
class Given:
    """One value that the user wrote: its path, its text, and where it comes from."""

    path: str
    text: str
    origin: str


@dataclass(frozen=True)
class Assumed:
    """One value that nobody gave.

    ``path`` is where to set it (``*``: for the items in ``items``); texts carry their units;
    ``low`` and ``high`` are empty where no range is known.
    """

    path: str
    items: tuple[str, ...]
    text: str
    low: str
    high: str
    meaning: str
    source: str
    confidence: str


def given(scenario: Scenario) -> list[Given]:
    """Every value written, in the order of the merged file."""
    tree = _tree(scenario)
    of_variant = _variant_marks(scenario)
    found = []
    for path, scalar in scalars(tree):
        if path[0] != "variants":
            origin = of_variant.get(scalar.mark) or _origin(scalar.mark)
            found.append(Given(".".join(path), scalar.text, origin))
    return found


def families(scenario: Scenario) -> list[Given]:
    """Bare durations and the family of distribution each stands for."""
    found = []
    for path, scalar in scalars(_tree(scenario)):
        family = _FAMILIES.get("talk" if _talk_on_a_channel(path) else path[-1])
        bare = path[0] in _DRAWN and scalar.text.lower() not in ("never", "none")
        if family and bare and not (path[0] != "intents" and path[-1] == "talk"):
            found.append(Given(".".join(path), scalar.text, family))
    return found


def _talk_on_a_channel(path: Steps) -> bool:
    return path[0] == "intents" and path[2:3] == ("talk",) and len(path) == 4 and (path[3] not in FAMILIES)


def assumed(scenario: Scenario) -> list[Assumed]:
    """Every default in force, the most influential first."""
    tree = _tree(scenario)
    ranked = [
        (".".join(usual.path), row)
        for usual in usual_values()
        if (row := _operational(scenario, tree, usual))
    ]
    ranked += [(one.name, _outcome(one)) for one in _left_to_us(scenario, tree) if _moves(scenario, one)]
    order = {name: rank for rank, name in enumerate(_INFLUENCE)}
    ranked.sort(key=lambda pair: min(order.get(name, len(order)) for name in (pair[0], pair[1].path)))
    return [row for _, row in ranked]


def moot(scenario: Scenario) -> list[Assumed]:
    """Parameters of the outcome model that move nothing in this scenario, but may be stated."""
    rows = _left_to_us(scenario, _tree(scenario))
    return [_outcome(one) for one in rows if not _moves(scenario, one)]


def _left_to_us(scenario: Scenario, tree: Node) -> list[Parameter]:
    """Parameters of the outcome model that the scenario does not state."""
    stated = (*_OPERATIONAL, *_overridden(scenario, tree))
    return [
        one
        for one in outcome_parameters().values()
        if not one.name.startswith(_NOT_IN_FORCE) and one.name not in stated
    ]


def _moves(scenario: Scenario, parameter: Parameter) -> bool:
    """Whether the parameter has a value, and there is what it speaks of."""
    there = _WHERE.get(parameter.name)
    return not isnan(parameter.numbers[0]) and (there is None or there(scenario))


def _empowered(scenario: Scenario) -> bool:
    """Whether somebody may make good what went wrong."""
    return any(group.empowerment for group in scenario.agents.values())


def _tree(scenario: Scenario) -> Node:
    tree, path = scenario.source.tree, scenario.source.path
    if tree is None:
        return Table({}, Mark(""))
    return expanded(with_listed_groups(tree, Context(path.parent if path else None)))


def _overridden(scenario: Scenario, tree: Node) -> set[str]:
    """Parameters that the scenario states, by override or by a key of its own."""
    rooms = (scenario.experience, scenario.loyalty, scenario.economics)
    named = {name for name, path in _ELSEWHERE.items() if find(tree, tuple(path.split("."))) is not None}
    return named | {name for room in rooms for name in room.overrides}


def _variant_marks(scenario: Scenario) -> dict[Mark, str]:
    name, tree = scenario.source.variant, scenario.source.tree
    node = find(tree, ("variants", name, "set")) if name and tree is not None else None
    return {scalar.mark: f"variant `{name}`" for _, scalar in scalars(node)} if node else {}


def _origin(mark: Mark) -> str:
    if mark.line:
        return f"{Path(mark.file).name}:{mark.line}"
    return "--set" if mark.file.startswith("--set") else mark.file


def _operational(scenario: Scenario, tree: Node, usual: Usual) -> Assumed | None:
    """The row of a default, with the items it is in force for; None where there are none.

    Where it is in force for one channel alone, the path names that channel.
    """
    section = usual.path[0]
    named = tuple(getattr(scenario, section)) if section in NAMED_SECTIONS else ("",)
    items = tuple(name for name in named if _applies(scenario, tree, usual, name))
    if not items:
        return None
    path, rest = usual.path, items if ANY in usual.path else ()
    if path[0] == "channels" and len(items) == 1:
        path, rest = (path[0], items[0], *path[2:]), ()
    return Assumed(
        ".".join(path), rest, usual.text, usual.low, usual.high, usual.meaning, usual.source, usual.confidence
    )


def _applies(scenario: Scenario, tree: Node, usual: Usual, name: str) -> bool:
    """Whether this default is in force for this item: neither given nor beside the point."""
    path = (usual.path[0], name, *usual.path[2:]) if name else usual.path
    if _stated(tree, path) or not _of_kind(scenario, usual, name):
        return False
    if path[2:] and path[2] in _OPTIONAL and find(tree, path[:3]) is None:
        return False
    if usual.path[0] in ("agents", "workforce"):
        return people_stand_on(scenario, path)
    if usual.path[0] == "arrivals":
        return _stands_on(scenario.arrivals[name], path[2])
    if path[2:] == ("talk", "lognormal", "cv"):
        return isinstance(find(tree, path[:3]), Scalar)
    return not (usual.path[0] == "channels" and _beside_the_point(scenario, name, path[-1]))


def _stands_on(arrivals: Arrivals, key: str) -> bool:
    """Whether the volume asks for it: a profile spreads contacts, a replay is what it was."""
    if key == "profile":
        return arrivals.contacts is not None
    return not arrivals.replayed and arrivals.gaps is None


def _of_kind(scenario: Scenario, usual: Usual, name: str) -> bool:
    section = "channels" if usual.path[0] == "arrivals" else usual.path[0]
    return not usual.kinds or getattr(scenario, section)[name].kind in usual.kinds


def _beside_the_point(scenario: Scenario, channel: str, key: str) -> bool:
    """A slowdown where nobody has several in hand, the cost of ghosts where there are none."""
    own = scenario.channels[channel]
    if key == "slowdown":
        several = any(
            group.handles.get(channel, 0) > 0 and max(group.handles.values()) > 1
            for group in scenario.agents.values()
        )
        return own.pace is not None or not several
    return key == "silent_time" and own.silent == 0.0


def _stated(tree: Node, path: Steps) -> bool:
    """Whether a value, or a short form or `none` above it, is written."""
    if find(tree, path) is not None:
        return True
    above = find(tree, path[:3])
    if path[2:3] == ("shrinkage",):
        return above is not None
    if not isinstance(above, Scalar):
        return False
    none = above.text.lower() in ("none", "null", "~")
    return none or (len(path) > 3 and ONE_VALUE.get(path[2]) == path[3])


def _outcome(parameter: Parameter) -> Assumed:
    name = parameter.name
    room = next((room for room, heads in ROOMS.items() if name.split(".")[0] in heads), "")
    low, high = (
        written(limit, parameter.unit) if limit is not None else ""
        for limit in (parameter.low, parameter.high)
    )
    text = "|".join(
        "not given" if isnan(number) else written(number, parameter.unit) for number in parameter.numbers
    )
    return Assumed(
        _ELSEWHERE.get(name, f"{room}.{name}"),
        (),
        text,
        low,
        high,
        parameter.meaning or name.replace("_", " ").replace(".", ": "),
        parameter.source,
        parameter.confidence,
    )


def explain(scenario: Scenario, everything: bool = False) -> str:
    """The answer of ``ccsim explain``: given values, families, the assumptions that matter."""
    rows = assumed(scenario)
    shown = rows if everything else rows[:TOP]
    lines = [scenario.name, "", "Given", *_columns(given(scenario))]
    usual = families(scenario)
    if usual:
        lines += ["", "Bare durations stand for", *_columns(usual)]
    head = "all" if everything else f"the {len(shown)} most influential of {len(rows)}"
    lines += ["", f"Assumed, not given ({head})"]
    for row in shown:
        lines += _told(row)
    if everything and (idle := moot(scenario)):
        lines += ["", "Off, or without effect in this scenario"]
        for row in idle:
            lines += _told(row)
    if not everything and len(rows) > TOP:
        lines.append(f"  {len(rows) - TOP} more: ccsim explain {scenario.source.label} --all")
    return "\n".join(lines)


def _told(row: Assumed) -> list[str]:
    """Where to set it, its value and range; under it what it means, and its source."""
    span = f" ({row.low} to {row.high})" if row.low or row.high else ""
    meaning = wrap(
        f"{row.meaning}; {row.source} [{row.confidence}]",
        WIDTH,
        initial_indent=" " * 6,
        subsequent_indent=" " * 6,
    )
    return [f"  {row.path}  {row.text}{span}", *meaning]


def _columns(rows: list[Given]) -> list[str]:
    """Path, value, origin; the columns as wide as most rows need."""
    path = min(40, max((len(row.path) for row in rows), default=0))
    text = min(20, max((len(row.text) for row in rows), default=0))
    return [f"  {row.path:<{path}}  {row.text:<{text}}  {row.origin}" for row in rows]

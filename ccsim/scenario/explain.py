"""What was given, and what is assumed: the figures a reader should question first."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from pathlib import Path
from textwrap import wrap

from ccsim.parameters import Parameter, outcome_parameters
from ccsim.scenario.merging import expanded
from ccsim.scenario.nodes import Mark, Node, Scalar, Table, find, scalars
from ccsim.scenario.nodes import Path as Steps
from ccsim.scenario.outcomes import ROOMS
from ccsim.scenario.scenario import Scenario
from ccsim.scenario.usual import ANY, Usual, usual_values, written

TOP, WIDTH = 10, 80
# Parameters on file that no figure of a voice centre stands on, or that a key of their own states.
_NOT_IN_FORCE = (
    "bot.", "callback.", "ops.", "check.", "churn.base_annual.", "learning.", "assist.", "strain.",
    "workforce.", "handover.", "transfer.", "arrivals.", "csat.concurrency", "csat.novice",
    "ces.cuts_low_high", "nps.revenue_growth", "recovery.", "wom.",
)
# The order in which they move CSAT, churn and money in the sample scenarios.
_INFLUENCE = (
    "csat.weights.unresolved", "csat.intercept", "churn.hr_bad_episode", "intents.*.repeat.chance",
    "csat.weights.extra_contact", "channels.voice.patience", "channels.voice.redial.chance",
    "intents.*.fcr", "arrivals.*.busyness.cv", "agents.*.shrinkage.absence", "agents.*.wage",
    "csat.weights.log_wait", "intents.*.talk.lognormal.cv", "agents.*.shrinkage.other",
    "churn.bad_effort_percentile", "cost.overhead", "economics.discount",
    "csat.weights.abandonment", "churn.exit_prob_severe", "agents.*.adherence",
)
_ELSEWHERE = {"value.discount_annual": "economics.discount",
              "value.horizon_months": "economics.horizon"}
_OPERATIONAL = ("cost.wage_hour", "cost.on_cost", "cost.licence_agent_month",
                "cost.overtime_factor")
_FAMILIES = {"talk": "lognormal, cv 0.9", "hold": "lognormal, cv 0.9",
             "wrap_up": "lognormal, cv 0.9", "patience": "exponential", "after": "exponential",
             "gaps": "exponential"}


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
        family = _FAMILIES.get(path[-1])
        bare = path[0] in ("intents", "channels", "arrivals") and scalar.text.lower() not in (
            "never", "none")
        if family and bare and not (path[0] == "channels" and path[-1] == "talk"):
            found.append(Given(".".join(path), scalar.text, family))
    return found


def assumed(scenario: Scenario) -> list[Assumed]:
    """Every default in force, the most influential first."""
    tree = _tree(scenario)
    rows = [row for usual in usual_values() if (row := _operational(scenario, tree, usual))]
    overridden = _overridden(scenario, tree)
    rows += [_outcome(parameter) for name, parameter in outcome_parameters().items()
             if not name.startswith(_NOT_IN_FORCE) and name not in (*_OPERATIONAL, *overridden)
             and not isnan(parameter.numbers[0])]
    order = {name: rank for rank, name in enumerate(_INFLUENCE)}
    return sorted(rows, key=lambda row: order.get(_rank_name(row.path), len(order)))


def _rank_name(path: str) -> str:
    room, _, name = path.partition(".")
    return path if path in _INFLUENCE or room not in ROOMS else name


def _tree(scenario: Scenario) -> Node:
    tree = scenario.source.tree
    return expanded(tree) if tree is not None else Table({}, Mark(""))


def _overridden(scenario: Scenario, tree: Node) -> set[str]:
    """Parameters that the scenario states, by override or by a key of its own."""
    rooms = (scenario.experience, scenario.loyalty, scenario.economics)
    named = {name for name, path in _ELSEWHERE.items()
             if find(tree, tuple(path.split("."))) is not None}
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
    items = tuple(name for name in _items(scenario, usual.path[0])
                  if _applies(scenario, tree, usual, name))
    if not items:
        return None
    return Assumed(".".join(usual.path), items if ANY in usual.path else (), usual.text, usual.low,
                   usual.high, usual.meaning, usual.source, usual.confidence)


def _items(scenario: Scenario, section: str) -> tuple[str, ...]:
    return tuple(getattr(scenario, section))


def _applies(scenario: Scenario, tree: Node, usual: Usual, name: str) -> bool:
    """Whether this default is in force for this item: neither given nor beside the point."""
    path = (usual.path[0], name, *usual.path[2:])
    if _stated(tree, path):
        return False
    if usual.path[0] == "agents":
        scheduled = scenario.agents[name].scheduled is not None
        if path[-1] in ("absence", "adherence"):
            return scheduled
        return not (path[-1] == "other" and scheduled)
    if usual.path[0] == "arrivals" and path[2] == "profile":
        return scenario.arrivals[name].contacts is not None
    if path[2:] == ("talk", "lognormal", "cv"):
        return isinstance(find(tree, path[:3]), Scalar)
    return True


def _stated(tree: Node, path: Steps) -> bool:
    """Whether a value, or a short form or `none` above it, is written."""
    if find(tree, path) is not None:
        return True
    above = find(tree, path[:3])
    if path[2:3] == ("shrinkage",):
        return above is not None
    none = isinstance(above, Scalar) and above.text.lower() in ("none", "null", "~")
    short = isinstance(above, Scalar) and len(path) > 3 and path[3] in ("chance", "cv")
    return none or (short and path[2] != "talk")


def _outcome(parameter: Parameter) -> Assumed:
    name = parameter.name
    room = next((room for room, heads in ROOMS.items() if name.split(".")[0] in heads), "")
    low, high = (written(limit, parameter.unit) if limit is not None else ""
                 for limit in (parameter.low, parameter.high))
    text = "|".join(written(number, parameter.unit) for number in parameter.numbers)
    return Assumed(_ELSEWHERE.get(name, f"{room}.{name}"), (), text, low, high,
                   parameter.meaning or name.replace("_", " ").replace(".", ": "),
                   parameter.source, parameter.confidence)


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
        span = f" ({row.low} to {row.high})" if row.low or row.high else ""
        lines.append(f"  {row.path}  {row.text}{span}")
        lines += wrap(f"{row.meaning}; {row.source} [{row.confidence}]", WIDTH,
                      initial_indent=" " * 6, subsequent_indent=" " * 6)
    if not everything and len(rows) > TOP:
        lines.append(f"  {len(rows) - TOP} more: ccsim explain {scenario.source.label} --all")
    return "\n".join(lines)


def _columns(rows: list[Given]) -> list[str]:
    """Path, value, origin; the columns as wide as most rows need."""
    path = min(40, max((len(row.path) for row in rows), default=0))
    text = min(20, max((len(row.text) for row in rows), default=0))
    return [f"  {row.path:<{path}}  {row.text:<{text}}  {row.origin}" for row in rows]

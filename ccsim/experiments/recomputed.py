"""A finished run under other parameters: customers and money anew, nothing simulated."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from ccsim.errors import CcsimError, ScenarioError
from ccsim.experiments.manifest import MANIFEST
from ccsim.experiments.simulated_part import simulated_part
from ccsim.results.draws import parameters_of
from ccsim.scenario.changes import parameter_at, stated
from ccsim.scenario.paths import split
from ccsim.scenario.usual_row import written

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.scenario import Scenario

Changes = Mapping[str, Any]

OF_THE_RUN_ALONE: Final = "economics.one_off"  # what a change costs at once is not its base's


@dataclass(frozen=True)
class Changed:
    """A value that is other than in the run: its path, and how it was and is written.

    before: with the range in which it was drawn, empty where nothing stood there and nothing is usual.
    """

    path: str
    before: str
    now: str


def recomputed(run: Run, changes: Changes, draws: int, seed: int = 1, as_base: bool = False) -> Run:
    """The run as it would be under other parameters, with so many draws of the outcome model.

    as_base: with those changes only that a base shares. Of a variant, what its base is judged by changes
    with it. ScenarioError for a path or value that does not fit, CcsimError for a change that needs another
    simulation.
    """
    scenario, base = run.scenario, run.base
    if as_base:
        changes = _shared(scenario, changes)
    if changes:
        scenario = scenario.with_changes(changes)
        _refuse(run, scenario, changes)
    if base is not None and changes:
        base = replace(base, scenario=base.scenario.with_changes(_shared(base.scenario, changes)))
    return replace(run, scenario=scenario, base=base, draws=draws, model_seed=seed)


def _shared(scenario: Scenario, changes: Changes) -> Changes:
    """The changes that a base takes, too: some speak of what only its variant has."""
    found = {}
    for path, value in changes.items():
        with suppress(ScenarioError):
            scenario.with_changes({path: value})
            found[path] = value
    return {path: value for path, value in found.items() if path != OF_THE_RUN_ALONE}


def changed(scenario: Scenario, changes: Changes) -> tuple[Changed, ...]:
    """What the changes make other than it is in a scenario; those that say the same are left out."""
    found = []
    for path, value in changes.items():
        before, now = (_written(one, path) for one in (scenario, scenario.with_changes({path: value})))
        if before != now:
            found.append(Changed(path, before, now))
    return tuple(found)


def _written(scenario: Scenario, path: str) -> str:
    tree = scenario.source.tree
    text, default = ("", True) if tree is None else stated(tree, path)
    known = parameters_of(scenario).get(parameter_at(split(path)))
    if not default or known is None or known.low is None or known.high is None:
        return text
    low, high = (written(limit, known.unit) for limit in (known.low, known.high))
    return f"{text} ({low}–{high})"


def _refuse(run: Run, scenario: Scenario, changes: Changes) -> None:
    """CcsimError with every change on which the simulation depends."""
    before = simulated_part(run.scenario, run.rule)
    if simulated_part(scenario, run.rule) == before:
        return
    moving = {path: value for path, value in changes.items() if _moves(run, {path: value}, before)} or dict(
        changes
    )
    sets = " ".join(f"--set {path}={_quoted(value)}" for path, value in moving.items())
    one = len(moving) == 1
    raise CcsimError(
        f"{', '.join(moving)}: {'this changes' if one else 'these change'} what is simulated, so that it "
        f"needs a new simulation:\n  ccsim run {_file(run.scenario)} {sets}"
    )


def _moves(run: Run, change: Changes, before: dict[str, Any]) -> bool:
    try:
        return simulated_part(run.scenario.with_changes(change), run.rule) != before
    except ScenarioError:
        return True  # it only makes sense together with others


def _quoted(value: Any) -> str:
    text = str(value)
    return f"'{text}'" if any(letter in text for letter in " {}[]*'") else text


def _file(scenario: Scenario) -> str:
    """What to run again: the file, and the variant of it."""
    source = scenario.source
    if source.variant is None:
        return source.label or "FILE"
    stored = source.path is not None and (source.path.parent / MANIFEST).is_file()
    return f"{'FILE' if stored or not source.label else source.label} --variant {source.variant}"

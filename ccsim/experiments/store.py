"""Stored runs: what a run stands on, kept in its folder, and opened again without simulating.

A folder keeps the scenario and its tables, the tally of each replication, the solved volumes and, of a
variant, its base. Satisfaction, churn and money are computed from these anew, the same to the last digit.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import numpy as np

from ccsim.centre.rules import Rule, name_of
from ccsim.errors import CcsimError
from ccsim.experiments import manifest
from ccsim.experiments.base import Base, remember
from ccsim.experiments.reopened_tallies import read_tallies
from ccsim.experiments.run import Run
from ccsim.experiments.stored_journeys import About, read_journeys, write_journeys
from ccsim.experiments.stored_names import names_in, names_told
from ccsim.experiments.stored_scenario import read_scenario, write_scenario
from ccsim.experiments.stored_tallies import write_tallies
from ccsim.results.journeys import add as pooled

if TYPE_CHECKING:
    from ccsim.demand.arrivals import Fresh
    from ccsim.experiments.compare import Comparison
    from ccsim.scenario import Scenario

Opened = TypeVar("Opened")

TALLIES: Final = "tallies"
BASE: Final = "base"
VARIANTS: Final = "variants"
JOURNEYS: Final = "journeys.parquet"


def write_store(run: Run, place: Path, with_base: bool = True) -> None:
    """What a run stands on: scenario, tallies and, of a variant, its base (unless that stands elsewhere)."""
    write_scenario(run.scenario, place)
    write_tallies(run.tallies, run.scenario, place / TALLIES)
    if run.base is not None and with_base:
        (place / BASE).mkdir()
        write_scenario(run.base.scenario, place / BASE)
        write_journeys([run.base.journeys], place / BASE / JOURNEYS)


def write_part(run: Run, place: Path, with_base: bool) -> None:
    """The run as part of a comparison or rollout, in a new folder: its store, summary and manifest."""
    place.mkdir(parents=True)
    write_store(run, place, with_base)
    run.summary().to_csv(place / "summary.csv", index=False)
    about = {**manifest.common(run.scenario, "variant", run.replications, run.clock), **told(run)}
    (place / manifest.MANIFEST).write_text(manifest.written(about), encoding="utf-8")


def told(run: Run) -> dict[str, Any]:
    """What the manifest says so that the store can be read."""
    base = run.base
    return {
        "draws": run.draws,
        "model_seed": run.model_seed,
        "rule": None if run.rule is None else name_of(run.rule),
        "rule_digest": None if run.rule is None else manifest.rule_digest(run.rule),
        "base": None if base is None else manifest.digest(base.scenario),
        "base_journeys": None if base is None else About.of([base.journeys]).to_json(),
        "fresh_share_by_interval_of_week": {name: v.tolist() for name, v in run.fresh.items()},
        "names": names_told(run.tallies[0].names),
    }


def open_run(folder: str | Path, rule: Rule | None = None) -> Run:
    """The run in a folder that `Run.save` or `ccsim run` wrote, without simulating anything.

    All its figures are those of the run that was saved. Journals are not kept: where one is asked for
    (`Run.journal`, `Run.contacts` …) its replication is simulated again. `rule`: the routing rule that the
    run had been handed, needed for journals only. CcsimError where the folder is no run's, was written by
    another version of ccsim, is broken, its scenario was changed, or the rule is another.
    """
    place = Path(folder)
    about = manifest.read(place, "run")
    return understood(place, lambda: run_in(place, about, rule))


def open_comparison(folder: str | Path) -> Comparison:
    """The comparison in a folder that `ccsim compare` wrote. CcsimError as in `open_run`."""
    from ccsim.experiments.compare import Comparison
    from ccsim.experiments.precision import Reached

    place = Path(folder)
    about = manifest.read(place, "compare")

    def variant(name: str, base: Run) -> Run:
        inside = place / VARIANTS / name
        return side_in(inside, manifest.read(inside, "variant"), base.as_base)

    def both() -> Comparison:
        base, asked = run_in(place, about), about.get("precision")
        runs = {name: variant(name, base) for name in about["variants"]}
        return Comparison(base, runs, None if asked is None else Reached(**asked))

    return understood(place, both)


def stored_base(base: Scenario, folder: Path, key: str) -> Base | None:
    """What the run in a folder froze, if it has this key; None where it has not, or cannot be read."""
    try:
        about = manifest.read(folder, "run")
        if about.get("key") != key:
            return None
        tallies = read_tallies(folder / TALLIES, base, names_in(about["names"]))
        frozen = Base(base, _fresh(about), pooled([t.journeys for t in tallies if t.journeys is not None]))
    except (CcsimError, *_AMISS):
        return None
    remember(base, frozen.fresh)
    return frozen


def run_in(place: Path, about: dict[str, Any], rule: Rule | None = None) -> Run:
    """The run whose store, with its base, is in `place`; about: its manifest."""
    base = None
    if about["base"] is not None:
        scenario = read_scenario(place / BASE, about["base"], None, about["set"])
        journeys = read_journeys(place / BASE / JOURNEYS, About.from_json(about["base_journeys"]))
        base = Base(scenario, _fresh(about), journeys[0])
    return side_in(place, about, base, rule)


def side_in(place: Path, about: dict[str, Any], base: Base | None, rule: Rule | None = None) -> Run:
    """The run whose store is in `place`, on a base already read."""
    on = None if base is None else base.scenario
    scenario = read_scenario(place, about["digest"], about["variant"], about["set"], on)
    fresh = _fresh(about) if base is None else base.fresh
    remember(on or scenario, fresh)
    from ccsim.centre.clock_compiled import available

    lost = about["rule"] is not None and rule is None
    if rule is not None and manifest.rule_digest(rule) != about["rule_digest"]:
        raise CcsimError(f"`{name_of(rule)}` is not the routing rule of {place}: {_had(about)}")
    ran = about["clock"]
    clock = ran if available() and not lost else "simpy"
    tallies = read_tallies(place / TALLIES, scenario, names_in(about["names"]))
    found = _lost(about["rule"], about["rule_digest"]) if lost else rule
    return Run(scenario, tallies, fresh, clock, base, found, int(about["draws"]), int(about["model_seed"]))


def _fresh(about: dict[str, Any]) -> Fresh:
    shares = about["fresh_share_by_interval_of_week"]
    return {name: np.array(values, np.float64) for name, values in shares.items()}


def _had(about: dict[str, Any]) -> str:
    if about["rule"] is None:
        return "it had none"
    return f"it had `{about['rule']}`, whose source has the digest {about['rule_digest'][:12]}"


def _lost(name: str, digest: str) -> Rule:
    """Stands for a rule that was not handed in: journals cannot be made without it."""

    def rule(*_: float) -> NoReturn:
        raise CcsimError(f"this run had the routing rule `{name}`: hand it in, open_run(folder, rule={name})")

    rule.__name__ = name
    rule.kept_digest = digest  # type: ignore[attr-defined]
    return rule


_AMISS: Final = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, OSError)


def understood(place: Path, reading: Callable[[], Opened]) -> Opened:
    """What `reading` gives; what only a manifest in disorder can bring about is a message."""
    try:
        return reading()
    except _AMISS as error:
        raise CcsimError(f"{place / manifest.MANIFEST} is not whole ({error}). Run it again.") from error

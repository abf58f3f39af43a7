"""`simulate`: one frozen scenario and a replication number in, one journal out. Pure."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import ISSUE, PRESENCE, Journal
from ccsim.centre.prepare import Prepared, prepare
from ccsim.centre.rules import Rule, clock_for, judge_scores
from ccsim.centre.tables import Centre
from ccsim.demand.arrivals import Fresh
from ccsim.demand.issues import Issues, draw_issues
from ccsim.errors import CcsimError
from ccsim.scenario import Scenario

CLOCKS = ("auto", "simpy", "compiled")
WORTH_LOADING = 200_000  # contacts from which `auto` loads the compiled clock from its cache
WORTH_COMPILING = 10_000_000  # contacts from which it has it compiled first: that takes two minutes


def simulate(
    scenario: Scenario,
    replication: int = 0,
    clock: str = "auto",
    fresh: Fresh | None = None,
    rule: Rule | None = None,
) -> Journal:
    """Simulate one replication of a scenario.

    `fresh` is the solved share of fresh contacts by channel and interval of the week (see
    `experiments.volumes`); `rule` decides which agent takes a contact (see `centre.rules`).
    Raises CcsimError for a clock that is unknown, not installed or cannot run the rule, and for a rule
    that fails.
    """
    issues = draw_issues(scenario, replication, fresh)
    chosen = choose_clock(clock, len(issues), rule)
    prepared = prepare(scenario, replication, issues, rule)
    run = _runner(chosen)
    done = run(prepared, scenario.begin, scenario.end)
    if rule is not None:
        judge_scores(rule, int(done.state["unscored"][0]))
    return _journal(scenario, replication, chosen, issues, prepared, done)


def choose_clock(clock: str, contacts: int, rule: Rule | None = None) -> str:
    """`auto` takes the compiled clock where it is installed, pays for `contacts` and can run the rule."""
    chosen = _clock(clock, contacts)
    return chosen if rule is None else clock_for(rule, clock, chosen)


def _clock(clock: str, contacts: int) -> str:
    from ccsim.centre.clock_compiled import available, in_cache

    if clock not in CLOCKS:
        raise CcsimError(f"unknown clock `{clock}`: choose {', '.join(CLOCKS)}")
    if clock == "compiled" and not available():
        raise CcsimError("the compiled clock needs numba: pip install 'ccsim[fast]', or use --clock simpy")
    if clock != "auto":
        return clock
    if contacts < WORTH_LOADING or not available():
        return "simpy"
    return "compiled" if contacts >= WORTH_COMPILING or in_cache() else "simpy"


def _runner(clock: str) -> Any:
    if clock == "compiled":
        from ccsim.centre.clock_compiled import run_compiled

        return run_compiled
    from ccsim.centre.clock_simpy import run_simpy

    return run_simpy


def _journal(
    scenario: Scenario,
    replication: int,
    clock: str,
    issues: Issues,
    prepared: Prepared,
    done: Centre,
) -> Journal:
    state = done.state[0]
    return Journal(
        seed=scenario.seed,
        replication=replication,
        clock=clock,
        begin=scenario.begin,
        counted_until=scenario.counted_until,
        end=scenario.end,
        names=prepared.names,
        issues=_issue_rows(issues, done),
        legs=_leg_rows(prepared, done.legs[: int(state["legs"])]),
        presence=_presence(prepared, done.presence[: int(state["presence"])]),
        outreach=getattr(issues, "outreach", None),
        people=prepared.roster.people,
        strains=prepared.roster.strains,
    )


def _leg_rows(prepared: Prepared, legs: npt.NDArray[np.void]) -> npt.NDArray[np.void]:
    """Legs with the scenario's group in place of the crew, where the two differ."""
    if (prepared.crews == np.arange(len(prepared.crews))).all():
        return legs
    legs = legs.copy() if not legs.flags.writeable else legs
    taken = legs["group"] >= 0
    legs["group"][taken] = prepared.crews[legs["group"][taken]]
    return legs


def _issue_rows(issues: Issues, done: Centre) -> npt.NDArray[np.void]:
    rows = np.empty(len(issues), ISSUE)
    rows["key"] = issues.key
    rows["cell"] = issues.cell
    rows["customer"] = issues.customer
    rows["born"] = issues.born
    rows["status"] = done.status
    rows["ended"] = done.ended
    return rows


def _presence(prepared: Prepared, written: npt.NDArray[np.void]) -> npt.NDArray[np.void]:
    """The handlers' rows, then days absent and in training, which the roster knows."""
    off = prepared.roster.off_phones
    if not off:
        return written
    rows = np.array([(agent, state, start, end, end) for agent, state, start, end in off], PRESENCE)
    return np.concatenate([written, rows])

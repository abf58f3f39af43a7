"""A routing rule handed in from Python: which agent takes a contact, as a plain function.

    def far_from_tired(waited, idle_for, occupancy, load, speed, fcr, wage, strain):
        return occupancy - 0.5 * fcr

    ccsim.run(scenario, rule=far_from_tired)

The protocol. Whenever a contact looks for an agent the function is called for each agent with room whom
the scenario's routes allow (skills and their ranks, overflow, reserves, `at_most` all hold as they stand),
and returns a score; the smallest is taken. Equal scores go to the crew named first, and within it to the
agent longest in reach. It takes the place of `routing.agent` and `routing.placement`, and so sees agents
with something in hand beside idle ones. Which contact an agent takes who has become free remains the
scenario's choice (`routing.contact`).

| argument | what it is |
|---|---|
| waited | s the contact has waited in this queue |
| idle_for | s since the agent became idle, or came to the present load |
| occupancy | share of the seated time of this shift with something in hand, 0 to 1 |
| load | contacts in hand |
| speed | the agent's speed at this intent: 1 is usual, 2 takes half the time |
| fcr | chance that a handling by the agent's crew resolves the intent, 0 to 1 |
| wage | money an hour |
| strain | the agent's strain, 0 unless the scenario has strain |

All are floats. The function must depend on nothing but its arguments: two runs of one seed are then the same,
and so are both clocks. Volumes stated as counted are solved with the scenario's own routing, so that a rule
meets the same demand as the routing it is to replace.

Under SimPy any function serves. The compiled clock has numba compile it, once a process; the centre is not
compiled again, for it calls the rule by its address. In several processes the function must be picklable.
"""

from __future__ import annotations

import functools
import pickle
import sys
from collections.abc import Callable
from typing import Any

from ccsim.errors import CcsimError
from ccsim.parameters import outcome_parameters
from ccsim.scenario import Scenario

Rule = Callable[[float, float, float, float, float, float, float, float], float]
ARGUMENTS = 8


def name_of(rule: Rule) -> str:
    """What messages call it."""
    return getattr(rule, "__name__", type(rule).__name__)


def left_to_rule(scenario: Scenario) -> Scenario:
    """The scenario with all crews alike in rank but for the ranks of their skills."""
    routing = scenario.routing.model_copy(update={"agent": "least_occupied"})
    return scenario.model_copy(update={"routing": routing})


def usual_wage() -> float:
    """Wage of a crew that names none, an hour."""
    return outcome_parameters()["cost.wage_hour"].number


@functools.lru_cache(maxsize=64)
def compiled_rule(rule: Rule) -> Any:
    """The rule as machine code; `address` is where it begins. A failure inside it gives nan.

    Raises whatever numba raises where it cannot compile it.
    """
    import numba
    from numba import types
    from numba.extending import is_jitted

    inner = rule if is_jitted(rule) else numba.njit(rule)

    def guarded(
        waited: Any, idle_for: Any, occupancy: Any, load: Any, speed: Any, fcr: Any, wage: Any, strain: Any
    ) -> Any:
        try:
            return float(inner(waited, idle_for, occupancy, load, speed, fcr, wage, strain))
        except Exception:
            return float("nan")

    return numba.cfunc(types.float64(*[types.float64] * ARGUMENTS))(guarded)


def fault_of(rule: Rule) -> str:
    """Why numba cannot compile the rule, in one line; '' where it can."""
    try:
        compiled_rule(rule)
    except Exception as problem:  # numba's errors have no common base with Python's
        lines = [line.strip() for line in str(problem).splitlines() if line.strip()]
        told = next((line for line in lines if not line.startswith("Failed in")), type(problem).__name__)
        return told[:160]
    return ""


def clock_for(rule: Rule, clock: str, chosen: str) -> str:
    """The clock that can run the rule: SimPy, said on the error stream, where numba cannot compile it.

    CcsimError where the compiled clock was asked for by name.
    """
    fault = fault_of(rule) if chosen == "compiled" else ""
    if not fault:
        return chosen
    if clock == "compiled":
        raise CcsimError(
            f"numba cannot compile the routing rule `{name_of(rule)}`: {fault}; use clock 'simpy' or 'auto'"
        )
    told = f"numba cannot compile the routing rule `{name_of(rule)}`: {fault}; SimPy runs."
    print(told, file=sys.stderr, flush=True)
    return "simpy"


def processes_for(rule: Rule | None, jobs: int | None, processes: int) -> int:
    """How many processes can be used: one where the rule cannot be sent to others.

    CcsimError where several were asked for.
    """
    if rule is None or processes <= 1 or _travels(rule):
        return processes
    if jobs is None:
        return 1
    raise CcsimError(
        f"the routing rule `{name_of(rule)}` cannot be sent to other processes: define it at the top of a "
        "module that can be imported, or use jobs=1"
    )


def _travels(rule: Rule) -> bool:
    main = sys.modules.get("__main__")
    if getattr(rule, "__module__", "") == "__main__" and not hasattr(main, "__file__"):
        return False  # typed at a prompt: other processes could not find it
    try:
        pickle.dumps(rule)
    except Exception:
        return False
    return True


def judge_scores(rule: Rule, unscored: int) -> None:
    """CcsimError where the rule gave something that is no number."""
    if unscored:
        raise CcsimError(
            f"the routing rule `{name_of(rule)}` failed, or returned nan, {unscored} times; "
            "clock 'simpy' shows an error in it where it happens"
        )

"""Answers of replication 0: whose they are, and the named streams that their chance comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from ccsim.demand.streams import Keys, issue_keys, name_key, stream_key, uniforms
from ccsim.experiments.experience import NOBODY
from ccsim.results.answers import Chance, answers
from ccsim.results.journeys import issue_by_issue
from ccsim.results.ordered_legs import OrderedLegs

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.centre.journal import Journal, Names
    from ccsim.experiments.run import Run

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# What each column holds.
ANSWER_COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "issue": ("number", "the issue, as in `Run.issues`"),
    "channel": ("name", "channel of its first contact"),
    "intent": ("name", "why the customer contacts"),
    "segment": ("name", "segment of the customer"),
    "customer": ("number", "index of the customer within the segment; -1 unknown"),
    "site": ("name", "site of the group that answered last, or nobody"),
    "group": ("name", "group that answered last, or nobody"),
    "agent": ("number", "agent who answered last; -1 nobody"),
    "contacts": ("number", "contacts it took"),
    "resolved": ("yes/no", "it was resolved"),
    "effort": ("logit", "effort index E of its journey"),
    "satisfaction": ("logit", "latent satisfaction S of its journey, without the two effects"),
    "agent_effect": ("logit", "what the agent adds; 0 where nobody answered"),
    "customer_effect": ("logit", "what the customer's temper adds"),
    "ces": ("number", "effort score 1-7, 7 easy"),
    "csat": ("number", "satisfaction 1-5"),
    "nps": ("number", "recommendation 0-10, asked just after the issue"),
    "surveyed": ("yes/no", "the customer answers the survey: the centre sees these alone"),
}


def answers_frame(run: Run) -> pd.DataFrame:
    """One row a counted issue of replication 0; see `Run.answers`."""
    import pandas as pd

    journal, case = run.journal, run.outcomes.case
    world = (run.outcomes.base_case or case).central
    legs = OrderedLegs.of(journal)
    rows = np.flatnonzero(journal.counted_issues)
    issues = issue_by_issue(journal, run.scenario, legs)
    agent, group = _answered_last(journal, legs, rows)
    chance = _chance(journal, rows, issues.segment, agent)
    found = answers(issues, world.calibration, case.outcome(world).relation, world.draws, chance)
    sites = [name or NOBODY for name in issues.sites]
    columns = {
        "issue": rows,
        "channel": _named(issues.channels, issues.channel),
        "intent": _named(issues.intents, issues.intent),
        "segment": _named(issues.segments, issues.segment),
        "customer": journal.issues["customer"][rows],
        "site": _named(sites, issues.site),
        "group": _named([*journal.names.groups, NOBODY], group),
        "agent": agent,
        "contacts": issues.contacts,
        "resolved": issues.resolved == 1,
        **vars(found),
    }
    return pd.DataFrame(columns)[list(ANSWER_COLUMNS)]


def _answered_last(journal: Journal, legs: OrderedLegs, rows: npt.NDArray[np.intp]) -> tuple[Ints, Ints]:
    """Agent (-1: nobody) and group (the last number: nobody) who answered each issue last."""
    last = np.full(len(journal.issues), -1, np.int64)
    spoke = np.flatnonzero(legs.spoke)
    last[legs.issue[spoke]] = spoke  # in order of time: the last is written last
    last = last[rows]
    agent = np.where(last >= 0, legs.agent[last], -1).astype(np.int64)
    group = np.where(last >= 0, legs.group[last], len(journal.names.groups)).astype(np.int64)
    return agent, group


def _chance(journal: Journal, rows: npt.NDArray[np.intp], segment: Ints, agent: Ints) -> Chance:
    """Uniform numbers by issue, by customer and by agent: the same in every variant."""
    own: Keys = np.ascontiguousarray(journal.issues["key"][rows])
    customers = _customer_keys(journal, rows, segment, own)

    def drawn(name: str, keys: Keys) -> Floats:
        return uniforms(stream_key(journal.seed, journal.replication, f"answer/{name}"), keys)

    of_agents = drawn("agent", agent_keys(journal.names))
    return Chance(
        agent=np.where(agent >= 0, of_agents[agent], np.nan),
        customer=drawn("customer", customers),
        ces=drawn("ces", own),
        csat=drawn("csat", own),
        nps=drawn("nps", customers),  # who recommends today does so tomorrow
        survey=drawn("survey", own),
    )


def agent_keys(names: Names) -> Keys:
    """Keys of all agents, by group and place in it: one more elsewhere moves nobody's."""
    keys = np.empty(len(names.agents), np.uint64)
    for number, group in enumerate(names.groups):
        mine = np.flatnonzero(names.agents == number)
        place = np.arange(len(mine), dtype=np.int64)
        keys[mine] = issue_keys(name_key("agent", group), np.zeros_like(place), place)
    return keys


def _customer_keys(journal: Journal, rows: npt.NDArray[np.intp], segment: Ints, own: Keys) -> Keys:
    """Keys of the customers; where nobody knows who it was, the issue stands for its customer."""
    customer = journal.issues["customer"][rows].astype(np.int64)
    keys = own.copy()
    for number, name in enumerate(journal.names.segments):
        mine = np.flatnonzero((segment == number) & (customer >= 0))
        keys[mine] = issue_keys(name_key("customer", name), np.zeros_like(customer[mine]), customer[mine])
    return keys


def _named(names: Sequence[str], codes: Ints) -> pd.Series[Any]:
    import pandas as pd

    distinct = list(dict.fromkeys(names))  # a group may be called nobody
    return pd.Series(np.array(names, object)[codes]).astype(pd.CategoricalDtype(distinct))

"""What each missing skill would be worth: under the new rules, all of a group who lack it are taught it.

Taught as well as whoever is worst at it today, and as a second choice: below the group's own skills.
What teaching costs is not in it: the gain is what it may cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from ccsim.experiments.labels import main_channel
from ccsim.experiments.pairs import of_measure
from ccsim.experiments.rollout_changes import verdicts
from ccsim.experiments.run import Run, run
from ccsim.results import uncertainty
from ccsim.results.measures import MEASURES, unit_of
from ccsim.scenario.individuals import skills_of
from ccsim.scenario.skills import Proficiency

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.executors import Executor
    from ccsim.experiments.rollout import Rollout
    from ccsim.experiments.unfinished import Unfinished
    from ccsim.results.tally import Tally
    from ccsim.scenario import Scenario
    from ccsim.scenario.agents import Group

MOST: Final = 8  # replications a lesson: common draws, and a ranking is asked for, not a figure
LIVE: Final = ("asa", "abandonment", "fcr")
DEFERRED: Final = ("first_response", "service_level", "fcr")
Told = Callable[[str, int], Callable[[int, int], None] | None]


@dataclass(frozen=True, eq=False)
class Lesson:
    """A skill taught to the agents of a group who lack it (so many of them), and what follows."""

    group: str
    skill: str
    agents: int
    run: Run


def missing(scenario: Scenario) -> Iterator[tuple[str, str, int]]:
    """(group, skill, agents who lack it) of every skill asked for on a channel of the group."""
    for name, group in scenario.agents.items():
        channels = [c for c in scenario.arrivals if group.handles.get(c)]
        asked = {i for channel in channels for i, share in scenario.mix(channel).items() if share}
        for skill in dict.fromkeys(scenario.intents[i].skill for i in scenario.intents if i in asked):
            lacking = _lacking(group, str(skill))
            if lacking and _known(scenario, str(skill)):
                yield name, str(skill), lacking


def _lacking(group: Group, skill: str) -> int:
    if group.people:
        return sum(skill not in dict(person.skills) for person in group.people)
    return 0 if skill in group.skills else group.strength


def _known(scenario: Scenario, skill: str) -> list[Proficiency]:
    """How well everybody who has the skill does it."""
    groups = scenario.agents.values()
    people = [dict(person.skills) for group in groups for person in group.people]
    everyone = [*people, *(group.skills for group in groups if not group.people)]
    return [known[skill] for known in everyone if skill in known]


def taught(scenario: Scenario, name: str, skill: str) -> Scenario:
    """The scenario with all of a group who lack a skill taught it."""
    known, group = _known(scenario, skill), scenario.agents[name]
    worst = (min(each.speed for each in known), min(each.fcr for each in known))

    def new(skills: dict[str, Proficiency]) -> dict[str, Proficiency]:
        rank = 1 + max((each.rank for each in skills.values()), default=0)
        return {**skills, skill: Proficiency.model_construct(speed=worst[0], fcr=worst[1], rank=rank)}

    if group.people:
        people = tuple(
            p if skill in dict(p.skills) else replace(p, skills=tuple(new(dict(p.skills)).items()))
            for p in group.people
        )
        update = {"people": people, "skills": skills_of(people, {})}
    else:
        update = {"skills": new(dict(group.skills))}
    return scenario.model_copy(update={"agents": {**scenario.agents, name: group.model_copy(update=update)}})


def run_lessons(result: Rollout, place: Executor, kept: Unfinished | None, told: Told) -> list[Lesson]:
    """Simulate each missing skill in a few of the replications."""
    after, count = result.after, min(MOST, result.replications)
    found = list(missing(after.scenario))
    lessons = []
    for number, (group, skill, agents) in enumerate(found, 1):
        label = f"skill {number} of {len(found)}"
        scenario = taught(after.scenario, group, skill)
        one = run(scenario, count, None, after.clock, told(label, count), after.base, None, place, kept)
        lessons.append(Lesson(group, skill, agents, one))
    return lessons


def lessons_frame(result: Rollout) -> pd.DataFrame:
    """What follows from each lesson, by measure; most valuable first.

    Columns: place (1 is worth most: by net gain, or by wait where customers are not known), group, skill,
    agents (taught), measure, label, unit, before (new rules as they are), after (taught), change, low,
    high (95 % interval over pairs), p_holm (of a measure over all lessons), verdict, model_low,
    model_high (80 % band of the outcome model; of net_gain only, over the horizon, teaching not paid).
    """
    import pandas as pd

    names = ["place", "group", "skill", "agents", "measure", "label", "unit", "before", "after", "change",
             "low", "high", "p_holm", "verdict", "model_low", "model_high"]  # fmt: skip
    if not result.lessons:
        return pd.DataFrame(columns=names)
    rows = [*_measured(result), *_gained(result)]
    frame = pd.DataFrame(rows)
    ranking = frame[frame["measure"] == "net_gain"].set_index(["group", "skill"])["change"]
    if ranking.isna().all():
        ranking = -frame[frame["measure"] == rows[0]["measure"]].set_index(["group", "skill"])["change"]
    places = {key: at for at, key in enumerate(ranking.sort_values(ascending=False).index, 1)}
    frame["place"] = [places[key] for key in zip(frame["group"], frame["skill"], strict=True)]
    return frame.sort_values("place", kind="stable", ignore_index=True).reindex(columns=names)


def _measured(result: Rollout) -> Iterator[dict[str, object]]:
    channel = main_channel(result.after.scenario)
    number = list(result.after.tallies[0].names.channels).index(channel)
    live = result.after.scenario.channels[channel].live
    for name in LIVE if live else DEFERRED:
        measure = MEASURES[name]
        found = [
            of_measure(measure, _own(_few(result.after, each), number), _own(each.run.tallies, number))
            for each in result.lessons
        ]
        better = measure.better or "down"
        adjusted, words = verdicts([one.difference for one in found], [one.p for one in found], better)
        for each, one, p, word in zip(result.lessons, found, adjusted, words, strict=True):
            yield {
                "group": each.group, "skill": each.skill, "agents": each.agents, "measure": name,
                "label": measure.label, "unit": unit_of(measure), "before": one.base, "after": one.variant,
                "change": one.difference, "low": one.low, "high": one.high, "p_holm": p, "verdict": word,
            }  # fmt: skip


def _own(tallies: tuple[Tally, ...], channel: int) -> list[Tally]:
    one = len(tallies[0].names.channels) == 1
    return list(tallies) if one else [tally.in_channel(channel) for tally in tallies]


def _few(one: Run, lesson: Lesson) -> tuple[Tally, ...]:
    """The replications in which the lesson ran."""
    return one.tallies[: lesson.run.replications]


def _gained(result: Rollout) -> Iterator[dict[str, object]]:
    """Net gain of each lesson: that of the new rules with it, less that without, on the same draws."""
    first = result.lessons[0]
    old, new = (Run(one.scenario, _few(one, first), one.fresh, one.clock, one.base)
                for one in (result.before, result.after))  # fmt: skip
    without = uncertainty.compare(old.outcomes.case, new.outcomes.case)
    currency = result.after.scenario.currency
    for each in result.lessons:
        with_it = uncertainty.compare(old.outcomes.case, each.run.outcomes.case)
        known = not with_it.missing
        central = float(with_it.gain.net[0] - without.gain.net[0]) if known else np.nan
        low, high = uncertainty.band(with_it.spread.net - without.spread.net) if known else (np.nan, np.nan)
        yield {
            "group": each.group, "skill": each.skill, "agents": each.agents, "measure": "net_gain",
            "label": "net gain", "unit": currency, "change": central, "verdict": "",
            "model_low": low, "model_high": high,
        }  # fmt: skip

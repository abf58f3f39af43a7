"""Crews: agents alike in every way the centre sees. A group is one crew, or several where a table
of individuals gives its people different skills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ccsim.scenario import Scenario
from ccsim.scenario.agents import Group, Proficiency
from ccsim.scenario.handles import capacity, needs
from ccsim.scenario.individuals import Person


@dataclass(frozen=True, eq=False)
class Crew:
    """What the agents of a crew can do, how well and at what price.

    group: number of the scenario's group. members: numbers of its agents in the group's table of
    individuals, empty where the group is one crew. capacity: units of an agent; needs: units a
    contact of each channel takes; at_most: limits by channel. talk, wrap, fcr: by skill, factors on
    talk time, on wrap-up and on the chance to resolve: proficiency, assist tool, training and
    empowerment together, for an experienced agent. wage: money an hour, None where the default holds.
    """

    group: int
    name: str
    skills: dict[str, Proficiency]
    handles: dict[str, int]
    at_most: dict[str, int]
    capacity: int
    needs: dict[str, int]
    wage: float | None
    site: str
    talk: dict[str, float]
    wrap: dict[str, float]
    fcr: dict[str, float]
    members: tuple[int, ...] = field(default=())

    def serves(self, channel: str, skill: str) -> bool:
        """Whether its agents take contacts of a channel that need a skill."""
        return skill in self.skills and channel in self.needs


def build_crews(scenario: Scenario) -> list[Crew]:
    """The crews of all groups, group by group; the crews of a group in order of their first agent."""
    return [crew for number, name in enumerate(scenario.agents) for crew in _of(scenario, number, name)]


def _of(scenario: Scenario, number: int, name: str) -> Iterator[Crew]:
    group = scenario.agents[name]
    if not group.people:
        yield _crew(number, name, group, dict(group.skills), dict(group.handles), group.wage)
        return
    kinds: dict[object, list[int]] = {}
    for k, person in enumerate(group.people):
        kinds.setdefault(_kind(person), []).append(k)
    for k, members in enumerate(kinds.values(), 1):
        first = group.people[members[0]]
        label = name if len(kinds) == 1 else f"{name} ({k})"
        handles = dict(first.handles) or dict(group.handles)
        wage = group.wage if first.wage is None else first.wage
        yield _crew(number, label, group, dict(first.skills), handles, wage, tuple(members))


def _kind(person: Person) -> object:
    """Equal for people who are alike: skills in any order, channels, wage."""
    return frozenset(person.skills), frozenset(person.handles), person.wage


def _crew(
    number: int,
    name: str,
    group: Group,
    skills: dict[str, Proficiency],
    handles: dict[str, int],
    wage: float | None,
    members: tuple[int, ...] = (),
) -> Crew:
    talk, wrap, fcr = _factors(group)
    handles = {channel: most for channel, most in handles.items() if most}
    return Crew(
        group=number,
        name=name,
        skills=skills,
        handles=handles,
        at_most={channel: most for channel, most in group.at_most.items() if channel in handles},
        capacity=capacity(handles),
        needs=needs(handles),
        wage=wage,
        site=group.site,
        talk={skill: 1.0 / mastery.speed * talk for skill, mastery in skills.items()},
        wrap=dict.fromkeys(skills, wrap),
        fcr={skill: mastery.fcr * fcr for skill, mastery in skills.items()},
        members=members,
    )


def _factors(group: Group) -> tuple[float, float, float]:
    """Factors of a group's tools and terms on talk, on wrap-up and on the chance to resolve."""
    talk = wrap = fcr = 1.0
    if group.assist is not None:
        talk, wrap, fcr = group.assist.talk, group.assist.wrap_up, group.assist.fcr
    if group.training is not None:
        talk, wrap = talk / group.training.speed, wrap / group.training.speed
        fcr *= group.training.fcr
    if group.empowerment is not None:
        fcr *= group.empowerment.fcr
    return talk, wrap, fcr

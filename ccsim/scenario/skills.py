"""What a group can do and how well: one percentage, or speed, chance to resolve and rank."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from ccsim.scenario.fields import Section, Whole
from ccsim.scenario.readers import scalar, show_share
from ccsim.scenario.trouble import Trouble, as_table
from ccsim.units import parse_share


class Proficiency(Section):
    """How well a group does a skill.

    Talk takes 1 / ``speed`` as long; the chance to resolve is multiplied by ``fcr``; ``rank`` 1
    is a main skill: taken first by the agent, and its agents are chosen first; then 2, 3...
    """

    speed: Annotated[
        float,
        BeforeValidator(scalar(parse_share, "90%", above=0, high=10, show=show_share)),
        WithJsonSchema({"type": "string"}),
    ] = 1.0
    fcr: Annotated[
        float,
        BeforeValidator(scalar(parse_share, "90%", low=0, high=10, show=show_share)),
        WithJsonSchema({"type": "string"}),
    ] = 1.0
    rank: Whole = 1


_one_figure = scalar(parse_share, "90%", above=0, high=10, show=show_share)


def read_proficiency(value: Any) -> Any:
    """One percentage sets speed and fcr."""
    if isinstance(value, str):
        figure = _one_figure(value)
        return Proficiency(speed=figure, fcr=figure)
    return value


def read_skills(value: Any) -> Any:
    if isinstance(value, str) and value:
        value = [value]
    if not isinstance(value, list):
        return as_table(value, "skills: {billing: 100%}` or `[billing]")
    trouble, skills = Trouble(), {}
    for index, item in enumerate(value):
        if not isinstance(item, str) or not item:
            trouble.add("a skill's name is needed here", "write `[billing, technical]`", index)
        elif item in skills:
            trouble.add(f"`{item}` is named twice", None, index)
        else:
            skills[item] = "100%"
    trouble.settle()
    return skills

"""Overflow: groups that are second choice until something happens."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator

from ccsim.scenario.fields import (
    MaybeCount,
    MaybeDuration,
    MaybeNames,
    MaybeShare,
    MaybeWhole,
    Section,
    SomeNames,
)
from ccsim.scenario.readers import is_none
from ccsim.scenario.trouble import refuse


class When(Section):
    """The state of the queue in which a step of overflow is open; exactly one of the three.

    ``waiting_above``: more wait in the queue; ``idle_below``: fewer agents are idle in the groups
    of first choice; ``service_level_below``: of those answered or gone today so far, the share
    in time is less.
    """

    waiting_above: MaybeCount = None
    idle_below: MaybeWhole = None
    service_level_below: MaybeShare = None

    @model_validator(mode="after")
    def _one(self) -> When:
        given = [key for key in type(self).model_fields if getattr(self, key) is not None]
        if len(given) != 1:
            said = f"says both `{given[0]}` and `{given[1]}`" if given else "states no condition"
            raise refuse(
                said, "write one: `waiting_above: 10`, `idle_below: 2` or `service_level_below: 80%`"
            )
        return self


class Overflow(Section):
    """Groups ``to`` are second choice for a waiting contact until it has waited ``after`` s.

    Or, instead of ``after``, while ``when`` holds. Only where a group outside ``to`` has the
    skill too: for skills that only they have, they are first choice. ``skills`` None: for every
    skill.
    """

    after: MaybeDuration = None
    when: Annotated[When | None, BeforeValidator(lambda value: None if is_none(value) else value)] = None
    to: SomeNames
    skills: MaybeNames = None

    @model_validator(mode="after")
    def _after_or_when(self) -> Overflow:
        if self.after is None and self.when is None:
            raise refuse("does not say when", "write `after: 45s` or `when: {waiting_above: 10}`")
        if self.after is not None and self.when is not None:
            raise refuse(
                "says both `after` and `when`", "keep one of them; the other may be a step of its own"
            )
        return self


def read_ladder(value: Any) -> Any:
    """One step, or a list of them."""
    if is_none(value):
        return ()
    return (value,) if isinstance(value, dict) else value

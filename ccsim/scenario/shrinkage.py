"""Time paid for and not on seat, by kind."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from ccsim.scenario.readers import is_none, read_share
from ccsim.scenario.trouble import Trouble, as_table, nearest, refuse

SHRINKAGE_KINDS = ("absence", "leave", "meetings", "training", "coaching", "breaks", "other")
WHOLE_DAYS = ("absence", "leave")  # kinds that take a day; `breaks` are in the shift itself


def read_shrinkage(value: Any) -> Any:
    """Shares by kind; one share is of kind ``other``."""
    if value is None or is_none(value):
        return {} if is_none(value) else None
    if isinstance(value, str):
        value = {"other": value}
    trouble, kinds = Trouble(), {}
    for kind, item in as_table(value, "{absence: 6%, meetings: 5%}").items():
        if kind not in SHRINKAGE_KINDS:
            hint = nearest(kind, SHRINKAGE_KINDS) or f"kinds: {', '.join(SHRINKAGE_KINDS)}"
            trouble.add("unknown kind of shrinkage", hint, kind, key=True)
            continue
        kinds[kind] = trouble.take(read_share, item, kind)
    trouble.settle()
    if sum(share or 0 for share in kinds.values()) > 0.95:
        raise refuse("shrinkage takes more than 95% of the time", "someone must be left to work")
    return kinds


Shrinkage = Annotated[
    dict[str, float],
    BeforeValidator(read_shrinkage),
    WithJsonSchema(
        {"type": ["object", "string", "integer"], "properties": {kind: {} for kind in SHRINKAGE_KINDS}}
    ),
    Field(default_factory=dict),
]

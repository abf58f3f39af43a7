"""What keys may stand where: read off the models, for messages and for paths."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, get_args, get_origin

from ccsim.scenario.fields import Section
from ccsim.scenario.nodes import Path
from ccsim.scenario.scenario import Scenario

NAMED_SECTIONS = (
    "customers",
    "intents",
    "channels",
    "arrivals",
    "events",
    "self_service",
    "proactive",
    "shifts",
    "agents",
    "sites",
    "variants",
)
WITH_DEFAULTS = NAMED_SECTIONS[:-1]
# Fields that no file writes: they are filled from elsewhere.
HIDDEN = frozenset(
    (
        ("Scenario", "source"),
        ("Experience", "overrides"),
        ("Experience", "ces_polarity"),
        ("Loyalty", "overrides"),
        ("Economics", "overrides"),
        ("Targets", "bands"),
        ("Group", "people"),
    )
)


@lru_cache(maxsize=256)
def keys_at(path: Path) -> tuple[str, ...]:
    """The keys that the mapping at a path may have; empty where the user chooses names."""
    model = model_at(path)
    return keys_of(model) if model else ()


def keys_of(model: type[Section]) -> tuple[str, ...]:
    """The keys of a section as written in a file."""
    names = [
        str(field.validation_alias or name)
        for name, field in model.model_fields.items()
        if (model.__name__, name) not in HIDDEN
    ]
    return tuple(dict.fromkeys(names))


@lru_cache(maxsize=1)
def left_out() -> tuple[str, ...]:
    """The sections that a scenario may leave out; ``none`` in place of one leaves it out."""
    return tuple(
        name
        for name, field in Scenario.model_fields.items()
        if not field.is_required() and model_at((name,)) is not None
    )


@lru_cache(maxsize=256)
def model_at(path: Path) -> type[Section] | None:
    """The section model that stands at a path, None where there is none."""
    kind: Any = Scenario
    for step in path:
        kind = _below(kind, step)
        if kind is None:
            return None
    model = _section_in(kind)
    return model


def _below(kind: Any, step: str) -> Any:
    model = _section_in(kind)
    if model is not None and not _is_container(kind):
        for name, field in model.model_fields.items():
            if step == str(field.validation_alias or name):
                return field.annotation
        return None
    inner = [arg for arg in _parts(kind) if _section_in(arg) is not None]
    return inner[-1] if inner else None


def _is_container(kind: Any) -> bool:
    kind = _bare(kind)
    return get_origin(kind) in (dict, tuple, list)


def _bare(kind: Any) -> Any:
    """The type without Annotated and without ``| None``."""
    while hasattr(kind, "__metadata__"):
        kind = get_args(kind)[0]
    options = [arg for arg in get_args(kind) if arg is not type(None)]
    if len(options) == 1 and type(None) in get_args(kind):
        return _bare(options[0])
    return kind


def _parts(kind: Any) -> tuple[Any, ...]:
    return get_args(_bare(kind))


def _section_in(kind: Any) -> type[Section] | None:
    kind = _bare(kind)
    if isinstance(kind, type) and issubclass(kind, Section):
        return kind
    for part in get_args(kind) if get_origin(kind) in (dict, tuple, list) else ():
        found = _section_in(part)
        if found is not None:
            return found
    return None

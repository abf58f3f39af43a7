"""What each key of a scenario file means, for editors and for the pages: data/scenario_keys.yaml."""

from __future__ import annotations

from collections import deque
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from ccsim.scenario.fields import Section
from ccsim.scenario.nodes import Path
from ccsim.scenario.scenario import Scenario
from ccsim.scenario.shape import keys_of, model_at

NAME = "NAME"  # stands in a path for a name that the user chooses
_NOT_WRITTEN = ("Counts",)  # made from a table, by keys of its own


class Meaning(NamedTuple):
    """One key: how one may write it, what it says; what holds without it, where that is no plain default."""

    example: str
    text: str
    left_out: str = ""


@cache
def meanings(model: str) -> dict[str, Meaning]:
    """The keys of a section's model by name."""
    return {key: Meaning(*told) for key, told in _told().get(model, {}).items() if key != "about"}


def about(model: str) -> str:
    """What the section is."""
    return str(_told()[model]["about"])


@cache
def _told() -> dict[str, dict[str, list[str]]]:
    text = files("ccsim").joinpath("data", "scenario_keys.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, yaml.BaseLoader))


def sections() -> list[tuple[Path, type[Section]]]:
    """Every section that a file may have, each once: its path (with NAME for any name) and its model.

    In the order of a file; a model that stands in several places is told where it is least deep.
    """
    places: dict[type[Section], Path] = {}
    waiting: deque[Path] = deque([()])
    while waiting:
        path = waiting.popleft()
        model = model_at(path)
        if model is not None and model not in places and model.__name__ not in _NOT_WRITTEN:
            places[model] = path
            waiting += [_inside(path, key) for key in keys_of(model)]
    order = keys_of(Scenario)
    found = [(path, model) for model, path in places.items()]
    return sorted(found, key=lambda one: order.index(one[0][0]) if one[0] else -1)


def _inside(path: Path, key: str) -> Path:
    """Where the section of a key lies: below a name where the user chooses names, or in a list."""
    named = (*path, key, NAME)
    return named if model_at(named) is not None else (*path, key)

"""The merged scenario back as YAML, which reads to an equal ``Scenario``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from ccsim.errors import CcsimError
from ccsim.scenario.nodes import Path, plain, scalars
from ccsim.scenario.paths import split
from ccsim.scenario.scenario import Scenario

WIDTH = 100


class _Dumper(yaml.SafeDumper):
    """Writes every text plain where YAML allows: our reader resolves nothing."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own class attribute

    def ignore_aliases(self, data: Any) -> bool:
        """Repeated values are written out, never as ``*id001``."""
        return True


def show(scenario: Scenario) -> str:
    """The scenario as written, merged: what it extends, its variant and ``--set`` are in it.

    Tables stay references to their CSV files (``table_files`` names them). Raises CcsimError for
    a scenario that was not read from text.
    """
    tree = scenario.source.tree
    if tree is None:
        raise CcsimError("this scenario was not read from text: there is nothing to show")
    text: str = yaml.dump(
        plain(tree), Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=None, width=WIDTH
    )
    return text


def table_files(scenario: Scenario) -> tuple[str, ...]:
    """The CSV files that the scenario reads, relative to its folder, in the order named."""
    return tuple(dict.fromkeys(text for _, text in _tables(scenario)))


def _tables(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    tree = scenario.source.tree
    for path, scalar in scalars(tree) if tree is not None else ():
        full = _as_set(path)
        if full[-1] == "from" and full[0] != "events" and "outages" not in full:
            yield path, scalar.text


def _as_set(path: Path) -> Path:
    """What a path inside a variant's `set` leads to; any other path as it is."""
    if path[0] != "variants" or path[2:3] != ("set",) or len(path) < 4:
        return path
    return (*split(path[3]), *path[4:])

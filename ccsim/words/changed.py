"""What a variant changes, as its file writes it, beside what stands there without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.scenario import Scenario
    from ccsim.scenario.nodes import Node

ONE_OFF = "one_off"


def changes_of(tree: Node | None, variant: Scenario) -> list[tuple[str, str, str]]:
    """Path, value in the file, value in the variant, for each value that a variant of `tree` sets.

    Last what it costs at once, if anything. Nothing for a scenario that is no variant of the file, and
    no value before where the file has none at that place.
    """
    from ccsim.scenario.nodes import Scalar, find, scalars

    name = variant.source.variant
    if tree is None or name is None:
        return []
    told = []
    for key in ("set", ONE_OFF):
        node = find(tree, ("variants", name, key))
        for path, scalar in scalars(node) if node is not None else ():
            what = ".".join(path) or key
            old = find(tree, tuple(what.split("."))) if path else None
            told.append((what, old.text if isinstance(old, Scalar) else "", scalar.text))
    return told

"""What is compared, and why, in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.experiments.compare import Comparison


def heading(result: Comparison) -> str:
    """`Quickstart: `two_more` against `base``."""
    return f"{result.base.scenario.name}: {sides(result)}"


def sides(result: Comparison) -> str:
    """``two_more` against `base``."""
    names = ", ".join(f"`{name}`" for name in result.variants)
    return f"{names} against `base`"


def why_of(result: Comparison, name: str) -> str:
    """What the file says a variant is for; a scenario of another file may say what it is in its name."""
    source, variants = result.variants[name].scenario.source, result.base.scenario.variants
    if source.variant is not None:
        return variants[name].why if name in variants else ""
    own = result.variants[name].scenario.name
    return own if own != result.base.scenario.name else ""


def changes_of(result: Comparison, name: str) -> list[tuple[str, str]]:
    """What a variant sets, as its file writes it: pairs of path and value; none of another file's."""
    from ccsim.scenario.nodes import find, scalars

    tree = result.base.scenario.source.tree
    node = find(tree, ("variants", name, "set")) if tree is not None else None
    if node is None or result.variants[name].scenario.source.variant is None:
        return []
    return [(".".join(path), scalar.text) for path, scalar in scalars(node)]

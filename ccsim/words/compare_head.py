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

"""What `ccsim why` says in words, folded: what to fix first, or through what a run gains, and the doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.cli.terminal import Line, paragraph
from ccsim.words import why_story as told

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.experiments.why import Why


def fix_first(found: Why, of: str) -> list[Line]:
    """The driver that costs most, and where."""
    return paragraph("Fix first:", told.fix_first(found, of))


def gains(found: Why, of: str) -> list[Line]:
    """Of which drivers there is less than in the base, and of which there is more."""
    return paragraph("Gains:", told.gains(found, of))


def doubt(run: Run, found: Why, of: str) -> list[Line]:
    """What the outcome model leaves open."""
    return paragraph("Doubt:", told.doubt(run, found, of))

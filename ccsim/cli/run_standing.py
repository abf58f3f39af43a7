"""One paragraph under the table: where the scenario stands in its sector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccsim.cli.terminal import Line, paragraph
from ccsim.words.run_standing import TIED, standing

if TYPE_CHECKING:
    from ccsim.experiments.run import Run


def standing_lines(run: Run) -> list[Line]:
    """The paragraph; none where the scenario takes no sector's preset."""
    told = standing(run)
    if not told:
        return []
    lead = f"Where it stands (sector: {run.scenario.targets.preset}):"
    return [_loosened(line) for line in paragraph(lead, told)]


def _loosened(line: Line) -> Line:
    return tuple((text.replace(TIED, " "), style) for text, style in line)

"""Who was employed from when to when, and how strained: tables for costs and time in the job."""

from __future__ import annotations

from collections.abc import Iterable
from math import isinf, nan
from typing import Final

import numpy as np
import numpy.typing as npt

from ccsim.centre.team import Employee

PEOPLE: Final = np.dtype(
    [
        ("agent", "i4"),  # one after another may fill the same agent's place
        ("hired", "f8"),  # first day, s; nan: there from the beginning
        ("ready", "f8"),  # first takes contacts, s; nan: from the beginning
        ("left", "f8"),  # s; nan: still there at the end
        ("tenure", "f8"),  # s in the job at the beginning, 0 for hires; nan: unknown, long
    ]
)

STRAINS: Final = np.dtype(
    [
        ("agent", "i4"),
        ("start", "f8"),  # s; weeks in which nobody is strained have no row
        ("end", "f8"),
        ("strain", "f8"),  # 0 to 1, see `scenario.strain`
    ]
)


def people_table(people: Iterable[Employee], begin: float) -> npt.NDArray[np.void]:
    """A row of dtype PEOPLE for everyone employed in a run that begins at `begin` (s)."""
    rows = [
        (
            each.agent,
            _known(each.hired),
            _known(each.ready),
            _known(each.left),
            0.0 if each.hired >= begin else _known(begin - each.since),
        )
        for each in people
    ]
    return np.array(sorted(rows, key=lambda row: row[0]), PEOPLE)


def _known(time: float) -> float:
    return nan if isinf(time) else time

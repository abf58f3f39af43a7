"""When something has paid for itself: the month, and its range where some draws never come to it."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from ccsim.results.uncertainty import BAND

Floats = npt.NDArray[np.float64]


def pays_back(central: Floats, drawn: Floats) -> tuple[float, float, float]:
    """Month, and the ends of its 80 % band over draws; infinite: not within the months projected.

    central, drawn: months, nan where there is none, as `Gain.payback` and `Stake.payback`.
    """
    months = np.sort(np.where(np.isnan(drawn), math.inf, drawn))
    low, high = (float(months[min(int(end * len(months)), len(months) - 1)]) for end in BAND)
    month = float(central[0])
    return (math.inf if math.isnan(month) else month), low, high

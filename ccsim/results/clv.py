"""What a customer is worth: margin times survival, discounted; alike or unlike customers.

    CLV = Σ margin_t S(t) / (1+d)^t;   constant chance r to stay: m r / (1 + d - r)

Where customers of a segment differ in loyalty (`value.heterogeneity`), their yearly retention q in
the base is Beta(b, a) with mean the retention stated and polarization 1 / (a + b + 1) (beta-geometric:
Fader and Hardie, How to Project Customer Retention, 2007). What raises or lowers the hazard does so
for all in proportion, so that after t years' worth of the base's hazard

    S = E[q^t] = B(b + t, a) / B(b, a)

and survivors grow ever more loyal. Arrays end in (segments, draws), or in anything that broadcasts.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

Floats = npt.NDArray[np.float64]

MONTHS: Final = 12
FOR_EVER: Final = 1200  # months that stand for ever where the sum has no closed form
ALIKE: Final = 1e-6  # a polarization below this is none: gamma functions would lose more digits than it moves
AT_ONCE: Final = 120  # months summed at a time


def clv(margin: npt.ArrayLike, survive: Floats, discount: npt.ArrayLike) -> Floats:
    """Value of a customer: the sum of margin_t S(t) / (1+d)^t over the periods of `survive`.

    survive: shape (periods, …); margin of a period (or one for each) and discount a period. The
    first margin is earned at the end of the first period.
    """
    period = np.arange(1.0, len(survive) + 1.0).reshape(-1, *([1] * (survive.ndim - 1)))
    worth = np.asarray(margin) * survive * (1.0 + np.asarray(discount)) ** -period
    return np.asarray(worth.sum(axis=0))


def clv_constant(margin: npt.ArrayLike, stay: Floats, discount: npt.ArrayLike) -> Floats:
    """The same for ever under a constant chance r to stay: m r / (1 + d - r)."""
    rate = np.asarray(discount)
    return np.asarray(np.asarray(margin) * stay / (1.0 + rate - stay))


def monthly_discount(annual: Floats) -> Floats:
    """Discount a month from that of a year."""
    return np.asarray((1.0 + annual) ** (1.0 / MONTHS) - 1.0)


def surviving(hazard: Floats, year: Floats, polarization: Floats) -> Floats:
    """Share still customers after a cumulated hazard.

    year: the base's hazard of a year; polarization: 0 where all customers are alike, below 1.
    """
    alike = np.exp(-hazard)
    if not (polarization > ALIKE).any():
        return alike
    with np.errstate(divide="ignore", invalid="ignore"):
        years = np.where(year > 0, hazard / year, 0.0)
        size = 1.0 / np.where(polarization > ALIKE, polarization, 0.5) - 1.0  # a + b
        kept = np.exp(-year) * size  # b
        logs = gammaln(kept + years) - gammaln(kept) + gammaln(size) - gammaln(size + years)
    return np.where(polarization > ALIKE, np.exp(np.minimum(logs, 0.0)), alike)


def lifetime(
    margin: npt.ArrayLike,
    hazard: Floats,
    settled: Floats,
    year: Floats,
    discount: Floats,
    polarization: Floats,
) -> Floats:
    """Value for ever of a customer who is there today, whose hazard changes for some months.

    margin: a month; hazard: of each month ahead, (months, …); settled: of every month after them;
    year, polarization: as in `surviving`; discount: a year. A hundred years stand for ever where
    customers differ.
    """
    monthly = monthly_discount(discount)
    spent = np.cumsum(hazard, axis=0)
    near = clv(margin, surviving(spent, year, polarization), monthly)
    months = len(hazard)
    far = (1.0 + monthly) ** -months
    alike = np.exp(-spent[-1]) * clv_constant(margin, np.exp(-settled), monthly)
    if not (polarization > ALIKE).any():
        return np.asarray(near + far * alike)
    rest = np.zeros_like(near)
    for start in range(0, FOR_EVER - months, AT_ONCE):
        month = np.arange(start + 1.0, start + AT_ONCE + 1.0).reshape(-1, *([1] * settled.ndim))
        survive = surviving(spent[-1] + month * settled, year, polarization)
        rest += (1.0 + monthly) ** -start * clv(margin, survive, monthly)
    return np.asarray(near + far * np.where(polarization > ALIKE, rest, alike))

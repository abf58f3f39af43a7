"""Integrals over the straight way from one state to another: Gauss and Legendre's points on 0..1."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def gauss_legendre(points: int) -> tuple[Floats, Floats]:
    """Places on 0..1 and their weights, which add up to 1: exact for polynomials of degree 2 points - 1."""
    nodes, weights = np.polynomial.legendre.leggauss(points)
    return 0.5 * (nodes + 1.0), 0.5 * weights

"""What a centre with its customers ahead pays over some months, line by line of the ledger."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.results.economics import Side
from ccsim.results.loyalty import MONTHS

Floats = npt.NDArray[np.float64]


def cost_lines(side: Side, months: int) -> dict[str, Floats]:
    """Each line over so many months, (draws,); they add up to `Side.costs`.

    What is paid by the contact follows the number of customers; last stands what is spent once.
    """
    book, served = side.ledger, side.served[:months].sum(axis=0) / MONTHS
    lines = {**{name: line.sum() for name, line in book.lines.items()}, **book.shared}
    with_contacts = {name: float(part.sum()) for name, part in book.following.items()}
    found = {}
    for name, year in lines.items():
        follows = with_contacts.get(name, 0.0)
        found[name] = (float(year) - follows) * months / MONTHS + follows * served
    once = {name: float(cost.sum()) for name, cost in book.once.items()}
    once["one_off"] = book.one_off - sum(once.values())
    return found | {name: np.full(served.shape, cost) for name, cost in once.items()}

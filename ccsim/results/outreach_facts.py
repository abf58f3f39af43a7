"""Facts of outreach: customers reached before they made contact, and contacts that never came about."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import Journal

Facts = dict[str, npt.NDArray[np.float64]]


def outreach_facts(journal: Journal) -> Facts:
    """Facts by cell; none where nobody is reached out to."""
    counts = journal.outreach
    if counts is None:
        return {}
    return {
        "reached": counts.reached.astype(np.float64),
        "prevented": counts.prevented.astype(np.float64),
    }


def reached_by(journal: Journal) -> npt.NDArray[np.float64]:
    """Customers that each programme reached in the counted weeks: what it is paid for."""
    counts = journal.outreach
    return np.zeros(0) if counts is None else counts.reached_by.sum(axis=1).astype(np.float64)

"""Who bears what: the costs of a year by cell, that is by channel, intent and segment of the issue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from ccsim.results.ledger import Ledger
    from ccsim.results.prices import Prices
    from ccsim.results.tally import Tally

Floats = npt.NDArray[np.float64]


def costs_by_cell(book: Ledger, tally: Tally, prices: Prices) -> Floats:
    """Money a year that each cell's contacts take of `book`, the ledger of this tally; (cells,).

    Of each group's costs what they take of its time, of its telecom what they take of its time on the
    telephone, and their sessions of self-service. Nobody bears outreach and what a group costs that
    had nothing to do; all the rest is borne: the cells add up to it.
    """
    own = np.sum([line for name, line in book.lines.items() if name != "telecom"], axis=0)
    on_the_line = np.bincount(tally.names.queue_channel, tally.by_queue["phone"], len(tally.names.channels))
    calls = tally.cell_work[:, on_the_line > 0].sum(axis=1)
    found = own @ _shares(tally.cell_work.sum(axis=1)) + book.lines["telecom"] @ _shares(calls)
    return np.asarray(found + _sessions(book, tally, prices))


def _shares(work: Floats) -> Floats:
    """Each cell's part in the work of a group, (groups, cells); none where there was no work."""
    total = work.sum(axis=1, keepdims=True)
    return np.asarray(work / np.where(total > 0, total, 1.0))


def _sessions(book: Ledger, tally: Tally, prices: Prices) -> Floats:
    """What self-service costs, by cell: at the price on the channel the issue began on.

    An issue may come to self-service on another channel than it began on: those prices are scaled
    so that all that was paid is borne.
    """
    total, channel = float(book.self_service.sum()), tally.names.cell_channel
    each = [(bot.session, bot.contained) if bot else (0.0, 0.0) for bot in prices.self_service]
    session, contained = np.array(each).T[:, channel]
    paid = session * tally.by_cell["sessions"] + contained * tally.by_cell["contained"]
    paid = paid if paid.any() else tally.by_cell["sessions"]
    return np.asarray(total * paid / max(float(paid.sum()), 1e-300))

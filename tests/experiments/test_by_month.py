"""Which parameters move the outcomes, and money by month."""

from __future__ import annotations

import numpy as np
import pytest

from ccsim.experiments.economics import roi_by_month
from ccsim.experiments.run import Run


def test_drivers_name_parameters_widest_first(small_run: Run) -> None:
    bars = small_run.outcomes.drivers["csat"]
    swings = [abs(high - low) for _, low, high in bars]
    assert swings == sorted(swings, reverse=True)
    assert all(name in small_run.outcomes.case.parameters for name, _, _ in bars)


def test_roi_by_month_ends_where_the_summary_is(small_run: Run) -> None:
    frame = roi_by_month(small_run.outcomes).set_index("month")
    roi = small_run.summary().set_index("measure").loc["roi", "value"]
    assert frame.loc[12, "roi"] == pytest.approx(roi)
    assert (np.diff(frame["costs"]) > 0).all()
    book = small_run.outcomes.case.costs
    fixed = book.total - book.with_contacts
    assert fixed < frame.loc[12, "costs"] < book.total  # customers leave, and their contacts with them
    assert frame.loc[12, "costs"] - fixed == pytest.approx(book.with_contacts * 0.9, rel=0.02)

"""The notebook runs from top to bottom, and the figures kept in it are those it gives."""

from __future__ import annotations

import pytest
from refresh import executed, is_stale, kept


@pytest.mark.slow
def test_first_run_runs_from_top_to_bottom_and_is_not_stale() -> None:
    stale = is_stale(executed("first_run"), kept("first_run"))
    assert not stale, "stale: python tests/notebooks/refresh.py"

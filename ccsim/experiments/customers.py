"""Customers of replication 0, one by one: what they went through and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccsim.errors import CcsimError
from ccsim.results.figures import CUSTOMERS
from ccsim.results.followed import Setting, follow
from ccsim.results.journeys import issue_by_issue

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.run import Run


def customers_frame(run: Run) -> pd.DataFrame:
    """One row a customer who made contact; see `Run.customers`."""
    import pandas as pd

    journal, case = run.journal, run.outcomes.case
    customer = journal.issues["customer"][journal.counted_issues].astype(np.int64)
    if (customer < 0).any():
        silent = ", ".join(f"customers.{name}.count" for name in _uncounted(run))
        raise CcsimError(f"nobody knows which customer makes contact: add {silent}")
    world = (run.outcomes.base_case or case).central
    setting = Setting(case.customers, world.calibration, case.outcome(world), world.draws)
    born = journal.issues["born"][journal.counted_issues]
    found = follow(issue_by_issue(journal, run.scenario), customer, born, setting)
    columns = {**vars(found), "segment": np.array(case.customers.segments, object)[found.segment]}
    return pd.DataFrame(columns)[list(CUSTOMERS)]


def _uncounted(run: Run) -> list[str]:
    customers = run.outcomes.case.customers
    return [name for name, count in zip(customers.segments, customers.count, strict=True) if np.isnan(count)]

"""Money in full: the ledger line by line, and what a customer of each segment is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ccsim.results import draws as drawing
from ccsim.results import loyalty, uncertainty
from ccsim.results.economics import Side

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.outcomes import Outcomes

Floats = npt.NDArray[np.float64]
EVERYBODY = "all"  # who bears what no single group does


def ledger_frame(outcomes: Outcomes) -> pd.DataFrame:
    """The costs of a year by line and group, and what is spent once.

    Columns: line, group, site, value (money a year; of `one_off` and `training`, at the start), unit.
    Lines that no group bears, as self-service, are everybody's.
    """
    import pandas as pd

    book, currency = outcomes.case.costs, outcomes.scenario.currency
    rows = [
        [line, group, site, float(cost), currency]
        for line, costs in book.lines.items()
        for group, site, cost in zip(book.groups, book.sites, costs, strict=True)
    ]
    rows += [[line, EVERYBODY, EVERYBODY, cost, currency] for line, cost in book.shared.items()]
    rows += [
        [line, group, site, float(cost), currency]
        for line, costs in book.once.items()
        for group, site, cost in zip(book.groups, book.sites, costs, strict=True)
    ]
    rest = book.one_off - float(sum(costs.sum() for costs in book.once.values()))
    rows.append(["one_off", EVERYBODY, EVERYBODY, rest, currency])
    return pd.DataFrame(rows, columns=["line", "group", "site", "value", "unit"])


def customers_frame(outcomes: Outcomes) -> pd.DataFrame:
    """What each segment's customers live through and are worth.

    Columns: segment, measure, value, model_low, model_high (80 % band of the outcome model), unit.
    Measures: bad_episodes a customer and year, churn a year, churn_without_bad episodes, and clv,
    the margin of a customer for ever, discounted. nan where customers' lines are missing.
    """
    import pandas as pd

    case, alone = outcomes.case, outcomes.alone
    one, many = drawing.central(case.parameters), drawing.sampled(case.parameters, uncertainty.DRAWS)
    central, spread = (
        _by_segment(side, draws) for side, draws in ((alone.side, one), (alone.spread_side, many))
    )
    units = {"bad_episodes": "number", "clv": outcomes.scenario.currency}
    rows = [
        [
            segment,
            measure,
            float(values[place, 0]),
            *uncertainty.band(spread[measure][place]),
            units.get(measure, "share"),
        ]
        for place, segment in enumerate(case.customers.segments)
        for measure, values in central.items()
    ]
    return pd.DataFrame(rows, columns=["segment", "measure", "value", "model_low", "model_high", "unit"])


def _by_segment(side: Side, draws: drawing.Draws) -> dict[str, Floats]:
    outcome = side.outcome
    return {
        "bad_episodes": outcome.bad * loyalty.MONTHS,
        "churn": outcome.churn,
        "churn_without_bad": loyalty.annual(outcome.stay_without_bad),
        "clv": side.value(draws),
    }

"""The ledger, line by line, by group and by site."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.experiments.economics import line
from ccsim.experiments.seen import Reading, Seen, frame

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.outcomes import Outcomes
    from ccsim.results.ledger import Ledger

Floats = npt.NDArray[np.float64]

EVERYBODY: Final = "all"  # who bears what no single group does


def ledger_frame(outcomes: Outcomes) -> pd.DataFrame:
    """The costs of a year by line and group, and what is spent once.

    Columns: line, group, site, value (money a year; of `one_off` and `training`, at the start), unit.
    Lines that no group bears, as self-service, are everybody's.
    """
    found = by_group(outcomes).rename(columns={"measure": "line"}).query("line != 'cost'")
    found["unit"] = outcomes.scenario.currency
    return found[["line", "group", "site", "value", "unit"]].reset_index(drop=True)


def by_group(outcomes: Outcomes) -> pd.DataFrame:
    """Each line by group, with its site; what no group bears is everybody's."""
    import pandas as pd

    book = outcomes.case.costs
    rows = list(zip(book.groups, book.sites, strict=True))
    parts = [
        frame(outcomes.seen, ["group", "site"], rows, _lines(outcomes, lambda values: values)),
        frame(outcomes.seen, ["group", "site"], [(EVERYBODY, EVERYBODY)], _rest(outcomes)),
    ]
    return pd.concat(parts, ignore_index=True)


def by_site(outcomes: Outcomes) -> pd.DataFrame:
    """Each line by site; what no site bears is everybody's."""
    import pandas as pd

    book = outcomes.case.costs
    names = list(dict.fromkeys(book.sites))
    place = np.array([names.index(site) for site in book.sites], np.int64)

    def added(values: Floats) -> Floats:
        return np.bincount(place, values, len(names)).astype(np.float64)

    parts = [
        frame(outcomes.seen, ["site"], [(name,) for name in names], _lines(outcomes, added)),
        frame(outcomes.seen, ["site"], [(EVERYBODY,)], _rest(outcomes)),
    ]
    return pd.concat(parts, ignore_index=True)


def _lines(outcomes: Outcomes, added: Callable[[Floats], Floats]) -> dict[str, Reading]:
    """The lines that groups bear, added up to what is asked for, and their sum."""
    book, currency = outcomes.case.costs, outcomes.scenario.currency

    def of(name: str) -> Callable[[Seen], Floats]:
        return lambda seen: added(_every(seen.side.ledger)[name])[:, None]

    lines = {name: Reading(f"{currency}/year", of(name)) for name in (*book.lines, "cost")}
    return lines | {name: Reading(currency, of(name)) for name in book.once}


def _every(book: Ledger) -> dict[str, Floats]:
    cost = np.array(list(book.by_group.values()))
    return {**book.lines, **book.once, "cost": cost}


def _rest(outcomes: Outcomes) -> dict[str, Reading]:
    """The lines that no group bears."""
    shared, currency = outcomes.case.costs.shared, outcomes.scenario.currency
    lines = {name: Reading(f"{currency}/year", line(name)) for name in shared}
    return lines | {"one_off": Reading(currency, line("one_off"))}

"""Who gains and who loses: waits, answers, solutions and transfers of the same contacts, by slice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.experiments.rollout_changes import Changes, of_ratios, verdicts
from ccsim.results.both_rules import BY, NOBODY, SUMS, BothRules
from ccsim.results.slices import WEEKDAYS

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Followed:
    """A figure of the same contacts before and after: what is summed, over what, and which way is better.

    before: empty where the figure is a share of contacts that have changed.
    """

    label: str
    unit: str
    before: str
    after: str
    over: str
    better: str


FOLLOWED: Final = {
    "wait": Followed("mean wait", "s", "wait_before", "wait_after", "waited", "down"),
    "waits_less": Followed("wait less", "share", "", "less", "waited", "up"),
    "waits_more": Followed("wait more", "share", "", "more", "waited", "down"),
    "answered": Followed("answered", "share", "answered_before", "answered_after", "contacts", "up"),
    "abandoned": Followed("abandoned", "share", "abandoned_before", "abandoned_after", "contacts", "down"),
    "resolved_first": Followed(
        "resolved at once", "share", "resolved_before", "resolved_after", "contacts", "up"
    ),
    "passed_on": Followed("passed on", "share", "passed_before", "passed_after", "contacts", "down"),
}
# Of a group, other contacts before than after: those it answers. Nobody's are not answered by definition.
OF_GROUPS: Final = ("wait", "resolved_first", "passed_on")


def slices_frame(pairs: Sequence[BothRules], by: str, weeks: int) -> pd.DataFrame:
    """All figures of `FOLLOWED` by slice; verdicts of one measure hold together over its slices (Holm)."""
    import pandas as pd

    sums = np.array([pair.slices[by] for pair in pairs])
    later = np.array([pair.slices["group_after"] for pair in pairs]) if by == "group" else sums
    labels = labels_of(pairs[0], by)
    contacts = _column(sums, "contacts").mean(axis=0) / weeks
    seen = np.flatnonzero(contacts.ravel() > 0)
    channel, at = np.unravel_index(seen, contacts.shape)
    names = pairs[0].names.channels
    frames = []
    for measure, what in FOLLOWED.items():
        if by == "group" and measure not in OF_GROUPS:
            continue
        found = _changes(sums, later, what).columns()
        rows = {name: values[seen] for name, values in found.items()}
        adjusted, words = verdicts(list(rows["change"]), list(rows["p"]), what.better)
        if not what.before:
            words = [""] * len(words)
        columns = {
            "channel": [names[k] for k in channel], "by": by, "slice": [labels[k] for k in at],
            "measure": measure, "unit": what.unit, **rows, "p_holm": adjusted, "verdict": words,
            "contacts": contacts.ravel()[seen],
        }  # fmt: skip
        frames.append(pd.DataFrame(columns))
    return pd.concat(frames, ignore_index=True)


def labels_of(pair: BothRules, by: str) -> list[str]:
    """What the slices are called."""
    if by not in BY:
        raise ValueError(f"cannot slice by {by!r}; use one of {', '.join(BY)}")
    if by == "weekday_hour":
        return [f"{day} {hour:02d}:00" for day in WEEKDAYS for hour in range(24)]
    return {
        "channel": ["all"],
        "segment": list(pair.names.segments),
        "intent": list(pair.names.intents),
        "group": [*pair.groups, NOBODY],
    }[by]


def _column(sums: Floats, name: str) -> Floats:
    found: Floats = sums[..., SUMS.index(name)]
    return found


def _changes(sums: Floats, later: Floats, what: Followed) -> Changes:
    over, after = _column(sums, what.over), _column(later, what.after)
    if what.before:
        return of_ratios(_column(sums, what.before), after, over, _column(later, what.over))
    found = of_ratios(np.zeros_like(after), after, over)
    unknown = np.full(found.before.shape, np.nan)  # nobody waits less or more than today, today: no test
    return Changes(unknown, found.after, found.change, found.low, found.high, unknown)

"""What moves: contacts from one end to another and between groups, work, skill, occupancy, transfers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from ccsim.experiments.rollout_changes import Changes, of_means, of_ratios
from ccsim.results.both_rules import NOBODY, BothRules
from ccsim.results.first_contacts import ENDS
from ccsim.results.statistics import Estimate, student_mean
from ccsim.results.work_done import SERVED, WorkDone

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]

LEAST_SEATED: Final = 4 * 3600.0  # s in the counted weeks: who sat less says nothing of an occupancy
HOUR: Final = 3600.0


def flips_frame(pairs: Sequence[BothRules], weeks: int) -> pd.DataFrame:
    """First contacts a week by channel, how they ended before and how after; share of the channel's."""
    import pandas as pd

    ends = np.array([pair.ends for pair in pairs])
    found = student_mean(ends / weeks)
    total = found.value.sum(axis=(1, 2), keepdims=True)
    with np.errstate(invalid="ignore"):
        share = found.value / total
    return pd.DataFrame(
        {**_axes({"channel": pairs[0].names.channels, "before": ENDS, "after": ENDS}), **_estimated(found),
         "share": share.ravel(), "unit": "contacts a week"}
    )  # fmt: skip


def who_frame(pairs: Sequence[BothRules], weeks: int) -> pd.DataFrame:
    """First contacts a week by intent, by whom they were answered before and by whom after."""
    import pandas as pd

    groups = (*pairs[0].groups, NOBODY)
    found = student_mean(np.array([pair.who for pair in pairs]) / weeks)
    axes = _axes({"intent": pairs[0].names.intents, "before": groups, "after": groups})
    return pd.DataFrame({**axes, **_estimated(found), "unit": "contacts a week"})


def load_frame(pairs: Sequence[BothRules], weeks: int) -> pd.DataFrame:
    """Work by group and intent, before and after: hours of handling, and contacts answered, a week."""
    axes = {"group": pairs[0].groups, "intent": pairs[0].names.intents}
    parts = {"hours": (lambda work: work.seconds / HOUR / weeks, "hours a week"),
             "contacts": (lambda work: work.contacts / weeks, "contacts a week")}  # fmt: skip
    return _both({name: (of_means(*_sides(pairs, pick)), unit) for name, (pick, unit) in parts.items()}, axes)


def transfers_frame(pairs: Sequence[BothRules], weeks: int) -> pd.DataFrame:
    """Contacts passed on a week, by the group that did and the group that answered next."""
    groups = pairs[0].groups
    found = of_means(*_sides(pairs, lambda work: work.passed / weeks))
    axes = {"from": groups, "to": (*groups, NOBODY)}
    return _both({"passed_on": (found, "contacts a week")}, axes)


def skill_frame(pairs: Sequence[BothRules]) -> pd.DataFrame:
    """By intent and over all: share answered in skill, and mean speed and chance to resolve of who answered.

    In skill: by an agent who has the skill in the best rank in which anybody has it. Strong: by one at least
    as good at it (speed x chance to resolve) as those who have it are on average.
    """
    before, after = (_with_all(side) for side in _sides(pairs, lambda work: work.served))
    answered = SERVED.index("answered")
    found = {
        name: (of_ratios(before[..., k], after[..., k], before[..., answered], after[..., answered]), "share")
        for k, name in enumerate(SERVED)
        if k != answered
    }
    return _both(found, {"intent": (*pairs[0].names.intents, "all")})


def spread_frame(pairs: Sequence[BothRules]) -> pd.DataFrame:
    """Occupancy over the agents of each group, before and after: mean, sd, least and most.

    Those seated less than four hours are left out.
    """
    groups = pairs[0].groups
    sides = [
        np.array([_spread(work, mine, len(groups)) for work, mine in each])
        for each in (
            [(pair.before, pair.agents[0]) for pair in pairs],
            [(pair.after, pair.agents[1]) for pair in pairs],
        )
    ]
    names = ("mean", "sd", "least", "most")
    found = {name: (of_means(sides[0][..., k], sides[1][..., k]), "share") for k, name in enumerate(names)}
    return _both(found, {"group": groups})


def individuals_frame(pairs: Sequence[BothRules], people: tuple[list[tuple[str, str]], ...]) -> pd.DataFrame:
    """Occupancy of each agent before and after; people: (group, name) of each, on each side."""
    import pandas as pd

    frames = []
    for pick, mine in zip((_before, _after), people, strict=True):
        busy, seated = (np.array([getattr(pick(pair), name) for pair in pairs]).sum(axis=0)
                        for name in ("busy", "seated"))  # fmt: skip
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where(seated > 0, busy / seated, np.nan)
        keys = pd.MultiIndex.from_tuples(mine, names=["group", "agent"])
        frames.append(pd.Series(share[: len(keys)], index=keys))
    both = pd.concat(frames, axis=1, keys=["before", "after"], sort=False).reset_index()
    both["change"] = both["after"] - both["before"]
    return both.assign(unit="share")


def _before(pair: BothRules) -> WorkDone:
    return pair.before


def _after(pair: BothRules) -> WorkDone:
    return pair.after


def _sides(pairs: Sequence[BothRules], pick: Callable[[WorkDone], Floats]) -> tuple[Floats, Floats]:
    return np.array([pick(pair.before) for pair in pairs]), np.array([pick(pair.after) for pair in pairs])


def _with_all(served: Floats) -> Floats:
    """(replications, intents, sums) with the sums of all intents behind them."""
    return np.concatenate([served, served.sum(axis=1, keepdims=True)], axis=1)


def _spread(work: WorkDone, group: npt.NDArray[np.int64], groups: int) -> Floats:
    """Mean, standard deviation, least and most of the agents' occupancy, by group."""
    found = np.full((groups, 4), np.nan)
    there = work.seated >= LEAST_SEATED
    for number in range(groups):
        rows = there & (group == number)
        if rows.any():
            each = work.busy[rows] / work.seated[rows]
            found[number] = each.mean(), each.std(), each.min(), each.max()
    return found


def _axes(axes: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Columns that name the entries of a flattened array."""
    grid = np.meshgrid(*(np.arange(len(names)) for names in axes.values()), indexing="ij")
    return {
        name: [labels[k] for k in at.ravel().tolist()]
        for (name, labels), at in zip(axes.items(), grid, strict=True)
    }


def _estimated(found: Estimate) -> dict[str, Floats]:
    """Counts with their interval, which of rare ones would reach below none."""
    low = np.maximum(found.low, 0.0)
    return {"value": found.value.ravel(), "low": low.ravel(), "high": found.high.ravel()}


def _both(found: dict[str, tuple[Changes, str]], axes: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """One row a measure and entry; columns of `Changes` behind."""
    import pandas as pd

    frames = [
        pd.DataFrame({**_axes(axes), "measure": name, "unit": unit, **changes.columns()})
        for name, (changes, unit) in found.items()
    ]
    return pd.concat(frames, ignore_index=True)

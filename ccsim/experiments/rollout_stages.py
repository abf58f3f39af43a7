"""A staged rollout: part of the agents under the new terms, the same contacts, against none of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccsim.experiments.compare import Comparison
from ccsim.experiments.rollout_split import pilots, split, stageable
from ccsim.experiments.run import Run, run

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.executors import Executor
    from ccsim.experiments.rollout import Rollout
    from ccsim.experiments.unfinished import Unfinished

__all__ = ["Stage", "run_stages", "stageable", "stages_frame"]

Told = Callable[[str, int], Callable[[int, int], None] | None]


@dataclass(frozen=True, eq=False)
class Stage:
    """Both sides of one share: pilots named in both, new terms for them only in `after`.

    agents: in the pilots, by group.
    """

    share: float
    agents: dict[str, int]
    before: Run
    after: Run


def run_stages(
    result: Rollout, shares: Sequence[float], place: Executor, kept: Unfinished | None, told: Told
) -> list[Stage]:
    """Simulate each share, least first; all of the agents is the rollout itself."""
    return [_stage(result, share, place, kept, told) for share in sorted(set(shares))]


def _stage(result: Rollout, share: float, place: Executor, kept: Unfinished | None, told: Told) -> Stage:
    old, new = result.before, result.after
    agents = pilots(old.scenario, new.scenario, share)
    if share >= 1:
        return Stage(share, agents, old, new)
    count, frozen = result.replications, new.base
    sides = [
        run(side, count, clock=old.clock, progress=told(f"{100 * share:.4g} % of the agents, {word}", count),
            base=frozen, executor=place, kept=kept)
        for side, word in zip(split(old.scenario, new.scenario, share), ("old", "new"), strict=True)
    ]  # fmt: skip
    return Stage(share, agents, *sides)


def stages_frame(stages: Sequence[Stage]) -> pd.DataFrame:
    """The figures of `ccsim compare` for each share of the agents.

    Columns: share, agents (in the pilots), measure, label, part, unit, before, after, change, low, high
    (95 % interval over pairs), p_holm, verdict (of all figures of a stage together).
    """
    import pandas as pd

    names = ["share", "agents", "measure", "label", "part", "unit", "before", "after", "change", "low",
             "high", "p_holm", "verdict"]  # fmt: skip
    rows = [
        [stage.share, sum(stage.agents.values()), row.measure, row.label, row.part, row.unit, f.base,
         f.variant, f.difference, f.low, f.high, row.adjusted, row.verdict]
        for stage in stages
        for row in Comparison(stage.before, {"after": stage.after}).rows["after"]
        if (f := row.found)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=names)

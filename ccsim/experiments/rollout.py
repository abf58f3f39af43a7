"""`rollout`: the same contacts under old and new rules, and whether to go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ccsim.centre.simulate import choose_clock
from ccsim.errors import CcsimError
from ccsim.experiments import rollout_moves as moves
from ccsim.experiments.base import base_of, comparable
from ccsim.experiments.manifest import digest
from ccsim.experiments.replicate import executor_for, run_length
from ccsim.experiments.rollout_kept import KeptPairs
from ccsim.experiments.rollout_overload import overload_frame
from ccsim.experiments.rollout_pairs import PairTask, members_of, paired
from ccsim.experiments.rollout_slices import slices_frame
from ccsim.experiments.rollout_targets import Target, overall, targets_frame, targets_of
from ccsim.experiments.run import Run, run
from ccsim.results.both_rules import BY, BothRules

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.base import Base
    from ccsim.experiments.executors import Executor
    from ccsim.experiments.rollout_stages import Stage
    from ccsim.experiments.rollout_teach import Lesson
    from ccsim.experiments.unfinished import Unfinished
    from ccsim.scenario import Scenario

Progress = Callable[[str, int, int, int], None]  # what is run, done, of how many, contacts so far


@dataclass(frozen=True, eq=False)
class Rollout:
    """Two sets of rules met by the same contacts: runs of both, and one `BothRules` a replication.

    stages: what part of the agents alone would do (`shares`). lessons: what teaching missing skills
    would (`teach`). Frames are tidy: shares 0..1, seconds, hours and contacts a week; low and high are
    95 % intervals over pairs of replications.
    """

    before: Run
    after: Run
    pairs: tuple[BothRules, ...]
    stages: tuple[Stage, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    _frames: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    @property
    def names(self) -> tuple[str, str]:
        """What the two sets of rules are called: variants, or 'base'."""
        return name_of(self.before.scenario), name_of(self.after.scenario)

    @property
    def replications(self) -> int:
        """Number of pairs of replications."""
        return len(self.pairs)

    @property
    def weeks(self) -> int:
        """Counted weeks of a replication."""
        return int(self.before.scenario.weeks)

    @cached_property
    def judged(self) -> list[Target]:
        """The targets of the new rules' scenario, each with its verdict."""
        return targets_of(self.before, self.after)

    @property
    def verdict(self) -> str:
        """'go', 'no-go', 'not sure', or empty where no target decides (see `rollout_targets`)."""
        return overall(self.judged)

    def targets(self) -> pd.DataFrame:
        """Go / no-go, one target a row: before, after, change, certainty, verdict, note."""
        return targets_frame(self.judged)

    def changes(self, by: str = "segment") -> pd.DataFrame:
        """Who gains and who loses: the same first contacts before and after.

        by: 'channel' (each as a whole), 'segment', 'intent', 'weekday_hour' (of arrival) or 'group' (of those
        it answered before against those it answered after: not the same contacts, since whom a group
        answers is part of the change; 'nobody' are those not answered). Columns: channel, by, slice,
        measure, unit, before, after, change, low, high, p, p_holm, verdict ('better',
        'worse', 'no change'; of one measure over all its slices together, Holm), contacts (a week).
        Measures: `rollout_slices.FOLLOWED`; a wait lasts until answered or gone. ValueError for another `by`.
        """
        if by not in BY:
            raise ValueError(f"cannot slice by {by!r}; use one of {', '.join(BY)}")
        return self._kept(by, lambda: slices_frame(self.pairs, by, self.weeks))

    def flips(self) -> pd.DataFrame:
        """How the same first contacts ended before and after, a week: all pairs of `first_contacts.ENDS`."""
        return self._kept("flips", lambda: moves.flips_frame(self.pairs, self.weeks))

    def who_answered(self) -> pd.DataFrame:
        """From whom to whom first contacts moved, a week, by intent."""
        return self._kept("who", lambda: moves.who_frame(self.pairs, self.weeks))

    def load(self) -> pd.DataFrame:
        """Hours of handling and contacts answered a week, by group and intent, before and after."""
        return self._kept("load", lambda: moves.load_frame(self.pairs, self.weeks))

    def in_skill(self) -> pd.DataFrame:
        """By intent: share answered in skill, and mean speed and chance to resolve of who answered."""
        return self._kept("skill", lambda: moves.skill_frame(self.pairs))

    def spread(self) -> pd.DataFrame:
        """Occupancy over the agents of each group: mean, sd, least, most, before and after."""
        return self._kept("spread", lambda: moves.spread_frame(self.pairs))

    def individuals(self) -> pd.DataFrame:
        """Occupancy of each agent before and after. It names people: ask for it only where that is meant."""
        return self._kept("individuals", lambda: moves.individuals_frame(self.pairs, self._people))

    def transfers(self) -> pd.DataFrame:
        """Contacts passed on a week by pair of groups, before and after."""
        return self._kept("transfers", lambda: moves.transfers_frame(self.pairs, self.weeks))

    def overload(self) -> pd.DataFrame:
        """Which group is full first as volume grows, by capacity arithmetic (`rollout_overload`)."""
        return self._kept("overload", lambda: overload_frame(self.before, self.after))

    def staged(self) -> pd.DataFrame:
        """What each share of the agents alone would do; empty unless shares were asked for."""
        from ccsim.experiments.rollout_stages import stages_frame

        return self._kept("stages", lambda: stages_frame(self.stages))

    def teaching(self) -> pd.DataFrame:
        """What teaching each missing skill would do, most valuable first; empty unless asked for."""
        from ccsim.experiments.rollout_teach import lessons_frame

        return self._kept("teaching", lambda: lessons_frame(self))

    def save(self, folder: str | Path | None = None, charts: bool = False, individuals: bool = False) -> Path:
        """Write the folder (default: `runs/rollout-HASH`), whole or not at all, and return its path."""
        from ccsim.experiments.rollout_folder import save_rollout

        return save_rollout(self, folder, charts, individuals)

    @cached_property
    def _people(self) -> tuple[list[tuple[str, str]], ...]:
        """(group, name) of each agent, before and after; numbered where the scenario has no names."""
        sides = zip((self.before, self.after), self.pairs[0].agents, strict=True)
        return tuple(_agents(run.scenario, self.pairs[0].groups, agents.tolist()) for run, agents in sides)

    def _kept(self, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        if name not in self._frames:
            self._frames[name] = make()
        return self._frames[name].copy()


def name_of(scenario: Scenario) -> str:
    """The variant's name, or 'base'."""
    return scenario.source.variant or "base"


def _agents(scenario: Scenario, groups: Sequence[str], agents: Sequence[int]) -> list[tuple[str, str]]:
    members = members_of(scenario)
    seen: dict[str, int] = {}
    found = []
    for number in agents:
        group = groups[number]
        at = seen[group] = seen.get(group, -1) + 1
        mine = members[group]
        person = scenario.agents[group].people[mine[at]].name if at < len(mine) else f"{group} {at + 1}"
        found.append((group, person))
    return found


def rollout(
    before: Scenario,
    after: Scenario,
    replications: int | None = None,
    jobs: int | None = None,
    clock: str = "auto",
    shares: Sequence[float] = (),
    teach: bool = False,
    progress: Progress | None = None,
    executor: Executor | None = None,
    kept: Unfinished | None = None,
) -> Rollout:
    """Run old and new rules on the same contacts and pair them, contact by contact.

    before, after: two scenarios of one file, its base or variants of it. shares: parts of the agents (0
    to 1) that alone would follow the new rules; teach: also what each missing skill would be worth, under
    the new rules. progress(label, done, of how many, contacts so far). jobs, clock, executor, kept: as of
    `run`. Raises CcsimError where the two are the same, do not have the same contacts, or cannot be
    staged.
    """
    from ccsim.experiments.rollout_stages import run_stages, stageable
    from ccsim.experiments.rollout_teach import run_lessons

    same_contacts(before, after)
    if shares:
        stageable(before, after, shares)
    count = before.replications if replications is None else replications
    chosen = choose_clock(clock, 2 * count * run_length(before))
    with executor_for(2 * count * run_length(before), chosen, count, jobs, None, executor) as place:

        def told(label: str, total: int) -> Callable[[int, int], None] | None:
            return None if progress is None else lambda done, seen: progress(label, done, total, seen)

        first = _frozen(before, after, count, chosen, place, kept, told("base", count))
        result = _paired(before, after, count, chosen, first, place, kept, told("old and new rules", count))
        stages = run_stages(result, shares, place, kept, told) if shares else ()
        lessons = run_lessons(result, place, kept, told) if teach else ()
    return Rollout(result.before, result.after, result.pairs, tuple(stages), tuple(lessons))


def same_contacts(before: Scenario, after: Scenario) -> None:
    """CcsimError unless the two differ, and the same contacts can be followed in both."""
    if digest(before) == digest(after):
        raise CcsimError(
            f"`{name_of(before)}` and `{name_of(after)}` are the same rules: name two that differ "
            "(--from, --to)"
        )
    comparable(before, after)
    for what in ("intents", "channels", "seed", "weeks", "start"):
        sides = [getattr(each, what) for each in (before, after)]
        sides = [list(each) if isinstance(each, dict) else each for each in sides]
        if sides[0] != sides[1]:
            raise CcsimError(
                f"`{name_of(before)}` and `{name_of(after)}` have other `{what}`, so their contacts cannot "
                "be followed one by one: use ccsim compare"
            )


def _frozen(
    before: Scenario,
    after: Scenario,
    count: int,
    clock: str,
    place: Executor,
    kept: Unfinished | None,
    progress: Callable[[int, int], None] | None,
) -> Base | None:
    """What the base froze, where the old rules are a variant themselves; None where they are the base."""
    from ccsim.experiments.folder import stored_base

    origin = base_of(before)
    if origin is None:
        if base_of(after) is not None:
            return None
        raise CcsimError("the new rules must be a variant of the old ones, or both variants of one base")
    frozen = stored_base(origin, count)
    return frozen or run(origin, count, clock=clock, progress=progress, executor=place, kept=kept).as_base


def _paired(
    before: Scenario,
    after: Scenario,
    count: int,
    clock: str,
    first: Base | None,
    place: Executor,
    kept: Unfinished | None,
    progress: Callable[[int, int], None] | None,
) -> Rollout:
    """The runs of both, and their pairs; first: what the base froze, where the old rules are a variant."""
    from ccsim.experiments.base import fresh_of

    fresh = fresh_of(before, clock) if first is None else first.fresh
    mine = None if kept is None else KeptPairs.of(kept, before, after, fresh)
    known, keep = (None, None) if mine is None else (mine.known(), mine.add)
    pairs = paired(PairTask(before, after, clock, fresh), count, None, progress, place, known, keep)
    old = Run(before, tuple(pair.before for pair in pairs), fresh, clock, first)
    on = old.as_base if first is None else first
    new = Run(after, tuple(pair.after for pair in pairs), fresh, clock, on)
    return Rollout(old, new, tuple(pair.both for pair in pairs))

"""What an interrupted rollout has finished: tallies as everywhere, and what pairs them beside those.

A pair is known again where both its tallies are and what pairs them. That lies in the folder of the new
rules' tallies, as plain arrays: nothing pickled, so that reading it runs nothing.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ccsim.experiments.rollout_pairs import Pair
from ccsim.experiments.unfinished import key_of_tally
from ccsim.results.both_rules import BY, BothRules
from ccsim.results.work_done import WorkDone

if TYPE_CHECKING:
    from ccsim.centre.journal import Names
    from ccsim.demand.arrivals import Fresh
    from ccsim.experiments.unfinished import Kept, Unfinished
    from ccsim.scenario import Scenario

_SIDES = ("before", "after")
# Half written, or nothing of ours: it runs again.
_BROKEN = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


@dataclass(frozen=True, eq=False)
class KeptPairs:
    """The pairs of two scenarios that an earlier command has left, and those added by this one."""

    before: Kept
    after: Kept
    folder: Path

    @classmethod
    def of(cls, kept: Unfinished, before: Scenario, after: Scenario, fresh: Fresh) -> KeptPairs:
        """Those that a command keeps of two scenarios."""
        sides = [kept.of(each, fresh) for each in (before, after)]
        place = sides[1].folder / f"paired-{key_of_tally(before, fresh, None)[:12]}"
        return cls(sides[0], sides[1], place)

    def known(self) -> dict[int, Pair]:
        """Pairs that are there already, by number; nothing unless they are to be taken up."""
        old, new = self.before.known(), self.after.known()
        found = {}
        for number in sorted(set(old) & set(new)):
            both = read_both(self.folder / f"{number}.npz", old[number].names)
            if both is not None:
                found[number] = Pair(old[number], new[number], both)
        return found

    def add(self, number: int, pair: Pair) -> None:
        """Keep one more. Where it cannot be written it is not kept, and the command goes on."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            half = self.folder / f".{number}.npz"
            write_both(pair.both, half)
            os.replace(half, self.folder / f"{number}.npz")
        except OSError:
            return
        self.before.add(pair.before)
        self.after.add(pair.after)


def write_both(both: BothRules, file: Path) -> None:
    """What pairs a replication, as plain arrays."""
    np.savez_compressed(file, **dict(_arrays(both)))


def read_both(file: Path, names: Names) -> BothRules | None:
    """What `write_both` wrote; None where it is not there, or not whole. names: of the tally before."""
    try:
        with np.load(file, allow_pickle=False) as there:
            arrays = {name: there[name] for name in there.files}
        return _both(arrays, names)
    except _BROKEN:
        return None


def _arrays(both: BothRules) -> Iterator[tuple[str, Any]]:
    yield "groups", np.array(both.groups)
    yield "alone", np.array(both.alone)
    yield from (("ends", both.ends), ("who", both.who))
    yield from ((f"slices/{by}", sums) for by, sums in both.slices.items())
    for side, agents, work in zip(_SIDES, both.agents, (both.before, both.after), strict=True):
        yield f"agents/{side}", agents
        yield from ((f"{side}/{name}", getattr(work, name)) for name in WorkDone.__dataclass_fields__)


def _both(arrays: Mapping[str, Any], names: Names) -> BothRules:
    columns = tuple(WorkDone.__dataclass_fields__)
    work = [WorkDone(**{name: arrays[f"{side}/{name}"] for name in columns}) for side in _SIDES]
    return BothRules(
        names=names,
        groups=tuple(arrays["groups"].tolist()),
        agents=(arrays["agents/before"], arrays["agents/after"]),
        slices={by: arrays[f"slices/{by}"] for by in (*BY, "group_after")},
        ends=arrays["ends"],
        who=arrays["who"],
        alone=(int(arrays["alone"][0]), int(arrays["alone"][1])),
        before=work[0],
        after=work[1],
    )

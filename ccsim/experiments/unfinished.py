"""What an interrupted command has finished: its tallies, kept so that the command can go on from there.

They lie under `runs/.unfinished/KEY/`, KEY being a digest of all that decides a tally but for its number:
a longer run takes up what a shorter one has left. Tables and JSON only, nothing pickled: a folder of
runs may come from somebody else, and reading it must never run what is in it.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from ccsim.errors import CcsimError
from ccsim.experiments import manifest
from ccsim.experiments.folder import ROOT, whole
from ccsim.experiments.reopened_tallies import read_tallies
from ccsim.experiments.stored_names import names_in, names_told
from ccsim.experiments.stored_tallies import write_tallies
from ccsim.parameters import PARAMETER_VERSION

if TYPE_CHECKING:
    from ccsim.centre.rules import Rule
    from ccsim.demand.arrivals import Fresh
    from ccsim.results.tally import Tally
    from ccsim.scenario import Scenario

PLACE: Final = ".unfinished"  # beside the run folders, out of their way
TALLIES: Final = "tallies"
EVERY: Final = 30.0  # s between two savings, or this share of the time so far where that is longer:
SHARE: Final = 0.05  # a killed command loses little, and a long one does not write all the time
MOST: Final = 500  # tallies that wait in memory to be saved


class Unfinished:
    """Keeps what a command has finished, for as long as the command has not ended well.

        with Unfinished(resume=True) as kept:
            run(scenario, kept=kept).save()

    Left by an error or by Ctrl-C, everything finished is kept, and the error says so in a note; left in
    peace, all of it is forgotten. In between it is saved from time to time. resume: take up what an
    earlier command has left. root: the folder of runs.
    """

    def __init__(self, resume: bool = False, root: Path = ROOT, every: float = EVERY) -> None:
        self.resume = resume
        self._root = root / PLACE
        self._every = every
        self._began = self._saved = monotonic()
        self._kept: dict[str, Kept] = {}

    def of(self, scenario: Scenario, fresh: Fresh, rule: Rule | None = None) -> Kept:
        """Where the tallies of a scenario with these fresh volumes and this rule are kept."""
        key = key_of_tally(scenario, fresh, rule)
        if key not in self._kept:
            self._kept[key] = Kept(scenario, self._root / key, self.resume, self._save_if_due)
        return self._kept[key]

    def save(self) -> None:
        """Write what is not written yet. CcsimError where that fails; it is then still in memory."""
        for kept in self._kept.values():
            kept.save()
        self._saved = monotonic()

    def forget(self) -> None:
        """Remove what is kept of everything that this command has run."""
        for kept in self._kept.values():
            shutil.rmtree(kept.folder, ignore_errors=True)
        if self._root.is_dir() and not any(self._root.iterdir()):
            self._root.rmdir()

    def __len__(self) -> int:
        """Replications on disk, taken up or saved."""
        return sum(len(kept.on_disk) for kept in self._kept.values())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.forget()
            return
        try:
            self.save()
        except CcsimError as failed:
            error.add_note(f"Not all that was finished could be kept: {failed}")
        if len(self):
            one = len(self) == 1
            error.add_note(
                f"{len(self)} finished replication{' is' if one else 's are'} kept: the same command with "
                "--resume goes on from there."
            )

    def _save_if_due(self) -> None:
        pause = max(self._every, SHARE * (monotonic() - self._began))
        waiting = sum(len(kept.waiting) for kept in self._kept.values())
        if waiting < MOST and monotonic() - self._saved < pause:
            return
        try:
            self.save()
        except CcsimError:  # a full disk, say: the command goes on, and says so where it cannot end
            self._saved = monotonic()


@dataclass(eq=False)
class Kept:
    """The tallies of one scenario: those of an earlier command, and those `add`ed by this one.

    waiting: not written yet. on_disk: numbers of those that are.
    """

    scenario: Scenario
    folder: Path
    _resume: bool
    _save_if_due: Callable[[], None]
    waiting: list[Tally] = field(default_factory=list)
    on_disk: set[int] = field(default_factory=set)

    def known(self) -> dict[int, Tally]:
        """What an earlier command has left, by number; nothing where it is not to be taken up.

        CcsimError where it cannot be read, or another version has left it.
        """
        parts = sorted(self.folder.glob("part-*")) if self._resume else []
        found = {tally.replication: tally for part in parts for tally in _read(part, self.scenario)}
        self.on_disk |= set(found)
        return found

    def add(self, tally: Tally) -> None:
        """Keep one more."""
        self.waiting.append(tally)
        self._save_if_due()

    def save(self) -> None:
        """Write those that wait, all of them or none."""
        if not self.waiting:
            return
        with whole(self.folder / f"part-{uuid.uuid4().hex[:12]}") as place:
            write_tallies(self.waiting, self.scenario, place / TALLIES)
            told = manifest.written(_told(self.scenario, self.waiting))
            (place / manifest.MANIFEST).write_text(told, encoding="utf-8")
        self.on_disk |= {tally.replication for tally in self.waiting}
        self.waiting.clear()


def key_of_tally(scenario: Scenario, fresh: Fresh, rule: Rule | None) -> str:
    """Digest of all that decides a tally but for its number and the version of ccsim."""
    shares = [f"{name}: {share.tobytes().hex()}" for name, share in sorted(fresh.items())]
    ruled = [] if rule is None else [manifest.rule_digest(rule)]
    return manifest.sha("tally", manifest.digest(scenario), *shares, *ruled)[:32]


def _told(scenario: Scenario, tallies: list[Tally]) -> dict[str, Any]:
    return {
        "kind": "unfinished",
        "name": scenario.name,
        "replications": [tally.replication for tally in tallies],
        "names": names_told(tallies[0].names),
        **_decisive(),
    }


def _decisive() -> dict[str, Any]:
    """Versions with which a tally would be the same."""
    versions = manifest.versions()
    decisive = {name: versions[name] for name in ("ccsim", "numpy")}
    return {"format": manifest.FORMAT, "parameters": PARAMETER_VERSION, "versions": decisive}


def _read(part: Path, scenario: Scenario) -> tuple[Tally, ...]:
    told = manifest.found(part) or {}
    for name, here in _decisive().items():
        if told and told.get(name) != here:
            raise CcsimError(
                f"{part} was left by another version ({name} {told.get(name)}, here {here}): --resume cannot "
                f"mix the two. Start anew without it, or remove {part.parent}"
            )
    try:
        tallies = read_tallies(part / TALLIES, scenario, names_in(told["names"]))
        if [tally.replication for tally in tallies] != told["replications"]:
            raise ValueError("other replications than it says")
        if any(tally.seed != scenario.seed for tally in tallies):
            raise ValueError("another seed")
    except (CcsimError, KeyError, TypeError, ValueError, IndexError) as error:
        raise CcsimError(
            f"{part} cannot be taken up ({error}): remove it, and --resume goes on with the rest"
        ) from error
    return tallies

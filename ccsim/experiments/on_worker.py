"""What a Dask worker does: it takes a task from its bytes, is made ready once, and does a job."""

from __future__ import annotations

import hashlib
import pickle
import platform
from collections.abc import Callable
from typing import Any, Final

from ccsim.errors import CcsimError
from ccsim.experiments import manifest

PACKED: Final = "zstd"  # a tally shrinks to a ninth in the time that it takes to pickle it

_ready: set[bytes] = set()


def task_in(sent: bytes, versions: dict[str, str]) -> Any:
    """The task that was sent. CcsimError where other versions have sent it."""
    same_versions(versions)
    return pickle.loads(sent)


def done(task: Callable[[int], Any], number: int, first: tuple[bytes, ...]) -> tuple[bytes, int]:
    """The result of a job, packed for the wire, and its length unpacked.

    What has to be `first` is done once in each process.
    """
    import pyarrow as pa

    for once in first:
        if once not in _ready:
            _one_after_another(once)
            _ready.add(once)
    found = pickle.dumps(task(number), pickle.HIGHEST_PROTOCOL)
    return pa.compress(found, PACKED, asbytes=True), len(found)


def result_in(sent: tuple[bytes, int]) -> Any:
    """What `done` has packed."""
    import pyarrow as pa

    packed, length = sent
    return pickle.loads(pa.decompress(packed, length, PACKED))


def decisive_versions() -> dict[str, str]:
    """The versions that the result depends on: of ccsim, numpy, and Python but for its last digit."""
    here = manifest.versions()
    python = ".".join(platform.python_version_tuple()[:2])
    return {"ccsim": here["ccsim"], "numpy": here["numpy"], "Python": python}


def same_versions(there: dict[str, str]) -> None:
    """CcsimError where the versions of this worker are not those of who asks."""
    here = decisive_versions()
    others = [f"{name} {here[name]}, not {asked}" for name, asked in there.items() if here[name] != asked]
    if others:
        raise CcsimError(
            f"the Dask worker on {platform.node()} has {'; '.join(others)}: results could differ. Install "
            "the same versions there"
        )


def _one_after_another(packed: bytes) -> None:
    """Do it alone on this machine the first time (it may fill a cache), at the same time as others later."""
    from distributed import Event, Lock

    once = pickle.loads(packed)
    name = f"ccsim {hashlib.blake2b(packed, digest_size=8).hexdigest()} on {platform.node()}"
    been_done = Event(name)
    if been_done.is_set():
        once()
        return
    with Lock(name):
        once()
    been_done.set()

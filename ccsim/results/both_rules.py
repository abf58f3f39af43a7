"""One replication under two sets of rules, contact by contact: the tally that is left of two journals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import Journal, Names
from ccsim.results.first_contacts import ANSWERED, ENDS, GONE, FirstContacts, first_contacts
from ccsim.results.work_done import Mastery, WorkDone, work_done

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

BY = ("channel", "segment", "intent", "weekday_hour", "group")
NOBODY = "nobody"
# Sums over the contacts of a slice, each along the last axis of `BothRules.slices`.
SUMS = (
    "contacts", "waited", "wait_before", "wait_after", "less", "more",
    "answered_before", "answered_after", "abandoned_before", "abandoned_after",
    "resolved_before", "resolved_after", "passed_before", "passed_after",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class BothRules:
    """What became of the same first contacts under the rules before and after, and the work of both.

    groups: names of both, those before first; agents: the number of each agent's group among them, on either
    side. slices: by `BY`, sums (channels, slices, SUMS) over the
    contacts that are in both; 'waited' are those whose wait is known in both, and only their waits are
    summed; of a slice by group, the last of which is nobody, sums before are over those it answered before
    ('group') and sums after over those it answered after ('group_after'). ends: (channels, ENDS before, ENDS
    after). who: (intents, groups + 1, groups + 1): who answered before and after, the last nobody.
    alone: contacts that only one of the two has, before and after.
    """

    names: Names
    groups: tuple[str, ...]
    agents: tuple[Ints, Ints]
    slices: dict[str, Floats]
    ends: Floats
    who: Floats
    alone: tuple[int, int]
    before: WorkDone
    after: WorkDone


def both_rules(
    before: Journal,
    after: Journal,
    mastery: tuple[Mastery, Mastery],
    first_weekday: int,
    noticed: Floats,
) -> BothRules:
    """Pair two journals of one replication.

    noticed: by channel, seconds of a wait from which a difference counts as less or more. Both must have
    the same channels, intents and segments.
    """
    names = before.names
    groups = tuple(dict.fromkeys((*names.groups, *after.names.groups)))
    agents = [_places(j, groups)[j.names.agents] for j in (before, after)]
    sides = [_renamed(first_contacts(j, first_weekday), j, groups) for j in (before, after)]
    _, here, there = np.intersect1d(sides[0].key, sides[1].key, True, return_indices=True)
    old, new = sides[0].take(here), sides[1].take(there)
    channel, intent = names.cell_channel[old.cell], names.cell_intent[old.cell]
    sums = _sums(old, new, noticed[channel])
    where: dict[str, tuple[npt.NDArray[Any], int]] = {
        "channel": (np.zeros(len(old), np.int64), 1),
        "segment": (names.cell_segment[old.cell], len(names.segments)),
        "intent": (intent, len(names.intents)),
        "weekday_hour": (old.hour, 168),
        "group": (old.group, len(groups) + 1),
        "group_after": (new.group, len(groups) + 1),
    }
    channels = len(names.channels)
    shape = (len(names.intents), len(groups) + 1, len(groups) + 1)
    return BothRules(
        names=names,
        groups=groups,
        agents=(agents[0], agents[1]),
        slices={by: _added((channel, at), (channels, size), sums) for by, (at, size) in where.items()},
        ends=_counted((channel, old.end, new.end), (channels, len(ENDS), len(ENDS))),
        who=_counted((intent, old.group, new.group), shape),
        alone=(len(sides[0]) - len(old), len(sides[1]) - len(new)),
        before=work_done(before, groups, mastery[0]),
        after=work_done(after, groups, mastery[1]),
    )


def _renamed(rows: FirstContacts, journal: Journal, groups: Sequence[str]) -> FirstContacts:
    """With groups as numbered in `groups`, nobody after the last of them."""
    return replace(rows, group=np.append(_places(journal, groups), len(groups))[rows.group])


def _places(journal: Journal, groups: Sequence[str]) -> Ints:
    return np.array([groups.index(name) for name in journal.names.groups], np.int64)


def _sums(old: FirstContacts, new: FirstContacts, noticed: Floats) -> Floats:
    """A column for each of `SUMS`, a row for each contact."""
    waited = ~(np.isnan(old.wait) | np.isnan(new.wait))
    waits = [np.where(waited, side.wait, 0.0) for side in (old, new)]
    apart = waits[1] - waits[0]
    columns = [np.ones(len(old)), waited, *waits, apart < -noticed, apart > noticed]
    columns += [side.end == end for end in (ANSWERED, GONE) for side in (old, new)]
    columns += [old.resolved, new.resolved, old.passed_on, new.passed_on]
    return np.stack([np.asarray(column, np.float64) for column in columns], axis=1)


def _added(at: tuple[npt.NDArray[Any], ...], shape: tuple[int, ...], sums: Floats) -> Floats:
    code = np.ravel_multi_index(tuple(np.asarray(each, np.int64) for each in at), shape)
    size = int(np.prod(shape))
    found = [np.bincount(code, column, size) for column in sums.T]
    return np.stack(found, axis=-1).reshape(*shape, len(SUMS)).astype(np.float64)


def _counted(at: tuple[npt.NDArray[Any], ...], shape: tuple[int, ...]) -> Floats:
    code = np.ravel_multi_index(tuple(np.asarray(each, np.int64) for each in at), shape)
    return np.bincount(code, minlength=int(np.prod(shape))).reshape(shape).astype(np.float64)

"""What comes back: returning contacts in a pilot run, by the channel they reach and the one they began on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import CLOSED, MESSAGE, Journal
from ccsim.demand.grid import DAY, WEEK
from ccsim.scenario import Scenario

Floats = npt.NDArray[np.float64]
UNSEEN = (CLOSED, MESSAGE)  # outcomes of contacts that met closed doors: no ACD counts them


@dataclass(frozen=True, eq=False)
class Returns:
    """Contacts that arrived in the counted weeks of a pilot, by interval of the week.

    channels: names, in the journal's order. first: (channels, slots), first contacts of issues.
    back: (channels, channels, slots): all later contacts, by the channel they came to and the channel
    on which their issue was born. What self-service contains has arrived too; closed doors count none.
    """

    channels: tuple[str, ...]
    first: Floats
    back: Floats

    def own_ratio(self, channel: int) -> Floats:
        """Contacts that come back to their own channel, for each first contact, by interval of the week.

        A pilot is too short to know each interval by itself; the product of a day's and a time's ratio
        is known well, and does not mind that a pilot's days are busier or quieter than usual.
        """
        first = self.first[channel].reshape(7, -1)
        back = self.back[channel, channel].reshape(7, -1)
        day = back.sum(axis=1) / np.maximum(first.sum(axis=1), 1)
        time = back.sum(axis=0) / np.maximum((first * day[:, None]).sum(axis=0), 1e-9)
        ratio: Floats = (day[:, None] * np.where(first.sum(axis=0) > 0, time, 0.0)).ravel()
        return ratio

    def own_elsewhen(self, channel: int) -> float:
        """For each first contact, those that come back to their channel when no first ones come to it."""
        back = float(self.back[channel, channel].sum())
        seen = float((self.first[channel] * self.own_ratio(channel)).sum())
        return max(0.0, back - seen) / max(float(self.first[channel].sum()), 1.0)

    def from_others(self, channel: int, other: int) -> Floats:
        """Contacts that come to a channel from each issue born on another, by interval of the week."""
        table = self.back[channel, other].reshape(7, -1)
        scale = float(table.sum()) * max(float(self.first[other].sum()), 1.0)
        smooth: Floats = np.outer(table.sum(axis=1), table.sum(axis=0)).ravel()
        return smooth / scale if scale > 0.0 else smooth


def returns_of(scenario: Scenario, journal: Journal) -> Returns:
    """The arrivals of a pilot's counted weeks."""
    contacts, names = journal.contacts, journal.names
    seen = journal.counted_contacts & ~np.isin(contacts.outcome, UNSEEN)
    slots, channels = WEEK // scenario.interval, len(names.channels)
    slot = week_slots(scenario, contacts.arrived[seen])
    came = contacts.channel[seen].astype(np.int64)
    born = names.cell_channel[journal.issues["cell"][contacts.issue[seen]]].astype(np.int64)
    first = contacts.attempt[seen] == 0
    at = came * slots + slot
    fresh = np.bincount(at[first], minlength=channels * slots)
    at = (came * channels + born) * slots + slot
    back = np.bincount(at[~first], minlength=channels * channels * slots)
    return Returns(
        names.channels,
        fresh.reshape(channels, slots).astype(np.float64),
        back.reshape(channels, channels, slots).astype(np.float64),
    )


def week_slots(scenario: Scenario, times: Floats) -> npt.NDArray[np.int64]:
    """Interval of the week in which each time (s) lies; Monday 00:00 is 0."""
    from_monday = times + scenario.start.weekday() * DAY
    slot: npt.NDArray[np.int64] = (from_monday % WEEK // scenario.interval).astype(np.int64)
    return slot

"""Who answered an issue last: at which site, and whether it made good what had gone wrong before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from ccsim.centre.journal import CONTAINED, HANDLED, IN_HAND, Journal, Names
from ccsim.results.eventful_journeys import LEFT
from ccsim.results.ordered_legs import OrderedLegs, one_of

if TYPE_CHECKING:
    from ccsim.scenario import Scenario

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

NOBODY: Final = ""  # the site of issues that no person answered
_FAILED: Final = LEFT | one_of((HANDLED, CONTAINED))  # of a contact after which the customer returned
_ANSWERED: Final = one_of((HANDLED, IN_HAND))


def sites_in(names: Names) -> tuple[str, ...]:
    """Each site once, in order of the groups; then `NOBODY`."""
    return (*dict.fromkeys(names.sites), NOBODY)


def last_sites(journal: Journal, ordered: OrderedLegs | None = None) -> Ints:
    """By issue, the place in `sites_in` of the site whose group answered last.

    `ordered` are needed where more happened than on a telephone, or at several sites.
    """
    sites, contacts = sites_in(journal.names), journal.contacts
    nobody = len(sites) - 1
    found = np.full(len(journal.issues), nobody, np.int64)
    if ordered is None and nobody == 1:  # one site: whether, not where
        found[contacts.issue[_ANSWERED[contacts.outcome] | (contacts.legs > 1)]] = 0
        return found
    legs = ordered or OrderedLegs.of(journal)
    rows = np.flatnonzero(legs.spoke)
    place = np.array([sites.index(site) for site in journal.names.sites], np.int64)
    found[legs.issue[rows]] = place[legs.group[rows]]  # in order of time: the last is written last
    return found


def made_good(journal: Journal, scenario: Scenario | None) -> Mask | None:
    """By issue, whether an empowered group solved it after it had failed; None if no group is empowered.

    It had failed: the customer returned after leaving unanswered, or after a contact that seemed to
    end it (with a person or in self-service) and had not.
    """
    if scenario is None:
        return None
    names, contacts, legs = journal.names, journal.contacts, journal.legs
    empowered = np.array([scenario.agents[name].empowerment is not None for name in names.groups], np.bool_)
    if not empowered.any():
        return None
    group = legs["group"][contacts.last]
    solved = contacts.resolved & (group >= 0) & empowered[group]
    again = contacts.returning[_FAILED[contacts.outcome[contacts.before]]]
    failed = np.zeros(len(journal.issues), np.bool_)
    failed[contacts.issue[again]] = True
    found = np.zeros_like(failed)
    found[contacts.issue[solved]] = True
    return np.asarray(found & failed)

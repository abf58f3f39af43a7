"""Run a case under a clock and estimate its measures from independent replications."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from ccsim.centre.simulate import simulate
from conformance.case import Case
from conformance.estimates import Estimate, Floats, adjusted_ratio


@dataclass(frozen=True)
class Found:
    """What a clock made of a case: an estimate a measure, and how many contacts it simulated."""

    estimates: dict[str, Estimate]
    contacts: int

    def z(self, case: Case, name: str) -> float:
        truth = case.truths[name]
        return self.estimates[name].z(truth.value, truth.se)


def run(case: Case, clock: str) -> Found:
    """All replications of a case, one after another."""
    length = case.length(clock)
    scenario = case.scenario(clock)
    measures = case.seen_by(clock)
    pairs: dict[str, list[tuple[float, float]]] = {name: [] for name in measures}
    controls = []
    contacts = 0
    for replication in range(length.replications):
        journal = simulate(scenario, replication, clock)
        contacts += len(journal.legs)
        seen = case.watch(journal, length.hours)
        for name, measure in measures.items():
            pairs[name].append(measure(seen))
        controls.append(case.known(scenario, seen))
    known = np.array(controls)
    return Found({name: _estimate(found, known) for name, found in pairs.items()}, contacts)


def _estimate(pairs: list[tuple[float, float]], controls: Floats) -> Estimate:
    numerators, denominators = np.array(pairs).T
    return adjusted_ratio(numerators, denominators, controls)


@cache
def _by_name(name: str, clock: str) -> Found:
    from conformance.cases import CASES

    return run(CASES[name], clock)


def found(name: str, clock: str) -> Found:
    """The same, run once a session."""
    return _by_name(name, clock)

"""The issues of a voice scenario that has been there from the start: the same for ever."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np

from ccsim.demand.issues import draw_issues
from ccsim.scenario import loads
from ccsim.scenario.templates import template


def test_the_issues_of_the_first_scenario_are_those_they_were() -> None:
    """Keys, cells and customers to the bit, times and draws to a millionth of their size.

    Whatever is added to demand, a scenario that does not use it keeps its issues. An upgrade of scipy may
    move a last digit; one that moves more is dated in the CHANGELOG.
    """
    issues = draw_issues(loads(template("quickstart")), 0)
    together = blake2b(digest_size=8)
    for column in (issues.key, issues.cell, issues.customer):
        together.update(np.ascontiguousarray(column).tobytes())
    assert (len(issues), together.hexdigest()) == (35671, FINGERPRINT)
    assert issues.columns == ("born", "talk", "patience", "wrap", "score", "complexity")
    assert np.allclose(issues.draws.sum(axis=1), SUMS, rtol=1e-6)


FINGERPRINT = "38244c726de45598"
SUMS = [3.92927355e10, 10372349.3, 10688910.2, 1721715.67, -137.089036, -123.52064]

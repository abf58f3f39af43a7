"""The table of docs/conformance.md: every case, measure, truth and what both clocks made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ccsim.centre.clock_compiled import available
from conformance.case import EXACT, Case
from conformance.cases import CASES
from conformance.runs import Found, found

PAGE = Path(__file__).parents[2] / "docs" / "conformance.md"
HEAD = "| measure | truth | compiled ± s.e. | z | SimPy ± s.e. | z |"
RULE = "|---|--:|--:|--:|--:|--:|"

INTRODUCTION = """# Conformance: centres with known answers

Each case below is a scenario file like any other, run through `ccsim.scenario` and the engine, with no back
door. Its truth is known from outside ccsim: a formula, a Markov chain, or a very long independent simulation.
`±` is one standard error from independent replications, `z` says by how many standard errors (of simulation
and truth together, Student's t turned into a normal score) the simulated value lies off. With {measures}
measures on two clocks a few |z| above 2 are to be expected; above 3.3 the tests fail.

{published} of the {of} cases in `tests/data/exact_cases.json`, {own} more of our own
(`tests/conformance/references.json`, made by `truths.py` beside it). None is left out.

How it is done:

- The centre is open round the clock (but for TV1), `fcr: 100%`, `complexity: 0`, `busyness: none`,
  `counted: first`, `redial: none` and `patience: never`, unless the case says otherwise.
- The start of each replication (a few relaxation times) and its last hour are simulated and not watched.
- Estimates are adjusted for chance by control variates: how many issues were born and how long the answered
  ones talked, both with known expectation. That narrows shares of contacts to about a third.
- Waits of Erlang C and of single servers vary so much from day to day that their standard error stays at 1
  to 5 %; nearly everything else is within 1 % (compiled). The SimPy runs are a tenth as long.
- Chats in CH1 have exponential work, done at the pace of the number in hand. The endless outbound work of
  BL2 is a backlog of letters, twice what will be answered.
- On the first replication of each case both clocks wrote the same bytes.
- Where a case gives time in units of its own, its description says what a unit stands for here.

Made by `python docs/make_conformance.py` ({contacts:.0f} million contacts); `tests/conformance/test_exact.py`
runs the same comparison.
"""


def page() -> str:
    """The whole page, from the runs of both clocks."""
    published = {case.source for case in CASES.values()} & set(EXACT)
    runs = {clock: {name: found(name, clock) for name in CASES} for clock in ("compiled", "simpy")}
    text = INTRODUCTION.format(
        measures=sum(len(case.measures) for case in CASES.values()),
        published=len(published),
        of=len(EXACT),
        own=len(CASES.keys() - {case.name for case in CASES.values() if case.source in EXACT}),
        contacts=sum(run.contacts for of_clock in runs.values() for run in of_clock.values()) / 1e6,
    )
    parts = [text]
    for name, case in CASES.items():
        parts += [section(case, runs["compiled"][name], runs["simpy"][name])]
    return "\n".join(parts)


def section(case: Case, compiled: Found, simpy: Found) -> str:
    lines = [f"## {case.name}", "", f"{case.what}.", "", HEAD, RULE]
    for measure in case.measures:
        truth = case.truths[measure]
        cells = [measure, figure(truth.value) + (f" ± {truth.se:.1g}" if truth.se else "")]
        for run in (compiled, simpy):
            estimate = run.estimates.get(measure)
            if estimate is None:
                cells += ["", ""]
            else:
                cells += [f"{figure(estimate.value)} ± {estimate.se:.1g}", f"{run.z(case, measure):.1f}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, ""])


def figure(value: float) -> str:
    return f"{value:.5g}"


@dataclass(frozen=True)
class Row:
    """One line of a committed page."""

    case: str
    measure: str
    truth: float
    z: tuple[float, ...]


def rows(text: str) -> Iterator[Row]:
    """The lines of the tables on a page."""
    case = ""
    for line in text.splitlines():
        if line.startswith("## "):
            case = line[3:]
        match = re.fullmatch(r"\| (\S.*?) \| ([\d.e-]+).*? \| .*? \| (\S*) \| .*? \| (\S*) \|", line)
        if match:
            scores = tuple(float(z) for z in match.groups()[2:] if z)
            yield Row(case, match[1], float(match[2]), scores)


def main() -> None:
    if not available():
        raise SystemExit("the page compares both clocks: pip install 'ccsim[fast]' first")
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.name}: {len(CASES)} cases")


if __name__ == "__main__":
    main()

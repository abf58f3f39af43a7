"""Thousands of broken scenarios: a Scenario or a ScenarioError, nothing else, and quickly."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from ccsim.errors import ScenarioError
from ccsim.scenario import Scenario, load, loads
from ccsim.scenario.show import show
from ccsim.scenario.templates import scenarios_folder, template

JUNK = (
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    "- ",
    "&a ",
    "*a",
    "!!python/object/apply:os.system [ls]",
    "\t",
    "'",
    '"',
    "|",
    ">",
    "%",
    "@",
    "`",
    "#",
    "---",
    "...",
    "<<: *a",
    "none",
    "never",
    "0",
    "-1",
    "1e9",
    "999999999999999999999",
    "50%",
    "-50%",
    "200%",
    "4min",
    "0s",
    "100 years",
    "24h",
    "nan",
    "inf",
    "NO",
    "12:30",
    "08:00-18:00",
    "18:00-08:00",
    "mon-fri",
    "{from: data/x.csv}",
    "{from: ../../etc/passwd}",
    "{mixture: []}",
    "{empirical: []}",
    "{lognormal: {mean: 0s, cv: 0}}",
    "{piecewise_hazard: {0s: 0/min}}",
    "{weibull: {mean: 1s, shape: 50}}",
    "{}",
    "[]",
    "[[[]]]",
    "defaults",
    "extends",
    "extends: x.yaml",
    "\x00",
    "\ud7ff",
    "é",
    "\u2028",
    "٣٤%",
    "+4",
    "x1.2",
)


def mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        text = chance.choice(MUTATIONS)(text, chance)
    return text


def flip(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chr(chance.choice((chance.randrange(32, 127), 10, 9))) + text[at + 1 :]


def cut(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at + chance.randrange(1, 30) :]


def put_in(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(JUNK) + text[at:]


def without_line(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines) or "x"


def swapped_lines(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    i, j = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[i], lines[j] = lines[j], lines[i]
    return "\n".join(lines)


def words(text: str) -> list[tuple[int, int]]:
    import re

    return [match.span() for match in re.finditer(r"[\w.%/:+-]+", text)] or [(0, len(text))]


def swapped_words(text: str, chance: random.Random) -> str:
    (a, b), (c, d) = sorted(chance.choices(words(text), k=2))
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:] if b <= c else text


def junk_word(text: str, chance: random.Random) -> str:
    start, end = chance.choice(words(text))
    return text[:start] + chance.choice(JUNK) + text[end:]


def nested(text: str, chance: random.Random) -> str:
    start, end = chance.choice(words(text))
    depth = chance.choice((1, 3, 60))
    return text[:start] + "{a: " * depth + text[start:end] + "}" * depth + text[end:]


MUTATIONS = (flip, cut, put_in, without_line, swapped_lines, swapped_words, junk_word, junk_word, nested)


@pytest.mark.parametrize(
    ("name", "rounds"),
    [("quickstart", 600), ("retail", 100), pytest.param("retail", 2000, marks=pytest.mark.slow)],
)
def test_mutations_give_a_scenario_or_its_faults(name: str, rounds: int) -> None:
    chance, text = random.Random(name), template(name)
    outcomes = {True: 0, False: 0}
    for number in range(rounds):
        broken = mutated(text, chance)
        begun = time.perf_counter()
        try:
            scenario = loads(broken, scenarios_folder())
        except ScenarioError as error:
            assert error.faults and str(error)
            assert all(fault.message for fault in error.faults)
            outcomes[False] += 1
        else:
            outcomes[True] += 1
            if number % 3 == 0:
                assert loads(show(scenario), scenarios_folder()) == scenario
        assert time.perf_counter() - begun < 30  # no text makes it hang
    assert min(outcomes.values()) > rounds / 50


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    chance = random.Random(7)
    data = bytearray(template().encode())
    file = tmp_path / "broken.yaml"
    for _ in range(150):
        copy = bytearray(data)
        for _ in range(chance.randrange(1, 5)):
            copy[chance.randrange(len(copy))] = chance.randrange(256)
        file.write_bytes(bytes(copy))
        try:
            assert isinstance(load(file), Scenario)
        except ScenarioError as error:
            assert error.faults
        assert [path.name for path in tmp_path.iterdir()] == ["broken.yaml"]


def test_random_sets_never_escape() -> None:
    chance, text = random.Random(11), template()
    from ccsim.scenario.explain import given

    paths = [row.path for row in given(loads(text))]
    for _ in range(300):
        path = chance.choice(paths)
        if chance.random() < 0.3:
            path = mutated(path, chance)
        value = chance.choice((*JUNK, "+10%", "-3", "x0", "x99", "+5pt", "=4", "[1, 2]", "{a: 1}"))
        try:
            assert isinstance(loads(text, sets=[f"{path}={value}"]), Scenario)
        except ScenarioError as error:
            assert error.faults

"""docs/experience.md says what there is: its tables are the package's own, its examples run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from doc_pages import blocks

from ccsim.experiments.answers import ANSWER_COLUMNS
from ccsim.experiments.experience import EXPERIENCE
from ccsim.results.servqual import DIMENSIONS, label_of
from ccsim.scenario import loads
from ccsim.scenario.sectors import LEVELS, Benchmark, benchmarks
from ccsim.scenario.targets import MEASURE_UNITS
from ccsim.scenario.templates import template

PAGE = Path(__file__).parents[1] / "docs" / "experience.md"


def row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def level(one: Benchmark, name: str) -> str:
    """A level as the page writes it; the target in bold."""
    value = getattr(one, name)
    if value is None:
        return ""
    text = f"{100 * value:g} %" if MEASURE_UNITS[one.measure] == "share" else f"{value:g}"
    return f"**{text}**" if one.target == name else text


def tables() -> Iterator[str]:
    """Every row that the page must have."""
    yield from (row((f"`{name}`", unit, doc)) for name, (unit, doc) in EXPERIENCE.items())
    yield from (row((f"`{name}`", unit, doc)) for name, (unit, doc) in ANSWER_COLUMNS.items())
    for dimension, names in DIMENSIONS.items():
        yield row((dimension, ", ".join(f"`{name}` ({label_of(name)})" for name in names)))
    for sector, rows in benchmarks().items():
        for one in rows.values():
            yield row(
                (
                    sector,
                    f"`{one.measure}`",
                    *(level(one, name) for name in LEVELS),
                    one.confidence,
                    one.source,
                )
            )


@pytest.mark.parametrize("line", list(tables()))
def test_the_page_has_every_row(line: str) -> None:
    assert line in PAGE.read_text(encoding="utf-8").splitlines()


def test_the_page_has_no_other_rows() -> None:
    written = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    heads = {
        line
        for at, line in enumerate(written)
        if line.startswith("|---") or (written[at + 1 : at + 2] and written[at + 1].startswith("|---"))
    }
    assert set(written) - heads == set(tables())


@pytest.mark.parametrize("block", blocks(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else [])
def test_its_scenarios_are_read(block: str) -> None:
    assert loads(template("quickstart") + block)


def test_its_code_runs(small_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "centre.yaml").write_text(small_file.read_text(), encoding="utf-8")
    there: dict[str, Any] = {}
    for code in blocks(PAGE.read_text(encoding="utf-8"), kind="python"):
        exec(code, there)
    assert len(there["run"].experience()) > 5 and len(there["run"].standing("bank")) > 5

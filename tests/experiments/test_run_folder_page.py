"""`docs/run_folder.md` names the files and columns that are there, no others, and its recipes run."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pandas as pd
import pytest
from doc_pages import DOCS, blocks

from ccsim.experiments.compare import Comparison
from ccsim.experiments.compare_folder import save_comparison
from ccsim.experiments.run import Run
from ccsim.results.facts import FACTS

PAGE = (DOCS / "run_folder.md").read_text(encoding="utf-8")
NOT_ALWAYS = {"charts", "journal", "base", "measures/by_self_service"}


@pytest.fixture(scope="module")
def saved(every_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return every_run.save(tmp_path_factory.mktemp("page") / "run")


def table(head: str) -> list[list[str]]:
    """The rows of the table on the page whose first heading is this."""
    lines = PAGE[PAGE.index(f"| {head} |") :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def coded(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def named_in(head: str) -> set[str]:
    """Files and folders that the table names; further names of a row lie in the folder of its first."""
    found = set()
    for first, *_ in table(head):
        names = coded(first)
        inside = names[0].split("/")[0] + "/" if "measures/" in names[0] else ""
        found |= {name.rstrip("/") if "/" in name else inside + name for name in names}
    return found - {"--journal K"}


def there_in(folder: Path) -> set[str]:
    """Files and folders as the page names them: measures without ending, other folders as one."""
    found = set()
    for path in folder.rglob("*"):
        steps = path.relative_to(folder).parts
        if path.is_file():
            found.add(f"measures/{path.stem}" if steps[0] == "measures" else steps[0])
    return found


def test_the_files_of_a_run_are_those_named(saved: Path) -> None:
    named = named_in("in a run")
    assert there_in(saved) <= named
    assert named - NOT_ALWAYS <= there_in(saved)


def test_a_variant_has_its_base_too(small_comparison: Comparison, tmp_path: Path) -> None:
    place = small_comparison.variants["two_more"].save(tmp_path / "variant")
    assert there_in(place) - there_in(tmp_path) >= {"base"}
    assert sorted(path.name for path in (place / "base").iterdir()) == ["journeys.parquet", "scenario.yaml"]


def test_the_files_of_a_comparison_are_those_named(small_comparison: Comparison, tmp_path: Path) -> None:
    place = save_comparison(small_comparison, tmp_path / "out")
    named = {name.split("/")[0] for name in named_in("in a comparison")}
    assert there_in(place) | {"charts"} == named
    [row] = [row for row in table("in a comparison") if "variants" in row[0]]
    inside = {name.rstrip("/") for name in coded(row[1])}
    assert inside == {path.name for path in (place / "variants" / "two_more").iterdir()}


def test_every_table_is_named_with_its_columns(saved: Path) -> None:
    rows = {coded(name)[0]: (coded(places), coded(columns)) for name, places, columns in table("table")}
    assert set(rows) == {path.stem for path in (saved / "tallies").iterdir()}
    for name, (places, columns) in rows.items():
        have = pd.read_parquet(saved / "tallies" / f"{name}.parquet").columns.tolist()
        if name == "journeys":
            [told] = [part for part in PAGE.split("\n\n") if part.startswith("`journeys` have a row")]
            assert set(have) - {"replication"} <= set(coded(told))
            continue
        assert have[: 1 + len(places)] == ["replication", *places], name
        numbers = have[1 + len(places) :]
        if any(column in numbers for column in columns):
            known = {
                column for column in columns if column not in ("answered", "offered") or column in numbers
            }
            assert known == set(numbers), name
        else:
            assert set(numbers) <= set(FACTS) and numbers, name


@pytest.mark.parametrize("block", blocks(PAGE, kind="python"))
def test_recipes_in_python_run(block: str, saved: Path, every_run: Run) -> None:
    known: dict[str, object] = {"folder": saved}
    exec(block, known)
    if "intents" in known:
        value = known["intents"].service_level  # type: ignore[attr-defined]
        # Together they are the whole: both intents are answered on the same channels.
        rows = every_run.measures("intent").query("measure == 'service_level'").set_index("intent").value
        assert value.to_dict() == pytest.approx(rows.to_dict())
    if "waits" in known:
        assert known["waits"].num_rows > 0  # type: ignore[attr-defined]


@pytest.mark.parametrize("block", blocks(PAGE, kind="sql"))
def test_recipes_in_sql_run(block: str, saved: Path) -> None:
    """On another engine that knows the same words: tables of `tallies/` under their own names."""
    with sqlite3.connect(":memory:") as engine:
        for name in re.findall(r"'tallies/(\w+)\.parquet'", block):
            pd.read_parquet(saved / "tallies" / f"{name}.parquet").to_sql(name, engine)
        found = pd.read_sql(re.sub(r"'tallies/(\w+)\.parquet'", r"\1", block), engine)
    assert len(found) and found.notna().all(axis=None)
    if "over_a_minute" in found:
        assert found.over_a_minute.tolist() == [0, 1]
        assert found.resolved.between(0.0, 1.0).all()

"""`docs/run_folder.md` names the files and columns that are there, no others, and its recipes run."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from doc_pages import DOCS, blocks

from ccsim.experiments.compare import Comparison
from ccsim.experiments.compare_folder import save_comparison
from ccsim.experiments.folder import save_run
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
    return {name for name in found if not name.startswith("--")}


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
    both = {path.stem for path in place.glob("*.csv") if path.with_suffix(".parquet").is_file()}
    one = {name for name in there_in(place) if Path(name).stem not in both}
    assert one | both | {"charts", "precision"} == named
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


@pytest.fixture(scope="module")
def kept(small_run: Run, small_comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with runs/ in it: a run with a journal, a variant, a comparison."""
    place = tmp_path_factory.mktemp("kept")
    save_run(small_run, place / "runs" / "base", journal=0)
    small_comparison.variants["two_more"].save(place / "runs" / "two")
    save_comparison(small_comparison, place / "runs" / "compared")
    return place


def test_every_recipe_in_sql_is_run_below() -> None:
    names = {"occupancy", "over_a_minute", "about", "PIVOT", "spread", "contacts.kind"}
    assert len(blocks(PAGE, kind="sql")) == len(names)
    assert all(sum(name in block for block in blocks(PAGE, kind="sql")) == 1 for name in names)


def asked(place: Path, word: str, monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """What DuckDB answers to the recipe that has this word in it, asked from where the page says."""
    duckdb = pytest.importorskip("duckdb")
    [block] = [block for block in blocks(PAGE, kind="sql") if word in block]
    monkeypatch.chdir(place if "'runs/" in block else place / "runs" / "base")
    found: pd.DataFrame = duckdb.sql(block).df()
    assert len(found)
    return found


def test_sql_of_one_run(kept: Path, small_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    busy = asked(kept, "occupancy", monkeypatch)
    assert set(busy["group"]) == {"generalists", "technicians"} and busy["occupancy"].between(0, 1).all()
    waits = asked(kept, "over_a_minute", monkeypatch)
    assert waits["over_a_minute"].tolist() == [False, True] and waits["resolved"].between(0, 1).all()
    assert waits["issues"].sum() == sum(
        t.journeys.issues for t in small_run.tallies if t.journeys is not None
    )
    groups = asked(kept, "contacts.kind", monkeypatch)
    legs = small_run.legs
    assert groups["legs"].sum() == (legs["group"] != "nobody").sum() and "nobody" not in set(groups["group"])


def test_sql_over_all_runs(kept: Path, small_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    level = small_run.measures().set_index("measure").value
    runs = asked(kept, "about", monkeypatch)
    assert len(runs) == 2 * 2 and set(runs["name"]) == {"Small line"}
    own = runs[runs["variant"].isna()].set_index("measure")["value"]
    assert (
        own["service_level"] == level["service_level"]
        and own["cost_per_contact"] == level["cost_per_contact"]
    )
    by_intent = asked(kept, "PIVOT", monkeypatch).set_index("intent")
    expected = small_run.measures("intent").query("measure == 'service_level'").set_index("intent").value
    assert by_intent["base"].to_dict() == expected.to_dict() and "two" in by_intent
    spread = asked(kept, "spread", monkeypatch).set_index("run")
    assert set(spread.index) == {"base", "two", "compared"} and spread["replications"].to_dict()["two"] == 6
    days = [t.by_day for t in small_run.tallies]
    each = [(d["abandoned"] - d["short"]).sum() / (d["offered"] - d["short"]).sum() for d in days]
    assert spread.loc["base", "abandoned"] == pytest.approx(np.mean(each))
    assert spread.loc["base", "spread"] == pytest.approx(np.std(each, ddof=1))

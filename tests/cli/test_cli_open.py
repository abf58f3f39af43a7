"""`ccsim runs` and `ccsim open`: what is kept is listed, and printed again as it was printed first."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from console_blocks import undrawn
from said import Call

from ccsim.centre import simulate as simulating


@pytest.fixture
def never(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called on, nothing may be simulated."""

    def fails(*_: object, **__: object) -> None:
        raise AssertionError("this was to be read, not simulated")

    return lambda: monkeypatch.setattr(simulating, "prepare", fails)


def again(call: Call, first: str, folder: str) -> None:
    """Whether `ccsim open` prints, line by line, what the command printed."""
    said = call("open", folder)
    assert said.code == 0, said.err
    assert said.out == first and len(first.splitlines()) > 10


def test_a_run_and_its_variant(
    call: Call, never: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    undrawn(monkeypatch.setattr)  # type: ignore[arg-type]
    ran = call("run", "small.yaml", "--no-charts", "--clock", "simpy", "--out", "base")
    drawn = call(
        "run",
        "small.yaml",
        "--variant",
        "two_more",
        "--replications",
        "2",
        "--clock",
        "simpy",
        "--out",
        "two",
    )
    never()
    again(call, ran.out, "base")
    again(call, drawn.out, "two/")
    assert "13 charts" in drawn.out and "ccsim explain small.yaml" in ran.out


def test_where_the_file_is_gone_the_folder_s_own_is_named(call: Call, here: Path) -> None:
    call("run", "small.yaml", "--replications", "1", "--no-charts", "--clock", "simpy", "--out", "base")
    (here / "small.yaml").unlink()
    assert "ccsim explain base/scenario.yaml" in call("open", "base").out


def test_comparisons_of_one_and_of_several(call: Call, never: Callable[[], None]) -> None:
    options = ("--replications", "2", "--clock", "simpy", "--no-charts")
    one = call("compare", "small.yaml", "--variant", "two_more", *options, "--out", "one")
    several = call("compare", "small.yaml", *options, "--out", "several")
    never()
    again(call, one.out, "one")
    again(call, several.out, "several")
    chosen = call("why", "several", "--variant", "cheaper")
    assert chosen.code == 0 and "variant `cheaper` against its base" in chosen.out
    assert call("why", "several", "--variant", "base").out.count("against") == 0
    assert (
        call("roi", "one", "--draws", "50").out
        == call("roi", "one", "--draws", "50", "--variant", "two_more").out
    )
    for arguments, words in {
        ("why", "several"): "name one with --variant (two_more, same, cheaper, or base)",
        ("roi", "one", "--variant", "tw"): "--variant tw is not in the comparison one",
        ("roi", "one", "--against", "several"): "brings its own base",
        ("open", "one/variants/two_more"): "`ccsim open one` prints it",
        ("why", "one/variants/two_more"): "`ccsim open one` prints it",
    }.items():
        said = call(*arguments)
        assert said.code == 2 and words in said.err.replace("\n", " "), (arguments, said.err)


def test_recomputations_alone_and_against_a_base(call: Call, never: Callable[[], None]) -> None:
    options = ("--replications", "2", "--clock", "simpy", "--no-charts")
    call("run", "small.yaml", *options, "--out", "base")
    call("run", "small.yaml", "--variant", "two_more", *options, "--out", "two")
    never()
    sets = ("--set", "loyalty.churn.hr_bad_episode=4", "--draws", "60", "--months", "24", "--no-charts")
    alone = call("roi", "base", *sets, "--out", "alone")
    against = call("roi", "two", "--against", "base", *sets, "--out", "against")
    again(call, alone.out, "alone")
    again(call, against.out, "against")
    assert "hr_bad_episode  3 (2–5) → 4" in alone.out and "two against base" in against.out
    assert "`ccsim open against` prints it" in call("open", "against/against").err


def test_a_folder_of_another_version_shows_what_it_keeps(call: Call, here: Path) -> None:
    call("run", "small.yaml", "--replications", "2", "--clock", "simpy", "--no-charts", "--out", "old")
    path = here / "old" / "manifest.json"
    path.write_text(path.read_text().replace('"ccsim": "0.1.0"', '"ccsim": "0.0.9"'))
    said = call("open", "old")
    assert said.code == 0 and "another version of ccsim (ccsim 0.0.9" in said.err
    assert "summary.csv as old keeps it" in said.out and "service level (20 s)" in said.out
    assert max(map(len, said.lines)) <= 80
    told = json.loads(call("open", "old", "--json").out)
    assert "0.0.9" in told["as_kept"] and told["table"][0]["measure"] == "offered"
    (here / "old" / "summary.csv").unlink()
    assert call("open", "old").code == 2


def test_what_is_no_result_is_a_message(call: Call, here: Path) -> None:
    (here / "empty").mkdir()
    (here / "odd").mkdir()
    (here / "odd" / "manifest.json").write_text('{"kind": ["run"]}')
    for name, words in {
        "nowhere": "there is no such folder", "empty": "it has no manifest.json", "odd": "names no kind of result",
        "small.yaml": "is not a run folder",
    }.items():  # fmt: skip
        said = call("open", name)
        assert said.code == 2 and said.out == "" and words in said.err, name


def test_the_list(call: Call, here: Path) -> None:
    assert "nothing under runs/" in call("runs").out
    for number in ("1", "2"):
        call("run", "small.yaml", "--replications", number, "--clock", "simpy", "--no-charts")
    call(
        "compare", "small.yaml", "--variant", "same", "--replications", "2", "--clock", "simpy", "--no-charts"
    )
    (here / "runs" / "thesis").mkdir()
    torn = next((here / "runs").glob("small-*"))
    shutil.rmtree(torn / "tallies")
    said = call("runs")
    assert said.code == 0 and max(map(len, said.lines)) <= 80
    for words in ("Small line · 1 variant · small.yaml · seed 1", "does not open: tallies missing", "thesis", "broken",
                  "does not open: no manifest.json", "Print one again:   ccsim open runs/"):  # fmt: skip
        assert words in said.out, words
    told = json.loads(call("runs", "--json", "--kind", "compare").out)
    assert [row["variants"] for row in told["runs"]] == [1] and told["runs"][0]["opens"]
    assert (
        len(json.loads(call("runs", "--json", "--name", "SMALL").out)["runs"]) == 3
    )  # the file is named, too
    assert len(json.loads(call("runs", "--json", "--kind", "broken").out)["runs"]) == 1
    assert call("runs", "--kind", "rum").err.startswith("--kind rum: there are run, compare, roi")
    assert call("runs", "nowhere").code == 2


def test_what_was_interrupted_is_shown_apart(call: Call, here: Path) -> None:
    part = here / "runs" / ".unfinished" / "abc" / "part-1"
    part.mkdir(parents=True)
    (part / "manifest.json").write_text(
        '{"kind": "unfinished", "name": "Small line", "replications": [0, 1]}'
    )
    said = call("runs")
    assert "--resume" in said.out and "2 replications of Small line" in said.out
    [row] = json.loads(call("runs", "--json").out)["unfinished"]
    assert row["replications"] == 2 and row["name"] == "Small line"

"""`ccsim compare` with several files, a precision, JSON, and the mistakes users make."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from said import Call

from ccsim.experiments.store import open_comparison


@pytest.fixture
def other(here: Path) -> Path:
    """Another file: two technicians more than small.yaml."""
    text = (here / "small.yaml").read_text(encoding="utf-8")
    path = here / "techs.yaml"
    path.write_text(text.replace("technicians: {on_seat: 1", "technicians: {on_seat: 3"), encoding="utf-8")
    return path


def test_two_files(call: Call, other: Path, here: Path) -> None:
    said = call("compare", "small.yaml", "techs.yaml", "--replications", "3", "--no-charts")
    assert said.code == 0 and max(map(len, said.lines)) <= 80
    assert "Small line: `techs` against `base`" in said.out
    head = next(line for line in said.lines if "P better" in line)
    assert head.split() == ["base", "techs", "difference", "95", "%", "P", "better", "verdict"]
    row = next(line for line in said.lines if line.startswith("  occupancy"))
    assert row.endswith("(lower)") and row.count("%") == 2  # no chance where neither is good
    assert "– by chance alone, 3 pairs" in said.out and "(95 % interval)" in said.out
    assert "Verdicts hold at 95 % for all 8 measures together (Holm)." in " ".join(said.out.split())
    [folder] = (here / "runs").glob("compare-*")
    assert (folder / "variants" / "techs" / "scenario.yaml").is_file()
    frame = pd.read_csv(folder / "differences.csv")
    kept = open_comparison(folder).differences()
    pd.testing.assert_series_equal(frame["difference"], kept["difference"], check_exact=False, rtol=1e-12)


def test_files_and_variants_together(call: Call, other: Path) -> None:
    said = call("compare", "small.yaml", "techs.yaml", "--variant", "cheaper", "--replications", "2",
                "--no-charts", "--set", "weeks=1")  # fmt: skip
    head = next(line for line in said.lines if line.strip().startswith("base "))
    assert head.split() == ["base", "cheaper", "techs"]
    told = " ".join(said.out.split())
    assert "Verdicts hold at 95 % for all 8 measures of all 2 variants together (Holm)." in told
    assert "Worth service level (20 s) for its cost: " in told


def test_set_applies_to_all(call: Call, other: Path, here: Path) -> None:
    said = call("compare", "small.yaml", "techs.yaml", "--replications", "2", "--no-charts", "--set",
                "channels.voice.patience=1min", "--seed", "5")  # fmt: skip
    assert said.code == 0
    [folder] = (here / "runs").glob("compare-*")
    found = open_comparison(folder)
    for run in (found.base, found.variants["techs"]):
        assert run.scenario.channels["voice"].patience.mean == 60.0  # type: ignore[union-attr]
        assert run.scenario.seed == 5


def test_what_another_file_says_of_customers_is_not_taken_and_told(call: Call, here: Path) -> None:
    text = (here / "small.yaml").read_text(encoding="utf-8")
    (here / "rich.yaml").write_text(text.replace("margin: 14.00", "margin: 99.00"), encoding="utf-8")
    said = call("compare", "small.yaml", "rich.yaml", "--replications", "2", "--no-charts")
    assert "`margin` of `everyone` is taken from the base" in " ".join(said.err.split())
    assert "money stays exactly" in said.out


def test_precision_is_reached_and_told(call: Call, here: Path) -> None:
    said = call("compare", "small.yaml", "--variant", "same", "--replications", "2", "--no-charts",
                "--precision", "abandonment=1pt,net_gain=1k")  # fmt: skip
    told = " ".join(said.out.split())
    assert "Enough? 10 pairs: that was enough. abandoned ±0 pt, asked ±1 pt; net gain ±0.00" in told
    said = call("compare", "small.yaml", "--variant", "two_more", "--replications", "2", "--no-charts",
                "--precision", "abandonment=0.01pt", "--max-replications", "11")  # fmt: skip
    told = " ".join(said.out.split())
    assert "11 pairs: no more were allowed (--max-replications)." in told
    assert "NOT the asked ±0.01 pt" in told
    frames = [pd.read_csv(path) for path in (here / "runs").glob("*/precision.csv")]
    assert sorted(bool(frame["reached"].all()) for frame in frames) == [False, True]


def test_more_replications_do_not_narrow_the_model(call: Call) -> None:
    said = call(
        "compare", "small.yaml", "--variant", "two_more", "--no-charts", "--precision", "net_gain=50k"
    )
    told = " ".join(said.out.split())
    assert "% is the outcome model, which more replications do not narrow." in told


def test_json_is_one_document(call: Call, other: Path) -> None:
    said = call("compare", "small.yaml", "techs.yaml", "--replications", "2", "--no-charts", "--json")
    found = json.loads(said.out)
    assert found["command"] == "compare" and Path(found["folder"]).is_dir()
    assert {row["variant"] for row in found["differences"]} == {"techs"}
    assert {"chance_better", "p_holm", "verdict"} <= set(found["differences"][0])
    assert {row["candidate"] for row in found["frontier"]} == {"base", "techs"}
    assert found["answers"]["techs"]["answer"].startswith("`techs` ")
    assert found["precision"] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("small.yaml", "small.yaml"), "small.yaml is named twice"),
        (("small.yaml", "none.yaml", "nor.yaml"), "2 faults"),
        (("small.yaml", "--precision", "asa=2"), "--precision: `asa=2`: `2` has no unit"),
        (("small.yaml", "--precision", "x=1,asa=0s"), "is not above 0"),
        (("small.yaml", "--time-limit", "1min"), "--time-limit goes with --precision"),
        (("small.yaml", "--max-replications", "9"), "--max-replications goes with --precision"),
        (("small.yaml", "--precision", "asa=2s", "--time-limit", "10"), "--time-limit: `10` has no unit"),
        (("small.yaml", "--precision", "asa=2s", "--time-limit", "-5min"), "--time-limit -5min leaves no"),
        (("small.yaml", "--precision", "asa=2s", "--time-limit", "0s"), "--time-limit 0s leaves no time"),
        (("small.yaml", "--precision", ""), "--precision: nothing is named"),
        (
            ("small.yaml", "--precision", "asa=2s", "--replications", "5", "--max-replications", "2"),
            "--max-replications 2 is fewer than --replications 5",
        ),
        (("small.yaml", "--replications", "100000000000000"), "or equal to 100000"),
        (("small.yaml", "--set", "replications=100000000000000"), "the most is 100000"),
        (("small.yaml", "--out", "x" * 300), "File name too long"),
        (("small.yaml", "--out", "small.yaml/new"), "cannot write small.yaml/new: Not a directory"),
        (("small.yaml", "--jobs", "2", "--dask", "local"), "--jobs is of this machine's processes"),
    ],
)
def test_mistakes_are_told_and_nothing_is_written(
    call: Call, here: Path, arguments: tuple[str, ...], told: str
) -> None:
    said = call("compare", *arguments)
    assert said.code == 2 and told in " ".join(said.err.split())
    assert not said.out and not (here / "runs").exists()


def test_two_files_of_one_stem_and_files_that_differ(call: Call, other: Path, here: Path) -> None:
    (here / "old").mkdir()
    (here / "old" / "techs.yaml").write_text(other.read_text())
    said = call("compare", "small.yaml", "techs.yaml", "old/techs.yaml")
    assert said.code == 2 and "two candidates are called `techs`" in said.err
    changed = other.read_text().replace("weeks: 1\n", "weeks: 2\ninterval: 15min\n", 1).replace("EUR", "USD")
    other.write_text(changed)
    said = call("compare", "small.yaml", "techs.yaml")
    told = " ".join(said.err.split())
    assert said.code == 2 and "3 faults" in told
    assert all(f"techs: `{key}` is" in told for key in ("weeks", "interval", "currency"))
    assert not (here / "runs").exists()

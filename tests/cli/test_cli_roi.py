"""`ccsim roi`: what a finished run earns under other parameters, said in 80 columns."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from said import Said
from small import SMALL

from ccsim.cli.app import start

RUN, BASE = "stored/two", "stored/base"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run of the small centre and one of its variant, as `ccsim run` writes them."""
    import ccsim

    place = tmp_path_factory.mktemp("stored")
    path = place / "small.yaml"
    path.write_text(SMALL.replace("why: Is waiting", "one_off: 900\n    why: Is waiting"), encoding="utf-8")
    base = ccsim.run(ccsim.load(path), clock="simpy")
    base.save(place / "base")
    ccsim.run(ccsim.load(path, "two_more"), clock="simpy", base=base).save(place / "two")
    ccsim.run(ccsim.load(path, "same"), clock="simpy", base=base).save(place / "same")
    path.write_text(
        SMALL.replace("  everyone: {count: 6000, margin: 14.00/month, churn: 18%/year}", "  everyone: {}")
    )
    ccsim.run(ccsim.load(path), 2, clock="simpy").save(place / "bare")
    return place


@pytest.fixture
def there(stored: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(stored)
    return stored


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> Said:
    with pytest.raises(SystemExit) as left:
        start(["roi", *arguments])
    seen = capsys.readouterr()
    return Said(int(left.value.code or 0), seen.out, seen.err)


def test_alone_it_says_customers_costs_roi_and_what_they_hang_on(there: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    said = call(capsys, "base", "--months", "24", "--set", "loyalty.churn.hr_bad_episode=4", "--draws", "100")
    assert said.code == 0, said.err
    for words in (
        "Small line · base", "3 replications, seed 1 · 100 draws of the outcome model", "nothing was simulated",
        "loyalty.churn.hr_bad_episode  3 (2–5) → 4", "economics.horizon             12 months → 24 months",
        "CSAT (4–5 of 5)", "NPS", "customers lost a year", "as stated", "wages", "over 24 months",
        "total ROI after 36 months", "breaks even", "net present value", "margin lost to bad episodes",
        "of 6,000", "What CSAT hangs on", "economics.without_service ±10 %", "churn is as stated",
    ):  # fmt: skip
        assert words in said.out, words
    assert all(len(line) <= 80 for line in said.out.splitlines())


def test_against_its_base_it_says_gains_costs_and_how_sure(there: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    said = call(capsys, "two", "--against", "base", "--draws", "100")
    assert said.code == 0, said.err
    for words in (
        "two against base", "difference", "one off", "margin kept", "net gain", "net present value",
        "customers kept", "incremental ROI", "chance that net gain > 0", "pays back", "break-even customer",
        "chance between 3 pairs", "their two variances side by side", "What net gain hangs on",
        "churn.hr_bad_episode", "moderate", "By intent", "billing", "nobody",
    ):  # fmt: skip
        assert words in said.out, words
    assert "By channel" not in said.out  # there is only one
    assert all(len(line) <= 80 for line in said.out.splitlines())
    assert len(re.findall(r" [L|H━ ]{17} ", said.out.split("What net gain hangs on")[1])) >= 4


def test_a_run_against_itself_gains_exactly_nothing(there: Path, capsys, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    said = call(capsys, "base", "--against", "base", "--draws", "50", "--out", str(tmp_path / "same"))
    assert said.code == 0, said.err
    rows = dict(re.findall(r"^  (net gain|cost|customers kept) .* (\S+)$", said.out, re.MULTILINE))
    assert rows == {"net gain": "0", "cost": "0", "customers kept": "0"}
    assert "it costs the same as the base" in said.out


def test_without_what_customers_are_it_says_what_is_missing(there: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    said = call(capsys, "bare", "--draws", "50")
    assert said.code == 0, said.err
    assert "not told. The scenario lacks" in said.out.replace("\n", " ")
    assert "customers.everyone.count" in said.out and "What CSAT hangs on" in said.out
    assert "hangs on\n  customers" not in said.out
    told = "customers.everyone={count: 6000, margin: 14.00/month, churn: 18%/year}"
    full = call(capsys, "bare", "--draws", "50", "--set", told)
    assert full.code == 0 and "margin lost to bad episodes" in full.out


def test_what_cannot_be_done_is_one_message_and_nothing_is_written(there: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    before = sorted(path.name for path in there.iterdir())
    cases = {
        ("base", "--set", "agents.generalists.on_seat=+2"): "needs a new simulation",
        ("base", "--set", "loyalty.churn.hr=3"): "--set",
        ("base", "--set", "loyalty.churn.hr_bad_episode"): "needs a path and a value",
        ("base", "--set", "economics.discount=8%"): "has no unit",
        ("two", "--against", "same"): "a variant itself",
        ("nowhere",): "nowhere",
        ("base", "--draws", "1"): "--draws",
        ("two", "--against", "base", "--out", "small.yaml"): "is a file",
    }
    for arguments, words in cases.items():
        said = call(capsys, *arguments, *(() if "--out" in arguments else ("--out", "new")))
        assert said.code == 2, arguments
        assert words in said.err, (arguments, said.err)
        assert "Traceback" not in said.err and said.out == ""
    assert sorted(path.name for path in there.iterdir()) == before


def test_out_writes_tables_charts_and_what_it_stands_on(there: Path, capsys, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    where = str(tmp_path / "new")
    said = call(
        capsys,
        "two",
        "--against",
        "base",
        "--draws",
        "50",
        "--out",
        where,
        "--set",
        "variants.two_more.one_off=5000",
    )
    assert said.code == 0, said.err
    place = Path(where)
    tables = {path.name for path in place.glob("*.csv")}
    assert tables == {
        "by_month.csv", "lines.csv", "tornado.csv", "figures.csv", "by_channel.csv", "by_intent.csv",
        "by_segment.csv", "by_site.csv",
    }  # fmt: skip
    assert {path.stem for path in (place / "charts").glob("*.png")} == {
        "net_gain_by_month",
        "net_gain_spread",
        "net_gain_drivers",
        "gains_by_slice",
    }
    told = json.loads((place / "manifest.json").read_text())
    assert told["kind"] == "roi" and told["draws"] == 50 and told["against"]
    assert told["changed"] == {"variants.two_more.one_off": ["900", "5000"]}
    lines = pd.read_csv(place / "lines.csv").set_index("line")
    assert lines.loc["one_off", "difference"] == 5000
    months = pd.read_csv(place / "by_month.csv")
    assert len(months) == 36
    assert "charts" in said.out.splitlines()[-1]
    again = call(capsys, "base", "--draws", "50", "--out", where, "--no-charts")  # replaced whole
    assert again.code == 0 and not (place / "charts").exists()
    assert {path.name for path in place.glob("*.csv")} == {
        "by_month.csv",
        "lines.csv",
        "tornado.csv",
        "figures.csv",
    }


@pytest.mark.slow
def test_the_same_twice_is_the_same_bytes(there: Path, capsys, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for name in ("one", "two"):
        call(capsys, "base", "--draws", "50", "--out", str(tmp_path / name))
    first, second = ({p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*.*") if p.is_file()}
                     for name in ("one", "two"))  # fmt: skip
    assert first == second and first


def test_a_dumb_terminal_gets_plain_letters(there: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    from ccsim.cli.terminal import fit

    said = call(capsys, "two", "--against", "base", "--draws", "50")
    plain = fit(said.out, "ascii")
    assert plain.isascii() and "?" not in plain
    assert all(len(line) <= 82 for line in plain.splitlines())

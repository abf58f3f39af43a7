"""`ccsim why`: opens what was run, says what costs most and where, and what to type where nothing was run."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

import pytest
from said import Call
from small import write_small

import ccsim


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the runs of the small centre and of its variant are."""
    place = tmp_path_factory.mktemp("why")
    with contextlib.chdir(place):
        file = write_small(place)
        base = ccsim.run(ccsim.load(file), 2, clock="simpy")
        base.save(charts=False)
        ccsim.run(ccsim.load(file, "two_more"), 2, clock="simpy", base=base).save(charts=False)
    return place / "runs"


@pytest.fixture
def ran(call: Call, here: Path, stored: Path) -> Call:
    """The small centre has been run, and its variant."""
    shutil.copytree(stored, here / "runs")
    return call


def test_it_explains_a_scenario_that_was_run_and_its_folder_alike(ran: Call, here: Path) -> None:
    said = ran("why", "small.yaml")
    assert said.code == 0
    assert max(map(len, said.lines)) <= 80
    for words in (
        "Why CSAT is what it is: Small line", "best these agents could give", "predicted CSAT", "lost",
        "never resolved", "calling again", "waiting", "sum", "nothing by transfers", "margin, EUR", "handling",
        "Where most of it happens", "voice · billing", "Fix first:", "Doubt:", "80 % of draws",
    ):  # fmt: skip
        assert words in said.out, words
    folder = next(path for path in (here / "runs").iterdir() if "two_more" not in path.name)
    assert ran("why", str(folder)).out == said.out


def test_the_parts_in_the_table_add_up(ran: Call) -> None:
    lines = ran("why", "small.yaml").lines
    head = next(place for place, line in enumerate(lines) if "80 % model" in line)
    last = next(place for place, line in enumerate(lines) if line.strip().startswith("sum"))
    points = [float(line[24:31]) for line in lines[head + 1 : last]]
    assert sum(points) == pytest.approx(float(lines[last][24:31]), abs=0.01 * len(points))
    lost = next(line for line in lines if line.startswith("  lost"))
    assert float(lines[last][24:31]) == pytest.approx(float(lost.split()[1]), abs=0.06)


@pytest.mark.parametrize("by", ["channel", "intent", "segment", "site"])
def test_slices(ran: Call, by: str) -> None:
    said = ran("why", "small.yaml", "--by", by)
    assert said.code == 0 and max(map(len, said.lines)) <= 80
    names = {"channel": "voice", "intent": "technical", "segment": "everyone", "site": "main"}
    assert f"\n  {names[by]} " in said.out


def test_churn(ran: Call) -> None:
    said = ran("why", "small.yaml", "--of", "churn", "--draws", "20")
    assert "Why customers leave" in said.out and "without any driver" in said.out
    assert "18.0 %" in said.out and "points of churn a year" in said.out
    assert max(map(len, said.lines)) <= 80


def test_of_a_variant_it_says_through_what_it_gains(ran: Call) -> None:
    said = ran("why", "small.yaml", "--variant", "two_more", "--against", "small.yaml")
    assert said.code == 0 and max(map(len, said.lines)) <= 80
    assert "variant `two_more` against its base" in " ".join(said.out.split())
    assert "Gains: there is less of" in said.out and "+0." in said.out
    assert "Fix first" not in said.out


def test_what_was_not_run_is_to_be_run_first(call: Call, here: Path) -> None:
    said = call("why", "small.yaml", "--variant", "two_more")
    assert said.code == 2 and "run it first" in said.err
    assert "ccsim run small.yaml --variant two_more" in said.err
    assert not (here / "runs").exists()


def test_changed_scenarios_are_not_those_that_were_run(ran: Call, here: Path) -> None:
    file = here / "small.yaml"
    file.write_text(file.read_text().replace("talk: 4min", "talk: 5min"))
    said = ran("why", "small.yaml")
    assert said.code == 2 and "ccsim run small.yaml" in said.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--of", "nps"), "cannot explain 'nps'; use one of csat, churn"),
        (("--by", "queue"), "cannot slice by 'queue'"),
        (("--against", "missing.yaml"), "missing.yaml"),
    ],
)
def test_mistakes_are_told(ran: Call, arguments: tuple[str, ...], words: str) -> None:
    said = ran("why", "small.yaml", *arguments)
    assert said.code == 2 and words in " ".join(said.err.split())
    assert "Traceback" not in said.err


def test_a_folder_that_is_no_run_is_refused(call: Call, here: Path) -> None:
    (here / "other").mkdir()
    said = call("why", "other")
    assert said.code == 2 and "not a run folder" in said.err
    said = call("why", "other", "--variant", "two_more")
    assert said.code == 2 and "--variant goes with a scenario file" in said.err


def test_without_customers_it_speaks_of_points(call: Call, here: Path) -> None:
    text = (here / "small.yaml").read_text()
    text = text.replace("{count: 6000, margin: 14.00/month, churn: 18%/year}", "{}")
    text = text.replace("economics: {without_service: {churn: 45%/year}}\n", "")
    (here / "bare.yaml").write_text(text)
    call("run", "bare.yaml", "--no-charts", "--replications", "1", "--clock", "simpy")
    said = call("why", "bare.yaml")
    assert said.code == 0
    assert "It takes" in said.out and "money needs the customers' count" in said.out
    assert "nan" not in said.out
    churn = call("why", "bare.yaml", "--of", "churn")
    assert churn.code == 2 and "customers.everyone.churn" in churn.err

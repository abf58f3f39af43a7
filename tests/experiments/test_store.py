"""Runs and comparisons opened again: equal to what was saved, to the last bit; all else is a message."""

from __future__ import annotations

import dataclasses
import filecmp
import json
import math
import re
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from every_channel import EVERY_CHANNEL
from same import unlike

import ccsim
from ccsim.centre import simulate as simulating
from ccsim.errors import CcsimError
from ccsim.experiments.compare import Comparison
from ccsim.experiments.compare_folder import save_comparison
from ccsim.experiments.manifest import rule_digest
from ccsim.experiments.run import Run
from ccsim.experiments.store import open_comparison, open_run
from ccsim.results.slices import SLICES
from ccsim.scenario import loads

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def unlike_store(one: Run, other: Run) -> list[str]:
    """Where what the runs stand on differs."""
    stands_on = ("scenario", "clock", "tallies", "fresh", "draws", "model_seed")
    found = [f"{name}{at}" for name in stands_on for at in unlike(getattr(one, name), getattr(other, name))]
    found += unlike(one.scenario.source.variant, other.scenario.source.variant)
    if (one.base is None) != (other.base is None):
        found.append("base")
    if one.base is not None and other.base is not None:
        for name in ("scenario", "fresh", "journeys"):
            found += unlike(getattr(one.base, name), getattr(other.base, name))
    return found


def unlike_run(one: Run, other: Run) -> list[str]:
    """Where what the runs stand on differs, or what they offer."""
    frames = {by: (one.measures(by), other.measures(by)) for by in (None, *SLICES)}
    frames |= {
        name: (getattr(one, name)(), getattr(other, name)())
        for name in ("bad_days", "summary", "experience", "loyalty", "economics")
    }
    frames["standing"] = (one.standing("bank"), other.standing("bank"))
    churn = [run.outcomes.alone.spread.churn for run in (one, other)]
    return [
        *unlike_store(one, other),
        *(str(name) for name, (mine, theirs) in frames.items() if not mine.equals(theirs)),
        *unlike(*churn),
    ]


@pytest.fixture
def never(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be simulated."""

    def fails(*_: object, **__: object) -> None:
        raise AssertionError("this was to be read, not simulated")

    monkeypatch.setattr(simulating, "prepare", fails)


def quickstart() -> Run:
    return ccsim.run(ccsim.load(SCENARIOS / "quickstart.yaml", sets=["weeks=1"]), 2, clock="simpy")


@pytest.mark.usefixtures("never")
def test_a_saved_run_is_the_same_when_opened(small_run: Run, tmp_path: Path) -> None:
    opened = ccsim.open_run(small_run.save(tmp_path / "out"))
    assert not unlike_run(opened, small_run)


def test_the_quickstart_too(tmp_path: Path) -> None:
    run = quickstart()
    assert not unlike_run(ccsim.open_run(run.save(tmp_path / "out")), run)


@pytest.mark.usefixtures("never")
def test_every_channel_self_service_and_what_belongs_to_it(every_run: Run, tmp_path: Path) -> None:
    assert not unlike_run(open_run(every_run.save(tmp_path / "out")), every_run)


def test_a_variant_keeps_its_base(small_file: Path, small_run: Run, tmp_path: Path) -> None:
    variant = ccsim.load(small_file, "two_more", sets=["agents.technicians.on_seat=2"])
    run = ccsim.run(variant, clock="simpy")
    opened = open_run(run.save(tmp_path / "out"))
    assert not unlike_run(opened, run)
    # Its base can be had from it, and run again: it is the one that ran.
    base = opened.as_base.scenario
    assert base.agents["generalists"].on_seat == small_run.scenario.agents["generalists"].on_seat
    assert base.agents["technicians"].on_seat != small_run.scenario.agents["technicians"].on_seat


def test_a_variant_of_every_channel_with_its_bot_gone(every_run: Run, tmp_path: Path) -> None:
    run = ccsim.run(loads(EVERY_CHANNEL, variant="no_bot"), clock="simpy", base=every_run)
    assert not unlike_run(open_run(run.save(tmp_path / "out")), run)


def test_a_scenario_with_people_sites_outreach_and_tables(tmp_path: Path) -> None:
    sets = ["weeks=1", "warm_up=1 day", "follow_up=1 day", "replications=1"]
    run = ccsim.run(ccsim.load(SCENARIOS / "bpo_two_sites.yaml", sets=sets), clock="simpy")
    assert not unlike_run(open_run(run.save(tmp_path / "out")), run)


def test_what_was_too_much_to_keep_is_not_missed(
    small_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("ccsim.results.contact_facts", "ccsim.experiments.reopened_tallies"):
        monkeypatch.setattr(f"{module}.MOST_TIMES", 50)
    run = ccsim.run(ccsim.load(small_file), 1, clock="simpy")
    assert run.tallies[0].offered is None
    folder = run.save(tmp_path / "out")
    assert not (folder / "tallies" / "by_cell_time.parquet").exists()
    assert not unlike_store(open_run(folder), run)


def test_a_journal_is_simulated_again_and_the_same(small_run: Run, tmp_path: Path) -> None:
    opened = open_run(small_run.save(tmp_path / "out"))
    pd.testing.assert_frame_equal(opened.contacts, small_run.contacts)


def test_variants_of_an_opened_scenario_can_be_run_on_it(
    small_file: Path, small_run: Run, tmp_path: Path
) -> None:
    opened = open_run(small_run.save(tmp_path / "out"))
    variant = ccsim.load(small_file, "two_more")
    again, first = (ccsim.run(variant, clock="simpy", base=base) for base in (opened, small_run))
    pd.testing.assert_frame_equal(again.summary(), first.summary(), check_exact=True)
    more = opened.scenario.with_changes({"agents.generalists.on_seat": "+2"})
    assert more.agents == variant.agents


def test_saving_what_was_opened_gives_the_same_store(small_run: Run, tmp_path: Path) -> None:
    first = small_run.save(tmp_path / "first")
    again = open_run(first).save(tmp_path / "again")
    for path in sorted((first / "tallies").iterdir()):
        assert path.read_bytes() == (again / "tallies" / path.name).read_bytes(), path.name
    assert (first / "scenario.yaml").read_text() == (again / "scenario.yaml").read_text()


def test_the_same_run_twice_gives_the_same_bytes(every_run: Run, tmp_path: Path) -> None:
    twice = ccsim.run(loads(EVERY_CHANNEL), clock="simpy")
    one, other = every_run.save(tmp_path / "one"), twice.save(tmp_path / "other")
    names = sorted(str(path.relative_to(one)) for path in one.rglob("*") if path.is_file())
    assert names == sorted(str(path.relative_to(other)) for path in other.rglob("*") if path.is_file())
    match, mismatch, errors = filecmp.cmpfiles(one, other, names, shallow=False)
    assert (len(match), mismatch, errors) == (len(names), [], [])


def another(waited: float, idle_for: float, *_: float) -> float:
    return -2.0 * idle_for


def test_a_rule_is_told_by_its_source() -> None:
    assert rule_digest(by_code) == rule_digest(by_code) != rule_digest(another)
    first, second = (eval(f"lambda *_: {number}.0") for number in (1, 2))  # no source to be read
    assert rule_digest(first) != rule_digest(second)


def by_code(waited: float, idle_for: float, occupancy: float, load: float, speed: float, fcr: float,
            wage: float, strain: float) -> float:  # fmt: skip
    """A rule of one's own."""
    return -idle_for


def test_a_rule_is_asked_for_where_it_is_needed(small_run: Run, small_file: Path, tmp_path: Path) -> None:
    run = ccsim.run(ccsim.load(small_file), clock="simpy", rule=by_code)
    folder = run.save(tmp_path / "out")
    opened = open_run(folder)
    assert not unlike_store(opened, run)
    with pytest.raises(CcsimError, match="rule `by_code`: hand it in"):
        _ = opened.journal
    assert len(open_run(folder, rule=by_code).contacts) == len(run.contacts)
    again = opened.save(tmp_path / "again")  # its rule is not forgotten
    assert json.loads((again / "manifest.json").read_text()) == json.loads(
        (folder / "manifest.json").read_text()
    ) | {"file": "scenario.yaml", "called": "scenario.yaml"}
    assert open_run(again, rule=by_code).rule is by_code
    with pytest.raises(CcsimError, match=r"`another` is not the routing rule of .* had `by_code`"):
        open_run(folder, rule=another)
    with pytest.raises(CcsimError, match="it had none"):
        open_run(small_run.save(tmp_path / "ruleless"), rule=another)
    told = json.loads((folder / "manifest.json").read_text())
    assert (told["rule"], told["rule_digest"]) == ("by_code", rule_digest(by_code))
    assert (
        told["key"] != json.loads((small_run.save(tmp_path / "plain") / "manifest.json").read_text())["key"]
    )


# -- what cannot be opened ------------------------------------------------------------------------


def refused(folder: Path, match: str) -> bool:
    """Whether the folder is refused in one line that matches."""
    with pytest.raises(CcsimError) as error:
        open_run(folder)
    said = str(error.value)
    return "\n" not in said and re.search(match, said) is not None


@pytest.fixture(scope="module")
def written(small_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_run.save(tmp_path_factory.mktemp("written") / "out")


@pytest.fixture
def saved(written: Path, tmp_path: Path) -> Path:
    """A run folder that may be broken."""
    return shutil.copytree(written, tmp_path / "out")


def told(folder: Path, **changes: Any) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere", "there is no such folder")
    assert refused(tmp_path, "is not a run folder: it has no manifest")
    (tmp_path / "manifest.json").write_text("{broken")
    assert refused(tmp_path, "is not a run folder")


@pytest.mark.parametrize(
    "changes",
    [
        {"versions": {"ccsim": "99.0"}},
        {"parameters": "2031-01-01"},
        {"format": 99},
        {"format": None},
        {"versions": None},
    ],
    ids=str,
)
def test_another_version(saved: Path, changes: dict[str, Any]) -> None:
    told(saved, **changes)
    assert refused(saved, "another version of ccsim .* Run it again: ccsim run .*scenario.yaml")


def test_every_table_is_needed_and_a_torn_one_is_told(saved: Path) -> None:
    tables = sorted((saved / "tallies").glob("*.parquet"))
    assert len(tables) > 15
    for path in tables:
        kept = path.read_bytes()
        path.write_bytes(kept[: len(kept) // 2])
        assert refused(saved, f"{path.name} cannot be read")
        path.unlink()
        assert refused(saved, f"{path.name} is missing")
        path.write_bytes(kept)
    open_run(saved)


def test_a_flipped_bit_is_noticed(saved: Path) -> None:
    path = saved / "tallies" / "journeys.parquet"
    kept = bytearray(path.read_bytes())
    kept[len(kept) // 3] ^= 16
    path.write_bytes(bytes(kept))
    assert refused(saved, "journeys.parquet cannot be read")


def test_tables_of_another_run_do_not_fit(saved: Path, every_run: Run, tmp_path: Path) -> None:
    other = every_run.save(tmp_path / "other")
    shutil.copy(other / "tallies" / "by_channel.parquet", saved / "tallies")
    assert refused(saved, "by_channel.parquet has .* rows instead of")
    shutil.copy(other / "tallies" / "journeys.parquet", saved / "tallies")


def test_a_scenario_that_was_changed_is_not_the_one_that_ran(saved: Path) -> None:
    path = saved / "scenario.yaml"
    kept = path.read_text()
    path.write_text(kept.replace("on_seat: 3", "on_seat: 4"))
    assert refused(saved, "is not the scenario that ran: it, or a table beside it, was changed")
    path.unlink()
    assert refused(saved, "scenario.yaml is missing")


@pytest.mark.parametrize(
    "key", ["names", "fresh_share_by_interval_of_week", "digest", "clock", "set", "rule", "base"]
)
def test_a_manifest_in_disorder(saved: Path, key: str) -> None:
    path = saved / "manifest.json"
    about = json.loads(path.read_text())
    path.write_text(json.dumps({name: value for name, value in about.items() if name != key}))
    assert refused(saved, "manifest.json is not whole")


@pytest.mark.parametrize(
    ("key", "value"),
    [("draws", []), ("draws", None), ("fresh_share_by_interval_of_week", "x"), ("names", [])],
)
def test_a_manifest_with_something_else_in_it(saved: Path, key: str, value: Any) -> None:
    path = saved / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), key: value}))
    assert refused(saved, "manifest.json is not whole")


def test_a_table_of_words_is_told(saved: Path) -> None:
    path = saved / "tallies" / "by_interval.parquet"
    pd.read_parquet(path).assign(short="<b>").to_parquet(path)
    assert refused(saved, "column `short` holds something else than numbers")


def test_a_table_of_another_version_is_told(saved: Path) -> None:
    import pyarrow.parquet as pq

    path = saved / "tallies" / "journeys.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["dead_ends"]), path)
    assert refused(saved, "written by another version")
    path = saved / "tallies" / "by_group_interval.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["busy"]), path)
    assert refused(saved, "has no column `busy`")


def test_counts_below_0_are_told(saved: Path) -> None:
    path = saved / "tallies" / "journeys.parquet"
    frame = pd.read_parquet(path)
    frame.assign(count=-frame["count"]).to_parquet(path)
    assert refused(saved, "journeys.parquet is broken: something is counted below 0")


# -- comparisons ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compared(small_comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_comparison(small_comparison, tmp_path_factory.mktemp("compared") / "out")


def test_a_comparison_is_the_same_when_opened(compared: Path, small_comparison: Comparison) -> None:
    opened = open_comparison(compared)
    assert not unlike_store(opened.base, small_comparison.base)
    assert list(opened.variants) == list(small_comparison.variants)
    for name, run in small_comparison.variants.items():
        assert not unlike_store(opened.variants[name], run)
    pd.testing.assert_frame_equal(opened.differences(), small_comparison.differences(), check_exact=True)
    pd.testing.assert_frame_equal(opened.money_frame(), small_comparison.money_frame(), check_exact=True)


def test_each_kind_of_folder_says_how_it_is_opened(compared: Path, small_run: Run, tmp_path: Path) -> None:
    assert refused(
        compared, "folder of a comparison: `ccsim open .*out` prints it; in Python, ccsim.open_comparison"
    )
    assert refused(compared / "variants" / "two_more", "one variant of a comparison")
    with pytest.raises(
        CcsimError, match=r"folder of a run: `ccsim open .*` prints it; in Python, ccsim.open_run"
    ):
        open_comparison(small_run.save(tmp_path / "out"))


# -- the tables, read by others ---------------------------------------------------------------------


def test_pandas_reads_the_tables_and_finds_the_figures(saved: Path, small_run: Run) -> None:
    days = pd.read_parquet(saved / "tallies" / "by_day.parquet")
    weekly = days.groupby("replication")[["offered", "abandoned"]].sum()
    measures = small_run.measures().set_index("measure").value
    assert weekly.offered.mean() == pytest.approx(measures["offered"])
    assert days.day.min() == small_run.scenario.start.isoformat()
    cells = pd.read_parquet(saved / "tallies" / "by_cell.parquet")
    by_intent = small_run.measures("intent").query("measure == 'handled'").set_index("intent").value
    found = (
        cells.groupby(["intent", "replication"], observed=True)
        .handled.sum()
        .groupby("intent", observed=True)
        .mean()
    )
    assert found.to_dict() == pytest.approx(by_intent.to_dict())
    journeys = pd.read_parquet(saved / "tallies" / "journeys.parquet")
    assert journeys["count"].sum() == sum(
        t.journeys.issues for t in small_run.tallies if t.journeys is not None
    )
    assert set(journeys.site) <= {"main", ""}


def test_what_is_absent_is_null_and_what_is_unknown_is_nan(small_run: Run, tmp_path: Path) -> None:
    """A fact that one replication does not know, and a day without a wait: both come back as they were."""
    first, *others = small_run.tallies
    facts = {name: values for name, values in first.by_day.items() if name != "abandoned"}
    first = dataclasses.replace(first, by_day=type(first.by_day)(first.by_day.shape, facts))
    run = Run(small_run.scenario, (first, *others), small_run.fresh, "simpy")
    opened = open_run(run.save(tmp_path / "out"))
    assert "abandoned" not in opened.tallies[0].by_day and "abandoned" in opened.tallies[1].by_day
    assert not unlike(opened.tallies, run.tallies)
    assert math.isnan(opened.tallies[0].day_waits[6, 0, 0])  # a Sunday

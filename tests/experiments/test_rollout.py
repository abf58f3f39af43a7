"""Rollouts: equal rules differ in nothing, contacts add up, the same bytes wherever they run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from rollouts import LISTED, PEOPLE, ROUTED

import ccsim
from ccsim.errors import CcsimError
from ccsim.experiments.folder import key_of_run
from ccsim.experiments.rollout import Rollout, rollout
from ccsim.experiments.rollout_folder import frames_of, open_rollout
from ccsim.experiments.rollout_pairs import PairTask
from ccsim.experiments.unfinished import Unfinished
from ccsim.results.both_rules import BY
from ccsim.scenario import Scenario, loads


def routed(variant: str | None = None) -> Scenario:
    return loads(ROUTED, variant=variant)


@pytest.fixture(scope="module")
def crossed() -> Rollout:
    return rollout(routed(), routed("cross_trained"), clock="simpy", jobs=1)


@pytest.fixture(scope="module")
def same() -> Rollout:
    return rollout(routed(), routed("same"), clock="simpy", jobs=1)


def test_equal_rules_differ_in_nothing_and_have_no_verdict(same: Rollout) -> None:
    for by in BY:
        frame = same.changes(by)
        moves = frame["change"].dropna()
        assert len(moves) and (moves == 0).all()
        assert set(frame["verdict"]) <= {"no change", "unknown", ""}
    for frame in (same.load(), same.transfers(), same.in_skill(), same.spread(), same.individuals()):
        assert (frame["change"].dropna() == 0).all()
    assert same.verdict == ""
    assert [target.note for target in same.judged] == ["no difference"] * 3
    flips = same.flips()
    assert (flips.loc[flips["before"] != flips["after"], "value"] == 0).all()


def test_flips_add_up_to_first_contacts(crossed: Rollout) -> None:
    flips = crossed.flips()
    issues = crossed.before.tallies
    born = np.mean([tally.by_cell["issues"].sum() for tally in issues])
    assert flips["value"].sum() * crossed.weeks == pytest.approx(born)
    assert flips["share"].sum() == pytest.approx(1.0)
    assert all(pair.alone == (0, 0) for pair in crossed.pairs)


def test_who_answered_adds_up_to_the_answered_of_both_sides(crossed: Rollout) -> None:
    who, flips = crossed.who_answered(), crossed.flips()
    for side in ("before", "after"):
        answered = flips.loc[flips[side] == "answered", "value"].sum()
        assert who.loc[who[side] != "nobody", "value"].sum() == pytest.approx(answered)
        rows = crossed.changes("channel").set_index("measure")
        assert rows.loc["answered", side] == pytest.approx(answered / flips["value"].sum())


def test_slices_add_up_to_the_whole(crossed: Rollout) -> None:
    whole = crossed.changes("channel").set_index("measure")
    for by in ("segment", "intent", "weekday_hour"):
        frame = crossed.changes(by)
        for measure in ("abandoned", "resolved_first", "passed_on"):
            rows = frame[frame["measure"] == measure]
            mean = np.average(rows["change"], weights=rows["contacts"])
            assert mean == pytest.approx(whole.loc[measure, "change"], abs=1e-12)


def test_new_skills_move_work_to_those_who_learn(crossed: Rollout) -> None:
    load = crossed.load().set_index(["measure", "group", "intent"])
    assert load.loc[("contacts", "front", "technical"), "before"] == 0
    assert load.loc[("contacts", "front", "technical"), "after"] > 0
    assert load.loc[("contacts", "experts", "technical"), "change"] < 0
    technical = crossed.changes("intent").set_index(["measure", "slice"]).loc[("wait", "technical")]
    assert technical["change"] < 0
    skill = crossed.in_skill().set_index(["measure", "intent"])
    assert skill.loc[("in_skill", "technical"), "change"] < 0


def test_more_agents_lose_nobody_on_balance() -> None:
    more = rollout(routed(), routed("more"), clock="simpy", jobs=1)
    flips = more.flips().set_index(["before", "after"])["value"]
    assert flips["abandoned", "answered"] > 5 * flips["answered", "abandoned"]
    wait = more.changes("channel").set_index("measure").loc["wait"]
    assert wait["verdict"] == "better"
    assert wait["high"] < 0
    growth = more.overload().groupby("side")["growth"].min()
    assert growth["after"] > growth["before"]


def test_runs_are_those_of_ccsim_run(crossed: Rollout) -> None:
    old = ccsim.run(routed(), clock="simpy", jobs=1)
    new = ccsim.run(routed("cross_trained"), clock="simpy", jobs=1, base=old)
    pd.testing.assert_frame_equal(crossed.before.measures(), old.measures())
    pd.testing.assert_frame_equal(crossed.after.measures(), new.measures())
    assert key_of_run(crossed.after) == key_of_run(new)


def test_the_same_bytes_in_one_process_and_in_two(crossed: Rollout) -> None:
    again = rollout(routed(), routed("cross_trained"), clock="simpy", jobs=2)
    assert _tables(again) == _tables(crossed)


@pytest.mark.slow
def test_the_same_bytes_on_either_clock(crossed: Rollout) -> None:
    pytest.importorskip("numba")
    again = rollout(routed(), routed("cross_trained"), clock="compiled", jobs=1)
    assert _tables(again) == _tables(crossed)


def _tables(result: Rollout) -> dict[str, str]:
    return {name: frame.to_csv() for name, frame in frames_of(result, individuals=True).items()}


def test_from_one_variant_to_another_has_the_bases_contacts(crossed: Rollout) -> None:
    found = rollout(routed("cross_trained"), routed("open_queue"), 2, clock="simpy", jobs=1)
    assert found.names == ("cross_trained", "open_queue")
    assert found.before.base is not None
    assert found.before.base.scenario.source.variant is None
    assert found.before.base is found.after.base
    pd.testing.assert_frame_equal(found.before.contacts, crossed.after.contacts)


def test_people_are_named_only_where_asked_for(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    text = LISTED.replace("most_skilled_for_intent", "longest_idle")
    sides = [loads(text, tmp_path, variant) for variant in (None, "proficient")]
    found = rollout(sides[0], sides[1], 2, clock="simpy", jobs=1)
    people = found.individuals()
    assert sorted(people["agent"]) == ["Ann", "Ben", "Cem", "Dee", "Eva", "Fay", "Gus", "Hal"]
    ben = people.set_index("agent").loc["Ben"]
    assert ben["change"] < 0  # the slowest of the front is asked last
    strong = found.in_skill().set_index(["measure", "intent"]).loc[("strong", "billing")]
    assert strong["change"] > 0
    for frame in frames_of(found).values():
        assert not frame.astype(str).isin({"Ann", "Ben"}).to_numpy().any()


@pytest.mark.parametrize(
    ("variant", "said"),
    [(None, "are the same rules"), ("more_intents", "have other `intents`")],
)
def test_what_cannot_be_paired_is_refused(variant: str | None, said: str) -> None:
    with pytest.raises(CcsimError, match=said):
        rollout(routed(), routed(variant), 1, clock="simpy", jobs=1)


def test_an_unknown_slice(crossed: Rollout) -> None:
    with pytest.raises(ValueError, match="cannot slice by 'moon'"):
        crossed.changes("moon")


def test_an_interrupted_rollout_goes_on(
    crossed: Rollout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    real = PairTask.__call__

    def dies(task: PairTask, number: int) -> object:
        asked.append(number)
        if number == 2 and len(asked) == 3:
            raise KeyboardInterrupt
        return real(task, number)

    monkeypatch.setattr(PairTask, "__call__", dies)
    sides = (routed(), routed("cross_trained"))
    with pytest.raises(KeyboardInterrupt), Unfinished(False, tmp_path) as kept:
        rollout(*sides, clock="simpy", jobs=1, kept=kept)
    with Unfinished(True, tmp_path) as kept:
        again = rollout(*sides, clock="simpy", jobs=1, kept=kept)
    assert asked == [0, 1, 2, 2]
    assert _tables(again) == _tables(crossed)
    assert not list(tmp_path.rglob("*.npz"))


def test_the_folder_of_a_rollout(crossed: Rollout, tmp_path: Path) -> None:
    place = crossed.save(tmp_path / "out")
    for name, frame in frames_of(crossed).items():
        pd.testing.assert_frame_equal(pd.read_parquet(place / f"{name}.parquet"), frame, check_dtype=False)
        assert (place / f"{name}.csv").is_file()
    assert not (place / "individuals.csv").exists()
    for side in ("before", "after"):
        again = ccsim.load(place / side / "scenario.yaml")
        assert again.agents == getattr(crossed, side).scenario.agents
    assert crossed.save(tmp_path / "out") == place  # one of its kind is replaced
    opened = open_rollout(place)
    assert _tables(opened) == _tables(crossed)
    assert opened.verdict == crossed.verdict
    (place / "pairs" / "1.npz").write_bytes(b"half")
    with pytest.raises(CcsimError, match="pairs is not whole"):
        open_rollout(place)
    crossed.before.save(tmp_path / "run")
    with pytest.raises(CcsimError, match="holds something else than a rollout"):
        crossed.save(tmp_path / "run")

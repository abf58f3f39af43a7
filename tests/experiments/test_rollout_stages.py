"""Part of the agents, missing skills, targets and growth: what a rollout asks beyond before and after."""

from __future__ import annotations

import math
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from rollouts import LISTED, PEOPLE, ROUTED

from ccsim.errors import CcsimError
from ccsim.experiments.pairs import Difference
from ccsim.experiments.rollout import Rollout, rollout
from ccsim.experiments.rollout_overload import overload_frame
from ccsim.experiments.rollout_split import pilots, split, stageable
from ccsim.experiments.rollout_targets import _chance_met, _verdict, overall
from ccsim.experiments.rollout_teach import missing, taught
from ccsim.experiments.summary import Row
from ccsim.scenario import Scenario, loads


def routed(variant: str | None = None) -> Scenario:
    return loads(ROUTED, variant=variant)


@pytest.fixture(scope="module")
def staged() -> Rollout:
    sides = (routed(), routed("cross_trained"))
    return rollout(*sides, 3, clock="simpy", jobs=1, shares=[1.0, 0.5], teach=True)


def test_all_of_the_agents_is_the_rollout_itself(staged: Rollout) -> None:
    assert [stage.share for stage in staged.stages] == [0.5, 1.0]
    assert [stage.agents for stage in staged.stages] == [{"front": 2}, {"front": 4}]
    assert staged.stages[1].after is staged.after
    frame = staged.staged()
    whole = frame[frame["share"] == 1.0].set_index("measure")
    measures = staged.after.measures().set_index("measure")["value"]
    assert whole.loc["fcr", "after"] == pytest.approx(measures["fcr"])


def test_half_of_the_agents_moves_less_than_all(staged: Rollout) -> None:
    occupancy = staged.staged().pivot(index="measure", columns="share", values="change")
    assert 0 < occupancy.loc["service_level", 0.5] < occupancy.loc["service_level", 1.0]


def test_a_split_that_changes_no_terms_changes_nothing() -> None:
    old, new = split(routed(), routed("cross_trained"), 0.5)
    assert list(old.agents) == list(new.agents) == ["front", "front_pilot", "experts"]
    assert old.agents["front"] == new.agents["front"]
    assert old.agents["front_pilot"].skills == routed().agents["front"].skills
    assert list(new.agents["front_pilot"].skills) == ["billing", "technical"]
    assert new.routing == old.routing == routed().routing


def test_routing_that_names_a_group_names_its_pilot() -> None:
    texts = {"agents.experts.training": "{hours: 8h, speed: +10%}"}
    reserve = {"routing.reserved": "{experts: {keep: 2, skills: [technical]}}"}
    old = routed().with_changes(reserve)
    routing = split(old, old.with_changes(texts), 0.5)[1].routing
    assert routing.overflow[0].to == ("experts", "experts_pilot")
    assert {name: rule.keep for name, rule in routing.reserved.items()} == {"experts": 1, "experts_pilot": 1}


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, 0.75, 0.9])
def test_nobody_is_lost_in_a_split(share: float) -> None:
    heads = {
        "agents.front.on_seat": "{mon-fri: {09:00: 3, 10:00: 7, 11:00: 0}}",
        "shifts.early": "{days: mon-fri, hours: 09:00-11:00}",
        "shifts.late": "{days: mon-fri, hours: 10:00-12:00}",
    }
    old = routed().with_changes(heads)
    rostered = {"agents.experts": "{scheduled: {early: 3, late: 4}, skills: [technical, billing]}"}
    old = old.with_changes(rostered)
    new = old.with_changes({f"agents.{g}.training": "{hours: 8h, speed: +10%}" for g in ("front", "experts")})
    for side in split(old, new, share):
        parts = [group for name, group in side.agents.items() if name.startswith("front")]
        for time in (9, 10, 11):
            seats = sum(part.on_seat.at(0, time * 3600.0) for part in parts if part.on_seat)
            assert seats == old.agents["front"].on_seat.at(0, time * 3600.0)
        shifts = [group.scheduled for name, group in side.agents.items() if name.startswith("experts")]
        assert {key: sum(each[key] for each in shifts) for key in ("early", "late")} == {
            "early": 3,
            "late": 4,
        }
    assert pilots(old, new, share)["experts"] == math.floor(7 * share + 0.5)


def test_people_of_a_table_are_split_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    sides = [loads(LISTED, tmp_path, variant) for variant in (None, "trained")]
    old, new = split(*sides, 0.5)
    assert [p.name for p in new.agents["front_pilot"].people] == ["Ann", "Ben"]
    assert [p.name for p in new.agents["front"].people] == ["Cem", "Dee"]
    assert new.agents["front_pilot"].training is not None
    assert new.agents["front"].training is old.agents["front_pilot"].training is None
    with pytest.raises(CcsimError, match=r"`routing.agent` is a rule of the whole centre"):
        stageable(sides[0], loads(LISTED, tmp_path, "proficient"), [0.5])


@pytest.mark.parametrize(
    ("variant", "share", "said"),
    [
        ("open_queue", 0.5, "`routing.same_agent`, `routing.overflow` are rules of the whole centre"),
        ("more", 0.5, "`agents.front` has other numbers of agents"),
        ("cross_trained", 0.05, "less than one agent"),
        ("cross_trained", 1.5, "above 0 % and at most 100 %"),
    ],
)
def test_what_cannot_be_staged_is_refused_before_anything_runs(variant: str, share: float, said: str) -> None:
    with pytest.raises(CcsimError, match=said):
        rollout(routed(), routed(variant), 1, clock="simpy", jobs=1, shares=[share])


def test_missing_skills_and_who_lacks_them(tmp_path: Path) -> None:
    assert list(missing(routed())) == [("front", "technical", 4)]
    assert list(missing(routed("cross_trained"))) == []
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    listed = loads(LISTED, tmp_path)
    assert list(missing(listed)) == [("front", "technical", 4), ("experts", "billing", 3)]
    fay = taught(listed, "experts", "billing").agents["experts"].people[1]
    assert dict(fay.skills)["billing"].speed == 0.8  # as well as the worst who has it
    assert dict(fay.skills)["billing"].rank == 2
    assert (
        taught(listed, "experts", "billing").agents["experts"].people[0] == listed.agents["experts"].people[0]
    )


def test_a_rollout_of_a_skill_leaves_that_lesson_nothing_to_teach(staged: Rollout) -> None:
    assert staged.lessons == ()
    assert staged.teaching().empty


def test_lessons_are_ranked_by_what_they_are_worth() -> None:
    found = rollout(routed(), routed("open_queue"), 2, clock="simpy", jobs=1, teach=True)
    frame = found.teaching()
    assert list(frame["measure"]) == ["asa", "abandonment", "fcr", "net_gain"]
    assert frame.loc[frame["measure"] == "asa", "change"].item() < 0
    net = frame.iloc[-1]
    assert net["model_low"] <= net["model_high"]
    assert math.isnan(net["low"])  # the two kinds of interval share no column


def found(difference: float, half: float = 0.001) -> Difference:
    low, high = difference - half, difference + half
    return Difference(0.5, 0.5 + difference, difference, 0.0, low, high, 0.0, 1.0, pairs=3)


def row(value: float, low: float = math.nan, high: float = math.nan) -> Row:
    return Row("service", "fcr", "FCR", "share", value, target_min=low, target_max=high)


@pytest.mark.parametrize(
    ("was", "met", "difference", "p", "value", "verdict"),
    [
        (1.0, 1.0, 0.01, 0.01, 0.9, ("go", "kept")),
        (0.0, 0.99, 0.01, 0.01, 0.9, ("go", "reached")),
        (0.99, 0.01, -0.2, 0.01, 0.5, ("no-go", "lost")),
        (0.5, 0.01, -0.2, 0.01, 0.5, ("no-go", "missed after")),
        (0.0, 0.0, 0.1, 0.01, 0.6, ("go", "nearer, still missed")),
        (0.0, 0.0, -0.1, 0.01, 0.6, ("no-go", "further away")),
        (0.0, 0.0, 0.1, 0.30, 0.6, ("", "missed before and after")),
        (
            0.0,
            0.0,
            -0.01,
            0.01,
            0.49,
            ("", "missed before and after"),
        ),  # surely, but a thirtieth of what lacks
        (1.0, 0.7, -0.1, 0.01, 0.8, ("not sure", "too near to call")),
        (math.nan, math.nan, 0.1, math.nan, 0.8, ("not sure", "not known")),
    ],
)
def test_verdicts_on_a_target_of_at_least_80_per_cent(
    was: float, met: float, difference: float, p: float, value: float, verdict: tuple[str, str]
) -> None:
    assert _verdict(was, met, found(difference), p, row(value, low=0.8)) == verdict


def test_nearer_is_downwards_where_the_target_is_a_most() -> None:
    for difference, word in ((-0.1, "go"), (0.1, "no-go")):
        assert _verdict(0.0, 0.0, found(difference), 0.01, row(0.3, high=0.1))[0] == word


def test_no_difference_is_no_verdict() -> None:
    assert _verdict(1.0, 1.0, found(0.0, 0.0), 1.0, row(0.9, low=0.8)) == ("", "no difference")


@pytest.mark.parametrize(("polarity", "asked", "sign"), [("ease", "min 7", 1), ("effort", "max 1", -1)])
def test_a_target_of_effort_is_nearer_where_effort_falls(polarity: str, asked: str, sign: int) -> None:
    """What is shown with 7 hard is judged with 7 hard: change and verdict go with the figures beside them."""
    more = f"experience: {{ces: {{polarity: {polarity}}}}}\n"
    text = ROUTED.replace("fcr: min 60%", f"fcr: min 60%, ces: {asked}").replace("on_seat: 6", "on_seat: 9")
    result = rollout(loads(text + more), loads(text + more, variant="more"), 3, clock="simpy", jobs=1)
    for one in result.judged:
        assert one.change == pytest.approx(one.after - one.before), one.measure
    [effort] = [one for one in result.judged if one.measure == "ces"]
    assert sign * effort.change > 0
    assert effort.note != "further away"


def test_chance_that_a_target_is_met() -> None:
    measured = Row("service", "fcr", "FCR", "share", 0.8, 0.78, 0.82, target_min=0.8)
    assert _chance_met(measured, 10) == pytest.approx(0.5)
    at_the_end = Row("service", "fcr", "FCR", "share", 0.8, 0.78, 0.82, target_min=0.78)
    assert _chance_met(at_the_end, 10) == pytest.approx(0.975)
    assert math.isnan(_chance_met(measured, 1))


def test_one_no_go_decides_and_doubt_comes_before_go() -> None:
    def words(*all_: str) -> str:
        return overall([SimpleNamespace(verdict=each) for each in all_])  # type: ignore[misc]

    assert words("go", "no-go", "not sure") == "no-go"
    assert words("go", "", "not sure") == "not sure"
    assert words("", "go") == "go"
    assert words("", "") == ""


def test_growth_until_a_group_is_full_known_by_hand() -> None:
    busy, seated = np.zeros((2, 168 * 2)), np.full((2, 168 * 2), 1800.0)
    busy[0, 20:22] = 1440.0  # Monday 10:00: 80 % busy, so a quarter more fills it
    busy[1, 50:52] = 900.0
    seated[0, 60:62], busy[0, 60:62] = 10.0, 10.0  # hardly staffed: not what is planned by
    tally = SimpleNamespace(busy=busy, seated=seated, names=SimpleNamespace(groups=("front", "experts")))
    groups = {
        "front": SimpleNamespace(handles={"voice": 1}),
        "experts": SimpleNamespace(handles={"voice": 1}),
    }
    channels = {"voice": SimpleNamespace(live=True), "email": SimpleNamespace(live=False)}
    scenario = SimpleNamespace(agents=groups, channels=channels, arrivals=["voice", "email"])
    run = SimpleNamespace(tallies=[tally, tally], scenario=scenario)
    frame = overload_frame(run, run)  # type: ignore[arg-type]
    first = frame[frame["side"] == "after"].set_index("group")
    assert first.loc["front", "busiest"] == "Mon 10:00"
    assert first.loc["front", "growth"] == pytest.approx(0.25)
    assert first.loc["experts", "growth"] == pytest.approx(1.0)
    assert first["first"].tolist() == [True, False]
    groups["front"].handles["email"] = 1  # mail waits for a quieter hour: the week counts
    frame = overload_frame(run, run)  # type: ignore[arg-type]
    whole = frame[frame["group"] == "front"].iloc[0]
    assert whole["busiest"] == "the week"
    assert whole["occupancy"] == pytest.approx(busy[0].sum() / seated[0].sum())

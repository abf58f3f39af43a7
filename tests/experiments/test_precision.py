"""Precision: what is written, how many pairs follow, what is reached, and that nothing runs twice."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import SMALL

import ccsim
from ccsim.errors import CcsimError
from ccsim.experiments import precision
from ccsim.experiments.compare import Comparison, compare
from ccsim.experiments.executors import Job, Serial
from ccsim.experiments.pairs import of_values
from ccsim.experiments.precision import CAPPED, LEAST, OUT_OF_TIME, REACHED, Width, goals_of, wanted
from ccsim.experiments.unfinished import Unfinished
from ccsim.scenario import loads

NAMES = ("abandonment", "asa", "csat", "backlog_day_end", "net_gain")


# -- what is written ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("abandonment=0.5pt,net_gain=20000", {"abandonment": 0.005, "net_gain": 20_000.0}),
        (" csat = 1 % , asa=1min ", {"csat": 0.01, "asa": 60.0}),
        ("net_gain=1.5M", {"net_gain": 1.5e6}),
        ("net_gain=20k,backlog_day_end=3", {"net_gain": 2e4, "backlog_day_end": 3.0}),
    ],
)
def test_amounts_in_their_units(text: str, found: dict[str, float]) -> None:
    assert goals_of(text, NAMES) == pytest.approx(found)


def test_a_mapping_takes_numbers_and_texts() -> None:
    assert goals_of({"abandonment": "0.5pt", "asa": 2}, NAMES) == pytest.approx(
        {"abandonment": 0.005, "asa": 2}
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "nothing is named"),
        ("waiting=2s", "`waiting` is no figure of this comparison; there are abandonment, asa"),
        ("abandonment=2s", "points: pt or %"),
        ("abandonment=0.5", "write for instance `abandonment=0.5pt`"),
        ("asa=2", "no unit"),
        ("net_gain=20 EUR", "a number, with k or M"),
        ("asa=2s,asa=3s", "named twice"),
        ("abandonment=0pt", "not above 0"),
        ("net_gain", "not understood"),
        ("asa=nan", "asa=nan"),
    ],
)
def test_mistakes_are_told(text: str, told: str) -> None:
    with pytest.raises(CcsimError, match="--precision: ") as error:
        goals_of(text, NAMES)
    assert told in str(error.value)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(CcsimError) as error:
        goals_of("waiting=1,asa=2,net_gain=-3", NAMES)
    assert all(f"`{name}" in str(error.value) for name in ("waiting", "asa", "net_gain"))
    with pytest.raises(CcsimError, match="not above 0"):
        goals_of({"asa": math.inf}, NAMES)


@given(st.text(max_size=60))
def test_whatever_is_written_is_understood_or_told(text: str) -> None:
    try:
        found = goals_of(text, NAMES)
    except CcsimError:
        return
    assert found and all(0 < amount < math.inf for amount in found.values())


@given(st.dictionaries(st.sampled_from(NAMES), st.integers(1, 10**6), min_size=1))
def test_what_is_written_is_read(amounts: dict[str, int]) -> None:
    units = {"abandonment": "pt", "csat": "%", "asa": "s", "net_gain": "k", "backlog_day_end": ""}
    factors = {"abandonment": 0.01, "csat": 0.01, "asa": 1.0, "net_gain": 1000.0, "backlog_day_end": 1.0}
    found = goals_of(",".join(f"{name}={count}{units[name]}" for name, count in amounts.items()), NAMES)
    assert found == pytest.approx({name: count * factors[name] for name, count in amounts.items()})


# -- how many pairs -------------------------------------------------------------------------------


def width(half: float, asked: float = 1.0) -> Width:
    return Width("v", "asa", "", asked, half)


def test_pairs_follow_the_variance_and_are_never_few() -> None:
    assert wanted(10, [width(0.5)]) == 10  # enough
    assert wanted(10, [width(1.25)]) == math.ceil(10 * (1.25 * 1.2) ** 2)  # 1 + 2/10
    assert wanted(10, [width(99.0)]) == 30  # one batch at most triples them
    assert wanted(12, [width(0.9)]) == 14  # the inflated half is 1.05
    assert wanted(4, [width(0.0)]) == LEAST
    assert wanted(10, [width(0.5), width(1.25), width(0.1)]) == wanted(10, [width(1.25)])


def test_what_is_not_known_or_never_differs_asks_for_nothing() -> None:
    assert wanted(10, [width(math.nan), width(0.0)]) == 10
    assert wanted(10, []) == 10


@given(st.integers(10, 500), st.floats(0.01, 100.0), st.floats(0.01, 100.0))
def test_more_precision_never_takes_fewer_pairs(pairs: int, half: float, asked: float) -> None:
    loose, tight = (wanted(pairs, [width(half, amount)]) for amount in (asked, asked / 2))
    assert pairs <= loose <= tight <= 3 * pairs
    assert (loose == pairs) == (half * (1 + 2 / pairs) <= asked)


def test_stopping_at_a_precision_covers_nearly_as_often_as_it_says() -> None:
    """Sequential stopping is slightly optimistic: with 4,000 normal differences it stays above 93 %."""
    rng = np.random.default_rng(5)
    held = within = 0
    for _ in range(4000):
        values, pairs, asked = rng.standard_normal(600), LEAST, 0.45
        while (
            more := wanted(pairs, [width(of_values(np.zeros(pairs), values[:pairs]).half, asked)])
        ) > pairs:
            pairs = more
        found = of_values(np.zeros(pairs), values[:pairs])
        held += found.low <= 0 <= found.high
        within += abs(found.difference) <= asked
    assert held / 4000 > 0.93
    assert within / 4000 > 0.95  # the truth is as near as was asked


# -- runs -----------------------------------------------------------------------------------------


class Counting(Serial):
    """Notes every job that it runs."""

    def __init__(self, workers: int = 1) -> None:
        self.workers, self.ran = workers, list[tuple[str, int]]()

    def run(self, jobs: Sequence[Job]) -> Iterator:  # type: ignore[override, type-arg]
        self.ran += [(repr(job.task.args[0].agents), job.number) for job in jobs]  # type: ignore[attr-defined]
        return super().run(jobs)


@pytest.fixture(scope="module")
def precise(small_file: Path) -> tuple[Comparison, Counting]:
    place = Counting()
    base, other = ccsim.load(small_file), ccsim.load(small_file, "two_more")
    return compare(base, [other], 3, clock="simpy", precision="abandonment=2pt", executor=place), place


def test_pairs_are_added_until_it_is_reached(precise: tuple[Comparison, Counting]) -> None:
    result, _ = precise
    frame = result.precision()
    assert result.reached is not None and result.reached.ended == REACHED
    assert frame["reached"].all() and (frame["half"] <= 0.02).all() and len(frame) == 1
    assert result.base.replications > LEAST
    assert {run.replications for run in result.variants.values()} == {result.base.replications}


def test_no_replication_is_simulated_twice(precise: tuple[Comparison, Counting]) -> None:
    result, place = precise
    assert len(place.ran) == len(set(place.ran)) == 2 * result.base.replications


def test_it_is_the_comparison_of_so_many_replications(
    precise: tuple[Comparison, Counting], small_file: Path
) -> None:
    result, _ = precise
    base, other = ccsim.load(small_file), ccsim.load(small_file, "two_more")
    plain = compare(base, [other], result.base.replications, clock="simpy")
    assert plain.differences().equals(result.differences())
    assert plain.money_frame().equals(result.money_frame())


def test_it_takes_as_many_whatever_runs_them(precise: tuple[Comparison, Counting], small_file: Path) -> None:
    base, other = ccsim.load(small_file), ccsim.load(small_file, "two_more")

    class Backwards(Counting):
        def run(self, jobs: Sequence[Job]) -> Iterator:  # type: ignore[override, type-arg]
            return reversed([*super().run(jobs)])  # type: ignore[return-value]

    again = compare(base, [other], 3, clock="simpy", precision="abandonment=2pt", executor=Backwards(3))
    assert again.differences().equals(precise[0].differences())


def test_a_cap_and_a_time_limit_end_it(small_file: Path) -> None:
    base, other = ccsim.load(small_file), ccsim.load(small_file, "two_more")
    asked = {"abandonment": 1e-5}
    capped = compare(base, [other], 3, clock="simpy", precision=asked, max_replications=12)
    assert capped.reached is not None and capped.reached.ended == CAPPED
    assert capped.base.replications == 12 and not capped.precision()["reached"].any()
    short = compare(base, [other], 3, clock="simpy", precision=asked, time_limit=0.001)
    assert short.reached is not None and short.reached.ended == OUT_OF_TIME
    assert short.base.replications == LEAST


def test_what_an_identical_variant_needs(small_file: Path) -> None:
    base, same = ccsim.load(small_file), ccsim.load(small_file, "same")
    result = compare(base, [same], 2, clock="simpy", precision="abandonment=0.1pt,net_gain=1")
    assert result.base.replications == LEAST
    assert (result.precision()["half"] == 0.0).all()


def test_progress_is_of_all_candidates_together(small_file: Path) -> None:
    seen: list[tuple[str, int, int, int]] = []
    base, other = ccsim.load(small_file), ccsim.load(small_file, "two_more")
    compare(base, [other], 2, clock="simpy", progress=lambda *told: seen.append(told))
    told = dict.fromkeys((name, done, of) for name, done, of, _ in seen)
    assert [one for one in told if one[1]] == [
        ("base", 1, 4), ("base", 2, 4), ("two_more", 2, 4), ("two_more", 3, 4), ("two_more", 4, 4),
    ]  # fmt: skip
    contacts = [counted for *_, counted in seen]
    assert contacts == sorted(contacts) and contacts[-1] > contacts[0]


def test_names_of_a_centre_with_several_channels_are_known(every_run: ccsim.Run) -> None:
    from ccsim.experiments import compared

    names = compared.names_in(every_run.scenario)
    assert {"service_level", "abandonment", "backlog_day_end", "net_gain"} <= set(names)
    assert precision.goals_of("backlog_day_end=2", names) == {"backlog_day_end": 2.0}


def test_a_precision_of_net_gain_needs_what_customers_are_worth() -> None:
    """Before anything runs: no number of pairs would make it known."""
    text = SMALL.replace("margin: 14.00/month, ", "")
    sides = [loads(text), loads(text, variant="two_more")]
    with pytest.raises(CcsimError, match="`net_gain` is no figure of this comparison"):
        compare(sides[0], sides[1:], 2, clock="simpy", precision="net_gain=20000")


def test_an_interrupted_comparison_goes_on_with_what_is_finished(
    precise: tuple[Comparison, Counting], small_file: Path, tmp_path: Path
) -> None:
    base, other = ccsim.load(small_file), ccsim.load(small_file, "two_more")

    class Interrupted(Counting):
        def run(self, jobs: Sequence[Job]) -> Iterator:  # type: ignore[override, type-arg]
            for place, job in enumerate(jobs):
                if len(self.ran) == 2 * LEAST + 1:  # in the second batch
                    raise KeyboardInterrupt
                yield from ((place, found) for _, found in super().run([job]))

    def again(place: Counting, resume: bool) -> Comparison:
        with Unfinished(resume, root=tmp_path) as kept:
            return compare(
                base, [other], 3, clock="simpy", precision="abandonment=2pt", executor=place, kept=kept
            )

    with pytest.raises(KeyboardInterrupt) as stopped:
        again(Interrupted(), False)
    assert f"{2 * LEAST + 1} finished replications are kept" in " ".join(stopped.value.__notes__)
    rest = Counting()
    result = again(rest, True)
    assert result.differences().equals(precise[0].differences())
    assert len(rest.ran) == len(precise[1].ran) - (2 * LEAST + 1)

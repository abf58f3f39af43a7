"""`run` and `Run`: the promised frames, the same figures for any number of processes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import ccsim
from ccsim.errors import CcsimError
from ccsim.experiments.run import Run
from ccsim.results.measures import SLICES
from ccsim.results.tables import COLUMN_DOCS

COLUMNS = {"measure", "value", "low", "high", "se", "replications", "unit"}


def test_measures_are_tidy(small_run: Run) -> None:
    for by in (None, *SLICES):
        frame = small_run.measures(by)
        assert set(frame.columns) >= COLUMNS
        assert (len(frame) > 0) == (by != "self_service")  # the small line has none
    with pytest.raises(ValueError, match="cannot slice"):
        small_run.measures("moon")


def test_a_frame_handed_out_can_be_changed_without_harm(small_run: Run) -> None:
    frame = small_run.measures()
    frame["value"] = 0.0
    assert small_run.measures()["value"].abs().sum() > 0


def test_summary_has_service_customers_and_money(small_run: Run) -> None:
    frame = small_run.summary().set_index("measure")
    assert set(frame["section"]) == {"service", "customers", "money"}
    assert frame.loc["churn", "value"] == pytest.approx(0.18)  # calibrated to what was stated
    assert frame.loc["service_level", "target_min"] == 0.8
    assert frame.loc["abandonment", "verdict"] == "ok"
    assert frame.loc["occupancy", "verdict"] == "MISS"
    assert frame.loc["asa", "verdict"] == ""  # nobody set a target
    assert frame.loc["csat", "model_low"] < frame.loc["csat", "value"]


def test_every_target_that_can_be_set_is_judged(small_file: Path) -> None:
    from ccsim.scenario.targets import MEASURE_UNITS

    never = {"share": "min 0%", "duration": "min 0s", "number": "min -100", "money": "min 0.00"}
    sets = [f"targets.{name}={never[unit]}" for name, unit in MEASURE_UNITS.items()]
    frame = ccsim.run(ccsim.load(small_file, sets=sets), 1, clock="simpy").summary().set_index("measure")
    assert set(frame.index) >= set(MEASURE_UNITS)
    judged = frame[frame["value"].notna()].loc[lambda rows: rows.index.isin(MEASURE_UNITS)]
    assert set(judged["verdict"]) == {"ok"}


def test_cost_per_contact_is_cost_over_handled(small_run: Run) -> None:
    summary = small_run.summary().set_index("measure")["value"]
    handled = small_run.measures().set_index("measure").loc["handled", "value"]
    weeks = 365.25 / 7
    assert summary["cost_per_contact"] == pytest.approx(summary["cost"] / (handled * weeks))


def test_tables_of_replication_zero(small_run: Run) -> None:
    for name in ("issues", "contacts", "legs", "agents"):
        frame = getattr(small_run, name)
        assert isinstance(frame, pd.DataFrame)
        assert set(frame.columns) == set(COLUMN_DOCS[name])
    counted = small_run.contacts["counted"].sum()
    assert 400 < counted < 800
    assert len(small_run.issues) == small_run.tallies[0].issues


def test_simulate_gives_the_journal_that_run_reduced(small_run: Run, small_file: Path) -> None:
    journal = ccsim.simulate(ccsim.load(small_file), 1, "simpy")
    assert len(journal.contacts) == small_run.tallies[1].contacts
    np.testing.assert_array_equal(
        np.sort(ccsim.simulate(small_run.scenario, 0, "simpy").legs["entered"]),
        np.sort(small_run.journal.legs["entered"]),
    )


def test_processes_do_not_change_figures(small_run: Run, small_file: Path) -> None:
    again = ccsim.run(ccsim.load(small_file), jobs=2, clock="simpy")
    pd.testing.assert_frame_equal(again.measures(), small_run.measures())


def test_progress_is_told_at_the_beginning_and_after_each_replication(small_file: Path) -> None:
    told: list[tuple[int, int]] = []
    ccsim.run(ccsim.load(small_file), 2, 1, "simpy", lambda done, c: told.append((done, c)))
    assert [done for done, _ in told] == [0, 1, 2]
    assert 0 == told[0][1] < told[1][1] < told[2][1]


def test_a_variant_is_calibrated_on_its_base(small_run: Run, small_file: Path) -> None:
    variant = ccsim.run(ccsim.load(small_file, "two_more"), clock="simpy")
    assert variant.base is not None
    assert variant.fresh is variant.base.fresh
    churn = variant.summary().set_index("measure").loc["churn"]
    assert churn["value"] < 0.18
    assert churn["note"] == ""
    handed = ccsim.run(ccsim.load(small_file, "two_more"), clock="simpy", base=small_run)
    pd.testing.assert_frame_equal(handed.summary(), variant.summary())


def test_the_base_is_found_wherever_the_variant_came_from(small_file: Path) -> None:
    from ccsim.experiments.base import base_of
    from ccsim.scenario import loads

    read = loads(small_file.read_text(), variant="two_more", sets=["weeks=2"])
    origin = base_of(read)
    assert origin == loads(small_file.read_text(), sets=["weeks=2"])
    assert origin is not None and base_of(origin) is None
    changed = base_of(ccsim.load(small_file, "two_more").with_changes({"weeks": "2"}))
    assert changed == origin
    churn = ccsim.run(read, 2, clock="simpy").summary().set_index("measure").loc["churn"]
    assert churn["value"] < 0.18 and churn["note"] == ""


def test_a_change_to_what_only_the_variant_has_leaves_the_base_alone(small_file: Path) -> None:
    from ccsim.experiments.base import base_of
    from ccsim.scenario import loads

    text = small_file.read_text().replace(
        "{agents.generalists.on_seat: +2}", "{agents.extra: {on_seat: 2, skills: [billing]}}"
    )
    assert base_of(loads(text, variant="two_more", sets=["agents.extra.on_seat=3"])) == loads(text)


def test_a_variant_has_the_customers_and_parameters_of_its_base(small_run: Run, small_file: Path) -> None:
    from ccsim.scenario import loads

    wished = "{customers.everyone.count: 12000, experience.csat.intercept: 3}"
    text = small_file.read_text().replace("{agents.generalists.on_seat: +2}", wished)
    variant = ccsim.run(loads(text, variant="two_more"), clock="simpy", base=small_run)
    for name in ("csat", "nps", "churn"):
        assert variant.outcomes.score(name) == small_run.outcomes.score(name)


def test_a_variant_keeps_the_intervals_of_its_base(small_run: Run, small_file: Path) -> None:
    from ccsim.scenario import loads

    text = small_file.read_text().replace("{agents.generalists.on_seat: +2}", "{interval: 15min}")
    finer = loads(text, variant="two_more")
    for work in (ccsim.simulate, ccsim.run, lambda one: ccsim.run(one, base=small_run)):
        with pytest.raises(CcsimError, match="15min in the variant and 30min in its base"):
            work(finer)


def test_a_variant_keeps_the_segments_of_its_base(small_run: Run, small_file: Path) -> None:
    from ccsim.scenario import loads

    text = small_file.read_text().replace(
        "{agents.generalists.on_seat: +2}", "{customers.vip: {count: 10, margin: 1/month, churn: 1%/year}}"
    )
    with pytest.raises(CcsimError, match="segments everyone, vip and its base everyone"):
        ccsim.run(loads(text, variant="two_more"), 1, clock="simpy", base=small_run).summary()


def test_without_customers_money_is_unknown_and_says_what_to_add(small_file: Path) -> None:
    poor = small_file.read_text().replace("{count: 6000, margin: 14.00/month, churn: 18%/year}", "{}")
    from ccsim.scenario import loads

    frame = ccsim.run(loads(poor), 2, clock="simpy").summary().set_index("measure")
    assert np.isnan(frame.loc["churn", "value"])
    assert "customers.everyone.count" in frame.loc["at_stake", "note"]
    assert not np.isnan(frame.loc["csat", "value"])
    assert not np.isnan(frame.loc["cost", "value"])


def test_a_centre_that_nobody_calls_is_told_so(small_file: Path) -> None:
    quiet = ccsim.load(
        small_file, sets=["arrivals.voice.contacts=0.0001/week", "arrivals.voice.counted=first"]
    )
    result = ccsim.run(quiet, 1, clock="simpy")
    assert result.measures().set_index("measure").loc["offered", "value"] == 0
    with pytest.raises(CcsimError, match="nobody made contact"):
        result.summary()


def test_an_unknown_clock_is_refused(small_file: Path) -> None:
    with pytest.raises(CcsimError, match="choose auto, simpy, compiled"):
        ccsim.run(ccsim.load(small_file), 1, clock="sundial")

"""A routing rule handed in from Python does what the built-in rule of the same meaning does, on both clocks."""

from __future__ import annotations

import pytest

from ccsim.centre.rules import compiled_rule, processes_for
from ccsim.centre.simulate import choose_clock, simulate
from ccsim.errors import CcsimError
from ccsim.experiments.run import run
from ccsim.scenario import loads

SCENARIO = """\
ccsim: 1
name: Rules
weeks: 1
warm_up: 0 days
follow_up: 0 days
seed: 11
calendar: {hours: {mon-sun: 24h}}
channels: {voice: {patience: 180s, redial: none}}
arrivals:
  voice: {contacts: 6000/week, profile: flat, busyness: none, counted: first}
intents:
  billing: {share: 50%, talk: 4min, wrap_up: 0s, fcr: 80%}
  orders: {share: 50%, talk: 5min, wrap_up: 0s, fcr: 70%}
agents:
  first: {on_seat: 3, wage: 18/h, skills: {billing: {speed: 80%}, orders: {speed: 125%}}}
  second: {on_seat: 3, wage: 22/h, skills: {billing: {speed: 130%}, orders: {speed: 90%}}}
"""


def longest_idle(waited, idle_for, occupancy, load, speed, fcr, wage, strain):
    return -idle_for


def least_occupied(waited, idle_for, occupancy, load, speed, fcr, wage, strain):
    return occupancy


def fastest(waited, idle_for, occupancy, load, speed, fcr, wage, strain):
    return -speed * fcr + 0.01 * wage * (1.0 if waited > 5.0 else 0.5)


def fails(waited, idle_for, occupancy, load, speed, fcr, wage, strain):
    return 1.0 / load


def reads_a_word(waited, idle_for, occupancy, load, speed, fcr, wage, strain):
    return getattr(object(), f"x{waited}", idle_for)


def centre(agent="longest_idle"):
    return loads(SCENARIO + f"routing: {{agent: {agent}}}\n", label="rules")


def rows(journal):
    return journal.issues.tobytes(), journal.legs.tobytes(), journal.presence.tobytes()


@pytest.mark.parametrize(
    ("rule", "name"), [(longest_idle, "longest_idle"), (least_occupied, "least_occupied")]
)
def test_the_same_meaning_gives_the_same_rows(rule, name):
    assert rows(simulate(centre(), clock="simpy", rule=rule)) == rows(simulate(centre(name), clock="simpy"))


def test_a_rule_of_one_s_own_changes_who_answers():
    usual, ruled = simulate(centre(), clock="simpy"), simulate(centre(), clock="simpy", rule=fastest)
    assert (usual.issues["born"] == ruled.issues["born"]).all()
    assert rows(usual) != rows(ruled)
    billing = [journal.legs[journal.legs["intent"] == 0] for journal in (usual, ruled)]
    share = [(legs["group"] == 1).sum() / (legs["group"] >= 0).sum() for legs in billing]
    assert share[1] > share[0] + 0.05


@pytest.mark.parametrize("rule", [longest_idle, least_occupied, fastest])
def test_both_clocks_give_equal_rows(rule):
    pytest.importorskip("numba")
    assert rows(simulate(centre(), 2, "simpy", rule=rule)) == rows(
        simulate(centre(), 2, "compiled", rule=rule)
    )


def test_numba_compiles_a_rule_once_and_the_centre_for_none():
    pytest.importorskip("numba")
    assert compiled_rule(fastest) is compiled_rule(fastest)


def test_a_rule_that_numba_cannot_compile_runs_on_simpy_and_says_so(capsys, monkeypatch):
    pytest.importorskip("numba")
    monkeypatch.setattr("ccsim.centre.simulate.WORTH_COMPILING", 1)
    monkeypatch.setattr("ccsim.centre.simulate.WORTH_LOADING", 1)
    assert choose_clock("auto", 10, longest_idle) == "compiled"
    assert choose_clock("auto", 10, reads_a_word) == "simpy"
    assert "cannot compile the routing rule `reads_a_word`" in capsys.readouterr().err
    with pytest.raises(CcsimError, match=r"reads_a_word.*simpy"):
        choose_clock("compiled", 10, reads_a_word)


def test_a_rule_that_fails_is_named():
    with pytest.raises(CcsimError, match="ZeroDivisionError"):
        simulate(centre(), clock="simpy", rule=fails)
    with pytest.raises(CcsimError, match="returned nan"):
        simulate(centre(), clock="simpy", rule=lambda *_: float("nan"))


def test_a_rule_that_fails_in_machine_code_is_named():
    pytest.importorskip("numba")
    with pytest.raises(CcsimError, match="`fails` failed"):
        simulate(centre(), clock="compiled", rule=fails)


def test_a_run_keeps_its_rule():
    result = run(centre(), 2, jobs=1, clock="simpy", rule=fastest)
    assert rows(result.journal) == rows(simulate(centre(), 0, "simpy", result.fresh, fastest))


def test_processes_take_only_what_can_be_sent_to_them():
    assert processes_for(fastest, 2, 2) == 2
    assert processes_for(lambda *_: 0.0, None, 2) == 1
    with pytest.raises(CcsimError, match="other processes"):
        processes_for(lambda *_: 0.0, 2, 2)

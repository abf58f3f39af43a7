"""Errors read as the terminal shows them."""

from __future__ import annotations

import pickle

import pytest

from ccsim.errors import CcsimError, Fault, ScenarioError, SimulationError, fault_lines

THREE = (
    Fault(
        "retail.yaml",
        39,
        15,
        "arrivals.voice.contacts",
        "`18000` has no unit",
        "write `18000/week` (or /day, /month)",
    ),
    Fault("retail.yaml", 26, 5, "channels.voice.patients", "unknown key", "did you mean `patience`?"),
    Fault(
        "retail.yaml",
        76,
        44,
        "agents.digital.skills.refunds",
        "no intent needs this skill",
        "skills in use: care, orders, payment, product",
    ),
)


def test_three_mistakes_read_as_in_the_mock_up() -> None:
    assert (
        str(ScenarioError(THREE))
        == """\
  retail.yaml:26:5   channels.voice.patients  unknown key
      did you mean `patience`?
  retail.yaml:39:15  arrivals.voice.contacts  `18000` has no unit
      write `18000/week` (or /day, /month)
  retail.yaml:76:44  agents.digital.skills.refunds  no intent needs this skill
      skills in use: care, orders, payment, product
  3 faults. Nothing was run."""
    )


def test_one_fault_is_singular_and_doubles_are_dropped() -> None:
    error = ScenarioError([THREE[0], THREE[0]])
    assert error.faults == (THREE[0],)
    assert str(error).endswith("  1 fault. Nothing was run.")


def test_a_flood_of_faults_is_cut_not_hidden() -> None:
    shown = str(ScenarioError(Fault("x.yaml", line, 1, "a", "no") for line in range(1, 201)))
    assert len(shown.splitlines()) == 51
    assert shown.endswith("  200 faults, the first 50 are above. Nothing was run.")


def test_lines_fit_the_terminal() -> None:
    fault = Fault(
        "a/rather/long/path/to/scenario.yaml",
        7,
        9,
        "agents.front.skills.billing",
        "something that takes quite a number of words to explain to a planner",
        "and a fix that does not fit into one line of eighty columns either, alas",
    )
    lines = fault_lines([fault])
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("  a/rather/long/path/to/scenario.yaml:7:9  agents.front.skills")


def test_a_fault_without_a_line_names_the_file_alone() -> None:
    assert Fault("--set a=1", 0, 0, "a", "no").where == "--set a=1"
    assert Fault("x.yaml", 3, 2, "a", "no").where == "x.yaml:3:2"


@pytest.mark.parametrize(
    "error",
    [
        ScenarioError(THREE),
        SimulationError("an agent serves two calls", 12.5, 7, "overflow"),
        CcsimError("no such run"),
    ],
)
def test_errors_cross_processes(error: CcsimError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error) and str(again) == str(error)
    assert again.exit_code == 2


def test_simulation_errors_name_time_contact_and_rule() -> None:
    shown = str(SimulationError("an agent serves two calls", 12.5, 7, "overflow"))
    assert shown == "at 12.500 s, contact 7, rule overflow: an agent serves two calls"
    assert str(SimulationError("empty", 0.0)) == "at 0.000 s: empty"

"""Outcome parameters: complete, in range, with a source; overrides checked."""

from __future__ import annotations

import math

import pytest

from ccsim.parameters import PARAMETER_VERSION, outcome_parameters, with_overrides

CONFIDENCES = {"strong", "moderate", "folklore", "assumption"}


def test_every_parameter_says_where_it_comes_from_and_lies_in_its_range():
    for name, p in outcome_parameters().items():
        assert p.name == name and p.source and p.unit, name
        assert p.confidence in CONFIDENCES, name
        assert (p.low is None) == (p.high is None), name
        if p.low is not None:
            assert p.low <= p.number <= p.high, name


def test_cuts_ascend():
    for name in ("csat.cuts", "ces.cuts", "nps.cuts"):
        numbers = outcome_parameters()[name].numbers
        assert list(numbers) == sorted(set(numbers))


def test_figures_of_the_evidence():
    parameters = outcome_parameters()
    assert PARAMETER_VERSION == "2026-11-21"
    assert parameters["churn.hr_bad_episode"].number == 3.0
    assert parameters["csat.cuts"].numbers == (-1.895, -1.769, -1.548, -0.819)
    assert parameters["ops.repeat_prob"].confidence == "assumption"
    assert math.isnan(parameters["csat.observed"].number)
    with pytest.raises(TypeError, match="list of 4"):
        _ = parameters["csat.cuts"].number


def test_the_dict_is_the_callers_own():
    outcome_parameters().clear()
    assert outcome_parameters()


def test_one_number_fixes_three_give_a_range():
    fixed = with_overrides({"csat.weights.log_wait": 0.3})["csat.weights.log_wait"]
    assert (fixed.number, fixed.low, fixed.confidence) == (0.3, None, "stated")
    ranged = with_overrides({"churn.hr_bad_episode": [2.5, 2.0, 3.0]})["churn.hr_bad_episode"]
    assert (ranged.number, ranged.low, ranged.high) == (2.5, 2.0, 3.0)
    assert with_overrides({"nps.cuts": (-2.0, 0.0)})["nps.cuts"].numbers == (-2.0, 0.0)


@pytest.mark.parametrize(
    ("overrides", "says"),
    [
        ({"csat.weight.log_wait": 0.3}, "did you mean `csat.weights.log_wait`"),
        ({"churn.hr_bad_episode": (5.0, 1.0, 3.0)}, "low <= value <= high"),
        ({"churn.hr_bad_episode": (1.0, 3.0)}, "value, low, high"),
        ({"nps.cuts": (0.0, -1.0)}, "2 ascending numbers"),
        ({"nps.cuts": 1.0}, "2 ascending numbers"),
    ],
)
def test_wrong_overrides_are_refused(overrides, says):
    with pytest.raises(ValueError, match=says):
        with_overrides(overrides)


def test_every_parameter_says_what_it_means() -> None:
    """Reports list them for readers who know no key names."""
    assert [name for name, one in outcome_parameters().items() if not one.meaning.strip()] == []

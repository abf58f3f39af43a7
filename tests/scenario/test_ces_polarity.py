"""`experience.ces.polarity`: a word among the parameters, with faults of its own."""

from __future__ import annotations

import pytest

from ccsim.errors import CcsimError
from ccsim.scenario import loads
from ccsim.scenario.explain import assumed, given
from ccsim.scenario.schema import schema
from ccsim.scenario.templates import template

TEXT = template("quickstart")
PATH = "experience.ces.polarity"


@pytest.mark.parametrize("written", ["{ces: {polarity: effort}}", "{ces.polarity: effort}"])
def test_it_is_read_nested_or_dotted_and_is_no_parameter(written: str) -> None:
    scenario = loads(TEXT + f"experience: {written}\n")
    assert scenario.experience.ces_polarity == "effort"
    assert scenario.experience.overrides == {}
    assert [one.text for one in given(scenario) if one.path == PATH] == ["effort"]
    assert PATH not in {row.path for row in assumed(scenario)}


def test_unsaid_it_is_ease_and_explained_as_assumed() -> None:
    scenario = loads(TEXT)
    assert scenario.experience.ces_polarity == "ease"
    row = next(row for row in assumed(scenario) if row.path == PATH)
    assert row.text == "ease" and "7 is hard" in row.meaning


def test_it_can_be_set_and_stands_beside_parameters() -> None:
    both = loads(TEXT + "experience: {ces: {lambda: 1.2}}\n", sets=[f"{PATH}=effort"])
    assert both.experience.ces_polarity == "effort"
    assert both.experience.overrides == {"ces.lambda": 1.2}


@pytest.mark.parametrize(("written", "said"), [
    ("{ces: {polarity: hard}}", "`hard` is not known here(?s:.*)one of: ease, effort"),
    ("{ces: {polarity: efort}}", "did you mean `effort`"),
    ("{ces: {polarty: effort}}", "did you mean `ces.polarity`"),
    ("{ces: {polarity: [effort]}}", "this is not known here"),
    ("{ces: {polarity: }}", "one of: ease, effort"),
])  # fmt: skip
def test_a_wrong_word_is_a_fault_at_its_place(written: str, said: str) -> None:
    with pytest.raises(CcsimError, match=said) as caught:
        loads(TEXT + f"experience: {written}\n")
    assert "experience.ces.pol" in str(caught.value)


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(CcsimError) as caught:
        loads(TEXT + "experience: {ces: {polarity: hard, lamda: 1}, csat: {novise: 1}}\n")
    assert all(word in str(caught.value) for word in ("hard", "lamda", "novise"))


def test_the_schema_knows_the_words() -> None:
    ces = schema()["properties"]["experience"]["anyOf"][0]["properties"]["ces"]
    assert ces["properties"]["polarity"]["enum"] == ["ease", "effort"]

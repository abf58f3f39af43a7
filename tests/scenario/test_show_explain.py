"""`show` reads back to an equal scenario; `explain` says what was given and what is assumed."""

from __future__ import annotations

import pytest

from ccsim.distributions import Distribution
from ccsim.scenario import Scenario, load, loads
from ccsim.scenario.explain import assumed, explain, families, given
from ccsim.scenario.show import show, table_files
from ccsim.scenario.templates import scenarios_folder, template, template_names
from ccsim.scenario.usual import usual_values

QUICK = template("quickstart")


@pytest.mark.parametrize("name", template_names())
def test_show_reads_back(name: str) -> None:
    scenario = load(scenarios_folder() / f"{name}.yaml")
    for variant in (None, *(scenario.variants if name in ("quickstart", "retail") else ())):
        there = load(scenarios_folder() / f"{name}.yaml", variant)
        text = show(there)
        assert loads(text, scenarios_folder()) == there
        assert show(loads(text, scenarios_folder())) == text
    assert all((scenarios_folder() / table).is_file() for table in table_files(scenario))


def test_show_holds_the_variant_and_the_sets() -> None:
    there = loads(QUICK, variant="two_more", sets=["channels.voice.redial.chance=-10%"])
    text = show(there)
    assert "on_seat: 14" in text and "redial: {chance: 49.5%}" in text
    assert loads(text) == there


@pytest.mark.parametrize("odd", ["NO", "010", "12:30", "'a: b'", "\"it's\"", "'# not'", "é", "~x"])
def test_odd_texts_come_back(odd: str) -> None:
    scenario = loads(QUICK.replace("Quickstart service line", odd))
    assert loads(show(scenario)) == scenario


def test_given_names_the_origin_of_every_value() -> None:
    there = loads(QUICK, variant="two_more", sets=["weeks=6"], label="q.yaml")
    origins = {row.path: (row.text, row.origin) for row in given(there)}
    assert origins["currency"] == ("EUR", "q.yaml:4")
    assert origins["agents.generalists.on_seat"] == ("14", "variant `two_more`")
    assert origins["weeks"] == ("6", "--set")
    assert not any(path.startswith("variants") for path in origins)


def test_bare_durations_say_their_family() -> None:
    found = {row.path: row.origin for row in families(loads(QUICK))}
    assert found == {
        "intents.billing.talk": "lognormal, cv 0.9", "intents.billing.wrap_up": "lognormal, cv 0.9",
        "intents.technical.talk": "lognormal, cv 0.9",
        "intents.technical.wrap_up": "lognormal, cv 0.9", "channels.voice.patience": "exponential"}


def test_assumed_leaves_out_what_was_given() -> None:
    paths = {row.path: row for row in assumed(loads(QUICK))}
    assert "channels.voice.patience" not in paths and "intents.*.fcr" not in paths
    assert paths["intents.*.repeat.chance"].text == "75%"
    assert paths["intents.*.repeat.chance"].items == ("billing", "technical")
    assert paths["agents.*.shrinkage.other"].text == "32%"
    assert "agents.*.adherence" not in paths
    redial = loads(QUICK, sets=["channels.voice.redial=none", "loyalty.churn.hr_bad_episode=2.5",
                                "economics.discount=8%/year"])
    fewer = {row.path for row in assumed(redial)}
    assert not any(path.startswith("channels.voice.redial") for path in fewer)
    assert not {"loyalty.churn.hr_bad_episode", "economics.discount"} & fewer
    assert {"loyalty.churn.hr_bad_episode", "economics.discount"} <= set(paths)


def test_every_assumption_has_its_range_or_source() -> None:
    for row in assumed(loads(QUICK)):
        assert row.source and row.confidence and row.meaning and row.text
        assert "nan" not in row.text


def test_the_ten_most_influential_come_first() -> None:
    text = explain(loads(QUICK, label="q.yaml"))
    assert "the 10 most influential of" in text and "more: ccsim explain q.yaml --all" in text
    top = [row.path for row in assumed(loads(QUICK))][:3]
    assert top == ["experience.csat.weights.unresolved", "experience.csat.intercept",
                   "loyalty.churn.hr_bad_episode"]
    everything = explain(loads(QUICK), everything=True)
    assert "loyalty.relation.half_life_months" in everything and "--all" not in everything
    assert max(len(line) for line in everything.splitlines()) <= 100


def test_paths_of_assumptions_can_be_set() -> None:
    """Setting an assumption to itself leaves nothing of it to assume."""
    scenario = loads(QUICK)
    for row in assumed(scenario):
        if "|" not in row.text and "profile" not in row.path:
            changes = {row.path.replace("*", item): row.text for item in row.items or ("",)}
            left = {other.path for other in assumed(scenario.with_changes(changes))}
            assert row.path not in left, row


def test_usual_values_are_those_of_the_models() -> None:
    """Writing a default out changes nothing."""
    night = "shifts: {day: {days: mon-sat, hours: 08:00-18:00}}\n"
    base = QUICK.split("variants:")[0].replace("on_seat: 2,", "scheduled: {day: 2},") + night
    bare = base.replace(", patience: 5min", "").replace("fcr: 78%", "complexity: 0.5").replace(
        "profile: two_peaks, ", "")
    scenario = loads(bare)
    names = {"intents": "billing", "agents": "generalists", "arrivals": "voice", "shifts": "day"}
    for usual in usual_values():
        if usual.path[-1] in ("wage", "on_cost", "licence"):
            continue  # None in the models: the ledger takes the parameter, with its range
        item = "technicians" if usual.path[-1] in ("absence", "adherence") else names.get(
            usual.path[0], "")
        path = ".".join(usual.path).replace("*", item)
        value = usual.text if usual.path[-1] != "talk" else "+0%"
        assert scenario.with_changes({path: value}) == scenario, path


def test_a_scenario_built_in_python_has_nothing_to_show() -> None:
    from ccsim.errors import CcsimError

    built = Scenario.model_construct(name="x", source=Scenario.model_fields["source"].get_default(
        call_default_factory=True))
    with pytest.raises(CcsimError, match="not read from text"):
        show(built)
    assert isinstance(loads(QUICK).channels["voice"].patience, Distribution)

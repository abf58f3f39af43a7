"""`show` reads back to an equal scenario; `explain` says what was given and what is assumed."""

from __future__ import annotations

import pytest
from scenario.omni import OMNI

from ccsim.distributions import Distribution
from ccsim.scenario import Scenario, load, loads
from ccsim.scenario.explain import assumed, explain, families, given
from ccsim.scenario.show import show, table_files
from ccsim.scenario.templates import scenarios_folder, template, template_names
from ccsim.scenario.usual import Usual, usual_values

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


def test_everything_reads_back() -> None:
    for variant in (None, "no_bot", "more"):
        there = loads(OMNI, variant=variant)
        assert loads(show(there)) == there
    assert table_files(loads(OMNI)) == ()  # the `from` of an outage names no table


def test_assumptions_of_a_whole_centre_are_in_force_where_they_are_told() -> None:
    rows = {row.path: row for row in assumed(loads(OMNI))}
    assert rows["channels.chat.patience"].text == "5min"
    assert "ops.patience_mean_chat" in rows["channels.chat.patience"].source
    assert rows["channels.voice.callback.no_reply"].text == "20%"
    assert rows["channels.*.redial.chance"].items == ("voice", "chat")
    assert rows["channels.social.turns"].text == "4"
    assert rows["self_service.*.comes_back"].items == ("chatbot", "ivr")
    assert rows["self_service.*.handover.saves"].items == ("ivr",)
    assert rows["intents.*.escalate.warm"].items == ("refund",)
    assert not any(
        path.startswith(
            (
                "channels.store.redial",
                "channels.chat.slowdown",
                "self_service.*.contains",
                "self_service.*.cost",
                "intents.*.transfer",
            )
        )
        for path in rows
    )
    quick = {row.path for row in assumed(loads(QUICK))}
    assert not any(
        word in path
        for path in quick
        for word in ("callback", "self_service", "slowdown", "handover", "escalate", "silent", "turns")
    )


def test_bare_durations_of_a_whole_centre() -> None:
    found = {row.path: row.origin for row in families(loads(OMNI))}
    assert found["intents.order.talk.voice"] == found["intents.refund.talk"] == "lognormal, cv 0.9"
    assert found["self_service.ivr.session"] == "lognormal, cv 0.5"
    assert found["channels.messaging.think"] == "exponential"
    assert not any("handover" in path or "callback" in path for path in found)


def test_show_holds_the_variant_and_the_sets() -> None:
    there = loads(QUICK, variant="two_more", sets=["channels.voice.redial.chance=-10%"])
    text = show(there)
    assert "on_seat: 14" in text and "redial: {chance: 49.5%}" in text
    assert loads(text) == there


@pytest.mark.parametrize("odd", ["NO", "010", "12:30", "'a: b'", '"it\'s"', "'# not'", "é", "~x"])
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
        "intents.billing.talk": "lognormal, cv 0.9",
        "intents.billing.wrap_up": "lognormal, cv 0.9",
        "intents.technical.talk": "lognormal, cv 0.9",
        "intents.technical.wrap_up": "lognormal, cv 0.9",
        "channels.voice.patience": "exponential",
    }


def test_assumed_leaves_out_what_was_given() -> None:
    paths = {row.path: row for row in assumed(loads(QUICK))}
    assert "channels.voice.patience" not in paths and "intents.*.fcr" not in paths
    assert paths["intents.*.repeat.chance"].text == "75%"
    assert paths["intents.*.repeat.chance"].items == ("billing", "technical")
    assert paths["agents.*.shrinkage.other"].text == "32%"
    assert "agents.*.adherence" not in paths
    redial = loads(
        QUICK,
        sets=["channels.voice.redial=none", "loyalty.churn.hr_bad_episode=2.5", "economics.discount=8%/year"],
    )
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
    assert top == [
        "experience.csat.weights.unresolved",
        "experience.csat.intercept",
        "loyalty.churn.hr_bad_episode",
    ]
    everything = explain(loads(QUICK), everything=True)
    assert "loyalty.relation.half_life_months" in everything and "--all" not in everything
    assert max(len(line) for line in everything.splitlines()) <= 100


@pytest.mark.parametrize("text", [QUICK, OMNI], ids=["quickstart", "everything"])
def test_paths_of_assumptions_can_be_set(text: str) -> None:
    """Setting an assumption to itself leaves nothing of it to assume."""
    scenario = loads(text)
    for row in assumed(scenario):
        if "|" not in row.text and "profile" not in row.path:
            changes = {row.path.replace("*", item): row.text for item in row.items or ("",)}
            left = {(other.path, other.items) for other in assumed(scenario.with_changes(changes))}
            assert (row.path, row.items) not in left, row


# Parts that are off unless written: what is usual of them shows once they are on.
PARTS = {
    "channels.*.callback": ("voice", "{offer_above: 3min, accepts: 45%}"),
    "channels.*.announce": ("voice", "{}"),
    "intents.*.transfer": ("billing", "{to: technical}"),
    "intents.*.escalate": ("billing", "{to: technical, chance: 10%}"),
    "agents.*.learning": ("technicians", "on"),
    "agents.*.assist": ("technicians", "on"),
    "agents.*.training": ("technicians", "{fcr: +6%}"),
    "agents.*.employed": ("contracts", "6"),
    "agents.*.workforce": ("technicians", "{attrition: 20%/year, strain: on}"),
    "workforce": ("", "{attrition: 20%/year, strain: on}"),
}
LEFT_TO_THE_LEDGER = ("wage", "on_cost", "licence", "cost")  # None in the models: the ledger's own
MORE = """\
  contracts: {employed: 6, rota: [day], skills: [billing]}
shifts: {day: {days: mon-sat, hours: 08:00-18:00}}
self_service: {bot: {channels: [voice]}}
"""


def test_usual_values_are_those_of_the_models() -> None:
    """Writing a default out changes nothing."""
    base = QUICK.split("economics:")[0].replace("on_seat: 2,", "scheduled: {day: 2},") + MORE
    base = base.replace("channels:\n", "channels:\n  chat: {}\n  messaging: {}\n  email: {}\n")
    base = base.replace(
        "arrivals:\n", "arrivals:\n  email: {contacts: 9/week}\n  messaging: {contacts: 9/week}\n"
    )
    base = base.replace(
        "skills: [technical]", "skills: [technical], handles: {voice: 1, email: 2, messaging: 2}"
    )
    bare = (
        base.replace(", patience: 5min", "")
        .replace("fcr: 78%", "complexity: 0.5")
        .replace("profile: two_peaks, ", "")
    )
    scenario = loads(bare)
    for usual in usual_values():
        path = ".".join(usual.path)
        part = next((part for part in PARTS if path.startswith(f"{part}.")), None)
        item = PARTS[part][0] if part else _item(usual)
        there = scenario if part is None else scenario.with_changes({part.replace("*", item): PARTS[part][1]})
        if usual.path[-1] in LEFT_TO_THE_LEDGER and usual.path[0] != "self_service":
            continue
        if path.endswith(("workforce.attrition", "agents.*.tenure", "assist.faster")):
            continue  # what `terms` gives where nobody says it; speed of a drafting not stated
        value = usual.text if usual.path[-1] != "talk" or part else "+0%"
        assert there.with_changes({path.replace("*", item): value}) == there, path


def _item(usual: Usual) -> str:
    """An item for which the default holds."""
    kinds = {"voice": "voice", "chat": "chat", "messaging": "messaging", "deferred": "email"}
    if usual.path[0] in ("channels", "arrivals"):
        return kinds[usual.kinds[0]] if usual.kinds else "voice"
    if usual.path[-1] in ("absence", "adherence"):
        return "technicians"
    names = {
        "intents": "billing",
        "agents": "generalists",
        "shifts": "day",
        "self_service": "bot",
        "customers": "everyone",
    }
    return names.get(usual.path[0], "")


def test_a_scenario_built_in_python_has_nothing_to_show() -> None:
    from ccsim.errors import CcsimError

    built = Scenario.model_construct(
        name="x", source=Scenario.model_fields["source"].get_default(call_default_factory=True)
    )
    with pytest.raises(CcsimError, match="not read from text"):
        show(built)
    assert isinstance(loads(QUICK).channels["voice"].patience, Distribution)

"""What is believed of customers: growth, word of mouth, and parameters within what they can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccsim.errors import ScenarioError
from ccsim.scenario import loads
from ccsim.scenario.checks import warnings
from ccsim.scenario.explain import assumed

BASE = """\
ccsim: 1
customers:
  members: {count: 6000, margin: 14.00/month, churn: 18%/year, growth: 1%/month}
  guests: {count: 9000, margin: 2.00/month, churn: 30%/year}
intents: {billing: {talk: 4min}}
arrivals: {voice: {contacts: 100/week}}
agents: {front: {on_seat: 2, skills: [billing]}}
economics: {growth_from: referrals, value: {heterogeneity: 20%, referrals_per_promoter: 3%/year}}
loyalty: {churn: {uncontrollable_share: 30%}, wom: {negative_to_positive: 1.5}}
"""
OFF = {"growth_from: referrals, ": "", "referrals_per_promoter: 3%/year": "avoided_contact: 1",
       ", wom: {negative_to_positive: 1.5}": ""}  # fmt: skip


def replaced(text: str, pairs: dict[str, str]) -> str:
    for old, new in pairs.items():
        assert old in text
        text = text.replace(old, new)
    return text


def told(text: str) -> list[str]:
    return [f"{w.key}: {w.message}" for w in warnings(loads(text))]


def paths(text: str) -> set[str]:
    return {row.path for row in assumed(loads(text))}


def test_growth_is_won_in_a_year_and_off_unless_stated() -> None:
    scenario = loads(BASE)
    assert scenario.customers["members"].growth == pytest.approx(0.12)
    assert scenario.customers["guests"].growth == 0.0
    assert scenario.economics.growth_from == "referrals"
    assert loads(replaced(BASE, OFF)).economics.growth_from == "none"
    assert told(BASE) == []


@pytest.mark.parametrize(
    ("old", "new", "key", "message", "hint"),
    [
        ("1%/month", "-1%/year", "customers.members.growth", "too small", "0%"),
        ("1%/month", "1%/week", "customers.members.growth", "does not suit", "12%/year"),
        ("count: 6000, margin", "margin", "customers.members.growth", "nobody says how many", "count: 60000"),
        ("growth: 1", "won: 1", "customers.members.won", "unknown key", "`growth`"),
        ("from: referrals", "from: referal", "economics.growth_from", "not known", "`referrals`"),
        ("growth_from: ", "word_of_mouth: ", "economics.word_of_mouth", "no parameter", "growth_from"),
        ("20%", "97%", "economics.value.heterogeneity", "too large", "95%"),
        ("30%}", "130%}", "loyalty.churn.uncontrollable_share", "too large", "100%"),
        ("uncontrollable_share: 30%", "hr_bad_episode: 0.5", "loyalty.churn.hr_bad_episode", "too small", "1"),
        ("uncontrollable_share: 30%", "hr_bad_episode: [3, 0.9, 5]", "loyalty.churn.hr_bad_episode", "too small",
         "1"),
        ("loyalty:", "experience: {csat: {weights: {log_wait: -0.1}}}\nloyalty:",
         "experience.csat.weights.log_wait", "too small", "0"),
        ("loyalty:", "experience: {recovery: {effect_on_csat: -1}}\nloyalty:",
         "experience.recovery.effect_on_csat", "too small", "0"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_fault(old: str, new: str, key: str, message: str, hint: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        text = BASE.replace("guests: {count: 9000, ", "guests: {") if "count" in old else BASE
        loads(replaced(text, {old: new}))
    found = [fault for fault in caught.value.faults if fault.key == key]
    assert found, str(caught.value)
    assert message in found[0].message and hint in str(found[0].hint) and found[0].line > 0


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ("from: referrals", "from: nps", "economics.value.referrals_per_promoter", "word of mouth is nps"),
        ("growth_from: referrals, ", "", "loyalty.wom.negative_to_positive", "word of mouth is none"),
        ("uncontrollable_share: 30%", "relation_slope: 0.6", "loyalty.churn.relation_slope", "same experience"),
        ("growth_from: ", "without_service: {churn: 20%/year}, growth_from: ",
         "economics.without_service.churn", "below the churn of `guests`"),
    ],
)  # fmt: skip
def test_what_changes_nothing_or_counts_twice_is_a_warning(
    old: str, new: str, key: str, message: str
) -> None:
    found = [line for line in told(replaced(BASE, {old: new})) if line.startswith(f"{key}: ")]
    assert found and message in found[0]


def test_a_relation_that_drives_churn_alone_is_no_fault() -> None:
    assert told(replaced(BASE, {"uncontrollable_share: 30%": "relation_slope: 0.6, hr_bad_episode: 1"})) == []


def test_a_variant_is_judged_by_its_bases_beliefs() -> None:
    text = BASE + "variants: {talk: {set: {economics.growth_from: nps, customers.members.growth: 0%/year}}}\n"
    scenario = loads(text, variant="talk")
    keys = [fault.message for fault in warnings(scenario)]
    assert any("growth_from" in message and "base" in message for message in keys)
    assert any("`growth`" in message and "base" in message for message in keys)


def test_explain_shows_what_is_in_force_with_its_source() -> None:
    off, on = paths(replaced(BASE, OFF)), paths(BASE)
    for path in ("loyalty.churn.uncontrollable_share", "economics.value.heterogeneity"):
        assert path not in on and path in paths(
            replaced(BASE, {"heterogeneity: 20%, ": "", "uncontrollable_share: 30%": "exit_cap: 50%"})
        )
    assert "economics.growth_from" in off and "economics.growth_from" not in on
    assert "customers.*.growth" in off  # of the guests
    for path in ("loyalty.wom.negative_to_positive", "economics.value.referrals_per_promoter",
                 "experience.nps.revenue_growth_per_point", "experience.recovery.effect_on_csat"):  # fmt: skip
        assert path not in off
    assert "experience.nps.revenue_growth_per_point" in paths(
        replaced(BASE, {"from: referrals": "from: nps"})
    )
    healing = replaced(BASE, {"skills: [billing]": "skills: [billing], empowerment: {fcr: +8%}"})
    rows = {row.path: row for row in assumed(loads(healing))}
    assert "de Matos" in rows["experience.recovery.effect_on_csat"].source
    assert "Knox" in rows["experience.recovery.effect_on_loyalty"].source


@given(st.floats(0.0, 10.0))
def test_growth_as_written_is_growth_as_read(share: float) -> None:
    text = replaced(BASE, {"growth: 1%/month": f"growth: {100 * share:.6f}%/year"})
    assert loads(text).customers["members"].growth == pytest.approx(share, abs=1e-8)

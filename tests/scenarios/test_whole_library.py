"""What holds for every scenario of the library: what a change costs, what service is worth, why each variant."""

from __future__ import annotations

import pytest

from ccsim.centre.simulate import simulate
from ccsim.scenario import Scenario, load
from ccsim.scenario.show import table_files
from ccsim.scenario.templates import scenarios_folder, template_names

SHORT = {"weeks": "1", "warm_up": "1 day", "follow_up": "0"}
# Variants that show a capability; each must change what happens.
SHOWN = [
    ("bank_skill_routing", "points"),
    ("old_after_sales_vs_modern", "as_logged"),
    ("old_after_sales_vs_modern", "letters_first"),
    ("omnichannel_retail", "learner"),
    ("omnichannel_retail", "silent"),
    ("retail", "cheapest"),
    ("retail", "recall"),
    ("ritz_empowerment", "fair_shares"),
    ("ritz_empowerment", "members_first"),
    ("saas_support", "broken_off"),
    ("saas_support", "helper"),
    ("symmetry_of_attentions", "part_timers"),
    ("symmetry_of_attentions", "promises"),
    ("telecom_outage", "calls_in_a_lull"),
    ("telecom_outage", "menu_fails"),
    ("telecom_outage", "told_the_wait"),
    ("zappos_untimed", "packed"),
    ("zappos_untimed", "posts_in_bursts"),
]
# Where the first week shows nothing: events later on, or none where the events must lie in the run.
ELSEWHERE = {
    "retail": {"start": "2026-11-27", "weeks": "2"},
    "omnichannel_retail": {
        "weeks": "4",
        "calendar.hours": "{fri: 10:00-14:00}",
        "arrivals.email.contacts": "50/week",
    },
}
each = pytest.mark.parametrize("name", template_names())


def scenario(name: str, variant: str | None = None) -> Scenario:
    return load(scenarios_folder() / f"{name}.yaml", variant)


@each
def test_a_change_has_a_cost_and_service_a_worth(name: str) -> None:
    base = scenario(name)
    assert any(variant.one_off > 0 for variant in base.variants.values())
    assert all(variant.why for variant in base.variants.values())
    assert base.economics.without_service_churn is not None


@each
def test_its_length_and_its_tables(name: str) -> None:
    path = scenarios_folder() / f"{name}.yaml"
    assert len(path.read_text(encoding="utf-8").splitlines()) < 120
    for table in table_files(load(path)):
        assert table.startswith("data/") and (path.parent / table).is_file()


@pytest.mark.slow
@pytest.mark.parametrize(("name", "variant"), SHOWN)
def test_what_is_shown_changes_what_happens(name: str, variant: str) -> None:
    changes = SHORT | ELSEWHERE.get(name, {})
    base, other = (scenario(name, each).with_changes(changes) for each in (None, variant))
    assert simulate(base, 0, "simpy").legs.tobytes() != simulate(other, 0, "simpy").legs.tobytes()


def test_paid_by_the_contact_nothing_but_the_invoice_changes() -> None:
    base, other = scenario("bpo_two_sites"), scenario("bpo_two_sites", "by_contact")
    assert base.sites["partner"].fee_contact is None
    assert other.sites["partner"].fee_contact == pytest.approx(2.90)
    assert other.sites["partner"].fee_minute is None

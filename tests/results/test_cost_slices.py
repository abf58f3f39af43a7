"""Who bears the costs: by hand, and slices that add up to the whole less what nobody bears."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from cases import PRICES as ONE_INTENT

from ccsim.results.borne import costs_by_cell
from ccsim.results.costs import Paid
from ccsim.results.ledger import ledger, operations_of
from ccsim.results.loyalty import YEAR_WEEKS
from ccsim.results.measures import measures_frame
from ccsim.results.prices import BotPrice
from ccsim.results.reduce import reduce

PRICES = replace(ONE_INTENT, upsell=np.zeros(2))
SLICES = ("channel", "intent", "segment")


@pytest.fixture(scope="module")
def tally(hand_tally):
    """Of the journal by hand, with gestures and hires that nobody has."""
    none = np.zeros(2)
    return replace(
        hand_tally, by_group=type(hand_tally.by_group)((2,), {**hand_tally.by_group, "hired": none})
    )


@pytest.fixture(scope="module")
def paid(tally):
    return Paid.of(ledger(operations_of(tally), PRICES), tally, PRICES)


def test_work_goes_to_the_cell_of_the_issue(tally):
    """Seconds in hands of front and experts by (intent, segment), counted from the table of legs by hand.

    Front: contacts 1, 2 and 11 (billing, members) 240, 350 and 200 s, and 60 s before contact 10 (the same)
    was passed on; contact 7 (billing, others) 100 s. Experts: 300 s of contact 10, and 460 s of contact 3
    (technical, members). What begins after the counted week is not counted.
    """
    assert tally.cell_work[:, 0].tolist() == [[850.0, 100.0, 0.0, 0.0], [300.0, 0.0, 460.0, 0.0]]


def test_a_cell_bears_what_it_takes_of_each_group(tally):
    book = ledger(operations_of(tally), PRICES)
    front, experts = np.sum(list(book.lines.values()), axis=0)  # one channel: telecom goes as the rest
    found = costs_by_cell(book, tally, PRICES)
    expected = [front * 850 / 950 + experts * 300 / 760, front * 100 / 950, experts * 460 / 760, 0.0]
    assert found == pytest.approx(expected)
    assert found.sum() == pytest.approx(book.total)


def test_slices_have_their_own_contacts_and_issues(tally, paid, hand_scenario):
    def of(by):
        frame = measures_frame([tally], hand_scenario, by, [paid])
        return frame.pivot(index=by, columns="measure", values="value")

    billing, technical = (paid.by_cell[:2].sum(), paid.by_cell[2:].sum())
    intents = of("intent")
    assert intents.cost_per_contact.to_dict() == pytest.approx(
        {"billing": billing / 5, "technical": technical}
    )
    assert intents.cost_per_resolution.to_dict() == pytest.approx(
        {"billing": billing / 4, "technical": technical}
    )
    sites = of("site")
    # Main handled five legs and passed one on; north handled two.
    assert sites.cost_per_contact.to_dict() == pytest.approx(
        {"main": paid.by_group[0] / tally.by_group["handled"][0], "north": paid.by_group[1] / 2}
    )
    # Issues 1, 2 and 5 were answered last at main, 3 and 9 at north.
    assert sites.cost_per_resolution.to_dict() == pytest.approx(
        {"main": paid.by_group[0] / 3, "north": paid.by_group[1] / 2}
    )


def test_self_service_goes_to_its_cells_and_outreach_to_nobody(tally):
    cells = {"sessions": np.array([30.0, 10.0, 0.0, 60.0]), "contained": np.array([10.0, 0.0, 0.0, 40.0])}
    with_bot = replace(tally, by_cell=type(tally.by_cell)((4,), {**tally.by_cell, **cells}))
    prices = replace(PRICES, self_service=(BotPrice(0.1, 1.0),), outreach=np.array([2.0]))
    worked = replace(
        operations_of(tally), sessions=np.array([100.0]), contained=np.array([50.0]), reached=np.array([7.0])
    )
    book, plain = ledger(worked, prices), ledger(operations_of(tally), PRICES)
    more = costs_by_cell(book, with_bot, prices) - costs_by_cell(plain, tally, PRICES)
    assert more == pytest.approx(YEAR_WEEKS * np.array([3.0 + 10.0, 1.0, 0.0, 6.0 + 40.0]))
    assert book.total - costs_by_cell(book, with_bot, prices).sum() == pytest.approx(YEAR_WEEKS * 14.0)


def test_a_group_with_nothing_to_do_is_borne_by_no_intent_but_by_its_site(tally):
    idle = replace(tally, cell_work=tally.cell_work * np.array([1.0, 0.0])[:, None, None])
    book = ledger(operations_of(tally), PRICES)
    paid = Paid.of(book, idle, PRICES)
    experts = sum(line[1] for line in book.lines.values()) / YEAR_WEEKS
    assert paid.total - paid.by_cell.sum() == pytest.approx(experts)
    assert paid.by_group[1] == pytest.approx(experts)


def test_without_costs_slices_are_unknown_too(tally, hand_scenario):
    for by in (*SLICES, "site"):
        frame = measures_frame([tally], hand_scenario, by)
        assert frame[frame.measure.str.startswith("cost_per")].value.isna().all()


def scenario():
    """Two channels, a bot, outreach, two sites, an expensive group that only knows one intent."""
    from ccsim.scenario import loads

    return loads("""
ccsim: 1
weeks: 1
warm_up: 1 day
follow_up: 1 day
replications: 2
customers: {members: {count: 3000}, guests: {count: 3000}}
intents: {billing: {talk: 4min, share: 70%}, technical: {talk: 8min, share: 30%}}
channels: {voice: {target: 80% in 20s}, chat: {target: 80% in 60s}}
arrivals: {voice: {contacts: 900/week}, chat: {contacts: 700/week}}
self_service: {chatbot: {channels: chat, contains: 30%, cost: [0.12/session, 0.99/resolution]}}
proactive: {parcels: {intents: billing, reach: 30%, effect: 50%, cost: 0.05}}
sites:
  main: {overhead: 20%}
  abroad: {partner: true, fee_contact: 4.20/contact, overhead: 10%}
agents:
  front: {on_seat: 3, skills: [billing], handles: {voice: 1, chat: 3}, wage: 15.00/h, site: main}
  experts: {on_seat: 2, skills: [technical], handles: {voice: 1, chat: 2}, wage: 40.00/h, site: main}
  partner: {on_seat: 1, skills: [billing], handles: {voice: 1}, site: abroad}
""")


def test_slices_of_a_whole_centre_add_up():
    from ccsim.centre.simulate import simulate
    from ccsim.results.prices import prices_of

    case = scenario()
    tally = reduce(simulate(case, 0, "simpy"), case)
    prices = prices_of(case)
    book = ledger(operations_of(tally), prices)
    paid = Paid.of(book, tally, prices)
    part = 1 / YEAR_WEEKS
    assert book.shared["outreach"] > 0 and book.shared["self_service"] > 0
    borne = paid.total - part * book.shared["outreach"]
    assert paid.by_channel.sum() == pytest.approx(borne)
    assert paid.by_cell.sum() == pytest.approx(borne)
    assert paid.by_group.sum() == pytest.approx(borne - part * book.shared["self_service"])
    for by, fact in (("channel", "handled"), ("intent", "resolved"), ("segment", "handled")):
        name = "cost_per_contact" if fact == "handled" else "cost_per_resolution"
        assert added(tally, case, paid, by, name, fact) == pytest.approx(borne)
    value = values(tally, case, paid, "intent", "cost_per_contact")
    assert value["technical"] > 2 * value["billing"]  # longer, and by dearer people


def values(tally, case, paid, by, name):
    frame = measures_frame([tally], case, by, [paid])
    rows = frame[frame.measure == name]
    return dict(zip(rows[by], rows.value, strict=True))


def added(tally, case, paid, by, name, fact):
    """Sum over slices of the measure times what it was divided by."""
    from ccsim.results.slices import facts_by

    found = np.array(list(values(tally, case, paid, by, name).values()))
    return float(found @ facts_by(tally, by)[fact])


def test_costs_that_were_made_up_are_those_shown(hand_tally, hand_scenario):
    """On another route: 90 for four cells, 60 for two groups, 100 in all."""
    made_up = Paid(100.0, np.array([95.0]), np.array([40.0, 20.0, 30.0, 0.0]), np.array([45.0, 15.0]))
    frames = {
        by: measures_frame([hand_tally], hand_scenario, by, [made_up]) for by in (None, "segment", "site")
    }

    def of(by, name):
        return frames[by][frames[by].measure == name].value.to_numpy()

    assert of(None, "cost_per_contact") == pytest.approx([100 / 6])
    assert of("segment", "cost_per_contact") == pytest.approx([70 / 5, 20 / 1])
    assert of("site", "cost_per_resolution") == pytest.approx([45 / 3, 15 / 2])

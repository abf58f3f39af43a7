"""Lines of the ledger that only some centres have: partners, tools, gestures, hires, self-service, outreach."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from cases import PRICES, operations

from ccsim.results.ledger import ledger
from ccsim.results.prices import BotPrice, prices_of
from ccsim.scenario import loads

YEAR = 365.25 / 7 / 4  # the operations are those of four weeks

PRICED = """
ccsim: 1
intents: {billing: {talk: 4min}}
channels:
  voice: {target: 80% in 20s}
  chat: {target: 80% in 60s}
arrivals: {voice: {contacts: 100/week}, chat: {contacts: 100/week}}
self_service:
  chatbot: {channels: chat, cost: [0.12/session, 0.99/resolution]}
proactive:
  parcels: {intents: billing, reach: 30%, effect: 50%, cost: 0.05}
sites:
  main: {overhead: 20%}
  abroad: {partner: true, fee_contact: 4.20/contact, fee_hour: 10.00/h, fee_minute: 0.50/min, overhead: 10%}
agents:
  front:
    on_seat: 2
    skills: [billing]
    handles: {voice: 1, chat: 3}
    wage: 20.00/h
    assist: {talk: -15%, licence: 40.00/month}
    empowerment: {fcr: +5%, gesture: 30.00, chance: 10%}
    training: {hours: 8h, cost: 900.00}
  partner: {on_seat: 1, skills: [billing], handles: {voice: 1}, site: abroad}
workforce: {cost: 5000.00}
"""


def test_prices_are_those_of_the_scenario():
    prices = prices_of(loads(PRICED))
    assert prices.wage.tolist() == [20.0, 0.0]  # a partner sends invoices instead
    assert prices.licence[1] == 0.0
    assert prices.overhead.tolist() == [0.2, 0.1]
    assert prices.fee_contact.tolist() == [0.0, 4.2]
    assert prices.fee_hour.tolist() == [0.0, 10.0]
    assert prices.fee_minute.tolist() == [0.0, 0.5]
    assert prices.assist.tolist() == [40.0, 0.0]
    assert prices.hire.tolist() == [0.0, 0.0]  # both are on seat: nobody leaves, nobody comes
    assert prices.gesture.tolist() == pytest.approx([3.0, 0.0])
    assert prices.training.tolist() == [900.0, 0.0]
    assert prices.self_service == (None, BotPrice(0.12, 0.99))
    assert prices.outreach.tolist() == [0.05]


def line(name, worked=None, **prices):
    return ledger(operations() if worked is None else worked, replace(PRICES, **prices)).lines[name]


def test_a_partners_fees_are_labour_too():
    fees = {"fee_contact": np.array([0.0, 4.0]), "fee_hour": np.array([0.0, 10.0]),
            "fee_minute": np.array([0.0, 0.5])}  # fmt: skip
    worked = replace(operations(), handled=np.array([9000.0, 300.0]))
    paid = YEAR * (4.0 * 300 + 10.0 * 100 + 0.5 * 1200)
    assert line("partner_fees", worked, **fees) == pytest.approx([0.0, paid])
    free = {"wage": np.array([15.0, 0.0])}
    assert line("overhead", worked, **fees, **free)[1] == pytest.approx(0.3 * paid)


def test_tools_gestures_and_hires():
    assert line("assist", assist=np.array([40.0, 0.0])) == pytest.approx([12 * 40.0 * 12, 0.0])
    assert line("gestures", gesture=np.array([3.0, 0.0])) == pytest.approx([YEAR * 3.0 * 8000, 0.0])
    hired = replace(operations(), hired=np.array([2.0, 0.0]))
    assert line("hiring", hired, hire=np.array([5000.0, 0.0])) == pytest.approx([YEAR * 10_000, 0.0])


def test_training_is_spent_once():
    book = ledger(operations(), replace(PRICES, training=np.array([900.0, 0.0]), one_off=100.0))
    assert book.one_off == pytest.approx(100.0 + 900.0 * 12)
    assert book.once["training"].tolist() == [900.0 * 12, 0.0]
    assert book.total == pytest.approx(ledger(operations(), PRICES).total)


def test_self_service_is_paid_by_session_and_by_what_it_claims():
    worked = replace(operations(), sessions=np.array([1000.0]), contained=np.array([400.0]))
    book = ledger(worked, replace(PRICES, self_service=(BotPrice(0.1, 1.0),)))
    assert book.shared == {"self_service": pytest.approx(YEAR * 500.0)}
    assert book.total == pytest.approx(ledger(worked, PRICES).total + YEAR * 500.0)
    assert book.self_service.tolist() == pytest.approx([YEAR * 500.0])


def test_outreach_is_paid_by_customer_reached_and_no_channel_bears_it():
    worked = replace(operations(), reached=np.array([2000.0]))
    book = ledger(worked, replace(PRICES, outreach=np.array([0.05])))
    assert book.shared == {"outreach": pytest.approx(YEAR * 100.0)}
    assert book.by_channel[-1] == pytest.approx(YEAR * 100.0)
    assert book.by_channel.sum() == pytest.approx(book.total)


def test_a_channel_bears_what_its_contacts_take():
    """Front works three quarters for voice; back for nobody: what it costs no channel bears."""
    worked = replace(
        operations(), channels=("voice", "chat"), work=np.array([[75.0, 25.0], [0.0, 0.0]]),
        channel_phone_minutes=np.array([51_000.0, 0.0]), sessions=np.zeros(2), contained=np.zeros(2),
    )  # fmt: skip
    book = ledger(worked, replace(PRICES, self_service=(None, None)))
    telecom = book.lines["telecom"].sum()
    front, back = (sum(book.lines[n][g] for n in book.lines if n != "telecom") for g in (0, 1))
    assert book.by_channel == pytest.approx([0.75 * front + telecom, 0.25 * front, back])


def test_a_voice_centre_has_no_new_lines():
    assert list(ledger(operations(), PRICES).lines) == [
        "wages", "on_costs", "overtime", "licences", "telecom", "overhead",
    ]  # fmt: skip
    assert ledger(operations(), PRICES).shared == {}

"""Operations, prices and whole cases for tests of money and its uncertainty."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from journals import usual

from ccsim.parameters import outcome_parameters
from ccsim.results import ledger, prices, uncertainty
from ccsim.results.journeys import add
from ccsim.results.loyalty import Customers

PARAMETERS = outcome_parameters()
PEOPLE = Customers(("all",), np.array([30_000.0]), np.array([14.0]), np.array([0.18]))


def operations(paid=2000.0, overtime=0.0, handled=9000.0, weeks=4.0):
    return ledger.Operations(
        groups=("front", "back"),
        sites=("main", "second"),
        channels=("voice",),
        intents=("billing",),
        paid_hours=np.array([paid, 100.0]),
        overtime_hours=np.array([overtime, 0.0]),
        phone_minutes=np.array([50_000.0, 1000.0]),
        work_minutes=np.array([58_000.0, 1200.0]),
        handled=np.array([handled, 0.0]),
        solved=np.array([8000.0, 0.0]),
        hired=np.zeros(2),
        seats=np.array([12.0, 1.0]),
        work=np.array([[60.0 * 58_000.0], [60.0 * 1200.0]]),
        channel_phone_minutes=np.array([51_000.0]),
        sessions=np.zeros(1),
        contained=np.zeros(1),
        reached=np.zeros(0),
        resolved=np.array([8000.0]),
        contacts=handled,
        offered=handled + 400.0,
        weeks=weeks,
    )


PRICES = prices.Prices(
    wage=np.array([15.0, 20.0]),
    overtime=np.array([1.25, 1.25]),
    on_cost=np.array([0.42, 0.42]),
    licence=np.array([100.0, 100.0]),
    assist=np.zeros(2),
    overhead=np.array([0.3, 0.3]),
    fee_contact=np.zeros(2),
    fee_hour=np.zeros(2),
    fee_minute=np.zeros(2),
    hire=np.zeros(2),
    gesture=np.zeros(2),
    training=np.zeros(2),
    telecom=0.015,
    upsell=np.array([0.5]),
    self_service=(None,),
    outreach=np.zeros(0),
    one_off=0.0,
)


def better():
    """The usual journeys with fewer abandonments and repeats."""
    mix = usual()
    count = mix.count.copy()
    moved = 0.5 * count[[3, 4, 5, 7]]
    count[[3, 4, 5, 7]] -= moved
    count[0] += moved.sum()
    return replace(mix, count=count)


def case(journeys, noise=0.0, seed=1, replications=5, parameters=PARAMETERS, **worked):
    """A case of a few replications whose counts vary by a factor around the journeys'."""
    rng = np.random.default_rng(seed)
    parts = tuple(
        replace(journeys, count=journeys.count * (1 + noise * rng.standard_normal(len(journeys))))
        for _ in range(replications)
    )
    book = ledger.ledger(operations(**worked), PRICES)
    return uncertainty.Case(
        customers=PEOPLE,
        parameters=parameters,
        horizon=12,
        without=None,
        journeys=parts,
        ledgers=(book,) * replications,
        pooled=add(parts),
        costs=book,
    )

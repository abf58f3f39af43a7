"""The tidy tables: names, timestamps, documented columns, and rows that fit together."""

from __future__ import annotations

import handmade
import numpy as np
import pandas as pd
import pytest

from ccsim.results.tables import COLUMN_DOCS, to_frames


@pytest.fixture(scope="module")
def tables(hand_journal, hand_scenario):
    return to_frames(hand_journal, hand_scenario.start)


def test_every_column_is_documented_with_its_unit(tables):
    assert {name: tuple(table.columns) for name, table in tables.items()} == {
        name: tuple(docs) for name, docs in COLUMN_DOCS.items()
    }
    assert all(unit and doc for docs in COLUMN_DOCS.values() for unit, doc in docs.values())


def test_one_row_each(tables):
    assert len(tables["issues"]) == len(handmade.ISSUES)
    assert len(tables["contacts"]) == 16
    assert len(tables["legs"]) == len(handmade.LEGS)


def test_integers_have_become_names_and_seconds_timestamps(tables):
    contact = tables["contacts"].iloc[7]
    assert (contact.kind, contact.outcome, contact.intent) == ("redial", "handled", "billing")
    assert contact.arrived == pd.Timestamp("2026-01-05 08:33:20")
    leg = tables["legs"].iloc[11]
    assert (leg.queue, leg.group, leg.outcome) == ("voice/technical", "experts", "handled")
    assert tables["legs"].iloc[4].group == "nobody"
    assert tables["issues"].iloc[0].born == pd.Timestamp("2026-01-04 23:00:00")


def test_what_has_not_happened_yet_is_empty(tables):
    assert pd.isna(tables["issues"].iloc[13].ended)
    assert pd.isna(tables["legs"].iloc[16].left) and np.isnan(tables["legs"].iloc[16].wait)
    assert tables["contacts"].ended.isna().sum() == 2


def test_spells_fill_the_presence_of_agents(real_journals, real_scenario):
    journal = real_journals[0]
    spells = to_frames(journal, real_scenario.start)["agents"]
    presence = journal.presence["end"] - journal.presence["start"]
    assert spells.seconds.sum() == pytest.approx(presence.sum(), abs=1e-3)
    gaps = spells.start.shift(-1) - spells.end
    assert (gaps[spells.agent == spells.agent.shift(-1)] >= -pd.Timedelta("2us")).all()


def test_contacts_and_legs_fit_together(real_journals, real_scenario):
    tables = to_frames(real_journals[0], real_scenario.start)
    legs = tables["legs"].groupby("contact")
    contacts = tables["contacts"]
    assert (legs.size().to_numpy() == contacts.legs.to_numpy()).all()
    assert (legs.entered.first().to_numpy() == contacts.arrived.to_numpy()).all()
    assert set(contacts.issue) <= set(tables["issues"].issue)

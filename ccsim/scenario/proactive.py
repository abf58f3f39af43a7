"""The section ``proactive``: outreach that answers before customers ask."""

from __future__ import annotations

from ccsim.scenario.fields import MaybeNames, Money, Section, Share, SomeNames


class Outreach(Section):
    """Before a contact of one of the ``intents`` its customer is reached with chance ``reach``.

    Of those reached ``effect`` never make contact. ``cost``: money a customer reached.
    ``channels`` None: whatever channel the contact would have come by.
    """

    intents: SomeNames
    channels: MaybeNames = None
    reach: Share
    effect: Share
    cost: Money = 0.0

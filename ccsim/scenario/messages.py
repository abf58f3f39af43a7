"""What a live channel does when closed: customers may leave a message on a deferred channel."""

from __future__ import annotations

from ccsim.scenario.fields import Section, Share, Word


class Messages(Section):
    """Who finds the channel closed leaves a message with ``chance`` on the channel ``to``."""

    chance: Share
    to: Word

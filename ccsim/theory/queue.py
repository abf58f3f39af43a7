"""What the formulas say of one queue in steady state, whatever the model behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

Within = Callable[[float], float]


@dataclass(frozen=True)
class Queue:
    """Steady state of one queue of contacts before equal agents. Times in seconds.

    rate: contacts a second offered; aht: mean handling; agents: at work.
    p_block: share of the offered that find no line. All shares and means below are of those that
    got a line: p_wait (cannot be served at once), p_abandon, mean_offered_wait (of a customer who
    would never hang up), mean_wait (of all, zeros included), asa (answered only),
    mean_wait_abandoned. mean_queue: contacts waiting; occupancy: share of agents' time handling.
    """

    model: str
    rate: float
    aht: float
    agents: int
    p_wait: float
    p_abandon: float
    mean_offered_wait: float
    mean_wait: float
    mean_queue: float
    occupancy: float
    asa: float
    mean_wait_abandoned: float
    p_block: float = 0.0
    _answered: Within = field(default=lambda within: 0.0, repr=False, compare=False)
    _waiting: Within = field(default=lambda within: 0.0, repr=False, compare=False)

    def answered_within(self, seconds: float) -> float:
        """Share answered within so many seconds."""
        return self._answered(seconds)

    def p_wait_longer(self, seconds: float) -> float:
        """Share still waiting after so many seconds."""
        return self._waiting(seconds)

    def abandoned_within(self, seconds: float) -> float:
        """Share that hung up within so many seconds (at once included)."""
        return max(1.0 - self._waiting(seconds) - self._answered(seconds), 0.0)

    def answered_share_within(self, seconds: float) -> float:
        """Answered within so many seconds, of all answered."""
        return self._answered(seconds) / (1.0 - self.p_abandon)

    def service_level(self, within: float, short_abandon: float = 5.0) -> float:
        """Answered within / (all − abandoned before `short_abandon` seconds): ccsim's own.

        With short_abandon 0 only those who hang up at once are left out.
        """
        return self._answered(within) / (1.0 - self.abandoned_within(short_abandon))

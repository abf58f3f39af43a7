"""The customer is done with an agent: solved, passed on, or not solved and perhaps back."""

from __future__ import annotations

from typing import Any

from ccsim.centre.contacts import enter_queue, release_line
from ccsim.centre.draws import turn_of
from ccsim.centre.journal import RESOLVED
from ccsim.centre.kernel import kernel, uniform
from ccsim.centre.returns import come_back, settle
from ccsim.centre.slots import place, take_slot
from ccsim.centre.tables import PASSES_ON, REPEAT, SOLVES, WARM


@kernel
def on_talk_end(m: Any, clock: Any, i: int, now: float) -> None:
    """The customer is done; the agent still has work to write up."""
    customer_leaves(m, clock, m.contacts[i], now)


@kernel
def customer_leaves(m: Any, clock: Any, c: Any, now: float) -> None:
    """Solved, passed on, or it may be back: what follows for the customer."""
    c.gone = 1
    if c.verdict == PASSES_ON:
        pass_on(m, clock, c, now)
    else:
        release_line(m, c.cell)
        if c.verdict == SOLVES:
            settle(m, c.issue, RESOLVED, c.left + c.talk + c.hold)
        else:
            come_back(m, clock, c.issue, c.attempt, REPEAT, now)


@kernel
def pass_on(m: Any, clock: Any, c: Any, now: float) -> None:
    """A transfer: the same contact, a new leg in the queue of the skill it needs."""
    cell = m.cells[c.cell]
    u = uniform(m.streams[WARM], m.key[c.issue], turn_of(c.attempt, c.leg))
    i = take_slot(m, c.contact, c.issue, c.attempt, c.leg + 1, now)
    onward = m.contacts[i]
    if u < cell.warm:
        onward.context = 1
    onward.waited = c.waited + c.left - c.entered
    place(m, onward, c.cell + (cell.transfer_to - cell.intent) * m.state[0].segments)
    enter_queue(m, clock, i, onward, now)

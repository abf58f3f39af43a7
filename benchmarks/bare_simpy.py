"""Program (a): the barest fast SimPy program, the yardstick of every ratio.

Written by hand for its workload: events with callbacks instead of processes, draws made up front,
only waits and outcomes kept. No redials, no shifts, no journal, no names. It keeps the fewest
events a contact can have: its arrival, its patience only if it has to wait, its completion only
if it is answered.
"""

from __future__ import annotations

from collections import deque

from draws import Draws, Outcome, Workload
from simpy import Environment
from simpy.events import NORMAL, Event

WAITING, ANSWERED, GONE = 2, 1, 0


def run(work: Workload, draws: Draws) -> Outcome:
    """Run the workload's own hand-written loop over the draws."""
    return _one_skill(work, draws) if len(work.rates) == 1 else _two_skills(work, draws)


def _one_skill(work: Workload, draws: Draws) -> Outcome:
    arrival, _, handle, patience = draws
    n = len(arrival)
    wait, status = [0.0] * n, [ANSWERED] * n
    env = Environment()
    schedule = env.schedule
    queue: deque[int] = deque()
    idle = work.groups[0]

    def later(callback, who: int, delay: float) -> None:
        event = Event(env)
        event.callbacks = [callback]
        event._ok = True
        event._value = who
        schedule(event, NORMAL, delay)

    def on_arrival(event: Event) -> None:
        nonlocal idle
        i = event._value
        if i + 1 < n:
            later(on_arrival, i + 1, arrival[i + 1] - arrival[i])
        if idle:
            idle -= 1
            later(on_done, i, handle[i])
        else:
            status[i] = WAITING
            queue.append(i)
            later(on_patience_end, i, patience[i])

    def on_patience_end(event: Event) -> None:
        i = event._value
        if status[i] == WAITING:
            status[i] = GONE
            wait[i] = patience[i]

    def on_done(event: Event) -> None:
        nonlocal idle
        while queue:
            i = queue.popleft()
            if status[i] == WAITING:  # those who gave up are dropped here, not searched for
                status[i] = ANSWERED
                wait[i] = env._now - arrival[i]
                later(on_done, i, handle[i])
                return
        idle += 1

    later(on_arrival, 0, arrival[0])
    env.run()
    return Outcome(wait, status)


def _two_skills(work: Workload, draws: Draws) -> Outcome:
    arrival, skill, handle, patience = draws
    n = len(arrival)
    wait, status, group_of = [0.0] * n, [ANSWERED] * n, [0] * n
    env = Environment()
    schedule = env.schedule
    queues: tuple[deque[int], deque[int]] = (deque(), deque())
    idle = list(work.groups)
    both = len(work.rates)

    def later(callback, who: int, delay: float) -> None:
        event = Event(env)
        event.callbacks = [callback]
        event._ok = True
        event._value = who
        schedule(event, NORMAL, delay)

    def on_arrival(event: Event) -> None:
        i = event._value
        if i + 1 < n:
            later(on_arrival, i + 1, arrival[i + 1] - arrival[i])
        s = skill[i]
        group = s if idle[s] else both
        if idle[group]:
            idle[group] -= 1
            group_of[i] = group
            later(on_done, i, handle[i])
        else:
            status[i] = WAITING
            queues[s].append(i)
            later(on_patience_end, i, patience[i])

    def on_patience_end(event: Event) -> None:
        i = event._value
        if status[i] == WAITING:
            status[i] = GONE
            wait[i] = patience[i]

    def head(s: int) -> int:
        queue = queues[s]
        while queue:
            if status[queue[0]] == WAITING:
                return queue[0]
            queue.popleft()
        return n

    def on_done(event: Event) -> None:
        group = group_of[event._value]
        # contacts are numbered by arrival, so the smaller number has waited longer
        i = head(group) if group < both else min(head(0), head(1))
        if i == n:
            idle[group] += 1
            return
        queues[skill[i]].popleft()
        status[i] = ANSWERED
        wait[i] = env._now - arrival[i]
        group_of[i] = group
        later(on_done, i, handle[i])

    later(on_arrival, 0, arrival[0])
    env.run()
    return Outcome(wait, status)

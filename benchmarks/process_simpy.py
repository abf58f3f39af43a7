"""Program (b): the typical SimPy program, as tutorials teach it: one process a contact.

A contact is a generator that asks for an agent and waits for whichever comes first, the agent or
the end of its patience. One skill uses ``simpy.Resource``; two skills use a ``FilterStore`` of
agents, the usual answer to skills in SimPy.
"""

from __future__ import annotations

from draws import Draws, Outcome, Workload
from simpy import Environment, FilterStore, Resource


def run(work: Workload, draws: Draws) -> Outcome:
    """Run the workload over the draws, one process a contact."""
    return _one_skill(work, draws) if len(work.rates) == 1 else _two_skills(work, draws)


def _one_skill(work: Workload, draws: Draws) -> Outcome:
    env = Environment()
    agents = Resource(env, capacity=work.groups[0])
    n = len(draws.arrival)
    outcome = Outcome([0.0] * n, [0] * n)

    def contact(i: int):
        arrived = env.now
        with agents.request() as request:
            yield request | env.timeout(draws.patience[i])
            outcome.wait[i] = env.now - arrived
            if request.triggered:
                outcome.answered[i] = 1
                yield env.timeout(draws.handle[i])

    env.process(_source(env, draws, contact))
    env.run()
    return outcome


def _two_skills(work: Workload, draws: Draws) -> Outcome:
    env = Environment()
    agents = FilterStore(env)
    both = len(work.rates)
    for group, size in enumerate(work.groups):  # specialists stand first, so they are taken first
        agents.items.extend((group, k) for k in range(size))
    n = len(draws.arrival)
    outcome = Outcome([0.0] * n, [0] * n)

    def contact(i: int):
        arrived = env.now
        skill = draws.skill[i]
        request = agents.get(lambda agent: agent[0] == skill or agent[0] == both)
        yield request | env.timeout(draws.patience[i])
        outcome.wait[i] = env.now - arrived
        if request.triggered:
            outcome.answered[i] = 1
            yield env.timeout(draws.handle[i])
            yield agents.put(request.value)
        else:
            request.cancel()

    env.process(_source(env, draws, contact))
    env.run()
    return outcome


def _source(env: Environment, draws: Draws, contact):
    for i, at in enumerate(draws.arrival):
        yield env.timeout(at - env.now)
        env.process(contact(i))

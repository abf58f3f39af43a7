"""W1 and W2 as ccsim scenarios: what a planner would have to write to get the same centre."""

from __future__ import annotations

from draws import WORKLOADS, Workload

from ccsim.scenario import Scenario, loads

HEAD = """\
ccsim: 1
name: Benchmark {name}
weeks: {weeks}
warm_up: 0 days
follow_up: 0 days
seed: {seed}
calendar: {{hours: {{mon-sun: 24h}}}}
channels: {{voice: {{patience: {patience}s, redial: none, target: 80% in 20s}}}}
arrivals:
  voice: {{contacts: {contacts:.0f}/week, profile: flat, busyness: none, counted: first}}
intents:
"""
INTENT = (
    "  {skill}: {{share: {share}%, talk: {{exponential: {{mean: {handle}s}}}}, wrap_up: 0s, "
    "fcr: 100%, complexity: 0}}\n"
)


def text(work: Workload, weeks: int = 4, seed: int = 1) -> str:
    """The YAML of a workload; specialists are taken before those who have every skill."""
    total = sum(work.rates)
    skills = [f"skill_{k + 1}" for k in range(len(work.rates))]
    out = HEAD.format(
        name=work.name,
        weeks=weeks,
        seed=seed,
        patience=work.patience * 60,
        contacts=total * 60 * 24 * 7,
    )
    for skill, rate in zip(skills, work.rates, strict=True):
        out += INTENT.format(skill=skill, share=100 * rate / total, handle=work.handle * 60)
    out += "agents:\n"
    for k, size in enumerate(work.groups):
        own = [skills[k]] if k < len(skills) else skills
        rank = 1 if k < len(skills) else 2
        listed = ", ".join(f"{s}: {{speed: 100%, fcr: 100%, rank: {rank}}}" for s in own)
        out += f"  group_{k + 1}: {{on_seat: {size}, skills: {{{listed}}}}}\n"
    return out


def scenario(name: str, weeks: int = 4, seed: int = 1) -> Scenario:
    """The scenario of workload ``name`` (W1 or W2)."""
    return loads(text(WORKLOADS[name], weeks, seed), label=name)

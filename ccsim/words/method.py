"""How a result was computed, in plain words: what it stands on, and what its intervals mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.experiments.run import Run
    from ccsim.scenario import Scenario

PAGES = "docs/centre.md, docs/measures.md, docs/experience.md, docs/attribution.md, docs/predictions.md"


def stands_on_run(run: Run) -> list[tuple[str, str]]:
    """What brings a run out again."""
    counted = f"{run.replications} ({run.simulated:,} contacts simulated in all)"
    return stands_on(run.scenario, counted, run.clock, run.draws)


def stands_on(scenario: Scenario, counted: str, clock: str, draws: int) -> list[tuple[str, str]]:
    """Versions, seed, replications, clock, digest: all that brings the same figures out again."""
    from ccsim.experiments import manifest

    about = manifest.common(scenario, "run", 0, clock)
    versions = about["versions"]
    libraries = ", ".join(f"{name} {version}" for name, version in versions.items() if name != "ccsim")
    changed = [("changed with --set", ", ".join(f"`{one}`" for one in about["set"]))] if about["set"] else []
    return [
        ("ccsim", versions["ccsim"]),
        ("libraries", libraries),
        ("seed", str(scenario.seed)),
        ("replications", counted),
        ("clock", clock),
        *changed,
        ("digest of the scenario", f"`{about['digest']}`"),
        ("parameters of the outcome model", f"{about['parameters']}, {draws:,} draws"),
    ]


SIMULATION = (
    "Every contact, every agent and every minute of the weeks is played through: contacts arrive, wait, give "
    "up, call again, are answered by who has the skill and is free, and come back if their issue was not "
    "resolved. The weeks are repeated, each time with other chance."
)
CHANCE = (
    "Means over the repetitions with Student's interval; of ratios (such as the service level) sums are "
    "divided by sums, with the delta method. It says how far the mean could move if the same weeks were "
    "repeated again; it does not say how a single day turns out: for that stands the bad day, the worst in "
    "ten."
)
MODEL = (
    "Satisfaction, effort, NPS, churn and money follow from what customers went through by a model whose "
    "parameters are known only within published ranges. They are drawn from these ranges many times; the "
    "range holds the middle 80 % of what comes out. The two kinds of interval answer different questions and "
    "are never added up."
)
PAIRS = (
    "Base and variants meet the same customers with the same issues and the same chance, replication by "
    "replication. What is compared are the differences of these pairs, with Student's interval: chance that "
    "both sides share falls out. A verdict (better, worse) is spoken only where it holds at 95 % for all "
    "figures together (Holm's method); churn and volumes are calibrated on the base."
)
SAME = (
    "The same customers call with the same issues under old and new rules, with the same chance; what "
    "differs is what the rules do. Contacts are paired by their issue, and intervals are Student's over "
    "pairs of replications. Verdicts on a figure hold at 95 % for all slices of one kind together (Holm); "
    "each target is judged by itself."
)
POINTS = (
    "Every point meets the same customers with the same issues and the same chance as the base. Differences "
    "from the base have Student's interval over pairs of replications; where something crosses or bends is "
    "found along the line between points, its interval by drawing replications again (bootstrap)."
)
MORE = f"{PAGES} in ccsim's documentation."


def of_run() -> list[tuple[str, str]]:
    """What was done, and how to read the two kinds of interval: pairs of lead and text."""
    return [
        ("Simulation.", SIMULATION),
        ("Chance (95 % interval).", CHANCE),
        ("Model (80 % range).", MODEL),
        ("Read more:", MORE),
    ]


def of_comparison() -> list[tuple[str, str]]:
    """The same of a comparison: pairs, verdicts, money."""
    return [
        ("Simulation.", SIMULATION),
        ("Pairs (95 % interval).", PAIRS),
        ("Model (80 % range).", MODEL),
        ("Read more:", MORE),
    ]


def of_rollout() -> list[tuple[str, str]]:
    """The same of a rollout: contacts paired by their issue, arithmetic of capacity."""
    return [
        ("Simulation.", SIMULATION),
        ("The same contacts (95 % interval).", SAME),
        ("Read more:", MORE),
    ]


def of_sweep() -> list[tuple[str, str]]:
    """The same of a sweep: every point on the same draws, best points, ranges."""
    return [
        ("Simulation.", SIMULATION),
        ("Points (95 % interval).", POINTS),
        ("Model (80 % range).", MODEL),
        ("Read more:", MORE),
    ]

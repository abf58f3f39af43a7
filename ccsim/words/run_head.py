"""What was simulated, in a few words: name, weeks, seed; the variant and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccsim.scenario import Scenario


def called(scenario: Scenario) -> str:
    """`Retail, variant `no_bot``."""
    variant = scenario.source.variant
    return scenario.name + (f", variant `{variant}`" if variant else "")


def weeks(scenario: Scenario) -> str:
    """`4 weeks counted (+1 warm-up, +1 follow-up)`."""
    counted = f"{scenario.weeks} week{'s' if scenario.weeks != 1 else ''}"
    return f"{counted} counted (+{_spell(scenario.warm_up)} warm-up, +{_spell(scenario.follow_up)} follow-up)"


def why(scenario: Scenario) -> str:
    """The question of the variant that was applied; empty where there is none."""
    variant = scenario.source.variant
    return scenario.variants[variant].why or "" if variant in scenario.variants else ""


def _spell(seconds: float) -> str:
    from ccsim.units import format_duration

    return format_duration(seconds).removesuffix(" weeks").removesuffix(" week")

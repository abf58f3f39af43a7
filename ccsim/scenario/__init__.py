"""What the user writes: the scenario file, read, validated and frozen."""

from __future__ import annotations

from ccsim.scenario.loading import load, loads
from ccsim.scenario.scenario import Scenario

__all__ = ["Scenario", "load", "loads"]

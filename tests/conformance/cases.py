"""Every case, by name."""

from __future__ import annotations

from conformance import channels, days, journeys, like_them, one_skill, skills
from conformance.case import Case

FILES = (one_skill, skills, journeys, channels, days, like_them)
CASES: dict[str, Case] = {case.name: case for file in FILES for case in file.CASES}

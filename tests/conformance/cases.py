"""Every case, by name, and the published ones that this version cannot express."""

from __future__ import annotations

from conformance import days, journeys, like_them, one_skill, skills
from conformance.case import Case

FILES = (one_skill, skills, journeys, days, like_them)
CASES: dict[str, Case] = {case.name: case for file in FILES for case in file.CASES}

LATER: dict[str, str] = {
    "CH1": "needs chat with several conversations at once: a later version",
    "BL2": "needs outbound or deferred work beside calls: a later version",
    "CB1": "needs a call-back list: a later version",
    "IV1": "needs an IVR in front of the queue: a later version",
}

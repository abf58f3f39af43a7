"""SQM's figures of journeys, from simulated journeys: contacts, channels, transfers, repetition, resolution.

The published figures (top box, points of CSAT; North American centres, a vendor's surveys, method not
published): one contact on one channel 89 %; two channels 67 % where the story came along and 28 % where
it did not; 12 points less after a transfer, 33 less without one-contact resolution, 15 less with each
further contact; and within a centre one point of FCR is worth .15 to .35 points of CSAT. The weights of
effort were fitted to the first six together, and that fit gave 88.9, 66, 37, -13.5, -32.6 and -19.

What is shown here: journeys made by the simulator, with its own repeats, switches, transfers, waits and
hang-ups, land where the fit said they would, without any weight being touched. What is *not*:

* no evidence that the weights are right: they were made from these very figures, so this could not refute
  them. It could only show that the simulator counts contacts, switches or repetitions otherwise than the
  fit meant (told again at a warm transfer, say), or that figures of the whole do not follow from parts;
* none that the causes are causes. Hard issues make both a second call and a bad mood; the figures are
  correlations between surveyed journeys, and so are these;
* none for waiting and hanging up, whose weights are assumptions, nor for how much of the harm is due to
  the contact and how much to telling it again (the fit could not tell them apart);
* none that a centre looks like this one. Its settings were chosen by hand after seeing results: some thirty
  combinations of FCR, repeats, switches, warm transfers, history, complexity and patience were looked at, and
  "seamless" was settled on the way (nobody hung up), until the mix resembled the one surveyed (58 % resolved
  in one contact, SQM 59 %). With usual settings (FCR 70 %, repeats 75 %, switches 40 %) seamless comes to
  about 71 %, story lost to 45 %, not in one contact to -24 points. So these tests guard how journeys are
  counted; they validate nothing.

The room of four points is wider than the fit's own misses against SQM (0.1 to 9 points; here the story lost
misses SQM by 10, the transfer by 3, the seamless journey by 2). The worth of FCR holds for usual repeats and
switches; in the centre chosen above it is .38 to .49, outside the published band.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from ccsim.centre.simulate import simulate
from ccsim.parameters import outcome_parameters
from ccsim.results import draws as drawing
from ccsim.results import experience
from ccsim.results.journeys import Journeys, issue_by_issue
from ccsim.results.lived import Lived, lived
from ccsim.scenario import loads

ONE = drawing.central(outcome_parameters())
TWO_CHANNELS = """\
ccsim: 1
weeks: 2
warm_up: 1 week
follow_up: 2 weeks
calendar: {hours: {mon-fri: 09:00-17:00}}
intents:
  billing: {talk: 4min, fcr: FCR, repeat: REPEAT, transfer: {chance: 19%, to: technical, warm: 70%}}
  technical: {share: 0%, talk: 5min, fcr: FCR}
channels:
  voice: {patience: 5min, switches: {chat: SWITCH}}
  chat: {patience: 4min, switches: {voice: SWITCH}}
arrivals:
  voice: {contacts: 4000/week, profile: flat, mix: {billing: 100%}}
  chat: {contacts: 3000/week, profile: flat, mix: {billing: 100%}}
agents:
  front: {on_seat: 14, skills: [billing, technical], handles: {voice: 1}}
  typing: {on_seat: 6, skills: [billing, technical], handles: {chat: 2}}
routing: {history: 60%}
"""
# What the joint fit gave, and what SQM published.
FIT = {
    "one contact": (0.889, 0.89), "seamless": (0.66, 0.67), "story lost": (0.37, 0.28),
    "transfer": (-0.135, -0.12), "not in one contact": (-0.326, -0.33), "each contact": (-0.19, -0.15),
}  # fmt: skip
ROOM = 0.04  # points / 100: the centre is ours, not those surveyed


@dataclass(frozen=True)
class Simulated:
    """Journeys issue by issue, scored with the default parameters."""

    rows: Journeys
    own: Lived

    def share(self, which: np.ndarray, answers: slice = slice(4, 5)) -> float:
        """Share of the top box (or other answers) over some of the issues."""
        found = experience.csat_answers(self.own.satisfied[which], self.rows.count[which], ONE)
        return float(found[answers].sum())


def simulated(fcr: str, repeat: str, switch: str) -> Simulated:
    text = TWO_CHANNELS.replace("FCR", fcr).replace("REPEAT", repeat).replace("SWITCH", switch)
    scenario = loads(text)
    rows = issue_by_issue(simulate(scenario, 0, "simpy"), scenario)
    return Simulated(rows, lived(rows, ONE["csat.intercept"], ONE))


@pytest.fixture(scope="module")
def surveyed() -> dict[str, float]:
    """The six figures of a centre in which customers come back and change channel as often as SQM's."""
    found = simulated("66%", "{chance: 90%}", "60%")
    rows, share = found.rows, found.share
    at_once = (rows.contacts == 1) & (rows.resolved == 1) & (rows.switches == 0)
    two = rows.switches > 0
    many = np.bincount(rows.contacts)
    by_contacts = [share(rows.contacts == n) if many[n] else 0.0 for n in range(len(many))]
    slope = np.polyfit(np.arange(len(many)), by_contacts, 1, w=np.sqrt(many))[0]
    assert at_once.mean() == pytest.approx(0.59, abs=0.02)  # SQM: one-contact resolution
    assert min((two & (rows.retold == n)).sum() for n in (0, 1, 2)) > 100
    return {
        "one contact": share(at_once),
        "seamless": share(two & (rows.retold == 0) & (rows.abandons == 0)),
        "story lost": share(two & (rows.retold > 0)),
        "transfer": share(rows.transfers > 0) - share(rows.transfers == 0),
        "not in one contact": share(~at_once) - share(at_once),
        "each contact": float(slope),
    }


@pytest.mark.parametrize("name", FIT)
def test_simulated_journeys_land_where_the_fit_did(surveyed: dict[str, float], name: str) -> None:
    fit, published = FIT[name]
    assert surveyed[name] == pytest.approx(fit, abs=ROOM)
    assert abs(surveyed[name] - published) <= abs(fit - published) + ROOM


def test_their_order_is_that_of_the_survey(surveyed: dict[str, float]) -> None:
    assert surveyed["one contact"] > surveyed["seamless"] + 0.1 > surveyed["story lost"] + 0.2


@pytest.mark.slow
def test_a_point_of_fcr_is_worth_a_fraction_of_a_point_of_csat() -> None:
    """Within a centre: the same one, with the repeats and switches that are usual, before and after."""
    found = [simulated(fcr, "{chance: 75%}", "20%") for fcr in ("66%", "70%", "74%")]
    fcr = [((one.rows.contacts - one.rows.abandons <= 1) & (one.rows.resolved == 1)).mean() for one in found]
    csat = [one.share(one.rows.count > 0, slice(3, 5)) for one in found]
    assert 0.6 < fcr[0] < fcr[1] < fcr[2] < 0.8
    worth = np.diff(csat) / np.diff(fcr)
    assert ((worth > 0.15) & (worth < 0.35)).all(), worth

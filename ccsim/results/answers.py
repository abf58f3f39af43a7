"""Answers drawn issue by issue: what a survey of everybody would have brought in.

    latent = S + a + c             a ~ N(0, sd_agent) of the agent who answered last, 0 if nobody did
                                   c ~ N(0, sd_customer) of the customer, the same at every issue
    P(CSAT <= k) = Λ(θ_k - latent)
    P(CES <= k)  = Λ(b (κ_k + hard) - a)      b = sqrt(1 + c² sd_agent²), c² as in `experience`
    P(NPS <= k)  = Λ(ν_k - ν1 (Z' - Z_ref))   Z' = the relation moved one step by the issue

CES's cuts are of answers to many agents, so that for one agent they stand further apart (b): on average
over agents its answers are those of `experience`. NPS is asked just after the issue (`nps_after` of
`slice_scores`). Its two cuts say who promotes (9-10), who is passive (7-8) and who detracts (0-6); within
each of them all answers are as likely.

Shares of many answers come near the scores of `experience`, but for its approximation of the average over
agents and customers. Measured against the integral, with the defaults on a usual mix of journeys:
4-5 of 5 0.03 points too low there, 5 of 5 0.12 too high, any single journey at most 0.36; with both
spreads at the high end of their range 0.06, 0.40 and 0.74 points. Ease: at most 0.05. And a centre has few
agents: their effects do not average out in one replication.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import expit, ndtri

from ccsim.results import experience
from ccsim.results.calibration import Calibration
from ccsim.results.draws import Draws
from ccsim.results.journeys import Journeys
from ccsim.results.lived import lived
from ccsim.results.relation import recommending
from ccsim.results.slice_scores import moved

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

DETRACT: Final = 7  # so many answers are detractors', 0-6
PASS: Final = 2  # 7 and 8
PROMOTE: Final = 2  # 9 and 10


@dataclass(frozen=True, eq=False)
class Chance:
    """Uniform numbers in (0, 1), one an issue; agent: nan where nobody answered."""

    agent: Floats
    customer: Floats
    ces: Floats
    csat: Floats
    nps: Floats
    survey: Floats


@dataclass(frozen=True, eq=False)
class Answers:
    """One entry an issue. satisfaction: S without the effects, which are in logits as S is.

    ces 1-7 (7 easy), csat 1-5, nps 0-10; surveyed: the customer answered the survey.
    """

    effort: Floats
    satisfaction: Floats
    agent_effect: Floats
    customer_effect: Floats
    ces: Ints
    csat: Ints
    nps: Ints
    surveyed: Mask


def answers(
    issues: Journeys, calibration: Calibration, relation: Floats, draws: Draws, chance: Chance
) -> Answers:
    """The answers about journeys given issue by issue, under one draw of the parameters.

    calibration: of the base under that draw; relation: Z by segment, (segments, 1).
    """
    own = lived(issues, calibration.intercept, draws)
    satisfied = own.satisfied[:, 0]
    agent = np.where(np.isnan(chance.agent), 0.0, draws["csat.sd_agent"][0] * ndtri(chance.agent))
    customer = draws["csat.sd_customer"][0] * ndtri(chance.customer)
    csat = ordered(chance.csat, np.array(draws.cuts["csat.cuts"]), satisfied + agent + customer)
    after = moved(relation[issues.segment], own.felt, draws)
    responds = experience.responding(calibration.offset, draws)[:, 0]
    return Answers(
        effort=own.spent[:, 0],
        satisfaction=satisfied,
        agent_effect=agent,
        customer_effect=customer,
        ces=_ease(issues, own.spent, agent, draws, chance.ces),
        csat=csat,
        nps=recommended(chance.nps, *(part[:, 0] for part in recommending(after, draws))),
        surveyed=chance.survey < responds[csat - 1],
    )


def ordered(chance: Floats, cuts: Floats, latent: Floats) -> Ints:
    """Answers 1, 2, … with P(answer <= k) = Λ(cuts[k] - latent), rising with chance and with latent."""
    upto = expit(cuts[None, :] - latent[:, None])
    return np.asarray(1 + (chance[:, None] > upto).sum(axis=1), np.int64)


def recommended(chance: Floats, promoters: Floats, detractors: Floats) -> Ints:
    """Answers 0-10 of whom these are the chances to promote and to detract; even within each group."""
    top = 1.0 - promoters  # from here on they promote
    low = _even(chance, 0.0, detractors, DETRACT)
    middle = DETRACT + _even(chance, detractors, top, PASS)
    high = DETRACT + PASS + _even(chance, top, 1.0, PROMOTE)
    return np.where(chance < detractors, low, np.where(chance < top, middle, high))


def _even(chance: Floats, start: Floats | float, stop: Floats | float, many: int) -> Ints:
    """Which of so many equal parts of start … stop a chance falls into."""
    width = np.maximum(stop - start, 1e-12)  # of a group that hardly anybody is in
    return np.clip(np.floor(many * (chance - start) / width), 0, many - 1).astype(np.int64)


def _ease(issues: Journeys, spent: Floats, agent: Floats, draws: Draws, chance: Floats) -> Ints:
    hard = experience.hardness(issues, spent, draws)[:, 0]
    apart = np.sqrt(1.0 + experience.MIXING * draws["csat.sd_agent"][0] ** 2)
    return ordered(chance, apart * np.array(draws.cuts["ces.cuts"]), agent - apart * hard)

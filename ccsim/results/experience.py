"""From journeys to effort, ease (CES), satisfaction (CSAT) and what surveys show of it.

    E = w_c (n-1) + w_t t + w_s s + w_u u + w_a a + w_w ln(1 + W/60) + w_b bot_dead_ends
    P(CES <= k)  = Λ(κ_k + λ (E - E_ref) + w_R' (1 - R))       ease 1-7, 7 = easy
    S = S0 - E - w_r (1 - R) + novice + concurrency + recovery
    P(CSAT <= k) = Λ((θ_k - S) / sqrt(1 + c² (sd_agent² + sd_customer²)))

The last divisor is the usual approximation of a logit averaged over normal effects of agent and
customer, c = 16√3/(15π) (Zeger, Liang and Albert, Biometrics 44, 1988). A failure made good lifts
satisfaction a little, at most by the effort it cost: nobody is happier for having had trouble. The
relation remembers S without that lift (`remembered`). Evidence for the form and the weights: the
parameters' sources. Arrays are (rows of journeys, draws); in memory each draw's rows lie together, so that
loops run along many rows, not along a few draws.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from ccsim.results.draws import Draws
from ccsim.results.eventful_journeys import CROWD_STEP
from ccsim.results.journeys import Journeys

Floats = npt.NDArray[np.float64]

MIXING: Final = (16.0 * math.sqrt(3.0) / (15.0 * math.pi)) ** 2


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of the journeys, shape (draws,) each. Shares 0..1, NPS in points -100..100.

    csat: share of answers 4 and 5; csat_top: of 5; csat_mean 1..5; the same as surveyed, by those
    who answer. ces: mean ease 1..7 (8 - ces is effort on the same scale).
    """

    effort: Floats
    ces: Floats
    csat: Floats
    csat_top: Floats
    csat_mean: Floats
    surveyed_csat: Floats
    surveyed_csat_top: Floats
    surveyed_csat_mean: Floats
    answered: Floats
    nps: Floats


def effort(journeys: Journeys, draws: Draws) -> Floats:
    """Effort E of each journey under each draw: 0 for one contact without wait."""
    columns = [
        journeys.contacts - 1,
        journeys.transfers,
        journeys.switches,
        journeys.retold,
        journeys.abandons,
        journeys.ln_wait,
    ]
    design = np.stack(columns).astype(np.float64)
    spent = (draws.weights().T @ design).T
    if journeys.dead_ends.any():
        spent += times(journeys.dead_ends, draws["effort.bot_dead_end"])
    return np.asarray(spent)


def times(rows: npt.ArrayLike, values: Floats) -> Floats:
    """What each row has of something times its value in each draw, (rows, draws)."""
    return np.multiply.outer(values, np.asarray(rows, np.float64)).T


def satisfaction(journeys: Journeys, spent: Floats, draws: Draws, intercept: Floats) -> Floats:
    """Latent satisfaction S, in logits, of journeys that cost the effort `spent`; recovery included."""
    satisfied = np.asarray(intercept - spent)
    satisfied -= times(1.0 - journeys.resolved, draws["csat.weights.unresolved"])
    if journeys.novice.any():
        satisfied += times(journeys.novice, draws["csat.novice"])
    if journeys.crowd.any():
        satisfied += times(CROWD_STEP * journeys.crowd, draws["csat.concurrency_above_2"])
    rows = np.flatnonzero(journeys.recovered)
    if rows.size:
        satisfied[rows] += np.minimum(draws["recovery.effect_on_csat"], spent[rows])
    return satisfied


def remembered(journeys: Journeys, spent: Floats, satisfied: Floats, draws: Draws) -> Floats:
    """Satisfaction as the relation and churn see it: recovery counts `recovery.effect_on_loyalty`.

    satisfied: as `satisfaction` returns it; the same array comes back where nothing was recovered.
    """
    rows = np.flatnonzero(journeys.recovered)
    if not rows.size:
        return satisfied
    asked, kept = (
        np.minimum(draws[f"recovery.effect_on_{what}"], spent[rows]) for what in ("csat", "loyalty")
    )
    felt = satisfied.copy(order="K")
    felt[rows] += kept - asked
    return felt


def steepness(draws: Draws) -> Floats:
    """What unlike agents and customers leave of a logit of satisfaction: the divisor of P(CSAT <= k)."""
    spread = draws["csat.sd_agent"] ** 2 + draws["csat.sd_customer"] ** 2
    return np.asarray(1.0 / np.sqrt(1.0 + MIXING * spread))


def csat_answers(satisfied: Floats, weight: Floats, draws: Draws) -> Floats:
    """Shares of the answers 1..5 over journeys of the given weights, shape (5, draws)."""
    steep = steepness(draws)
    return _answers(satisfied * steep, np.outer(draws.cuts["csat.cuts"], steep), weight)


def ces_answers(journeys: Journeys, spent: Floats, weight: Floats, draws: Draws) -> Floats:
    """Shares of the answers 1..7 (7 = easy), shape (7, draws)."""
    cuts = np.array(draws.cuts["ces.cuts"])[:, None]
    return _answers(-hardness(journeys, spent, draws), cuts, weight)


def hardness(journeys: Journeys, spent: Floats, draws: Draws) -> Floats:
    """What shifts the cuts of CES, in logits: λ (E - E_ref) + w_R' (1 - R)."""
    hard = draws["ces.lambda"] * (spent - draws["ces.reference"])
    hard += times(1.0 - journeys.resolved, draws["ces.unresolved"])
    return np.asarray(hard)


def _answers(latent: Floats, cuts: Floats, weight: Floats) -> Floats:
    """Weighted shares of ordered answers with P(answer <= k) = Λ(cuts[k] - latent).

    One exponential serves all cuts: Λ(c - x) = 1 / (1 + exp(-c) exp(x)).
    """
    total = weight.sum()
    if not total > 0:
        return np.full((len(cuts) + 1, latent.shape[1]), np.nan)
    odds, share = np.exp(latent), weight / total
    levels, chance = [], np.empty_like(odds)
    for cut in cuts:
        np.multiply(odds, np.exp(-cut), out=chance)
        chance += 1.0
        np.reciprocal(chance, out=chance)
        levels.append(share @ chance)
    none, every = np.zeros(latent.shape[1]), np.full(latent.shape[1], share.sum())
    return np.diff(np.stack([none, *levels, every]), axis=0)


def survey_offset(answers: Floats, draws: Draws) -> Floats:
    """Base of the logit of responding at which survey.response_rate of customers answer.

    logit P(respond) = offset + extremity |Y - 3| + bias (Y - 3) for an answer Y of 1..5.
    """
    offset = logit(draws["survey.response_rate"])
    for _ in range(60):
        reached = (answers * expit(offset + _eagerness(draws))).sum(axis=0)
        step = logit(draws["survey.response_rate"]) - logit(reached)
        offset = offset + step
        if not np.any(np.abs(step) > 1e-13):
            break
    return np.asarray(offset)


def surveyed(answers: Floats, offset: Floats, draws: Draws) -> tuple[Floats, Floats]:
    """Shares of the answers among those who respond, and the share who do."""
    responds = answers * responding(offset, draws)
    rate = responds.sum(axis=0)
    return responds / rate, rate


def responding(offset: Floats, draws: Draws) -> Floats:
    """Chance that who would answer 1 … 5 does respond, (5, draws)."""
    return np.asarray(expit(offset + _eagerness(draws)))


def _eagerness(draws: Draws) -> Floats:
    answer = np.arange(-2.0, 3.0)[:, None]
    extreme = draws["survey.extremity"] * np.abs(answer)
    return np.asarray(extreme + draws["survey.agent_offer_bias"] * answer)


def mean_answer(answers: Floats) -> Floats:
    """Mean of answers 1, 2, … with the given shares (first axis)."""
    return np.asarray(np.arange(1.0, len(answers) + 1.0) @ answers)


def scores(
    journeys: Journeys, spent: Floats, true: Floats, offset: Floats, nps: Floats, draws: Draws
) -> Scores:
    """All scores of the journeys, whose answers are truly `true`; nan where there are no journeys."""
    weight = journeys.count
    seen, rate = surveyed(true, offset, draws)
    total = weight.sum()
    return Scores(
        effort=weight @ spent / total if total else np.full(draws.size, np.nan),
        ces=mean_answer(ces_answers(journeys, spent, weight, draws)),
        csat=true[3:].sum(axis=0),
        csat_top=true[4],
        csat_mean=mean_answer(true),
        surveyed_csat=seen[3:].sum(axis=0),
        surveyed_csat_top=seen[4],
        surveyed_csat_mean=mean_answer(seen),
        answered=rate,
        nps=nps,
    )

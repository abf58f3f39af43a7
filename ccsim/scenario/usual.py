"""What is assumed of the operation where the scenario says nothing, with range and source.

The models hold the same values as defaults; a test keeps the two in step. Relative changes of a
value that was not given start from here.
"""

from __future__ import annotations

from ccsim.parameters import outcome_parameters
from ccsim.scenario.kinds import LIVE
from ccsim.scenario.nodes import Path
from ccsim.scenario.usual_people import usual_of_people
from ccsim.scenario.usual_row import ANY, Usual, parameter_row, plain_row, written

_WAITS = ("messaging", "deferred")


def usual_values() -> list[Usual]:
    """Every operational default, the most influential first."""
    return [
        *_voice_and_people(),
        _forecast(),
        *_live(),
        *_deferred(),
        *_self_service(),
        *_passing_on(),
        *usual_of_people(),
        *_growth(),
        _shown(),
    ]


def _voice_and_people() -> list[Usual]:
    return [
        parameter_row("intents.*.repeat.chance", "ops.repeat_prob", "an unresolved issue comes back"),
        parameter_row(
            "channels.*.patience", "ops.patience_mean_voice", "mean patience, exponential", kinds=("voice",)
        ),
        parameter_row(
            "channels.*.patience", "ops.patience_mean_chat", "mean patience, exponential", kinds=("chat",)
        ),
        parameter_row("channels.*.redial.chance", "ops.redial_prob", "who hangs up calls again", kinds=LIVE),
        parameter_row("intents.*.fcr", "ops.fcr", "one proficient handling resolves the issue"),
        parameter_row(
            "arrivals.*.busyness.cv",
            "arrivals.busyness_cv_day",
            "days as a whole busier or quieter than planned",
            kind="share",
        ),
        parameter_row("intents.*.talk.lognormal.cv", "ops.aht_cv", "spread of a talk time given bare"),
        parameter_row("agents.*.shrinkage.absence", "ops.absence", "absence of scheduled agents"),
        parameter_row("agents.*.shrinkage.other", "ops.shrinkage", "paid, not on seat (cost only)"),
        parameter_row("agents.*.wage", "cost.wage_hour", "gross", "/h"),
        parameter_row("agents.*.adherence", "ops.adherence", "of the schedule in seat"),
        parameter_row("arrivals.*.busyness.day_correlation", "arrivals.busyness_ar1", "from day to day"),
        plain_row(
            "intents.*.complexity",
            "0.5",
            "how far talk and resolution follow the issue's difficulty (correlation)",
            "0",
            "0.9",
        ),
        parameter_row("channels.*.redial.after", "ops.redial_delay", "mean delay, exponential", kinds=LIVE),
        plain_row("channels.*.redial.cap", "4", "attempts of one contact", "2", "none", kinds=LIVE),
        parameter_row("agents.*.on_cost", "cost.on_cost", "employer charges on the wage"),
        parameter_row("agents.*.licence", "cost.licence_agent_month", "software, an agent", "/month"),
        parameter_row("agents.*.overtime", "cost.overtime_factor", "pay of an hour of overtime"),
        plain_row(
            "channels.*.tries_later",
            "0%",
            "who calls while closed calls again at the next opening",
            "0%",
            "60%",
            kinds=LIVE,
        ),
        plain_row(
            "channels.*.short_abandon",
            "5s",
            "hangs up before this: counted apart",
            "0s",
            "10s",
            "usual practice",
            kinds=LIVE,
        ),
        plain_row("arrivals.*.profile", "two_peaks", "shape of the day", kinds=LIVE),
        plain_row("arrivals.*.profile", "flat", "shape of the day", kinds=_WAITS),
        plain_row("arrivals.*.growth", "0%/year", "growth of the volume"),
        plain_row("shifts.*.waves", "4", "groups that take their breaks one after the other", "1", "8"),
    ]


def _forecast() -> Usual:
    """Off, for a scenario states the volume it asks about; what a forecast misses is on file."""
    known = outcome_parameters()["arrivals.forecast_error_day"]
    low, high = (written(limit or 0.0, "share") for limit in (known.low, known.high))
    return plain_row(
        "arrivals.*.forecast_error",
        "0%",
        "the volume as a whole is off by so much (cv), every channel in the same direction",
        low,
        high,
        f"{known.name}: {known.source}",
        known.confidence,
    )


def _live() -> list[Usual]:
    """Several at once, call-backs, announced waits."""
    callback, announce = "channels.*.callback", "channels.*.announce"
    return [
        parameter_row(
            "channels.*.slowdown",
            "ops.chat_slowdown",
            "n contacts in hand: each goes at 1 / (1 + this (n - 1))",
        ),
        plain_row(
            "channels.*.drops",
            "0%",
            "customers leave in mid-session",
            "0%",
            "10%",
            kinds=("chat", "messaging"),
        ),
        plain_row(
            "channels.*.silent",
            "0%",
            "of those who give up waiting: leave no sign",
            "0%",
            "30%",
            kinds=("chat",),
        ),
        plain_row(
            "channels.*.silent_time",
            "60s",
            "an agent loses on a customer who left without a sign",
            "20s",
            "3min",
            kinds=("chat",),
        ),
        parameter_row(f"{callback}.no_reply", "callback.no_reply", "nobody answers the call-back"),
        plain_row(
            f"{callback}.retry_after", "30min", "mean delay of the next try, exponential", "10min", "4h"
        ),
        plain_row(f"{callback}.tries", "3", "calls at most", "1", "5"),
        plain_row(f"{callback}.ring", "20s", "the agent rings", "10s", "45s"),
        plain_row(f"{callback}.keeps_place", "true", "called in turn, as if still on the line"),
        plain_row(f"{callback}.keep_idle", "0", "agents of the crew kept idle while calling back", "0", "5"),
        plain_row(f"{callback}.predictor", "last_to_enter_service", "how the wait is foretold"),
        plain_row(f"{announce}.predictor", "last_to_enter_service", "how the wait is foretold"),
    ]


def _deferred() -> list[Usual]:
    return [
        plain_row(
            "channels.*.turns",
            "4",
            "answers of agents in a conversation, on average",
            "2",
            "8",
            kinds=("messaging",),
        ),
        plain_row(
            "channels.*.think",
            "10min",
            "mean time until the customer writes again, exponential",
            "2min",
            "2h",
            kinds=("messaging",),
        ),
        plain_row("channels.*.initial_backlog", "0", "issues waiting at the beginning", kinds=_WAITS),
        plain_row("channels.*.interruptible", "true", "laid aside for a live contact", kinds=("deferred",)),
        plain_row("channels.*.interruptible", "false", "laid aside for a live contact", kinds=("messaging",)),
    ]


def _self_service() -> list[Usual]:
    bot = "self_service.*"
    return [
        parameter_row(f"{bot}.contains", "bot.containment_simple", "sessions that need no person"),
        parameter_row(f"{bot}.false_containment", "bot.false_containment", "of contained: not resolved"),
        parameter_row(f"{bot}.comes_back", "bot.comes_back", "of contained and not resolved: returns"),
        plain_row(
            f"{bot}.handover.context", "50%", "passed on with the story, not to be told again", "0%", "100%"
        ),
        parameter_row(
            f"{bot}.handover.saves", "handover.context_saves", "of talk where the story came along"
        ),
        plain_row(f"{bot}.session", "90s", "mean session, lognormal with cv 0.5", "45s", "4min"),
        plain_row(f"{bot}.enters", "100%", "contacts that come by it first", "50%", "100%"),
        plain_row(f"{bot}.asks", "0%", "of those not contained: ask for a person at once", "0%", "40%"),
        plain_row(f"{bot}.gives_up", "0%", "of those not contained: leave unserved", "0%", "20%"),
        parameter_row(
            f"{bot}.cost", "bot.cost_per_resolution", "the seller's price", "/resolution", kinds=("bot",)
        ),
        plain_row(
            f"{bot}.improves",
            "0%/week",
            "of what is not yet contained: gained each week",
            "0%/week",
            "2%/week",
        ),
    ]


def _passing_on() -> list[Usual]:
    cold = outcome_parameters()["transfer.cold_share"]
    warm = written(1 - cold.number, "share")
    return [
        parameter_row("intents.*.transfer.chance", "transfer.rate", "handlings that end in a transfer"),
        *(
            plain_row(
                f"intents.*.{key}.warm",
                warm,
                "passed on with the story, not to be told again",
                "0%",
                "100%",
                f"transfer.cold_share: {cold.source}",
                cold.confidence,
            )
            for key in ("transfer", "escalate")
        ),
    ]


def _growth() -> list[Usual]:
    """Off: newcomers are the same under every variant, and word of mouth is counted at most once."""
    return [
        plain_row(
            "customers.*.growth",
            "0%/year",
            "customers won in a year, as a share of today's, whatever the service is like",
        ),
        plain_row(
            "economics.growth_from",
            "none",
            "what word of mouth does: referrals bring customers, or nps lets the margin grow; never both",
            "",
            "",
            "off: retention is counted already",
            "moderate",
        ),
    ]


def _shown() -> Usual:
    """No figure stands on it: only how one of them is written."""
    return plain_row(
        "experience.ces.polarity",
        "ease",
        "how effort scores are shown and their targets read: ease, 7 is easy; effort, 7 is hard",
        "",
        "",
        "both are in use",
        "strong",
    )


def usual_text(path: Path, kind: str = "") -> str | None:
    """The default at a path of an item of that kind, as text; None where there is none."""
    return next((usual.text for usual in usual_values() if usual.fits(path, kind)), None)


__all__ = ["ANY", "Usual", "usual_text", "usual_values", "written"]

"""The field's other words for our keys."""

from __future__ import annotations

from ccsim.scenario.nodes import Path
from ccsim.scenario.trouble import nearest

_TOP = {
    "chatbot": "self_service.chatbot", "bot": "self_service.chatbot", "ivr": "self_service.ivr",
    "reasons": "intents", "contact_reasons": "intents", "call_types": "intents",
    "queues": "intents", "types": "intents", "segments": "customers", "clients": "customers",
    "volumes": "arrivals", "volume": "arrivals", "demand": "arrivals", "forecast": "arrivals",
    "calls": "arrivals", "staff": "agents", "staffing": "agents", "teams": "agents",
    "groups": "agents", "roster": "shifts", "rota": "shifts", "schedule": "shifts",
    "schedules": "shifts", "scenarios": "variants", "alternatives": "variants",
    "what_if": "variants", "hours": "calendar.hours", "opening_hours": "calendar.hours",
    "holidays": "calendar.holidays", "country": "calendar.country", "sla": "channels.voice.target",
    "goals": "targets", "kpis": "targets", "bands": "targets", "campaigns": "events",
    "costs": "economics", "finance": "economics", "roi": "economics", "csat": "experience.csat",
    "churn": "loyalty.churn", "version": "ccsim", "title": "name", "duration": "weeks",
    "period": "weeks", "warmup": "warm_up", "followup": "follow_up", "runs": "replications",
    "slot": "interval", "voice": "channels.voice", "base": "extends", "include": "extends",
    "skills": "agents.NAME.skills", "shift": "shifts", "intervals": "interval",
}
_WORDS = {
    "acw": "wrap_up", "after_call_work": "wrap_up", "wrapup": "wrap_up", "wrap": "wrap_up",
    "after_call": "wrap_up", "aht": "talk` and `wrap_up", "handling_time": "talk",
    "handle_time": "talk", "service_time": "talk", "talk_time": "talk", "hold_time": "hold",
    "sla": "target", "service_level": "target", "sl": "target", "threshold": "target",
    "volume": "contacts", "calls": "contacts", "per_week": "contacts", "rate": "contacts",
    "arrival_rate": "contacts", "pattern": "profile", "shape": "profile", "curve": "profile",
    "fte": "on_seat` or `scheduled", "agents": "on_seat` or `scheduled",
    "count": "on_seat` or `scheduled", "headcount": "on_seat` or `scheduled",
    "staff": "on_seat` or `scheduled", "seats": "on_seat", "roster": "scheduled",
    "rota": "scheduled", "proficiency": "skills", "salary": "wage", "pay": "wage",
    "hourly": "wage", "cost": "wage", "deflection": "contains", "trunks": "lines",
    "capacity": "lines", "max_queue": "queue_limit", "abandonment": "patience",
    "abandon": "patience", "retry": "redial", "retrial": "redial", "callback_rate": "redial",
    "recall": "repeat", "first_contact_resolution": "fcr", "resolution": "fcr", "rho": "complexity",
    "sales": "upsell", "arpu": "margin", "revenue": "margin", "size": "count", "number": "count",
    "customers": "count", "attrition": "churn", "cac": "acquisition", "overflow_after": "overflow",
    "priorities": "priority", "rule": "agent", "strategy": "agent", "start": "from", "end": "to",
    "multiplier": "factor", "uplift": "factor", "lunch": "breaks", "break": "breaks",
    "pauses": "breaks", "times": "hours", "weekday": "days", "day": "days",
    "opening_hours": "hours", "open": "hours", "location": "site", "partner": "site",
    "noise": "busyness", "variability": "busyness", "seasonality": "weekdays", "cost_once": "one_off",
    "capex": "one_off", "changes": "set", "overrides": "set", "reason": "why",
    "description": "why", "short_abandons": "short_abandon", "chance_of": "chance",
    "probability": "chance", "prob": "chance", "p": "chance", "delay": "after", "max": "cap",
    "limit": "cap", "reserve": "reserved", "credit": "wait_credit", "licence_fee": "licence",
    "license": "licence", "sickness": "absence", "mean_patience": "patience",
}


def meant(path: Path, known: tuple[str, ...]) -> str | None:
    """The key that was meant: nearest spelling first, then the glossary."""
    key = path[-1].lower().replace("-", "_").replace(" ", "_")
    word = (_TOP if len(path) == 1 else _WORDS).get(key)
    if word and (len(path) == 1 or any(part in known for part in word.split("` or `")
                                       + word.split("` and `"))):
        return f"did you mean `{word}`?"
    near = nearest(key, known)
    if near:
        return near
    if key in _TOP and len(path) > 1 and _TOP[key].split(".")[0] != path[0]:
        return f"`{_TOP[key]}` says this"
    return None

"""The field's other words for our keys."""

from __future__ import annotations

from ccsim.scenario.nodes import Path
from ccsim.scenario.trouble import nearest

_TOP = {
    "chatbot": "self_service.chatbot", "bot": "self_service.chatbot", "ivr": "self_service.ivr",
    "bots": "self_service", "chatbots": "self_service", "virtual_agent": "self_service.chatbot",
    "voicebot": "self_service.voicebot", "knowledge_base": "self_service.knowledge_base",
    "faq": "self_service.knowledge_base", "portal": "self_service.portal",
    "automation": "self_service", "deflection": "self_service.NAME.contains",
    "outreach": "proactive", "notifications": "proactive", "prevention": "proactive",
    "reasons": "intents", "contact_reasons": "intents", "call_types": "intents",
    "queues": "intents", "types": "intents", "segments": "customers", "clients": "customers",
    "volumes": "arrivals", "volume": "arrivals", "demand": "arrivals", "forecast": "arrivals",
    "calls": "arrivals", "staff": "agents", "staffing": "agents", "teams": "agents",
    "groups": "agents", "roster": "shifts", "rota": "shifts", "schedule": "shifts",
    "schedules": "shifts", "scenarios": "variants", "alternatives": "variants",
    "what_if": "variants", "hours": "calendar.hours", "opening_hours": "calendar.hours",
    "holidays": "calendar.holidays", "country": "calendar.country", "sla": "channels.voice.target",
    "word_of_mouth": "economics.growth_from", "referrals": "economics.growth_from",
    "goals": "targets", "kpis": "targets", "bands": "targets", "campaigns": "events",
    "costs": "economics", "finance": "economics", "roi": "economics", "csat": "experience.csat",
    "churn": "loyalty.churn", "version": "ccsim", "title": "name", "duration": "weeks",
    "period": "weeks", "warmup": "warm_up", "followup": "follow_up", "runs": "replications",
    "slot": "interval", "voice": "channels.voice", "chat": "channels.chat",
    "email": "channels.email", "messaging": "channels.messaging", "tickets": "channels.tickets",
    "callback": "channels.voice.callback", "callbacks": "channels.voice.callback",
    "backlog": "channels.email.initial_backlog", "concurrency": "agents.NAME.handles",
    "base": "extends", "include": "extends", "skills": "agents.NAME.skills", "shift": "shifts",
    "intervals": "interval", "attrition": "workforce.attrition", "turnover": "workforce.attrition",
    "hiring": "workforce.hiring", "strain": "workforce.strain", "locations": "sites",
    "partners": "sites", "partner": "sites", "outsourcing": "sites",
}
# Keys that stand for another word: spaces between several possible, `+` where all are needed.
_WORDS = {
    "acw": "wrap_up", "after_call_work": "wrap_up", "wrapup": "wrap_up", "wrap": "wrap_up",
    "after_call": "wrap_up", "aht": "talk+wrap_up", "handling_time": "talk",
    "handle_time": "talk", "service_time": "talk", "talk_time": "talk", "hold_time": "hold",
    "sla": "target", "service_level": "target service_level_below", "sl": "target",
    "threshold": "target offer_above", "volume": "contacts", "calls": "contacts",
    "per_week": "contacts", "rate": "contacts", "arrival_rate": "contacts", "pattern": "profile",
    "shape": "profile", "curve": "profile", "fte": "on_seat scheduled",
    "agents": "on_seat scheduled", "count": "on_seat scheduled", "headcount": "on_seat scheduled",
    "staff": "on_seat scheduled", "seats": "on_seat", "roster": "scheduled", "rota": "scheduled",
    "contracts": "employed", "proficiency": "skills", "salary": "wage", "pay": "wage",
    "hourly": "wage", "cost": "wage", "trunks": "lines", "capacity": "lines",
    "max_queue": "queue_limit", "abandonment": "patience gives_up", "abandon": "patience gives_up",
    "retry": "redial retry_after", "retrial": "redial", "callback_rate": "redial",
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
    "ramp": "learning", "ramp_up": "learning", "learning_curve": "learning",
    "seniority": "tenure", "recruitment": "hiring", "hires": "hiring", "classes": "hiring",
    "lead_time": "lead", "burnout": "strain", "stress": "strain", "copilot": "assist",
    "agent_assist": "assist", "vacation": "leave",
    "license": "licence", "sickness": "absence", "mean_patience": "patience",
    # chat, messaging and deferred work
    "concurrency": "handles", "concurrent": "handles", "max_chats": "handles",
    "simultaneous": "handles", "chats": "handles", "multitasking": "pace", "speed_by_load": "pace",
    "backlog": "initial_backlog", "open_tickets": "initial_backlog", "due_in": "due",
    "deadline": "due", "due_date": "due", "response_time": "target", "replies": "turns",
    "messages_each": "turns", "think_time": "think", "pause": "think",
    "in_session_abandonment": "drops", "drop": "drops", "silent_abandonment": "silent",
    "ghosts": "silent", "interrupt": "interruptible", "preempt": "interruptible",
    "preemptible": "interruptible", "switch": "switches", "switch_to": "switches",
    "channel_switch": "switches", "voicemail": "messages", "leave_message": "messages",
    "type": "kind",
    # call-backs and announcements
    "virtual_hold": "callback", "call_back": "callback", "callbacks": "callback",
    "announcement": "announce", "announcements": "announce", "announced_wait": "announce",
    "estimated_wait": "announce offer_above", "ewt": "announce offer_above",
    "acceptance": "accepts", "accept": "accepts", "accepted": "accepts",
    "keep_place": "keeps_place", "attempts": "tries cap", "no_answer": "no_reply",
    "unreachable": "no_reply", "ring_time": "ring", "balking": "balk", "prediction": "predictor",
    # self-service and outreach
    "deflection": "contains", "deflects": "contains", "containment": "contains",
    "contained": "contains", "automation_rate": "contains", "resolves": "contains",
    "false_deflection": "false_containment", "false_resolution": "false_containment",
    "unresolved": "false_containment", "escalation": "escalate handover", "handoff": "handover",
    "hand_over": "handover", "transfer": "handover", "context_kept": "context",
    "agent_requests": "asks", "asks_for_agent": "asks", "wants_human": "asks",
    "growth_rate": "growth", "new_customers": "growth", "acquired": "growth", "won": "growth",
    "word_of_mouth": "growth_from", "referrals": "growth_from", "referral": "growth_from",
    "nps_growth": "growth_from", "no_service": "without_service", "one_time": "one_off",
    "months": "horizon", "discount_rate": "discount",
    "quits": "gives_up", "entry": "enters", "adoption": "enters", "usage": "enters",
    "session_length": "session", "downtime": "outages", "outage": "outages",
    "max_sessions": "capacity", "price": "cost", "learning": "improves",
    "improvement": "improves", "bounces": "comes_back", "returns": "comes_back returns_on",
    "return_channel": "returns_on", "coverage": "reach", "reached": "reach",
    "prevents": "effect", "effectiveness": "effect", "on": "enabled", "active": "enabled",
    # routing
    "tier": "escalate", "tiers": "escalate", "tier_2": "escalate", "blend": "blending",
    "idle_reserve": "blending reserved", "sticky": "same_agent", "sticky_agent": "same_agent",
    "same_agent_preference": "same_agent", "contact_rule": "contact", "agent_rule": "agent",
    "discipline": "contact", "order": "contact", "scores": "points", "weights": "points",
    "sites": "across_sites", "crm": "history", "matches": "priority", "condition": "when",
    "queue_above": "waiting_above", "queue_longer_than": "waiting_above",
    "idle_agents": "idle_below", "per_minute": "a_minute", "base": "start",
}
# Where a key lives, for those who write it in another section.
_HOMES = {
    "handles": "agents.NAME.handles", "contains": "self_service.NAME.contains",
    "initial_backlog": "channels.NAME.initial_backlog", "callback": "channels.voice.callback",
    "target": "channels.NAME.target", "blending": "routing.blending",
    "same_agent": "routing.same_agent", "pace": "channels.NAME.pace",
    "escalate": "intents.NAME.escalate", "overflow": "routing.overflow",
    "priority": "routing.priority", "announce": "channels.NAME.announce",
    "switches": "channels.NAME.switches", "due": "channels.NAME.due",
    "false_containment": "self_service.NAME.false_containment",
}


def meant(path: Path, known: tuple[str, ...]) -> str | None:
    """The key that was meant: the glossary first, then the nearest spelling, then other places."""
    key = path[-1].lower().replace("-", "_").replace(" ", "_")
    if len(path) == 1:
        return f"did you mean `{_TOP[key]}`?" if key in _TOP else nearest(key, known)
    words = _WORDS.get(key, "")
    fitting = [word for word in words.split() if any(part in known for part in word.split("+"))]
    if fitting:
        return f"did you mean `{'` or `'.join(fitting).replace('+', '` and `')}`?"
    near = nearest(key, known)
    if near:
        return near
    home = next((_HOMES[word] for word in (key, *words.split()) if word in _HOMES), None)
    if home is None and _TOP.get(key, path[0]).split(".")[0] != path[0]:
        home = _TOP[key]
    return f"`{home}` says this" if home and home.split(".")[0] != path[0] else None

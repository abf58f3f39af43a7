"""Faults in what a whole centre says: channels, self-service, outreach, tiers, routing."""

from __future__ import annotations

import pytest
from scenario.omni import OMNI

from ccsim.errors import Fault, ScenarioError
from ccsim.scenario import loads

CHAT = "channels.chat"


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(ScenarioError) as refused:
        loads(text, label="x.yaml")
    return refused.value.faults


def swapped(old: str, new: str) -> str:
    assert old in OMNI, old
    return OMNI.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "key", "message", "hint"),
    [
        # kinds
        ("store: {kind: voice", "store: {kind: phone", "channels.store.kind", "not known", "voice"),
        (
            "  messaging: {target",
            "  messaging: {kind: chat, target",
            "channels.messaging.kind",
            "is always messaging",
            "name the channel otherwise",
        ),
        (
            "social: {kind: messaging}",
            "social: {kind: voice}",
            "channels.social.kind",
            "no telephone",
            "chat",
        ),
        ("  chat:\n", "  chatt: {}\n  chat:\n", "channels.chatt", "is not a channel", "`chat`"),
        ("  chat:\n", "  whatsapp: {}\n  chat:\n", "channels.whatsapp", "does not say its kind", "messaging"),
        # what does not suit a kind
        (
            "pace: [100%, 83%, 67%]",
            "callback: {offer_above: 1min, accepts: 9%}",
            f"{CHAT}.callback",
            "does not suit a chat channel",
            "telephone",
        ),
        ("pace: [100%, 83%, 67%]", "turns: 3", f"{CHAT}.turns", "does not suit a chat", "messaging"),
        ("pace: [100%, 83%, 67%]", "think: 3min", f"{CHAT}.think", "does not suit a chat", "messaging"),
        (
            "pace: [100%, 83%, 67%]",
            "initial_backlog: 3",
            f"{CHAT}.initial_backlog",
            "does not suit a chat",
            "overnight",
        ),
        ("target: 80% in 20s", "silent: 9%", "channels.voice.silent", "does not suit a voice", "chats"),
        ("initial_backlog: 70", "drops: 9%", "channels.email.drops", "does not suit a deferred", None),
        (
            "initial_backlog: 70",
            "announce: {balk: {9s: 1%}}",
            "channels.email.announce",
            "does not suit",
            None,
        ),
        (
            "initial_backlog: 70",
            "messages: {chance: 9%, to: tickets}",
            "channels.email.messages",
            "does not suit",
            "no closed doors",
        ),
        # pace
        ("[100%, 83%, 67%]", "[90%, 83%]", f"{CHAT}.pace.0", "full speed", "100%"),
        ("[100%, 83%, 67%]", "[100%, 50%, 60%]", f"{CHAT}.pace.2", "faster than with fewer", None),
        ("[100%, 83%, 67%]", "[100%, 0%]", f"{CHAT}.pace.1", "too small", None),
        ("[100%, 83%, 67%]", "83%", f"{CHAT}.pace", "speeds by number", "[100%, 83%, 67%]"),
        ("[100%, 83%, 67%]", "[]", f"{CHAT}.pace", "speeds by number", None),
        # call-backs and announcements
        (
            "{offer_above: 3min, accepts: 45%}",
            "{accepts: 45%}",
            "channels.voice.callback",
            "does not say when",
            "offer_above",
        ),
        (
            "{offer_above: 3min,",
            "{offer_above: 3min, offer_if_waiting: 9,",
            "channels.voice.callback",
            "says both",
            "keep one",
        ),
        (
            "{offer_above: 3min, accepts: 45%}",
            "{offer_above: 3min}",
            "channels.voice.callback.accepts",
            "is missing",
            "accepts: 45%",
        ),
        (
            "accepts: 45%",
            "accepts: 45%, predictor: guess",
            "channels.voice.callback.predictor",
            "not known",
            "queue_length",
        ),
        (
            "accepts: 45%",
            "accepts: 45%, no_answer: 9%",
            "channels.voice.callback.no_answer",
            "unknown key",
            "`no_reply`",
        ),
        ("accepts: 45%", "accepts: 45%, tries: 0", "channels.voice.callback.tries", "too small", None),
        (
            "patience_factor: x1.2",
            "patience_factor: x1.2, patience: 3min",
            "channels.voice.announce",
            "says both",
            None,
        ),
        ("3min: 20%}", "3min: 120%}", "channels.voice.announce.balk.3min", "too large", None),
        ("3min: 20%}", "1min: 20%}", "channels.voice.announce.balk.1min", "stands here already", None),
        ("balk: {60s: 5%, 3min: 20%}", "balk: 5%", "channels.voice.announce.balk", "a mapping", "60s"),
        # switches and messages
        (
            "{chat: 10%, email: 5%}",
            "{chat: 80%, email: 30%}",
            "channels.voice.switches",
            "make 110%",
            "take 10% away",
        ),
        (
            "{chat: 10%, email: 5%}",
            "{voice: 80%}",
            "channels.voice.switches.voice",
            "the channel itself",
            None,
        ),
        (
            "{chat: 10%, email: 5%}",
            "{fax: 80%}",
            "channels.voice.switches.fax",
            "no channel `fax`",
            "channels:",
        ),
        (
            "{chance: 40%, to: tickets}",
            "{chance: 40%, to: chat}",
            "channels.voice.messages.to",
            "live channel",
            "email",
        ),
        ("{chance: 40%, to: tickets}", "{chance: 40%}", "channels.voice.messages.to", "is missing", None),
        (
            "{chance: 40%, to: tickets}",
            "{chance: 40%, to: fax}",
            "channels.voice.messages.to",
            "no channel `fax`",
            None,
        ),
        (
            "{chance: 40%, to: tickets}",
            "{chance: 40%, to: none}",
            "channels.voice.messages.to",
            "no channel `none`",
            None,
        ),
        # intents
        (
            "to: complaint, priority: 2",
            "to: none, priority: 2",
            "intents.refund.escalate.to",
            "no intent `none`",
            None,
        ),
        (
            "talk: {voice: 3min, email: 6min, others: 4min}",
            "talk: {voice: 3min, mail: 6min}",
            "intents.order.talk.mail",
            "no channel `mail`",
            "email",
        ),
        (
            "talk: {voice: 3min, email: 6min, others: 4min}",
            "talk: {voice: 3, others: never}",
            "intents.order.talk.voice",
            "has no unit",
            None,
        ),
        (
            "talk: {voice: 3min, email: 6min, others: 4min}",
            "talk: {voice: 3, others: never}",
            "intents.order.talk.others",
            "does not suit",
            None,
        ),
        (
            "escalate: {chance: 30%, to: complaint",
            "escalate: {chance: 30%, to: complain",
            "intents.refund.escalate.to",
            "no intent",
            "complaint",
        ),
        (
            "escalate: {chance: 30%, to: complaint",
            "escalate: {chance: 30%, to: refund",
            "intents.refund.escalate.to",
            "escalated to itself",
            None,
        ),
        (
            "escalate: {chance: 30%, to",
            "escalation: {chance: 30%, to",
            "intents.refund.escalation",
            "unknown key",
            "`escalate`",
        ),
        (
            "priority: 1}\n    escalate",
            "priority: 0}\n    escalate",
            "intents.refund.transfer.priority",
            "too small",
            None,
        ),
        ("initial_backlog: 70", "backlog: 70", "channels.email.backlog", "unknown key", "`initial_backlog`"),
        ("initial_backlog: 70", "voicemail: 70", "channels.email.voicemail", "unknown key", "`messages`"),
        ("drops: 4%", "concurrency: 3", f"{CHAT}.concurrency", "unknown key", "agents.NAME.handles"),
        ("drops: 4%", "deflection: 3", f"{CHAT}.deflection", "unknown key", "self_service.NAME.contains"),
        ("same_agent: true", "sticky_agent: true", "routing.sticky_agent", "unknown key", "`same_agent`"),
        ("proactive:", "outreach:", "outreach", "unknown key", "`proactive`"),
        ("sites:", "partners:", "partners", "unknown key", "`sites`"),
        # self-service
        (
            "channels: [chat, messaging]",
            "channels: [chat, fax]",
            "self_service.chatbot.channels.1",
            "no channel `fax`",
            None,
        ),
        (
            "channels: [chat, messaging]",
            "channels: none",
            "self_service.chatbot.channels",
            "no channel `none`",
            None,
        ),
        (
            "channels: [chat, messaging]\n",
            "deflects: 5%\n",
            "self_service.chatbot.channels",
            "is missing",
            "channels: [chat]",
        ),
        (
            "channels: [chat, messaging]\n",
            "channels: [chat, voice]\n",
            "self_service.ivr.channels",
            "`chatbot` stands before `voice` already",
            "enabled: false",
        ),
        (
            "contains: {order: 60%, others: 10%}",
            "contains: {ordr: 60%}",
            "self_service.chatbot.contains.ordr",
            "no intent",
            "order",
        ),
        (
            "contains: {order: 60%, others: 10%}",
            "contains: {order: 160%}",
            "self_service.chatbot.contains.order",
            "too large",
            None,
        ),
        (
            "contains: {order: 60%, others: 10%}",
            "contains: [60%]",
            "self_service.chatbot.contains",
            "a mapping",
            None,
        ),
        (
            "contains: {order: 60%, others: 10%}",
            "deflection: {order: 60%}",
            "self_service.chatbot.deflection",
            "unknown key",
            "`contains`",
        ),
        ("cost: 0.12/session", "cost: 0.12", "self_service.chatbot.cost", "a price", "0.12/session"),
        ("cost: 0.12/session", "cost: 0.12/month", "self_service.chatbot.cost", "a price", None),
        (
            "cost: 0.12/session",
            "cost: [0.12/session, 3/session]",
            "self_service.chatbot.cost.1",
            "a price",
            None,
        ),
        (
            "cost: 0.12/session",
            "improves: 2%/fortnight",
            "self_service.chatbot.improves",
            "is not a period",
            None,
        ),
        (
            "{voice: 50%}",
            "{voice: 50%, fax: 9%}",
            "self_service.chatbot.returns_on.fax",
            "no channel `fax`",
            None,
        ),
        (
            "to: 2026-11-03 12:00}]",
            "to: 2026-11-03 09:00}]",
            "self_service.chatbot.outages.0",
            "ends before it starts",
            None,
        ),
        (
            "to: 2026-11-03 12:00}]",
            "till: 2026-11-03 12:00}]",
            "self_service.chatbot.outages.0.till",
            "unknown key",
            "from, to",
        ),
        ("capacity: 40", "capacity: 0", "self_service.ivr.capacity", "too small", None),
        (
            "handover: {context: 80%, saves: 45s}",
            "handover: {context: 80%, keeps: 1}",
            "self_service.chatbot.handover.keeps",
            "unknown key",
            "context, saves",
        ),
        # outreach
        (
            "intents: [order], channels: [voice], reach",
            "intents: [], channels: [voice], reach",
            "proactive.parcel_late.intents",
            "names none",
            None,
        ),
        ("reach: 60%, ", "", "proactive.parcel_late.reach", "is missing", "reach: 60%"),
        (
            "intents: [order], channels: [voice], reach",
            "intents: [ordr], channels: [voice], reach",
            "proactive.parcel_late.intents.0",
            "no intent",
            "order",
        ),
        ("cost: 0.05", "cost: 5%", "proactive.parcel_late.cost", "not an amount", None),
        # agents
        (
            "{chat: 3, messaging: 4, social: 4, email: 1}",
            "{chat: 3, messaging: 4, fax: 1}",
            "agents.digital.handles.fax",
            "no channel `fax`",
            None,
        ),
        ("site: abroad", "site: moon", "agents.digital.site", "no site `moon`", "abroad"),
        # routing
        ("contact: points", "contact: loudest", "routing.contact", "not known", "longest_wait"),
        (
            "points: {start: {complaint: 10}, a_minute: {members: 2}}",
            "points: {}",
            "routing.contact",
            "no points are given",
            "points:",
        ),
        (
            "start: {complaint: 10}",
            "start: {complain: 10}",
            "routing.points.start.complain",
            "no channel, intent, skill or segment",
            "complaint",
        ),
        (
            "start: {complaint: 10}",
            "start: {complaint: ten}",
            "routing.points.start.complaint",
            "not a number",
            None,
        ),
        (
            "{after: 45s, to: [experts]}",
            "{to: [experts]}",
            "routing.overflow.0",
            "does not say when",
            "after: 45s",
        ),
        (
            "{after: 45s, to: [experts]}",
            "{after: 45s, when: {idle_below: 2}, to: [experts]}",
            "routing.overflow.0",
            "says both",
            None,
        ),
        ("when: {waiting_above: 10}", "when: {}", "routing.overflow.1.when", "states no condition", None),
        (
            "when: {waiting_above: 10}",
            "when: {waiting_above: 10, idle_below: 1}",
            "routing.overflow.1.when",
            "says both `waiting_above` and `idle_below`",
            None,
        ),
        (
            "when: {waiting_above: 10}",
            "when: {queue_above: 10}",
            "routing.overflow.1.when.queue_above",
            "unknown key",
            "waiting_above",
        ),
        ("blending: {email: 2}", "blending: {mail: 2}", "routing.blending.mail", "no channel", "email"),
        ("blending: {email: 2}", "blending: {email: two}", "routing.blending.email", "not a number", None),
        ("placement: least_loaded", "placement: random", "routing.placement", "not known", "least_loaded"),
        ("same_agent: true", "same_agent: perhaps", "routing.same_agent", "neither yes nor no", None),
        ("same_agent: true", "concurrency: 3", "routing.concurrency", "unknown key", "agents.NAME.handles"),
    ],
)
def test_each_fault_has_its_place_and_fix(
    old: str, new: str, key: str, message: str, hint: str | None
) -> None:
    told = faults(swapped(old, new))
    found = [fault for fault in told if fault.key == key]
    assert found, [(fault.key, fault.message) for fault in told]
    assert message in found[0].message
    assert hint is None or hint in str(found[0].hint)
    assert found[0].line > 0


def test_a_channel_that_nobody_handles() -> None:
    told = faults(OMNI.replace("store: 1, ", ""))
    assert [(fault.key, fault.message, fault.hint) for fault in told] == [
        ("channels.store", "nobody handles this channel", "write `handles: {store: 1}` for a group")
    ]
    implied = OMNI.replace("  chat:\n", "  web: {kind: chat}\n  chat:\n").replace(
        "arrivals:\n", "arrivals:\n  web: {contacts: 9/week}\n"
    )
    assert faults(implied)[0].key == "channels.web"
    alone = "  faq: {channels: [web], contains: 90%}\n  ivr: {channels: [voice]"
    loads(implied.replace("  ivr: {channels: [voice]", alone))  # nobody need stand behind it


def test_rules_need_what_they_choose_by() -> None:
    due = OMNI.replace("contact: points", "contact: due")
    loads(due)
    for target in (
        "target: 80% in 20s",
        "target: 80% in 60s",
        "target: 90% in 15min, ",
        "target: 90% in 24h, ",
        "due: 2 days",
    ):
        due = due.replace(target, "short_abandon: 4s" if target.endswith("s") else "", 1)
    assert [(fault.key, fault.message) for fault in faults(due)] == [
        ("routing.contact", "no channel has anything due")
    ]
    worth = OMNI.replace("contact: points", "contact: value")
    loads(worth)
    bare = worth.replace("margin: 9.50/month, ", "").replace("margin: 2.00/month, ", "")
    assert faults(bare)[0].message == "no customer has a value"


def test_circles_that_nobody_leaves() -> None:
    circle = OMNI.replace(
        "skill: care, talk: {lognormal: {mean: 8min, cv: 1.1}}, fcr: 55%}",
        "skill: care, talk: 8min, fcr: 55%, transfer: {to: refund, chance: 100%}}",
    )
    loads(circle)  # refund lets most contacts go
    told = faults(circle.replace("transfer: {chance: 5%, to", "transfer: {chance: 100%, to"))
    assert [fault.key for fault in told] == ["intents.refund.transfer"]
    assert "`refund`, `complaint` never settle it" in told[0].message


def test_tiers_that_solve_nothing() -> None:
    tiers = OMNI.replace("    fcr: 80%\n", "    fcr: 0%\n    escalate: {chance: 100%, to: refund}\n")
    loads(tiers)
    never = (
        tiers.replace("    fcr: 70%\n", "    fcr: 0%\n")
        .replace("transfer: {chance: 5%, to: complaint, warm: 60%, priority: 1}", "hold: 1s")
        .replace("escalate: {chance: 30%, to: complaint, priority: 2}", "escalate: {chance: 100%, to: order}")
    )
    told = faults(never)
    assert [fault.key for fault in told] == ["intents.order.escalate"]


def test_faults_of_all_new_sections_at_once() -> None:
    broken = OMNI
    for old, new in (
        ("drops: 4%", "drops: 400%"),
        ("session: 40s", "session: forty"),
        ("effect: 40%", "effect: 140%"),
        ("history: 50%", "history: always"),
        ("after: 45s", "after: soon"),
        ("accepts: 45%", "accepts: some"),
        ("turns: 5", "turns: 0.5"),
        ("returns_on: {voice: 50%}", "returns_on: {fax: 9%}"),
    ):
        assert old in broken
        broken = broken.replace(old, new, 1)
    assert {fault.key for fault in faults(broken)} == {
        "channels.chat.drops",
        "self_service.ivr.session",
        "proactive.parcel_late.effect",
        "routing.history",
        "routing.overflow.0.after",
        "channels.voice.callback.accepts",
        "channels.messaging.turns",
        "self_service.chatbot.returns_on.fax",
    }

"""A centre with every kind of channel, self-service, outreach and rule: for the language's tests."""

from __future__ import annotations

OMNI = """\
ccsim: 1
name: Everything at once
start: 2026-11-02
weeks: 2
warm_up: 1 day
follow_up: 1 day
calendar:
  hours:
    voice: {mon-fri: 08:00-20:00, sat: 09:00-13:00}
    email: {mon-fri: 09:00-17:00}
    others: {mon-sat: 08:00-20:00}
customers:
  members: {count: 9000, margin: 9.50/month, churn: 22%/year}
  guests: {count: 30000, margin: 2.00/month, churn: 36%/year}
intents:
  order:
    share: 50%
    talk: {voice: 3min, email: 6min, others: 4min}
    wrap_up: 20s
    fcr: 80%
  refund:
    share: 30%
    talk: 5min
    fcr: 70%
    transfer: {chance: 5%, to: complaint, warm: 60%, priority: 1}
    escalate: {chance: 30%, to: complaint, priority: 2}
  complaint: {share: 20%, skill: care, talk: {lognormal: {mean: 8min, cv: 1.1}}, fcr: 55%}
channels:
  voice:
    target: 80% in 20s
    callback: {offer_above: 3min, accepts: 45%}
    announce: {balk: {60s: 5%, 3min: 20%}, patience_factor: x1.2}
    messages: {chance: 40%, to: tickets}
    switches: {chat: 10%, email: 5%}
  chat:
    target: 80% in 60s
    talk: +40%
    pace: [100%, 83%, 67%]
    drops: 4%
    silent: 10%
    messages: {chance: 20%, to: email}
  messaging: {target: 90% in 15min, turns: 5, think: 4min}
  email: {target: 90% in 24h, initial_backlog: 70}
  tickets: {due: 2 days}
  social: {kind: messaging}
  store: {kind: voice, redial: none}
arrivals:
  voice: {contacts: 1000/week}
  chat: {contacts: 600/week, profile: evening}
  messaging: {contacts: 200/week}
  email: {contacts: 300/week}
  social: {contacts: 50/week}
  store: {contacts: 40/week}
events:
  sale: {from: 2026-11-04, to: 2026-11-05, factor: 1.3, channels: [chat], intents: [order]}
self_service:
  chatbot:
    channels: [chat, messaging]
    contains: {order: 60%, others: 10%}
    handover: {context: 80%, saves: 45s}
    cost: 0.12/session
    returns_on: {voice: 50%}
    outages: [{from: 2026-11-03 10:00, to: 2026-11-03 12:00}]
  ivr: {channels: [voice], session: 40s, contains: 10%, asks: 20%, gives_up: 5%, capacity: 40}
proactive:
  parcel_late: {intents: [order], channels: [voice], reach: 60%, effect: 40%, cost: 0.05}
shifts:
  early: {days: mon-fri, hours: 08:00-16:00}
  late: {days: mon-fri, hours: 12:00-20:00}
agents:
  front: {on_seat: 9, skills: [order, refund], handles: {voice: 1, store: 1, tickets: 2}}
  digital:
    on_seat: 8
    skills: [order, refund]
    handles: {chat: 3, messaging: 4, social: 4, email: 1}
    at_most: {email: 1}
    site: abroad
  experts:
    on_seat: 8
    skills: [order, refund, care]
    handles: {voice: 1, store: 1, chat: 2, messaging: 4, social: 4, email: 1, tickets: 1}
sites:
  main: {}
  abroad: {partner: true, fee_contact: 4.20/contact}
routing:
  priority: {voice: 1, email: 3}
  wait_credit: {members: 60s}
  agent: most_proficient
  contact: points
  points: {start: {complaint: 10}, a_minute: {members: 2}}
  placement: least_loaded
  same_agent: true
  overflow:
    - {after: 45s, to: [experts]}
    - {when: {waiting_above: 10}, to: [experts], skills: [order]}
  reserved: {experts: {keep: 1, skills: [care]}}
  blending: {email: 2}
  history: 50%
variants:
  no_bot: {why: What the bot carries, set: {self_service.chatbot.enabled: false}}
  more:
    why: More of everything
    set: {agents.digital.handles.chat: +1, self_service.chatbot.contains.order: +5pt}
"""

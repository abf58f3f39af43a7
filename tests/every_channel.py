"""A small centre with every channel, a chatbot, call-backs and messages: for tests with real journals."""

EVERY_CHANNEL = """\
ccsim: 1
name: Every channel
weeks: 1
warm_up: 1 day
follow_up: 1 week
replications: 2
currency: EUR
calendar:
  hours: {mon-fri: 09:00-17:00}
customers:
  everyone: {count: 20000, margin: 9.00/month, churn: 20%/year}
intents:
  orders:   {share: 70%, talk: 3min, wrap_up: 20s, fcr: 80%}
  accounts:
    share: 30%
    talk: 5min
    wrap_up: 40s
    fcr: 60%
    escalate: {chance: 40%, to: orders, warm: 50%}
channels:
  voice:
    target: 80% in 20s
    patience: 3min
    callback: {offer_above: 40s, accepts: 60%}
    messages: {chance: 40%, to: email}
    switches: {chat: 30%}
  chat: {target: 80% in 60s, patience: 2min, drops: 5%, silent: 30%}
  messaging: {target: 80% in 1h, turns: 3}
  email: {target: 90% in 24h, initial_backlog: 40}
arrivals:
  voice: {contacts: 900/week, profile: flat}
  chat: {contacts: 900/week, profile: flat}
  messaging: {contacts: 200/week}
  email: {contacts: 400/week}
self_service:
  chatbot:
    channels: [chat]
    contains: {orders: 50%, accounts: 20%}
    false_containment: 30%
    asks: 10%
    gives_up: 10%
    returns_on: {voice: 50%}
    cost: 0.20/session
agents:
  phones: {on_seat: 3, skills: [orders, accounts], handles: {voice: 1, email: 1}, wage: 15.00/h}
  texts: {on_seat: 2, skills: [orders, accounts], handles: {chat: 3, messaging: 3, email: 1}, wage: 16.00/h}
targets: {abandonment: max 10%, occupancy: max 90%, containment: min 30%}
variants:
  no_bot: {why: What the bot carries, set: {self_service.chatbot.enabled: false}}
"""

"""A small centre with routing to test before rollout: two groups, skills that one of them lacks."""

from __future__ import annotations

ROUTED = """\
ccsim: 1
name: Small rollout
weeks: 1
warm_up: 1 day
follow_up: 2 days
replications: 3
calendar:
  hours: {mon-fri: 09:00-12:00}
customers:
  private: {count: 5000, margin: 14.00/month, churn: 18%/year}
  firms: {count: 900, margin: 40.00/month, churn: 9%/year}
intents:
  billing:   {share: 60%, talk: 4min, wrap_up: 40s, fcr: 78%}
  technical: {share: 40%, talk: 6min, wrap_up: 60s, fcr: 65%, transfer: {chance: 10%, to: billing}}
channels:
  voice: {target: 80% in 20s, patience: 3min}
arrivals:
  voice: {contacts: 500/week, profile: flat, counted: first, segments: {private: 80%, firms: 20%}}
agents:
  front: {on_seat: 4, skills: {billing: 100%}, wage: 15.00/h}
  experts: {on_seat: 4, skills: {technical: 100%, billing: {speed: 80%, fcr: 90%, rank: 2}}, wage: 17.50/h}
routing:
  agent: most_skilled_for_intent
  overflow: {after: 30s, to: [experts], skills: [billing]}
targets: {abandonment: max 4%, fcr: min 60%}
variants:
  same: {set: {agents.front.on_seat: 4}}
  more: {set: {agents.front.on_seat: 6, agents.experts.on_seat: 6}}
  cross_trained:
    why: The front learns the technical questions
    one_off: 4000
    set: {agents.front.skills: {billing: 100%, technical: {speed: 90%, fcr: 95%, rank: 2}}}
  open_queue: {set: {routing.overflow: none, routing.same_agent: true}}
  more_intents: {set: {intents.moving: {share: 0%, talk: 3min}, agents.front.skills: {billing: 100%, moving: 100%}}}
"""

PEOPLE = """\
agent,group,skill,speed,fcr
Ann,front,billing,100%,100%
Ben,front,billing,90%,95%
Cem,front,billing,100%,100%
Dee,front,billing,110%,100%
Eva,experts,technical,100%,100%
Eva,experts,billing,80%,90%
Fay,experts,technical,90%,100%
Gus,experts,technical,110%,105%
Hal,experts,technical,100%,100%
"""

_TABLED = ROUTED.replace("{on_seat: 4, skills: {billing: 100%}, wage", "{wage").replace(
    "{on_seat: 4, skills: {technical: 100%, billing: {speed: 80%, fcr: 90%, rank: 2}}, wage", "{wage"
)
# The same with its people one by one, in people.csv.
LISTED = (
    _TABLED.replace("agents:\n", "agents:\n  from: people.csv\n").partition("  same:")[0]
    + "  proficient: {set: {routing.agent: most_proficient}}\n"
    + "  trained: {set: {agents.front.training: {hours: 8h, speed: +20%}}}\n"
)

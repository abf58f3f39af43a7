"""A small centre for the tests of what stands above the engine: runs in a fraction of a second."""

from __future__ import annotations

from pathlib import Path

SMALL = """\
ccsim: 1
name: Small line
weeks: 1
warm_up: 1 day
follow_up: 1 week
replications: 3
currency: EUR
calendar:
  hours: {mon-fri: 09:00-12:00, sat: 09:00-11:00}
customers:
  everyone: {count: 6000, margin: 14.00/month, churn: 18%/year}
intents:
  billing:   {share: 60%, talk: 4min, wrap_up: 40s, fcr: 78%}
  technical: {share: 40%, talk: 6min, wrap_up: 60s, fcr: 65%}
channels:
  voice: {target: 80% in 20s, patience: 3min}
arrivals:
  voice: {contacts: 600/week, profile: flat, counted: all}
agents:
  generalists: {on_seat: 3, skills: {billing: 100%, technical: 90%}, wage: 15.00/h}
  technicians: {on_seat: 1, skills: [technical], wage: 17.50/h}
targets: {abandonment: max 90%, occupancy: max 10%}
economics: {without_service: {churn: 45%/year}}
variants:
  two_more:
    why: Is waiting costing us customers
    set: {agents.generalists.on_seat: +2}
  same:
    why: Nothing at all
    set: {agents.generalists.on_seat: 3}
  cheaper:
    why: One less
    set: {agents.generalists.on_seat: 2}
"""


def write_small(folder: Path, name: str = "small.yaml") -> Path:
    """The file of the small centre in a folder."""
    path = folder / name
    path.write_text(SMALL, encoding="utf-8")
    return path

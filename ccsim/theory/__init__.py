"""Closed forms of queueing: Erlang B, C and A, and any patience; staffing by formula."""

from __future__ import annotations

from ccsim.theory.erlang_a import erlang_a
from ccsim.theory.erlang_c import erlang_b, erlang_c, p_wait
from ccsim.theory.patience import queue_by_integrals, queue_with_patience
from ccsim.theory.queue import Queue
from ccsim.theory.staffing import agents_for, queue
from ccsim.theory.table import Row, around, rows, text

__all__ = [
    "Queue",
    "Row",
    "agents_for",
    "around",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "p_wait",
    "queue",
    "queue_by_integrals",
    "queue_with_patience",
    "rows",
    "text",
]

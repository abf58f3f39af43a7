"""Draws under SimPy are the same numbers, made one at a time or in columns."""

from __future__ import annotations

from array import array
from types import SimpleNamespace

import numpy as np
import pytest

from ccsim.centre.draws import normal_of, normal_table
from ccsim.centre.kernel import normal, uniform
from ccsim.centre.later import Later
from ccsim.demand import streams
from ccsim.demand.streams import issue_keys, name_key, stream_key

ISSUES = 3000
STREAMS = [stream_key(4, 1, name) for name in ("talk", "redial", "wrap")]
TURNS = (1, 16, (3 << 32) + 5)  # another leg, another attempt, beyond sixteen legs


def rows_of() -> SimpleNamespace:
    keys = issue_keys(name_key("cell"), np.arange(ISSUES) // 9, np.arange(ISSUES) % 9)
    later = Later(array("Q", keys.tobytes()), STREAMS, normal_table().tolist())
    return SimpleNamespace(later=later, uniforms=later.uniforms, normals=later.normals)


def alone(rows: SimpleNamespace, stream: int, issue: int, turn: int) -> float:
    return streams.uniform(STREAMS[stream], rows.later.keys[issue], turn)


@pytest.mark.parametrize("turn", TURNS)
@pytest.mark.parametrize("stream", range(len(STREAMS)))
def test_a_draw_is_the_same_before_and_after_its_column_was_drawn(stream: int, turn: int) -> None:
    rows = rows_of()
    asked = range(ISSUES - 1, -1, -1)
    drawn = [uniform(rows, stream, issue, turn) for issue in asked]
    assert drawn == [alone(rows, stream, issue, turn) for issue in asked]
    assert len(rows.uniforms) == 1
    scores = [normal(rows, stream, issue, turn + 1) for issue in asked]
    assert scores == [normal_of(rows.later, alone(rows, stream, issue, turn + 1)) for issue in asked]
    assert len(rows.normals) == 1


def test_columns_of_streams_and_turns_are_kept_apart() -> None:
    rows = rows_of()
    for stream in range(len(STREAMS)):
        for turn in TURNS:
            drawn = [uniform(rows, stream, issue, turn) for issue in range(ISSUES)]
            assert drawn[-1] == alone(rows, stream, ISSUES - 1, turn)
    assert len(rows.uniforms) == len(STREAMS) * len(TURNS)


def test_what_few_ask_for_is_not_drawn_for_all() -> None:
    rows = rows_of()
    for turn in range(1, 200):
        uniform(rows, 0, turn, turn)
        normal(rows, 1, turn, turn)
    assert not rows.uniforms and not rows.normals

"""Draws of later turns under SimPy: one at a time, or a whole column once they are asked for often.

A draw is a function of stream, issue and turn alone, so that it may be made at any time. In a column numpy
makes one in a hundredth of the time: once one issue in sixty has asked, a column is worth time and memory.
"""

from __future__ import annotations

from array import array

import numpy as np

from ccsim.centre.draws import NORMAL_TABLE, normal_of, normals_of
from ccsim.centre.kernel import STREAM_ROOM
from ccsim.demand.streams import Floats, uniform, uniforms

WORTH_A_COLUMN = 64

Columns = dict[int, "array[float]"]


class Later:
    """The draws of one replication.

    keys: of the issues. streams: their keys, in the order of `tables.STREAMS`. numbers: the centre's.
    uniforms, normals: the columns drawn so far, an element an issue, by their number.
    """

    __slots__ = ("asked", "keys", "normals", "numbers", "often", "streams", "table", "uniforms")

    def __init__(self, keys: array[int], streams: list[int], numbers: list[float]) -> None:
        self.keys = keys
        self.streams = streams
        self.numbers = numbers
        self.table = np.array(numbers[:NORMAL_TABLE])
        self.uniforms: Columns = {}
        self.normals: Columns = {}
        self.asked: dict[int, int] = {}
        self.often = len(keys) // WORTH_A_COLUMN + 8

    def uniform(self, stream: int, issue: int, turn: int) -> float:
        """The draw of one issue, whose column has not been drawn yet."""
        if self._often(stream, turn):
            self.uniforms[turn * STREAM_ROOM + stream] = array("d", self._column(stream, turn).tobytes())
        return uniform(self.streams[stream], self.keys[issue], turn)

    def normal(self, stream: int, issue: int, turn: int) -> float:
        """The same as a normal score."""
        if self._often(stream, turn):
            scores = normals_of(self.table, self._column(stream, turn))
            self.normals[turn * STREAM_ROOM + stream] = array("d", scores.tobytes())
        return normal_of(self, uniform(self.streams[stream], self.keys[issue], turn))

    def _often(self, stream: int, turn: int) -> bool:
        """Whether this is the request that makes a column worth while."""
        number = turn * STREAM_ROOM + stream
        asked = self.asked.get(number, 0) + 1
        self.asked[number] = asked
        return asked == self.often

    def _column(self, stream: int, turn: int) -> Floats:
        return uniforms(self.streams[stream], np.frombuffer(self.keys, np.uint64), turn)

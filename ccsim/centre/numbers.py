"""The column `numbers` of a centre: every table of floats, one behind the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ccsim.centre.draws import normal_table, score_table
from ccsim.demand.streams import Floats
from ccsim.distributions import Distribution


@dataclass
class Numbers:
    """Filled piece by piece; equal distributions share a table."""

    pieces: list[Floats]
    size: int
    tables: dict[Distribution, int]

    @classmethod
    def start(cls) -> Numbers:
        table = normal_table()
        return cls([table], len(table), {})

    def add(self, values: npt.ArrayLike) -> int:
        """Append values; returns where they begin."""
        piece = np.asarray(values, np.float64).ravel()
        self.pieces.append(piece)
        self.size += len(piece)
        return self.size - len(piece)

    def quantiles(self, distribution: Distribution | None) -> int:
        """Where the quantile table of a distribution begins; -1 for none."""
        if distribution is None:
            return -1
        if distribution not in self.tables:
            self.tables[distribution] = self.add(score_table(distribution))
        return self.tables[distribution]

    def shares(self, shares: Mapping[str, float], names: Sequence[str]) -> int:
        """Append pairs (number of the name, share up to and with it); returns where they begin."""
        parts = {name: share for name, share in shares.items() if name in names}
        edges = np.cumsum(list(parts.values()))
        return self.add([(names.index(name), edge) for name, edge in zip(parts, edges, strict=True)])

"""The tidy frames of a sweep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.experiments.response import Response
    from ccsim.experiments.sweep import Sweep


def responses_frame(sweep: Sweep, measure: str | None = None) -> pd.DataFrame:
    """See `Sweep.responses`. ValueError for a measure that was not followed."""
    import pandas as pd

    chosen = [one for one in sweep.responses_by.values() if measure in (None, one.what.measure)]
    if not chosen:
        known = dict.fromkeys(one.what.measure for one in sweep.responses_by.values())
        raise ValueError(f"{measure!r} was not followed; there are {', '.join(known)}")
    frames = [_of(sweep, response) for response in chosen]
    return pd.concat(frames, ignore_index=True)


def lever_columns(sweep: Sweep) -> dict[str, list[float | str]]:
    """The values of each lever, one a point: numbers in its unit, or texts where it has none."""
    return {
        name: [row[place].number if lever.numeric else row[place].text for row in sweep.rows]
        for place, (name, lever) in enumerate(zip(sweep.names, sweep.levers, strict=True))
    }


def _of(sweep: Sweep, response: Response) -> pd.DataFrame:
    import pandas as pd

    found, (low, high) = response.estimate, response.band
    pairs = response.differences
    factor = 1.0 / 3600.0 if response.what.unit.startswith("hours") else 1.0
    numbers = {
        "value": response.value,
        "low": found.low,
        "high": found.high,
        "se": found.se,
        "base": response.base,
        "difference": np.array([one.difference for one in pairs]),
        "difference_low": np.array([one.low for one in pairs]),
        "difference_high": np.array([one.high for one in pairs]),
        "model_low": low,
        "model_high": high,
    }
    named = {"measure": response.what.measure, "part": response.what.part}
    columns = {"point": range(len(sweep.rows)), **lever_columns(sweep), **named}
    scaled = {name: values * factor for name, values in numbers.items()}
    return pd.DataFrame({**columns, **scaled, "unit": response.what.unit})


def knees_frame(sweep: Sweep) -> pd.DataFrame:
    """See `Sweep.knees`."""
    import pandas as pd

    rows = [
        [sweep.names[one.curve.lever], one.curve.told, *one.what.key, one.at, one.low, one.high, one.found_in,
         sweep.levers[one.curve.lever].unit]
        for one in sweep.all_knees
    ]  # fmt: skip
    names = ["lever", "others", "measure", "part", "at", "low", "high", "found_in", "unit"]
    return pd.DataFrame(rows, columns=names)


def break_even_frame(sweep: Sweep) -> pd.DataFrame:
    """See `Sweep.break_even`."""
    import pandas as pd

    rows = [
        [sweep.names[one.curve.lever], one.curve.told, one.at, one.low, one.high, one.model_low,
         one.model_high, "up" if one.up else "down", sweep.levers[one.curve.lever].unit]
        for one in sweep.crossings
    ]  # fmt: skip
    names = ["lever", "others", "at", "low", "high", "model_low", "model_high", "crosses", "unit"]
    return pd.DataFrame(rows, columns=names)

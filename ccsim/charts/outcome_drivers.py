"""Where what is lost is lost: drivers by channel and intent, in money, or in points of CSAT."""

from __future__ import annotations

from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Final

import numpy as np

from ccsim.charts.style import new_figure, save
from ccsim.experiments.fix_first import all_spots, in_money

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from ccsim.experiments.run import Run
    from ccsim.experiments.why import Why

MOST: Final = 9  # places shown by name
OTHERS: Final = "all others"


def draw(run: Run, place: Path) -> None:
    """Write the chart into `place`."""
    found = run.reasons()
    data = lost_by_place(found)
    table = _table(data)
    scale, unit, digits = _scale(found, float(table.to_numpy().max(initial=0.0)))
    what = (
        "Margin of customers who leave because of it; for calling again also what handling it costs."
        if in_money(found)
        else "Money needs the customers' count, margin and churn."
    )
    figure = new_figure(
        "Where it is lost, and to what",
        f"{unit}, by channel on which the issue began and by intent; dearest first. Empty: nothing. {what}",
        10.0, 2.2 + 0.34 * len(table),
    )  # fmt: skip
    _heat(figure.subplots(), table / scale, digits)
    save(figure, data, place, "outcome_drivers")


def _heat(axes: Axes, table: pd.DataFrame, digits: int) -> None:
    """Places down and drivers across, with their sums beside their names."""
    values = table.to_numpy()
    named = values[table.index != OTHERS]
    most = max(float(named.max(initial=0.0)), 1e-9)
    axes.imshow(values, cmap="Blues", vmin=0.0, vmax=most, aspect="auto")
    axes.grid(False)
    for (row, column), value in np.ndenumerate(values):
        if value > 0:
            color = "white" if value > 0.62 * most else "black"
            text = f"{value:,.{digits}f}"
            axes.text(column, row, text, ha="center", va="center", fontsize=8, color=color)
    down, across = ([f"{total:,.{digits}f}" for total in values.sum(axis=axis)] for axis in (1, 0))
    rows = [f"{name}   {total}" for name, total in zip(table.index, down, strict=True)]
    names = [fill(name, 12, break_on_hyphens=False) for name in table.columns]
    heads = [f"{name}\n{total}" for name, total in zip(names, across, strict=True)]
    axes.set_yticks(range(len(rows)), rows)
    axes.set_xticks(range(len(heads)), heads)
    axes.set_ylabel("channel · intent")
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    for side in axes.spines.values():
        side.set_visible(False)


def lost_by_place(found: Why) -> pd.DataFrame:
    """Every driver at every channel and intent: columns channel, intent, driver, points, worth, low, high."""
    import pandas as pd

    columns = ["channel", "intent", "driver", "points", "worth", "low", "high"]
    return pd.DataFrame(
        [{name: getattr(spot, name) for name in columns} for spot in all_spots(found)], columns=columns
    )


def _table(data: pd.DataFrame) -> pd.DataFrame:
    """Places down, drivers across, both dearest first; the last places together."""
    import pandas as pd

    named = data.assign(place=data["channel"] + " · " + data["intent"])
    order = named.groupby("place")["worth"].sum().sort_values(ascending=False)
    kept = list(order.index[:MOST])
    named["place"] = named["place"].where(named["place"].isin(kept), OTHERS)
    table = named.pivot_table(index="place", columns="driver", values="worth", aggfunc="sum", fill_value=0.0)
    rows = [name for name in [*kept, OTHERS] if name in table.index]
    across = table.sum(axis=0).sort_values(ascending=False).index
    return pd.DataFrame(table.loc[rows, across])


def _scale(found: Why, largest: float) -> tuple[float, str, int]:
    """Divisor, its name, and decimals."""
    if not in_money(found):
        return 1.0, "Points of CSAT", 2
    if largest >= 2e6:
        return 1e6, f"Million {found.currency} a year", 2
    return 1e3, f"Thousand {found.currency} a year", 0 if largest >= 2e4 else 1

"""How charts look, and how they are saved: PNG, SVG and the data as CSV.

Colours are those of Okabe and Ito, told apart by the colour-blind; what matters is never told by
colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

BLUE, ORANGE, GREEN, RED = "#0072B2", "#E69F00", "#009E73", "#D55E00"
PURPLE, SKY, GREY, INK = "#CC79A7", "#56B4E9", "#999999", "#222222"
CYCLE = (BLUE, RED, GREEN, PURPLE, ORANGE, SKY)
DASHES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (1, 1)))
DPI = 130

_STYLE: dict[Any, Any] = {
    "font.size": 9.0,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "svg.hashsalt": "ccsim",
    "svg.fonttype": "none",
    "figure.dpi": DPI,
}


@contextmanager
def styled() -> Iterator[None]:
    """The style, for the time of drawing only."""
    with rc_context(_STYLE):
        yield


def new_figure(title: str, note: str, width: float = 10.0, height: float = 5.0) -> Figure:
    """An empty figure with its title above and a note below that says what is shown."""
    figure = Figure(figsize=(width, height), layout="constrained")
    figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold", color=INK)
    figure.supxlabel(fill(note, int(15 * width)), x=0.01, ha="left", fontsize=8, color="#555555")
    return figure


def save(figure: Figure, data: pd.DataFrame, place: Path, name: str) -> None:
    """Write NAME.png, NAME.svg and NAME.csv; the same bytes for the same figure.

    Title and note are in the SVG's metadata, too: for readers of screens, and for reports.
    """
    figure.draw_without_rendering()  # lays it out, for both files; `savefig` would do so for each again
    figure.set_layout_engine("none")
    said = {"Title": figure.get_suptitle(), "Description": " ".join(figure.get_supxlabel().split())}
    png: Any = FigureCanvasAgg(figure)
    png.print_png(place / f"{name}.png", metadata={"Software": None})
    svg: Any = FigureCanvasSVG(figure)
    svg.print_svg(place / f"{name}.svg", metadata={"Date": None, "Creator": "ccsim", **said})
    data.to_csv(place / f"{name}.csv", index=False)


def per_cent(axes: Axes, digits: int = 0, along: str = "y") -> None:
    """Ticks of the y axis (or the x axis) as per cents of a share."""
    axis = axes.yaxis if along == "y" else axes.xaxis
    axis.set_major_formatter(PercentFormatter(1.0, decimals=digits, symbol=" %"))


def money_scale(largest: float) -> tuple[float, str]:
    """What amounts are divided by, and the word before the currency: `thousand `, `million `."""
    return (1e6, "million ") if largest >= 2e6 else (1e3, "thousand ") if largest >= 2e3 else (1.0, "")

"""Charts as a page shows them: read from the folder they were drawn in, by theme."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from ccsim.report.page import Picture

WIDTH = 960  # of a chart that does not say how wide it is
_SVG = "{http://www.w3.org/2000/svg}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True)
class Album:
    """The pictures of a folder; those taken by theme are not taken again."""

    pictures: Mapping[str, Picture]

    def of(self, *names: str) -> tuple[Picture, ...]:
        """Those of these names that there are."""
        return tuple(self.pictures[name] for name in names if name in self.pictures)

    def but(self, themes: Sequence[Sequence[str]]) -> tuple[Picture, ...]:
        """Those that belong to no theme."""
        taken = {name for names in themes for name in names}
        return tuple(one for name, one in self.pictures.items() if name not in taken)


EMPTY = Album({})


def found(charts: Path) -> Album:
    """The charts in a folder, by name; none where there is no such folder."""
    files = sorted(charts.glob("*.svg")) if charts.is_dir() else []
    return Album({file.stem: _picture(file) for file in files if file.with_suffix(".png").is_file()})


def drawn(draw: Callable[[Path], None]) -> Album:
    """What `draw` draws into a folder that is gone afterwards."""
    with TemporaryDirectory() as place:
        draw(Path(place))
        return found(Path(place))


def _picture(file: Path) -> Picture:
    """A chart with the title and the note that it was drawn with; its name where it has none."""
    svg = file.read_bytes()
    try:
        tree = ElementTree.fromstring(svg)
    except ElementTree.ParseError:
        tree = ElementTree.Element("svg")
    title = tree.findtext(f"{_SVG}title") or file.stem.replace("_", " ")
    note = next((one.text or "" for one in tree.iter(f"{_DUBLIN_CORE}description")), "")
    width, height = (_pixels(tree.get(side, "")) for side in ("width", "height"))
    return Picture(file.stem, title, note, width, height, svg, file.with_suffix(".png").read_bytes())


def _pixels(length: str) -> int:
    """Pixels (96 an inch) of a length in points (72 an inch), as Matplotlib writes it."""
    number = length.removesuffix("pt")
    return round(float(number) * 96 / 72) if number.replace(".", "", 1).isdigit() else WIDTH

"""Writing a report: which files there are, what is in them, all of them or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ccsim.errors import CcsimError
from ccsim.report.subjects import CHARTS, Subject, subject

if TYPE_CHECKING:
    from ccsim.report.page import Page
    from ccsim.report.pictures import Album

FORMATS: Final = ("html", "md")
NAME: Final = "report"
FIGURES: Final = "figures.md"


def write_report(
    what: Any, out: str | Path | None = None, format: str = "html", xlsx: bool = False
) -> list[Path]:
    """Write the report of a result, or of the folder that holds one, and return the files written.

    out: the file; default: `report.html` or `report.md` in the folder (of a result at hand: here). Of 'md' a
    second file has sentences ready to be pasted: `figures.md`, or `NAME-figures.md` beside `out`; charts are
    linked where the folder has them, else written beside. xlsx: a workbook beside, too (needs XlsxWriter).
    The same result gives the same bytes. All files are written, or none. CcsimError for a folder that holds
    no result, was written by another version, or a place that cannot be written; ValueError for another
    format; TypeError for what is no result.
    """
    if format not in FORMATS:
        raise ValueError(f"unknown format {format!r}: one of {', '.join(FORMATS)}")
    of = subject(what)
    target = Path(out) if out is not None else (of.folder or Path()) / f"{NAME}.{format}"
    if target.is_dir():
        raise CcsimError(f"--out {target} is a folder: name a file. Nothing was written.")
    album = of.album()
    page = of.page(album)
    files = _html(page, target) if format == "html" else _markdown(of, page, album, target)
    if xlsx:
        files[target.with_suffix(".xlsx")] = _workbook(of, page)
    write_whole(files)
    return list(files)


def _html(page: Page, target: Path) -> dict[Path, bytes]:
    from ccsim.report.html import written

    return {target: written(page).encode()}


def _markdown(of: Subject, page: Page, album: Album, target: Path) -> dict[Path, bytes]:
    """The page, its sentences, and the charts unless the folder has them where they can be linked."""
    from ccsim.report import markdown

    usual = target.name == f"{NAME}.md"
    figures = target.with_name(FIGURES if usual else f"{target.stem}-{FIGURES}")
    stored = of.folder is not None and (of.folder / CHARTS).is_dir()
    place = of.folder / CHARTS if stored and of.folder else target.with_name(f"{target.stem}-{CHARTS}")
    seen_from = Path(os.path.relpath(place, target.parent)).as_posix()
    links = {name: f"{seen_from}/{name}.png" for name in album.pictures}
    files = {target: markdown.written(page, links).encode(), figures: markdown.sentences(page).encode()}
    if not stored:
        files |= {place / f"{name}.png": one.png for name, one in album.pictures.items()}
    return files


def _workbook(of: Subject, page: Page) -> bytes:
    from ccsim.report.xlsx import written

    return written(of.sheets(page))


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write all files, or none: each beside its place first. CcsimError where that cannot be done."""
    beside: dict[Path, Path] = {}
    try:
        for target, content in files.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
            beside[target] = Path(name)
            with os.fdopen(number, "wb") as file:
                file.write(content)
            _open_to_others(Path(name))
        for target, place in beside.items():
            os.replace(place, target)
    except OSError as error:
        raise CcsimError(f"cannot write {error.filename or target}: {error.strerror or error}") from error
    finally:
        for place in beside.values():
            place.unlink(missing_ok=True)


def _open_to_others(file: Path) -> None:
    """Temporary files are private; a report is as readable as any new file."""
    mask = os.umask(0)
    os.umask(mask)
    file.chmod(0o666 & ~mask)

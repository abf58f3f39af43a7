"""What a report can be of: results at hand, and the folders that hold them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ccsim.errors import CcsimError
from ccsim.experiments import manifest
from ccsim.report.pictures import Album, drawn, found

if TYPE_CHECKING:
    from ccsim.report.book import Sheet
    from ccsim.report.page import Page

CHARTS: Final = "charts"


@dataclass(frozen=True)
class Kind:
    """A kind of result: its class, who opens its folder and draws its charts, and who makes its page.

    Each is named as `module:name`, so that only what is asked for is imported. page: the module with
    `page(result, album)` and `sheets(result, page)`.
    """

    of: str
    open: str
    draw: str
    page: str


KINDS: Final = {
    "run": Kind("ccsim.experiments.run:Run", "ccsim.experiments.store:open_run", "ccsim.charts:draw_run",
                "ccsim.report.of_run"),
    "compare": Kind("ccsim.experiments.compare:Comparison", "ccsim.experiments.store:open_comparison",
                    "ccsim.charts:draw_comparison", "ccsim.report.of_comparison"),
    "sweep": Kind("ccsim.experiments.sweep:Sweep", "ccsim.experiments.stored_sweep:open_sweep",
                  "ccsim.charts:draw_sweep", "ccsim.report.of_sweep"),
    "rollout": Kind("ccsim.experiments.rollout:Rollout", "ccsim.experiments.rollout_folder:open_rollout",
                    "ccsim.charts:draw_rollout", "ccsim.report.of_rollout"),
}  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """A result to be reported. folder: where it is stored, None of one at hand."""

    result: Any
    kind: Kind
    folder: Path | None = None

    def album(self) -> Album:
        """The charts in its folder; drawn where it has none."""
        stored = None if self.folder is None else self.folder / CHARTS
        if stored is not None and stored.is_dir():
            return found(stored)
        return drawn(lambda place: _named(self.kind.draw)(self.result, place))

    def page(self, album: Album) -> Page:
        """Its page, with the pictures of `album`."""
        made: Page = import_module(self.kind.page).page(self.result, album)
        return made

    def sheets(self, page: Page) -> list[Sheet]:
        """The sheets of its workbook."""
        made: list[Sheet] = import_module(self.kind.page).sheets(self.result, page)
        return made


def subject(what: Any) -> Subject:
    """The subject of a result or of a folder. CcsimError for a folder that holds nothing to report."""
    if isinstance(what, str | Path):
        return _stored(Path(what))
    for kind in KINDS.values():
        if type(what).__qualname__ == kind.of.partition(":")[2]:
            return Subject(what, kind)
    raise TypeError(f"a report is of a run, a comparison or their folder, not of {type(what).__name__}")


def _stored(folder: Path) -> Subject:
    about = manifest.found(folder)
    if about is None:
        manifest.read(folder, "run")  # says what is wrong with the folder
    named = str((about or {}).get("kind"))
    if named not in KINDS:
        what = manifest.KINDS[named][0] if named in manifest.KINDS else f"something else ({named})"
        known = ", ".join(KINDS)
        raise CcsimError(f"{folder} is the folder of {what}: there is no report of that, but of {known}")
    return Subject(_named(KINDS[named].open)(folder), KINDS[named], folder)


def _named(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found_: Callable[..., Any] = getattr(import_module(module), function)
    return found_

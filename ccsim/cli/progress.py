"""Progress on stderr: what is done, how fast, how long it still takes; nothing where it is no terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Protocol

from ccsim.cli.terminal import console


class Progress(Protocol):
    """Called with how many are done and how many `unit` so far; and of how many, where that has changed."""

    def __call__(self, done: int, counted: int, of: int | None = None) -> None: ...


WIDTH = 14  # columns of a bar
FIRST_RATE = 0.5  # s before a rate means anything


@contextmanager
def replications(label: str, total: int, unit: str = "contacts") -> Iterator[Progress]:
    """A bar for `total` replications (or points, or charts …); yields what is called with how many are done.

    Its second number is how many `unit` so far. Its first call says what was there before, so that what
    was taken up from an earlier command makes nothing look fast.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.table import Column

    def whole() -> Column:
        return Column(no_wrap=True)

    columns = (
        TextColumn("{task.description}", table_column=whole()),
        BarColumn(bar_width=WIDTH),
        MofNCompleteColumn(table_column=whole()),
        TextColumn("{task.fields[beside]}", table_column=whole()),
        TextColumn("{task.fields[word]}", table_column=whole()),
        TimeRemainingColumn(elapsed_when_finished=True, table_column=whole()),
    )
    screen = console(error=True)
    with Bar(*columns, console=screen, disable=not screen.is_terminal) as bar:
        task = bar.add_task(label, total=total, beside="", word="left")
        rate = Rate()

        def advance(done: int, counted: int, of: int | None = None) -> None:
            per_second, finished = rate.now(counted), done >= (of or total)
            beside = f"{counted:,} {unit}" if finished else per_second and f"{per_second:,.0f} {unit}/s"
            word = "took" if finished else "left"
            bar.update(task, completed=done, total=of or total, beside=beside or "", word=word)

        yield advance


class Rate:
    """How many a second, from the first time it is asked."""

    def __init__(self) -> None:
        self._first: tuple[float, int] | None = None

    def now(self, counted: int) -> float:
        """Of those since the first call; 0 while it is too early to say."""
        now = monotonic()
        began, before = self._first = self._first or (now, counted)
        return (counted - before) / (now - began) if now - began >= FIRST_RATE else 0.0


@contextmanager
def step(label: str) -> Iterator[None]:
    """A line that says what is being done and for how long, while it is; silent where it is no terminal."""
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    screen = console(error=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        bar.add_task(label)
        yield

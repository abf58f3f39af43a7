"""The progress of replications on stderr: bar, count, contacts, time left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ccsim.cli.terminal import console

Progress = Callable[[int, int], None]


@contextmanager
def replications(label: str, total: int) -> Iterator[Progress]:
    """A bar for `total` replications; yields what `run` calls after each."""
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.table import Column

    columns = (
        TextColumn("{task.description}", table_column=Column(no_wrap=True)),
        BarColumn(bar_width=None),
        TextColumn("{task.completed:.0f}/{task.total:.0f} {task.fields[contacts]}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    screen = console(error=True)
    shown = min(screen.width, 80)
    with Bar(*columns, console=screen, expand=shown == screen.width) as bar:
        task = bar.add_task(label, total=total, contacts="")

        def advance(done: int, contacts: int) -> None:
            bar.update(task, completed=done, contacts=f" {contacts:,} contacts")

        yield advance


@contextmanager
def step(label: str) -> Iterator[None]:
    """A line that says what is being done, while it is being done; silent where it is no terminal."""
    screen = console(error=True)
    if not screen.is_terminal:
        yield
        return
    with screen.status(label):
        yield

"""The progress of replications on stderr: bar, count, contacts, time left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ccsim.cli.terminal import console

Progress = Callable[[int, int], None]


@contextmanager
def replications(label: str, total: int) -> Iterator[Progress]:
    """A bar for `total` replications; yields what `run` calls after each."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.table import Column

    def whole() -> Column:
        return Column(no_wrap=True)

    columns = (
        TextColumn("{task.description}", table_column=whole()),
        BarColumn(bar_width=14),
        MofNCompleteColumn(table_column=whole()),
        TextColumn("{task.fields[contacts]}", table_column=whole()),
        TextColumn("{task.fields[word]}", table_column=whole()),
        TimeRemainingColumn(elapsed_when_finished=True, table_column=whole()),
    )
    with Bar(*columns, console=console(error=True)) as bar:
        task = bar.add_task(label, total=total, contacts="", word="left")

        def advance(done: int, contacts: int) -> None:
            word = "took" if done >= total else "left"
            bar.update(task, completed=done, contacts=f"{contacts:,} contacts", word=word)

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

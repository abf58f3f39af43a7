"""The list that `ccsim runs` prints: two lines a folder, at most 80 columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ccsim.cli.terminal import BAD, DIM, HEAD, WIDTH, Line, advice, paragraph, plain_line

if TYPE_CHECKING:
    import pandas as pd

FOLDER, KIND, COUNT, WRITTEN, SIZE = 36, 8, 6, 18, 9  # columns


def runs_lines(found: pd.DataFrame, left: pd.DataFrame, root: Path) -> list[Line]:
    """The folders, then what is unfinished, then what to type."""
    if found.empty and left.empty:
        told = f"under {root}/ of what you ask for. `ccsim run FILE` writes a run folder."
        return paragraph("There is nothing", told)
    lines: list[Line] = []
    if len(found):
        lines.append(plain_line(_columns("folder", "kind", "runs", "written (UTC)", "size"), HEAD))
        lines += [line for row in found.to_dict("records") for line in _folder(row)]
    if len(left):
        lines += [(), plain_line("Unfinished: the same command with --resume goes on with them", HEAD)]
        lines += [_unfinished(row) for row in left.to_dict("records")]
    opens = found[found["opens"]] if len(found) else found
    if len(opens):
        lines += [(), *advice("Print one again:", f"ccsim open {opens['folder'].iloc[0]}")]
    return lines


def _columns(folder: str, kind: str, count: str, written: str, size: str) -> str:
    return f"{folder:<{FOLDER}} {kind:<{KIND}}{count:>{COUNT}}  {written:<{WRITTEN}}{size:>{SIZE}}"


def _folder(row: dict[Any, Any]) -> Iterator[Line]:
    """Name, kind, replications, when and how large; under it what it is of, or why it does not open."""
    folder = row["folder"]
    if len(folder) > FOLDER:
        yield plain_line(folder)
        folder = ""
    written = f"{row['written']:%Y-%m-%d %H:%M}"
    yield plain_line(_columns(folder, row["kind"], _number(row["replications"]), written, size(row["bytes"])))
    told = _of(row)
    if told:
        yield plain_line(_cut(f"  {told}"), DIM)
    if not row["opens"]:
        why = wrap(f"does not open: {row['why_not']}", WIDTH, initial_indent="  ", subsequent_indent="    ")
        yield from (plain_line(line, BAD) for line in why)


def _of(row: dict[Any, Any]) -> str:
    variants = _number(row["variants"])
    parts = [
        row["name"] or "",
        f"variant `{row['variant']}`" if row["variant"] else "",
        f"{variants} variant{'s' if variants != '1' else ''}" if variants else "",
        row["file"] or "",
        f"seed {seed}" if (seed := _number(row["seed"])) else "",
    ]
    return " · ".join(part for part in parts if part)


def _unfinished(row: dict[Any, Any]) -> Line:
    count = row["replications"]
    told = f"{count} replication{'s' if count != 1 else ''} of {row['name'] or 'a scenario'}"
    return plain_line(_cut(f"  {told}, {row['written']:%Y-%m-%d %H:%M}, {size(row['bytes'])}"))


def _number(value: Any) -> str:
    """`12`; nothing where a folder does not say."""
    return str(value) if isinstance(value, int) else ""


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


def size(count: int) -> str:
    """`3 kB`, `0.9 MB`, `12 MB`."""
    if count < 99_500:
        return f"{max(count / 1e3, 0):.0f} kB"
    return f"{count / 1e6:.1f} MB" if count < 9_950_000 else f"{count / 1e6:.0f} MB"

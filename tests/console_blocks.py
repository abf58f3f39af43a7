"""The fenced blocks of a Markdown page that can be run, and what they print.

`python tests/console_blocks.py README.md` runs them in a folder that has only the scenarios and writes their
outputs back.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(
    r"(?P<above>^`(?P<file>[\w.]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
MINE = "mine.yaml"  # what a block of YAML shows where no file's name stands above it


@dataclass(frozen=True)
class Block:
    """One fenced block: its kind ('sh', 'console', 'python', 'yaml'), its text, the file named above it."""

    kind: str
    text: str
    file: str = ""

    @property
    def commands(self) -> list[str]:
        """The commands of a shell block (all lines) or a console block (after `$ `)."""
        lines = self.text.splitlines()
        if self.kind == "console":
            return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
        return [line for line in lines if line.strip()] if self.kind == "sh" else []


def blocks(page: str) -> list[Block]:
    """The fenced blocks, in order."""
    return [Block(one["kind"], one["text"], one["file"] or "") for one in _BLOCK.finditer(page)]


def output(command: str) -> tuple[int, str]:
    """Exit code of a `ccsim` command and what it prints; of a failed one, its message."""
    from ccsim.cli.app import start

    words = shlex.split(command)
    assert words[0] == "ccsim", command
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            start(words[1:])
        except SystemExit as left:
            code = int(left.code or 0)
    shown = out.getvalue() if code == 0 else err.getvalue()
    lines = [line.rstrip() for line in shown.splitlines()]
    return code, "\n".join(lines).strip("\n")


def run_console(block: Block) -> str:
    """The text of a console block with fresh outputs."""
    return "\n".join(f"$ {c}\n{output(c)[1]}" for c in block.commands) + "\n"


def check(block: Block, page: str) -> None:
    """Do what a block shows, in this folder: commands print what is written there, files are as they are."""
    stale = f"stale: python tests/console_blocks.py {page}"
    if block.file:
        Path(block.file).write_text(block.text, encoding="utf-8")
    elif block.kind == "sh":
        for command in block.commands:
            assert output(command)[0] == 0, command
    elif block.kind == "console":
        assert run_console(block) == block.text, stale
    elif block.kind == "yaml":
        assert Path(MINE).read_text(encoding="utf-8") == block.text, stale
    else:
        assert block.kind == "python"
        exec(compile(block.text, page, "exec"), {})


def with_scenarios(place: Path) -> None:
    """Put the scenarios where a clone of the project has them: pages name them so."""
    shutil.copytree(Path(__file__).parents[1] / "scenarios", place / "scenarios")


def undrawn(patch: Callable[[str, object], None]) -> None:
    """Have charts left empty: what they look like is tested elsewhere, here it only takes time."""
    patch("matplotlib.figure.Figure.draw_without_rendering", lambda figure: None)
    for form in ("agg.FigureCanvasAgg.print_png", "svg.FigureCanvasSVG.print_svg"):
        patch(f"matplotlib.backends.backend_{form}", lambda canvas, place, **how: Path(place).touch())


def _write_back(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as place:
        with_scenarios(Path(place))
        os.chdir(place)
        fresh = [_fresh(block, page.name) for block in blocks(text)]
        os.chdir(here)
    again = iter(fresh)
    page.write_text(
        _BLOCK.sub(lambda m: f"{m['above'] or ''}```{m['kind']}\n{next(again)}```", text), encoding="utf-8"
    )


def _fresh(block: Block, page: str) -> str:
    """A block as it should read; the others are done, since those after them stand on what they leave."""
    if block.kind == "console":
        return run_console(block)
    if block.kind == "yaml" and not block.file:
        return Path(MINE).read_text(encoding="utf-8")
    check(block, page)
    return block.text


def _patched(target: str, value: object) -> None:
    from importlib import import_module

    holder, _, name = target.rpartition(".")
    module, _, inner = holder.rpartition(".")
    setattr(getattr(import_module(module), inner), name, value)


if __name__ == "__main__":
    undrawn(_patched)
    for name in sys.argv[1:]:
        _write_back(Path(name))

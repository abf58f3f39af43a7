"""The fenced blocks of a Markdown page that can be run, and what they print.

`python tests/console_blocks.py README.md` runs them in an empty folder and writes their outputs back.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

CHARTS = (
    "demand_staffing", "service_wait", "abandonment_occupancy", "wait_distribution", "heat_map",
    "csat_by_wait", "csat_by_contacts", "effort_drivers", "outcome_drivers", "cost_ledger", "tornado",
    "survival", "roi_by_month",
)  # fmt: skip
COMPARED = ("compared_service", "differences", "net_gain_by_month", "net_gain_spread",
            "net_gain_drivers", "gains_by_slice")  # fmt: skip
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One fenced block: its kind ('sh', 'console', 'python', 'yaml') and its text."""

    kind: str
    text: str

    @property
    def commands(self) -> list[str]:
        """The commands of a shell block (all lines) or a console block (after `$ `)."""
        lines = self.text.splitlines()
        if self.kind == "console":
            return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
        return [line for line in lines if line.strip()] if self.kind == "sh" else []


def blocks(page: str) -> list[Block]:
    """The fenced blocks, in order."""
    return [Block(kind, text) for kind, text in _BLOCK.findall(page)]


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


def undrawn(patch: Callable[[str, object], None]) -> None:
    """Have charts made empty: what they look like is tested elsewhere, here they only take time."""

    def empty(names: tuple[str, ...]) -> Callable[[object, Path], None]:
        return lambda _, place: [(place / f"{name}.png").touch() for name in names]  # type: ignore[return-value, func-returns-value]

    patch("ccsim.charts.draw_run", empty(CHARTS))
    patch("ccsim.charts.draw_comparison", empty(COMPARED))


def _write_back(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    fresh: list[str] = []
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as place:
        os.chdir(place)
        for block in blocks(text):
            if block.kind == "yaml":
                fresh.append(Path("mine.yaml").read_text(encoding="utf-8"))
            elif block.kind == "console":
                fresh.append(run_console(block))
            else:
                for command in block.commands:
                    output(command)
                fresh.append(block.text)
        os.chdir(here)
    again = iter(fresh)
    page.write_text(_BLOCK.sub(lambda m: f"```{m[1]}\n{next(again)}```", text), encoding="utf-8")


def _patched(target: str, value: object) -> None:
    from importlib import import_module

    module, _, name = target.rpartition(".")
    setattr(import_module(module), name, value)


if __name__ == "__main__":
    undrawn(_patched)
    for name in sys.argv[1:]:
        _write_back(Path(name))

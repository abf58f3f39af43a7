"""The errors a user may see: messages for people, never tracebacks.

A ``CcsimError`` ends a command with exit code 2 and its text. ``ScenarioError`` carries every
fault of a scenario at once, each with file, line, column and key path, and the fix under it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap

WIDTH = 80
MOST_SHOWN = 50


class CcsimError(Exception):
    """A message for the user; commands print it and exit with ``exit_code``."""

    exit_code = 2


@dataclass(frozen=True)
class Fault:
    """One thing wrong in what the user wrote.

    ``line`` and ``column`` count from 1; ``line`` 0 means that there is no place in a file to
    point at (a ``--set`` on the command line, a file that is missing). ``key`` is the dotted path
    (``agents.front.on_seat``), empty for the file as a whole; ``hint`` is the fix.
    """

    file: str
    line: int
    column: int
    key: str
    message: str
    hint: str | None = None

    @property
    def where(self) -> str:
        """``FILE:LINE:COL``, or just the file's name where there is no line."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class ScenarioError(CcsimError):
    """Every fault found in a scenario; ``str()`` is what the terminal shows.

    ``faults`` is never empty and is sorted by place, without doubles.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        ordered = sorted(set(faults), key=_by_place)
        super().__init__(tuple(ordered))
        self.faults: tuple[Fault, ...] = tuple(ordered)

    def __str__(self) -> str:
        shown = fault_lines(self.faults[:MOST_SHOWN])
        return "\n".join([*shown, _verdict(len(self.faults))])


class SimulationError(CcsimError):
    """A fault found while simulating; names the simulated time, the contact and the rule."""

    def __init__(self, message: str, time: float, contact: int = -1, rule: str = "") -> None:
        super().__init__(message, time, contact, rule)
        self.message = message
        self.time = time
        self.contact = contact
        self.rule = rule

    def __str__(self) -> str:
        contact = f", contact {self.contact}" if self.contact >= 0 else ""
        rule = f", rule {self.rule}" if self.rule else ""
        return f"at {self.time:.3f} s{contact}{rule}: {self.message}"


def fault_lines(faults: Iterable[Fault]) -> list[str]:
    """The faults as terminal lines: place, key path and message, and the fix under each."""
    faults = list(faults)
    width = max((len(fault.where) for fault in faults), default=0)
    lines: list[str] = []
    for fault in faults:
        head = f"  {fault.where:<{width}}  " + (f"{fault.key}  " if fault.key else "")
        lines += _folded(head, fault.message, " " * 8)
        if fault.hint:
            lines += _folded(" " * 6, fault.hint, " " * 6)
    return lines


def _folded(head: str, text: str, indent: str) -> list[str]:
    """The text behind its head, folded at 80 columns; on its own lines if nothing fits behind."""
    words = " ".join(text.split())
    room = WIDTH - len(head)
    if len(words) > room and room < len(words.split(" ", 1)[0]):
        return [head.rstrip(), *_wrapped(words, indent, indent)]
    return _wrapped(words, head, indent)


def _wrapped(words: str, head: str, indent: str) -> list[str]:
    return wrap(
        words,
        WIDTH,
        initial_indent=head,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _by_place(fault: Fault) -> tuple[str, int, int, str, str]:
    return (fault.file, fault.line, fault.column, fault.key, fault.message)


def _verdict(count: int) -> str:
    first = f", the first {MOST_SHOWN} are above" if count > MOST_SHOWN else ""
    return f"  {count} fault{'s' if count != 1 else ''}{first}. Nothing was run."

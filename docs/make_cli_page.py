"""Write docs/cli.md from the commands themselves: `python docs/make_cli_page.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from typer.main import get_command

from ccsim.cli.app import app

PAGE = Path(__file__).parent / "cli.md"
HEAD = """\
# Commands

Written by `docs/make_cli_page.py` from what `ccsim COMMAND --help` says; a test keeps it true.

Exit codes: 0 all went well; 2 something in the scenario or the command is wrong (the message says
what, where and how to mend it; nothing is run or written); 130 interrupted; 70 ccsim itself is at
fault (`--debug` shows where). Progress goes to stderr, results to stdout. `NO_COLOR` is honoured; a
terminal that cannot print more gets ASCII.
"""


def page() -> str:
    """The whole page."""
    commands: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]
    return "\n".join([HEAD, *(_section(name, command) for name, command in commands.items())])


def _section(name: str, command: Any) -> str:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    usage = " ".join(["ccsim", name, *map(_argument, arguments), "[OPTIONS]"])
    rows = [(f"`{_argument(one)}`", one.help) for one in arguments]
    rows += [(_option(one), one.help) for one in options]
    table = "\n".join(f"| {first} | {_cell(second)} |" for first, second in rows)
    doc = " ".join((command.help or "").split())
    return f"## {name}\n\n    {usage}\n\n{doc}\n\n| | |\n|---|---|\n{table}\n"


def _argument(one: Any) -> str:
    """In brackets what may be left out."""
    return str(one.metavar) if one.required else f"[{one.metavar}]"


def _option(option: Any) -> str:
    spelt = ", ".join([*option.opts, *option.secondary_opts])
    value = "" if option.is_flag else f" {option.metavar}"
    return f"`{spelt}{value}`"


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""Write docs/api.md from the docstrings of what `ccsim` promises: `python docs/make_api_page.py`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import FunctionType
from typing import Any

import ccsim

PAGE = Path(__file__).parent / "api.md"
HEAD = """\
# Python

Written by `docs/make_api_page.py` from the docstrings; a test keeps it true. `import ccsim` gives the
functions below, and these give the objects after them. All else may change. Frames are pandas DataFrames,
tidy: a row a figure. In one sitting: [a first run](../notebooks/first_run.ipynb).
"""


def page() -> str:
    """The whole page."""
    promised = {name: getattr(ccsim, name) for name in ccsim.__all__ if not name.startswith("_")}
    functions = {name: one for name, one in promised.items() if not inspect.isclass(one)}
    classes = {one.__name__: one for one in (*promised.values(), *_given(functions)) if inspect.isclass(one)}
    return "\n".join([
        HEAD,
        *(f"## `ccsim.{name}`\n\n{_told(name, one)}" for name, one in sorted(functions.items())),
        *(_class(one) for _, one in sorted(classes.items())),
    ])  # fmt: skip


def _given(functions: dict[str, Any]) -> Iterator[type]:
    """The classes of ccsim that the functions return."""
    for one in functions.values():
        named = str(inspect.signature(one).return_annotation)
        found = one.__globals__.get(named)
        if inspect.isclass(found) and found.__module__.startswith("ccsim."):
            yield found


def _class(one: type) -> str:
    fields = getattr(one, "model_fields", {})
    members = {
        name: member
        for name, member in vars(one).items()
        if not name.startswith("_") and name not in fields and _is_member(member)
    }
    parts = [f"## `{one.__name__}`", _prose(one)]
    parts += [f"### `{one.__name__}.{name}`\n\n{_told(name, member)}" for name, member in members.items()]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _is_member(member: Any) -> bool:
    return isinstance(member, FunctionType | property | cached_property) and bool(inspect.getdoc(member))


def _told(name: str, member: Any) -> str:
    function = getattr(member, "fget", None) or getattr(member, "func", None) or member
    told = _signature(name, function, called=inspect.isfunction(member))
    names = [one for one in inspect.signature(function).parameters if one != "self"]
    return f"```text\n{told}\n```\n\n{_marked(_prose(member), names)}\n"


def _signature(name: str, function: Any, called: bool) -> str:
    """The name, its arguments one below the other where they are many, and what it gives."""
    made = inspect.signature(function)
    arguments = [_argument(one) for key, one in made.parameters.items() if key != "self"]
    given = "" if made.return_annotation is made.empty else f" -> {made.return_annotation}"
    if not called:
        return f"{name}{given.replace(' ->', ':')}"
    flat = f"{name}({', '.join(arguments)}){given}"
    if len(flat) <= 84:
        return flat
    return "\n".join([f"{name}(", *(f"    {one}," for one in arguments), f"){given}"])


def _marked(prose: str, names: list[str]) -> str:
    """The names of arguments as code where the prose comes to speak of them: `jobs, clock: as of run`."""
    if not names:
        return prose
    name = rf"(?:{'|'.join(names)})"
    spoken = re.compile(rf"(?<![\w`(]){name}(?:, {name})*(?=:\s)")
    return spoken.sub(lambda found: ", ".join(f"`{one}`" for one in found[0].split(", ")), prose)


def _argument(one: inspect.Parameter) -> str:
    """As it stands in the code: annotations are kept as text, without quotes around them."""
    default = "" if one.default is one.empty else f" = {one.default!r}"
    return f"{one.name}: {one.annotation}{default}"


def _prose(one: Any) -> str:
    """A docstring as Markdown: double backticks are single ones there."""
    return re.sub(r"``([^`]+)``", r"`\1`", inspect.getdoc(one) or "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

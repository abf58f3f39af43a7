"""A page as one HTML file that needs nothing else: style and pictures are in it, nothing is loaded."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from ccsim.report.page import Page, Picture

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES: Final = Path(__file__).parent / "templates"
HEAVY: Final = 150_000  # bytes of an SVG: above it the PNG goes into the page, if that is lighter
_CODE: Final = re.compile(r"`([^`]+)`")


def written(page: Page) -> str:
    """The whole file; the same bytes for the same page."""
    template = _environment().get_template("page.html.j2")
    return template.render(page=page) + "\n"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"coded": coded, "as_data": as_data, "kind": kind, "breakable": breakable}
    return found


def coded(text: str) -> Markup:
    """Escaped text, with what stands between back-quotes as code."""
    return Markup(_CODE.sub(lambda match: f"<code>{match[1]}</code>", str(escape(text))))


def breakable(text: str) -> Markup:
    """Escaped text of a key path, which may break after its dots and underscores."""
    return Markup(re.sub(r"([._])", r"\1<wbr>", str(coded(text))))


def as_data(picture: Picture) -> str:
    """The picture as a data address: vectors unless they are many and the pixels lighter.

    As an image of its own no id in it can clash with another's, and nothing in it can run.
    """
    light = len(picture.svg) <= max(HEAVY, len(picture.png))
    kind_, content = ("svg+xml", picture.svg) if light else ("png", picture.png)
    return f"data:image/{kind_};base64,{b64encode(content).decode()}"


def kind(block: object) -> str:
    """What a block is: 'paragraph', 'table' or 'picture'."""
    return type(block).__name__.lower()

"""State diagrams of the pages as tables: GitHub draws them, the site needs no program from elsewhere."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from pygments.lexers.special import TextLexer
from sphinx.util.docutils import SphinxDirective

HEAD = ("from", "to", "when")
_ARROW = re.compile(r"^\s*(\S+) --> (\S+?)(?:: (.+))?$")
_ENDS = ("begin", "end")


def arrows(diagram: str) -> list[tuple[str, str, str]]:
    """The arrows of a mermaid state diagram: from, to, and what is written at it."""
    found = [_ARROW.match(line) for line in diagram.splitlines()]
    return [
        (*(end if state == "[*]" else state for state, end in zip(one.group(1, 2), _ENDS, strict=True)),
         one[3] or "")
        for one in found if one
    ]  # fmt: skip


class StateDiagram(SphinxDirective):
    """A fence ```mermaid with a state diagram in it."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """A table of its arrows."""
        rows = arrows("\n".join(self.content))
        if not rows:
            raise self.error("a mermaid diagram without arrows `state --> state: when`")
        group = nodes.tgroup("", *(nodes.colspec(colwidth=width) for width in (2, 2, 5)), cols=len(HEAD))
        group += nodes.thead("", _row(HEAD))
        group += nodes.tbody("", *(_row(row) for row in rows))
        return [nodes.table("", group)]


def _row(cells: tuple[str, ...]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph(text=cell)) for cell in cells))


def setup(app: Any) -> dict[str, bool]:
    """Called by Sphinx."""
    app.add_directive("mermaid", StateDiagram)
    app.config.myst_fence_as_directive = {"mermaid"}
    app.add_lexer("csv", TextLexer)
    return {"parallel_read_safe": True}

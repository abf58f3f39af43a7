"""Write docs/predictions.md: `python docs/make_predictions_page.py`. Its tables come from the parameters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ccsim.parameters import Parameter, outcome_parameters

DOCS = Path(__file__).parent
PAGE, TEMPLATE = DOCS / "predictions.md", DOCS / "predictions.template.md"
CHAIN = ("csat", "ces", "effort", "survey", "nps", "relation", "recovery", "churn", "wom", "value", "cost")
LEVELS = ("strong", "moderate", "folklore", "assumption")


def page() -> str:
    """The whole page."""
    chain = [one for one in outcome_parameters().values() if one.name.partition(".")[0] in CHAIN]
    text = TEMPLATE.read_text(encoding="utf-8")
    return text.replace("{{counts}}", _counts(chain)).replace("{{table}}", "\n".join(_table(chain)))


def _counts(chain: list[Parameter]) -> str:
    found = Counter(one.confidence for one in chain)
    parts = ", ".join(f"{found[level]} {level}" for level in LEVELS)
    return f"{len(chain)} parameters stand between journeys and money: {parts}."


def _table(chain: list[Parameter]) -> Iterator[str]:
    yield "| parameter | value | drawn in | confidence | source |"
    yield "|---|---|---|---|---|"
    for one in sorted(chain, key=lambda one: LEVELS.index(one.confidence)):
        yield f"| `{one.name}` | {_value(one)} | {_range(one)} | {one.confidence} | {one.source} |"


def _value(one: Parameter) -> str:
    return ", ".join("–" if number != number else f"{number:g}" for number in one.numbers)


def _range(one: Parameter) -> str:
    if one.low is None or one.high is None or one.low == one.high:
        return "not drawn"
    return f"{one.low:g} to {one.high:g}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

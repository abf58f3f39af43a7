"""What a workbook holds: sheets of real numbers with their units, sources and what was assumed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas as pd

    from ccsim.report.page import Page
    from ccsim.scenario import Scenario

_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?(%?)", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """A sheet: a line on what it shows, and its frame; the column `unit` is that of the row's figures."""

    name: str
    about: str
    frame: pd.DataFrame


def answer(page: Page) -> Sheet:
    """Question, answer, certainty and facts, in the words of the page."""
    import pandas as pd

    told = [("title", page.title), ("about", page.about), ("question", page.question)]
    told += [("answer", f"{one.lead} {one.text}".strip()) for one in page.answer]
    told += [("certainty", f"{one.lead} {one.text}".strip()) for one in page.certainty]
    return Sheet("Answer", page.kind, pd.DataFrame([*told, *page.facts], columns=["what", "text"]))


def assumptions(scenario: Scenario) -> Sheet:
    """Every figure that nobody gave: value and range as numbers where they are numbers."""
    import pandas as pd

    from ccsim.scenario.explain import assumed

    rows = []
    for one in assumed(scenario):
        figures = _numbers(one.text, one.low, one.high)
        items = ", ".join(one.items)
        rows.append([one.path, items, *figures, one.meaning, one.source, one.confidence])
    columns = ["what", "of", "value", "low", "high", "unit", "meaning", "source", "confidence"]
    about = "Assumed, not given, the most influential first"
    return Sheet("Assumptions", about, pd.DataFrame(rows, columns=columns))


def given(scenario: Scenario) -> Sheet:
    """Every value that the scenario states, as it states it."""
    import pandas as pd

    from ccsim.scenario.explain import given as rows_of

    rows = [[one.path, _number(one.text)[0]] for one in rows_of(scenario)]
    return Sheet("Given", "Stated in the scenario, as written", pd.DataFrame(rows, columns=["what", "value"]))


def computed(stands_on: Sequence[tuple[str, str]], told: Sequence[tuple[str, str]]) -> Sheet:
    """What brings the same figures out again, and how they were computed."""
    import pandas as pd

    rows = [*stands_on, *((lead.rstrip(".:"), text) for lead, text in told)]
    return Sheet("Method", "How it was computed", pd.DataFrame(rows, columns=["what", "text"]))


def _numbers(*texts: str) -> list[Any]:
    """The texts as numbers, and their unit: all of them, or none."""
    read = [_number(text) for text in texts]
    units = {unit for (_, unit), text in zip(read, texts, strict=True) if text}
    if len(units) == 1 and None not in units:
        return [*(value for value, _ in read), units.pop()]
    return [*texts, ""]


def _number(text: str) -> tuple[Any, str | None]:
    """A plain number or a per cent as a number with its unit; any other text as it is."""
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        return text, None
    return (float(text.strip().removesuffix("%")) / 100, "share") if found[1] else (float(text), "number")

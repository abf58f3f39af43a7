"""`docs/api.md` is what the docstrings say, and tells every name that is promised and no private one."""

from __future__ import annotations

import re
import sys

from doc_pages import DOCS, titles

import ccsim

sys.path.insert(0, str(DOCS))

import make_api_page

PAGE = (DOCS / "api.md").read_text(encoding="utf-8")


def test_the_page_is_up_to_date() -> None:
    assert make_api_page.page() == PAGE, "stale: python docs/make_api_page.py"


def test_every_promised_name_has_its_heading() -> None:
    told = {title.strip("`").removeprefix("ccsim.") for title in titles(PAGE)}
    assert {name for name in ccsim.__all__ if not name.startswith("_")} <= told
    assert not [name for name in told if name.rpartition(".")[2].startswith("_")]


def test_what_the_functions_give_is_told_too() -> None:
    given = {one for one in re.findall(r"-> (\w+)\n```", PAGE.partition("\n## `J")[0]) if one[0].isupper()}
    assert {"Run", "Journal", "Roi", "Scenario"} <= given
    assert given <= {title.strip("`") for title in titles(PAGE)}

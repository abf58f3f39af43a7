"""The page as HTML: whole in itself, well made, with the figures of the frames, and never markup of a user's."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import read

import ccsim
from ccsim.experiments.compare import Comparison
from ccsim.experiments.run import Run
from ccsim.experiments.sweep import Sweep
from ccsim.report import of_run
from ccsim.report.html import TEMPLATES, as_data, coded, written
from ccsim.report.page import Column, Group, Page, Paragraph, Picture, Row, Section, Table
from ccsim.report.pictures import EMPTY, found
from ccsim.words import cells, compare_answer, numbers

NASTY = (
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "a & b < c", "`<b>code</b>`",
    "{{ 7 * 7 }}", "{% raw %}", "מוקד שירות", "\u202eabc", "]]> --> </style></title>",
)  # fmt: skip


@pytest.mark.parametrize("name", ["run", "every channel", "comparison", "sweep", "rollout"])
def test_a_page_loads_nothing(written_pages: dict[str, str], name: str) -> None:
    page = written_pages[name]
    for tag, attributes in read(page).elements:
        assert tag not in ("script", "link", "iframe", "object", "embed", "base", "form"), tag
        for key in ("src", "href", "srcset", "data", "action", "background"):
            assert attributes.get(key, "data:").startswith("data:"), attributes
        assert not [key for key in attributes if key.startswith("on")], attributes
    assert not re.search(r"url\(|@import", page)


@pytest.mark.parametrize("name", ["run", "every channel", "comparison", "sweep", "rollout"])
def test_a_page_is_well_made(written_pages: dict[str, str], name: str) -> None:
    page = written_pages[name]
    found_ = read(page)
    elements = found_.elements
    assert page.lstrip().startswith("<!DOCTYPE html>")
    assert ("html", {"lang": "en"}) in elements
    assert sum(tag == "h1" for tag, _ in elements) == 1
    levels = [int(tag[1]) for tag, _ in elements if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = {attributes["aria-labelledby"] for _, attributes in elements if "aria-labelledby" in attributes}
    assert named <= set(ids)
    assert all(
        attributes.get("scope") in ("col", "row", "rowgroup") for tag, attributes in elements if tag == "th"
    )
    assert all(text for text in found_.texts["caption"])


@pytest.mark.parametrize("name", ["run", "every channel", "comparison", "sweep", "rollout"])
def test_rows_are_as_long_as_their_heads_and_say_nothing_odd(pages: dict[str, Page], name: str) -> None:
    for section in pages[name].sections:
        for block in section.blocks:
            if isinstance(block, Table):
                for row in (row for group in block.groups for row in group.rows):
                    assert len(row.cells) <= len(block.columns), (block.caption, row)
                    assert not {"nan", "None", "inf"} & set(row.cells), (block.caption, row)


def test_figures_are_those_of_the_summary(small_run: Run, written_pages: dict[str, str]) -> None:
    rows = {row[0]: row for row in read(written_pages["run"]).tables["Headline figures"]}
    frame = small_run.summary()
    for one in frame.to_dict("records"):
        shown = rows[one["label"]]
        if one["value"] == one["value"]:
            assert shown[1] == cells.writer(one["unit"], one["measure"])(one["value"])
        if not one["note"]:
            assert shown[2] == cells.interval(one["unit"], one["measure"], one["low"], one["high"])
        assert shown[4] == cells.interval(one["unit"], one["measure"], one["model_low"], one["model_high"])
        assert shown[6] == {"": "", "ok": "met", "MISS": "missed"}[one["verdict"]]
    assert {row["verdict"] for row in frame.to_dict("records")} >= {"ok", "MISS"}


def test_both_kinds_of_interval_stand_in_columns_apart(written_pages: dict[str, str]) -> None:
    heads = read(written_pages["run"]).tables["Headline figures"][0]
    assert [head for head in heads if "95 %" in head] == ["95 % interval (chance)"]
    assert [head for head in heads if "80 %" in head] == ["80 % range (model)"]


def test_every_assumption_is_listed_with_its_source(small_run: Run, written_pages: dict[str, str]) -> None:
    from ccsim.scenario.explain import assumed

    rows = read(written_pages["run"]).tables["Assumed, not given, the most influential first"][1:]
    told = assumed(small_run.scenario)
    assert [row[0] for row in rows] == [one.path for one in told]
    assert [row[4] for row in rows] == [" ".join(one.source.split()) for one in told]
    assert [row[5] for row in rows] == [one.confidence for one in told]


def test_the_answer_of_a_comparison_is_the_terminal_s(
    small_comparison: Comparison, written_pages: dict[str, str]
) -> None:
    paragraphs = read(written_pages["comparison"]).texts["p"]
    for name in small_comparison.variants:
        assert compare_answer.answer(small_comparison, name).replace("`", "") in paragraphs


def test_the_same_run_gives_the_same_page(small_run: Run, small_file: Path) -> None:
    again = ccsim.run(ccsim.load(small_file), clock="simpy")
    assert written(of_run.page(again, EMPTY)) == written(of_run.page(small_run, EMPTY))


@pytest.mark.parametrize("name", NASTY)
def test_names_that_users_chose_are_never_markup(small_run: Run, name: str) -> None:
    scenario = small_run.scenario.model_copy(update={"name": name})
    page = written(of_run.page(replace(small_run, scenario=scenario), EMPTY))
    shown = read(page)
    assert shown.texts["h1"] == [" ".join(name.split())]
    assert shown.texts["title"] == [" ".join(name.split())]
    usual = read(written(of_run.page(small_run, EMPTY)))
    tags = [tag for tag, _ in usual.elements if tag != "code"]
    assert [tag for tag, _ in shown.elements if tag != "code"] == tags


SOMETIMES = ("code", "wbr", "strong", "p", "tr", "th")  # made by what the text holds, or left out with it


def any_page(text: str) -> Page:
    """A page that has the text wherever a text can be."""
    table = Table(text, (Column(text), Column(text, True)), (Group((Row((text, text), "bad"),), text),), text)
    picture = Picture("one", text, text, 10, 10, b"<svg/>", b"png")
    blocks = (Paragraph(text, text), table, picture)
    told = (Paragraph(text, text),)
    return Page(text, text, text, text, ((text, text),), told, told, (), (Section(text, blocks),), (text,))


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60))
def test_any_text_anywhere_stays_text(text: str) -> None:
    plain, shown = read(written(any_page("x"))), read(written(any_page(text)))
    tags, usual = ([tag for tag, _ in one.elements if tag not in SOMETIMES] for one in (shown, plain))
    assert tags == usual
    assert shown.texts["h1"] == [" ".join(text.split())]
    [image] = [attributes for tag, attributes in shown.elements if tag == "img"]
    assert image["alt"] == f"{text}. {text}"
    assert not {key for _, attributes in shown.elements for key in attributes} - {
        key for _, attributes in plain.elements for key in attributes
    }


@given(st.text(max_size=40))
def test_code_is_escaped_text_between_quotes(text: str) -> None:
    told = str(coded(text))
    assert re.sub(r"</?code>", "", told).count("<") == 0


def test_pictures_of_a_run_are_in_its_page(run_folder: Path) -> None:
    page = (run_folder / "report.html").read_text(encoding="utf-8")
    images = [attributes for tag, attributes in read(page).elements if tag == "img"]
    charts = found(run_folder / "charts").pictures
    assert len(images) == len(charts) == len(list((run_folder / "charts").glob("*.svg"))) == 3
    assert {one["alt"] for one in images} == {f"{one.title}. {one.note}" for one in charts.values()}
    assert all(one.note and one.title != name for name, one in charts.items())
    assert {one["src"] for one in images} == {as_data(one) for one in charts.values()}
    assert len(page) < 3_000_000


def test_a_heavy_picture_goes_in_as_pixels() -> None:
    picture = Picture("x", "", "", 1, 1, b"s" * 200_000, b"p" * 1000)
    assert as_data(picture).startswith("data:image/png")
    assert as_data(replace(picture, svg=b"s" * 2000)).startswith("data:image/svg+xml")
    assert as_data(replace(picture, png=b"p" * 300_000)).startswith("data:image/svg+xml")


def luminance(color: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_colours_can_be_read_in_both_schemes() -> None:
    css = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    schemes = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", part)) for part in css.split("@media")[:2]]
    assert schemes[0] != schemes[1]
    for scheme in schemes:
        for ink in ("ink", "quiet", "accent", "good", "bad"):
            for paper in ("paper", "card"):
                light, dark = sorted((luminance(scheme[ink]), luminance(scheme[paper])), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, paper)


def test_what_is_changed_stands_beside_what_was(written_pages: dict[str, str]) -> None:
    """A rollout's reader is told what its new rules are, too."""
    for name in ("comparison", "rollout"):
        rows = read(written_pages[name]).tables["What is changed"][1:]
        assert ["agents.generalists.on_seat", "3", "+2"] in rows, name


def test_how_certain_a_comparison_is_says_of_what(
    small_comparison: Comparison, written_pages: dict[str, str]
) -> None:
    told = " ".join(read(written_pages["comparison"]).texts["p"])
    money = small_comparison.money_frame().set_index(["variant", "measure"]).loc[("two_more", "net_gain")]
    row = next(
        one for one in small_comparison.variants["two_more"].headlines if one.measure == "service_level"
    )
    verdict = "too close to call" if row.low <= row.target_min <= row.high else "beyond chance"
    assert f"under two_more is {numbers.share(row.value)} (95 % interval" in told
    assert f"{verdict}. The net gain over 12 months is" in told
    half = numbers.money((money["high"] - money["low"]) / 2)
    assert f"{numbers.signed(numbers.money(money['value']))} EUR: ±{half} by chance (95 %)" in told


def test_a_sweep_s_bends_are_in_its_page(small_sweep: Sweep, written_pages: dict[str, str]) -> None:
    page = written_pages["sweep"]
    assert ("From where on more brings clearly less" in page) == bool(small_sweep.all_knees)
    assert "knees.csv" not in page

"""The workbook, read back by another library: real numbers, units, assumptions and sources, no formulas."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ccsim.experiments.compare import Comparison
from ccsim.experiments.rollout import Rollout
from ccsim.experiments.run import Run
from ccsim.experiments.sweep import Sweep
from ccsim.report import of_comparison, of_rollout, of_run, of_sweep
from ccsim.report.book import Sheet
from ccsim.report.page import Page
from ccsim.report.pictures import EMPTY
from ccsim.report.xlsx import written
from ccsim.scenario.explain import assumed


def frame_of(sheet: Worksheet) -> pd.DataFrame:
    """A sheet as a frame: heads stand in its third row."""
    head, *rows = list(sheet.iter_rows(min_row=3, values_only=True))
    return pd.DataFrame(rows, columns=[str(name) for name in head])


def test_the_figures_are_the_summary_s_as_numbers(small_run: Run, pages: dict[str, Page]) -> None:
    book = load_workbook(BytesIO(written(of_run.sheets(small_run, pages["run"]))))
    sheet, summary = book["Figures"], small_run.summary()
    read = frame_of(sheet)
    for name in ("value", "low", "high", "bad day", "model low", "model high", "target min", "target max"):
        numbers = pd.to_numeric(read[name])
        pd.testing.assert_series_equal(numbers, summary[name.replace(" ", "_")], check_names=False)
    assert list(read["unit"]) == list(summary["unit"])
    formats = {
        unit: sheet.cell(4 + line, 1 + list(read.columns).index("value")).number_format
        for line, unit in enumerate(read["unit"])
    }
    assert formats["share"] == "0.0%" and "s" in formats["s"] and formats["points"].startswith("+")


def test_assumptions_have_value_unit_and_source(small_run: Run, pages: dict[str, Page]) -> None:
    book = load_workbook(BytesIO(written(of_run.sheets(small_run, pages["run"]))))
    read, told = frame_of(book["Assumptions"]), assumed(small_run.scenario)
    assert list(read["what"]) == [one.path for one in told]
    assert list(read["source"].fillna("")) == [one.source for one in told]
    by = read.set_index("what")
    redial = by.loc["channels.voice.redial.chance"]
    assert (redial["value"], redial["unit"]) == (0.55, "share")
    churn = by.loc["loyalty.churn.hr_bad_episode"]
    assert (churn["value"], churn["low"], churn["high"], churn["unit"]) == (3, 2, 5, "number")


def test_method_and_answer_are_sheets(small_run: Run, pages: dict[str, Page]) -> None:
    book = load_workbook(BytesIO(written(of_run.sheets(small_run, pages["run"]))))
    assert book.sheetnames[0] == "Answer" and book.sheetnames[-1] == "Method"
    answer = frame_of(book["Answer"]).set_index("what")["text"]
    assert answer["answer"] == pages["run"].answer[0].text
    assert frame_of(book["Method"]).set_index("what")["text"]["seed"] == "1"


def test_differences_are_those_of_the_comparison(
    small_comparison: Comparison, pages: dict[str, Page]
) -> None:
    book = load_workbook(BytesIO(written(of_comparison.sheets(small_comparison, pages["comparison"]))))
    read, there = frame_of(book["Differences"]), small_comparison.differences()
    assert list(read["verdict"]) == list(there["verdict"])
    pd.testing.assert_series_equal(pd.to_numeric(read["difference"]), there["difference"])


def test_sweeps_and_rollouts_have_their_frames(
    small_sweep: Sweep, small_rollout: Rollout, pages: dict[str, Page]
) -> None:
    sweep = load_workbook(BytesIO(written(of_sweep.sheets(small_sweep, pages["sweep"]))))
    assert len(frame_of(sweep["Responses"])) == len(small_sweep.responses())
    rollout = load_workbook(BytesIO(written(of_rollout.sheets(small_rollout, pages["rollout"]))))
    assert len(frame_of(rollout["targets"])) == len(small_rollout.targets())
    assert "individuals" not in rollout.sheetnames


def test_the_same_content_is_the_same_bytes(small_run: Run, pages: dict[str, Page]) -> None:
    sheets = of_run.sheets(small_run, pages["run"])
    assert written(sheets) == written(of_run.sheets(small_run, pages["run"]))


@pytest.mark.parametrize(
    "name", ["=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "http://example.org", "<b>&\"'", "מוקד"]
)
def test_what_users_wrote_is_text_and_no_formula(small_run: Run, pages: dict[str, Page], name: str) -> None:
    scenario = small_run.scenario.model_copy(update={"name": name})
    run = replace(small_run, scenario=scenario)
    book = load_workbook(BytesIO(written(of_run.sheets(run, of_run.page(run, EMPTY)))))
    [cell] = [row[1] for row in book["Answer"].iter_rows(min_row=4) if row[0].value == "title"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (name, "s", None)


def test_what_is_not_known_is_an_empty_cell() -> None:
    frame = pd.DataFrame({"value": [1.5, float("nan"), float("inf")], "unit": ["s", "s", "s"]})
    book = load_workbook(BytesIO(written([Sheet("One", "about", frame)])))
    assert [row[0] for row in book["One"].iter_rows(min_row=4, values_only=True)] == [1.5, None, None]
    assert book["One"]["A1"].value == "about"

"""The notebook runs from top to bottom, and the figures kept in it are those it gives."""

from __future__ import annotations

import re

import nbformat
from refresh import NOTEBOOK, executed


def test_first_run_runs_from_top_to_bottom_and_is_not_stale() -> None:
    kept = nbformat.read(NOTEBOOK, as_version=4)
    for fresh, old in zip(executed().cells, kept.cells, strict=True):
        if fresh.cell_type == "code":
            assert _figures(fresh) == _figures(old), "stale: python tests/notebooks/refresh.py"


def _figures(cell: nbformat.NotebookNode) -> list[str]:
    """The numbers in a cell's texts; how they are laid out is the libraries' business."""
    shown = [one.get("text") or one.get("data", {}).get("text/plain", "") for one in cell.outputs]
    return [n for text in shown if "<Figure" not in text for n in re.findall(r"\d+\.\d+", text)]

"""Execute the notebooks and keep their outputs: `python tests/notebooks/refresh.py [NAME ...]`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import nbformat
import pandas as pd
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def kept(name: str) -> nbformat.NotebookNode:
    """A notebook as it is, by its file's name without the ending."""
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def executed(name: str) -> nbformat.NotebookNode:
    """The same with fresh outputs."""
    resources = {"metadata": {"path": str(NOTEBOOKS)}}
    return NotebookClient(kept(name), timeout=300, resources=resources).execute()


def figures(cell: nbformat.NotebookNode) -> list[str]:
    """The numbers in a cell's texts; how they are laid out is the libraries' business."""
    shown = [one.get("text") or one.get("data", {}).get("text/plain", "") for one in cell.outputs]
    return [n for text in shown if "<Figure" not in text for n in re.findall(r"-?\d+\.\d+", text)]


def is_stale(fresh: nbformat.NotebookNode, old: nbformat.NotebookNode) -> bool:
    """Whether any code cell gives other figures than those kept in it."""
    pairs = zip(fresh.cells, old.cells, strict=True)
    return any(figures(one) != figures(other) for one, other in pairs if one.cell_type == "code")


def told(name: str) -> str:
    """All that the cells of a notebook as kept have printed."""
    outputs = [one for cell in kept(name).cells for one in cell.get("outputs", [])]
    return "".join(one.get("text", "") for one in outputs)


def frames(name: str) -> list[pd.DataFrame]:
    """The tables that a notebook as kept shows."""
    outputs = [one for cell in kept(name).cells for one in cell.get("outputs", [])]
    pages = [one["data"]["text/html"] for one in outputs if "text/html" in one.get("data", {})]
    return [_frame(page) for page in pages]


def _frame(page: str) -> pd.DataFrame:
    """A table of pandas' HTML as text: its index in columns of its own."""
    rows = [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    ]
    head, index, *body = rows
    return pd.DataFrame(body, columns=[named or column for column, named in zip(head, index, strict=True)])


def main() -> None:
    """Write them back, without what changes from one execution to the next."""
    for name in sys.argv[1:] or sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")):
        done = executed(name)
        done.metadata["language_info"] = {"name": "python"}
        for cell in done.cells:
            cell.metadata = {name: cell.metadata[name] for name in ("tags",) if name in cell.metadata}
        nbformat.write(done, NOTEBOOKS / f"{name}.ipynb")


if __name__ == "__main__":
    main()

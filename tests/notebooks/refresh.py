"""Execute the notebooks and keep their outputs: `python tests/notebooks/refresh.py [NAME ...]`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import nbformat
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


def main() -> None:
    """Write them back, without what changes from one execution to the next."""
    for name in sys.argv[1:] or sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")):
        done = executed(name)
        done.metadata["language_info"] = {"name": "python"}
        for cell in done.cells:
            cell.metadata = {}
        nbformat.write(done, NOTEBOOKS / f"{name}.ipynb")


if __name__ == "__main__":
    main()

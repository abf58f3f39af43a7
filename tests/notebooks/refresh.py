"""Execute the notebook and keep its outputs: `python tests/notebooks/refresh.py`."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "first_run.ipynb"


def executed() -> nbformat.NotebookNode:
    """The notebook with fresh outputs."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    resources = {"metadata": {"path": str(NOTEBOOK.parent)}}
    return NotebookClient(notebook, timeout=300, resources=resources).execute()


def main() -> None:
    """Write it back, without what changes from one execution to the next."""
    done = executed()
    done.metadata["language_info"] = {"name": "python"}
    for cell in done.cells:
        cell.metadata = {}
    nbformat.write(done, NOTEBOOK)


if __name__ == "__main__":
    main()

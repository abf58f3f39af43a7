"""Imports point one way only: the table of the house, read off every import statement."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "ccsim"
GROUND = {"errors", "limits", "units", "distributions", "parameters", "theory"}
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "limits": set(),
    "units": {"errors"},
    "distributions": {"errors", "units"},
    "parameters": {"errors", "units"},
    "theory": {"errors", "units", "distributions"},
    "scenario": GROUND,
    "demand": GROUND | {"scenario"},
    "centre": GROUND | {"scenario", "demand"},
    "results": GROUND | {"scenario", "centre"},
    "experiments": GROUND | {"scenario", "demand", "centre", "results"},
    "words": GROUND | {"scenario", "demand", "centre", "results", "experiments"},
    "charts": GROUND | {"scenario", "demand", "centre", "results", "experiments", "words"},
    "report": GROUND | {"scenario", "demand", "centre", "results", "experiments", "words", "charts"},
    "cli": GROUND | {"scenario", "demand", "centre", "results", "experiments", "words", "charts", "report"},
}
ONLY_THE_JOURNAL = "ccsim.centre.journal"
FILES = sorted(PACKAGE.rglob("*.py"))


def imported(file: Path) -> set[str]:
    """Every module of ours that a file imports, at the top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative imports hide where they point"
            module = node.module or ""
            found |= {module} | {f"{module}.{alias.name}" for alias in node.names if module == "ccsim"}
    return {name for name in found if name == "ccsim" or name.startswith("ccsim.")}


def room(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_imports_point_one_way(file: Path) -> None:
    own = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    for name in imported(file):
        if own == "__init__":
            continue
        assert name != "ccsim" or own == "cli", f"{file} imports the root package"
        if own == "results" and room(name) == "centre":
            assert name.startswith(ONLY_THE_JOURNAL), f"{file} reads {name}, not the journal"
        target = room(name)
        if target and target != "__version__":
            assert target in ALLOWED[own] | {own}, f"{own} may not import {target} ({file})"


def test_every_room_is_in_the_table() -> None:
    rooms = {path.stem for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert rooms | {"errors", "units", "parameters"} <= set(ALLOWED)


def test_no_file_is_too_long() -> None:
    lengths = {str(file): len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    assert {name: lines for name, lines in lengths.items() if lines > 400} == {}

"""The root package promises a few names, keeps them, and is light to import."""

from __future__ import annotations

import inspect
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import ccsim

PROMISED = {"load", "simulate", "run", "open_run", "open_comparison", "compare", "write_report", "roi", "Run", "stored_runs", "__version__",
            "Comparison", "Rollout", "rollout", "open_rollout", "Sweep", "sweep", "open_sweep"}  # fmt: skip
HEAVY = ("numpy", "pandas", "scipy", "matplotlib", "pydantic", "simpy", "numba", "rich.console")


def test_the_table_of_contents_is_what_was_promised() -> None:
    assert set(ccsim.__all__) == PROMISED


@pytest.mark.parametrize("name", sorted(PROMISED - {"__version__"}))
def test_promised_names_are_there_and_documented(name: str) -> None:
    assert inspect.getdoc(getattr(ccsim, name))
    assert name in dir(ccsim)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="simulat"):
        _ = ccsim.simulat  # type: ignore[attr-defined]


def test_the_version_is_the_package_s() -> None:
    project = Path(__file__).parents[1] / "pyproject.toml"
    assert tomllib.loads(project.read_text())["project"]["version"] == ccsim.__version__


@pytest.mark.parametrize("module", ["ccsim", "ccsim.cli", "ccsim.cli.app"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"

"""`--json`: one document on stdout, as `docs/json.md` shows it; errors too."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from doc_pages import DOCS
from said import Call
from typer.main import get_command

from ccsim.cli.app import app

sys.path.insert(0, str(DOCS))

import make_json_page

PAGE = (DOCS / "json.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def documents() -> dict[str, dict[str, Any]]:
    """The document of each command of the page; reading it says that nothing else was on stdout."""
    return make_json_page.documents()


def example(name: str) -> dict[str, Any]:
    """What the page shows of a command."""
    section = PAGE[PAGE.index(f"\n## {name}\n") :]
    found = re.search(r"```json\n(.*?)\n```", section, re.DOTALL)
    assert found
    shown: dict[str, Any] = json.loads(found[1])
    return shown


def like(shown: Any, told: Any, at: str) -> None:
    """Whether a value has the keys and types that the page shows; null says nothing of a type."""
    if shown is None or told is None:
        return
    if isinstance(shown, dict):
        assert isinstance(told, dict) and list(told) == list(shown), at
        for key in shown:
            like(shown[key], told[key], f"{at}.{key}")
    elif isinstance(shown, list):
        assert isinstance(told, list) and (told or not shown), at
        for item in told if shown else ():
            like(shown[0], item, f"{at}[]")
    else:
        numbers = (
            (int, float) if not isinstance(shown, bool) and isinstance(shown, int | float) else type(shown)
        )
        assert isinstance(told, numbers), (at, shown, told)


@pytest.mark.parametrize("name", [*make_json_page.COMMANDS, "errors"])
def test_the_page_shows_what_is_printed(documents: dict[str, dict[str, Any]], name: str) -> None:
    like(example(name), documents[name], name)
    expected = "run" if name == "errors" else name
    assert documents[name]["command"] == expected and documents[name]["ccsim"]


def test_every_command_that_speaks_json_is_on_the_page() -> None:
    commands: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]
    speaking = {name for name, one in commands.items() if any("--json" in each.opts for each in one.params)}
    assert {"run", "compare", "why", "roi", "check", "staff", "erlang", "explain", "runs", "open"} <= speaking
    assert all(f"\n## {name}\n" in PAGE or f"`{name}`" in PAGE for name in speaking)


def test_figures_are_those_of_the_folder(call: Call, here: Path) -> None:
    import pandas as pd

    options = ("--clock", "simpy", "--replications", "2", "--no-charts")
    told = json.loads(call("run", "small.yaml", *options, "--json").out)
    kept = pd.read_csv(here / told["folder"] / "summary.csv")
    assert [row["measure"] for row in told["summary"]] == kept["measure"].tolist()
    for name in ("value", "low", "model_high"):
        values = [float("nan") if row[name] is None else row[name] for row in told["summary"]]
        assert values == pytest.approx(kept[name].tolist(), nan_ok=True)
    again = json.loads(call("open", told["folder"], "--json").out)
    assert (
        again["summary"] == told["summary"]
        and again["measures"] == told["measures"]
        and again["kind"] == "run"
    )
    assert again["about"]["digest"] == told["about"]["digest"]


def test_all_that_explains_one_run(call: Call) -> None:
    call("run", "small.yaml", "--clock", "simpy", "--replications", "2", "--no-charts", "--out", "base")
    call(
        "run",
        "small.yaml",
        "--variant",
        "two_more",
        "--clock",
        "simpy",
        "--replications",
        "2",
        "--no-charts",
        "--out",
        "two",
    )
    gains = json.loads(call("why", "two", "--against", "base", "--by", "intent", "--json").out)
    assert (
        gains["against"]["variant"] is None
        and gains["about"]["variant"] == "two_more"
        and gains["fix_first"] == []
    )
    assert {row["intent"] for row in gains["drivers"]} == {"billing", "technical"}
    earned = json.loads(
        call("roi", "two", "--against", "base", "--draws", "20", "--json", "--out", "roi").out
    )
    assert earned["folder"] == "roi" and {row["measure"] for row in earned["figures"]} >= {"net_gain", "roi"}
    assert sum(row["net"] for row in earned["by_intent"]) == pytest.approx(
        next(row["value"] for row in earned["figures"] if row["measure"] == "net_gain")
    )


def test_faults_are_in_the_document_and_the_exit_code_is_kept(call: Call, here: Path) -> None:
    text = (here / "small.yaml").read_text()
    (here / "broken.yaml").write_text(
        text.replace("patience: 3min", "patients: 3min").replace("600/week", "600")
    )
    checked, ran = (call(command, "broken.yaml", "--json") for command in ("check", "run"))
    assert checked.code == ran.code == 2
    told, failed = json.loads(checked.out), json.loads(ran.out)
    assert not told["ok"] and told["faults"] == failed["faults"] and len(told["faults"]) == 2
    [first, second] = told["faults"]
    assert first["line"] == 16 and first["key"] == "channels.voice.patients" and "patience" in first["hint"]
    assert second["key"] == "arrivals.voice.contacts" and "600/week" in second["hint"]
    assert failed["exit_code"] == 2 and "2 faults" in failed["error"] and "2 faults" in ran.err
    assert json.loads(call("check", "small.yaml", "--json").out) | {"ccsim": ""} == {
        "command": "check", "ccsim": "", "folder": None, "file": "small.yaml", "ok": True, "faults": [], "warnings": [],
    }  # fmt: skip


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 130), (ZeroDivisionError("oh"), 70)])
def test_what_breaks_is_a_document_too(
    call: Call, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("ccsim.experiments.run.replicate", breaks)
    said = call("run", "small.yaml", "--json")
    told = json.loads(said.out)
    assert said.code == code == told["exit_code"] and told["faults"] == [] and told["error"]
    assert call("run", "nowhere.yaml").out == ""  # and it is forgotten afterwards


def test_what_is_not_known_is_null_and_letters_are_ascii(call: Call, here: Path) -> None:
    text = (here / "small.yaml").read_text().replace("Small line", "Café ☎")
    (here / "poor.yaml").write_text(
        text.replace("{count: 6000, margin: 14.00/month, churn: 18%/year}", "{}"), encoding="utf-8"
    )
    said = call("run", "poor.yaml", "--clock", "simpy", "--replications", "1", "--no-charts", "--json")
    assert said.out.isascii() and "NaN" not in said.out and "Infinity" not in said.out
    told = json.loads(said.out)
    assert told["about"]["name"] == "Café ☎"
    assert all(row["low"] is None for row in told["summary"])
    assert "stay unknown" in said.err

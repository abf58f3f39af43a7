"""Write docs/scenario.md from the models and what their keys mean: `python docs/make_scenario_page.py`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo

from ccsim.distributions import FAMILIES
from ccsim.scenario.fields import Section
from ccsim.scenario.meanings import NAME, about, meanings, sections
from ccsim.scenario.schema import schema
from ccsim.scenario.shape import model_at
from ccsim.scenario.usual import usual_values
from ccsim.units import format_duration, plain

DOCS = Path(__file__).parent
PAGE, TEMPLATE = DOCS / "scenario.md", DOCS / "scenario.template.md"
HEAD = "| key | for example | what it says | if left out |\n|---|---|---|---|"
_SIZES = {"mean": "4min", "cv": "0.9", "shape": "0.8", "k": "2", "value": "30s",
          "low": "30s", "mode": "1min", "high": "4min"}  # fmt: skip


_schema = cache(schema)


def page() -> str:
    """The whole page."""
    text = TEMPLATE.read_text(encoding="utf-8")
    told = [_section(path, model) for path, model in sections()]
    return text.replace("{{families}}", "\n".join(_families())).replace("{{sections}}", "\n".join(told))


def _section(path: tuple[str, ...], model: type[Section]) -> str:
    level = "##" if len([step for step in path if step != NAME]) <= 1 else "###"
    head = f"{level} {f'`{_spelt(path)}`' if path else 'The file'}\n\n{about(model.__name__)}\n"
    rows = [_row(path, model, key) for key in meanings(model.__name__)]
    return "\n".join([head, HEAD, *rows, ""]) if rows else head


def _row(path: tuple[str, ...], model: type[Section], key: str) -> str:
    example, text, left_out = meanings(model.__name__)[key]
    choices = [f"`{word}`" for word in _choices(model, key)]
    if not all(word in text for word in choices):
        text = f"{text}: {', '.join(choices)}"
    cells = (f"`{key}`", f"`{example}`", text, left_out or _left_out((*path, key), model))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _choices(model: type[Section], key: str) -> list[str]:
    """The words that the key takes, where it takes only certain ones."""
    made = _schema()
    body = made if model.__name__ == "Scenario" else made["$defs"].get(model.__name__, {})
    words = body.get("properties", {}).get(key, {}).get("enum", [])
    return [word for word in words if isinstance(word, str)] if True not in words else []


def _left_out(path: tuple[str, ...], model: type[Section]) -> str:
    """What holds where the key is not written."""
    steps = tuple("*" if step == NAME else step for step in path)
    usual = [f"`{one.text}`{_kinds(one.kinds)}" for one in usual_values() if one.path == steps]
    if usual:
        return "; ".join(usual)
    field = next((one for name, one in model.model_fields.items() if _key(name, one) == path[-1]), None)
    return "" if field is None else _default(field)


def _kinds(kinds: tuple[str, ...]) -> str:
    return f" ({', '.join(kinds)})" if kinds else ""


def _key(name: str, field: FieldInfo) -> str:
    return str(field.validation_alias or name)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    value = field.get_default(call_default_factory=True, validated_data={})
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, int | float):
        return f"`{_written(value, field)}`"
    return f"`{value}`" if isinstance(value, str | date) and str(value) else ""


def _written(value: float, field: FieldInfo) -> str:
    """A number as a file has it, by what an editor is told of the key."""
    told = [one.json_schema or {} for one in field.metadata if isinstance(one, WithJsonSchema)]
    hints = [str(one.get("description", "")) for one in told]
    among = [word for one in told for word in one.get("enum", [])]
    if any(hint.startswith("a duration") for hint in hints) or format_duration(value) in among:
        return format_duration(value)
    if any(hint.startswith("a share") for hint in hints):
        return f"{plain(100 * value)}%"
    return plain(value)


def _spelt(path: tuple[str, ...]) -> str:
    """A path as a heading has it: a list where its example is one."""
    above = model_at(path[:-2])
    listed = path[-1] == NAME and above and meanings(above.__name__)[path[-2]].example.startswith("[")
    return ".".join(path[:-1]) + "[]" if listed else ".".join(path)


def _families() -> Iterator[str]:
    """The families whose parameters are single numbers, as one writes them."""
    for family in FAMILIES.values():
        body = ", ".join(f"{key}: {_SIZES[key]}" for key in family.fields if key in _SIZES)
        if body:
            yield f"| `{family.name}` | `{{{family.name}: {{{body}}}}}` |"


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()

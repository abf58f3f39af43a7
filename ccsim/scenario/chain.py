"""``extends``: a file built on another one in the same folder, and that one maybe on a third."""

from __future__ import annotations

from pathlib import Path

from ccsim.errors import Fault, ScenarioError
from ccsim.scenario.merging import laid_over, tidied
from ccsim.scenario.nodes import Entry, Items, Node, Scalar, Table
from ccsim.scenario.reader import read_file

EXTENDS = "extends"
LONGEST = 10


def read_chain(path: Path, label: str) -> Node:
    """The file laid over what it extends, and so on down; values keep the file they are from.

    Raises ScenarioError for a chain that bites its tail, is longer than ten files, or leads out
    of the folder of the first file.
    """
    return on_its_base(tidied(read_file(path, label)), path, label)


def on_its_base(tree: Node, path: Path, label: str) -> Node:
    """A tree already read, laid over the files it extends."""
    folder = _resolved(path).parent
    trees, files = [tree], [_resolved(path)]
    while (step := _extended(trees[-1])) is not None:
        file, name = files[-1].parent / step.text, step.text
        trees[-1] = _without(trees[-1])
        _allowed(file, name, folder, files, step)
        relative = _resolved(file).relative_to(folder)
        shown = str(Path(label).parent / relative)
        below = tidied(read_file(_resolved(file), shown))
        trees.append(_moved(below, relative.parent))
        files.append(_resolved(file))
    merged = trees[-1]
    for top in reversed(trees[:-1]):
        merged = laid_over(merged, top)
    return merged


def _extended(tree: Node) -> Scalar | None:
    entry = tree.entries.get(EXTENDS) if isinstance(tree, Table) else None
    if entry is None:
        return None
    if isinstance(entry.node, Scalar) and entry.node.text:
        return entry.node
    mark = entry.node.mark
    raise ScenarioError(
        [
            Fault(
                mark.file,
                mark.line,
                mark.column,
                EXTENDS,
                "one file name is needed here",
                "write `extends: base.yaml`",
            )
        ]
    )


def _without(tree: Node) -> Node:
    assert isinstance(tree, Table)
    return Table({key: entry for key, entry in tree.entries.items() if key != EXTENDS}, tree.mark)


def _allowed(file: Path, name: str, folder: Path, files: list[Path], step: Scalar) -> None:
    message, hint = "", None
    target = _resolved(file)
    if not target.is_relative_to(folder):
        message, hint = "leads out of the scenario's folder", "keep the file beside the scenario"
    elif target in files:
        turn = " -> ".join(f.name for f in [*files[files.index(target) :], target])
        message, hint = f"the files extend each other in a circle ({turn})", "leave one link out"
    elif len(files) > LONGEST:
        message = f"more than {LONGEST} files extend each other"
    elif not _is_file(target):
        message, hint = f"there is no file `{name[:60]}` beside this one", None
    if message:
        mark = step.mark
        raise ScenarioError([Fault(mark.file, mark.line, mark.column, EXTENDS, message, hint)])


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return path.absolute() if "\0" not in str(path) else Path("/nowhere")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _moved(node: Node, folder: Path, key: str = "") -> Node:
    """Tables of a file in a subfolder, named from the first file's folder."""
    if str(folder) == ".":
        return node
    if isinstance(node, Scalar):
        is_table = key == "from" and node.text.lower().endswith(".csv")
        return Scalar((folder / node.text).as_posix(), node.mark) if is_table else node
    if isinstance(node, Items):
        return Items(tuple(_moved(item, folder) for item in node.nodes), node.mark)
    return Table(
        {name: Entry(entry.mark, _moved(entry.node, folder, name)) for name, entry in node.entries.items()},
        node.mark,
    )

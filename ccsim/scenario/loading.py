"""From files to a frozen ``Scenario``: read, merge, lay defaults under, validate, check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ccsim.errors import CcsimError, Fault, ScenarioError
from ccsim.scenario.chain import on_its_base, read_chain
from ccsim.scenario.changes import Change, applied, parse_sets, value_node
from ccsim.scenario.context import FIRST_MONDAY, Context
from ccsim.scenario.faults import UNKNOWN_KEY, fault_at, faults_of
from ccsim.scenario.individuals import with_listed_groups
from ccsim.scenario.kinds import USUAL_KINDS
from ccsim.scenario.merging import expanded, said, tidied
from ccsim.scenario.names import channel_names
from ccsim.scenario.nodes import Mark, Node, Scalar, Table, find, from_plain, plain
from ccsim.scenario.reader import read_text
from ccsim.scenario.references import is_foreign, reference_faults, says_too_little
from ccsim.scenario.scenario import FORMAT, Scenario, Source
from ccsim.scenario.sense import sense_faults
from ccsim.scenario.trouble import nearest
from ccsim.units import UnitError, parse_date

MOST_VARIANTS = 100


def load(path: str | PathLike[str], variant: str | None = None, sets: Sequence[str] = ()) -> Scenario:
    """Read a scenario file; apply a variant of it and ``--set`` changes (``path=value``).

    Raises ScenarioError with every fault found; nothing is ever written.
    """
    label = fspath(path)
    file = Path(label)
    return made(read_chain(file, label), Source(file, label, variant, tuple(sets)))


def loads(
    text: str,
    folder: str | PathLike[str] | None = None,
    variant: str | None = None,
    sets: Sequence[str] = (),
    label: str = "scenario",
) -> Scenario:
    """The same from YAML text; tables and extended files are looked for in ``folder``."""
    tree = tidied(read_text(text, label))
    file = Path(fspath(folder)) / label if folder is not None else None
    if file is not None:
        tree = on_its_base(tree, file, label)
    return made(tree, Source(file, label, variant, tuple(sets)))


def changed(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """The scenario with values replaced by path; texts as ``--set`` reads them."""
    source = scenario.source
    if source.tree is None:
        raise CcsimError("this scenario was not read from text: it cannot be changed by path")
    label = "with_changes"
    asked = [
        Change(
            path,
            value_node(value, label) if isinstance(value, str) else from_plain(value, Mark(label)),
            Mark(label),
        )
        for path, value in changes.items()
    ]
    tree = applied(source.tree, asked)
    base = None if source.base is None else _fitting(source.base, asked)
    return validated(tree, replace(source, tree=tree, base=base))


def without_variant(scenario: Scenario) -> Scenario | None:
    """The base of a variant, all other changes kept; None where the scenario is no variant."""
    source = scenario.source
    if source.base is None:
        return None
    return validated(source.base, replace(source, variant=None, tree=source.base, base=None))


def made(tree: Node, source: Source) -> Scenario:
    """The scenario of a merged tree, with the variant and the sets of its source applied."""
    if not isinstance(tree, Table):
        raise ScenarioError(
            [Fault(source.label, 1, 1, "", "this is not a scenario", "start with `ccsim: 1`")]
        )
    tree = said(tree)
    base = validated(tree, replace(source, tree=tree))
    faults = variant_faults(tree, source)
    if faults:
        raise ScenarioError(faults)
    if source.variant is None and not source.sets:
        return base
    name, sets = source.variant, parse_sets(source.sets)
    if name is not None:
        source = replace(source, base=_fitting(tree, sets))
        tree = applied(tree, variant_changes(tree, name, source.label))
    tree = applied(tree, sets)
    return validated(tree, replace(source, tree=tree))


def _fitting(tree: Node, changes: Sequence[Change]) -> Node:
    """The tree with those changes that fit: some may speak of what only the variant has."""
    for change in changes:
        with suppress(ScenarioError):
            tree = applied(tree, [change])
    return tree


def variant_changes(tree: Node, name: str, label: str) -> list[Change]:
    """The overrides of a variant, each with its place in the file."""
    variants = find(tree, ("variants",))
    known = list(variants.entries) if isinstance(variants, Table) else []
    node = find(tree, ("variants", name, "set"))
    if name not in known:
        hint = nearest(name, known) or (
            f"variants: {', '.join(known)}" if known else "the file has no `variants:`"
        )
        raise ScenarioError([Fault(label, 0, 0, f"variants.{name[:40]}", "no such variant", hint)])
    if not isinstance(node, Table):
        return []
    return [Change(path, entry.node, entry.mark) for path, entry in node.entries.items()]


def variant_faults(tree: Node, source: Source) -> list[Fault]:
    """Faults that only show when a variant is applied; each says which variant."""
    variants = find(tree, ("variants",))
    names = list(variants.entries) if isinstance(variants, Table) else []
    if len(names) > MOST_VARIANTS:
        return [
            fault_at(
                tree,
                ("variants", names[MOST_VARIANTS]),
                f"more than {MOST_VARIANTS} variants",
                "keep some in a file of their own",
                at_key=True,
            )
        ]
    faults: list[Fault] = []
    for name in names:
        try:
            there = applied(tree, variant_changes(tree, name, source.label))
            validated(there, source)
        except ScenarioError as error:
            faults += [
                replace(fault, message=f"{fault.message} (in variant `{name}`)") for fault in error.faults
            ]
    return faults


def validated(tree: Node, source: Source) -> Scenario:
    """The scenario of a merged tree; ScenarioError with the faults of all sections at once."""
    context = context_for(expanded(tree), source)
    full = expanded(with_listed_groups(tree, context))
    faults = _head_faults(full)
    scenario = None
    try:
        scenario = Scenario.model_validate({**plain(full), "source": source}, context=context)
    except ValidationError as error:
        faults += faults_of(error, full)
    faults = _settled(faults, reference_faults(full))
    if scenario is not None and not faults:
        faults = sense_faults(scenario, full)
    if faults or scenario is None:
        raise ScenarioError(faults)
    return scenario


def _head_faults(tree: Node) -> list[Fault]:
    if isinstance(tree, Table) and "ccsim" in tree.entries:
        return []
    return [
        Fault(
            tree.mark.file,
            1,
            1,
            "ccsim",
            "is missing",
            f"write `ccsim: {FORMAT}` on the first line: the version of the format",
        )
    ]


def _settled(schema: list[Fault], references: list[Fault]) -> list[Fault]:
    """Both kinds of faults, without echoes.

    What stands below a word that is no channel is not judged; a key at fault is named once;
    an item with an unknown key is not told as well that it says too little.
    """
    foreign = tuple(f"{fault.key}." for fault in references if is_foreign(fault))
    kept = [fault for fault in schema if not f"{fault.key}.".startswith(foreign or ("\0",))]
    taken = {fault.key for fault in kept}
    misspelt = {fault.key.rpartition(".")[0] for fault in kept if fault.message == UNKNOWN_KEY}
    return kept + [
        fault
        for fault in references
        if fault.key not in taken and not (says_too_little(fault) and fault.key in misspelt)
    ]


def context_for(tree: Node, source: Source) -> Context:
    """What sections must know of each other, read leniently: their own faults come later."""
    folder = source.path.parent if source.path else None
    label = str(Path(source.label).parent) if source.path else ""
    return Context(folder, label, _start(tree), (*USUAL_KINDS, *channel_names(tree)))


def _start(tree: Node) -> date:
    node = find(tree, ("start",))
    try:
        return parse_date(node.text) if isinstance(node, Scalar) else FIRST_MONDAY
    except UnitError:
        return FIRST_MONDAY

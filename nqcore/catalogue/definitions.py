"""Definitions: all that a plugin can define in TOML files, read into frozen values.

A file may contain any of these tables. `id`, `code` and `key` are lower-case unless they are a form's
row labels. Dates are TOML dates, decimals are in quotes. Several [[indicator]] tables with one code are
its versions, each in force from its own `since` on.

    [pack]         id, since, basis: defaults for the other tables of the file
    [[directive]]  number, type, issuer, body, title, [id, date, term, source]
    [[link]]       source, kind, target, [basis]
    [[unit]]       code, name, kind, [parent, sector, opened, closed, order, basis, ids]
    [[change]]     id, date, kind, transfers or unit, [name, parent, unit_kind, sector, basis]
    [[placement]]  unit, hierarchy, [parent, since, until, basis, order]
    [[handover]]   unit, way, form | task | target | reports, [successor, since, basis]
    [[indicator]]  label, name, measure, [code, decimals, units, time, weight, direction, formula,
                   minimum, maximum, at_most, parts, asks, note]
    [[form]]       id, title, directive, every, due, [owed_by, calendar, until, leader], [[form.section]]
                   key, title, [figures, [[…narrative]], [[…choices]], [[…document]], tasks]
    [[target]]     id, directive, indicator, value, period, [aim, scope]
    [[task]]       id, directive, title, responsible or responsible_name, [cooperating, deadline,
                   answers, implements, order]
    [[rule]]       id, kind, directive, title, type, [indicators, scope, sentences, tasks, order, …]
    [[overlay]]    id, form | task | target | indicator, within, [until], [overlay.set]
    [letterhead]   superior, body, place, symbol, authority, post, [signer, recipients]
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from importlib.resources import files
from importlib.resources.abc import Traversable

from nqcore.catalogue.directive_tables import (
    read_directive,
    read_letterhead,
    read_link,
    read_target,
    read_task,
)
from nqcore.catalogue.form_tables import read_form_table
from nqcore.catalogue.indicator_tables import read_indicator
from nqcore.catalogue.pack import PackDefaults
from nqcore.catalogue.rule_tables import read_overlay, read_rule
from nqcore.catalogue.toml_table import TomlTable
from nqcore.catalogue.unit_tables import read_change, read_handover, read_placement, read_unit
from nqcore.errors import DefinitionError
from nqcore.model.changes import ChangeEvent, Placement
from nqcore.model.directives import Directive, Link
from nqcore.model.forms import Form
from nqcore.model.handovers import Handover
from nqcore.model.indicators import Indicator
from nqcore.model.overlays import Overlay
from nqcore.model.reports import Letterhead
from nqcore.model.rules import RuleDefinition
from nqcore.model.targets import Target, Task
from nqcore.model.units import Unit
from nqcore.text.folding import nfc

MAX_FILE = 256 * 1024
"""Bytes of one definition file; a TOML parser is slow on a huge file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """What the definition files of one plugin define. Every part is in the order of the files."""

    directives: tuple[Directive, ...] = ()
    links: tuple[Link, ...] = ()
    units: tuple[Unit, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    forms: tuple[Form, ...] = ()
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    rules: tuple[RuleDefinition, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    letterheads: tuple[Letterhead, ...] = ()
    changes: tuple[ChangeEvent, ...] = ()
    placements: tuple[Placement, ...] = ()
    handovers: tuple[Handover, ...] = ()


def read_definitions(package: str) -> Definitions:
    """All ``*.toml`` files beside the code of `package`, in the order of their names.

    Raises DefinitionError naming file and key.
    """
    root = files(package)
    found = sorted(
        (entry for entry in root.iterdir() if entry.name.endswith(".toml")), key=lambda e: e.name
    )
    return merge_files(
        parse_definitions(f"{package}/{file.name}", _read(package, file)) for file in found
    )


def _read(package: str, file: Traversable) -> str:
    data = file.read_bytes()
    if len(data) > MAX_FILE:
        raise DefinitionError(
            file=f"{package}/{file.name}", key="", detail="is over 256 KiB; split it"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise DefinitionError(file=f"{package}/{file.name}", key="", detail=str(wrong)) from wrong


def merge_files(parts: Iterable[Definitions]) -> Definitions:
    """One Definitions with all items of `parts`, in order."""
    everything = tuple(parts)
    return Definitions(
        **{
            field.name: tuple(item for part in everything for item in getattr(part, field.name))
            for field in fields(Definitions)
        }
    )


def parse_definitions(file: str, text: str) -> Definitions:
    """What the TOML `text` defines; errors name it as `file`. Raises DefinitionError."""
    try:
        table = tomllib.loads(nfc(text))
    except tomllib.TOMLDecodeError as wrong:
        raise DefinitionError(file=file, key="TOML", detail=str(wrong)) from wrong
    keys = TomlTable(file, "", table)
    pack = PackDefaults.read(keys.table("pack"))
    head = keys.table("letterhead")
    found = Definitions(
        directives=tuple(read_directive(k) for k in keys.tables("directive")),
        links=tuple(read_link(k, pack) for k in keys.tables("link")),
        units=tuple(read_unit(k, pack, nth) for nth, k in enumerate(keys.tables("unit"), 1)),
        indicators=tuple(read_indicator(k, pack) for k in keys.tables("indicator")),
        forms=tuple(read_form_table(k, pack) for k in keys.tables("form")),
        targets=tuple(read_target(k, pack) for k in keys.tables("target")),
        tasks=tuple(read_task(k, pack, nth) for nth, k in enumerate(keys.tables("task"), 1)),
        rules=tuple(read_rule(k, pack, nth) for nth, k in enumerate(keys.tables("rule"), 1)),
        overlays=tuple(read_overlay(k, pack) for k in keys.tables("overlay")),
        letterheads=() if head is None else (read_letterhead(head),),
        changes=tuple(read_change(k, pack) for k in keys.tables("change")),
        placements=tuple(
            read_placement(k, pack, n) for n, k in enumerate(keys.tables("placement"), 1)
        ),
        handovers=tuple(read_handover(k, pack) for k in keys.tables("handover")),
    )
    keys.done()
    return found

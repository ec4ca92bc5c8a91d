"""Definitions: everything that a plugin can say in TOML, read into frozen values.

A file may hold any of these tables. `id`, `code` and `key` are lower-case unless they are a form's
row labels. Dates are TOML dates, decimals are quoted. Several [[indicator]] of one code are its
versions, each in force from its own `since` on.

    [pack]       id, since, basis                 defaults for the items of the file
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
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable

from nqcore.catalogue.form_tables import read_form_table
from nqcore.catalogue.pack import PackDefaults
from nqcore.catalogue.rule_tables import read_overlay, read_rule
from nqcore.catalogue.toml_table import TomlTable
from nqcore.catalogue.unit_tables import read_change, read_handover, read_placement, read_unit
from nqcore.errors import DefinitionError
from nqcore.formulas import parse
from nqcore.model.changes import ChangeEvent, Placement
from nqcore.model.directives import Directive, Link, LinkKind
from nqcore.model.forms import (
    Form,
)
from nqcore.model.handovers import Handover
from nqcore.model.indicators import Direction, Indicator, OverTime, OverUnits
from nqcore.model.overlays import Overlay
from nqcore.model.periods import (
    read_period,
)
from nqcore.model.reports import Letterhead
from nqcore.model.rules import RuleDefinition
from nqcore.model.targets import Aim, Target, Task
from nqcore.model.units import Unit
from nqcore.text.folding import nfc

MAX_FILE = 256 * 1024
"""Bytes of one definition file; TOML readers are slow on hostile giants."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """What one plugin's definition files say. Every part is in the order of the files."""

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
    """One Definitions with everything of `parts`, in order."""
    everything = tuple(parts)
    names = Definitions.__slots__
    return Definitions(
        **{name: tuple(x for p in everything for x in getattr(p, name)) for name in names}
    )


def parse_definitions(file: str, text: str) -> Definitions:
    """What the TOML `text` defines; `file` is the name that errors give."""
    try:
        table = tomllib.loads(nfc(text))
    except tomllib.TOMLDecodeError as wrong:
        raise DefinitionError(file=file, key="TOML", detail=str(wrong)) from wrong
    keys = TomlTable(file, "", table)
    pack = PackDefaults.read(keys.table("pack"))
    head = keys.table("letterhead")
    found = Definitions(
        directives=tuple(_directive(k) for k in keys.tables("directive")),
        links=tuple(_link(k, pack) for k in keys.tables("link")),
        units=tuple(read_unit(k, pack, nth) for nth, k in enumerate(keys.tables("unit"), 1)),
        indicators=tuple(_indicator(k, pack) for k in keys.tables("indicator")),
        forms=tuple(read_form_table(k, pack) for k in keys.tables("form")),
        targets=tuple(_target(k, pack) for k in keys.tables("target")),
        tasks=tuple(_task(k, pack, nth) for nth, k in enumerate(keys.tables("task"), 1)),
        rules=tuple(read_rule(k, pack, nth) for nth, k in enumerate(keys.tables("rule"), 1)),
        overlays=tuple(read_overlay(k, pack) for k in keys.tables("overlay")),
        letterheads=() if head is None else (_letterhead(head),),
        changes=tuple(read_change(k, pack) for k in keys.tables("change")),
        placements=tuple(
            read_placement(k, pack, n) for n, k in enumerate(keys.tables("placement"), 1)
        ),
        handovers=tuple(read_handover(k, pack) for k in keys.tables("handover")),
    )
    keys.done()
    return found


def _directive(keys: TomlTable) -> Directive:
    number, issued = keys.text("number"), keys.opt_day("date")
    slug = number.lower().replace("/", "-").replace("đ", "d")
    found = Directive(
        id=keys.text("id", f"{slug}.{issued.isoformat()}" if issued else slug),
        type=keys.text("type"),
        number=number,
        issuer=keys.text("issuer"),
        body=keys.text("body"),
        title=keys.text("title"),
        date=issued,
        term=keys.text("term", ""),
        source=keys.text("source", ""),
    )
    keys.done()
    return found


def _link(keys: TomlTable, pack: PackDefaults) -> Link:
    found = Link(
        source=keys.text("source"),
        kind=keys.choice("kind", LinkKind),
        target=keys.text("target"),
        basis=keys.text("basis", pack.basis),
    )
    keys.done()
    return found


def _indicator(keys: TomlTable, pack: PackDefaults) -> Indicator:
    label = keys.code("label")
    formula = keys.read("formula", parse) if keys.has("formula") else None
    at_most = keys.opt_text("at_most")
    weight = keys.opt_text("weight")
    found = Indicator(
        code=keys.code("code", pack.code(label)),
        label=label,
        name=keys.text("name"),
        measure=keys.text("measure"),
        decimals=keys.whole("decimals", 0),
        over_units=keys.choice("units", OverUnits, OverUnits.SUM),
        over_time=keys.choice("time", OverTime, OverTime.SUM),
        weight=pack.code(weight) if weight else None,
        direction=keys.choice("direction", Direction, Direction.NEUTRAL),
        formula=formula and formula.renamed(pack.code),
        minimum=keys.opt_number("minimum", Decimal(0)),
        maximum=keys.opt_number("maximum"),
        at_most=pack.code(at_most) if at_most else None,
        parts=tuple(pack.code(part) for part in keys.texts("parts")),
        asks=keys.scope("asks"),
        note=keys.text("note", ""),
        since=pack.since_of(keys),
        basis=pack.basis_of(keys),
    )
    if not 0 <= found.decimals <= 6:
        raise keys.wrong("decimals", "must be from 0 to 6")
    if found.over_units is OverUnits.WEIGHTED_MEAN and weight is None:
        raise keys.wrong("weight", "is missing; name the indicator that weighs the mean")
    keys.done()
    return found


def _target(keys: TomlTable, pack: PackDefaults) -> Target:
    found = Target(
        id=keys.text("id"),
        directive=keys.text("directive"),
        indicator=pack.code(keys.text("indicator")),
        value=keys.number("value"),
        period=keys.read("period", lambda code: read_period(code).code),
        aim=keys.choice("aim", Aim, Aim.AT_LEAST),
        scope=keys.scope("scope"),
        basis=pack.basis_of(keys),
    )
    keys.done()
    return found


def _task(keys: TomlTable, pack: PackDefaults, nth: int) -> Task:
    found = Task(
        id=keys.text("id"),
        directive=keys.text("directive"),
        title=keys.text("title"),
        responsible=keys.text("responsible", ""),
        responsible_name=keys.text("responsible_name", ""),
        cooperating=keys.texts("cooperating"),
        deadline=keys.opt_day("deadline"),
        answers=keys.texts("answers"),
        implements=keys.texts("implements"),
        order=keys.whole("order", nth),
        basis=pack.basis_of(keys),
    )
    if bool(found.responsible.strip()) == bool(found.responsible_name.strip()):
        raise keys.wrong(
            "responsible",
            "give it (a unit's code), or responsible_name (the words) for a body outside the tree",
        )
    keys.done()
    return found


def _letterhead(keys: TomlTable) -> Letterhead:
    found = Letterhead(
        superior=keys.text("superior"),
        body=keys.text("body"),
        place=keys.text("place"),
        symbol=keys.text("symbol"),
        authority=keys.text("authority"),
        post=keys.text("post"),
        signer=keys.text("signer", ""),
        recipients=keys.texts("recipients"),
    )
    keys.done()
    return found

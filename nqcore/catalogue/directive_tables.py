"""The tables of a definition file about guiding documents: directives, links, targets, tasks, and the
letterhead of the office."""

from __future__ import annotations

from nqcore.catalogue.pack import PackDefaults
from nqcore.catalogue.toml_table import TomlTable
from nqcore.model.directives import Directive, Link, LinkKind
from nqcore.model.periods import read_period
from nqcore.model.reports import Letterhead
from nqcore.model.targets import Aim, Target, Task


def read_directive(keys: TomlTable) -> Directive:
    """The directive of a table [[directive]]."""
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


def read_link(keys: TomlTable, pack: PackDefaults) -> Link:
    """The link of a table [[link]]."""
    found = Link(
        source=keys.text("source"),
        kind=keys.choice("kind", LinkKind),
        target=keys.text("target"),
        basis=keys.text("basis", pack.basis),
    )
    keys.done()
    return found


def read_target(keys: TomlTable, pack: PackDefaults) -> Target:
    """The target of a table [[target]]."""
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


def read_task(keys: TomlTable, pack: PackDefaults, nth: int) -> Task:
    """The task of a table [[task]]; `nth` is its place in the file."""
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


def read_letterhead(keys: TomlTable) -> Letterhead:
    """The letterhead of the table [letterhead]."""
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

"""The tables of a definition file that describe units, their changes, placements and handovers."""

from __future__ import annotations

from fractions import Fraction

from nqcore.catalogue.pack import PackDefaults
from nqcore.catalogue.toml_table import TomlTable
from nqcore.model.changes import ChangeEvent, ChangeKind, Placement, Transfer
from nqcore.model.handovers import Disposal, Duty, Handover
from nqcore.model.units import Sector, Unit, UnitKind


def read_unit(keys: TomlTable, pack: PackDefaults, nth: int) -> Unit:
    """The unit of a table [[unit]]; `nth` is its place in the file."""
    kind = keys.choice("kind", UnitKind)
    sector = (
        keys.choice("sector", Sector)
        if kind in (UnitKind.ENTERPRISE, UnitKind.COOPERATIVE)
        else None
    )
    found = Unit(
        code=keys.code("code"),
        name=keys.text("name"),
        kind=kind,
        parent=keys.opt_text("parent"),
        sector=sector,
        opened=keys.opt_day("opened"),
        closed=keys.opt_day("closed"),
        basis=pack.basis_of(keys),
        order=keys.whole("order", nth),
        ids=_ids(keys),
    )
    if found.opened and found.closed and found.closed <= found.opened:
        raise keys.wrong("closed", "must be after opened: the first day without the unit")
    keys.done()
    return found


def _ids(keys: TomlTable) -> tuple[tuple[str, str], ...]:
    """The unit's codes in other systems: ``ids = { gso = "00097" }``; text, because of leading zeros."""
    inner = keys.table("ids")
    if inner is None:
        return ()
    return tuple((scheme, inner.text(scheme)) for scheme in inner.left)


def read_change(keys: TomlTable, pack: PackDefaults) -> ChangeEvent:
    """The change of units of a table [[change]]."""
    found = ChangeEvent(
        id=keys.code("id"),
        date=keys.day("date"),
        kind=keys.choice("kind", ChangeKind),
        basis=pack.basis_of(keys),
        transfers=tuple(_transfer(k) for k in keys.tables("transfers")),
        unit=keys.opt_text("unit"),
        name=keys.opt_text("name"),
        parent=keys.opt_text("parent"),
        unit_kind=keys.choice("unit_kind", UnitKind) if keys.has("unit_kind") else None,
        sector=keys.choice("sector", Sector) if keys.has("sector") else None,
    )
    keys.done()
    return found


def _transfer(keys: TomlTable) -> Transfer:
    found = Transfer(
        source=keys.text("source"),
        target=keys.text("target"),
        share=keys.read("share", Fraction) if keys.has("share") else None,
        basis=keys.text("basis", ""),
    )
    keys.done()
    return found


def read_placement(keys: TomlTable, pack: PackDefaults, nth: int) -> Placement:
    """The place in another hierarchy of a table [[placement]]; `nth` is its place in the file."""
    found = Placement(
        unit=keys.text("unit"),
        hierarchy=keys.code("hierarchy"),
        parent=keys.opt_text("parent"),
        since=keys.opt_day("since") or pack.since,
        until=keys.opt_day("until"),
        basis=pack.basis_of(keys),
        order=keys.whole("order", nth),
    )
    if found.hierarchy == "main":
        raise keys.wrong("hierarchy", "is the tree itself; set parent in [[unit]] or [[change]]")
    if found.since and found.until and found.until <= found.since:
        raise keys.wrong("until", "must be after since: the first day without the place")
    keys.done()
    return found


def read_handover(keys: TomlTable, pack: PackDefaults) -> Handover:
    """The decision on a duty of a table [[handover]]."""
    duties = [duty for duty in Duty if keys.has(duty.value)]
    if len(duties) != 1:
        raise keys.wrong("", "give exactly one of form, task, target, or reports = true")
    duty = duties[0]
    if duty is Duty.REPORTS and not keys.flag(duty.value):
        raise keys.wrong(duty.value, "is false; leave it out, or give true")
    found = Handover(
        unit=keys.text("unit"),
        duty=duty,
        of="" if duty is Duty.REPORTS else keys.text(duty.value),
        disposal=keys.choice("way", Disposal),
        successor=keys.opt_text("successor"),
        since=pack.since_of(keys),
        basis=pack.basis_of(keys),
    )
    keys.done()
    return found

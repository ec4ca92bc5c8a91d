"""The mappings that an office keeps, in the journal, and how one fits another file of the same layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.tables import MAPPINGS
from nqcore.collection.validation.texts import check_texts
from nqcore.errors import N_, InputError, Phrase, UnknownName
from nqcore.store import Store
from nqcore.text.folding import fold, nfc
from nqcore.text.suggestions import did_you_mean
from nqcore.workspace.table_import.guess import guess_mapping, table_period, table_unit, year_of
from nqcore.workspace.table_import.layout import TableArea, find_tables, heading_text, layout_word
from nqcore.workspace.table_import.mapping import MAPPING, RowAxis, TableColumn, TableMapping
from nqcore.workspace.table_import.office import TableOffice
from nqcore.workspace.table_import.period_names import period_in
from nqcore.workspace.table_import.table_file import SheetView, TableFile

LONGEST_NAME = 120


class MappingUnnamed(InputError):
    """A mapping is to be kept without a name, or with one that is too long. Params: most."""

    code = "mapping-unnamed"
    template = N_("Give the way of reading a name of 1 to {most} letters, such as “Form 01”.")


class LayoutDiffers(InputError):
    """No table of the file has the layout of the mapping. Params: name, file."""

    code = "layout-differs"
    template = N_(
        "No table in {file} has the layout of “{name}”. Choose the file on the page “Tables of "
        "several units” and say how it is read."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMapping:
    """A mapping with who kept it last, for which unit, and when."""

    mapping: TableMapping
    unit: str
    by: str
    at: datetime


class KeptMappings:
    """The mappings of an office by name. Two names with the same fold are one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> tuple[KeptMapping, ...]:
        """All of them, the newest first."""
        found = [_read(doc) for doc in self._store.table(MAPPINGS)]
        return tuple(sorted(found, key=lambda one: one.at, reverse=True))

    def get(self, name: str) -> KeptMapping:
        """The mapping of that name. Raises UnknownName."""
        doc = self._store.get(MAPPINGS, fold(name).strip())
        if doc is None:
            known = [one.mapping.name for one in self.all()]
            hint = did_you_mean(name, known) or Phrase(
                N_("The page “Tables of several units” lists them: {names}."),
                {"names": ", ".join(known) or "–"},
            )
            raise UnknownName(kind="mapping", name=name, hint=hint)
        return _read(doc)

    def keep(self, actor: Actor, mapping: TableMapping) -> TableMapping:
        """Keep the mapping under its name, in place of an earlier one. The same once more writes nothing.
        Raises MappingUnnamed, TextRefused, NotAllowed."""
        name = " ".join(nfc(mapping.name).split())
        if not 0 < len(name) <= LONGEST_NAME:
            raise MappingUnnamed(most=LONGEST_NAME)
        check_texts({"": name})
        actor.require(Action.APPROVE, actor.account.unit)
        mapping = replace(mapping, name=name)
        key = fold(name).strip()
        old = self._store.get(MAPPINGS, key)
        if old is not None:
            actor.require(Action.APPROVE, old["unit"])
            if _read(old).mapping == mapping:
                return mapping
        with self._store.change(by=actor.login, do="keep-mapping", why=name, at=actor.at) as change:
            change.put(
                MAPPINGS,
                key,
                {
                    "mapping": MAPPING.to_doc(mapping),
                    "unit": actor.account.unit,
                    "by": actor.login,
                    "at": actor.at.isoformat(),
                },
            )
        return mapping

    def forget(self, actor: Actor, name: str) -> None:
        """Forget a mapping. Raises UnknownName, NotAllowed."""
        kept = self.get(name)
        actor.require(Action.APPROVE, kept.unit)
        with self._store.change(by=actor.login, do="drop-mapping", why=name, at=actor.at) as change:
            change.drop(MAPPINGS, fold(name).strip())


def _read(doc: dict[str, object]) -> KeptMapping:
    return KeptMapping(
        mapping=MAPPING.from_doc(doc["mapping"]),  # type: ignore[arg-type]  # a document of MAPPING
        unit=str(doc["unit"]),
        by=str(doc["by"]),
        at=datetime.fromisoformat(str(doc["at"])),
    )


def fitted(office: TableOffice, file: TableFile, mapping: TableMapping) -> TableMapping | None:
    """The mapping for the table of the file that has its layout; None where none has. The period, and the
    unit of a unit's own sheet, are read again: "" where the file does not name them."""
    return next(_fits(office, file, mapping), None)


def _fits(office: TableOffice, file: TableFile, mapping: TableMapping) -> Iterator[TableMapping]:
    if not any(mapping.layout):
        return  # without a heading nothing says that it is the same table
    views = sorted(file.sheets, key=lambda view: view.sheet.name != mapping.sheet)
    for view in views:
        for area in find_tables(view):
            if _layout(view, area) == mapping.layout:
                yield _moved(office, view, area, mapping)


def _layout(view: SheetView, area: TableArea) -> tuple[str, ...]:
    return tuple(layout_word(heading_text(view, area.first, area.head, at)) for at in area.columns)


def _moved(
    office: TableOffice, view: SheetView, area: TableArea, mapping: TableMapping
) -> TableMapping:
    guessed = guess_mapping(office, view, area)
    year = year_of(office, view, area.first)
    columns = tuple(
        _column(view, area, one, at, year)
        for one, at in zip(mapping.columns, area.columns, strict=True)
    )
    found = replace(
        mapping,
        sheet=view.sheet.name,
        first=area.first,
        head=area.head,
        last=area.last,
        columns=columns,
        marks={**guessed.marks, **mapping.marks},
    )
    if mapping.period:
        found = replace(found, period=table_period(view, found) or "")
    if mapping.rows is not RowAxis.UNIT and mapping.unit:
        found = replace(found, unit=table_unit(office, view, area.first))
    return found


def _column(view: SheetView, area: TableArea, one: TableColumn, at: int, year: str) -> TableColumn:
    period = one.period
    if period:
        period = period_in(heading_text(view, area.first, area.head, at), year)
    return replace(one, at=at, period=period)

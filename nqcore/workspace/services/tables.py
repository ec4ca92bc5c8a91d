"""`ws.tables`: tables of other offices, read through a mapping (*Nạp bảng*)."""

from __future__ import annotations

from dataclasses import replace

from nqcore.collection.accounts.access import Account
from nqcore.workspace.arguments import checked
from nqcore.workspace.import_plan import save_plan
from nqcore.workspace.open_state import OpenState
from nqcore.workspace.table_import.guess import guess_mapping, guess_mappings
from nqcore.workspace.table_import.kept import KeptMapping, KeptMappings, LayoutDiffers, fitted
from nqcore.workspace.table_import.layout import TableArea
from nqcore.workspace.table_import.mapping import MappingUnreadable, TableMapping
from nqcore.workspace.table_import.office import TableOffice
from nqcore.workspace.table_import.plan import TableLook, look_at
from nqcore.workspace.table_import.table_file import TableFile, read_table_file


@checked
class TableService:
    """Reads tables of units as the account `by` may enter them."""

    def __init__(self, state: OpenState) -> None:
        self._state = state

    def office(self, by: Account | str) -> TableOffice:
        """The units, indicators and periods that the account may enter.

        >>> [unit.code for unit in ws.tables.office("duyet").units]
        ['top', 'xa-a', 'dn-1', 'dn-2', 'xa-b', 'dn-3']
        """
        return TableOffice(self._state.context.repository, self._state.account(by))

    def read(self, name: str, data: bytes) -> TableFile:
        """A file with tables: .xlsx, .xls, .ods or .csv. Raises FileRefused.

        >>> file = ws.tables.read("quy.csv", b"code;B1\\ndn-3;120\\n")
        >>> [sheet.sheet.name for sheet in file.sheets]
        ['quy']
        """
        return read_table_file(name, data)

    def guess(self, file: TableFile, *, by: Account | str) -> tuple[TableMapping, ...]:
        """How each table of the file is probably read.

        >>> file = ws.tables.read("quy.csv", b"code;B1\\ndn-3;120\\n")
        >>> (found,) = ws.tables.guess(file, by="duyet")
        >>> found.rows.value, [(one.at, one.indicator) for one in found.figures]
        ('unit', [(1, 's.B1')])
        """
        office = self.office(by)
        return tuple(one for view in file.sheets for one in guess_mappings(office, view))

    def guess_again(
        self, file: TableFile, mapping: TableMapping, *, by: Account | str
    ) -> TableMapping:
        """How the table in the rows of the mapping is probably read, where each row is what the mapping says.
        Raises MappingUnreadable where the file has no such table.

        >>> file = ws.tables.read("quy.csv", b"code;B1\\ndn-3;120\\n")
        >>> (found,) = ws.tables.guess(file, by="duyet")
        >>> ws.tables.guess_again(file, found, by="duyet") == found
        True
        """
        view = file.sheet(mapping.sheet)
        columns = {
            at
            for row, several in (view.rows if view else {}).items()
            if mapping.first <= row <= mapping.last
            for at in several
        }
        if view is None or not columns:
            raise MappingUnreadable
        area = TableArea(
            first=mapping.first,
            head=mapping.head,
            last=mapping.last,
            columns=tuple(sorted(columns)),
        )
        return guess_mapping(self.office(by), view, area, mapping.rows)

    def look(
        self, file: TableFile, mapping: TableMapping, *, by: Account | str, history: bool = False
    ) -> TableLook:
        """What the table would change, cell by cell, and what is wrong with it. Saves nothing. `history`: as
        `nqcore.workspace.bulk_import.accept_import` takes it, also for periods before the office began to
        collect. Raises MappingUnreadable where the file has no such sheet.

        >>> file = ws.tables.read("quy.csv", b"Q1/2018;B1\\ndn-3;120\\n")
        >>> (mapping,) = ws.tables.guess(file, by="duyet")
        >>> look = ws.tables.look(file, mapping, by="duyet")
        >>> [(change.obligation.submission, change.field, change.new) for change in look.plan.changes]
        [('2018-Q1_s.q_dn-3', 'B1', '120')]
        """
        if file.sheet(mapping.sheet) is None:
            raise MappingUnreadable
        office = self.office(by)
        if history:
            office = TableOffice(office.repository.of_all_time, office.by)
        return look_at(office, file, mapping)

    def apply(self, look: TableLook, *, by: Account | str) -> int:
        """Save the drafts, all of them or none; how many reports they are. Raises ImportRefused, NotAllowed,
        Conflict.

        >>> file = ws.tables.read("quy.csv", b"Q1/2018;B1\\ndn-3;120\\n")
        >>> (mapping,) = ws.tables.guess(file, by="duyet")
        >>> ws.tables.apply(ws.tables.look(file, mapping, by="duyet"), by="duyet")
        1
        """
        return save_plan(self._state.workflow, self._state.actor(by), look.checked())

    # -- mappings that are kept --------------------------------------------------------------------

    @property
    def _kept(self) -> KeptMappings:
        return KeptMappings(self._state.store)

    def kept(self) -> tuple[KeptMapping, ...]:
        """The mappings that the office keeps, the newest first.

        >>> ws.tables.kept()
        ()
        """
        return self._kept.all()

    def keep(self, mapping: TableMapping, *, by: Account | str) -> TableMapping:
        """Keep the mapping under its name for the next file of the same layout. Raises MappingUnnamed,
        TextRefused, NotAllowed.

        >>> from dataclasses import replace
        >>> file = ws.tables.read("quy.csv", b"code;B1\\ndn-3;120\\n")
        >>> (found,) = ws.tables.guess(file, by="duyet")
        >>> ws.tables.keep(replace(found, name="Biểu 01"), by="duyet").name
        'Biểu 01'
        """
        return self._kept.keep(self._state.actor(by), mapping)

    def forget(self, name: str, *, by: Account | str) -> None:
        """Keep the mapping of that name no longer. Raises UnknownName, NotAllowed.

        >>> from dataclasses import replace
        >>> file = ws.tables.read("quy.csv", b"code;B1\\ndn-3;120\\n")
        >>> (found,) = ws.tables.guess(file, by="duyet")
        >>> kept = ws.tables.keep(replace(found, name="Biểu 01"), by="duyet")
        >>> ws.tables.forget("bieu 01", by="duyet")
        >>> ws.tables.kept()
        ()
        """
        self._kept.forget(self._state.actor(by), name)

    def fitting(self, file: TableFile, *, by: Account | str) -> TableMapping | None:
        """The newest kept mapping that has the layout of a table of the file, made to fit it; None where none
        has.

        >>> file = ws.tables.read("quy.csv", b"code;B1\\ndn-3;120\\n")
        >>> ws.tables.fitting(file, by="duyet") is None
        True
        """
        office = self.office(by)
        fits = (fitted(office, file, one.mapping) for one in self.kept())
        return next((found for found in fits if found is not None), None)

    def mapped(
        self, file: TableFile, name: str, *, by: Account | str, period: str = "", unit: str = ""
    ) -> TableMapping:
        """The kept mapping of that name, made to fit the file. `period`, `unit`: those of its figures,
        whatever the file says. Raises UnknownName, LayoutDiffers.

        >>> from dataclasses import replace
        >>> file = ws.tables.read("quy.csv", b"code;B1\\ndn-3;120\\n")
        >>> (found,) = ws.tables.guess(file, by="duyet")
        >>> kept = ws.tables.keep(replace(found, name="Biểu 01"), by="duyet")
        >>> ws.tables.mapped(file, "Biểu 01", by="duyet", period="2018-Q1").period
        '2018-Q1'
        """
        mapping = fitted(self.office(by), file, self._kept.get(name).mapping)
        if mapping is None:
            raise LayoutDiffers(name=name, file=file.name)
        return replace(mapping, period=period or mapping.period, unit=unit or mapping.unit)

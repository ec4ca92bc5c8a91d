"""The whole way from the rows of a list to units; all mistakes are named at once."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from nqcore.catalogue.bundled import bundled
from nqcore.errors import N_, InputError, Phrase
from nqcore.files.incoming import CSV, ODS, check, load, read_in_child, recognise, text_of
from nqcore.files.spreadsheets.delimited import BrokenRow, text_rows
from nqcore.files.spreadsheets.tables import TABLE_KINDS, table_rows
from nqcore.model.unit_kinds import UnitKindDefinition, UnitKinds
from nqcore.model.units import KINDS_WITH_SECTOR, Sector, Unit
from nqcore.text.folding import slug
from nqcore.text.names import check_name
from nqcore.text.suggestions import closest
from nqcore.workspace.unit_list.codes import KnownUnits, free_code, is_code
from nqcore.workspace.unit_list.columns import ListHeading, Row, find_heading
from nqcore.workspace.unit_list.faults import RowFaults
from nqcore.workspace.unit_list.kind_words import KindWords, words_of
from nqcore.workspace.unit_list.rows import ListRow, RowKind, list_rows

LIST_FILES = (*TABLE_KINDS, ODS, CSV)
_BASIS = "danh sách của cơ quan"
_STATE = frozenset({"state", "nha nuoc", "khu vuc nha nuoc"})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitList:
    """The units of a list, in its order, and what the reader should know: rows that are no units, columns
    that are not used, what was made of names."""

    units: tuple[Unit, ...]
    notes: tuple[Phrase, ...] = ()


def read_units(path: Path, kinds: UnitKinds | None = None) -> tuple[Unit, ...]:
    """The units of `read_unit_list`; without `kinds` those that every office has are known."""
    if kinds is None:
        kinds = {one.code: one for one in bundled().unit_kinds}
    return read_unit_list(path, kinds).units


def read_unit_list(
    path: Path, kinds: UnitKinds, existing: Mapping[str, Unit] | None = None, under: str = ""
) -> UnitList:
    """The units of the list in a file; the arguments and what it says are those of `read_rows`. Raises also
    FileRefused."""
    faults = RowFaults(path.name)
    rows: list[Row] = []
    try:
        rows += _filled(_rows_of(path.name, load(path, LIST_FILES)))
    except BrokenRow as wrong:
        faults.add_detail(wrong.row, Phrase(wrong.template, wrong.params))
    return _read(rows, kinds, existing or {}, under, faults)


def pasted_rows(text: str) -> list[Row]:
    """The rows of a list that was pasted: cells of a spreadsheet, or a name in each line, which may hold
    commas. Raises BrokenRow."""
    if "\t" in text:
        return _filled(text_rows(text, "\t"))
    rows = _filled(text_rows(text))
    heading = find_heading(rows)
    if heading is not None and not heading.named_only:
        return rows
    return _filled((number, [line]) for number, line in enumerate(text.splitlines(), 1))


def file_text(name: str, data: bytes) -> str:
    """The rows of a file as text that `pasted_rows` reads; blank rows stay, so that rows keep their numbers.
    Raises FileRefused, BrokenRow."""
    rows = dict(_rows_of(name, data))
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    for number in range(1, max(rows, default=0) + 1):
        writer.writerow([" ".join(cell.split()) for cell in rows.get(number, ())])
    return text.getvalue()


def read_rows(
    rows: Sequence[Row],
    kinds: UnitKinds,
    existing: Mapping[str, Unit],
    under: str,
    file: str = "",
) -> UnitList:
    """The units of the rows, in their order.

    The heading is the first row that names the columns, in English or Vietnamese: a name, and as far as
    the list has them a code, a kind, a parent and a sector. Rows above it are a title. A row with nothing
    but a name is a group ("Khối xã": the kind of the rows below it, where they have none), the unit above
    those below it ("I. Huyện Tân Hòa"), a total or a note. A code is made of the name, a kind read from the
    first words of the name, where there is none. A parent is a code or a name, of the list or of the units
    `existing`; without a parent a unit stands under the one of its group, under `under`, or, in a list
    without a column of parents, under its first one. The order of a unit is its row number.

    Raises BadUnitList for a mistake, BadUnitRows for several; an unknown kind is named once, with its rows.
    """
    return _read(rows, kinds, existing, under, RowFaults(file))


def _filled(rows: Iterable[tuple[int, Sequence[str]]]) -> list[Row]:
    return [(number, row) for number, row in rows if any(cell.strip() for cell in row)]


def _rows_of(name: str, data: bytes) -> Iterable[tuple[int, Sequence[str]]]:
    if recognise(name, data, LIST_FILES) is CSV:
        return text_rows(text_of(name, data, CSV))
    check(name, data, LIST_FILES)
    return enumerate(read_in_child(table_rows, data, file=name), 1)


def _read(
    rows: Sequence[Row],
    kinds: UnitKinds,
    existing: Mapping[str, Unit],
    under: str,
    faults: RowFaults,
) -> UnitList:
    if not rows:
        faults.finish()
        return UnitList(units=())
    heading = find_heading(rows)
    if heading is None:
        faults.add(
            rows[0][0],
            N_(
                "no row names the columns. Write a heading above the units: name, kind, parent, code "
                "(tên, loại, cấp trên, mã); at least the name."
            ),
        )
        faults.finish()
        raise AssertionError("finish raises what was added")
    words = KindWords(kinds)
    several = list(list_rows(rows, heading, words))
    found = _UnitsOfRows(several, heading, words, existing, under, faults)
    faults.finish()
    return UnitList(units=tuple(found.units), notes=tuple(_notes(several, heading, found)))


class _UnitsOfRows:
    """The units that the rows are, and what is wrong with others."""

    def __init__(
        self,
        rows: Sequence[ListRow],
        heading: ListHeading,
        kinds: KindWords,
        existing: Mapping[str, Unit],
        under: str,
        faults: RowFaults,
    ) -> None:
        self._kinds, self._faults, self._existing = kinds, faults, existing
        self._rows = [row for row in rows if row.what in (RowKind.UNIT, RowKind.HEAD)]
        self.made = 0
        self.guessed: Counter[str] = Counter()
        self._unknown: dict[str, list[int]] = {}
        codes = self._codes()
        self._codes_in_words = {words_of(row.code) for row in self._rows if row.code}
        kind_of = {row.number: self._kind(row) for row in self._rows}
        known = KnownUnits({codes[row.number]: row.name for row in self._rows}, existing)
        first = under or ("" if "parent" in heading.columns else self._first(codes))
        self.units: list[Unit] = []
        for row in self._rows:
            code, kind = codes[row.number], kind_of[row.number]
            parent = self._parent(row, code, known) or (first if first != code else "")
            if kind is not None and self._is_named(row):
                self.units.append(_unit(row, code, kind, parent))
        self._tell_unknown()

    def _first(self, codes: Mapping[int, str]) -> str:
        return codes[self._rows[0].number] if self._rows else ""

    def _is_named(self, row: ListRow) -> bool:
        if not row.name:
            self._faults.add(row.number, N_("the name is empty. Write it."))
            return False
        try:
            check_name(row.name)
        except InputError as refused:
            self._faults.add_detail(row.number, refused)
            return False
        return True

    def _codes(self) -> dict[int, str]:
        """The code of each row: its own, or one made of its name that no other has."""
        found: dict[int, str] = {}
        first: dict[str, int] = {}
        for row in self._rows:
            if row.code:
                found[row.number] = code = row.code.lower()
                self._check_code(row, code, first)
                first.setdefault(code, row.number)
        for row in self._rows:
            if not row.code:
                taken = {*first, *self._existing}
                found[row.number] = code = free_code(row.name, taken)
                first[code] = row.number
                self.made += bool(row.name)
        return found

    def _check_code(self, row: ListRow, code: str, first: Mapping[str, int]) -> None:
        if not is_code(code):
            self._faults.add(
                row.number,
                N_(
                    "the code “{code}” may hold small letters without accents, digits, “.” and “-” only. "
                    "Write it such as {example}."
                ),
                code=row.code,
                example=slug(row.name),
            )
        elif code in first:
            self._faults.add(
                row.number,
                N_(
                    "the code “{code}” stands twice, in row {first} too. Write another one for this unit."
                ),
                code=row.code,
                first=first[code],
            )
        elif code in self._existing:
            self._faults.add(
                row.number,
                N_(
                    "the code “{code}” is that of {unit}, which is there already. Take the row out."
                ),
                code=row.code,
                unit=self._existing[code].name,
            )

    def _kind(self, row: ListRow) -> UnitKindDefinition | None:
        if row.kind:
            if (found := self._kinds.find(row.kind)) is None:
                self._unknown.setdefault(row.kind, []).append(row.number)
            return found
        if row.of_group is not None:
            return row.of_group
        found = self._kinds.of_name(row.name)
        if found is not None:
            self.guessed[found.name] += 1
        elif row.name:
            self._faults.add(
                row.number,
                N_(
                    "the kind is empty, and the name “{name}” does not begin with one. Write the kind in "
                    "a column “Loại”, for example {names}."
                ),
                name=row.name,
                names=self._kinds.names,
            )
        return found

    def _parent(self, row: ListRow, code: str, known: KnownUnits) -> str:
        """The code of the unit above the one of the row; "": it names none."""
        text = row.parent or row.head
        if not text:
            return ""
        codes = [one for one in known.codes(text) if one != code] or known.codes(text)
        if len(codes) == 1:
            return codes[0]
        if not codes and words_of(text) in self._codes_in_words:
            return ""  # the row with that code has a mistake of its own
        if not codes:
            meant = closest(text, known.names) or closest(
                words_of(text), [words_of(name) for name in known.names]
            )
            hint = N_("its parent “{parent}” is not in the list. Add it or correct the code.")
            nearest = N_(
                "its parent “{parent}” is not in the list. Add it or correct it: is “{nearest}” meant?"
            )
            self._faults.add(
                row.number, nearest if meant else hint, parent=text, nearest=meant or ""
            )
        else:
            self._faults.add(
                row.number,
                N_("several units are called “{parent}”: {codes}. Write the code of its parent."),
                parent=text,
                codes=", ".join(codes),
            )
        return ""

    def _tell_unknown(self) -> None:
        """Each unknown kind once, with its rows and the nearest known one."""
        for kind, rows in self._unknown.items():
            nearest = self._kinds.nearest(kind)
            in_rows = ", ".join(map(str, rows))
            if nearest is not None:
                self._faults.add(
                    rows[0],
                    N_(
                        "the kind “{kind}” is not known (rows {rows}). Is “{nearest}” meant? Otherwise write "
                        "one of {names}."
                    ),
                    kind=kind,
                    rows=in_rows,
                    nearest=nearest.name,
                    names=self._kinds.names,
                )
            else:
                self._faults.add(
                    rows[0],
                    N_("the kind “{kind}” is not known (rows {rows}). Write one of {names}."),
                    kind=kind,
                    rows=in_rows,
                    names=self._kinds.names,
                )


def _unit(row: ListRow, code: str, kind: UnitKindDefinition, parent: str) -> Unit:
    unit = Unit(
        code=code,
        name=row.name,
        kind=kind.kind,
        parent=parent or None,
        basis=_BASIS,
        order=row.number,
    )
    if kind.like not in KINDS_WITH_SECTOR:
        return unit
    # An enterprise or a co-operative of which nothing else is said is not the State's.
    sector = kind.sector or Sector.NON_STATE
    if text := words_of(row.sector):
        sector = Sector.STATE if text in _STATE else Sector.NON_STATE
    return replace(unit, sector=sector)


def _notes(rows: Sequence[ListRow], heading: ListHeading, found: _UnitsOfRows) -> Iterable[Phrase]:
    for row in rows:
        params: dict[str, object] = {"row": row.number, "name": row.name}
        if row.what is RowKind.GROUP:
            yield Phrase(N_("Row {row}: “{name}” is a group, not a unit."), params)
        elif row.what is RowKind.TOTAL:
            yield Phrase(N_("Row {row}: “{name}” is a total, not a unit."), params)
        elif row.what is RowKind.OTHER:
            yield Phrase(N_("Row {row}: “{name}” was passed over: it is no unit."), params)
    if heading.unused:
        yield Phrase(
            N_("Columns that are not used: {names}."), {"names": ", ".join(heading.unused)}
        )
    if found.made:
        yield Phrase(N_("Codes made of names: {count}."), {"count": found.made})
    if found.guessed:
        kinds = ", ".join(f"{name} ({count})" for name, count in found.guessed.items())
        yield Phrase(N_("Kinds read from names: {kinds}."), {"kinds": kinds})

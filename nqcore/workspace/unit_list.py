"""Reading the list of units that an office gives to `nq init`, as .csv or .xlsx."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from nqcore.errors import N_, InputError, NqError, Phrase, Translate, say_lines
from nqcore.files.incoming import CSV, shown_name
from nqcore.files.incoming.refusals import WrongKind
from nqcore.files.spreadsheets import csv_rows, read_table
from nqcore.files.spreadsheets.delimited import BrokenRow
from nqcore.files.spreadsheets.tables import TABLE_KINDS
from nqcore.model.units import Sector, Unit, UnitKind
from nqcore.text.folding import fold, nfc, slug
from nqcore.text.names import check_name

UNIT_KINDS: Mapping[str, tuple[UnitKind, Sector | None]] = {
    "huyen": (UnitKind.COMMITTEE, None),
    "huyen uy": (UnitKind.COMMITTEE, None),
    "tinh uy": (UnitKind.COMMITTEE, None),
    "dang uy": (UnitKind.COMMITTEE, None),
    "cap uy": (UnitKind.COMMITTEE, None),
    "uy ban nhan dan": (UnitKind.AUTHORITY, None),
    "ubnd": (UnitKind.AUTHORITY, None),
    "chinh quyen": (UnitKind.AUTHORITY, None),
    "xa": (UnitKind.COMMUNE, None),
    "phuong": (UnitKind.COMMUNE, None),
    "thi tran": (UnitKind.COMMUNE, None),
    "dac khu": (UnitKind.COMMUNE, None),
    "dia phuong": (UnitKind.COMMUNE, None),
    "co quan": (UnitKind.AGENCY, None),
    "don vi": (UnitKind.AGENCY, None),
    "phong": (UnitKind.AGENCY, None),
    "doan the": (UnitKind.ORGANISATION, None),
    "ban chi dao": (UnitKind.STEERING, None),
    "doanh nghiep nha nuoc": (UnitKind.ENTERPRISE, Sector.STATE),
    "doanh nghiep": (UnitKind.ENTERPRISE, Sector.NON_STATE),
    "doanh nghiep ngoai nha nuoc": (UnitKind.ENTERPRISE, Sector.NON_STATE),
    "hop tac xa": (UnitKind.COOPERATIVE, Sector.NON_STATE),
}
"""Kinds of units as offices write them, without accents and in small letters. The values of UnitKind
("commune") are understood too."""

COLUMN_TITLES = {
    "code": ("code", "ma", "ma don vi"),
    "name": ("name", "ten", "ten don vi"),
    "kind": ("kind", "loai", "loai don vi"),
    "parent": ("parent", "cap tren", "truc thuoc", "ma cap tren"),
    "sector": ("sector", "khu vuc"),
}
"""The titles that each column may have, without accents and in small letters."""


_NEEDED = ("code", "name", "kind", "parent")
_TITLE_ROWS = 20
"""Among so many rows the heading is looked for."""


class BadUnitList(InputError):
    """A row of the list cannot be read. Nothing was made."""

    code = "bad-unit-list"
    template = N_("{file}, row {row}: {detail}")

    def __init__(self, *, file: str, row: int, detail: Phrase | NqError) -> None:
        super().__init__(file=file, row=row, detail=detail)


class BadUnitRows(BadUnitList):
    """Several rows cannot be read: `faults` are all of them, in the order of the file."""

    template = N_("{file}: {count} rows to correct.")

    def __init__(self, faults: Sequence[BadUnitList]) -> None:
        self.faults = tuple(faults)
        first = faults[0].params
        NqError.__init__(self, file=first["file"], row=first["row"], count=len(faults))

    def message(self, translate: Translate = str) -> str:
        return say_lines(super().message(translate), self.faults, translate)

    def __str__(self) -> str:
        return self.message()


def read_units(path: Path) -> tuple[Unit, ...]:
    """The units of the office's list, a .csv, .xlsx or .xls file, in the order of the file. The heading is
    the first of its rows that names the columns; rows above it are a title and are passed over.

    Columns: code, name, kind, parent, and optionally sector, with English or Vietnamese titles
    (*mã, tên, loại, cấp trên, khu vực*). The order of a unit among others is its row number. Raises
    FileRefused; BadUnitList for a row that cannot be read, BadUnitRows for several.
    """
    faults: list[BadUnitList] = []
    rows = list(_rows(path, faults))
    heading = next((nth for nth, (_, row) in enumerate(rows[:_TITLE_ROWS]) if _is_heading(row)), 0)
    found: list[Unit] = []
    if rows:
        columns = _find_columns(path, *rows[heading])
        table = [
            (number, {key: row[at] if at < len(row) else "" for key, at in columns.items()})
            for number, row in rows[heading + 1 :]
        ]
        _read_rows(path, table, found, faults)
    if faults:
        raise faults[0] if len(faults) == 1 else BadUnitRows(sorted(faults, key=_row_of))
    return tuple(found)


def _row_of(fault: BadUnitList) -> int:
    return int(str(fault.params["row"]))


def _rows(path: Path, faults: list[BadUnitList]) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, with their numbers; a row that is not CSV ends them and is added to
    `faults`."""
    endings = tuple(ending for kind in TABLE_KINDS for ending in kind.suffixes)
    if path.suffix.lower() in endings:
        rows: Iterable[tuple[int, list[str]]] = enumerate(map(list, read_table(path)), 1)
    elif path.suffix.lower() in CSV.suffixes:
        rows = csv_rows(path)
    else:
        kinds = ", ".join(kind.name for kind in (*TABLE_KINDS, CSV))
        raise WrongKind(file=shown_name(path.name), kinds=kinds)
    try:
        for number, row in rows:
            if any(cell.strip() for cell in row):
                yield number, row
    except BrokenRow as wrong:
        detail = Phrase(wrong.template, wrong.params)
        faults.append(BadUnitList(file=path.name, row=wrong.row, detail=detail))


def _read_rows(
    path: Path,
    table: Sequence[tuple[int, Mapping[str, str]]],
    found: list[Unit],
    faults: list[BadUnitList],
) -> None:
    """Read the rows below the heading into `found`, and what is wrong with others into `faults`."""
    first: dict[str, int] = {}
    for number, row in table:
        try:
            found.append(_read_unit(path, number, row, first))
        except BadUnitList as wrong:
            faults.append(wrong)
        first.setdefault(row["code"].strip(), number)
    for unit in found:
        # A parent in a row that has another mistake stands in the list all the same.
        if unit.parent is not None and unit.parent not in first:
            detail = Phrase(
                N_("its parent “{parent}” is not in the list. Add it or correct the code."),
                {"parent": unit.parent},
            )
            faults.append(BadUnitList(file=path.name, row=unit.order, detail=detail))


def _is_heading(row: Sequence[str]) -> bool:
    """Whether the row names all columns that a list must have."""
    folded = {fold(cell).strip() for cell in row}
    return all(folded & set(COLUMN_TITLES[key]) for key in _NEEDED)


def _find_columns(path: Path, number: int, row: Sequence[str]) -> dict[str, int]:
    """The position of each column that the heading `row` names."""
    folded = [fold(cell).strip() for cell in row]
    columns = {
        key: next((folded.index(name) for name in names if name in folded), -1)
        for key, names in COLUMN_TITLES.items()
    }
    if missing := [key for key in _NEEDED if columns[key] < 0]:
        raise BadUnitList(
            file=path.name,
            row=number,
            detail=Phrase(
                N_(
                    "the heading names no column {missing}. Write a heading: code, name, kind, parent "
                    "(mã, tên, loại, cấp trên)."
                ),
                {"missing": ", ".join(missing)},
            ),
        )
    return {key: at for key, at in columns.items() if at >= 0}


def _read_unit(path: Path, number: int, row: Mapping[str, str], first: Mapping[str, int]) -> Unit:
    """The unit of a row. `first`: the codes of the rows above it, and in which row each stands."""

    def wrong(detail: str, **params: object) -> BadUnitList:
        return BadUnitList(file=path.name, row=number, detail=Phrase(detail, params))

    name, code = nfc(row["name"]).strip(), row["code"].strip()
    if name and not (code or row["kind"].strip() or row["parent"].strip()):
        raise wrong(
            N_(
                "only “{name}” stands there. A row of a group or a total: delete it. A unit: write its code, "
                "kind and parent."
            ),
            name=name,
        )
    if not name:
        raise wrong(N_("the name is empty. Write it."))
    try:
        check_name(name)
    except InputError as refused:
        raise BadUnitList(file=path.name, row=number, detail=refused) from refused
    if not code:
        raise wrong(N_("the code is empty. Write one, such as {example}."), example=slug(name))
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", code):
        raise wrong(
            N_(
                "the code “{code}” may hold small letters without accents, digits, “.” and “-” only. "
                "Write it such as {example}."
            ),
            code=code,
            example=slug(name),
        )
    if code in first:
        raise wrong(
            N_(
                "the code “{code}” stands twice, in row {first} too. Write another one for this unit."
            ),
            code=code,
            first=first[code],
        )
    found = _kind_and_sector(row)
    if found is None:
        raise wrong(
            N_("the kind “{kind}” is not known. Write xã, cơ quan, đoàn thể, doanh nghiệp …"),
            kind=row["kind"],
        )
    kind, sector = found
    return Unit(
        code=code,
        name=name,
        kind=kind,
        sector=sector,
        parent=row["parent"].strip() or None,
        basis="danh sách của cơ quan",
        order=number,
    )


def _kind_and_sector(row: Mapping[str, str]) -> tuple[UnitKind, Sector | None] | None:
    """Kind and sector of the unit in a row; None where the kind is not known. An enterprise or a
    cooperative without a sector is non-state."""
    try:
        kind, sector = UNIT_KINDS.get(fold(row["kind"]).strip()) or (
            UnitKind(row["kind"].strip().lower()),
            None,
        )
    except ValueError:
        return None
    if text := fold(row.get("sector", "")).strip():
        state = text in ("state", "nha nuoc", "khu vuc nha nuoc")
        sector = Sector.STATE if state else Sector.NON_STATE
    if kind in (UnitKind.ENTERPRISE, UnitKind.COOPERATIVE) and sector is None:
        sector = Sector.NON_STATE
    return kind, sector

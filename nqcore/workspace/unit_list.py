"""Reading the list of units that an office gives to `nq init`, as .csv or .xlsx."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from nqcore.errors import N_, InputError, NqError
from nqcore.files.incoming import CSV, load_text
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


class BadUnitList(InputError):
    """A row of the list cannot be read. Nothing was made."""

    code = "bad-unit-list"
    template = N_("{file}, row {row}: {detail}")

    def __init__(self, *, file: str, row: int, detail: str | NqError) -> None:
        super().__init__(file=file, row=row, detail=detail)


def read_units(path: Path) -> tuple[Unit, ...]:
    """The units of the office's list, a .csv or .xlsx file, in the order of the file.

    Columns: code, name, kind, parent, and optionally sector, with English or Vietnamese titles
    (*mã, tên, loại, cấp trên, khu vực*). The order of a unit among others is its row number. Raises
    FileRefused; BadUnitList for the first row that cannot be read.
    """
    rows = _xlsx_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(path)
    found: list[Unit] = []
    columns: dict[str, int] = {}
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if not columns:
            columns = _find_columns(path, number, row)
            continue
        found.append(
            _read_unit(
                path,
                number,
                {key: row[at] if at < len(row) else "" for key, at in columns.items()},
                found,
            )
        )
    codes = {unit.code for unit in found}
    for unit in found:
        if unit.parent is not None and unit.parent not in codes:
            raise BadUnitList(
                file=path.name,
                row=unit.order,
                detail=f"its parent “{unit.parent}” is not in the list. Add it or correct the code.",
            )
    return tuple(found)


def _find_columns(path: Path, number: int, row: Sequence[str]) -> dict[str, int]:
    """The position of each column that the heading `row` names."""
    folded = [fold(cell).strip() for cell in row]
    columns = {
        key: next((folded.index(name) for name in names if name in folded), -1)
        for key, names in COLUMN_TITLES.items()
    }
    if missing := [key for key in ("code", "name", "kind", "parent") if columns[key] < 0]:
        raise BadUnitList(
            file=path.name,
            row=number,
            detail=f"the heading names no column {', '.join(missing)}. Write: code, name, kind, parent.",
        )
    return {key: at for key, at in columns.items() if at >= 0}


def _read_unit(path: Path, number: int, row: Mapping[str, str], before: Iterable[Unit]) -> Unit:
    def wrong(detail: str | NqError) -> BadUnitList:
        return BadUnitList(file=path.name, row=number, detail=detail)

    name, code = nfc(row["name"]).strip(), row["code"].strip()
    if not name:
        raise wrong("the name is empty. Write it.")
    try:
        check_name(name)
    except InputError as refused:
        raise wrong(refused) from refused
    if not code:
        raise wrong(f"the code is empty. Write one, such as {slug(name)}.")
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", code):
        raise wrong(
            f"the code “{code}” may hold small letters without accents, digits, “.” and “-” only, "
            f"such as {slug(name)}."
        )
    if any(unit.code == code for unit in before):
        raise wrong(f"the code “{code}” stands twice. Give every unit its own.")
    found = _kind_and_sector(row)
    if found is None:
        raise wrong(
            f"the kind “{row['kind']}” is not known. Write xã, cơ quan, đoàn thể, doanh nghiệp …"
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


def _csv_rows(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    text = load_text(path, CSV)
    first = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    for row in reader:
        yield reader.line_num, row


def _xlsx_rows(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    from nqcore.files.xlsx_rows import read_sheet

    yield from enumerate(read_sheet(path), 1)

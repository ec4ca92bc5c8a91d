"""The tables of a definition file as rows of the workbook's sheets, and back.

A form is a row of its own, a row for each of its sections and one for each field; an outline has a row for
each of its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nqcore.catalogue.form_tables import QUESTION_TYPES, question_type
from nqcore.catalogue.item_kinds import Item, Table, table_of
from nqcore.errors import N_, Phrase, Words
from nqcore.files.spreadsheets.cell import column_name
from nqcore.model.fields import FIELD_TYPES
from nqcore.workspace.content_files.columns import BY_KIND, SheetOf

Values = dict[str, Any]
"""The values of a row by the keys of its columns."""


# -- to rows ---------------------------------------------------------------------------------------


def rows_of(items: Iterable[Item]) -> dict[str, list[Values]]:
    """The rows of each sheet, by its kind."""
    found: dict[str, list[Values]] = {}
    for item in items:
        for kind, table in _split(item.kind, table_of(item)):
            found.setdefault(kind, []).append(_flat(BY_KIND[kind], table))
    return found


def _split(kind: str, table: Table) -> Iterator[tuple[str, Table]]:
    """The table of an item and the tables in it that have rows of their own."""
    sections, parts = table.pop("section", []) if kind == "form" else [], []
    if kind == "outline":
        parts = table.pop("part", [])
    yield kind, table
    for part in parts:
        yield "outline.part", {"outline": table["id"], **part}
    for section in sections:
        lists = {one: section.pop(one.toml, []) for one in FIELD_TYPES}
        yield "form.section", {"form": table["id"], **section}
        for type_, fields in lists.items():
            about = question_type(type_)
            for one in fields:
                inner = one if isinstance(one, dict) else {_ABOUT[about]: one}
                head = {"form": table["id"], "section": section["key"], "type": about}
                yield "form.section.field", head | inner


_ABOUT = {"figure": "indicator", "task": "task"}
"""The key of a listed field whose value its text gives."""


def _flat(sheet: SheetOf, table: Table) -> Values:
    """The values by the keys of the columns: "due.day" is the key `day` in the table `due`."""
    row: Values = {}
    for column in sheet.columns:
        value: Any = table
        for part in column.key.split("."):
            if value == {} and value is not table:
                break  # a scope that is there and limits nothing: kept in its first column
            value = value.get(part) if isinstance(value, Mapping) else None
            if value is None:
                break
        first = not any(key.startswith(column.key.rpartition(".")[0] + ".") for key in row)
        if value is not None and (value != {} or first):
            row[column.key] = value
    return row


# -- back to tables --------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class ReadRow:
    """A row of a sheet that was read: `sheet` is its name in the file, `columns` where each key stands (from
    0) with its heading; `values` what is right, `wrong` the keys of cells with a mistake."""

    of: SheetOf
    sheet: str
    number: int
    columns: Mapping[str, tuple[int, str]]
    values: Values
    wrong: set[str] = field(default_factory=set)

    def place(self, key: str) -> Words:
        """The place of a key in the file, for people: sheet, row and column."""
        at = self.column_of(key)
        if at is None or at not in self.columns:
            return Phrase(
                N_("Sheet “{sheet}”, row {row}"), {"sheet": self.sheet, "row": self.number}
            )
        column, heading = self.columns[at]
        return Phrase(
            N_("Sheet “{sheet}”, row {row}, column {column} ({heading})"),
            {
                "sheet": self.sheet,
                "row": self.number,
                "column": column_name(column),
                "heading": heading,
            },
        )

    def column_of(self, key: str) -> str | None:
        """The key of the column that a key of a definition belongs to; None where there is none."""
        parts = key.split("[")[0].rstrip(".").split(".") if key else []
        while parts:
            wanted = ".".join(parts)
            for column in self.of.columns:
                if column.key == wanted or column.key.startswith(wanted + "."):
                    return column.key
            parts.pop()
        return None


@dataclass(slots=True, kw_only=True)
class PlacedTable:
    """The table of an item with the rows it was made of: by the beginning of the keys they stand for ("" its
    own row, "section[A]" that of a section)."""

    kind: str
    table: Table
    rows: dict[str, ReadRow]

    def at(self, key: str) -> tuple[ReadRow, str]:
        """The row to which a key belongs, and the rest of the key in it."""
        for prefix in sorted(self.rows, key=len, reverse=True):
            if key == prefix or key.startswith(prefix + ".") or not prefix:
                return self.rows[prefix], key.removeprefix(prefix).lstrip(".")
        raise KeyError(key)

    def place(self, key: str) -> Words:
        """The place of a key of the item in the file."""
        row, rest = self.at(key)
        return row.place(rest)


def nested(values: Values) -> Table:
    """The values of a row as a table of a definition file."""
    table: Table = {}
    for key, value in values.items():
        *way, last = key.split(".")
        if way and value == {}:
            last, way, value = way[-1], way[:-1], {}
        inner = table
        for part in way:
            inner = inner.setdefault(part, {})
        inner[last] = value
    return table


def tables_of(rows: Mapping[str, list[ReadRow]]) -> tuple[list[PlacedTable], list[ReadRow]]:
    """The tables of all rows, and the rows of parts whose form or outline has no row."""
    found: list[PlacedTable] = []
    owners: dict[tuple[str, ...], PlacedTable] = {}
    for kind in BY_KIND:
        for row in rows.get(kind, []):
            if "." not in kind:
                one = PlacedTable(kind=kind, table=nested(row.values), rows={"": row})
                found.append(one)
                owners.setdefault((kind, str(row.values.get("id", ""))), one)
    lost = [row for row in rows.get("outline.part", []) if not _put_part(owners, row)]
    lost += [row for row in rows.get("form.section", []) if not _put_section(owners, row)]
    lost += [row for row in rows.get("form.section.field", []) if not _put_field(owners, row)]
    return found, lost


def _put_part(owners: Mapping[tuple[str, ...], PlacedTable], row: ReadRow) -> bool:
    owner = owners.get(("outline", str(row.values.get("outline", ""))))
    if owner is not None:
        _append(owner, owner.table, "part", "", row, ("outline",))
    return owner is not None


def _put_section(owners: dict[tuple[str, ...], PlacedTable], row: ReadRow) -> bool:
    form = str(row.values.get("form", ""))
    owner = owners.get(("form", form))
    if owner is not None:
        _append(owner, owner.table, "section", "", row, ("form",))
        owners.setdefault(("section", form, str(row.values.get("key", ""))), owner)
    return owner is not None


def _put_field(owners: Mapping[tuple[str, ...], PlacedTable], row: ReadRow) -> bool:
    form, key = (str(row.values.get(name, "")) for name in ("form", "section"))
    owner = owners.get(("section", form, key))
    type_ = QUESTION_TYPES.get(str(row.values.get("type", "")))
    if owner is None or type_ is None:
        return False
    sections = owner.table["section"]
    nth = next(nth for nth, one in enumerate(sections) if str(one.get("key", "")) == key)
    prefix = f"section[{_name(sections[nth], nth)}]"
    away = ("form", "section", "type")
    _append(owner, sections[nth], type_.toml, prefix, row, away, by_place=type_.listed)
    return True


def _append(
    owner: PlacedTable,
    into: Table,
    key: str,
    prefix: str,
    row: ReadRow,
    away: tuple[str, ...],
    *,
    by_place: bool = False,
) -> None:
    """Put the table of a row into a list, and note under which beginning of keys it is found."""
    table = nested({name: value for name, value in row.values.items() if name not in away})
    several = into.setdefault(key, [])
    name = len(several) + 1 if by_place else _name(table, len(several))
    several.append(table)
    owner.rows.setdefault(f"{prefix}.{key}[{name}]".lstrip("."), row)


def _name(table: Table, nth: int) -> object:
    """What finds a table in a list, as the reader of definition files names it."""
    return next((table[key] for key in ("id", "code", "number", "key") if key in table), nth + 1)

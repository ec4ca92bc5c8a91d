"""A file that was filled in: the templates in it, whose reports they are, and the content of their rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nqcore.collection.entry.workbook.identity import Identity
from nqcore.collection.entry.workbook.lines import CODE
from nqcore.collection.entry.workbook.sheets import RawTemplates, find_templates
from nqcore.errors import N_, InputError
from nqcore.files.incoming import XLS, XLSX, check, read_in_child
from nqcore.files.spreadsheets import CellKind, Sheet, SheetCell

WORKBOOK_KINDS = (XLSX, XLS)


class NotATemplate(InputError):
    """The file is an Excel file, but not one that `write_workbook` has written."""

    code = "not-a-template"
    template = N_(
        "This is not one of the templates. Download the Excel template from the page of the report, copy "
        "the figures into it, then choose it again."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledRow:
    """Row `number` (from 1) of the file. `cells`: those that are not blank, by column (from 0)."""

    number: int
    cells: Mapping[int, SheetCell]

    @property
    def code(self) -> str:
        """The hidden code of the row (column G); "" where there is none."""
        cell = self.cells.get(CODE)
        return cell.text.strip() if cell and cell.kind is not CellKind.ERROR else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSheet:
    """A sheet that is not read for the report: its name and how many cells have content. `identity`: the
    report of a template; None for a sheet that is no template."""

    name: str
    cells: int
    identity: Identity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledTemplate:
    """A template that was read. `head`: the row with the identity (0: it is gone), `codes`: the column with
    the hidden codes (from 0), `others`: the other sheets of the file that have content."""

    identity: Identity
    sheet: Sheet
    head: int
    codes: int
    others: tuple[OtherSheet, ...] = ()

    @property
    def rows(self) -> Iterator[FilledRow]:
        """The rows that are not blank, from top to bottom."""
        found: dict[int, dict[int, SheetCell]] = {}
        for (row, column), cell in sorted(self.sheet.cells.items()):
            found.setdefault(row, {})[column] = cell
        return (FilledRow(number=row, cells=cells) for row, cells in found.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledWorkbook:
    """A file that was read. `templates`: those in it, at least one, in the order of the file."""

    templates: tuple[FilledTemplate, ...]


def read_filled(name: str, data: bytes) -> FilledWorkbook:
    """Read a file with filled templates. The ending of its `name` says which kind it is, .xlsx or .xls.
    Raises FileRefused, NotATemplate."""
    check(name, data, WORKBOOK_KINDS)
    return filled_workbook(read_in_child(find_templates, data, file=name))


def filled_workbook(raw: RawTemplates) -> FilledWorkbook:
    """The file whose sheets `find_templates` has read. Raises NotATemplate."""
    templates = []
    for one in raw["templates"]:
        identity = Identity.read(one["identity"])
        if identity is not None:
            templates.append((identity, Sheet.from_json(one["sheet"]), one["head"], one["codes"]))
    if not templates:
        raise NotATemplate
    plain = [OtherSheet(name=sheet, cells=count) for sheet, count in raw["others"]]
    sheets = [
        OtherSheet(name=sheet.name, cells=len(sheet.cells), identity=identity)
        for identity, sheet, *_ in templates
    ]
    return FilledWorkbook(
        templates=tuple(
            FilledTemplate(
                identity=identity, sheet=sheet, head=head, codes=codes,
                others=(*sheets[:nth], *sheets[nth + 1 :], *plain),
            )
            for nth, (identity, sheet, head, codes) in enumerate(templates)
        )
    )  # fmt: skip

"""Tables as Word's XML: with borders and a head that is repeated, and the frames of head and signature."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import repeat

from nqcore.analysis.report.anchors import block_anchors
from nqcore.analysis.report.docx.measures import twips_mm
from nqcore.analysis.report.docx.profile import DocxProfile
from nqcore.analysis.report.docx.widths import Column, column_widths, fitting_size, readable_mm
from nqcore.analysis.report.docx.words import Bookmarks, Words, paragraph_xml, runs_xml
from nqcore.analysis.report.notes import cell_text
from nqcore.model.figures import Figure
from nqcore.model.reports import Table
from nqcore.text.printable import printable

_ORDINAL = re.compile(r"[0-9IVXLC.]{1,5}|[A-ZĐ][0-9.]{1,5}")  # "12", "IV", "B4"
_NO_PADDING = (
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
)
_MIDDLE = '<w:vAlign w:val="center"/>'


def is_wide(table: Table, width_mm: float, profile: DocxProfile) -> bool:
    """Whether the table is put on a page in landscape orientation."""
    if table.wide or len(table.columns) > profile.portrait_columns:
        return True
    return sum(readable_mm(c, profile.table_size) for c in _columns(table)) > width_mm


def table_xml(
    table: Table, width_mm: float, profile: DocxProfile, edition: str, bookmarks: Bookmarks
) -> str:
    """The table without its caption and notes; each figure stands in the bookmark of its anchor."""
    columns = _columns(table)
    size = fitting_size(columns, width_mm, profile.table_size)
    widths = [twips_mm(width) for width in column_widths(columns, width_mm, size)]
    own = 0 if size == profile.table_size else size
    names = {anchor.place: anchor.name for anchor in block_anchors(table, edition)}
    titles = [Words(printable(title)) for title in table.columns]
    head = _row(
        _cells(titles, repeat("NqCellHead"), own, bookmarks),
        widths,
        head=True,
        middle=_MIDDLE,
    )
    rows = [head]
    parts = _parts(table)
    for nth, cells in enumerate(table.rows):
        words = [
            Words(cell_text(cell), names.get((nth, place), "")) for place, cell in enumerate(cells)
        ]
        styles = [_style(cell) for cell in cells]
        if nth in parts:
            styles = ["NqCellPart"] * len(cells)
            while len(words) > 1 and not words[-1].text:
                words.pop()  # its title goes over the empty cells behind it
        rows.append(_row(_cells(words, styles, own, bookmarks), widths, middle=_MIDDLE))
    return _table("TableGrid", '<w:jc w:val="center"/>', "", widths, rows)


def frame_xml(left_mm: float, width_mm: float, *rows: tuple[str, str]) -> str:
    """Two columns without borders, each cell as its paragraphs."""
    widths = [twips_mm(left_mm), twips_mm(width_mm - left_mm)]
    return _table("TableNormal", "", _NO_PADDING, widths, [_row(list(row), widths) for row in rows])


def _table(style: str, place: str, padding: str, widths: Sequence[int], rows: list[str]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{place}'
        f'<w:tblLayout w:type="fixed"/>{padding}<w:tblLook w:val="04A0"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(
    cells: Sequence[str], widths: Sequence[int], *, head: bool = False, middle: str = ""
) -> str:
    """A row that is kept on one page. Its last cell goes over the columns for which there is no cell."""
    repeated = "<w:tblHeader/>" if head else ""
    left = iter(widths)
    made = []
    for nth, cell in enumerate(cells, 1):
        mine = list(left) if nth == len(cells) else [next(left)]
        over = f'<w:gridSpan w:val="{len(mine)}"/>' if len(mine) > 1 else ""
        width = f'<w:tcW w:w="{sum(mine)}" w:type="dxa"/>'
        made.append(f"<w:tc><w:tcPr>{width}{over}{middle}</w:tcPr>{cell}</w:tc>")
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(made)}</w:tr>"


def _cells(
    words: Iterable[Words], styles: Iterable[str], size: float, bookmarks: Bookmarks
) -> list[str]:
    return [
        paragraph_xml(style, runs_xml([one], bookmarks, size))
        for one, style in zip(words, styles, strict=False)
    ]


def _columns(table: Table) -> list[Column]:
    """What decides on the widths: all texts but the titles of parts, which have more than one column."""
    parts = _parts(table)
    rows = [row for nth, row in enumerate(table.rows) if nth not in parts]
    return [
        Column(
            head=printable(title),
            cells=[cell_text(row[place]) for row in rows],
            number=not all(isinstance(row[place], str) for row in rows),
        )
        for place, title in enumerate(table.columns)
    ]


def _parts(table: Table) -> frozenset[int]:
    """The titles of parts: those that the table names; where it names none, those that look so."""
    if table.sections:
        return frozenset(table.sections)
    return frozenset(nth for nth, row in enumerate(table.rows) if _is_part(row))


def _is_part(cells: Sequence[str | Figure]) -> bool:
    """Whether the row is the title of a part: a letter, its title, and nothing more."""
    first, *others = cells
    letter = isinstance(first, str) and re.fullmatch(r"[A-ZĐ]", first.strip()) is not None
    return letter and sum(cell != "" for cell in others) == 1


def _style(content: str | Figure) -> str:
    if not isinstance(content, str):
        return "NqCellNumber"
    return "NqCellCentred" if _ORDINAL.fullmatch(content.strip()) else "NqCell"

"""The tables of a report in HTML, and the size of their letters at which they fit on a printed page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from nqcore.analysis.report.docx.widths import Column, fitting_size
from nqcore.analysis.report.html_numbers import Numbers
from nqcore.analysis.report.notes import cell_text, marks
from nqcore.analysis.report.sentences import NO_VALUE
from nqcore.analysis.report.typesetting import unbroken
from nqcore.model.figures import Figure
from nqcore.model.findings import FigureRef
from nqcore.model.reports import Block, Cell, Table
from nqcore.text.printable import printable

WIDE = "ngang"
"""The class of what is printed on the long side of the page."""
_LONG_MM, _SHORT_MM = 252.0, 165.0
_SIZE = 11.0
_PORTRAIT_COLUMNS = 7
_LONG = 14
"""Numbers with so many letters or more around them may have two lines."""
_SIGNS = (NO_VALUE, "x")
"""Cells of words that stand where numbers stand."""


def is_wide(block: Block) -> bool:
    """Whether the block is a table for the long side of the page."""
    return isinstance(block, Table) and (block.wide or len(block.columns) > _PORTRAIT_COLUMNS)


def table(block: Table, numbers: Numbers) -> Markup:
    """The table with its caption, in a box that scrolls where the window is narrow."""
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(printable(title)) for title in block.columns
    )
    rows = Markup("\n").join(
        _section(row) if nth in block.sections else _row(nth, row, numbers)
        for nth, row in enumerate(block.rows)
    )
    return Markup(
        '<div class="bang"><table{}><caption>{}</caption><thead><tr>{}</tr></thead><tbody>\n{}\n'
        "</tbody></table></div>"
    ).format(_id(block), unbroken(printable(block.caption)), head, rows)


def sizes(blocks: Iterable[Block]) -> Iterator[str]:
    """A style rule for each named table that has smaller letters when it is printed: so no column is cut."""
    for block in blocks:
        if isinstance(block, Table) and block.block:
            width = _LONG_MM if is_wide(block) else _SHORT_MM
            size = fitting_size(_columns(block), width, _SIZE)
            yield f"[data-khoi={_quoted(block.block)}] {{ font-size: {size:g}pt }}"


def _quoted(name: str) -> str:
    """The name as a string of CSS: what is no plain letter is written by its number."""
    plain = "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in printable(name))
    return f'"{plain}"'


def _id(block: Table) -> Markup:
    name = Markup(' data-khoi="{}"').format(printable(block.block)) if block.block else Markup()
    # A narrow screen scrolls a wide table; keys can do so only where it, or something in it, has the focus.
    words_only = all(isinstance(cell, str) for row in block.rows for cell in row)
    return name + Markup(' tabindex="0"') if words_only else name


def _columns(block: Table) -> list[Column]:
    rows = [row for nth, row in enumerate(block.rows) if nth not in block.sections]
    return [
        Column(
            head=printable(title),
            cells=[cell_text(row[place]) for row in rows],
            number=any(not isinstance(row[place], str) for row in rows),
        )
        for place, title in enumerate(block.columns)
    ]


def _section(row: tuple[Cell, ...]) -> Markup:
    """The head of a section: its key, and its title over all other columns."""
    key, *others = map(cell_text, row)
    title = " ".join(filter(None, others))
    if not others:
        return Markup('<tr class="muc"><th scope="rowgroup">{}</th></tr>').format(key)
    return Markup(
        '<tr class="muc"><td>{}</td><th scope="rowgroup" colspan="{}">{}</th></tr>'
    ).format(key, len(others), unbroken(title))


def _row(nth: int, row: tuple[Cell, ...], numbers: Numbers) -> Markup:
    # The head of a row is its first cell with words in it: the first cell may be a number or a code.
    named = next(
        (n for n, c in enumerate(row) if isinstance(c, str) and sum(map(str.isalpha, c)) > 1), None
    )
    cells = []
    for place, cell in enumerate(row):
        if isinstance(cell, str):
            text = unbroken(cell_text(cell))
            sign = place > 0 and text in _SIGNS
            form = '<th scope="row">{}</th>' if place == named else "<td>{}</td>"
            cells.append(Markup('<td class="so">{}</td>' if sign else form).format(text))
        else:
            piece = FigureRef(cell) if isinstance(cell, Figure) else cell
            shown = numbers.piece(piece, nth, place)
            mark = marks(cell) if isinstance(cell, Figure) else ""
            look = "so" if len(cell_text(cell)) <= _LONG else "so dai"
            cells.append(Markup('<td class="{}">{}{}</td>').format(look, shown, mark))
    return Markup("<tr>{}</tr>").format(Markup("").join(cells))

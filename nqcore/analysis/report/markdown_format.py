"""The format "markdown": the report as a plain text with tables, for those who go on writing in such texts.

Every character of the report that Markdown or HTML would read as a mark is escaped: words stay words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from nqcore.analysis.report.blocks import coverage_note, numbered, paragraph_text
from nqcore.analysis.report.docx.paper_words import (
    number_line,
    recipients,
    seal_words,
    signing,
    to_lines,
)
from nqcore.analysis.report.notes import cell_text, paragraph_notes, table_notes
from nqcore.analysis.report.plain_layout import annex_line, plain_layout
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Block, Cell, Heading, Paragraph, Report, Table
from nqcore.text.dates import write_date_long
from nqcore.text.printable import printable

# Marks anywhere in a line: of CommonMark, of tables, of formulas and of templates.
_MARKS = re.compile(r"[\\`*_{}\[\]<>|~$^&]")
# Marks only at the beginning: heads, lists, numbers, rules, indented code.
_BEGINNING = re.compile(r"^(\s*)([#+=\-](?=[\s#=\-]|$)|\d+(?=[.)](?:\s|$)))")
# An address would become a link.
_ADDRESS = re.compile(r"(?<=[A-Za-z])(:)(?=//)|(?<=\bwww)(\.)|(@)", re.IGNORECASE)


class MarkdownFormat:
    """Writes the report as Markdown with tables (GitHub's), in UTF-8."""

    name = "markdown"
    title = "Markdown"
    suffix = ".md"
    media_type = "text/markdown; charset=utf-8"

    def write(self, report: Report, names: Names) -> bytes:
        """The text: paragraphs with an empty line between them, and a line end at its end."""
        layout = plain_layout(report.letterhead)
        parts = (*_head(report), *_blocks(report.body, names, layout.part_mark), *_end(report))
        if report.appendix:
            of = escaped(annex_line(report))
            parts += ("## Phụ lục", of, *_blocks(report.appendix, names, layout.part_mark))
        parts += (escaped(seal_words(report)),)
        return ("\n\n".join(filter(None, parts)) + "\n").encode()


def escaped(text: str) -> str:
    """One line of words that Markdown shows as they are.

    >>> escaped("- A_1 <b> | c")
    '\\\\- A\\\\_1 \\\\<b\\\\> \\\\| c'
    """
    plain = " ".join(printable(text).split(" ")).strip(" ")
    plain = _MARKS.sub(lambda found: "\\" + found[0], plain)
    plain = _ADDRESS.sub(lambda found: "\\" + found[0], plain)
    return _BEGINNING.sub(_begun, plain)


def _begun(found: re.Match[str]) -> str:
    """A mark at the beginning of a line; behind a number its point is escaped, as a digit cannot be."""
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


def _head(report: Report) -> Iterator[str]:
    head, layout = report.letterhead, plain_layout(report.letterhead)
    yield _bold(layout.nation)
    yield _bold(layout.motto)
    yield escaped(printable(head.superior).upper())
    yield _bold(printable(head.body).upper())
    yield escaped(number_line(report, layout.signs))
    for mark in report.marks:
        yield _bold(mark)
    yield f"*{escaped(f'{printable(head.place)}, {write_date_long(report.date)}')}*"
    yield f"# {escaped(printable(report.type).upper())}"
    yield _bold(report.title)
    if to := to_lines(report, layout):
        yield escaped(f"Kính gửi: {'; '.join(to)}.")


def _end(report: Report) -> Iterator[str]:
    head, layout = report.letterhead, plain_layout(report.letterhead)
    yield escaped(coverage_note(report))
    yield from map(escaped, signing(report, layout.signs))
    yield _bold(head.signer)
    if lines := recipients(report, layout):
        yield "Nơi nhận:"
        yield "\n".join(f"- {escaped(line[2:])}" for line in lines)


def _bold(text: str) -> str:
    return f"**{words}**" if (words := escaped(text)) else ""


def _blocks(blocks: Iterable[Block], names: Names, part_mark: str) -> Iterator[str]:
    for number, block in numbered(blocks):
        if isinstance(block, Heading):
            yield _heading(number, block, part_mark)
        elif isinstance(block, Paragraph):
            yield _paragraph(block)
            yield from map(escaped, paragraph_notes(block))
        else:
            yield _bold(block.caption)
            yield "\n".join(_table(block))
            yield from map(escaped, table_notes(block, names))


def _heading(number: str, block: Heading, part_mark: str) -> str:
    text = printable(block.text)
    if block.level == 0:
        return f"## {escaped(f'{number}. {text}'.removeprefix('. '))}"
    marked = f"{number}{part_mark} {text.upper()}" if block.level == 1 else f"{number}. {text}"
    return f"{'#' * (block.level + 1)} {escaped(marked)}"


def _paragraph(block: Paragraph) -> str:
    """The text; a dash stays the dash of a list."""
    text = paragraph_text(block)
    return f"- {escaped(text[2:])}" if printable(block.label) == "-" else escaped(text)


def _table(table: Table) -> Iterator[str]:
    yield _line(table.columns)
    marks = ("---:" if _is_number(table, n) else "---" for n in range(len(table.columns)))
    yield f"| {' | '.join(marks)} |"
    for nth, row in enumerate(table.rows):
        cells = [cell_text(cell) for cell in row]
        if nth in table.sections:
            yield "| " + " | ".join(map(_bold, cells)) + " |"
        else:
            yield _line(cells)


def _is_number(table: Table, column: int) -> bool:
    cells: Sequence[Cell] = [row[column] for row in table.rows]
    return any(not isinstance(cell, str) for cell in cells)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(escaped, cells)) + " |"

"""The page: head, subject, body, signature, appendix. Imports python-docx: import this lazily."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section
from docx.shared import Mm
from docx.styles.style import ParagraphStyle
from docx.table import Table as DocxTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph

from nqcore.analysis.report.blocks import (
    BLANK_NUMBER,
    annex_line,
    coverage_note,
    numbered,
    paragraph_text,
    recipient_lines,
)
from nqcore.analysis.report.docx import styles
from nqcore.analysis.report.docx.package import prepare
from nqcore.analysis.report.docx.profile import DocxProfile, Margins
from nqcore.analysis.report.docx.runs import add_run
from nqcore.analysis.report.docx.tables import fix_widths, is_wide, no_split, write_table
from nqcore.analysis.report.notes import paragraph_notes, table_notes
from nqcore.catalogue.contracts import Names
from nqcore.model.reports import Block, Heading, Letterhead, Paragraph, Report, Table
from nqcore.text.dates import write_date_long
from nqcore.text.printable import printable

_NO_PADDING = (
    f"<w:tblCellMar {nsdecls('w')}>"
    '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
)


def lay_out(report: Report, names: Names, profile: DocxProfile) -> DocxDocument:
    """The whole document."""
    page = _Page(Document(), profile, names)
    prepare(page.document, report, profile)
    page.first_section()
    page.head(report)
    page.blocks(report.body)
    if note := coverage_note(report):
        page.add(note, styles.NOTE)
    page.signature(report.letterhead)
    if report.appendix:
        page.appendix(report)
    return page.document


class _Page:
    """The document while it is written, from top to bottom."""

    def __init__(self, document: DocxDocument, profile: DocxProfile, names: Names) -> None:
        self.document = document
        self.profile = profile
        self.names = names
        self.width_mm = 0.0

    def add(self, text: str, style: str) -> DocxParagraph:
        paragraph = self.document.add_paragraph(style=self.style(style))
        add_run(paragraph, text)
        return paragraph

    def style(self, name: str) -> ParagraphStyle:
        return cast(ParagraphStyle, self.document.styles[name])

    # Sections

    def first_section(self) -> None:
        section = self.document.sections[0]
        self._size(section, wide=False)
        section.header_distance = section.footer_distance = Mm(self.profile.page_number_mm)
        section.different_first_page_header_footer = True
        paragraph = section.header.paragraphs[0]
        paragraph.style = self.style(styles.PAGE_NUMBER)
        paragraph._p.append(
            parse_xml(
                f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE ">'
                "<w:r><w:t>2</w:t></w:r></w:fldSimple>"
            )
        )

    def next_section(self, *, wide: bool) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        self._size(section, wide=wide)
        # The section break needs a paragraph, which must not take up a line.
        self.document.paragraphs[-1].style = self.style(styles.BREAK)

    def _size(self, section: Section, *, wide: bool) -> None:
        short, long = self.profile.page_mm
        width, height = (long, short) if wide else (short, long)
        margins = self.profile.landscape_margins if wide else self.profile.margins
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
        section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
        self.width_mm = text_width(width, margins)

    # Parts of the document

    def head(self, report: Report) -> None:
        letterhead = report.letterhead
        table = self._frame(rows=2)
        (top_left, top_right), (left, right) = (row.cells for row in table.rows)
        superior = printable(letterhead.superior).upper()
        self._fill(
            top_left,
            *([(superior, styles.SUPERIOR)] if superior else []),
            (printable(letterhead.body).upper(), styles.BODY),
            ("*", styles.STAR),
        )
        self._fill(top_right, (self.profile.motto, styles.MOTTO), ("", styles.MOTTO_RULE))
        self._fill(left, (f"Số{BLANK_NUMBER}{printable(letterhead.symbol)}", styles.NUMBER))
        day = f"{printable(letterhead.place)}, {write_date_long(report.date)}"
        self._fill(right, (day, styles.PLACE_DATE))
        self.add(printable(report.type).upper(), styles.TYPE)
        self.add(printable(report.title), styles.SUBJECT)
        self.add("-----", styles.SUBJECT_RULE)

    def signature(self, letterhead: Letterhead) -> None:
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self.add("", styles.BREAK).paragraph_format.keep_with_next = True
        table = self._frame(rows=1)
        left, right = table.rows[0].cells
        lines = [(line, styles.RECIPIENT) for line in recipient_lines(letterhead.recipients)]
        if lines:
            self._fill(left, ("Nơi nhận:", styles.RECIPIENTS), *lines)
        else:
            self._fill(left, ("", styles.RECIPIENT))
        authority = printable(letterhead.authority).upper()
        self._fill(
            right,
            *([(authority, styles.AUTHORITY)] if authority else []),
            (printable(letterhead.post).upper(), styles.POST),
            (printable(letterhead.signer), styles.SIGNER),
        )

    def appendix(self, report: Report) -> None:
        title = "Phụ lục"
        for wide, group in self._by_orientation(report.appendix):
            self.next_section(wide=wide)
            if title:
                self.add(title, styles.APPENDIX)
                self.add(annex_line(report), styles.APPENDIX_LINE)
                title = ""
            for number, block in group:
                self.block(number, block)

    def _by_orientation(
        self, blocks: Iterable[Block]
    ) -> list[tuple[bool, list[tuple[str, Block]]]]:
        """The blocks in groups of one orientation; the blocks before a table are in the group of the
        table."""
        width = text_width(self.profile.page_mm[0], self.profile.margins)
        groups: list[tuple[bool, list[tuple[str, Block]]]] = []
        waiting: list[tuple[str, Block]] = []
        for number, block in numbered(blocks):
            waiting.append((number, block))
            if isinstance(block, Table):
                wide = is_wide(block, width, self.profile)
                if groups and groups[-1][0] == wide:
                    groups[-1][1].extend(waiting)
                else:
                    groups.append((wide, waiting))
                waiting = []
        if waiting and groups:
            groups[-1][1].extend(waiting)
        elif waiting:
            groups.append((False, waiting))
        return groups

    def blocks(self, blocks: Sequence[Block]) -> None:
        text = [block for block in blocks if not (isinstance(block, Paragraph) and block.note)]
        for number, block in numbered(blocks):
            self.block(number, block, last=block is text[-1])

    def block(self, number: str, block: Block, *, last: bool = False) -> None:
        """One block; the text of a Party document ends with "." (not "./." as one of the State)."""
        if isinstance(block, Heading) and block.level == 1:
            text = printable(block.text).upper()
            self.add(f"{number}{self.profile.part_mark}{text}", styles.PART)
        elif isinstance(block, Heading):
            self.add(f"{number}{self.profile.heading_mark}{printable(block.text)}", styles.HEADING)
        elif isinstance(block, Paragraph):
            text = printable(paragraph_text(block))
            stop = "." if last and text[-1:].isalnum() else ""
            self.add(text + stop, styles.NOTE if block.note else styles.TEXT)
            for note in paragraph_notes(block):
                self.add(note, styles.NOTE)
        else:
            self.add(printable(block.caption), styles.CAPTION)
            write_table(self.document, block, self.width_mm, self.profile)
            for note in table_notes(block, self.names):
                self.add(note, styles.NOTE)

    # Two columns without borders: head and signature

    def _frame(self, *, rows: int) -> DocxTable:
        table: DocxTable = self.document.add_table(rows=rows, cols=2)
        left = self.profile.head_left_mm
        fix_widths(table, [left, self.width_mm - left])
        table._tbl.tblPr.insert_element_before(parse_xml(_NO_PADDING), "w:tblLook")
        for row in table.rows:
            no_split(row)
        return table

    def _fill(self, cell: _Cell, *lines: tuple[str, str]) -> None:
        paragraph = cell.paragraphs[0]
        for place, (text, style) in enumerate(lines):
            if place:
                paragraph = cell.add_paragraph()
            paragraph.style = self.style(style)
            add_run(paragraph, text)


def text_width(page_mm: float, margins: Margins) -> float:
    """The width of the page between the margins, in millimetres."""
    return page_mm - margins.left - margins.right

"""A unit's report as a Word file to be printed and signed (*Tải bản Word để ký*).

It is A4 in Times New Roman. The figures are a table whose heading is repeated on every page, two
signatures have room at the end, and the receipt number is in the footer. There is no letterhead of the
office: who needs one adds it in Word.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nqcore.collection.entry.entry_sheet import NOT_IN_REPORT, EntryRow, EntrySheet
from nqcore.errors import Translate
from nqcore.model.period_names import period_name
from nqcore.text.dates import write_date
from nqcore.text.printable import printable

if TYPE_CHECKING:
    from docx.document import Document

FONT, TEXT_SIZE, TABLE_SIZE = "Times New Roman", 13, 12
TABLE_WIDTHS = (1.3, 6.9, 2.3, 2.1, 2.1, 1.8)
"""Width of each column of the table in centimetres. Together they fill A4 between its margins."""


def write_for_signing(
    sheet: EntrySheet,
    _: Translate,
    *,
    directive: str,
    above: str,
    attached: Sequence[str] = (),
) -> bytes:
    """The bytes of the .docx. `_` translates a msgid; `directive` is the name of the directive, `above`
    the name of the unit that receives the report, `attached` are the names of the report's attachments."""
    import docx

    document = docx.Document()
    _set_page(document)
    _add_letterhead(document, sheet, _, directive, above)
    _add_figures(document, sheet, _)
    for section in sheet.sections:
        for row in section.others:
            _add_paragraph(document, row.title, bold=True, space=6)
            lines = [part for line in row.lines(_) for part in line.splitlines()]
            for line in lines:
                _add_paragraph(document, f"– {line}" if row.ticked else line)
    if attached:
        _add_paragraph(document, _("Attached files"), bold=True, space=6)
        for name in attached:
            _add_paragraph(document, f"– {name}")
    _add_signatures(document, _)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _value(row: EntryRow, _: Translate) -> str:
    return _(NOT_IN_REPORT) if row.lacking else row.value or row.typed[row.key]


def _set_page(document: Document) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(TEXT_SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(3)


def _add_paragraph(
    where: Any, text: str, *, bold: bool = False, italic: bool = False, size: float = 0,
    align: str = "", space: float = 0,
) -> Any:  # fmt: skip
    """Add a paragraph at the end of `where` (a document or a cell). `size` and `space` (before it) are in
    points, 0 for the default; `align` is "CENTER", "RIGHT" or ""."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = where.add_paragraph()
    run = paragraph.add_run(printable(text))  # a draft keeps what was typed, whatever it is
    run.bold, run.italic = bold, italic
    if size:
        run.font.size = Pt(size)
    if align:
        paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    paragraph.paragraph_format.space_before = Pt(space)
    return paragraph


def _fill_cell(cell: Any, text: str, **look: Any) -> None:
    """Make `text` the only paragraph of the cell; `look` as for `_add_paragraph`."""
    paragraph = _add_paragraph(cell, text, **look)
    paragraph.paragraph_format.space_after = 0
    first = cell.paragraphs[0]._element
    first.getparent().remove(first)


def _add_letterhead(
    document: Document, sheet: EntrySheet, _: Translate, directive: str, above: str
) -> None:
    obligation, revision = sheet.obligation, sheet.obligation.revision
    top = document.add_table(rows=1, cols=2)
    left, right = top.rows[0].cells
    _fill_cell(left, above, size=TEXT_SIZE, align="CENTER")
    _add_paragraph(left, sheet.unit.name, bold=True, align="CENTER")
    # Place and day are left open: they are written by hand with the signature.
    _fill_cell(right, _("…, day … month … year {year}").format(year=obligation.period.end.year),
          italic=True, align="CENTER")  # fmt: skip
    period = period_name(obligation.period, _)
    _add_paragraph(document, _("Report {period}").format(period=period).upper(), bold=True, size=15,
         align="CENTER", space=12)  # fmt: skip
    _add_paragraph(document, directive, italic=True, align="CENTER")
    footer = document.sections[0].footer.paragraphs[0]
    if revision and revision.receipt and obligation.sent:
        footer.text = _("Receipt {receipt}, {day}").format(
            receipt=revision.receipt, day=write_date(revision.at.date())
        )


def _add_figures(document: Document, sheet: EntrySheet, _: Translate) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    if not sheet.boxes:
        return
    table = document.add_table(rows=1, cols=len(TABLE_WIDTHS))
    table.style = document.styles["Table Grid"]
    table.autofit = False
    for column, width in zip(table.columns, TABLE_WIDTHS, strict=True):
        column.width = Cm(width)  # new rows and merged cells take their width from the columns
    before = period_name(sheet.before, _) if sheet.before else _("Last period")
    now = period_name(sheet.obligation.period, _)
    titles = (_("No."), _("Indicator"), _("Measure"), before, now, _("Up, down"))
    for cell, text in zip(table.rows[0].cells, titles, strict=True):
        _fill_cell(cell, text, bold=True, size=TABLE_SIZE, align="CENTER")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for section in sheet.sections:
        if section.figures:
            cells = table.add_row().cells
            _fill_cell(cells[0], section.key, bold=True, size=TABLE_SIZE, align="CENTER")
            _fill_cell(cells[1].merge(cells[-1]), section.title, bold=True, size=TABLE_SIZE)
        for row in section.figures:
            assert row.indicator is not None
            texts = (row.indicator.label, row.indicator.name, row.indicator.measure, row.before,
                     _value(row, _), row.change)  # fmt: skip
            for nth, (cell, text) in enumerate(zip(table.add_row().cells, texts, strict=True)):
                align = "CENTER" if nth in (0, 2) else "RIGHT" if nth > 2 else ""
                _fill_cell(cell, text, size=TABLE_SIZE, align=align)
            if row.explanation:
                cells = table.add_row().cells
                _fill_cell(cells[1].merge(cells[-1]), f"{_('Explanation')}: {row.explanation}",
                      italic=True, size=TABLE_SIZE)  # fmt: skip
    for line in table.rows:
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _add_signatures(document: Document, _: Translate) -> None:
    from docx.oxml import OxmlElement

    table = document.add_table(rows=1, cols=2)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text in zip(
        table.rows[0].cells, (_("Drawn up by"), _("Head of the unit")), strict=True
    ):
        _fill_cell(cell, text, bold=True, align="CENTER", space=18)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        _add_paragraph(
            cell, _("(signature, full name)"), italic=True, size=TABLE_SIZE, align="CENTER"
        )

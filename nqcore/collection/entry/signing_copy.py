"""A unit's report as a Word file to be printed and signed (*Tải bản Word để ký*).

Plain on purpose: A4, Times New Roman, the figures as a real table with its heading on every page, room
for two signatures, the receipt in the footer. An office that wants its letterhead adds it in Word.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nqcore.collection.entry.entry_sheet import EntryRow, EntrySheet
from nqcore.model.forms import ChoicesField, DocumentField, FigureField, TaskField
from nqcore.model.period_names import period_name
from nqcore.model.submissions import OwnDocument, TaskProgress
from nqcore.model.targets import STATUS_LABELS
from nqcore.text.dates import write_date

if TYPE_CHECKING:
    from docx.document import Document

Words = Callable[[str], str]
FONT, TEXT, TABLE = "Times New Roman", 13, 12
WIDTHS = (1.3, 6.9, 2.3, 2.1, 2.1, 1.8)
"""Centimetres of the table's columns: together what A4 leaves between the margins."""


def write_for_signing(
    sheet: EntrySheet,
    _: Words,
    *,
    directive: str,
    above: str,
    title: Callable[[str], str] = str,
    attached: Sequence[str] = (),
) -> bytes:
    """The .docx. `_` maps a msgid to the reader's language; `directive` is the document's name,
    `above` the unit that gets the report, `title` says what a task is, `attached` names files."""
    import docx

    document = docx.Document()
    _page(document)
    _head(document, sheet, _, directive, above)
    _figures(document, sheet, _)
    for section in sheet.sections:
        for row in section.others:
            _say(document, _name(row, title), bold=True, space=6)
            for line in _answer(row, _).splitlines() or [""]:
                _say(document, line)
    if attached:
        _say(document, _("Attached files"), bold=True, space=6)
        for name in attached:
            _say(document, f"– {name}")
    _signatures(document, _)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Document) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(TEXT)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(3)


def _say(
    where: Any, text: str, *, bold: bool = False, italic: bool = False, size: float = 0,
    align: str = "", space: float = 0,
) -> Any:  # fmt: skip
    """A paragraph at the end of `where` (a document or a cell)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = where.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    if size:
        run.font.size = Pt(size)
    if align:
        paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    paragraph.paragraph_format.space_before = Pt(space)
    return paragraph


def _fill(cell: Any, text: str, **look: Any) -> None:
    """The cell's only paragraph."""
    paragraph = _say(cell, text, **look)
    paragraph.paragraph_format.space_after = 0
    first = cell.paragraphs[0]._element
    first.getparent().remove(first)


def _head(document: Document, sheet: EntrySheet, _: Words, directive: str, above: str) -> None:
    obligation, revision = sheet.obligation, sheet.obligation.revision
    top = document.add_table(rows=1, cols=2)
    left, right = top.rows[0].cells
    _fill(left, above, size=TEXT, align="CENTER")
    _say(left, sheet.unit.name, bold=True, align="CENTER")
    # Place and day are written by hand when it is signed.
    _fill(right, _("…, day … month … year {year}").format(year=obligation.period.end.year),
          italic=True, align="CENTER")  # fmt: skip
    period = period_name(obligation.period, _)
    _say(document, _("Report {period}").format(period=period).upper(), bold=True, size=15,
         align="CENTER", space=12)  # fmt: skip
    _say(document, directive, italic=True, align="CENTER")
    footer = document.sections[0].footer.paragraphs[0]
    if revision and revision.receipt and obligation.sent:
        footer.text = _("Receipt {receipt}, {day}").format(
            receipt=revision.receipt, day=write_date(revision.at.date())
        )


def _figures(document: Document, sheet: EntrySheet, _: Words) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    if not sheet.boxes:
        return
    table = document.add_table(rows=1, cols=len(WIDTHS))
    table.style = document.styles["Table Grid"]
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Cm(width)  # new rows and merged cells take theirs from the columns
    before = period_name(sheet.before, _) if sheet.before else _("Last period")
    now = period_name(sheet.obligation.period, _)
    titles = (_("No."), _("Indicator"), _("Measure"), before, now, _("Up, down"))
    for cell, words in zip(table.rows[0].cells, titles, strict=True):
        _fill(cell, words, bold=True, size=TABLE, align="CENTER")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for section in sheet.sections:
        if section.figures:
            cells = table.add_row().cells
            _fill(cells[0], section.key, bold=True, size=TABLE, align="CENTER")
            _fill(cells[1].merge(cells[-1]), section.title, bold=True, size=TABLE)
        for row in section.figures:
            assert row.indicator is not None
            texts = (row.indicator.label, row.indicator.name, row.indicator.measure, row.before,
                     row.value or row.typed[row.key], row.change)  # fmt: skip
            for nth, (cell, text) in enumerate(zip(table.add_row().cells, texts, strict=True)):
                align = "CENTER" if nth in (0, 2) else "RIGHT" if nth > 2 else ""
                _fill(cell, text, size=TABLE, align=align)
            if row.explanation:
                cells = table.add_row().cells
                _fill(cells[1].merge(cells[-1]), f"{_('Explanation')}: {row.explanation}",
                      italic=True, size=TABLE)  # fmt: skip
    for line in table.rows:
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _name(row: EntryRow, title: Callable[[str], str]) -> str:
    if isinstance(row.field, TaskField):
        return title(row.field.task)
    return "" if isinstance(row.field, FigureField) else row.field.label


def _answer(row: EntryRow, _: Words) -> str:
    """What was answered, in words."""
    answer = row.answer
    if isinstance(row.field, ChoicesField) and isinstance(answer, tuple):
        return "\n".join(f"– {o.text}" for o in row.field.options if o.code in answer) or _("None")
    if isinstance(answer, OwnDocument):
        day = f", {write_date(answer.date)}" if answer.date else ""
        return f"{answer.number}{day}"
    if isinstance(answer, TaskProgress):
        return _(STATUS_LABELS[answer.status]) + (f": {answer.note}" if answer.note else "")
    if isinstance(row.field, DocumentField):
        return _("Not issued yet")
    if isinstance(answer, str) and answer:
        return answer
    assert not isinstance(answer, Decimal)
    return _("None")


def _signatures(document: Document, _: Words) -> None:
    from docx.oxml import OxmlElement

    table = document.add_table(rows=1, cols=2)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, words in zip(
        table.rows[0].cells, (_("Drawn up by"), _("Head of the unit")), strict=True
    ):
        _fill(cell, words, bold=True, align="CENTER", space=18)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        _say(cell, _("(signature, full name)"), italic=True, size=TABLE, align="CENTER")

"""What every format does with the blocks of a report: number the headings, check the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nqcore.analysis.report.errors import RaggedTable
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.reports import Block, Heading, Paragraph, Report, Table
from nqcore.text.dates import write_date_long
from nqcore.text.printable import printable

BLANK_NUMBER = "\N{NO-BREAK SPACE}" * 6
"""In the place of the number, which a document gets when it is signed."""

_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """The number in Roman figures, from 1 to 89: 1 → "I", 4 → "IV"."""
    text = ""
    for size, sign in _ROMAN:
        text += sign * (number // size)
        number %= size
    return text


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with its number: "I", "II" for a part, "1", "2" for a heading within a part, "" for
    other blocks. The layout adds what follows the number ("I-", "I."). Raises RaggedTable."""
    part = heading = 0
    for block in blocks:
        number = ""
        if isinstance(block, Heading):
            if block.level == 1:
                part, heading = part + 1, 0
                number = roman(part)
            else:
                heading += 1
                number = str(heading)
        elif isinstance(block, Table):
            check_table(block)
        yield number, block


def check_table(table: Table) -> None:
    """Raise RaggedTable if a row is not as long as the table has columns."""
    for place, row in enumerate(table.rows, 1):
        if len(row) != len(table.columns):
            raise RaggedTable(
                caption=table.caption, row=place, cells=len(row), columns=len(table.columns)
            )


def paragraph_text(paragraph: Paragraph) -> str:
    """The sentence with its label in front: "- Đến nay …"."""
    return paragraph_label(paragraph) + sentence_text(paragraph.sentence)


def paragraph_label(paragraph: Paragraph) -> str:
    """The text before the sentence, with a space after it: "- "; "" without a label."""
    return f"{printable(paragraph.label)} " if paragraph.label else ""


def coverage_note(report: Report) -> str:
    """The coverage of the whole report, to be printed below its text; "" when the text contains it."""
    sentences = (sentence_text(b.sentence) for b in report.body if isinstance(b, Paragraph))
    coverage = printable(report.coverage)
    return f"Ghi chú: {coverage}" if coverage and not any(coverage in s for s in sentences) else ""


def annex_line(report: Report) -> str:
    """The line below the title of the annex: of which document it is a part. The number is written in by
    hand, like that in the head."""
    head = report.letterhead
    number = f"số{BLANK_NUMBER}{printable(head.symbol)}" if head.symbol else "số"
    return f"(Kèm theo {printable(report.type)} {number}, {write_date_long(report.date)})"


def recipient_lines(recipients: Iterable[str]) -> list[str]:
    """The lines below *Nơi nhận* as official documents have them: "- …;", the last one "- …."."""
    plain = [printable(line).strip().removeprefix("-").strip(" ;,.") for line in recipients]
    return [f"- {line}{';' if n < len(plain) else '.'}" for n, line in enumerate(plain, 1)]

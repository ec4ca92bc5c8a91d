"""What every format does with the blocks of a report: number the headings, check the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from nqcore.analysis.report.errors import RaggedTable
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.reports import Block, Heading, Paragraph, Report, Table
from nqcore.text.printable import printable

BLANK_NUMBER = "\N{NO-BREAK SPACE}" * 6
"""In the place of the number, which a document gets when it is signed."""

_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """The number in Roman figures, from 1 to 89: 1 → "I", 4 → "IV"."""
    text = ""
    for size, sign in _ROMAN:
        text += sign * (number // size)
        number %= size
    return text


def numbered(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with its number: "I", "II" for a part, "1", "2" for a heading within a part, "a", "b" for
    one within that, "Phần thứ nhất" for a half of the text, in which the parts begin again at I; "" for other
    blocks. The layout adds what follows the number ("I-", "I."). Raises RaggedTable."""
    half = part = heading = item = 0
    for block in blocks:
        number = ""
        if isinstance(block, Heading):
            if block.level == 0:
                half, part, heading, item = half + 1, 0, 0, 0
                number = half_name(half)
            elif block.level == 1:
                part, heading, item = part + 1, 0, 0
                number = roman(part)
            elif block.level == 2:
                heading, item = heading + 1, 0
                number = str(heading)
            else:
                item += 1
                number = letter(item)
        elif isinstance(block, Table):
            check_table(block)
        yield number, block


def half_name(nth: int) -> str:
    """The name of a half of the text, of which there may be more than two: "Phần thứ nhất"."""
    return f"Phần thứ {_ORDINALS[nth - 1] if nth <= len(_ORDINALS) else nth}"


def letter(nth: int) -> str:
    """The nth letter of a list: a, b, c, d, đ, e, g …; after the last one "aa"."""
    more, place = divmod(nth - 1, len(_LETTERS))
    return _LETTERS[place] * (more + 1)


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


def document_number(report: Report) -> str:
    """The number as it is written before the symbol: at least two digits ("05"), or room for it."""
    number = printable(report.number).strip()
    return number.zfill(2) if number else BLANK_NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """One annex of a report: `number` is Roman, "" where the report has only one; `title` "" where its
    first block says it."""

    number: str
    title: str
    blocks: tuple[Block, ...]


def annexes(report: Report) -> tuple[Annex, ...]:
    """The annexes of the report. A heading of level 0 or 1 begins one and is its title; where the appendix
    has no such heading, each table does, with its caption as the title."""
    headed = any(isinstance(block, Heading) and block.level <= 1 for block in report.appendix)
    found: list[tuple[str, list[Block]]] = []
    waiting: list[Block] = []
    for block in report.appendix:
        if headed and isinstance(block, Heading) and block.level <= 1:
            found.append((block.text, [*waiting]))
            waiting = []
        elif headed and found:
            found[-1][1].append(block)
        elif not headed and isinstance(block, Table):
            title = block.caption.removeprefix(f"Biểu {len(found) + 1}. ")
            found.append((title, [*waiting, replace(block, caption="")]))
            waiting = []
        else:
            waiting.append(block)
    if waiting and found:
        found[-1][1].extend(waiting)
    elif waiting:
        found.append(("", waiting))
    several = len(found) > 1
    return tuple(
        Annex(number=roman(nth) if several else "", title=title, blocks=tuple(blocks))
        for nth, (title, blocks) in enumerate(found, 1)
    )


def recipient_lines(recipients: Iterable[str]) -> list[str]:
    """The lines below *Nơi nhận* as official documents have them: "- …;", the last one "- …."."""
    plain = [printable(line).strip().removeprefix("-").strip(" ;,.") for line in recipients]
    return [f"- {line}{';' if n < len(plain) else '.'}" for n, line in enumerate(plain, 1)]

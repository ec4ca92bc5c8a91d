"""The lines around the text of a paper: who issues it, its number and day, to whom it goes, who signs it.

A line that is left out, added or written shorter says nothing. Room that the report leaves to be written in
by hand (the number and the day of what is not frozen, the name below the post) may hold anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from nqcore.analysis.readback.document import ReadDocument
from nqcore.analysis.readback.short_forms import ShortForms, one_spelling
from nqcore.analysis.report.docx.paper_words import (
    SAME_AS_ABOVE,
    number_line,
    recipients,
    signing,
    to_lines,
)
from nqcore.analysis.report.plain_layout import plain_layout
from nqcore.model.reports import Report
from nqcore.text.dates import write_date_long
from nqcore.text.printable import printable

_FOR = re.compile(r"(?<!\w)([TKQ])[/.]?([MTL])(?!\w)\.?", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*số\s*:?\s*(\d*)[\s.…_]*[-/]([\wĐ-]+[-/][\wĐ-]+)", re.IGNORECASE)
_DAY = re.compile(r"(.*?),?\s*(?<!\w)ngày\D*(\d*)\D*tháng\D*(\d*)\D*năm\D*(\d*)", re.IGNORECASE)
_TO = re.compile(r"\s*kính gửi\s*:?\s*", re.IGNORECASE)
_RECIPIENTS = "nơi nhận"
_BY_HAND = ("…", "...")
_MOTTOES = (
    "ĐẢNG CỘNG SẢN VIỆT NAM",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
)
"""Lines of the head that name no issuing body."""
_HEAD, _LIKE = 40, 0.34
"""In so many paragraphs stands the head; how alike a line has to be to be that line in other words, of 1."""


class FrameLine(NamedTuple):
    """A line of the document that says another thing: its paragraph, and what is due there."""

    paragraph: int
    due: str


@dataclass(frozen=True, slots=True)
class _Line:
    paragraph: int
    text: str
    words: tuple[str, ...]


def other_lines(document: ReadDocument, report: Report, forms: ShortForms) -> Iterator[FrameLine]:
    """The lines of the letterhead, the address and the signature that say another thing than the report."""
    frame = _Frame(document, report, forms)
    top = frame.top()
    if top is not None:
        yield from frame.head(range(top))
        yield from frame.addressed(range(top + 1, min(len(document.paragraphs), top + _HEAD)))
    yield from frame.signed(range(top or 0, len(document.paragraphs)))


class _Frame:
    def __init__(self, document: ReadDocument, report: Report, forms: ShortForms) -> None:
        self._document, self._report, self._forms = document, report, forms
        self._layout = plain_layout(report.letterhead)

    def top(self) -> int | None:
        """The paragraph that says what kind of document it is, which stands below the head."""
        kind = self._words(self._report.type)
        nths = range(min(_HEAD, len(self._document.paragraphs)))
        return next((nth for nth in nths if self._line(nth).words == kind), None)

    def head(self, nths: Sequence[int]) -> Iterator[FrameLine]:
        """Who issues it, its number and its day."""
        lines = [self._line(nth) for nth in nths]
        for line in lines:
            yield from self._number(line)
            yield from self._day(line)
        head = self._report.letterhead
        beside = {self._words(one) for one in (*_MOTTOES, *self._report.marks)}
        free = [
            one
            for one in lines
            if one.words not in beside and not _NUMBER.match(one.text) and not _DAY.match(one.text)
        ]
        due = [head.superior, head.body]
        yield from self._compared(free, due)

    def _number(self, line: _Line) -> Iterator[FrameLine]:
        said, due = _NUMBER.match(line.text), number_line(self._report, self._layout.signs)
        known = _NUMBER.match(due)
        if said is None or known is None:
            return
        symbols = [{*re.split(r"[-/]", one[2].upper())} for one in (said, known)]
        number = self._report.number.strip()
        other = number.isdecimal() and said[1] and int(said[1]) != int(number)
        if other or symbols[0] != symbols[1]:
            yield FrameLine(line.paragraph, due)

    def _day(self, line: _Line) -> Iterator[FrameLine]:
        said, place = _DAY.match(line.text), printable(self._report.letterhead.place)
        if said is None:
            return
        day = self._report.date
        known = ((2, day.day), (3, day.month), (4, day.year))
        frozen = self._report.edition or self._report.number
        other = frozen and any(said[nth] and int(said[nth]) != value for nth, value in known)
        if other or self._other(self._words(said[1]), self._words(place)):
            yield FrameLine(line.paragraph, f"{place}, {write_date_long(day)}")

    def addressed(self, nths: Sequence[int]) -> Iterator[FrameLine]:
        """To whom it goes."""
        due = to_lines(self._report, self._layout)
        start = next((n for n in nths if _TO.match(self._document.paragraphs[n].text)), None)
        if not due or start is None:
            return
        lines = [self._line(nth) for nth in range(start, start + len(due) + 1) if nth in nths]
        yield from self._compared(lines, due)

    def signed(self, nths: Sequence[int]) -> Iterator[FrameLine]:
        """Who gets it, and who signs it: two cells of one table."""
        cells = self._document.paragraphs
        at = next(
            (nth for nth in nths if cells[nth].text.strip().casefold().startswith(_RECIPIENTS)),
            None,
        )
        where = cells[at].cell if at is not None else None
        if at is None or where is None:
            return
        same = [(n, cell) for n in nths if (cell := cells[n].cell) and cell.table == where.table]
        left = [self._line(n) for n, cell in same if cell.column == where.column and n != at]
        right = [self._line(n) for n, cell in same if cell.column != where.column]
        lines = recipients(self._report, self._layout)
        yield from self._compared(left, [one for one in lines if SAME_AS_ABOVE not in one])
        head = self._report.letterhead
        authority, post = signing(self._report, self._layout.signs)
        signer = printable(head.signer).strip()
        yield from self._compared(right, [authority])
        rest = [one for one in right if one.words and not self._like(one, authority)]
        yield from self._compared(rest, [post, signer], exact=True)

    def _like(self, line: _Line, due: str) -> bool:
        return _ratio(line.words, self._words(due)) >= _LIKE

    def _compared(
        self, lines: Sequence[_Line], due: Sequence[str], *, exact: bool = False
    ) -> Iterator[FrameLine]:
        """Each due line that the document has in other words. `exact`: none may be shorter or longer."""
        wanted = [printable(one).strip() for one in due]
        wanted = [one for one in wanted if one and not any(dots in one for dots in _BY_HAND)]
        there = {line.words for line in lines}
        left = [one for one in wanted if self._words(one) not in there]
        due_words = {self._words(one) for one in wanted}
        free = [line for line in lines if line.words and line.words not in due_words]
        for one in left:
            words = self._words(one)
            best = max(free, key=lambda line: _ratio(line.words, words), default=None)
            alone = len(left) == len(free) == 1
            if best is None or (_ratio(best.words, words) < _LIKE and not alone):
                continue
            free.remove(best)
            if exact or self._other(best.words, words):
                yield FrameLine(best.paragraph, one)

    def _other(self, said: Sequence[str], due: Sequence[str]) -> bool:
        """Whether words stand in the place of others."""
        codes = SequenceMatcher(None, said, due, autojunk=False).get_opcodes()
        return bool(said and due) and any(tag == "replace" for tag, *_places in codes)

    def _line(self, nth: int) -> _Line:
        text = self._document.paragraphs[nth].text
        return _Line(nth, text, self._words(_TO.sub("", text, count=1)))

    def _words(self, text: str) -> tuple[str, ...]:
        """The words of a line: short forms in full, "T/M" as "TM.", nothing of what is in brackets."""
        plain = re.sub(r"\([^)]*\)", " ", self._forms.text(printable(text)))
        plain = _FOR.sub(r"\1\2", plain)
        return tuple(map(one_spelling, re.findall(r"[^\W_]+", plain)))


def _ratio(one: Sequence[str], other: Sequence[str]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()

"""`find_citations`: every document cited in a Vietnamese text.

One fast scan finds the digits that may belong to a document number (candidates.py). For each of them
the words before it, the symbol after it and the date are read.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from heapq import merge
from typing import Final

from nqcore.text.citations import lexer
from nqcore.text.citations.candidates import candidates
from nqcore.text.citations.citation import Citation, make_citation
from nqcore.text.citations.citation_dates import date_after, date_before, head_date
from nqcore.text.citations.day_lists import deal_days
from nqcore.text.citations.document_types import TYPE_WORDS, fits
from nqcore.text.citations.hits import Hit, share_days
from nqcore.text.citations.invisible import visible
from nqcore.text.citations.issuers import kind_of
from nqcore.text.citations.laws import LawName, law_names
from nqcore.text.citations.numbers import Style
from nqcore.text.citations.offsets import compose
from nqcore.text.citations.plenums import PlenumName, plenum_names
from nqcore.text.citations.short_forms import short_form
from nqcore.text.citations.symbol_at import symbol_at
from nqcore.text.citations.symbols import LETTER_TYPE, Symbol
from nqcore.text.citations.words_before import TypeWord, WordsBefore, words_before

_PARTY_STYLES: Final = frozenset({Style.PARTY, Style.HYPHENS, Style.TYPE_ONLY_HYPHEN})
_FIGURE: Final = "0123456789."
_BEFORE: Final = frozenset(" \t\r\n\xa0\u200b(:,;“\"'[‘’”|…«*>`•·→")

# Between the items of a list: "…, số …", "… và …".
_GAP: Final = re.compile(r"[\s,;&]{0,6}(?:(?:và|hoặc|hay|và\s{1,3}số|số|Số)[\s:]{1,4})?")
_MORE: Final = re.compile(
    r"(?:\s{0,4}(?:[,;&]|và|hoặc)\s{0,4}(?:(?:và|số)\s{0,3}){0,2}"
    r"[0-9]{1,5}[a-z]?(?:/(?:19|20)[0-9]{2}(?=\s{0,4}(?:[,;&]|và|hoặc)))?(?![0-9A-Za-z])){1,12}"
)
_ITEM: Final = re.compile(r"([0-9]{1,5}[a-z]?)(?:/((?:19|20)[0-9]{2}))?")
# After a list of bare numbers: what shows that the last one counts nothing.
_LIST_ENDS: Final = re.compile(
    r"\s{0,4}(?:$|[.;:)\n](?![0-9])|(?:của|về|nêu|trên|đã|là|được|thì|ngày\s{0,4}[0-9])(?![^\W\d_]))"
)
_OWN_YEAR: Final = re.compile(r"/((?:19|20)[0-9]{2})?(?=\s{0,4}(?:[,;&]|và|hoặc))")
_BULLET: Final = re.compile(r"(?:^|[\s;:,.])[-–+*•]$")
# A document's own number: "Số: …" on a line of its own, or "Nghị quyết số: …".
_OWN_HEAD: Final = re.compile(
    r"(?:^|[\n\t|])[ *_|]{0,8}(?:S[ốỐ]\s{0,3}:?|[^\W\d]{2,6}\s[^\W\d]{2,6}\s(?:số|SỐ)\s?:)\s{0,3}$"
)
_EARLIER: Final = re.compile(
    r"(?:nghị định|quyết định|nghị quyết|thông tư|chỉ thị|sắc lệnh|bộ luật|luật|pháp lệnh)"
    r"(?=[^.;:\n]{1,40}$)",
    re.I,
)


def find_citations(text: str) -> list[Citation]:
    """Every document that `text` cites, from left to right; offsets are characters of `text`."""
    seen = visible(text)
    composed = compose(seen.text)
    numbered = _Scan(composed.text).hits()
    named = (_plenum_hit(composed.text, name) for name in plenum_names(composed.text))
    hits = list(_without_overlaps(merge(numbered, named, key=lambda hit: hit.start)))
    deal_days(composed.text, hits)
    share_days(composed.text, hits)
    if composed.same and not seen.kept:
        return [_citation(text, hit, hit.start, hit.end) for hit in hits]
    places = [place for hit in hits for place in (hit.start, hit.end)]
    given = iter(seen.back(composed.back(places)))
    return [_citation(text, hit, next(given), next(given)) for hit in hits]


def _plenum_hit(text: str, name: PlenumName) -> Hit:
    when = date_after(text, name.end)
    return Hit(
        start=name.start, end=name.end, number=None, year=None, type=name.type, issuer="TW", date=when,
        party_style=True, partial=True, word=None, plenum=name.plenum,
    )  # fmt: skip


def _without_overlaps(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits, without those that begin inside the one before: a letter belongs to one citation."""
    end = 0
    for hit in hits:
        if hit.start >= end:
            end = hit.end
            yield hit


def _citation(text: str, hit: Hit, start: int, end: int) -> Citation:
    word, type_, issuer = hit.word, hit.type, hit.issuer
    kind = kind_of(type_, issuer, hit.party_style)
    mismatch = word is not None and type_ != word.types[0] and not fits(type_, word.types)
    return make_citation(
        text[start:end], start, end, hit.number, hit.year, type_, issuer, hit.date, kind,
        hit.partial, mismatch, hit.plenum,
    )  # fmt: skip


class _Scan:
    """One pass over a composed text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.fresh: deque[Hit] = deque()  # found, but not yet yielded
        self.last: Hit | None = None
        self.laws: dict[int, LawName] = {}  # by where their number would begin
        self.other_end = -1  # end of the last form code, which may be the first of a list
        self.done = 0

    def hits(self) -> Iterator[Hit]:
        """All citations from left to right: documents by number and laws by name."""
        names = list(law_names(self.text))
        self.laws = {name.number_at: name for name in names if name.number_at >= 0}
        at = 0
        for digit in candidates(self.text):
            if digit < self.done:
                continue
            self._read_number(digit)
            while self.fresh:
                hit = self.fresh.popleft()
                while at < len(names) and names[at].start < hit.start:
                    if names[at].end <= hit.start:  # else it overlaps another document's number
                        yield self._law_hit(names[at])
                    at += 1
                while at < len(names) and names[at].start < hit.end:
                    at += 1
                yield hit
        yield from map(self._law_hit, names[at:])

    def _law_hit(self, name: LawName) -> Hit:
        issuer = "UBTVQH" if name.type == "Pháp lệnh" else "QH"
        when = date_after(self.text, name.end)
        span = (name.start, name.end)
        return Hit(*span, None, name.year, name.type, issuer, when, False, False, None)

    def _read_number(self, digit: int) -> None:
        """Decide whether the number around the digit at `digit` is a citation."""
        text = self.text
        low = digit - 10 if digit > 10 else 0
        figure = text[low : digit + 1]
        if figure[-1] not in _FIGURE:
            return  # a letter that shares its low byte with a digit
        begin = low + len(figure.rstrip(_FIGURE))
        if begin == low and low and text[low - 1] in _FIGURE:
            return  # too long for a number
        while text[begin] == ".":
            begin += 1
        number = lexer.NUMBER.match(text, begin)
        if number is None:
            return
        end = number.end()
        before = words_before(text, begin)
        if before.other:
            code = lexer.SYMBOL.match(text, end)
            self.other_end = code.end() if code else end
        elif self._may_begin(begin, before):
            read = symbol_at(text, end, before)
            if read is None:
                self._add_without_symbol(begin, number[0], before)
            else:
                self._add_with_symbol(begin, number[0], before, *read)

    def _may_begin(self, begin: int, before: WordsBefore) -> bool:
        """Whether a number may begin here: not inside a word, a path or a longer figure."""
        if begin == 0:
            return True
        text = self.text
        character = text[begin - 1]
        if character in _BEFORE or character.isspace():
            # a query in an address: "Keyword= 29/2017/…"
            return not text[max(0, begin - 4) : begin].rstrip().endswith(("=", "%"))
        if before.word is not None or before.numbered:
            return True
        if character == ".":
            return begin < 2 or not text[begin - 2].isdigit()
        return _BULLET.search(text[max(0, begin - 2) : begin]) is not None

    def _add_with_symbol(
        self, begin: int, number: str, before: WordsBefore, symbol: Symbol, stop: int
    ) -> None:
        issuer = symbol.issuer or ""
        law = self.laws.get(begin)
        if law is not None and issuer.startswith(("QH", "UBTVQH")):
            self._add(law.start, begin, number, law.type, symbol, stop, None)
            return
        word = before.word
        if word is None:
            if self._is_next_item(self.other_end, begin):  # "Mẫu 02/TB-ĐKT và 03/TB-ĐKT"
                self.other_end = stop
                return
            if (symbol.type is None or symbol.letter) and self.last is not None:
                word = self.last.word if self._is_next_item(self.last.end, begin) else None
        if not _is_citation(symbol, before, word):
            return
        type_ = symbol.type
        if type_ is None or symbol.letter:
            type_ = word.types[0] if word is not None else self._earlier_type(begin, symbol)
        self._add(before.start, begin, number, type_, symbol, stop, word)

    def _append(self, hit: Hit) -> None:
        self.fresh.append(hit)
        self.last = hit
        self.done = hit.end

    def _is_next_item(self, end: int, begin: int) -> bool:
        """Whether `begin` is the next item of a list after `end`."""
        return 0 < end <= begin <= end + 14 and _GAP.fullmatch(self.text, end, begin) is not None

    def _earlier_type(self, begin: int, symbol: Symbol) -> str | None:
        """The type from an earlier word, as in "Nghị định của Chính phủ số 25/CP"."""
        earlier = _EARLIER.findall(self.text[max(0, begin - 70) : begin])
        if earlier:
            return TYPE_WORDS[earlier[-1].lower()][0]
        if symbol.type is None and (symbol.issuer or "").startswith("UBTVQH"):
            return "NQ"
        return symbol.type

    def _add(
        self, start: int, begin: int, number: str, type_: str | None, symbol: Symbol, stop: int,
        word: TypeWord | None,
    ) -> None:  # fmt: skip
        issuer = symbol.issuer
        if type_ == LETTER_TYPE and issuer is not None:
            issuer = issuer.replace("/", "-").partition("-")[0]
        when = date_after(self.text, stop) or self._date_elsewhere(start, begin, stop)
        party = symbol.style in _PARTY_STYLES
        partial = issuer is None and not symbol.known
        self._append(
            Hit(start, stop, number, symbol.year, type_, issuer, when, party, partial, word)
        )

    def _date_elsewhere(self, start: int, begin: int, stop: int) -> date | None:
        text = self.text
        before = text[max(0, begin - 6) : begin]
        if "S" in before or ":" in text[start:begin]:
            if _OWN_HEAD.search(text, max(0, start - 16), begin):
                return head_date(text, stop)
            if "Số:" in before:  # the lines of the head were joined
                return head_date(text, stop, window=60)
        return date_before(text, start)

    def _add_without_symbol(self, begin: int, number: str, before: WordsBefore) -> None:
        """A number without a symbol: the first of a list ("số 18, 19-NQ/TW") or a short form."""
        text = self.text
        end = begin + len(number)
        if (before.word is not None or before.numbered) and self._add_list(begin, number, before):
            return
        short = short_form(text, end, number, before)
        if short is None or before.word is None:
            return
        rest = self._bare_items(short.end) if short.year is None else []
        when = date_after(text, rest[-1].end() if rest else short.end)
        what = (before.word.types[0], None, when, False, True, before.word)
        self._append(Hit(before.start, short.end, number, short.year, *what))
        for item in rest:
            self._append(Hit(item.start(), item.end(), item[1], None, *what))

    def _bare_items(self, end: int) -> list[re.Match[str]]:
        """The other numbers of "Nghị quyết 57, 59, 66 và 68 của Bộ Chính trị", after the first one."""
        more = _MORE.match(self.text, end)
        if more is None or not _LIST_ENDS.match(self.text, more.end()):
            return []
        items = list(_ITEM.finditer(self.text, *more.span()))
        return [] if any(item[2] for item in items) else items

    def _add_list(self, begin: int, number: str, before: WordsBefore) -> bool:
        """Add all numbers of "số 18, 19-NQ/TW": each has the symbol and date of the last one."""
        text = self.text
        first = begin + len(number)
        year = _OWN_YEAR.match(text, first)  # "113/2018, 114/2018/NĐ-CP"
        first = year.end() if year and year[1] else first
        more = _MORE.match(text, year.end() if year else first)
        read = symbol_at(text, more.end(), before) if more else None
        if more is None or read is None or read[0].issuer is None:
            return False
        symbol, stop = read
        if not _is_citation(symbol, before, before.word):
            return False
        type_ = before.word.types[0] if symbol.type is None and before.word else symbol.type
        when = date_after(text, stop)
        party = symbol.style in _PARTY_STYLES
        items = [(m.start(), m.end(), m[1], m[2]) for m in _ITEM.finditer(text, *more.span())]
        items[-1] = (items[-1][0], stop, items[-1][2], None)
        own = year[1] if year else None
        for start, end, item, its_year in [(before.start, first, number, own), *items]:
            what = (item, its_year or symbol.year, type_, symbol.issuer, when)
            self._append(Hit(start, end, *what, party, False, before.word))
        return True


def _is_citation(symbol: Symbol, before: WordsBefore, word: TypeWord | None) -> bool:
    """Whether the symbol and the words before the number show that a document is cited."""
    if word is not None:
        if symbol.letter and not symbol.known and not before.numbered:
            return word.types[0] == LETTER_TYPE  # "Dự án 5-ODA" is no document
        return symbol.issuer is not None or symbol.type in word.types or symbol.known
    if symbol.issuer is None:
        return before.numbered and symbol.known
    if symbol.type is not None and not symbol.letter:
        return before.numbered or symbol.year is not None or symbol.known
    if symbol.type is None and symbol.year is not None:
        return symbol.issuer.startswith(("QH", "UBTVQH"))
    return before.numbered and symbol.known and symbol.year is None

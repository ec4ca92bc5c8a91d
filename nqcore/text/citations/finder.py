"""`find_citations`: every document cited in running Vietnamese text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from nqcore.text.citations import lexer
from nqcore.text.citations.citation import Citation
from nqcore.text.citations.dated import date_after, date_before, head_date
from nqcore.text.citations.grammar import Left, Word, left_of
from nqcore.text.citations.kinds import LAW_TYPES, SHORT_FORMS, TYPE_WORDS, fits, kind_of
from nqcore.text.citations.laws import LawName, law_names
from nqcore.text.citations.numbers import LETTER_TYPE, Style, Symbol, read_symbol
from nqcore.text.citations.offsets import compose

_PARTY_STYLES: Final = frozenset({Style.PARTY, Style.HYPHENS, Style.TYPE_ONLY_HYPHEN})

_DIGITS: Final = "0123456789."
_GAP: Final = re.compile(r"[\s,;&]{0,6}(?:(?:và|hoặc|hay|và\s{1,3}số|số|Số)[\s:]{1,4})?")
_BULLET: Final = re.compile(r"(?:^|[\s;:,.])[-–+*•]$")
_LATE_YEAR: Final = re.compile(r"/((?:19|20)[0-9]{2})(?![0-9/])")
_MORE: Final = re.compile(
    rf"(?:\s{{0,4}}(?:[,;&]|và|hoặc)\s{{0,4}}(?:(?:và|số)\s{{0,3}}){{0,2}}[0-9]{{1,5}}[a-z]?(?![0-9A-Za-z])){{1,12}}"
)
_ITEM: Final = re.compile(r"[0-9]{1,5}[a-z]?")
_PARTIAL_YEAR: Final = re.compile(r"/((?:19|20)[0-9]{2})(?![0-9/\-.]?[0-9A-Za-zđĐ/\-])")
_FIGURE_GOES_ON: Final = re.compile(
    r"[.,][0-9]|\s?%|…|\.\.|[/-][0-9]|[/-][^\W\d_]|[A-Za-zđĐ0-9_²³]|\s?[+x]\s?[0-9]"
)
_RANGE: Final = re.compile(r"\s{0,2}[-–]\s{0,2}[0-9]")
_COUNTED: Final = re.compile(
    r"\s{1,4}(?:(?:năm|ngày)(?!\s{0,4}[0-9])|(?:tháng|tuần|giờ|người|đồng|triệu|tỷ|tỉ|nghìn|ngàn|lượt|cuộc|buổi"
    r"|đơn|nội|vấn|nhiệm|điều|điểm|nhóm|loại|trường|cá|tập|tổ|xã|huyện|tỉnh|phường|thành|hộ|cơ|bộ|dự|công"
    r"|đề|hình|chương|mục|khoản|giải|chỉ|tiêu|lần|cán|mô|bước|mẫu|phần|quyển|cuốn|bản|trang|chi|đảng|phút"
    r"|km|ha|kg|m|thủ|văn|nghị|thông|hạng|chính|khâu|lĩnh|kỳ|ý|căn|hợp|doanh|hội|lớp|suất|mức|cấp)\b)"
)
# A document's own number: "Số: …" on a line of its own, or "Nghị quyết số: …".
_OWN_HEAD: Final = re.compile(
    r"(?:^|[\n\t|])[ *_|]{0,8}(?:S[ốỐ]\s{0,3}:?|[^\W\d]{2,6}\s[^\W\d]{2,6}\s(?:số|SỐ)\s?:)\s{0,3}$"
)
_EARLIER_WORD: Final = re.compile(
    r"(?:nghị định|quyết định|nghị quyết|thông tư|chỉ thị|sắc lệnh|bộ luật|luật|pháp lệnh)(?=[^.;:\n]{1,40}$)",
    re.I,
)


@dataclass(slots=True)
class _Hit:
    """A citation in the composed text, before its offsets are led back."""

    start: int
    end: int
    number: str | None
    year: str | None
    type: str | None
    issuer: str | None
    date: date | None
    party_style: bool
    partial: bool
    word: Word | None
    letter: bool = False


def find_citations(text: str) -> list[Citation]:
    """Every document that `text` cites, from left to right; offsets are characters of `text`."""
    composed = compose(text)
    hits = _Scan(composed.text).hits()
    if composed.same:
        return [_citation(text, hit, hit.start, hit.end) for hit in hits]
    places = iter(composed.back([place for hit in hits for place in (hit.start, hit.end)]))
    return [_citation(text, hit, next(places), next(places)) for hit in hits]


def _citation(text: str, hit: _Hit, start: int, end: int) -> Citation:
    word = hit.word
    return Citation(
        text=text[start:end],
        start=start,
        end=end,
        number=hit.number,
        year=hit.year,
        type=hit.type,
        issuer=hit.issuer,
        date=hit.date,
        kind=kind_of(hit.type, hit.issuer, party_style=hit.party_style),
        partial=hit.partial,
        mismatch=word is not None and not fits(hit.type, word.types),
    )


class _Scan:
    """One pass over a composed text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[_Hit] = []
        self.laws: dict[int, LawName] = {}  # by where their number would begin
        self.other_end = -1  # end of the last form code, whose list may go on
        self.done = 0

    def hits(self) -> list[_Hit]:
        text = self.text
        names = list(law_names(text))
        self.laws = {name.number_at: name for name in names if name.number_at >= 0}
        for at in lexer.candidates(text):
            if at >= self.done:
                self._at(at)
        merged = {hit.start for hit in self.found}
        named = [self._named(name) for name in names if name.start not in merged]
        if named:
            self.found += named
            self.found.sort(key=_start)
        return self.found

    def _named(self, name: LawName) -> _Hit:
        issuer = "UBTVQH" if name.type == "Pháp lệnh" else "QH"
        when = date_after(self.text, name.end)
        return _Hit(
            name.start, name.end, None, name.year, name.type, issuer, when, False, False, None
        )

    def _at(self, last_digit: int) -> None:
        """Judge the number one of whose digits stands at `last_digit`."""
        text = self.text
        low = max(0, last_digit - 10)
        begin = low + len(text[low : last_digit + 1].rstrip(_DIGITS))
        if begin == low and low and text[low - 1] in _DIGITS:
            return
        while text[begin] == ".":
            begin += 1
        number = lexer.NUMBER.match(text, begin)
        if number is None:
            return
        end = number.end()
        left = left_of(text, begin)
        if left.other:
            self.other_end = self._skip_code(end)
            return
        if begin and not self._open(begin, left):
            return
        symbol = self._symbol(end, left)
        if symbol is None:
            self._short(begin, number[0], left)
            return
        self._full(begin, number[0], left, end, symbol)

    def _skip_code(self, end: int) -> int:
        m = lexer.SYMBOL.match(self.text, end)
        return m.end() if m else end

    def _open(self, begin: int, left: Left) -> bool:
        """May a number begin here? Not inside a word, a path, a longer figure."""
        before = self.text[begin - 1]
        if before.isspace() or before in "(:,;“\"'[‘’”|…«*>":
            return not (before.isspace() and self._after_equals(begin))
        if left.word is not None or left.numbered:
            return True
        if before == ".":
            return begin < 2 or not self.text[begin - 2].isdigit()
        return bool(_BULLET.search(self.text[max(0, begin - 2) : begin]))

    def _after_equals(self, begin: int) -> bool:
        return self.text[max(0, begin - 4) : begin].rstrip().endswith(("=", "%"))

    def _symbol(self, end: int, left: Left) -> tuple[Symbol, int] | None:
        """The symbol after the number that ends at `end`, and where it ends."""
        m = lexer.SYMBOL.match(self.text, end)
        if m is None:
            return None
        raw = m[0]
        symbol = read_symbol(raw, left.word.types if left.word else None)
        if symbol is None:
            return None
        stop = end + symbol.length
        text = self.text
        if symbol.length == len(raw) and text[stop : stop + 1].isspace():
            symbol, stop = self._continued(symbol, stop, raw, left)
        following = text[stop : stop + 2]
        if following[:1] in ("%", "_", "@", "=") or text.startswith((".doc", ".pdf", ".xls"), stop):
            return None
        if following[:1] in ("/", "-") and following[1:].isdigit() and left.word is None:
            return None
        if following[:1] == "/" and left.word is not None and symbol.year is None:
            late = _LATE_YEAR.match(text, stop)
            if late is not None and symbol.type is not None:
                return replace(symbol, year=late[1]), late.end()
        return symbol, stop

    def _continued(self, symbol: Symbol, stop: int, raw: str, left: Left) -> tuple[Symbol, int]:
        """A symbol that a line break or a lost slash cut in two, with its other half."""
        types = left.word.types if left.word else None
        if symbol.issuer is None:
            if types is None and not left.numbered:
                return symbol, stop
            m = lexer.lost_slash(self.text, stop)
            whole = read_symbol(f"{raw}/{m[1]}", types) if m else None
            return (whole, m.end()) if m and whole else (symbol, stop)
        rest = lexer.rejoin(self.text, stop, symbol.issuer)
        whole = read_symbol(raw + rest[1], types) if rest else None
        return (whole, rest[0]) if rest and whole else (symbol, stop)

    def _full(
        self, begin: int, number: str, left: Left, end: int, read: tuple[Symbol, int]
    ) -> None:
        symbol, stop = read
        text = self.text
        law = self.laws.get(begin)
        word = left.word
        if (
            law is not None
            and symbol.issuer is not None
            and symbol.issuer.startswith(("QH", "UBTVQH"))
        ):
            self._add(law.start, begin, number, law.type, symbol, stop, None)
            return
        gap_before = self.found[-1] if self.found else None
        follows = gap_before is not None and self._lists(gap_before.end, begin)
        if word is None and self.other_end > 0 and self._lists(self.other_end, begin):
            self.other_end = stop
            return
        if word is None and follows and gap_before is not None:
            word = gap_before.word if _wants_word(symbol) else None
        if not self._cited(symbol, left, word, spaced=text[end].isspace()):
            return
        type_ = symbol.type
        if type_ is None or (
            type_ == LETTER_TYPE
            and symbol.style in (Style.LETTER, Style.LETTER_HYPHEN)
            and word is not None
        ):
            type_ = word.types[0] if word is not None else self._earlier_type(begin, symbol)
            if type_ is None and symbol.issuer is not None and symbol.issuer.startswith("UBTVQH"):
                type_ = "NQ"
        self._add(left.start, begin, number, type_, symbol, stop, word)

    def _lists(self, end: int, begin: int) -> bool:
        """Is `begin` the next item of a list after `end`?"""
        return 0 <= begin - end <= 14 and _GAP.fullmatch(self.text, end, begin) is not None

    def _cited(self, symbol: Symbol, left: Left, word: Word | None, *, spaced: bool) -> bool:
        """Is it a document, by its symbol and by what stands before the number?"""
        if word is not None:
            return symbol.issuer is not None or symbol.type in word.types or symbol.known
        typed = symbol.type is not None and symbol.style not in (Style.LETTER, Style.LETTER_HYPHEN)
        if symbol.issuer is None:
            return left.numbered and symbol.known
        if typed:
            return left.numbered or symbol.year is not None or symbol.known
        if symbol.type is None and symbol.year is not None:
            return symbol.issuer.startswith(("QH", "UBTVQH"))
        return left.numbered and symbol.known and symbol.year is None

    def _earlier_type(self, begin: int, symbol: Symbol) -> str | None:
        """ "Nghị định của Chính phủ số 25/CP": the type word of an untyped number stands earlier."""
        earlier = None
        for earlier in _EARLIER_WORD.finditer(self.text[max(0, begin - 70) : begin]):
            pass
        if earlier is None:
            return symbol.type
        return TYPE_WORDS[" ".join(earlier[0].lower().split())][0]

    def _add(
        self, start: int, begin: int, number: str, type_: str | None, symbol: Symbol, stop: int,
        word: Word | None,
    ) -> None:  # fmt: skip
        text = self.text
        issuer = symbol.issuer
        if type_ == LETTER_TYPE and issuer is not None:
            issuer = re.split("[-/]", issuer, maxsplit=1)[0]
        when = date_after(text, stop) or self._other_date(start, begin, stop)
        self.found.append(
            _Hit(
                start, stop, number, symbol.year, type_, issuer, when,
                symbol.style in _PARTY_STYLES, issuer is None and not symbol.known, word,
                type_ == LETTER_TYPE,
            )
        )  # fmt: skip
        self.done = stop

    def _other_date(self, start: int, begin: int, stop: int) -> date | None:
        if _OWN_HEAD.search(self.text, max(0, start - 16), begin):
            return head_date(self.text, stop)
        return date_before(self.text, start)

    def _short(self, begin: int, number: str, left: Left) -> None:
        """A number without its symbol: "KL 80", or the head of a list "số 18, 19-NQ/TW"."""
        text = self.text
        end = begin + len(number)
        more = _MORE.match(text, end)
        if more is not None and self._distribute(begin, number, left, more):
            return
        word = left.word
        if word is None or word.key in LAW_TYPES or "." in number:
            return
        printed = text[left.start]
        if not left.numbered and (
            word.types[0] not in SHORT_FORMS
            or not (
                printed.isupper() or word.key in ("nghị quyết", "nghị định", "chỉ thị", "thông tư")
            )
        ):
            return
        year = _PARTIAL_YEAR.match(text, end)
        if year is not None:
            if not printed.isupper() and not left.numbered:
                return
            end = year.end()
        elif _FIGURE_GOES_ON.match(text, end) or _RANGE.match(text, end):
            return
        if not left.numbered:
            if len(number) == 4 and number[:2] in ("19", "20"):
                return
            if _COUNTED.match(text, end) or (
                word.short and word.key in ("TT", "HD") and len(number) < 2
            ):
                return
        self.found.append(
            _Hit(
                left.start, end, number, year[1] if year else None, word.types[0], None,
                date_after(text, end), False, True, word,
            )
        )  # fmt: skip
        self.done = end

    def _distribute(self, begin: int, number: str, left: Left, more: re.Match[str]) -> bool:
        """ "số 18, 19-NQ/TW": the symbol after the last number belongs to each of them."""
        text = self.text
        if left.word is None and not left.numbered:
            return False
        last = None
        for last in _ITEM.finditer(text, more.start(), more.end()):
            pass
        if last is None:
            return False
        read = self._symbol(last.end(), left)
        if read is None or read[0].issuer is None:
            return False
        symbol, stop = read
        if not self._cited(symbol, left, left.word, spaced=False):
            return False
        word = left.word
        type_ = symbol.type
        if type_ is None and word is not None:
            type_ = word.types[0]
        when = date_after(text, stop)
        party = symbol.style in _PARTY_STYLES
        start = left.start
        spans = [(start, begin + len(number), number)]
        spans += [(m.start(), m.end(), m[0]) for m in _ITEM.finditer(text, *more.span())]
        spans[-1] = (spans[-1][0], stop, spans[-1][2])
        for a, b, item in spans:
            self.found.append(
                _Hit(a, b, item, symbol.year, type_, symbol.issuer, when, party, False, word)
            )
        self.done = stop
        return True


def _start(hit: _Hit) -> int:
    return hit.start


def _wants_word(symbol: Symbol) -> bool:
    return symbol.type is None or symbol.style in (Style.LETTER, Style.LETTER_HYPHEN)

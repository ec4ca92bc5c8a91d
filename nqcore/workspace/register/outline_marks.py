"""What stands before a heading ("Phần thứ nhất", "I-", "1.1.", "a)"), and where a heading ends that an
instruction to the writer follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from nqcore.text.folding import fold


class HeadingMark(NamedTuple):
    """A mark in front of `words`. `kind`: equal for the marks of one series ("roman", "decimal", …); `nth`:
    which of the series it is, from 1; for "1.1." the last number."""

    kind: str
    nth: int
    words: str


WORD_KINDS = frozenset({"part", "chapter", "section"})
"""Marks that begin with a word: "Phần thứ nhất", "Chương I", "Mục I"."""
ITEM_KINDS = frozenset({"dash", "plus"})
"""Marks of items in a list, never of headings by themselves."""
_WORDS = {"phan": "part", "chuong": "chapter", "muc": "section"}
_NUMBERS = ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_ALSO = {"mot": 1, "bon": 4}
_UPPER = "ABCDĐEFGH"
_LOWER = "abcdđefghijklmnopqrstuvwxyz"
_SOMETIMES = "DđĐFfJjWwZz"
"""Letters that some offices leave out when they count."""
_TITLED = re.compile(
    r"(phần|chương|mục)\s+(?:thứ\s+)?([^\W\d_]{1,5}|\d{1,2})(?![\w/])(\s*[.:–—-]+(?!\d))?\s*",
    re.IGNORECASE,
)
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("dotted", re.compile(
        r"(?:[IVX]{1,5}|[A-H]|\d{1,2})((?:\.\d{1,2}){1,3})(?:\s*[.)/:–-]+(?!\d)\s*|\s+)(?=[\w“\"'(…])"
    )),
    ("roman", re.compile(r"([IVX]{1,5})\s*(?:[-–—.)]+|/(?![a-zđ]))(?!\s*[A-ZĐ]\.)\s*")),
    ("letter", re.compile(r"([A-HĐ])\s*[-–—./)]+\s*")),
    ("paren", re.compile(r"\(?(\d{1,2})\s*\)[.:]?\s*")),
    ("decimal", re.compile(
        r"(\d{1,2})\s*(?:[./]*[–—-]+(?!\s*(?:\d|[^\W\d_]{1,6}/))|[./]+(?!\d|[^\W\d_]{1,6}/))\s*"
    )),
    ("small", re.compile(r"\(?([a-zđ])\s*(?:[.)]\s*|[/–-]\s+)")),
    ("small-roman", re.compile(r"\(?([ivx]{1,5})\s*[.)]\s*")),
    ("dash", re.compile(r"[-–—•●▪]()\s*(?!\d)")),
    ("plus", re.compile(r"\+()\s*")),
)  # fmt: skip
_CELL = re.compile(r"[IVX]{1,5}|[A-HĐ]|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ]")
_ENDS = re.compile(r"[\s.:…·_]+$")
_BREAK = re.compile(r"\s*\(\s*|[.:;]\s+")
_ASKS = re.compile(
    r"(?:nêu|nếu có|đánh giá|phân tích|làm rõ|ghi|trình bày|thống kê|liệt kê|kèm|(?:có )?số liệu|tập trung"
    r"|khái quát|tóm tắt|đề nghị|yêu cầu|lưu ý|chú ý|cần|so sánh|gồm|bao gồm|trong đó|dự kiến|không quá"
    r"|tối đa|mô tả|chỉ rõ|rút ra|minh họa|dẫn chứng|viết)\b",
    re.IGNORECASE,
)
"""How an instruction to the writer begins."""
_ROMANS = (
    *("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"),
    *("xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"),
)


def marks(text: str) -> tuple[HeadingMark, ...]:
    """All that may stand before the words of a line; "i)" is a letter or a Roman number. None for words
    without a mark, for days and numbers of documents.

    >>> marks("II- Kết quả")
    (HeadingMark(kind='roman', nth=2, words='Kết quả'),)
    >>> marks("20-NQ/TW"), marks("V/v tổng kết")
    ((), ())
    """
    return tuple(_marks(text))


def _marks(text: str) -> Iterator[HeadingMark]:
    if (titled := _TITLED.match(text)) is not None:
        word, number, sign = titled.groups()
        nth, words = _number(fold(number)), text[titled.end() :]
        # "Phần 1 nêu …" is a sentence.
        if nth and (sign or not words or words[0].isupper()):
            yield HeadingMark(_WORDS[fold(word)], nth, words)
        return
    for kind, pattern in _MARKS:
        found = pattern.match(text)
        if found is None:
            continue
        number = found.group(1)
        if nth := _nth(kind, number):
            series = f"{kind}{number.count('.')}" if kind == "dotted" else kind
            yield HeadingMark(series, nth, text[found.end() :].strip())
            if kind != "small":
                return


def _nth(kind: str, number: str) -> int:
    if kind in ITEM_KINDS:
        return 1
    if kind == "letter":
        return _UPPER.index(number) + 1
    if kind == "small":
        return _LOWER.index(number) + 1
    return _number(number.rpartition(".")[2].lower())


def _number(word: str) -> int:
    """The number of "ii", "hai", "2" or "b"; 0 for other words."""
    if word.isdecimal():
        return int(word)
    for names in (_NUMBERS, _ROMANS):
        if word in names:
            return names.index(word) + 1
    return _ALSO.get(word, 0) or (_UPPER.lower().find(word) + 1 if len(word) == 1 else 0)


def follows(mark: HeadingMark, last: int) -> bool:
    """Whether it is the next of its series after the number `last`; a letter may be left out that some
    offices do not count (đ, f, j)."""
    letters = {"letter": _UPPER, "small": _LOWER}.get(mark.kind, "")
    between = letters[last : mark.nth - 1]
    return mark.nth > last and (
        mark.nth == last + 1 or (bool(between) and all(one in _SOMETIMES for one in between))
    )


def is_bare(text: str) -> bool:
    """Whether the line is a mark alone, whose words stand on the next line.

    >>> is_bare("Phần thứ nhất"), is_bare("1."), is_bare("1. ……")
    (True, True, False)
    """
    return any(one.words == "X" and one.kind not in ITEM_KINDS for one in marks(f"{text} X"))


def cell_mark(text: str) -> str:
    """A mark that stands in a cell of its own, as it stands before words: "II" gives "II."; "" for others."""
    plain = text.strip(" .)-")
    if not _CELL.fullmatch(plain):
        return ""
    return text if text != plain else f"{text}."


def heading_and_instruction(words: str) -> tuple[str, str]:
    """The heading, and the instruction to the writer that follows in the same paragraph.

    >>> heading_and_instruction("Kết quả (nêu rõ số liệu từng năm): …………")
    ('Kết quả', '(nêu rõ số liệu từng năm)')
    >>> heading_and_instruction("Đánh giá chung (2008 - 2018)")
    ('Đánh giá chung (2008 - 2018)', '')
    """
    for found in _BREAK.finditer(words):
        if found.start() and _ASKS.match(words, found.end()):
            asked = words[found.start() :].strip(" .:;–—-")
            return without_dots(words[: found.start()]), without_dots(asked)
    return without_dots(words), ""


def without_dots(words: str) -> str:
    """The words without the dots at their end that are a place to write on."""
    return _ENDS.sub("", words.strip())

"""Laws cited by name: "Luật Công đoàn năm 2012", "Bộ luật Lao động", amending laws.

A name ends where the list of names says so. A name that is not in the list ends before the first word
that cannot be part of a name. A name that is longer than the one in the list is used when a date, a
year or a number follows it directly ("Luật Đường sắt đô thị ngày …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from nqcore.text.citations.law_names import END, names_tree

_TYPE_OF: Final = {"L": "Luật", "B": "Bộ luật", "P": "Pháp lệnh"}

# Each pattern begins with fixed letters, which `re` finds very fast.
_HEADS: Final = tuple(re.compile(rf"{end}(?=\s)") for end in ("uật", "UẬT", "lệnh", "LỆNH"))
# Words before "luật" that is not a law: a faculty, a firm, a journal, discipline.
_NO_TITLE: Final = frozenset(
    [
        *("học", "khoa", "ngành", "trường", "viện", "pháp", "kỷ", "kỉ"),
        *("công ty", "văn phòng", "cử nhân", "thạc sĩ", "tiến sĩ", "tạp chí"),
    ]
)
_PIECE: Final = 1 << 16  # characters scanned at a time, so that they stay in the processor's cache
_WORD: Final = re.compile(r"\S{1,40}")
_END_MARKS: Final = ".,;:)]”\"’'…/"
_SPAN: Final = 220  # characters of the longest name, line breaks included

_YEAR: Final = re.compile(
    r"\s{1,4}(?:\(\s?)?(?:(?:năm|NĂM)\s{0,4})?((?:19|20)[0-9]{2})(?![0-9/\-]|\.[0-9])"
)
_NUMBER: Final = re.compile(
    r"(?:\s{1,4}năm\s{1,4}[12][0-9]{3})?\s{0,4}[,(]?\s{0,4}"
    r"(?:(?:số|SỐ)\s{0,4}:?\s{0,4}|(?<=\s))(?=[0-9]{1,4}\s?/)"
)
_DATED: Final = re.compile(r"\s{1,4}(?:(?:ngày|năm)\s{1,4}[0-9]|số\s{0,4}:?\s{0,4}[0-9])", re.I)

_AMENDS: Final = re.compile(r"\s{1,4}sửa\s{1,4}đổi[,\s]", re.I)
_AMENDED: Final = re.compile(r"\s(?:của|CỦA)\s{1,4}(?:(?:Bộ|BỘ)\s{1,4})?(?:luật|LUẬT)(?=\s)", re.I)
_NEXT_LAW: Final = re.compile(r",?\s{1,4}(và\s{1,4})?(?:Bộ\s{1,4}luật|Luật)(?=\s)")
_CLAUSE_END: Final = re.compile(r"[.;:“”\"()]|\n\s{0,9}\n")
_UNNAMED: Final = re.compile(r"\s{1,4}(?:số\s{0,4}[0-9]{1,3}/[0-9]{4}/|ngày\s{1,4}[0-9])")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that cannot be part of a law's name: the sentence goes on after the name.
_STOPS: Final = _set(
    "ngày năm số của quy được đã có là này đó nêu thì tại trong khi để nhằm theo đối cho từ đến trên "
    "bằng không phải sẽ cũng do hoặc với mà nếu hiện đang vào gồm thuộc như sau trước cùng còn khoản "
    "điều điểm kể thay bãi ban giao yêu cấm chưa nhưng sửa bổ ra hay thông chỉ vẫn nói tiếp"
)
_STOPS_AFTER_AND: Final = _set(
    "các những văn quy sửa nghị hướng thông quyết pháp luật bộ chính ý theo không đã được có căn để "
    "tình nhiều một khoản điều điểm"
)
_OTHERS: Final = _set("luật nghị thông quyết kết chỉ hướng")  # the next document begins
_NOT_FIRST: Final = _set(
    "việt quốc sư hà số sở này gia tục học anh mỹ pháp trung nhật nga đức hàn i ii iii"
)


class LawName(NamedTuple):
    """A law's name at `start`..`end`; `year` when the name includes one."""

    start: int
    end: int
    type: str
    year: str | None
    number_at: int  # where its number would begin, or -1


def law_names(text: str) -> Iterator[LawName]:
    """Every law cited by name in composed `text`, from left to right."""
    done = 0
    for start, head_end, strict in _heads(text):
        if start < done:
            continue
        found = _law_at(text, start, head_end, strict=strict)
        if found is not None:
            done = found.end
            yield found


def _heads(text: str) -> list[tuple[int, int, bool]]:
    """Where a title may begin: (start, end of "Luật" …, whether only a listed name is accepted)."""
    found: list[tuple[int, int, bool]] = []
    for first in range(0, len(text), _PIECE):
        for scan in _HEADS:
            for m in scan.finditer(text, first, first + _PIECE + 5):
                end = m.end()
                start = _head_start(text, end)
                if start < 0 or (start and text[start - 1].isalpha()):
                    continue
                initial = text[start]
                if initial == "l" and text.startswith("pháp ", start - 5):
                    continue
                found.append((start, end, text[start + 1].isupper() or initial.islower()))
    found.sort()
    return found


def _head_start(text: str, end: int) -> int:
    """The start of the "Luật", "Bộ luật" or "Pháp lệnh" that ends at `end`, or -1."""
    at = end - 4
    head = text[at:end]
    before = text[max(0, at - 8) : at]
    word = before.rstrip()
    gap = len(before) - len(word)
    if head[-1] in "tT":
        if head not in ("Luật", "luật", "LUẬT"):
            return -1
        return at - gap - 2 if 0 < gap < 5 and word.endswith(("Bộ", "bộ", "BỘ")) else at
    return at - gap - 4 if 0 < gap < 5 and word.endswith(("Pháp", "PHÁP")) else -1


def _is_title(text: str, start: int) -> bool:
    """Whether a law's title may begin at `start`: not after "Đại học" or "kỷ"."""
    before = text[max(0, start - 16) : start].lower().split()
    return not before or not (before[-1] in _NO_TITLE or " ".join(before[-2:]) in _NO_TITLE)


def _law_at(text: str, start: int, head_end: int, *, strict: bool) -> LawName | None:
    type_ = _TYPE_OF[text[start].upper()]
    if type_ == "Luật" and not _is_title(text, start):
        return None
    if type_ == "Luật" and _AMENDS.match(text, head_end):
        end = _amending_end(text, head_end)
    else:
        end = _name_end(text, head_end, strict=strict)
    if end < 0:
        return None
    number = _NUMBER.match(text, end)
    number_at = number.end() if number else -1
    year = _YEAR.match(text, end)
    small = text[start] == "l" and not text[head_end : head_end + 3].strip()[:1].isupper()
    if small and year is None and _DATED.match(text, end) is None:
        return None  # "luật lao động" alone is no title, "luật lao động năm 2019" is one
    if year is None:
        return LawName(start, end, type_, None, number_at)
    closed = "(" in year[0] and text[year.end() : year.end() + 1] == ")"
    return LawName(start, year.end() + closed, type_, year[1], number_at)


def _name_end(text: str, at: int, *, strict: bool) -> int:
    """Where the name that begins after `at` ends, or -1. `strict`: accept only a listed name."""
    listed = _listed_end(text, at)
    if listed > 0:
        longer = -1 if text[listed - 1] in _END_MARKS else _running_end(text, listed, most=10)
        return longer if longer > listed and _DATED.match(text, longer) else listed
    first = _WORD.search(text, at, at + 46)
    if strict or first is None or not first[0][0].isalpha():
        return -1
    if first[0].rstrip(_END_MARKS).lower() in _NOT_FIRST:
        return -1
    end = _running_end(text, at, most=14)
    if end == at or not (first[0][0].isupper() or _DATED.match(text, end)):
        return -1  # "Luật tổ chức … ngày 26/11/2003" is a title, "Luật quy định" is not
    return end


def _listed_end(text: str, at: int) -> int:
    node = names_tree()
    best = -1
    for m in _WORD.finditer(text, at, at + _SPAN):
        token = m[0].lower()
        bare = token.rstrip(_END_MARKS)
        if bare != token:
            last = node.get(bare)
            if last is not None and END in last:
                best = m.start() + len(bare)
        following = node.get(token)
        if following is None:
            break
        node = following
        if END in node:
            best = m.end()
    return best


def _running_end(text: str, at: int, *, most: int) -> int:
    """The end of a run of name words after `at`: up to punctuation, a figure or a stop word."""
    end = at
    after_and = False
    for count, m in enumerate(_WORD.finditer(text, at, at + _SPAN)):
        token = m[0]
        word = token.rstrip(_END_MARKS)
        low = word.lower()
        if count == most or not word.replace("-", "").replace("&", "").isalpha() or low in _STOPS:
            break
        if after_and and low in _STOPS_AFTER_AND:
            break
        if (low in _OTHERS and word[0].isupper()) or _paragraph_ends(text, end, m.start()):
            break
        after_and = low == "và"
        if not after_and:
            end = m.start() + len(word)
        if word != token and not (token == word + "," and low == "phòng"):
            break
    return end


def _paragraph_ends(text: str, end: int, start: int) -> bool:
    """Whether a paragraph ends here: more than one line break between two words."""
    return start - end > 1 and text.count("\n", end, start) > 1


def _amending_end(text: str, at: int) -> int:
    """The end of "Luật sửa đổi, bổ sung … của Luật X (và Luật Y)"; -1 when it names no law."""
    stop = _CLAUSE_END.search(text, at, at + 320)
    limit = stop.start() if stop else min(len(text), at + 320)
    inner = _AMENDED.search(text, at, limit)
    end = _name_end(text, inner.end(), strict=False) if inner else -1
    if end < 0:  # "… một số điều của các luật về thuế số 71/2014/QH13"
        unnamed = _UNNAMED.search(text, at, limit)
        return unnamed.start() if unnamed else -1
    kept = end
    for _ in range(12):
        link = _NEXT_LAW.match(text, end)
        end = _name_end(text, link.end(), strict=False) if link else -1
        if link is None or end < 0:
            break
        if link[1]:
            kept = end
    return kept

"""Laws cited by name: "Luật Công đoàn năm 2012", "Bộ luật Lao động", amending laws.

A name ends where the list of names says so, or, for a name that is not in it, at the first word
that cannot belong to a name. A longer name than the list knows is taken when a date, a year or a
number follows it directly ("Luật Đường sắt đô thị ngày …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nqcore.text.citations.law_names import END, names_tree

LETTER: Final = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"

# "luật" alone is frequent (pháp luật, kỷ luật); in small letters it needs a name of the list.
# Each scan begins with letters that are always the same, which `re` finds at memory speed.
_HEADS: Final = (
    re.compile(r"uật(?=\s)"),
    re.compile(r"UẬT(?=\s)"),
    re.compile(r"lệnh(?=\s)"),
    re.compile(r"LỆNH(?=\s)"),
)
_HEAD: Final = re.compile(
    r"(?:[Bb]ộ\s{1,4}[Ll]uật|(?:BỘ\s{1,4})?LUẬT|[Ll]uật|Pháp\s{1,4}lệnh|PHÁP\s{1,4}LỆNH)$"
)
_TOKEN: Final = re.compile(r"\S+")
_NUMBER: Final = re.compile(
    r"(?:\s{1,4}năm\s{1,4}[12][0-9]{3})?\s{0,4}[,(]?\s{0,4}(?:(?:số|SỐ)\s{0,4}:?\s{0,4}|(?<=\s))(?=[0-9]{1,4}\s?/)"
)
_YEAR: Final = re.compile(
    r"\s{1,4}(?:\(\s?)?(?:(?:năm|NĂM)\s{0,4})?((?:19|20)[0-9]{2})(?![0-9/.\-])"
)
_DRAFT: Final = re.compile(r"\s{1,4}\((?:sửa đổi|bổ sung|sửa đổi, bổ sung)[^()]{0,20}\)")
_FOLLOWED: Final = re.compile(r"(?:ngày|năm|số)\s{1,4}:?\s{0,3}[0-9]", re.I)
_NEXT_LAW: Final = re.compile(r"(,?)\s{1,4}(?:và\s{1,4})?(?=(?:Bộ\s{1,4}luật|Luật)\s)")
_AMENDS: Final = re.compile(r"\s{1,4}(?:sửa|SỬA)\s{1,4}(?:đổi|ĐỔI)[,\s]", re.I)
_INNER: Final = re.compile(r"\s(?:của|CỦA)\s{1,4}(?:(?:Bộ|BỘ)\s{1,4})?(?:luật|LUẬT)(?=\s)", re.I)
_NO_NAME_LEFT: Final = re.compile(
    r"(?:học|khoa|ngành|trường|viện|công\s{1,3}ty|văn\s{1,3}phòng|cử\s{1,3}nhân|thạc\s{1,3}sĩ|tiến\s{1,3}sĩ"
    r"|pháp|kỷ|kỉ|tạp\s{1,3}chí)\s{1,3}$",
    re.I,
)

_STOPS: Final = frozenset(
    [
        "ngày",
        "năm",
        "số",
        "của",
        "quy",
        "được",
        "đã",
        "có",
        "là",
        "này",
        "đó",
        "nêu",
        "thì",
        "tại",
        "trong",
        "khi",
        "để",
        "nhằm",
        "theo",
        "đối",
        "cho",
        "từ",
        "đến",
        "trên",
        "bằng",
        "không",
        "phải",
        "sẽ",
        "cũng",
        "do",
        "hoặc",
        "với",
        "mà",
        "nếu",
        "hiện",
        "đang",
        "vào",
        "gồm",
        "thuộc",
        "như",
        "sau",
        "trước",
        "cùng",
        "còn",
        "khoản",
        "điều",
        "điểm",
        "kể",
        "thay",
        "bãi",
        "ban",
        "gồm",
        "giao",
        "yêu",
        "cấm",
        "chưa",
        "nhưng",
        "sửa",
        "bổ",
        "ra",
        "hay",
        "thông",
        "chỉ",
        "vẫn",
        "nói",
        "tiếp",
    ]
)
_STOPS_AFTER_AND: Final = frozenset(
    [
        "các",
        "những",
        "văn",
        "quy",
        "sửa",
        "nghị",
        "hướng",
        "thông",
        "quyết",
        "pháp",
        "luật",
        "bộ",
        "chính",
        "ý",
        "theo",
        "không",
        "đã",
        "được",
        "có",
        "căn",
        "để",
        "tình",
        "các.",
        "nhiều",
        "một",
        "khoản",
        "điều",
        "điểm",
    ]
)
_NOT_NAMES: Final = frozenset(
    [
        "việt",
        "quốc",
        "sư",
        "hà",
        "số",
        "sở",
        "này",
        "gia",
        "tục",
        "học",
        "anh",
        "mỹ",
        "pháp",
        "trung",
        "nhật",
        "nga",
        "đức",
        "hàn",
        "ii",
        "iii",
        "i",
    ]
)


_TYPE_OF: Final = {"L": "Luật", "B": "Bộ luật", "P": "Pháp lệnh"}


@dataclass(frozen=True, slots=True)
class LawName:
    """A law's name at `start`..`end`; `year` where the name carries it."""

    start: int
    end: int
    type: str
    year: str | None
    number_at: int  # where its number would begin, or -1


def law_names(text: str) -> Iterator[LawName]:
    """Every law cited by name in composed `text`, from left to right."""
    done = 0
    for start, head_end, type_, strict in _heads(text):
        if start < done:
            continue
        found = _law_at(text, start, head_end, type_, strict=strict)
        if found is not None:
            done = found.end
            yield found


def _heads(text: str) -> list[tuple[int, int, str, bool]]:
    """Where a title may begin: start, end of its head, type, "only a name of the list"."""
    found: list[tuple[int, int, str, bool]] = []
    for scan in _HEADS:
        for m in scan.finditer(text):
            end = m.end()
            head = _HEAD.search(text, max(0, end - 12), end)
            if head is None:
                continue
            start, word = head.start(), head[0]
            if start and text[start - 1].isalpha():
                continue
            if word[0] == "l" and not text[end : end + 3].strip()[:1].isupper():
                continue
            found.append(
                (start, end, _TYPE_OF[word[0].upper()], word[1].isupper() or word[0].islower())
            )
    found.sort()
    return found


def _law_at(text: str, start: int, head_end: int, type_: str, *, strict: bool) -> LawName | None:
    left = text[max(0, start - 16) : start]
    if type_ == "Luật" and left and _NO_NAME_LEFT.search(left):
        return None
    if type_ == "Luật" and _AMENDS.match(text, head_end):
        end = _amending_end(text, head_end)
    else:
        end = _name_end(text, head_end, strict=strict)
    if end < 0:
        return None
    year = _YEAR.match(text, end)
    number = _NUMBER.match(text, end)
    after = number.end() if number else -1
    if year is not None:
        closes = year.end() + (text[year.end() : year.end() + 1] == ")" and "(" in year[0])
        return LawName(start, closes, type_, year[1], after)
    return LawName(start, end, type_, None, after)


def _name_end(text: str, at: int, *, strict: bool) -> int:
    """Where the name that begins after `at` ends, or -1. `strict`: only a name of the list."""
    listed = _listed_end(text, at)
    if listed > 0:
        longer = _running_end(text, listed, most=10)
        return longer if longer > listed and _dated(text, longer) else listed
    if strict:
        return -1
    first = _TOKEN.match(text, at + 1) or _TOKEN.search(text, at, at + 12)
    if first is None or not first[0][0].isupper():
        return -1
    if first[0].rstrip(',.;:)”"').lower() in _NOT_NAMES or not first[0][0].isalpha():
        return -1
    return _running_end(text, at, most=14)


def _listed_end(text: str, at: int) -> int:
    node = names_tree()
    best = -1
    for m in _TOKEN.finditer(text, at, at + 200):
        token = m[0].lower()
        bare = token.rstrip(".,;:)]”\"’'…/")
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
    if text[at - 1 : at] in ",.;:":
        return at
    after_and = False
    count = 0
    for m in _TOKEN.finditer(text, at, at + 220):
        token = m[0]
        if "\n" in text[end : m.start()] and "\n\n" in text[end : m.start()].replace(" ", ""):
            break
        word = token.rstrip(".,;:)]”\"’'…")
        low = word.lower()
        if not word or not word.replace("-", "").replace("&", "").isalpha() or low in _STOPS:
            break
        if after_and and low in _STOPS_AFTER_AND:
            break
        if low in ("luật", "nghị", "thông", "pháp") and word[0].isupper():
            break
        count += 1
        if count > most:
            break
        after_and = low == "và"
        if not after_and:
            end = m.start() + len(word)
        if word != token and not (token[-1:] == "," and low == "phòng"):
            break
    return end


def _dated(text: str, at: int) -> bool:
    m = _TOKEN.match(text, at + 1) or _TOKEN.search(text, at, at + 12)
    return m is not None and _FOLLOWED.match(text, m.start()) is not None


def _amending_end(text: str, at: int) -> int:
    """The end of "Luật sửa đổi, bổ sung … của Luật X (và Luật Y)"; -1 when it names no law."""
    stop = re.compile(r"[.;:“”\"()]|\n\s*\n").search(text, at, at + 320)
    limit = stop.start() if stop else min(len(text), at + 320)
    inner = _INNER.search(text, at, limit)
    if inner is None:
        return _unnamed_end(text, at, limit)
    end = _name_end(text, inner.end(), strict=False)
    if end < 0:
        return _unnamed_end(text, at, limit)
    kept = end
    for _ in range(12):
        link = _NEXT_LAW.match(text, end)
        if link is None:
            break
        head = re.compile(r"(?:Bộ\s{1,4}luật|Luật)").match(text, link.end())
        end = _name_end(text, head.end(), strict=False) if head else -1
        if end < 0:
            break
        if "và" in link[0]:
            kept = end
    return kept


def _unnamed_end(text: str, at: int, limit: int) -> int:
    """ "… một số điều của các luật về thuế số 71/2014/QH13": taken only up to a number or date."""
    m = re.compile(r"\s{1,4}(?:số\s{0,4}[0-9]{1,3}/[0-9]{4}/|ngày\s{1,4}[0-9])").search(
        text, at, limit
    )
    return m.start() if m else -1

"""What a text says of documents: its own, those it cites, and how they hang together.

From it `register.draft` makes a first register. Everything here is reading: what the text does not
say stays "".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nqcore.model.directives import LinkKind
from nqcore.text.citations import Citation, DocumentNumberError, find_citations, parse_number
from nqcore.text.citations.document_types import TYPE_WORDS
from nqcore.text.folding import nfc

_Day = date

UNKNOWN = "…"
"""Stands in a number for what is not written yet: “Số      -KH/HU” is "…-KH/HU"."""
HEAD_LENGTH = 3000
"""Characters in which a text says what it is: letterhead, number, day, type, subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One document of a text, as its fullest citation has it and with the words around it."""

    number: str
    type: str
    issuer: str
    body: str
    title: str
    date: _Day | None
    citation: Citation | None

    @property
    def key(self) -> tuple[str | None, ...]:
        """What makes two citations the same document, but for the day."""
        c = self.citation
        return (c.number, c.year, c.type, c.issuer) if c else (self.number,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """`source` stands to `target` as `kind` says."""

    source: Mention
    kind: LinkKind
    target: Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterReading:
    """`own` is the text's document (None when it is none); `cited` the others, as they are first
    named; `along` those it only goes with; `short` citations without a whole number."""

    own: Mention | None
    cited: tuple[Mention, ...]
    ties: tuple[Relation, ...]
    along: tuple[Mention, ...]
    short: tuple[str, ...]


def read_register(text: str) -> RegisterReading:
    """The documents of `text` and how it says they hang together."""
    text = _unwrapped(nfc(text).replace("\r\n", "\n"))
    everything = find_citations(text)
    found = [c for c in everything if _has_whole_number(c)]
    own = _own_document(text, found)
    named = _merge_mentions([_mention(text, citation) for citation in found], own)
    cited = tuple(dict.fromkeys(one for one in named if one is not own))
    ties: dict[tuple[Mention, Mention], LinkKind] = {}
    along = []
    for target, (kind, behind) in zip(named, _relations(text, found), strict=True):
        source = own if behind is None else named[behind]
        if kind is None or target is source or target is own:
            continue
        if source is None:
            along.extend([target] if kind is LinkKind.GOES_WITH else [])
            continue
        if kind is LinkKind.IMPLEMENTS and source.type == "Kết luận":
            kind = LinkKind.CONCLUDES
        old = ties.get((source, target), kind)
        ties[source, target] = min(old, kind, key=_STRENGTH.index)
    whole = {(one.key[0], one.key[2]) for one in cited if one.citation}
    return RegisterReading(
        own=own,
        cited=cited,
        ties=tuple(Relation(source=s, kind=kind, target=t) for (s, t), kind in ties.items()),
        along=tuple(dict.fromkeys(along)),
        short=tuple(
            dict.fromkeys(
                " ".join(c.text.split())
                for c in everything
                if not _has_whole_number(c) and (c.number, c.type) not in whole
            )
        ),
    )


def _has_whole_number(citation: Citation) -> bool:
    return not citation.partial and bool(citation.number and citation.issuer)


def _merge_mentions(mentions: Sequence[Mention], own: Mention | None) -> list[Mention]:
    """The document of each mention, with the longest words of all its mentions. One number with two
    days is two documents; a mention without a day means the last one that was named with one."""
    days: dict[tuple[str | None, ...], list[date]] = {}
    for one in mentions:
        if one.date:
            days.setdefault(one.key, []).append(one.date)
    last: dict[tuple[str | None, ...], date] = {key: found[0] for key, found in days.items()}
    ids = []
    whole: dict[tuple[object, ...], Mention] = {}
    for one in mentions:
        day = one.date or last.get(one.key)
        if day is not None:
            last[one.key] = day
        ids.append((one.key, day))
        old = whole.get((one.key, day))
        whole[one.key, day] = one if old is None else _join_mentions(old, one)
    found = []
    for key, day in ids:
        mine = own is not None and own.key == key and (day is None or own.date in (None, day))
        found.append(own if own is not None and mine else whole[key, day])
    return found


def _join_mentions(old: Mention, new: Mention) -> Mention:
    """What both mentions say: the day where one has it, the longer words."""
    full = old if old.date or not new.date else new
    return replace(
        full,
        number=old.number,
        type=old.type or new.type,
        body=max(old.body, new.body, key=len),
        title=max(old.title, new.title, key=len),
    )


# -- how the documents hang together ---------------------------------------------------------------


def _phrase(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(" ", r"\\s+", pattern), re.I)


_RELATIONS: tuple[tuple[LinkKind, re.Pattern[str]], ...] = (
    (LinkKind.REPLACES, _phrase("thay thế|bãi bỏ")),
    (LinkKind.AMENDS, _phrase("sửa đổi(?:,? bổ sung)?|bổ sung")),
    (LinkKind.GOES_WITH, _phrase("gắn với|kết hợp với")),
    (LinkKind.IMPLEMENTS, _phrase("thực hiện|triển khai|quán triệt|cụ thể hóa|cụ thể hoá")),
    (LinkKind.GUIDED_BY, _phrase(r"căn cứ|\btheo\b(?!\s+dõi)")),
)
_STRENGTH = (*(kind for kind, _ in _RELATIONS), LinkKind.CONCLUDES)
_SENTENCE_END = re.compile(r"[.!?;]\s|\n[ \t]*\n|\n[ \t]*[-–+*•]\s|\n[ \t]*\d+[.)]\s|\n(?=Căn cứ)")
_CLAUSE_END = re.compile(r"[,;:()]|\svà\s*$")


def _relations(
    text: str, found: Sequence[Citation]
) -> Iterator[tuple[LinkKind | None, int | None]]:
    """How the text says that something stands to each citation, and what: the place of another
    citation ("Kết luận số 79-KL/TW về đẩy mạnh thực hiện Nghị quyết số 20-NQ/TW"), or None for the
    text itself. A word that says so holds for the whole list that follows it, to the end of the
    sentence or the next such word."""
    kind: LinkKind | None = None
    behind: int | None = None
    end = subject = 0
    for nth, citation in enumerate(found):
        gap = text[end : citation.start]
        between = nth > 0
        if breaks := [m.end() for m in _SENTENCE_END.finditer(gap)]:
            kind, behind, between = None, None, False
            end, gap = end + breaks[-1], gap[breaks[-1] :]
        last = -1
        for one, words in _RELATIONS:
            for match in words.finditer(gap):
                if match.start() <= last:
                    continue
                kind, last = one, match.start()
                clause = text[max(subject, end) : end + last]
                behind = nth - 1 if between and not _CLAUSE_END.search(clause) else None
        yield kind, behind
        end = citation.end
        subject = _body_span(text, citation.end)[1]


# -- what the text is itself ---------------------------------------------------------------------

_WRAP = re.compile(
    r"(?<=\S)[ \t]*\n(?=[ \t]*(?!Căn cứ|Thực hiện|Theo |Để |Điều |Nơi nhận|Số |[IVX]+[.-])[^\W\d_])"
)
_WRAPPED = 60
"""A line that wraps is at least so long."""
_OWN = re.compile(r"(?:^|\n)[ \t|]*số\s*:?\s*$", re.I)
_BLANK = re.compile(
    r"(?mi)^[ \t|]*số[ \t]*:?[ \t.…_]*([-/][ \t]?[^\W\d_][\w&]*(?:[-/][^\W\d_][\w&]*)+)"
)
_PLACE = re.compile(r"(?m)^[^\n]{2,80},\s*ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\b")
_HEADLINE = re.compile(
    r"(?m)^[ \t]*(KẾ HOẠCH|CHƯƠNG TRÌNH HÀNH ĐỘNG|CHƯƠNG TRÌNH|NGHỊ QUYẾT|CHỈ THỊ|KẾT LUẬN|ĐỀ ÁN"
    r"|QUYẾT ĐỊNH|QUY ĐỊNH|HƯỚNG DẪN|BÁO CÁO|THÔNG BÁO)[ \t]*$"
    r"\n{0,2}((?:[ \t]*(?!Căn cứ|Kính gửi|Điều |[\d*_-]|[IVX]+[.-])[^\s][^\n]{0,300}\n?){0,3})"
)


def _unwrapped(text: str) -> str:
    """`text` with a space for every line end that only wraps a long line; offsets stay."""

    def joined(match: re.Match[str]) -> str:
        start = text.rfind("\n", 0, match.start()) + 1
        return (" " if match.start() - start >= _WRAPPED else "\n").rjust(len(match[0]))

    return _WRAP.sub(joined, text)


def _own_document(text: str, found: Sequence[Citation]) -> Mention | None:
    """The document that the text is: its number in the letterhead (with a blank where it has none
    yet), its day, type and subject. None when it has neither a number nor a type."""
    head = text[:HEAD_LENGTH]
    headline = _HEADLINE.search(head)
    numbered = next(
        (c for c in found if c.start < HEAD_LENGTH and _OWN.search(text[: c.start])), None
    )
    blank = _BLANK.search(head)
    if numbered is None and blank is None and headline is None:
        return None
    if numbered is not None:
        own = replace(_mention(text, numbered), body="", title="")
    else:
        symbol = re.sub(r"\s", "", blank[1]) if blank else ""
        own = Mention(
            number=UNKNOWN + symbol,
            type="",
            issuer=_issuer(symbol),
            body="",
            title="",
            date=None,
            citation=None,
        )
    if headline is not None:
        title = _one_spaced(re.sub(r"-{3,}|_{3,}|\*", " ", headline[2])).strip(".")
        own = replace(own, type=headline[1].capitalize(), title=title)
    place = _PLACE.search(head[: headline.start()] if headline else head)
    if own.date is None and place is not None:
        own = replace(own, date=_valid_day(*(int(part) for part in place.groups())))
    return own


def _valid_day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _issuer(symbol: str) -> str:
    """The issuer of a symbol without a number: HU of “-KH/HU”, UBND of “/KH-UBND”."""
    try:
        return parse_number(f"1{symbol}").issuer or ""
    except DocumentNumberError:
        return ""


# -- the words around a citation -----------------------------------------------------------------

_BODY = re.compile(
    r"\s*,?\s*(?:ngày [^,;.]{4,40}?\s)?của\s+(?:các\s+)?([A-ZĐÀ-Ỹ][^,;.:()\n]{2,90})"
)
_BODY_END = re.compile(
    r"\s(?:về|đã|là|cho|tại|trong|trên|khóa|khoá|như|theo|để|ban hành|thực hiện|triển khai|gắn với"
    r"|quy định|hướng dẫn|sửa đổi|thay thế|phê duyệt"
    r"|và(?=\s(?:[^A-ZĐÀ-Ỹ]|[A-ZĐÀ-Ỹ]\w*(?:\s[a-zà-ỹđ]\w*){0,3}\s(?:số\s)?\d)))(?=\s)"
)
_TITLE = re.compile(r"\s*(?:\([^)\n]{1,40}\))?\s*,?\s*(về\s[^.;\n]{10,400})")
_TYPES = "|".join(sorted((w for w in TYPE_WORDS if " " in w), key=len, reverse=True))
_TITLE_END = re.compile(
    rf",\s*(?:gắn với|các quy định)|(?:,|\svà)\s+(?=(?i:{_TYPES})\s(?:số\s)?\d)|\s(?:như sau|cụ thể)\s*:"
)
_WORD_OF = {symbols[0]: word for word, symbols in reversed(TYPE_WORDS.items())}


def _mention(text: str, citation: Citation) -> Mention:
    start, end = _body_span(text, citation.end)
    return Mention(
        number=_number(citation),
        type=_type_word(citation),
        issuer=citation.issuer or "",
        body=_one_spaced(text[start:end]),
        title=_title(text, end),
        date=citation.date,
        citation=citation,
    )


def _one_spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,")


def _number(citation: Citation) -> str:
    """The number as it is printed, without the type word and with plain hyphens; one of a list
    (“các Nghị quyết số 18, 19-NQ/TW”) gets the symbol that stands at the list's end."""
    digit = re.search(r"\d", citation.text)
    raw = citation.text[digit.start() :] if digit else citation.text
    raw = re.sub(r"\s*[-–—‐‑]\s*", "-", raw)
    raw = re.sub(r"\s*/\s*", "/", _one_spaced(raw))
    if "/" in raw or not citation.type:
        return raw
    if citation.kind == "party":
        return f"{raw}-{citation.type}/{citation.issuer}"
    year = f"/{citation.year}" if citation.year else ""
    return f"{raw}{year}/{citation.type}-{citation.issuer}"


def _type_word(citation: Citation) -> str:
    """The type in words: those in front of the number, else what its symbol usually stands for."""
    digit = re.search(r"\d", citation.text)
    words = citation.text[: digit.start() if digit else 0]
    words = _one_spaced(re.sub(r"\bsố\b\s*:?", " ", words, flags=re.I)).lower()
    words = words if words in TYPE_WORDS else _WORD_OF.get(citation.type or "", "")
    return words[:1].upper() + words[1:]


def _body_span(text: str, start: int) -> tuple[int, int]:
    """Where the issuing body stands: "của …" right behind the number or its date."""
    match = _BODY.match(text, start)
    if match is None:
        return start, start
    first, last = match.span(1)
    cut = _BODY_END.search(match[1] + " ")
    return first, first + cut.start() if cut else last


def _title(text: str, start: int) -> str:
    """What stands behind "về …" when it follows the body directly; a comma with other words between
    means that it is the subject of another document."""
    match = _TITLE.match(text, start)
    return _one_spaced(_TITLE_END.split(match[1])[0]) if match else ""

"""Citations in files: reading a document's text, and a first register drafted from it.

A district starts its own directive pack from its own plan: `register_stub` lists what the plan cites
and how it says it stands to each, as TOML to be checked by hand.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from nqcore.errors import InputError, N_
from nqcore.model.directives import LinkKind
from nqcore.text.citations import Citation, find_citations
from nqcore.text.folding import nfc

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_ENTRIES = 2000


class UnreadableText(InputError):
    """The file holds no text that can be read."""

    code = "unreadable-text"
    template = N_("{file} cannot be read: {detail}. Save it as .docx, or as .txt in UTF-8.")

    def __init__(self, *, file: str, detail: str) -> None:
        super().__init__(file=file, detail=detail)


def read_text(path: Path) -> str:
    """The text of a .txt or .docx file, newlines untouched. Raises UnreadableText."""
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableText(file=path.name, detail="it is over 50 MB")
    if path.suffix.lower() == ".docx":
        with path.open("rb") as file:
            return _docx_text(path.name, file)
    return decode(path.name, path.read_bytes())


def decode(name: str, data: bytes) -> str:
    """Bytes as UTF-8 (a mark in front is dropped). Raises UnreadableText."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise UnreadableText(file=name, detail=f"byte {wrong.start} is not UTF-8") from wrong


def _docx_text(name: str, file: BinaryIO) -> str:
    """Paragraphs and table cells in their order, each on a line of its own."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
        if len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNPACKED:
            raise UnreadableText(file=name, detail="it unpacks to too much")
        file.seek(0)
        document = docx.Document(file)
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError) as wrong:
        raise UnreadableText(file=name, detail="it is not a Word document (.docx)") from wrong
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines.extend(cell.text for row in block.rows for cell in row.cells)
        else:
            lines.append(block.text)
    return "\n".join(lines)


def citation_data(citation: Citation) -> dict[str, Any]:
    """A citation as `nq cite --json` prints it."""
    return {
        "text": citation.text,
        "start": citation.start,
        "end": citation.end,
        "number": citation.number,
        "year": citation.year,
        "type": citation.type,
        "issuer": citation.issuer,
        "date": citation.date.isoformat() if citation.date else None,
        "kind": citation.kind,
        "partial": citation.partial,
    }


# -- a first register ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One document that a text cites: its fullest citation, and what the text says around it."""

    citation: Citation
    number: str
    type: str
    body: str
    title: str
    relation: LinkKind | None


_RELATIONS: tuple[tuple[LinkKind, re.Pattern[str]], ...] = (
    (LinkKind.REPLACES, re.compile(r"thay thế")),
    (LinkKind.AMENDS, re.compile(r"sửa đổi|bổ sung")),
    (LinkKind.GOES_WITH, re.compile(r"gắn với|kết hợp với")),
    (LinkKind.IMPLEMENTS, re.compile(r"thực hiện|triển khai|quán triệt")),
    (LinkKind.GUIDED_BY, re.compile(r"căn cứ|theo hướng dẫn|theo tinh thần")),
)
_SENTENCE_END = re.compile(r"[.!?;]\s|\n\s*\n|\n\s*[-–+*]\s|\n\s*\d+[.)]\s")
_OWN = re.compile(r"(?:^|\n)[ \t|]*số\s*:?\s*$", re.I)
_BODY = re.compile(r"\s*,?\s*(?:ngày [^,;.]{4,40}?\s)?của\s+(?:các\s+)?([A-ZĐÀ-Ỹ][^,;.()\n]{2,90})")
_BODY_END = re.compile(r"\s(?:về|và|đã|là|cho|tại|trong|trên|khóa)\s")
_TITLE = re.compile(r"\s*(?:\([^)]{1,40}\))?\s*,?\s*(về\s[^.;\n]{10,400})")
_HEADLINE = re.compile(
    r"(?m)^\s*(KẾ HOẠCH|CHƯƠNG TRÌNH HÀNH ĐỘNG|CHƯƠNG TRÌNH|NGHỊ QUYẾT|CHỈ THỊ|KẾT LUẬN|ĐỀ ÁN|QUYẾT ĐỊNH"
    r"|QUY ĐỊNH|HƯỚNG DẪN|BÁO CÁO|THÔNG BÁO)\s*$"
)
_LEVELS = ("TW", "TU", "HU", "QU", "ThU", "TXU", "ĐU", "CB")


def documents(text: str) -> tuple[Citation | None, tuple[Cited, ...]]:
    """The text's own number (None when it has none) and the documents it cites, each once.

    `text` should be NFC.
    """
    found = [c for c in find_citations(text) if not c.partial and c.number and c.issuer]
    own = next((c for c in found if c.start < 1500 and _OWN.search(text[: c.start])), None)
    relations = _relations(text, found)
    cited: dict[tuple[str, str], Cited] = {}
    for citation, relation in zip(found, relations, strict=True):
        number = _number(citation)
        if own is not None and number == _number(own):
            continue
        new = Cited(
            citation=citation,
            number=number,
            type=_type_word(citation),
            body=_body(text, citation),
            title=_title(text, citation),
            relation=relation,
        )
        key = (number, citation.date.isoformat() if citation.date else "")
        same = [k for k in cited if k[0] == number and (not k[1] or not key[1] or k[1] == key[1])]
        if same:
            old = cited.pop(same[0])
            merged = _merged(old, new)
            day = merged.citation.date
            cited[number, day.isoformat() if day else ""] = merged
        else:
            cited[key] = new
    return own, tuple(sorted(cited.values(), key=lambda c: c.citation.start))


def _merged(old: Cited, new: Cited) -> Cited:
    """What both say: the dated citation, the longer words, the stronger relation."""
    keep, other = (new, old) if new.citation.date and not old.citation.date else (old, new)
    order = [kind for kind, _ in _RELATIONS]
    relations = [c.relation for c in (old, new) if c.relation is not None]
    return Cited(
        citation=keep.citation,
        number=keep.number,
        type=keep.type or other.type,
        body=max(keep.body, other.body, key=len),
        title=max(keep.title, other.title, key=len),
        relation=min(relations, key=order.index, default=None),
    )


def _relations(text: str, found: Sequence[Citation]) -> Iterator[LinkKind | None]:
    """How the text says it stands to each citation. A word that says so holds for the whole list
    that follows it, to the end of the sentence or the next such word."""
    relation: LinkKind | None = None
    end = 0
    for citation in found:
        gap = text[end : citation.start]
        breaks = [m.end() for m in _SENTENCE_END.finditer(gap)]
        if breaks:
            relation, gap = None, gap[breaks[-1] :]
        last = -1
        for kind, words in _RELATIONS:
            for match in words.finditer(gap.lower()):
                if match.start() > last:
                    relation, last = kind, match.start()
        yield relation
        end = citation.end


def _number(citation: Citation) -> str:
    """The number as it is printed, without the type word and with plain hyphens."""
    symbol = re.search(r"\d", citation.text)
    raw = citation.text[symbol.start() :] if symbol else citation.text
    raw = re.sub(r"\s*[-–—‐‑]\s*", "-", raw)
    return re.sub(r"\s*/\s*", "/", re.sub(r"\s+", " ", raw)).strip()


def _type_word(citation: Citation) -> str:
    symbol = re.search(r"\d", citation.text)
    words = citation.text[: symbol.start() if symbol else 0]
    words = re.sub(r"\s+", " ", re.sub(r"\bsố\b\s*:?", "", words, flags=re.I)).strip(" ,:")
    return words[:1].upper() + words[1:].lower() if words else ""


def _body(text: str, citation: Citation) -> str:
    return re.sub(r"\s+", " ", text[slice(*_body_span(text, citation))]).strip()


def _body_span(text: str, citation: Citation) -> tuple[int, int]:
    """Where the issuing body stands: "của …" right behind the number or its date."""
    match = _BODY.match(text, citation.end)
    if match is None:
        return citation.end, citation.end
    start, end = match.span(1)
    cut = _BODY_END.search(match[1] + " ")
    return start, start + cut.start() if cut else end


def _title(text: str, citation: Citation) -> str:
    """What stands behind "về …" when it follows the body directly; a comma with other words between
    means that it is somebody else's subject."""
    match = _TITLE.match(text, _body_span(text, citation)[1])
    if match is None:
        return ""
    title = re.split(r",\s*(?:gắn với|các quy định)|\s+và\s+(?=Kết luận|Nghị quyết)", match[1])[0]
    return re.sub(r"\s+", " ", title).strip(" ,")


def register_stub(text: str) -> str:
    """A directive pack in TOML from what `text` cites, to be checked and completed by hand."""
    text = nfc(text)
    own, cited = documents(text)
    lines = [
        "# Drafted from a text by nq cite --register: check every line, fill in what is “…”.",
        "",
        "[pack]",
        'basis = "…"',
    ]
    source = "…"
    headline = _HEADLINE.search(text[:3000])
    if own is not None or headline is not None:
        kind = headline[1].capitalize() if headline else (own and own.type) or "…"
        source = _number(own) if own else "…"
        lines += ["", "# The document itself.", *_directive(kind, source, own, "…", "…")]
    for one in cited:
        lines += ["", *_directive(one.type, one.number, one.citation, one.body, one.title)]
    if source != "…":
        for one in cited:
            if one.relation is not None:
                lines += ["", *_link(source, one.relation, one.number)]
    else:
        chief = cited[0].number if cited else ""
        for one in cited:
            if one.relation is LinkKind.GOES_WITH and one.number != chief:
                lines += ["", *_link(one.number, LinkKind.GOES_WITH, chief)]
        lines += ["", *_guesses(cited)]
    return "\n".join(lines) + "\n"


def _directive(
    type: str, number: str, citation: Citation | None, body: str, title: str
) -> list[str]:
    issuer = citation.issuer if citation is not None and citation.issuer else "…"
    lines = [
        "[[directive]]",
        f"type = {_quoted(type or '…')}",
        f"number = {_quoted(number)}",
        f"issuer = {_quoted(issuer)}",
        f"body = {_quoted(body or '…')}",
        f"title = {_quoted(title or '…')}",
    ]
    if citation is not None and citation.date is not None:
        lines.append(f"date = {citation.date.isoformat()}")
    else:
        lines.append("# date = …  the text does not say it")
    if citation is not None and citation.mismatch:
        lines.append("# the type and the symbol do not fit; kept as issued")
    return lines


def _link(source: str, kind: LinkKind, target: str) -> list[str]:
    return [
        "[[link]]",
        f"source = {_quoted(source)}",
        f"kind = {_quoted(kind.value)}",
        f"target = {_quoted(target)}",
    ]


def _guesses(cited: Sequence[Cited]) -> list[str]:
    """Without a number of its own a text does not say who carries out whom: offered as comments."""
    levels = {symbol: nth for nth, symbol in enumerate(_LEVELS)}
    chain = [c for c in cited if c.relation is not LinkKind.GOES_WITH]
    lines = []
    for one in chain:
        above = [
            other
            for other in chain
            if levels.get(other.citation.issuer or "", 99)
            < levels.get(one.citation.issuer or "", -1)
        ]
        for other in above:
            lines += [
                "# [[link]]  perhaps: the lower level carries out the higher",
                *(f"# {line}" for line in _link(one.number, LinkKind.IMPLEMENTS, other.number)[1:]),
            ]
    return lines


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

"""The words of a document beside its text, with the signs of the Party or of the State.

A unit has its letterhead once, and both layouts can print it: each sign is turned into that of the layout.
Nothing here knows of Word.
"""

from __future__ import annotations

import re
from typing import Protocol

from nqcore.analysis.report.blocks import Annex, document_number, recipient_lines
from nqcore.analysis.report.docx.profile import PaperSigns
from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.report.unit_names import name_within_sentence
from nqcore.model.reports import Paragraph, Report
from nqcore.text.dates import write_date_long
from nqcore.text.printable import printable

TO = "Kính gửi:"
SAME_AS_ABOVE = "Như trên"

_PARTY_SYMBOL = re.compile(r"-([^-/]+)/(.+)")
_STATE_SYMBOL = re.compile(r"/([^-/]+)-(.+)")
_PARTY_AUTHORITY = re.compile(r"([TK])/([MTL]) *", re.IGNORECASE)
_STATE_AUTHORITY = re.compile(r"([TK])([MTL])\. *", re.IGNORECASE)
_PARTY_FILED = re.compile(r"Lưu(?: (?:Văn phòng|Đảng ủy|Chi bộ)[^,;:]*| VT)?(?=[,;]|$)")
_STATE_FILED = re.compile(r"Lưu *: *VT\b")
_AS_ABOVE = re.compile(r"như (?:trên|(?:nơi )?kính gửi)\b", re.IGNORECASE)
_UPWARDS = re.compile(r" *\((?:để )?(?:báo cáo|b/c)\) *", re.IGNORECASE)


class Addressing(Protocol):
    """What says whose signs a paper has, and whether it says *Kính gửi* to the body above; a `DocxProfile`
    does."""

    @property
    def signs(self) -> PaperSigns:
        """Whose signs the words have."""
        ...

    @property
    def addressed_upwards(self) -> bool:
        """Whether a report that goes up is addressed."""
        ...


def symbol(text: str, signs: PaperSigns) -> str:
    """The symbol after the number: "-BC/HU" of the Party, "/BC-UBND" of the State."""
    plain = printable(text).strip()
    if signs is PaperSigns.STATE:
        return _PARTY_SYMBOL.sub(r"/\1-\2", plain, count=1) if plain.startswith("-") else plain
    return _STATE_SYMBOL.sub(r"-\1/\2", plain, count=1) if plain.startswith("/") else plain


def signing(report: Report, signs: PaperSigns) -> tuple[str, str]:
    """For whom the document is signed ("": for none), and the post of who signs it, in capitals. What was
    typed for this paper has the signs with which it was typed."""
    head = report.letterhead
    for_whom, post = (
        printable(text).strip().upper() if name in head.typed else authority(text, signs)
        for name, text in (("authority", head.authority), ("post", head.post))
    )
    return for_whom, post


def authority(text: str, signs: PaperSigns) -> str:
    """The authority or the post above the signature, in capitals: "T/M BAN THƯỜNG VỤ", "KT. CHỦ TỊCH"."""
    plain = printable(text).strip()
    if signs is PaperSigns.STATE:
        if found := _PARTY_AUTHORITY.match(plain):
            plain = f"{found[1]}{found[2]}. {plain.removeprefix(found[0])}"
    elif found := _STATE_AUTHORITY.match(plain):
        plain = f"{found[1]}/{found[2]} {plain.removeprefix(found[0])}"
    return plain.upper()


def number_line(report: Report, signs: PaperSigns) -> str:
    """Number and symbol in the head: "Số 05-BC/HU", "Số: 05/BC-UBND"; room for a number that is not known."""
    number = document_number(report)
    word = "Số:" if signs is PaperSigns.STATE else "Số"
    space = "\N{NO-BREAK SPACE}" if report.number.strip() else ""
    return f"{word}{space}{number}{symbol(report.letterhead.symbol, signs)}"


def to_lines(report: Report, profile: Addressing) -> list[str]:
    """To whom the document is addressed (*Kính gửi*). Where the office gives none, a layout that asks for it
    takes the recipients to whom the report goes up ("Tỉnh ủy (để báo cáo)")."""
    if report.to:
        return [printable(line).strip().strip("-;. ") for line in report.to]
    if not profile.addressed_upwards:
        return []
    plain = (_bare(line) for line in report.letterhead.recipients)
    return [_UPWARDS.sub("", line).strip() for line in plain if _UPWARDS.search(line)]


def recipients(report: Report, profile: Addressing) -> list[str]:
    """The lines below *Nơi nhận*: as they were typed for this paper, else those of the letterhead with the
    words of the layout; those to whom the document is addressed are "Như trên" there."""
    if "recipients" in report.letterhead.typed:
        return recipient_lines(report.letterhead.recipients)
    lines = [_filed(_bare(line), profile.signs) for line in report.letterhead.recipients]
    to = to_lines(report, profile)
    if to and lines:
        lines = [line for line in lines if _UPWARDS.sub("", line).strip() not in to]
        if not any(map(_AS_ABOVE.match, lines)):
            lines = [SAME_AS_ABOVE, *lines]
    return recipient_lines(lines)


def annex_head(annex: Annex) -> str:
    """The first line of an annex: "Phụ lục", of several "Phụ lục II"."""
    return f"Phụ lục {annex.number}".rstrip()


def annex_of(report: Report, signs: PaperSigns) -> str:
    """The line below the title of an annex: of which document it is a part."""
    head, day = report.letterhead, write_date_long(report.date)
    number = document_number(report)
    space = " " if report.number.strip() else ""
    which = f"số{space}{number}{symbol(head.symbol, signs)}"
    kind = printable(report.type)
    if signs is PaperSigns.STATE:
        body = _as_the_text_says(report, printable(head.body))
        return f"(Kèm theo {kind} {which} {day} của {body})"
    return f"(Kèm theo {kind} {which}, {day})"


def _as_the_text_says(report: Report, body: str) -> str:
    """The name of the issuing body as the text of the report writes it ("Công ty TNHH May"): its capitals do
    not say which of its words are abbreviations."""
    paragraphs = (one for one in report.body if isinstance(one, Paragraph))
    for text in (report.title, *(sentence_text(one.sentence) for one in paragraphs)):
        at = text.casefold().find(body.casefold())
        if body and at >= 0:
            return text[at : at + len(body)]
    return name_within_sentence(body)


def seal_words(report: Report) -> str:
    """Of which edition and which record the figures are: "Bản chốt 3 · bản ghi 412 · ab12…"; "" of a report
    that names no record, and where the letterhead leaves it out. `nq verify` takes the line as it stands."""
    if not report.letterhead.seal_line:
        return ""
    seq, _, digits = printable(report.seal).partition("/")
    if not digits:
        return ""
    edition = f"Bản chốt {printable(report.edition)}" if report.edition else "Chưa chốt số liệu"
    return f"{edition} · bản ghi {seq} · {digits}"


def _bare(line: str) -> str:
    return printable(line).strip().removeprefix("-").strip(" ;,.")


def _filed(line: str, signs: PaperSigns) -> str:
    """The line of the copy that is kept, with the words of the layout."""
    if signs is PaperSigns.STATE:
        return _PARTY_FILED.sub("Lưu: VT", line, count=1) if line.startswith("Lưu") else line
    return _STATE_FILED.sub("Lưu Văn phòng", line, count=1)

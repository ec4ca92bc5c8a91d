"""The signs of a paper in the formats that have no layout of their own: those of the Party, or of the State.

A Word format has a profile; the pages, the HTML file and the Markdown text follow the body that issues the
paper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nqcore.analysis.report.docx.paper_words import annex_of
from nqcore.analysis.report.docx.profile import PaperSigns
from nqcore.model.reports import Letterhead, Report

_OF_STATE = re.compile(
    r"(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND|SỞ|CHÍNH PHỦ|BỘ(?! CHÍNH TRỊ))\b",
    re.IGNORECASE,
)
"""How the names of bodies of the State begin."""


def signs_of(head: Letterhead) -> PaperSigns:
    """Whose signs the papers of that letterhead have: of the State where its symbol or its body is the
    State's ("/BC-UBND", "ỦY BAN NHÂN DÂN …"), else of the Party.

    >>> signs_of(ws.reviews.letterhead("xa-a")).value
    'party'
    """
    state = head.symbol.strip().startswith("/") or _OF_STATE.match(head.body.strip())
    return PaperSigns.STATE if state else PaperSigns.PARTY


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainLayout:
    """What differs between the two: `nation` stands over `motto`, `issuer_mark` below the body and
    `subject_mark` below the subject ("": a line), `part_mark` behind "I". `addressed_upwards` as in a
    `DocxProfile`."""

    signs: PaperSigns
    nation: str
    motto: str
    issuer_mark: str
    subject_mark: str
    part_mark: str
    addressed_upwards: bool


_LAYOUTS = {
    PaperSigns.PARTY: PlainLayout(
        signs=PaperSigns.PARTY,
        nation="",
        motto="ĐẢNG CỘNG SẢN VIỆT NAM",
        issuer_mark="*",
        subject_mark="-----",
        part_mark="-",
        addressed_upwards=False,
    ),
    PaperSigns.STATE: PlainLayout(
        signs=PaperSigns.STATE,
        nation="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        motto="Độc lập - Tự do - Hạnh phúc",
        issuer_mark="",
        subject_mark="",
        part_mark=".",
        addressed_upwards=True,
    ),
}


def plain_layout(head: Letterhead) -> PlainLayout:
    """The signs of the papers of that letterhead."""
    return _LAYOUTS[signs_of(head)]


def annex_line(report: Report) -> str:
    """The line below the title of an annex: of which document it is a part. A number that the document does
    not have yet is written in by hand, like that in the head."""
    return annex_of(report, signs_of(report.letterhead))

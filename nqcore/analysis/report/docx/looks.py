"""The looks of the document: every visible part has a named style, which staff can change at one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from nqcore.analysis.report.docx.profile import DocxProfile

BORDERS = "Table Grid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The lengths of the lines below the issuing body and below the subject, in millimetres. They are shares
    of the lines of text above them, so each document has its own; 0: the layout has a sign there."""

    issuer_mm: float = 0
    subject_mm: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One paragraph style. `line` 0 is single spacing, another number exactly that many points; `lines` is a
    factor. With `rule_sides_mm` the paragraph is a horizontal line with that much space on both sides."""

    id: str
    name: str
    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    align: str = "left"
    first_line_mm: float = 0
    left_mm: float = 0
    rule_sides_mm: float = 0
    before: float = 0
    after: float = 0
    line: float = 0
    lines: float = 0
    keep_next: bool = False
    boxed: bool = False
    outline: int | None = None
    follow: str = "NqText"


def looks(profile: DocxProfile, rules: Rules) -> Iterator[Look]:
    """Every paragraph style but "Normal"."""
    yield from _head(profile, rules)
    yield from _text(profile)
    yield from _signature(profile)
    yield from _annex(profile)
    yield from _cells(profile)
    yield Look(
        id="Header",
        name="Header",
        size=profile.page_number_size,
        align="center",
        follow="Header",
    )
    yield Look(id="NqSeal", name="Dòng chốt số liệu", size=profile.seal_size, align="center")
    yield Look(id="NqBreak", name="Ngắt phần", size=1, line=1)


def text_width_mm(profile: DocxProfile) -> float:
    """The width of an upright page between its margins."""
    return profile.page_mm[0] - profile.margins.left - profile.margins.right


def _head(profile: DocxProfile, rules: Rules) -> Iterator[Look]:
    head = profile.head_size
    width = text_width_mm(profile)
    right = width - profile.head_left_mm

    def centred(id: str, name: str, size: float, **more: Any) -> Look:
        return replace(Look(id=id, name=name, size=size, align="center"), **more)

    def rule(id: str, name: str, sides: float, **more: Any) -> Look:
        look = Look(id=id, name=name, size=2, line=2, rule_sides_mm=sides, before=1)
        return replace(look, **more)

    yield centred("NqSuperior", "Cơ quan cấp trên", head)
    yield centred("NqBody", "Cơ quan ban hành", head, bold=True)
    yield centred("NqStar", "Dấu sao", head)
    if rules.issuer_mm:
        yield rule(
            "NqBodyRule",
            "Gạch dưới cơ quan ban hành",
            (profile.head_left_mm - rules.issuer_mm) / 2,
        )
    yield centred("NqNumber", "Số và ký hiệu", profile.number_size)
    yield centred("NqMark", "Dấu chỉ mức độ", profile.mark_size, bold=True, before=6, boxed=True)
    if profile.nation:
        yield centred("NqNation", "Quốc hiệu", profile.nation_size, bold=True)
    motto = "Tiêu ngữ" if profile.nation else "Tiêu đề Đảng"
    yield centred("NqMotto", motto, profile.motto_size, bold=True)
    yield rule("NqMottoRule", "Gạch dưới tiêu đề", (right - profile.rule_mm) / 2)
    yield centred("NqPlaceDate", "Địa danh và ngày tháng", profile.date_size, italic=True)
    yield centred(
        "NqType",
        "Tên loại văn bản",
        profile.type_size,
        bold=True,
        before=24,
        keep_next=True,
        follow="NqSubject",
    )
    subject: dict[str, Any] = {"bold": True, "keep_next": True}
    yield centred("NqSubject", "Trích yếu", profile.subject_size, **subject)
    if rules.subject_mm:
        sides = (width - rules.subject_mm) / 2
        yield rule("NqSubjectRule", "Gạch dưới trích yếu", sides, after=6, keep_next=True)
    else:
        yield centred(
            "NqSubjectRule", "Gạch dưới trích yếu", profile.subject_size, after=6, **subject
        )
    yield centred("NqTo", "Kính gửi", profile.to_size, before=6, after=6)
    several = Look(id="NqToSeveral", name="Kính gửi nhiều nơi", size=profile.to_size, before=6)
    yield replace(several, left_mm=25, keep_next=True)
    yield replace(several, id="NqToLine", name="Dòng kính gửi", left_mm=47, before=0)


def _text(profile: DocxProfile) -> Iterator[Look]:
    text = Look(
        id="NqText",
        name="Nội dung",
        size=profile.body_size,
        align="both",
        first_line_mm=profile.first_line_mm,
        before=profile.before_paragraph,
        line=profile.line_spacing,
        lines=profile.lines,
    )
    yield text
    yield replace(text, id="NqBasis", name="Căn cứ", italic=profile.basis_italic)
    half = replace(text, align="center", first_line_mm=0, bold=True, keep_next=True)
    yield replace(half, id="NqHalf", name="Phần", before=12)
    yield replace(half, id="NqHalfTitle", name="Tên phần", outline=0)
    part = replace(text, bold=True, keep_next=True)
    yield replace(part, id="Heading1", name="Heading 1", outline=0)
    yield replace(part, id="Heading2", name="Heading 2", outline=1)
    yield replace(part, id="Heading3", name="Heading 3", bold=False, outline=2)
    yield Look(
        id="NqNote", name="Ghi chú", size=profile.table_size, italic=True, before=3, align="both"
    )


def _signature(profile: DocxProfile) -> Iterator[Look]:
    sign = Look(id="NqPost", name="Chức vụ người ký", size=profile.sign_size, align="center")
    yield replace(sign, id="NqAuthority", name="Thể thức đề ký", bold=True, before=18)
    yield replace(sign, bold=profile.post_bold)
    yield replace(sign, id="NqSigner", name="Họ tên người ký", bold=True, before=profile.sign_gap)
    underlined = profile.recipients_underlined
    yield Look(
        id="NqRecipients",
        name="Nơi nhận",
        size=profile.recipients_title_size,
        underline=underlined,
        bold=not underlined,
        italic=not underlined,
        before=18,
        follow="NqRecipient",
    )
    yield Look(
        id="NqRecipient", name="Dòng nơi nhận", size=profile.recipients_size, follow="NqRecipient"
    )


def _annex(profile: DocxProfile) -> Iterator[Look]:
    line = Look(
        id="NqAnnex",
        name="Phụ lục",
        size=profile.annex_size,
        bold=True,
        align="center",
        keep_next=True,
    )
    yield replace(line, outline=0)
    title = profile.annex_title_size
    yield replace(line, id="NqAnnexTitle", name="Tên phụ lục", size=title)
    of: dict[str, Any] = {"size": title, "bold": False, "italic": True, "after": 6}
    yield replace(line, id="NqAnnexOf", name="Kèm theo", **of)
    yield replace(line, id="Caption", name="Caption", size=profile.table_size, before=9, after=3)


def _cells(profile: DocxProfile) -> Iterator[Look]:
    cell = Look(
        id="NqCell",
        name="Bảng chữ",
        size=profile.table_size,
        before=1.5,
        after=1.5,
        follow="NqCell",
    )
    yield cell
    yield replace(cell, id="NqCellNumber", name="Bảng số", align="right", follow="NqCellNumber")
    yield replace(
        cell, id="NqCellCentred", name="Bảng giữa", align="center", follow="NqCellCentred"
    )
    part = replace(cell, bold=True, keep_next=True)
    yield replace(part, id="NqCellPart", name="Bảng tên mục")
    yield replace(part, id="NqCellHead", name="Bảng đầu cột", align="center")

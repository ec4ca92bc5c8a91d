"""The layout of Nghị định 30/2020/NĐ-CP, Phụ lục I, as data. The decree leaves a choice for most sizes."""

from __future__ import annotations

from datetime import date

from nqcore.plugin import DocxProfile, Margins, PaperSigns

_SAMPLE = "văn bản mẫu của Chính phủ (.docx)"
_CUSTOM = "thói quen của các văn phòng; Nghị định không quy định"

STATE_2020 = DocxProfile(
    name="state-docx",
    title="Văn bản hành chính (Nghị định 30/2020/NĐ-CP, .docx)",
    guidance="Nghị định 30/2020/NĐ-CP, Phụ lục I",
    since=date(2020, 3, 5),
    second_hand={
        "landscape_margins": _SAMPLE,
        "head_left_mm": _SAMPLE,
        "page_number_mm": _SAMPLE,
        "sign_gap": _CUSTOM,
        "table_size": _CUSTOM,
        "portrait_columns": _CUSTOM,
    },
    signs=PaperSigns.STATE,
    margins=Margins(top=20, bottom=20, left=30, right=15),
    landscape_margins=Margins(top=20, bottom=15, left=30, right=15),
    page_number_mm=10,
    page_number_size=14,
    nation="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    nation_size=13,
    motto="Độc lập - Tự do - Hạnh phúc",
    motto_size=14,
    rule_mm=64,
    head_size=13,
    head_left_mm=68,
    issuer_mark="",
    number_size=13,
    date_size=14,
    mark_size=13,
    mark_boxed=True,
    type_size=14,
    subject_size=14,
    subject_mark="",
    to_size=14,
    addressed_upwards=True,
    body_size=14,
    first_line_mm=12.7,
    lines=1.15,
    before_paragraph=6,
    part_mark=". ",
    basis_label="",
    basis_italic=True,
    text_end="./.",
    sign_size=14,
    sign_gap=72,
    post_bold=True,
    recipients_title_size=12,
    recipients_underlined=False,
    recipients_size=11,
    annex_size=14,
    annex_title_size=14,
    annex_own_pages=True,
    table_size=12,
    portrait_columns=8,
)
"""Nghị định 30/2020/NĐ-CP of 2020."""

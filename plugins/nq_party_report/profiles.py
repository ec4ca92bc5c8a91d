"""The layouts of the Party's guidances, as data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from nqcore.plugin import DocxProfile, Margins, PaperSigns

SINCE_2026 = date(2026, 5, 27)
"""From this day the guidance of 2026 is in force."""

_SUMMARIES = "bài tóm tắt Hướng dẫn 36-HD/VPTW và bảng cỡ chữ do nơi khác đăng lại"
_CUSTOM = "thói quen của các văn phòng; không thấy trong phần trích của Hướng dẫn"
_FOUR = "bốn sổ tay và chương trình soạn thảo làm theo Hướng dẫn 05-HD/VPTW, giống nhau"
_HANDBOOK = "một sổ tay làm theo Hướng dẫn 05-HD/VPTW"

_SIZES = (
    *("margins", "page_number_mm", "page_number_size", "motto_size", "head_size", "number_size"),
    *("date_size", "type_size", "subject_size", "subject_mark", "body_size", "first_line_mm"),
    *("before_paragraph", "part_mark", "issuer_mark", "text_end", "sign_size"),
)
_UNSAID = (
    *("landscape_margins", "head_left_mm", "sign_gap", "table_size", "portrait_columns"),
    *("annex_size", "annex_title_size", "annex_own_pages", "mark_size", "mark_boxed"),
)

PARTY_2018 = DocxProfile(
    name="party-2018-docx",
    title="Văn bản của Đảng (Hướng dẫn 36-HD/VPTW năm 2018, .docx)",
    guidance="Hướng dẫn 36-HD/VPTW, ngày 03/4/2018",
    until=SINCE_2026 - timedelta(days=1),
    second_hand={
        **dict.fromkeys(_SIZES, _SUMMARIES),
        **dict.fromkeys(_UNSAID, _CUSTOM),
        "line_spacing": f"{_SUMMARIES}: 18 điểm trở lên",
        "post_bold": _SUMMARIES,
        "recipients_title_size": f"{_SUMMARIES}: 14, có nơi 12",
        "recipients_size": _SUMMARIES,
        "addressed_upwards": _CUSTOM,
    },
    signs=PaperSigns.PARTY,
    margins=Margins(top=20, bottom=20, left=30, right=15),
    landscape_margins=Margins(top=20, bottom=15, left=30, right=15),
    page_number_mm=10,
    page_number_size=14,
    motto="ĐẢNG CỘNG SẢN VIỆT NAM",
    motto_size=15,
    rule_mm=73,
    head_size=14,
    head_left_mm=70.5,
    issuer_mark="*",
    number_size=14,
    date_size=14,
    mark_size=13,
    mark_boxed=False,
    type_size=16,
    subject_size=14,
    subject_mark="-----",
    to_size=14,
    addressed_upwards=False,
    body_size=14,
    first_line_mm=10,
    line_spacing=18,
    before_paragraph=6,
    part_mark="- ",
    basis_label="- ",
    basis_italic=False,
    text_end=".",
    sign_size=14,
    sign_gap=72,
    post_bold=False,
    recipients_title_size=14,
    recipients_underlined=True,
    recipients_size=12,
    annex_size=14,
    annex_title_size=14,
    annex_own_pages=False,
    table_size=12,
    portrait_columns=8,
)
"""Hướng dẫn 36-HD/VPTW of 2018. Its own text was not at hand: each field says where it is from."""

PARTY_2026 = replace(
    PARTY_2018,
    name="party-2026-docx",
    title="Văn bản của Đảng (Hướng dẫn 05-HD/VPTW năm 2026, .docx)",
    guidance="Hướng dẫn 05-HD/VPTW, ngày 27/5/2026",
    since=SINCE_2026,
    until=None,
    second_hand={
        **dict.fromkeys(_SIZES, _FOUR),
        **dict.fromkeys(_UNSAID, _CUSTOM),
        "head_size": f"{_FOUR}, trừ một nơi để 13",
        "line_spacing": f"{_FOUR}: 18 điểm trở lên; {_HANDBOOK} để 19",
        "post_bold": f"{_HANDBOOK}: chức vụ không in đậm",
        "recipients_title_size": f"{_FOUR}: 14, có nơi 12",
        "recipients_size": _FOUR,
        "basis_label": f"{_HANDBOOK}: gạch đầu dòng, đứng; một chương trình để nghiêng",
        "basis_italic": f"{_HANDBOOK}: gạch đầu dòng, đứng; một chương trình để nghiêng",
        "addressed_upwards": f"{_HANDBOOK}: báo cáo không có Kính gửi",
    },
)
"""Hướng dẫn 05-HD/VPTW of 2026. Its own text was not at hand: each field says where it is from."""

"""The layouts of the Party's guidances, as data."""

from __future__ import annotations

from nqcore.plugin import DocxProfile, Margins

PARTY_2018 = DocxProfile(
    name="party-docx",
    title="Văn bản của Đảng (Hướng dẫn 36-HD/VPTW năm 2018, .docx)",
    margins=Margins(top=20, bottom=20, left=30, right=15),
    landscape_margins=Margins(top=20, bottom=15, left=30, right=15),
    page_number_mm=10,
    page_number_size=14,
    motto_size=15,
    rule_mm=73,
    head_size=14,
    head_left_mm=70.5,
    date_size=14,
    type_size=16,
    subject_size=14,
    body_size=14,
    first_line_mm=10,
    line_spacing=18,
    before_paragraph=6,
    sign_size=14,
    sign_gap=72,
    recipients_title_size=14,
    recipients_size=12,
    table_size=12,
    portrait_columns=8,
)
"""Hướng dẫn 36-HD/VPTW of 2018."""

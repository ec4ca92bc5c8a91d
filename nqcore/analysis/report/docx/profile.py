"""The sizes of a layout, as data: a new guidance of the Party is a new DocxProfile."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """The margins of a page in millimetres."""

    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxProfile:
    """The sizes, in points; names with `_mm` are in millimetres.

    `name` and `title` are those of the report format. `rule_mm` is the length of the line below
    `motto`: that of the text itself in `font`, bold, at `motto_size`.
    """

    name: str
    title: str

    font: str = "Times New Roman"
    language: str = "vi-VN"
    page_mm: tuple[float, float] = (210, 297)
    margins: Margins
    landscape_margins: Margins
    page_number_mm: float
    page_number_size: float

    motto: str = "ĐẢNG CỘNG SẢN VIỆT NAM"
    motto_size: float
    rule_mm: float
    head_size: float
    head_left_mm: float
    date_size: float
    type_size: float
    subject_size: float

    body_size: float
    first_line_mm: float
    line_spacing: float
    before_paragraph: float
    part_mark: str = "- "
    heading_mark: str = ". "

    sign_size: float
    sign_gap: float
    recipients_title_size: float
    recipients_size: float

    table_size: float
    portrait_columns: int

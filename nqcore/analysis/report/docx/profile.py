"""The sizes and the signs of a layout, as data: a new guidance or the habit of an office is a new profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum


class PaperSigns(StrEnum):
    """Which signs the words of a document have.

    |            | PARTY                | STATE               |
    |------------|----------------------|---------------------|
    | number     | Số 05-BC/HU          | Số: 05/BC-UBND      |
    | authority  | T/M  K/T  T/L        | TM.  KT.  TL.       |
    | filed      | Lưu Văn phòng …      | Lưu: VT             |
    | halves     | Phần thứ nhất        | Phần I              |
    | of a date  | số …, ngày …         | số … ngày …         |
    """

    PARTY = "party"
    STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """The margins of a page in millimetres."""

    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxProfile:
    """The layout of a Word document. Sizes are in points; names with `_mm` are in millimetres.

    `name` and `title` are those of the report format; `guidance` is the text that prescribes the layout. It
    is in force from the day `since` to the day `until` (None: not known, or no end).
    `second_hand` names each field whose value is not from that text itself, with where it is from: an office
    that knows better changes the field (`dataclasses.replace`).

    - `nation` (Quốc hiệu) stands over `motto`; `rule_mm` is the length of the line below `motto`: that of the
      text itself in `font`, bold, at `motto_size`.
    - `issuer_mark` stands below the issuing body; "" is a line, `rule_share` as long as the text. The same is
      true of `subject_mark` below the subject.
    - `lines` is the distance of lines as a factor; 0: they are exactly `line_spacing` points apart.
    - `addressed_upwards`: a report that goes to the body above says *Kính gửi* to it.
    - `annex_own_pages`: the pages of each annex are counted from 1.
    - `portrait_columns`: a table with more columns is turned.
    """

    name: str
    title: str
    guidance: str
    since: date | None = None
    until: date | None = None
    second_hand: Mapping[str, str] = field(default_factory=dict)
    signs: PaperSigns

    font: str = "Times New Roman"
    language: str = "vi-VN"
    page_mm: tuple[float, float] = (210, 297)
    margins: Margins
    landscape_margins: Margins
    page_number_mm: float
    page_number_size: float

    nation: str = ""
    nation_size: float = 0
    motto: str
    motto_size: float
    rule_mm: float
    head_size: float
    head_left_mm: float
    issuer_mark: str
    number_size: float
    date_size: float
    mark_size: float
    mark_boxed: bool
    type_size: float
    subject_size: float
    subject_mark: str
    rule_share: float = 0.4
    to_size: float
    addressed_upwards: bool

    body_size: float
    first_line_mm: float
    line_spacing: float = 0
    lines: float = 0
    before_paragraph: float
    part_mark: str
    heading_mark: str = ". "
    item_mark: str = ") "
    basis_label: str
    basis_italic: bool
    text_end: str

    sign_size: float
    sign_gap: float
    post_bold: bool
    recipients_title_size: float
    recipients_underlined: bool
    recipients_size: float

    annex_size: float
    annex_title_size: float
    annex_own_pages: bool
    table_size: float
    portrait_columns: int
    seal_line: bool = True
    seal_size: float = 9

    def in_force_on(self, day: date) -> bool:
        """Whether the guidance holds for a document that is issued on that day."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day <= self.until)

    def __post_init__(self) -> None:
        unknown = set(self.second_hand) - {one.name for one in fields(self)}
        if unknown:
            raise ValueError(f"{self.name}: second_hand names {', '.join(sorted(unknown))}")

"""Which numbers of a text are no figures of a review: the one list of their kinds.

A number is a name beside certain words ("Điều 5", "khóa 12", "6 tháng"), or within a phrase of `PHRASES`. A
phrase is a name only where no word follows that can be counted: "Kế hoạch 70 của Tỉnh ủy" names, "Kế hoạch 70
cuộc" counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

OF_A_NAME = frozenset({
    "điều", "khoản", "điểm", "mục", "chương", "phần", "tiết", "biểu", "bảng", "lục", "mẫu", "trang",
    "dòng", "số", "thứ", "khóa", "khoá", "lớp", "lộ", "đường", "ấp", "khu", "phố", "tổ", "thôn",
    "phường", "quận", "hình", "cột", "chốt",
})  # fmt: skip
"""In front of a number they make it a name: "Điều 5", "khóa 12"."""
OF_TIME = frozenset(("ngày", "tháng", "năm", "quý", "giờ", "phút", "tuần", "kỳ"))
"""Behind a number they make it a length of time."""
COUNTED = frozenset(
    ("người", "đồng", "triệu", "tỷ", "lượt", "buổi", "cuộc", "đơn", "doanh", "%")
)  # fmt: skip
"""Behind a number they say that it counts."""
NOT_COUNTED = frozenset({
    *(("tỷ", "lệ"), ("tỷ", "trọng"), ("tỷ", "suất"), ("tỷ", "số"), ("tỷ", "phần"), ("đồng", "thời")),
    *(("đồng", "chí"), ("đồng", "bộ"), ("đồng", "bào"), ("triệu", "tập"), ("đơn", "giá"), ("đơn", "thư")),
})  # fmt: skip
"""Words that begin like one of `COUNTED` and count nothing: "năm 2025 tỷ lệ …" is no 2025 billions."""
BEFORE_DAY = frozenset(("ngày", "đến", "trước", "sau", "từ", "hết", "tới", "mùng", "dịp"))
"""Before "30/9" they say that it is a day."""

_NEXT = (
    r"(?=\s*(?:$|[,;.:)\]]|\((?:khóa|khoá)|(?:và|đến|của|ngày|về|năm|khóa|khoá|tại|nêu|theo|do|là|đã|được"
    r"|khoản|điểm|trên|với|để|Luật|Bộ luật|Hiến pháp|Pháp lệnh|Điều lệ|Quy (?:định|chế)"
    r"|Nghị (?:định|quyết))(?!\w)))"
)
"""What may follow a name: an end, or a word that is not counted."""
_AND = r"\s*(?:,|và|đến|hoặc|-|–)\s*"
_SMALL = r"\d{1,3}(?![\d%]|[.,/]\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])[/-](?:0?[1-9]|1[0-2])(?![\d/-])"
_KIND_OF_DOCUMENT = (
    r"(?:Nghị quyết|Chỉ thị|Kết luận|Quy định|Quyết định|Kế hoạch|Chương trình|Đề án|Hướng dẫn|Thông tri|"
    r"Thông báo|Công văn|Nghị định|Thông tư|Quy chế)(?: số)?"
)

PHRASES: dict[str, str] = {
    "copies": (
        r"\((?:mỗi \w+ )?\d{1,3} ?b(?:ản)?\)|^\s*In:? \d{1,4} bản(?=[\s.;]*$)"
        r"|^\s*[-–+]?\s*(?:Lưu|Như)\W[^()]*?\d{1,3} bản(?=[\s.;]*$)"
        r"|^\s*[-–+]\s*[^:.\d]*:\s*\d{1,3} bản(?=[\s.;]*$)"
    ),
    "articles of law": (
        rf"(?:[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Mm]ục)\s+{_SMALL}(?:{_AND}{_SMALL}{_NEXT})+"
        r"|19 điều (?=(?:quy định )?(?:những điều )?đảng viên)"
    ),
    "numbers of headings, tables and pages": (
        r"(?<!\w)(?:[Đđ]iểm|[Mm]ục|[Tt]iết|[Pp]hần|[Bb]ảng|[Bb]iểu|[Hh]ình|[Pp]hụ lục)(?: số)?\s+\d{1,2}"
        rf"(?:\.\d{{1,2}})+(?![\d%])|(?<!\w)[Tt]rang \d{{1,3}}/\d{{1,3}}{_NEXT}"
    ),
    "documents": rf"(?<!\w){_KIND_OF_DOCUMENT}\s+{_SMALL}(?:{_AND}{_SMALL}{_NEXT})*{_NEXT}",
    "meetings of the Central Committee": rf"(?<!\w)Trung ương\s+\d{{1,2}}{_NEXT}",
    "days": (
        rf"(?:[Nn]gày|[Dd]ịp|đến|trước|sau|từ|hết|tới)\s+{_DAY}(?:{_AND}(?:ngày )?{_DAY}{_NEXT})*{_NEXT}"
        rf"|(?:Quốc tế|Việt Nam|Quốc khánh|thành lập Đảng)[^.;,\d]{{0,30}}\(?{_DAY}{_NEXT}"
        rf"|từ (?:ngày )?\d{{1,2}} (?:đến|-) (?:ngày )?{_DAY}{_NEXT}"
    ),
    "names with a number": (
        rf"(?<!\w)(?:Chi bộ|Cụm|Khối|Đội|Tiểu khu|Trạm)\s+\d{{1,2}}{_NEXT}|[Mm]ã số:? \d+{_NEXT}"
        rf"|thế kỷ \d{{1,2}}{_NEXT}|[Cc]ông nghiệp 4\.0"
    ),
}
"""Phrases in which each number is a name, by the kind of name."""

_EVERY = re.compile("|".join(f"(?:{one})" for one in PHRASES.values()))


def name_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the phrases stand in which each number is a name.

    >>> list(name_spans("theo Nghị quyết 13 của Tỉnh ủy"))
    [(5, 18)]
    """
    return (one.span() for one in _EVERY.finditer(text))

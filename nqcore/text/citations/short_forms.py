"""Document numbers without a symbol: "KL 80", "Nghị quyết số 20", "Nghị định 100/2019"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from nqcore.text.citations.document_types import LAW_TYPES, SHORT_FORMS
from nqcore.text.citations.words_before import WordsBefore

# Words that are rarely verbs: they name a document even in small letters and without "số".
_NAMES: Final = ("nghị quyết", "nghị định", "chỉ thị", "thông tư")

_YEAR: Final = re.compile(r"/((?:19|20)[0-9]{2})(?![0-9/\-.]?[0-9A-Za-zđĐ/\-])")
_GOES_ON: Final = re.compile(
    r"[.,][0-9]|\s?%|…|\.\.|[/-][0-9]|[/-][^\W\d_]|[A-Za-zđĐ0-9_²³]|\s?[+x]\s?[0-9]"
    r"|\s{0,2}[-–]\s{0,2}[0-9]"
)
# "5 nội dung", "15 đơn vị", "10 ngày": things are counted, so it is not a document number.
_COUNTED: Final = re.compile(
    r"\s{1,4}(?:(?:năm|ngày)(?!\s{0,4}[0-9])|(?:tháng|tuần|giờ|người|đồng|triệu|tỷ|tỉ|nghìn|ngàn"
    r"|lượt|cuộc|buổi|đơn|nội|vấn|nhiệm|điều|điểm|nhóm|loại|trường|cá|tập|tổ|xã|huyện|tỉnh|phường"
    r"|thành|hộ|cơ|bộ|dự|công|đề|hình|chương|mục|khoản|giải|chỉ|tiêu|lần|cán|mô|bước|mẫu|phần|quyển"
    r"|cuốn|bản|trang|chi|đảng|phút|km|ha|kg|m|thủ|văn|nghị|thông|hạng|chính|khâu|lĩnh|kỳ|ý|căn|hợp"
    r"|doanh|hội|lớp|suất|mức|cấp)\b)"
)


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A document cited by type and number only; `year` as in "Nghị định 100/2019"."""

    end: int
    year: str | None


def short_form(text: str, end: int, number: str, before: WordsBefore) -> ShortForm | None:
    """The short form whose `number` ends at `end`, or None. The words before the number and the text
    after it decide."""
    word = before.word
    if word is None or word.key in LAW_TYPES or "." in number:
        return None
    capital = text[before.start].isupper()
    named = capital or word.key in _NAMES
    if not before.numbered and (word.types[0] not in SHORT_FORMS or not named):
        return None
    year = _YEAR.match(text, end)
    if year is not None:
        return ShortForm(year.end(), year[1]) if capital or before.numbered else None
    if _GOES_ON.match(text, end):
        return None
    if not before.numbered:
        if ":" in text[before.start : end]:  # "KL: 50 kg"
            return None
        a_year = len(number) == 4 and number[:2] in ("19", "20")
        a_column = word.short and word.key in ("TT", "HD", "CT") and len(number) < 2
        if a_year or a_column or _COUNTED.match(text, end):
            return None
    return ShortForm(end, None)

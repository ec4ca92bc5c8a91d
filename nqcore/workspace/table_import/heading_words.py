"""What the words of a heading or of a row say beside what is counted: that the figures are a plan, of another
time, a rate, or a part only; and words that turn the meaning of the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache

from nqcore.text.folding import fold, nfc


class Aside(StrEnum):
    """What figures are, where they are not those of the whole that is reported."""

    PLAN = "plan"
    OTHER_TIME = "other time"
    RATE = "rate"
    CHANGE = "change"
    PART = "part"
    WOMEN_OR_MEN = "women or men"
    REMARK = "remark"
    MEAN = "mean"
    HOPED = "hoped"
    ESTIMATE = "estimate"


_BEGIN, _END = r"(?:^|(?<=[–\-:(,;/] )|(?<=[–\-:(,;/]))\s*", r"(?!\w)"
_ASIDES: Mapping[Aside, str] = {
    Aside.PLAN: rf"{_BEGIN}(?:(?:số |số liệu |theo )?(?:kế hoạch|kh|dự toán|mục tiêu)(?= (?:năm|quý|tháng"
    rf"|giao|được|tỉnh|huyện|xã|cả)|[\s)]*$|[\s]*[–\-(:/0-9])|(?:chỉ tiêu )?(?:được )?giao{_END}"
    rf"|chỉ tiêu kế hoạch|dự kiến)|(?<!\w)(?:mục tiêu|(?:theo|so với) (?:kế hoạch|kh)(?! số)|dự kiến|dự báo"
    rf"|chỉ tiêu (?:được )?giao){_END}",
    Aside.OTHER_TIME: r"(?<!\w)(?:cùng kỳ|cùng kì|(?:kỳ|kì|năm|quý|tháng) trước|lũy kế|luỹ kế|cộng dồn)"
    rf"{_END}|(?<!\w)(?:từ|kể từ|so với) đầu (?:năm|quý|tháng|nhiệm kỳ){_END}",
    Aside.RATE: rf"%|‰|(?<!\w)(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|cơ cấu|so sánh|so với|tốc độ){_END}",
    Aside.CHANGE: rf"(?<!\w)(?:tăng|giảm){_END}",
    Aside.PART: rf"(?<!\w)(?:trong đó|riêng|chia ra){_END}",
    Aside.WOMEN_OR_MEN: rf"(?<!\w)(?:nữ|(?<!việt )(?<!miền )nam){_END}",
    Aside.REMARK: rf"{_BEGIN}(?:ghi chú|stt|tt|số tt|mã số|giải trình){_END}",
    Aside.MEAN: rf"(?<!\w)(?:bình quân|trung bình|bq){_END}",
    Aside.HOPED: rf"(?<!\w)(?:đăng ký|đăng kí|phấn đấu){_END}",
    # "Ước thực hiện" heads the figures of a period whose last days are still to come.
    Aside.ESTIMATE: rf"{_BEGIN}(?:số )?ước{_END}(?! (?:thực hiện|th){_END})",
}
_TURNING = (
    "không", "chưa", "cận", "thoát", "tái", "phi", "ngoài", "quá hạn", "trễ hạn", "khuyết", "hủy", "huỷ",
)  # fmt: skip
"""Words that make another thing of the words beside them: *hộ cận nghèo* are no *hộ nghèo*."""
_NEW = r"(?:(?<!nông thôn )(?<!đổi )mới|kết nạp|thành lập)"
"""Of these one is as good as another, but what is new is only a part of all."""
_OPPOSITES = (
    ("thu", "chi"), ("tăng", "giảm"), ("nam", "nữ"), ("đến", "đi"), ("nhập", "xuất"), ("vào", "ra"),
    ("trong", "ngoài"), ("đầu", "cuối"), ("trên", "dưới"), ("mới", "cũ"), ("trước", "sau"), ("sinh", "tử"),
    ("thành lập", "giải thể"), ("kết nạp", "khai trừ"), ("vay", "nợ"), ("nội", "ngoại"), ("mua", "bán"),
)  # fmt: skip
"""Words of which one is never the other."""


_MAY_BE_LEFT_OUT = {Aside.PLAN, Aside.OTHER_TIME, Aside.HOPED, Aside.ESTIMATE}
"""A table may leave these out where its indicator is one of a plan or summed up from the year's beginning."""


def _words(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){text}(?!\w)")


class _Spelling:
    """The patterns for text with accents, or for text that was typed without any."""

    def __init__(self, *, bare: bool) -> None:
        spelled = fold if bare else nfc
        self.asides = {kind: re.compile(_bare(it) if bare else it) for kind, it in _ASIDES.items()}
        self.turning = {word: _words(spelled(word)) for word in _TURNING}
        self.turning["mới"] = _words(_bare(_NEW) if bare else _NEW)
        self.opposites = [
            (_words(spelled(one)), _words(spelled(other))) for one, other in _OPPOSITES
        ]


def _bare(pattern: str) -> str:
    """The pattern for text without accents; the marks of the pattern itself stay."""
    # Without accents "nam" is a year far more often than a man.
    pattern = pattern.replace("|(?<!việt )(?<!miền )nam", "")
    return re.sub(
        r"[^\W\d_]+", lambda word: word[0] if word[0].isascii() else fold(word[0]), pattern
    )


_ACCENTED, _PLAIN = _Spelling(bare=False), _Spelling(bare=True)


def _spelling(text: str) -> tuple[_Spelling, str]:
    words = nfc(text).casefold()
    return (_PLAIN if words.isascii() else _ACCENTED), words


@lru_cache(maxsize=4096)
def asides(text: str) -> frozenset[Aside]:
    """What a heading says of its figures beside what is counted.

    >>> texts = "Kế hoạch năm 2026", "Trong đó: nữ", "Kế hoạch ban hành"
    >>> [sorted(map(str, asides(text))) for text in texts]
    [['plan'], ['part', 'women or men'], []]
    """
    spelling, words = _spelling(text)
    return frozenset(kind for kind, pattern in spelling.asides.items() if pattern.search(words))


@lru_cache(maxsize=4096)
def _turned(text: str) -> frozenset[str]:
    spelling, words = _spelling(text)
    return frozenset(word for word, pattern in spelling.turning.items() if pattern.search(words))


@lru_cache(maxsize=4096)
def _sides(text: str) -> tuple[tuple[bool, bool], ...]:
    spelling, words = _spelling(text)
    return tuple(
        (one.search(words) is not None, other.search(words) is not None)
        for one, other in spelling.opposites
    )


def means_another(text: str, name: str, measure: str = "") -> bool:
    """Whether a text of a table means something else than an indicator of that name and measure, however
    alike their other words are.

    >>> means_another("Chi ngân sách", "Thu ngân sách"), means_another("Hộ cận nghèo", "Số hộ nghèo")
    (True, True)
    """
    return (
        _turned(text) != _turned(name)
        or any(
            (ours, theirs) in (((True, False), (False, True)), ((False, True), (True, False)))
            for ours, theirs in zip(_sides(name), _sides(text), strict=True)
        )
        or not _is_same_aside(asides(text), asides(name), measure)
    )


def says_more(text: str, name: str, measure: str = "") -> bool:
    """Whether a text says what the name does not: *không*, *trong đó: nữ*, a rate."""
    own = asides(name) | ({Aside.RATE} if measure.startswith(("%", "‰")) else set())
    said = asides(text) - {Aside.PART, Aside.REMARK}
    return not (_turned(text) <= _turned(name) and said <= own)


def _is_same_aside(theirs: Iterable[Aside], ours: Iterable[Aside], measure: str) -> bool:
    """Whether the text says of its figures what the indicator is: a total is never proposed a part, a plan
    or a rate, nor the other way round."""
    said, own = set(theirs), set(ours)
    if measure.startswith(("%", "‰")):
        own.add(Aside.RATE)
        said.add(Aside.RATE)
    same = {Aside.RATE, Aside.CHANGE, Aside.WOMEN_OR_MEN, Aside.MEAN}
    return said & same == own & same and said & _MAY_BE_LEFT_OUT <= own

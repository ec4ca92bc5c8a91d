"""Phrases of Vietnamese reports that say a direction, a denial, all or most, and what was reached.

Each is a run of syllables in small letters. A longer phrase goes before a shorter one, so "tăng cường" is
not the "tăng" of a figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Phrase = tuple[str, ...]


def _phrases(*texts: str) -> tuple[Phrase, ...]:
    """The phrases of the texts (separated by commas), the longest first."""
    found = (part.split() for text in texts for part in text.split(","))
    return tuple(sorted(map(tuple, found), key=len, reverse=True))


UP = _phrases("tăng, lên, nâng, cao hơn, nhiều hơn, gấp")
DOWN = _phrases("giảm, xuống, hạ, sụt, tụt, thu hẹp, thấp hơn, ít hơn, kém hơn")
SAME = _phrases("không đổi, không thay đổi, giữ nguyên, vẫn như cũ, không biến động")
NO_DIRECTION = _phrases(
    "tăng cường, tăng ca, tăng gia, trở lên, trở xuống, nổi lên, đứng lên, vươn lên, báo cáo lên",
    "lên kế hoạch, lên danh sách, lên án, đưa lên, nộp lên, trình lên, cấp trên, nâng lương",
    "giảm nghèo, giảm tải, giảm thuế, giảm nhẹ, miễn giảm, giảm trừ, hạ tầng, gấp rút, khẩn cấp",
    "xuống cơ sở, xuống doanh nghiệp, xuống địa bàn, xuống xã, xuống đơn vị",
    "nhằm nâng cao, để nâng cao, góp phần nâng cao, cần nâng cao, tiếp tục nâng cao, phải nâng cao",
    "thấp hơn mục tiêu, thấp hơn chỉ tiêu, thấp hơn kế hoạch, thấp hơn bình quân",
    "cao hơn mục tiêu, cao hơn chỉ tiêu, cao hơn kế hoạch, cao hơn bình quân",
)
"""Words of direction that do not say how a figure changed."""

NOT = _phrases("chưa, không, chẳng")
NO_DENIAL = _phrases(
    "không những, không chỉ, không ngừng, không riêng, không quá, không dưới, không ít, chưa kể",
    "chưa đến, chưa tới, chưa đầy, không còn, không đổi, không thay đổi, không biến động",
)
"""Words with a "not" that deny nothing."""
NO_LONGER = _phrases(
    "không còn, đã hết, chấm dứt tình trạng, khắc phục xong, xóa trắng, đã khắc phục"
)
"""Words that end a lack."""
LACKING = _phrases(
    "thiếu, trắng, trống, vắng, chậm, yếu, khó khăn, hạn chế, bỏ sót, vướng, thấp, 0, chỉ, mới",
    "sẽ, cần, phải, dự kiến, đang, chờ, tồn tại, bỏ ngỏ, tiếp tục, kém, ít",
)
"""Words that say a lack without a "not", or speak of what is still to be done."""
NO_LACK = _phrases(
    "chỉ tiêu, chỉ đạo, chỉ thị, chỉ số, không những, không chỉ, không ngừng, đổi mới, nông thôn mới",
    "thành lập mới, kết nạp mới, cách mạng, cách thức, cách làm, điều kiện cần, đang có",
)
"""Words that look like those of a lack and are none."""
DONE = _phrases("đã, được, đều, hoàn thành, xong, đầy đủ, đủ, nhiều, có, đạt")
FILLERS = frozenset(["được", "có", "hề", "thể", "một", "bất", "kỳ", "thực", "sự", "làm"])
"""Syllables between a "not" and what it denies."""
NO_DEED = _phrases(
    "đơn vị, doanh nghiệp, cơ quan, cấp ủy, địa phương, trường hợp, người nào, xã nào, nơi nào"
)

ALL = _phrases("tất cả, toàn bộ, đều, mọi, toàn thể, 100 %, đồng loạt, cả hệ thống")
MOST = _phrases("hầu hết, phần lớn, đa số, đa phần, phần đông, hầu như")
NOT_ALL = _phrases(
    "chưa đều, không đều, đều đặn, đồng đều, đều khắp, đều tay",
    "không phải tất cả, chưa phải tất cả, không phải mọi, không phải toàn bộ",
)

REACHED = _phrases(
    "đạt mục tiêu, đạt chỉ tiêu, đạt kế hoạch, đạt yêu cầu, đạt được mục tiêu, đạt được chỉ tiêu",
    "đạt và vượt, hoàn thành, vượt, cán đích, về đích, đúng tiến độ, bảo đảm tiến độ",
)
REACH = _phrases("đạt")
MISSED = _phrases(
    "chưa đạt, không đạt, mới đạt, chỉ đạt, chưa hoàn thành, không hoàn thành, chưa vượt, hụt",
    "thấp hơn mục tiêu, thấp hơn chỉ tiêu, dưới mục tiêu, dưới chỉ tiêu, chưa tới mục tiêu",
    "còn cách mục tiêu",
)
LATE = _phrases("chậm tiến độ, sau tiến độ, chưa kịp tiến độ, không kịp tiến độ")
PATH = _phrases("lộ trình, tiến độ")
SLOWER = frozenset(("chậm", "sau", "trễ", "thua", "hụt", "kém"))
QUICKER = frozenset(("nhanh", "sớm", "vượt", "trước", "kịp", "đúng", "đạt", "bằng"))
LOWER, HIGHER = frozenset(("thấp", "dưới")), frozenset(("cao", "trên"))
"""Before the path to a target they say how a value stands to it: on it or quicker, or not; below or above."""
PATH_REACHED = _phrases(
    "vượt lộ trình, vượt tiến độ, đúng tiến độ, bảo đảm tiến độ, vượt so với lộ trình"
)
"""Words that look like those of a target that is reached, and speak of the path to it."""
SHORT = _phrases("chưa, không, mới, chỉ, thấp, dưới, thiếu, kém, chậm, hụt, cách, khó")
"""Words that say that a target is not reached."""


def begins(tokens: Sequence[str], at: int, phrases: Sequence[Phrase]) -> Phrase:
    """The phrase that begins at that place; empty: none."""
    for phrase in phrases:
        if tuple(tokens[at : at + len(phrase)]) == phrase:
            return phrase
    return ()


def find(
    tokens: Sequence[str], phrases: Sequence[Phrase], without: Sequence[Phrase] = ()
) -> Iterator[tuple[int, str]]:
    """Each of the phrases with its place, but those inside a phrase of `without`.

    >>> list(find("tăng cường để tăng".split(), UP, NO_DIRECTION))
    [(3, 'tăng')]
    """
    at = 0
    while at < len(tokens):
        skipped, found = begins(tokens, at, without), begins(tokens, at, phrases)
        if len(skipped) > len(found) or (skipped and skipped == found):
            at += len(skipped)
        elif found:
            yield at, " ".join(found)
            at += len(found)
        else:
            at += 1


def has(tokens: Sequence[str], phrases: Sequence[Phrase], without: Sequence[Phrase] = ()) -> bool:
    """Whether one of the phrases is there."""
    return next(find(tokens, phrases, without), None) is not None

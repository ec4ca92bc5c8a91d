"""Words that say of what a figure is: what is counted, of which sector and sex, with what it is compared.

A word in the place of another one of the same kind makes the sentence false; a word that is left out, or said
in another way, does not. The kinds are those of Vietnamese reports, and what the names of the office's own
indicators tell apart: where two names differ in a few words, so do their figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from nqcore.analysis.readback.facing import facing
from nqcore.analysis.readback.short_forms import one_spelling

Words = tuple[str, ...]
_PERSON = (
    "người, công nhân, lao động, đoàn viên, hội viên, cán bộ, đảng viên, công chức, viên chức",
    "học sinh, nông dân, nhân dân, thanh niên, phụ nữ, trẻ em, quần chúng, khách, bệnh nhân",
)
_KINDS: Mapping[str, tuple[str, ...]] = {
    "sex": ("nam, nam giới", "nữ, nữ giới"),
    "poverty": ("hộ nghèo", "hộ cận nghèo", "hộ thoát nghèo", "hộ tái nghèo"),
    "people": (
        "đảng viên",
        "đoàn viên",
        "hội viên",
        "quần chúng",
        "cán bộ",
        "công chức",
        "viên chức",
        "công nhân, lao động, người lao động, công nhân lao động",
        "nông dân",
        "học sinh",
        "sinh viên",
        "giáo viên",
        "thanh niên",
        "thiếu niên",
        "phụ nữ",
        "trẻ em",
        "người cao tuổi",
        "người khuyết tật",
        "người có công",
        "cựu chiến binh",
    ),
    "bodies": (
        "doanh nghiệp",
        "hợp tác xã",
        "tổ hợp tác",
        "hộ kinh doanh",
        "trang trại",
        "trường học",
        "trạm y tế",
        "chi bộ",
        "đảng bộ",
        "công đoàn cơ sở",
        "hộ gia đình",
        "cơ quan",
    ),
    "insurance": ("bảo hiểm xã hội", "bảo hiểm y tế", "bảo hiểm thất nghiệp"),
    "owner": (
        "khu vực nhà nước, nhà nước",
        "ngoài khu vực nhà nước, ngoài nhà nước",
    ),
    "branch": (
        "nông nghiệp",
        "lâm nghiệp",
        "thủy sản",
        "công nghiệp",
        "thương mại",
        "dịch vụ",
        "xây dựng",
        "du lịch",
        "trồng trọt",
        "chăn nuôi",
    ),
    "settlement": ("thành thị, đô thị", "nông thôn", "miền núi", "đồng bằng"),
    "level": ("cấp xã", "cấp huyện", "cấp tỉnh", "cấp trung ương"),
    "pay": ("tiền lương", "tiền thưởng", "tiền công", "thu nhập", "tiền nợ", "tiền phạt"),
    "labour": ("tai nạn lao động", "tranh chấp lao động", "đình công", "an toàn lao động"),
    "membership": ("kết nạp", "khai trừ", "xóa tên"),
    "founding": ("thành lập", "giải thể", "sáp nhập"),
    "merit": ("khen thưởng", "kỷ luật"),
    "visits": (
        ", ".join(f"lượt {one}" for one in ", ".join(_PERSON).split(", ")),
        "lượt hộ",
        "lượt doanh nghiệp",
        "lượt hợp tác xã",
        "lượt cơ quan",
        "lượt đơn vị",
        "lượt xe, lượt phương tiện",
    ),
    "base": (
        "so với cùng kỳ, so với cùng kỳ năm trước, so cùng kỳ",
        "so với năm trước, so với năm ngoái",
        "so với đầu năm",
        "so với cuối năm",
        "so với quý trước",
        "so với tháng trước",
        "so với kỳ trước",
        "so với đầu nhiệm kỳ",
        "so với nhiệm kỳ trước",
        "so với kế hoạch, so với mục tiêu, so với chỉ tiêu",
        "so với lộ trình, so với tiến độ",
        "so với bình quân",
    ),
}
"""Of each kind the words that exclude each other; words of one line mean the same."""
_NO_TERM = (
    "việt nam",
    "miền nam",
    "phía nam",
    "cơ quan nhà nước",
    "quản lý nhà nước",
    "kỷ luật lao động",
    "nam bộ",
)
"""Words in which one of the others stands and says nothing."""
_SAME = ({"so với cùng kỳ", "so với năm trước"}, {"hộ nghèo", "hộ gia đình"})
"""Values that do not exclude each other: a whole year is compared with the year before."""
_GENERIC = frozenset(
    [
        "tổng",
        "số",
        "tỷ",
        "lệ",
        "trong",
        "đó",
        "đã",
        "được",
        "các",
        "của",
        "và",
        "có",
        "số",
        "lượng",
        "mức",
        "tiền",
    ]
)
_LONGEST_CONTRAST = 3


class Term(NamedTuple):
    """A word of a kind in a text: its first and last place, its kind, and what it means there."""

    first: int
    last: int
    kind: str
    value: str


class Contrasts:
    """Words by which names differ: of "Số hộ nghèo" and "Số hộ khá" they are "nghèo" and "khá".

    >>> found = Contrasts(["Số hộ nghèo được vay vốn", "Số hộ khá được vay vốn"])
    >>> [one.value for one in found.terms("12 hộ khá được vay vốn".split())]
    ['khá']
    """

    def __init__(self, names: Collection[str]) -> None:
        by_frame: dict[tuple[Words, Words], set[Words]] = defaultdict(set)
        for name in names:
            words = _words(name)
            for start in range(len(words)):
                for end in range(start + 1, min(len(words), start + _LONGEST_CONTRAST) + 1):
                    by_frame[words[:start], words[end:]].add(words[start:end])
        self._other: dict[Words, set[Words]] = defaultdict(set)
        for runs in (runs for runs in by_frame.values() if len(runs) > 1):
            for one in runs:
                if {*one} - _GENERIC:
                    self._other[one] |= {
                        run for run in runs if not {*run} & {*one} and {*run} - _GENERIC
                    }
        self._longest = max(map(len, self._other), default=0)

    def terms(self, words: Sequence[str]) -> list[Term]:
        """The words of the text by which names of the catalogue differ; of each place the longest."""
        found, at = [], 0
        while at < len(words):
            run = self._at(words, at)
            if run:
                found.append(Term(at, at + len(run) - 1, "name", " ".join(run)))
            at += max(1, len(run))
        return found

    def exclude(self, one: Term, other: Term) -> bool:
        """Whether two names differ in having the one for the other."""
        return tuple(other.value.split()) in self._other.get(tuple(one.value.split()), ())

    def _at(self, words: Sequence[str], at: int) -> Words:
        for length in range(self._longest, 0, -1):
            run = tuple(words[at : at + length])
            if len(run) == length and self._other.get(run):
                return run
        return ()


def terms_in(words: Sequence[str]) -> list[Term]:
    """The words of the kinds that every office has, each place once, the longest first.

    >>> [(one.kind, one.value) for one in terms_in("hộ cận nghèo".split())]
    [('poverty', 'hộ cận nghèo')]
    """
    found, at = [], 0
    while at < len(words):
        for length in range(_LONGEST, 0, -1):
            run = tuple(words[at : at + length])
            if len(run) == length and run in _PHRASES:
                kind, value = _PHRASES[run]
                if kind:
                    found.append(Term(at, at + length - 1, kind, value))
                at += length - 1
                break
        at += 1
    return found


def other_terms(
    said: Sequence[str], due: Sequence[str], every: Sequence[Sequence[str]], contrasts: Contrasts
) -> Iterator[tuple[Term, Term]]:
    """The words of `said` in the place of words of `due` that they exclude, each with these. `every`: all
    that the report says of the same things."""
    beside = facing(said, due)
    seen: set[int] = set()
    for new, old in _pairs(said, due, every, contrasts, beside):
        places = {*range(new.first, new.last + 1)}
        if not places & seen:
            seen |= places
            yield new, old


def _pairs(
    said: Sequence[str],
    due: Sequence[str],
    every: Sequence[Sequence[str]],
    contrasts: Contrasts,
    beside: Mapping[int, set[int]],
) -> Iterator[tuple[Term, Term]]:
    for terms, exclude in ((terms_in, _exclude), (contrasts.terms, contrasts.exclude)):
        ours, theirs = terms(said), terms(due)
        known = [one.value for words in every for one in terms(words)]
        values = [one.value for one in ours]
        for new in ours:
            if values.count(new.value) <= known.count(new.value):
                continue
            for old in theirs:
                places = {
                    place for at in range(new.first, new.last + 1) for place in beside.get(at, ())
                }
                lacks = values.count(old.value) < known.count(old.value)
                if lacks and exclude(new, old) and places & {*range(old.first, old.last + 1)}:
                    yield new, old
                    break


def _exclude(one: Term, other: Term) -> bool:
    return (
        one.kind == other.kind
        and one.value != other.value
        and {one.value, other.value} not in _SAME
    )


def _words(text: str) -> Words:
    found = (one_spelling(word.strip(",.:;()")) for word in text.split())
    return tuple(word for word in found if word)


def _phrases() -> Iterator[tuple[Words, tuple[str, str]]]:
    for kind, lines in _KINDS.items():
        for line in lines:
            value, *others = line.split(", ")
            for one in (value, *others):
                yield tuple(one.split()), (kind, value)
    for one in _NO_TERM:
        yield tuple(one.split()), ("", "")


_PHRASES = dict(_phrases())
_LONGEST = max(map(len, _PHRASES))

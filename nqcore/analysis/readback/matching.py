"""Which part of the document is which part of the report, however the text was edited.

First each part is matched with the one that it is most like, by bookmarks, numbers and words; their numbers
are laid side by side. What is left is looked for in the other parts that are like it: sentences were merged,
split and moved. At last second mentions are found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from nqcore.analysis.readback.doc_parts import DocPart, DocToken
from nqcore.analysis.readback.expected import ExpectedPart, ExpectedToken
from nqcore.analysis.readback.side_by_side import Pair, equal, pairs
from nqcore.analysis.report.tokens import Token, TokenKind
from nqcore.text.number_words import in_words

STRONG, ALIKE, RELATED = 0.5, 0.3, 0.15
"""How alike the words of two parts are (from 0 to 1): one is surely the other; probably; perhaps."""
NEAR = 0.5
"""By which share of itself a second mention of a number may differ and still mean the same."""
_OF_NUMBERS = frozenset(
    ("mười", "mươi", "trăm", "nghìn", "ngàn", "triệu", "tỷ", "phẩy", "linh", "lẻ")
)
"""Beside number words they go on in the number: "sáu" of "sáu mươi" is no 6."""
_COMMON = 60
"""A word that stands in more parts than this says nothing about which one it is."""
_NEAREST = 12
"""With how many parts of the report each part is compared in full."""


@dataclass(slots=True)
class MatchedPart:
    """A part of the document, and the parts of the report of which it says something."""

    said: DocPart
    due: list[ExpectedPart] = field(default_factory=list)
    like: float = 0.0
    """How alike the first of them is."""


@dataclass(slots=True)
class _Candidate:
    said: DocPart
    due: ExpectedPart
    like: float
    marks: float
    numbers: float

    @property
    def score(self) -> float:
        return self.like + self.marks + 0.5 * self.numbers

    @property
    def strong(self) -> bool:
        return (
            self.like >= STRONG
            or self.marks >= STRONG
            or (self.like >= ALIKE and self.numbers >= STRONG)
        )


def match_parts(said: Sequence[DocPart], due: Sequence[ExpectedPart]) -> list[MatchedPart]:
    """Bind the numbers of the document to those of the report; the matches, one for each part of the
    document, tell which parts belong together."""
    matches = {id(part): MatchedPart(part) for part in said}
    near = _candidates(said, due)
    taken: set[int] = set()
    for one in sorted(near, key=lambda one: -one.score):
        if one.strong and not {id(one.said), id(one.due)} & taken:
            taken |= {id(one.said), id(one.due)}
            match = matches[id(one.said)]
            match.due.append(one.due)
            match.like = max(one.like, one.marks)
            _bind(pairs(one.said.tokens, one.due.tokens))
            _bind(_in_other_order(one.said.tokens, one.due.tokens))
    _bind_rest(near, matches)
    _bind_marks(said, due)
    _bind_words(matches)
    _bind_again(near, matches)
    return list(matches.values())


def _bind_rest(near: Sequence[_Candidate], matches: dict[int, MatchedPart]) -> None:
    """Numbers of sentences that were merged, split or moved: equal ones first, then changed ones."""
    order = sorted(near, key=lambda one: -one.score)
    for changed in (False, True):
        for one in order:
            if one.like < (ALIKE if changed else RELATED) and not one.marks:
                continue
            if not _unbound(one.said) or not _undue(one.due):
                continue
            found = pairs(_open(one.said), _open_due(one.due))
            if _bind(pair for pair in found if changed or _is_sure(pair, one)):
                _join(matches[id(one.said)], one)
    for match in matches.values():
        for part in match.due:
            _bind(_in_other_order(match.said.tokens, part.tokens))


def _bind(found: Iterable[Pair]) -> bool:
    """Bind each pair of which neither has one yet; whether there was one."""
    done = False
    for one, other in found:
        if one.bound is None and not other.bound:
            one.bound, other.bound, done = other, True, True
    return done


def _unbound(part: DocPart) -> list[DocToken]:
    return [one for one in part.tokens if one.number and one.bound is None]


def _undue(part: ExpectedPart) -> list[ExpectedToken]:
    return [one for one in part.tokens if one.counts and not one.bound]


def _open(part: DocPart) -> list[DocToken]:
    return [one for one in part.tokens if one.bound is None]


def _open_due(part: ExpectedPart) -> list[ExpectedToken]:
    return [one for one in part.tokens if not (one.counts and one.bound)]


def _is_sure(pair: Pair, one: _Candidate) -> bool:
    """Whether both are the same number and surely mean the same."""
    return equal(*pair) and (one.like >= ALIKE or one.marks > 0 or len(pair[0].token.key) > 2)


def _join(match: MatchedPart, one: _Candidate) -> None:
    if not any(one.due is part for part in match.due):
        match.due.append(one.due)
        match.like = max(match.like, one.like, one.marks)


def _in_other_order(said: Sequence[DocToken], due: Sequence[ExpectedToken]) -> Iterator[Pair]:
    """Equal numbers that are left in two parts that belong together: the words stand in another order."""
    for nth, other in enumerate(due):
        if not other.counts or other.bound:
            continue
        for at, one in enumerate(said):
            if one.bound is None and equal(one, other) and _same_beside(said, at, due, nth):
                yield one, other
                break


def _same_beside(said: Sequence[DocToken], at: int, due: Sequence[ExpectedToken], nth: int) -> bool:
    """Whether the number is no small one, or the same word stands before or behind it."""
    return len(said[at].token.key) > 2 or _beside(said, at, due, nth)


def _beside(said: Sequence[DocToken], at: int, due: Sequence[ExpectedToken], nth: int) -> bool:
    """Whether the same word stands before both, or behind both."""
    return any(
        0 <= at + way < len(said)
        and 0 <= nth + way < len(due)
        and said[at + way].token.key == due[nth + way].token.key
        for way in (-1, 1)
    )


def _bind_marks(said: Sequence[DocPart], due: Sequence[ExpectedPart]) -> None:
    """What is left and stands in its bookmark still."""
    by_name: dict[str, list[ExpectedToken]] = defaultdict(list)
    for part in due:
        for other in part.tokens:
            if other.counts and other.anchor is not None and not other.bound:
                by_name[other.anchor.name].append(other)
    held: dict[str, list[DocToken]] = defaultdict(list)
    for one in (token for part in said for token in part.tokens):
        if one.anchor in by_name and one.bound is None and one.number:
            held[one.anchor].append(one)
    for name, tokens in held.items():
        _bind(pairs(tokens, by_name[name]))


def _bind_words(matches: dict[int, MatchedPart]) -> None:
    """What is left and is written in words: "hai mươi tám đơn vị". The words become one number."""
    for match in matches.values():
        for part in match.due:
            for nth, other in enumerate(part.tokens):
                if other.number and not other.bound and other.token.value is not None:
                    _bind_spelled(match.said, part.tokens, nth)


def _bind_spelled(said: DocPart, due: Sequence[ExpectedToken], nth: int) -> None:
    value = due[nth].token.value
    assert value is not None
    words = in_words(value).split()
    keys = [one.token.key for one in said.tokens]
    for at in range(len(keys) - len(words) + 1):
        end = at + len(words)
        whole = not {*keys[max(0, at - 1) : at], *keys[end : end + 1]} & _OF_NUMBERS
        if keys[at:end] != words or not whole:
            continue
        first, last = said.tokens[at].token, said.tokens[end - 1].token
        start, stop, key = first.start, last.end, due[nth].token.key
        text = said.text[start - said.start : stop - said.start]
        spelled = DocToken(Token(text, start, stop, TokenKind.NUMBER, key), said.paragraph)
        tokens = [*said.tokens[:at], spelled, *said.tokens[end:]]
        if _beside(tokens, at, due, nth):
            said.tokens[:] = tokens
            _bind([(spelled, due[nth])])
            return


def _bind_again(near: Sequence[_Candidate], matches: dict[int, MatchedPart]) -> None:
    """Numbers that are said a second time, equal or not."""
    for one in sorted(near, key=lambda one: -one.score):
        if one.like < ALIKE:
            continue
        for at, token in enumerate(one.said.tokens):
            if token.bound is None and token.number:
                other = _said_before(one, at)
                if other is not None:
                    token.bound, token.again = other, True
                    _join(matches[id(one.said)], one)


def _said_before(one: _Candidate, at: int) -> ExpectedToken | None:
    """The number of the report of which the token is another mention: the nearest with the same word
    behind it; of other values none that is far away."""
    said, due = one.said.tokens, one.due.tokens
    value = said[at].token.value
    behind = said[at + 1].token.key if at + 1 < len(said) else ""
    found: list[tuple[float, ExpectedToken]] = []
    for nth, other in enumerate(due[:-1]):
        if not other.number or due[nth + 1].token.key != behind or not behind:
            continue
        due_value = other.token.value
        if value is None or not due_value:
            continue
        off = abs(float((value - due_value) / due_value))
        if off == 0 or (off <= NEAR and one.like >= STRONG and other.anchor is not None):
            found.append((off, other))
    return min(found, key=lambda pair: pair[0])[1] if found else None


# -- which parts are alike ---------------------------------------------------------------------------


def _candidates(said: Sequence[DocPart], due: Sequence[ExpectedPart]) -> list[_Candidate]:
    """For each part of the document the parts of the report that may be it."""
    index: dict[str, list[int]] = defaultdict(list)
    for nth, part in enumerate(due):
        for feature in {*_features(part.tokens)}:
            index[feature].append(nth)
    words = [Counter(part.words) for part in due]
    found = []
    for one in said:
        votes: Counter[int] = Counter()
        for feature in {*_doc_features(one)}:
            places = index.get(feature, ())
            if len(places) <= _COMMON:
                votes.update({nth: 4 if feature.startswith("nq_") else 1 for nth in places})
        own = Counter(one.words)
        for nth, _votes in votes.most_common(_NEAREST):
            found.append(_compare(one, due[nth], own, words[nth]))
    return found


def _features(tokens: Sequence[ExpectedToken]) -> Iterator[str]:
    for one in tokens:
        if one.anchor is not None:
            yield one.anchor.name
        if one.token.kind in (TokenKind.WORD, TokenKind.NUMBER):
            yield one.token.key
    words = [one.token.key for one in tokens if one.token.kind is TokenKind.WORD]
    yield from map(" ".join, pairwise(words))


def _doc_features(part: DocPart) -> Iterator[str]:
    for one in part.tokens:
        if one.anchor:
            yield one.anchor
        if one.token.kind in (TokenKind.WORD, TokenKind.NUMBER):
            yield one.token.key
    yield from map(" ".join, pairwise(part.words))


def _compare(
    said: DocPart, due: ExpectedPart, own: Counter[str], words: Counter[str]
) -> _Candidate:
    shared = sum((own & words).values())
    like = 2 * shared / max(1, sum(own.values()) + sum(words.values()))
    there = [one for one in due.tokens if one.counts]
    names = {one.anchor.name for one in there if one.anchor}
    marks = len(names & {one.anchor for one in said.tokens}) / max(1, len(names))
    keys = Counter(one.token.key for one in there)
    same = sum((keys & Counter(one.token.key for one in said.tokens if one.number)).values())
    return _Candidate(said, due, like, marks, same / max(1, len(there)))

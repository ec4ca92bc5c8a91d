"""Days, years, quarters and numbers of documents that stand in the place of others: "từ năm 2013" for 2008.

They are no figures, but a figure of another time is false, and so is a title that names another directive.
Only what has the same shape and stands between the same words is named, where the document has it oftener
than the report, and the other one less often: "đến 30/6/2018" for "hết quý II" is another way to say it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from nqcore.analysis.readback.doc_parts import DocToken
from nqcore.analysis.readback.expected import ExpectedPart
from nqcore.analysis.report.tokens import Token, TokenKind

_ROMAN = re.compile(r"[ivxlc]+")
_BEFORE_ROMAN = frozenset(("quý", "khóa", "khoá", "lục"))
"""Before a Roman number they make a name of it: "quý II", "khóa X", "Phụ lục IV"."""
_DIGITS = re.compile(r"\d+")


def names_in_place(
    said: Sequence[DocToken], due: Sequence[ExpectedPart]
) -> Iterator[tuple[DocToken, str]]:
    """The tokens that name another day, year, quarter, length of time or document than the report does in the
    same place, each with what the report has."""
    own = [one for one in said if one.token.kind is not TokenKind.STOP]
    left = Counter(_value(token) for token in _names([one.token for one in said]))
    there = Counter(_value(one) for each in due for one in _names([t.token for t in each.tokens]))
    for part in due:
        if part.by_hand:
            continue
        known = [one.token for one in part.tokens if one.token.kind is not TokenKind.STOP]
        for nth, other in _facing([one.token for one in own], known):
            token = own[nth].token
            new, old = _value(token), _value(other)
            if _shape(token) != _shape(other) or new == old:
                continue
            if left[new] > there[new] and left[old] < there[old]:
                yield own[nth], other.text


def other_names(said: Sequence[Token], due: Sequence[Token]) -> bool:
    """Whether both name other days, years or documents, in whatever order.

    >>> from nqcore.analysis.report.tokens import tokens_of
    >>> other_names(tokens_of("05-KH/ĐU"), tokens_of("06-KH/ĐU"))
    True
    """
    return Counter(map(_value, _names(said))) != Counter(map(_value, _names(due)))


def new_names(said: Sequence[Token], due: Sequence[Token]) -> bool:
    """Whether the first names a day, a year or a document that the other one does not."""
    return bool(Counter(map(_value, _names(said))) - Counter(map(_value, _names(due))))


def _facing(said: Sequence[Token], due: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    """The names of both that stand between the same words."""
    keys = ([one.key for one in said], [one.key for one in due])
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    names = ([*map(id, _names(said))], [*map(id, _names(due))])
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "replace":
            continue
        ours = [nth for nth in range(a, b) if id(said[nth]) in names[0]]
        theirs = [due[nth] for nth in range(c, d) if id(due[nth]) in names[1]]
        if len(ours) == len(theirs):
            yield from zip(ours, theirs, strict=True)


def _names(tokens: Sequence[Token]) -> Iterator[Token]:
    before = ""
    for one in tokens:
        roman = before in _BEFORE_ROMAN and _ROMAN.fullmatch(one.key)
        if roman or (one.kind is TokenKind.NAME and any(map(str.isdigit, one.text))):
            yield one
        before = one.key


def _shape(token: Token) -> str:
    """The name with its numbers left out; a year is no other number."""
    if _ROMAN.fullmatch(token.key):
        return "roman"
    return "year" if token.year else _DIGITS.sub("0", token.key)


def _value(token: Token) -> str:
    """The name with its numbers as values: "28/01/2008" is "28/1/2008"."""
    return _DIGITS.sub(lambda one: str(int(one[0])), token.key)

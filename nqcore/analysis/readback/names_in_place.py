"""Days, years, quarters and numbers of documents that stand in the place of others: "từ năm 2013" for 2008.

They are no figures, but a figure of another time is false. Only what has the same shape, stands between the
same words, and is nowhere in the sentences of the report is named: "đến 30/6/2018" for "hết quý II" is
another way to say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from nqcore.analysis.readback.doc_parts import DocToken
from nqcore.analysis.readback.expected import ExpectedPart
from nqcore.analysis.report.tokens import Token, TokenKind

_QUARTERS = frozenset(("i", "ii", "iii", "iv"))
_DIGITS = re.compile(r"\d+")


def names_in_place(
    said: Sequence[DocToken], due: Sequence[ExpectedPart]
) -> Iterator[tuple[DocToken, str]]:
    """The tokens that name another day, year, quarter, length of time or document than the report does in the
    same place, each with what the report has."""
    own = [one for one in said if one.token.kind is not TokenKind.STOP]
    for part in due:
        known = [one.token for one in part.tokens if one.token.kind is not TokenKind.STOP]
        if part.fixed:
            continue
        there = {_value(token) for each in due for token in _names([t.token for t in each.tokens])}
        left = {_value(token) for token in _names([one.token for one in said])}
        for nth, other in _facing([one.token for one in own], known):
            token = own[nth].token
            new, old = _value(token), _value(other)
            if _shape(token) == _shape(other) and new not in there and old not in left:
                yield own[nth], other.text


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
        quarter = before == "quý" and one.key in _QUARTERS
        if quarter or (one.kind is TokenKind.NAME and any(map(str.isdigit, one.text))):
            yield one
        before = one.key


def _shape(token: Token) -> str:
    """The name with its numbers left out; a year is no other number."""
    if token.key in _QUARTERS:
        return "quarter"
    return "year" if token.year else _DIGITS.sub("0", token.key)


def _value(token: Token) -> str:
    """The name with its numbers as values: "28/01/2008" is "28/1/2008"."""
    return _DIGITS.sub(lambda one: str(int(one[0])), token.key)

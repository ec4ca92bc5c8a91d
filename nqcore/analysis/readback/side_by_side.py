"""Two rows of tokens side by side: which number of one stands in the place of which of the other."""

from __future__ import annotations

from collections.abc import Sequence

from nqcore.analysis.readback.doc_parts import DocToken
from nqcore.analysis.readback.expected import ExpectedToken
from nqcore.analysis.report.tokens import TokenKind

EQUAL, MARKED, IN_PLACE, WORD = 3.0, 4.0, 0.9, 1.0
"""What pairs weigh: equal numbers, a number in the bookmark of that number, two different numbers, two equal
words. Words around it keep a number in its place: then a changed digit is seen as one."""
LARGEST = 400_000
"""Pairs of tokens of two parts that are compared; longer parts are cut."""

Pair = tuple[DocToken, ExpectedToken]


def pairs(said: Sequence[DocToken], due: Sequence[ExpectedToken]) -> list[Pair]:
    """The pairs of the best alignment that keeps the order; of unequal numbers only those that stand beside
    the same word, or in their bookmark."""
    if len(said) * len(due) > LARGEST:
        said, due = said[:600], due[:600]
    best = _table(said, due)
    found: list[Pair] = []
    row, column = len(said), len(due)
    while row and column:
        score = _score(said[row - 1], due[column - 1])
        if score and best[row][column] == best[row - 1][column - 1] + score:
            found.append((said[row - 1], due[column - 1]))
            row, column = row - 1, column - 1
        elif best[row][column] == best[row - 1][column]:
            row -= 1
        else:
            column -= 1
    found.reverse()
    return [
        (one, other)
        for one, other in found
        if other.counts and (equal(one, other) or _stands_there(one, other, said, due))
    ]


def equal(one: DocToken, other: ExpectedToken) -> bool:
    """Whether both say the same number."""
    if other.token.kind is TokenKind.DASH:
        return one.token.kind is TokenKind.DASH
    if one.token.kind not in (TokenKind.NUMBER, TokenKind.NAME):
        return False
    return _plain(one.token.key) == _plain(other.token.key) or same_amount(one, other)


def same_amount(one: DocToken, other: ExpectedToken) -> bool:
    """Whether both say the same amount of money, in whatever measure: "98,8 triệu đồng", "0,0988 tỷ đồng"."""
    return one.amount is not None and one.amount == other.amount


def _plain(key: str) -> str:
    return key.lstrip("0") or "0"


def _table(said: Sequence[DocToken], due: Sequence[ExpectedToken]) -> list[list[float]]:
    best = [[0.0] * (len(due) + 1)]
    for one in said:
        above, row = best[-1], [0.0]
        for column, other in enumerate(due):
            value = max(above[column + 1], row[column])
            score = _score(one, other)
            if score and above[column] + score > value:
                value = above[column] + score
            row.append(value)
        best.append(row)
    return best


def _score(one: DocToken, other: ExpectedToken) -> float:
    if other.counts:
        marked = other.anchor is not None and one.anchor == other.anchor.name
        if equal(one, other):
            return EQUAL + MARKED * marked
        numbers = one.number or one.token.kind is TokenKind.DASH
        return MARKED if numbers and marked else IN_PLACE if one.number and other.number else 0.0
    if one.token.kind is not other.token.kind:
        return 0.0
    if one.token.key == other.token.key:
        return 0.2 if one.token.kind is TokenKind.STOP else WORD
    return 0.5 if one.token.year and other.token.year else 0.0


def _stands_there(
    one: DocToken, other: ExpectedToken, said: Sequence[DocToken], due: Sequence[ExpectedToken]
) -> bool:
    """Whether the same word stands before both, or behind both, or the bookmark is that of the number."""
    if other.anchor is not None and one.anchor == other.anchor.name:
        return True
    i = next(nth for nth, token in enumerate(said) if token is one)
    j = next(nth for nth, token in enumerate(due) if token is other)
    return any(
        0 <= i + way < len(said)
        and 0 <= j + way < len(due)
        and said[i + way].token.kind is TokenKind.WORD
        and said[i + way].token.key == due[j + way].token.key
        for way in (-1, 1)
    )

"""What a sentence says of its figures in other words: another time, another thing that is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nqcore.analysis.readback.claim_terms import Contrasts, Term, other_terms
from nqcore.analysis.readback.claim_times import ToldTime, other_times
from nqcore.analysis.readback.matching import MatchedPart
from nqcore.analysis.readback.words_in_place import OtherWords
from nqcore.analysis.report.tokens import Token, TokenKind

_BREAKS = (TokenKind.STOP, TokenKind.DASH)


def claims_in_place(match: MatchedPart, contrasts: Contrasts) -> Iterator[OtherWords]:
    """The times and terms of the part that stand in the place of others of the report, each with these."""
    said = [one for one in match.said.tokens if one.token.kind not in _BREAKS]
    ours = [one.token for one in said]
    every = [
        [one.token for one in part.tokens if one.token.kind not in _BREAKS] for part in match.due
    ]
    for part, due in zip(match.due, every, strict=True):
        if part.by_hand:
            continue
        keys = [[one.key for one in each] for each in (ours, due, *every)]
        found: list[tuple[ToldTime | Term, ToldTime | Term]] = [
            *other_times(ours, due, every),
            *other_terms(keys[0], keys[1], keys[2:], contrasts),
        ]
        for new, old in found:
            known = _text(due[old.first : old.last + 1])
            yield OtherWords(said[new.first], said[new.last], known)


def _text(tokens: Sequence[Token]) -> str:
    """The words of these tokens; a short form once."""
    places = {one.start: one.text for one in tokens}
    return " ".join(places.values())

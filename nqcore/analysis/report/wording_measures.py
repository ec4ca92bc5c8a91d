"""Whether a number that is tied to a figure counts in the new words what the figure counts.

"16.495 hội nghị với 148 lượt người" has both figures of a sentence, each with the measure of the other one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nqcore.analysis.report.measures import another_measure, left_out, measure_behind
from nqcore.analysis.report.rewording import RelativeNumber, RewordedPart, printed_parts
from nqcore.analysis.report.sentences import text_of
from nqcore.analysis.report.tokens import Token, TokenKind, tokens_of
from nqcore.analysis.report.wording_check import NOT_SO, Remark, RemarkKind
from nqcore.errors import N_
from nqcore.model.figures import Figure
from nqcore.model.findings import FigureRef, Sentence

OTHER_MEASURE = N_("it says {said}; the figure counts {known}")
WITHOUT_MEASURE = N_("“{said}” stands without its measure; the figure counts {known}")
_BEHIND = 3
"""How many words behind a number say what it counts."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number of words that is tied to a figure: the tokens of all words, and its place among them."""

    figure: Figure
    number: str
    tokens: Sequence[Token]
    nth: int

    @property
    def measure(self) -> str:
        """The measure that stands behind it."""
        return measure_behind(self.tokens, self.nth)

    @property
    def behind(self) -> tuple[str, ...]:
        """The words behind it."""
        found: list[str] = []
        for token in self.tokens[self.nth + 1 : self.nth + 1 + _BEHIND]:
            if token.kind is not TokenKind.WORD:
                break
            found.append(token.key)
        return (*found,)


def measure_remarks(parts: Sequence[RewordedPart], rule: Sentence) -> tuple[Remark, ...]:
    """What the words `parts` say of measures against the figures of the sentence `rule`, and against what it
    says behind them; empty: nothing."""
    said, told = [*_counted(parts, rule)], [*_counted(rule, rule)]
    remarks = (_other(one, told) or _exchanged(one, said, told) for one in said)
    return tuple({str(one): one for one in remarks if one is not None}.values())


def _counted(parts: Sequence[RewordedPart], rule: Sentence) -> Iterator[_Counted]:
    printed = printed_parts(parts, rule)
    if printed is None:
        return
    texts = [text_of(piece) for piece in printed]
    tokens = tokens_of("".join(texts))
    places = {token.start: nth for nth, token in enumerate(tokens)}
    start = 0
    for part, text in zip(parts, texts, strict=True):
        piece = part.piece if isinstance(part, RelativeNumber) else part
        if isinstance(piece, FigureRef) and start in places:
            yield _Counted(piece.figure, text, tokens, places[start])
        start += len(text)


def _other(one: _Counted, told: Sequence[_Counted]) -> Remark | None:
    """Whether it has surely another measure, or none where it needs one."""
    behind = [each.measure for each in told if each.figure.id == one.figure.id]
    known = [each for each in (one.figure.measure, *behind) if each]
    if one.measure and another_measure(one.measure, known):
        return _remark(OTHER_MEASURE, f"{one.number} {one.measure}", known[0])
    # A sentence of words may have the measure in another place; figures alone have no words.
    alone = all(each.tokens and not each.behind for each in told)
    needed = one.figure.measure if alone else behind[0] if len({*behind}) == 1 else ""
    if not one.measure and left_out(one.tokens, one.nth, needed):
        return _remark(WITHOUT_MEASURE, one.number, needed)
    return None


def _exchanged(one: _Counted, said: Sequence[_Counted], told: Sequence[_Counted]) -> Remark | None:
    """Whether what the sentence says behind another figure stands behind it."""
    mine = [each.behind for each in told if each.figure.id == one.figure.id]
    for other in told:
        if other.figure.id == one.figure.id or not any(mine):
            continue
        own, others = _like(one.behind, mine), _like(one.behind, [other.behind])
        turned = [each for each in said if each.figure.id == other.figure.id]
        both = any(_like(t.behind, mine) > _like(t.behind, [other.behind]) for t in turned)
        if others > own and (both or (own == 0 and others > 1)):
            words = " ".join(one.behind[:others])
            due = max((" ".join(each) for each in mine), key=len)
            return _remark(NOT_SO, f"{one.number} {words}", f"{one.number} {due}")
    return None


def _like(words: Sequence[str], others: Sequence[Sequence[str]]) -> int:
    """With how many of the same words they begin."""
    return max((_common(words, each) for each in others), default=0)


def _common(words: Sequence[str], others: Sequence[str]) -> int:
    count = 0
    for word, other in zip(words, others, strict=False):
        if word != other:
            break
        count += 1
    return count


def _remark(template: str, said: str, known: str) -> Remark:
    return Remark(kind=RemarkKind.MEASURE, template=template, said=said, known=known)

"""What each number of the document is, beside the number of the report to which it is bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import permutations

from nqcore.analysis.readback.checked import CheckedNumber, DocumentPlace, NumberStatus, Why
from nqcore.analysis.readback.directions import untrue_sign
from nqcore.analysis.readback.doc_parts import DocToken
from nqcore.analysis.readback.document import ReadDocument
from nqcore.analysis.readback.expected import ExpectedPart, ExpectedToken
from nqcore.analysis.readback.present import Present, written_of
from nqcore.analysis.readback.side_by_side import equal, same_amount
from nqcore.analysis.report.anchors import Anchor
from nqcore.analysis.report.annex_changes import CHANGE
from nqcore.analysis.report.derived_numbers import (
    Derivation,
    DerivedNumber,
    NumberOperand,
    derivations,
    operands_of,
)
from nqcore.analysis.report.measures import another_measure, is_share, left_out, measure_behind
from nqcore.analysis.report.number_relations import (
    NEAR,
    STRICT,
    SaidRelation,
    number_value,
    relation_at,
)
from nqcore.analysis.report.rewording import figure_pieces
from nqcore.analysis.report.tokens import Token, TokenKind, tokens_of
from nqcore.analysis.report.wording_check import NOT_SO
from nqcore.analysis.report.wording_measures import OTHER_MEASURE
from nqcore.errors import N_
from nqcore.model.claims import ON_TARGETS
from nqcore.model.findings import Difference, FigureRef, Piece, TiedNumber, UnitCount
from nqcore.text.beginnings import first_words

OTHER_DIGITS = N_("the review has {written}")
OTHER_WORDS = N_("the words of the review have {written} here")
TWICE = N_("the same is said elsewhere as {written}")
NO_SOURCE = N_("no report carries it")
HAS_MOVED = N_("the figure is {now} now")
MEASURE_GONE = N_("its measure is left out; the review says {known}")
_DIGITS_OF_ROUNDED = 10
"""A rounded amount has two digits at least: "0,1 tỷ đồng" says too little."""
_LARGE = 100
"""From here on "trên 2.422" is a relation; "trên 28 đơn vị" may be a place."""


@dataclass(slots=True)
class SaidNumber:
    """Tokens that are one number of the document: "11 trong 101", "1.811 người, 157,1%"."""

    tokens: list[DocToken]
    part: Sequence[DocToken]
    """All tokens of the part, or of the cell, in which it stands."""

    @property
    def first(self) -> DocToken:
        """The first of them."""
        return self.tokens[0]

    @property
    def anchor(self) -> Anchor | None:
        """The number of the report that it is."""
        return self.first.bound.anchor if self.first.bound else None


class NumberJudge:
    """Judges the numbers of one document."""

    def __init__(self, document: ReadDocument, present: Present, cells: Mapping[int, str]) -> None:
        self._document, self._present, self._cells = document, present, cells

    def place(self, paragraph: int, start: int, end: int) -> DocumentPlace:
        """A place of the document."""
        one = self._document.paragraphs[paragraph]
        begins = first_words(self._cells.get(paragraph) or one.text)
        part = "table" if one.cell is not None and paragraph in self._cells else one.part
        return DocumentPlace(paragraph=paragraph, start=start, end=end, begins=begins, part=part)

    def judge(self, said: SaidNumber, due: Sequence[ExpectedPart]) -> CheckedNumber | None:
        """What the number is; None for one of the report's own words. `due`: the parts of the report of
        which its part speaks."""
        first, last = said.first.token, said.tokens[-1].token
        text = self._document.paragraphs[said.first.paragraph].text[first.start : last.end]
        place = self.place(said.first.paragraph, first.start, last.end)
        status, why, other = self._status(said, due)
        if status is None:
            return None
        anchor = other.anchor if other else None
        now = self._present.text(anchor) if anchor else None
        if status is NumberStatus.SAME and anchor and now is not None and now != written_of(anchor):
            status, why = NumberStatus.MOVED, Why(HAS_MOVED, {"now": now})
        return CheckedNumber(
            text=text,
            status=status,
            figure=anchor.address if anchor else "",
            written=written_of(anchor) if anchor else other.token.text if other else "",
            now=now,
            why=why,
            place=place,
            anchor=anchor.name if anchor else "",
            marked=anchor is not None and any(one.anchor == anchor.name for one in said.tokens),
        )

    def _status(
        self, said: SaidNumber, due: Sequence[ExpectedPart]
    ) -> tuple[NumberStatus | None, Why | None, ExpectedToken | None]:
        other = said.first.bound
        relation = _relation(said)
        if other is None:
            return (*_without_source(said, relation, due), None)
        if all(one.bound is not None and equal(one, one.bound) for one in said.tokens):
            text = self._document.paragraphs[said.first.paragraph].text
            why = (
                _untrue(said, relation)
                or _measure(said, due)
                or untrue_sign(said.part, said.first, text)
            )
            if why:
                return NumberStatus.CONTRADICTS, why, other
            if other.anchor is None:
                return (*_of_the_words(said, due), other)
            return NumberStatus.SAME, None, other
        return (*_unequal(said, due), other)


def grouped(tokens: Sequence[DocToken]) -> Iterator[SaidNumber]:
    """The numbers among the tokens of one part: those of one anchor that follow each other are one."""
    group: list[DocToken] = []
    for one in tokens:
        if not (one.number or (one.bound is not None and one.bound.counts)):
            continue
        if group and not _together(group[-1], one):
            yield SaidNumber(group, tokens)
            group = []
        group.append(one)
    if group:
        yield SaidNumber(group, tokens)


def _together(one: DocToken, other: DocToken) -> bool:
    if one.bound is None or other.bound is None or one.again or other.again:
        return False
    anchor = one.bound.anchor
    return anchor is not None and other.bound.anchor is anchor


def _without_source(
    said: SaidNumber, relation: SaidRelation | None, due: Sequence[ExpectedPart]
) -> tuple[NumberStatus, Why | None]:
    number = said.first.token
    for figure in _figures(due):
        value = _value(figure.piece)
        if not relation or value is None or number.value is None or value < _LARGE:
            continue
        if relation.relation.holds(number.value, value):
            return NumberStatus.ROUNDED, None
    if _computed(said, due):
        return NumberStatus.COMPUTED, None
    return NumberStatus.TYPED, Why(NO_SOURCE)


def _unequal(said: SaidNumber, due: Sequence[ExpectedPart]) -> tuple[NumberStatus, Why | None]:
    """What a number of other digits is. Of several (the per cent of "5 tổ chức, 33,6%") each that is not
    equal has to be true: that the others are says nothing for it."""
    unlike = [one for one in said.tokens if one.bound is None or not equal(one, one.bound)]
    found = [_unlike(SaidNumber([one], said.part), said, due) for one in unlike]
    return max(found, key=lambda one: _WORSE.index(one[0]))


_WORSE = (
    NumberStatus.COMPUTED,
    NumberStatus.ROUNDED,
    NumberStatus.CHANGED,
    NumberStatus.CONTRADICTS,
)


def _unlike(
    one: SaidNumber, whole: SaidNumber, due: Sequence[ExpectedPart]
) -> tuple[NumberStatus, Why | None]:
    other = one.first.bound or whole.first.bound
    assert other is not None
    value = _value(other.anchor.piece) if other.anchor and one.first is whole.first else None
    value = other.token.value if value is None else value
    number, relation = one.first.token.value, _relation(one)
    due_text = written_of(other.anchor) if other.anchor else other.token.text
    if relation and value is not None and number is not None:
        if relation.relation.holds(number, value):
            return NumberStatus.ROUNDED, None
        params = {"said": f"{relation.words} {one.first.token.text}", "known": due_text}
        return NumberStatus.CONTRADICTS, Why(NOT_SO, params)
    if _rounds_amount(one.first, other):
        return NumberStatus.ROUNDED, None
    if (_other_kind(one, other) or one.first.again) and _computed(one, due):
        return NumberStatus.COMPUTED, None
    if one.first.again:
        return NumberStatus.CONTRADICTS, Why(TWICE, {"written": due_text})
    template = OTHER_DIGITS if other.anchor else OTHER_WORDS
    return NumberStatus.CHANGED, Why(template, {"written": due_text})


def _rounds_amount(one: DocToken, other: ExpectedToken) -> bool:
    """Whether an amount is said in a larger measure, to the decimals that it has: "78,04 tỷ đồng"."""
    said, known, number = one.amount, other.amount, one.token.value
    if not said or not known or not number or number < _DIGITS_OF_ROUNDED:
        return False
    exact = known * number / said
    return exact.quantize(number, ROUND_HALF_UP) == number and other.token.value != exact


def _of_the_words(
    said: SaidNumber, due: Sequence[ExpectedPart]
) -> tuple[NumberStatus | None, Why | None]:
    """A number that stands in words of the report: one that the office typed has no source."""
    bound = said.first.bound
    parts = [part for part in due if any(one is bound for one in part.tokens)]
    typed = any(one.token.key in part.typed for one in said.tokens for part in parts)
    # Words that were frozen by an older program do not say which numbers were typed.
    if not typed and not any(part.own and not part.typed for part in parts):
        return None, None
    if _computed(said, due):
        return NumberStatus.COMPUTED, None
    return NumberStatus.TYPED, Why(NO_SOURCE)


def _relation(said: SaidNumber) -> SaidRelation | None:
    nth = next(nth for nth, one in enumerate(said.part) if one is said.first)
    return relation_at([one.token.text for one in said.part], nth)


def _untrue(said: SaidNumber, relation: SaidRelation | None) -> Why | None:
    """ "trên 2.422" where the figure is 2.422. ("5 trên 28" is a way to write 5/28.)"""
    if relation is None or relation.relation not in STRICT or said.anchor is None:
        return None
    value = said.first.token.value
    if relation.words.casefold() == "trên" and (value is None or value < _LARGE):
        return None
    words = f"{relation.words} {said.first.token.text}"
    return Why(NOT_SO, {"said": words, "known": said.first.token.text})


def _measure(said: SaidNumber, due: Sequence[ExpectedPart]) -> Why | None:
    """Whether another measure stands behind it than the figure has."""
    for one in said.tokens:
        other = one.bound
        if other is None or (other.anchor is None and not other.number) or same_amount(one, other):
            continue
        nth = next(at for at, token in enumerate(said.part) if token is one)
        behind = measure_behind([token.token for token in said.part], nth)
        known = [*_measures_of(other.anchor), _due_measure(other, due)]
        known = [each for each in known if each]
        if isinstance(other.anchor and other.anchor.piece, UnitCount):
            continue
        if other.anchor and not known and _is_share_of_change(one, other.anchor, behind):
            params = {"said": f"{one.token.text} {behind}", "known": written_of(other.anchor)}
            return Why(NOT_SO, params)
        tokens = [token.token for token in said.part]
        needed = _due_measure(other, due) or _own_measure(other.anchor)
        if not behind and not one.again and left_out(tokens, nth, needed):
            return Why(MEASURE_GONE, {"known": needed})
        if behind and another_measure(behind, known):
            return Why(OTHER_MEASURE, {"said": f"{one.token.text} {behind}", "known": known[0]})
    return None


def _is_share_of_change(one: DocToken, anchor: Anchor, behind: str) -> bool:
    """Whether per cent or points are typed behind a change that has the measure of its row: "+5"."""
    piece = anchor.piece
    change = isinstance(piece, TiedNumber) and piece.how == CHANGE
    return change and one.token.key != "0" and is_share(behind)


def _measures_of(anchor: Anchor | None) -> list[str]:
    """The measure of a figure, and that which a number in a cell has in its own text ("+14,5 điểm"). A
    difference says its own measures in its text."""
    if anchor is not None and isinstance(anchor.piece, FigureRef):
        return [anchor.piece.figure.measure]
    return [_own_measure(anchor)]


def _own_measure(anchor: Anchor | None) -> str:
    """The measure in the text of a number that a cell has: "+14,5 điểm"."""
    if anchor is None or not isinstance(anchor.piece, TiedNumber):
        return ""
    return measure_behind(tokens_of(written_of(anchor)), 0)


def _due_measure(other: ExpectedToken, due: Sequence[ExpectedPart]) -> str:
    """What the report says behind the number."""
    for part in due:
        for nth, one in enumerate(part.tokens):
            if one is other:
                return measure_behind([each.token for each in part.tokens], nth)
    return ""


def _other_kind(said: SaidNumber, other: ExpectedToken) -> bool:
    """Whether a per cent, or a number of times, stands where the report has no per cent."""
    behind = _behind(said)
    figure = other.anchor.piece if other.anchor else None
    if isinstance(figure, Difference):
        return True
    measure = figure.figure.measure if isinstance(figure, FigureRef) else ""
    return behind in ("%", "phần", "lần", "điểm") and measure != "%"


def _computed(said: SaidNumber, due: Sequence[ExpectedPart]) -> bool:
    operands: dict[str, NumberOperand] = {}
    for part in due:
        operands |= operands_of(figure_pieces(part.sentence))
        operands |= _targets(part)
    behind, relation = _behind(said), _relation(said)
    if derivations(said.first.token.text, behind, operands):
        return True
    number = said.first.token.value
    if relation is None or number is None or behind not in ("%", "lần"):
        return False
    # "hơn 5 lần" of 5,4.
    return any(
        relation.relation.holds(number, value)
        for value in _computable(behind, operands)
        if relation.relation in NEAR
    )


def _targets(part: ExpectedPart) -> dict[str, NumberOperand]:
    """The targets in the words of a part that says how its figure stands to one: what lacks is computed of
    both."""
    figures = [
        claim.values[0] for claim in part.claims if claim.relation in ON_TARGETS and claim.values
    ]
    measures = {figure.measure for figure in figures}
    if len(measures) != 1:
        return {}
    (measure,) = measures
    return {
        f"words:{nth}": NumberOperand(value=one.token.value, text=one.token.text, measure=measure)
        for nth, one in enumerate(part.tokens)
        if one.anchor is None and one.token.value is not None
    }


def _computable(behind: str, operands: Mapping[str, NumberOperand]) -> Iterator[Decimal]:
    """What can be computed of two of the values in that measure, to two decimals."""
    ways = (Derivation.TIMES,) if behind == "lần" else (Derivation.RISE, Derivation.FALL)
    for a, b in permutations(operands, 2):
        for how in ways if operands[a].measure == operands[b].measure else ():
            text = DerivedNumber(how=how, of=(a, b), decimals=2).text(operands)
            value = number_value(text) if text else None
            if value is not None:
                yield value


def _behind(said: SaidNumber) -> str:
    """The word behind the number."""
    nth = next(at for at, one in enumerate(said.part) if one is said.first)
    behind = (
        said.part[nth + 1].token if nth + 1 < len(said.part) else Token("", 0, 0, TokenKind.STOP)
    )
    return behind.text.casefold()


def _figures(due: Sequence[ExpectedPart]) -> Iterator[Anchor]:
    seen: set[str] = set()
    for part in due:
        for one in part.tokens:
            if one.anchor is not None and one.anchor.name not in seen:
                seen.add(one.anchor.name)
                yield one.anchor


def _value(piece: Piece) -> Decimal | None:
    if isinstance(piece, FigureRef):
        return piece.figure.value
    return Decimal(len(piece.units)) if isinstance(piece, UnitCount) else None

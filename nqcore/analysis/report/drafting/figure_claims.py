"""What words that hold chosen figures say, as data: what each is, and how it changed over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from nqcore.analysis.findings import Review
from nqcore.errors import NqError
from nqcore.model.claims import Claim, Relation, change_relation
from nqcore.model.figures import Figure
from nqcore.model.periods import Period


def claims_of_figures(figures: Sequence[Figure], review: Review) -> tuple[Claim, ...]:
    """One claim for each figure with a value, and one for each two that follow each other in time."""
    known = [(_span(figure, review), figure) for figure in figures if figure.value is not None]
    timed = [(span, figure) for span, figure in known if span is not None]
    single = tuple(_is(span, figure) for span, figure in timed)
    return (*single, *_changes(timed))


def _span(figure: Figure, review: Review) -> Period | None:
    try:
        return review.span_read(figure.indicator, figure.period)
    except NqError:
        return None


def _is(span: Period, figure: Figure) -> Claim:
    return Claim(
        relation=Relation.IS,
        subject=figure.indicator,
        unit=figure.unit,
        start=span.start,
        end=span.end,
        scope=figure.scope,
        values=(figure,),
    )


def _changes(timed: Sequence[tuple[Period, Figure]]) -> Iterator[Claim]:
    def subject(one: tuple[Period, Figure]) -> tuple[str, ...]:
        figure = one[1]
        scope = "own" if figure.own else figure.scope.text
        return figure.indicator, figure.unit, scope, figure.boundaries

    for _subject, group in groupby(sorted(timed, key=subject), key=subject):
        several = sorted(group, key=lambda one: (one[0].end, one[0].start))
        for (first, before), (last, now) in pairwise(several):
            if first.end < last.start and before.value is not None and now.value is not None:
                yield Claim(
                    relation=change_relation(before.value, now.value),
                    subject=now.indicator,
                    unit=now.unit,
                    start=first.start,
                    end=last.end,
                    scope=now.scope,
                    values=(before, now),
                )

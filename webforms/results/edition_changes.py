"""The rows of the page that says what changed between two editions, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from typing import NamedTuple

from nqcore.analysis.frozen.causes import CAUSE_WORDS
from nqcore.analysis.frozen.difference import Causes, FigureChange, ReportDiff, SentenceChange
from nqcore.errors import N_
from nqcore.model.figures import Figure
from nqcore.text.numbers import write_change, write_figure
from webforms.shared.context import workspace
from webforms.shared.filters import measured, period_name, period_of, unit_name
from webforms.shared.language import _

LONGEST = 1_500
"""Of longer texts the changed words are not marked: finding them would take too long."""

_HEAD: Mapping[str, str] = {
    "head:title": N_("Title"),
    "head:issuer": N_("Letterhead"),
    "head:number": N_("Number of the document"),
    "head:date": N_("Day of the document"),
    "head:to": N_("Addressed to"),
    "head:signer": N_("Signature"),
    "head:recipients": N_("Recipients"),
    "head:coverage": N_("Coverage of the figures"),
}

Marked = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it changed."""


class FigureRow(NamedTuple):
    """A changed figure: its name, what it is of, before and after, the change, and a part for each column of
    causes ("": none)."""

    name: str
    of: str
    before: str
    after: str
    change: str
    parts: tuple[str, ...]


class SentenceRow(NamedTuple):
    """A changed block: what it is, what became of it ("" : other words), both texts, and the causes."""

    name: str
    became: str
    before: Marked
    after: Marked
    causes: str


def columns(diff: ReportDiff) -> tuple[Causes, ...]:
    """The causes of any part of any figure, in the order of the chain."""
    found = {part.causes for figure in diff.figures for part in figure.parts}
    ordered = dict.fromkeys((*diff.links, *sorted(found)))
    return tuple(causes for causes in ordered if causes in found)


def cause_words(causes: Causes) -> str:
    """ "Báo cáo duyệt thêm"; several where no computation lies between them."""
    words = ", ".join(_(CAUSE_WORDS[cause]) for cause in causes)
    return words[:1].upper() + words[1:]


def figure_rows(diff: ReportDiff, shown: Sequence[Causes]) -> list[FigureRow]:
    """The changed figures, those that the newer text prints first. One figure may have several addresses
    (a period that is named in two ways): it has one row."""
    return [*dict.fromkeys(_figure_row(one, shown) for one in diff.figures)]


def _figure_row(one: FigureChange, shown: Sequence[Causes]) -> FigureRow:
    decimals = max(map(_decimals, (one.before, one.after, *(p.after for p in one.parts))))
    measure = one.piece.measure if isinstance(one.piece, Figure) else ""
    parts = tuple(
        write_change(one.amount_of(causes), decimals)
        if any(part.causes == causes for part in one.parts)
        else ""
        for causes in shown
    )
    name, of = _named(one)
    return FigureRow(
        name=name,
        of=of,
        before=_written(one.before, decimals, measure),
        after=_written(one.after, decimals, measure),
        change=write_change(one.amount, decimals),
        parts=parts,
    )


def _decimals(value: Decimal | None) -> int:
    exponent = Decimal(0) if value is None else value.normalize()
    return max(0, -int(exponent.as_tuple().exponent))


def _written(value: Decimal | None, decimals: int, measure: str) -> str:
    return "–" if value is None else measured(write_figure(value, decimals), measure)


def _named(one: FigureChange) -> tuple[str, str]:
    """The name of the indicator or of the finding, and the unit and period."""
    catalogue = workspace().catalogue
    if isinstance(one.piece, Figure):
        known = catalogue.indicators.get(one.piece.indicator)
        name = f"{known.label}. {known.name}" if known else one.piece.indicator
        return name, f"{unit_name(one.piece.unit)}, {_period(one.piece.period)}"
    rule, period, unit = (*one.address.removeprefix("count:").split("|"), "", "")[:3]
    title = getattr(catalogue.rules.get(rule), "title", rule)
    name = _("Units counted: {title}").format(title=title)
    return name, f"{unit_name(unit)}, {_period(period)}"


def _period(code: str) -> str:
    return period_name(period_of(code))


def sentence_rows(diff: ReportDiff) -> list[SentenceRow]:
    """The changed blocks, in the order of the newer text."""
    return [_sentence_row(one) for one in diff.sentences]


def _sentence_row(one: SentenceChange) -> SentenceRow:
    before, after = changed_words(one.before, one.after)
    return SentenceRow(
        name=_(_HEAD.get(one.block) or _kind_of(one.block)),
        became=_(_became(one)),
        before=before,
        after=after,
        causes="; ".join(_(CAUSE_WORDS[cause]) for cause in one.causes),
    )


def _kind_of(block: str) -> str:
    kind = block.partition(":")[0]
    return {"table": N_("Table"), "note": N_("Note")}.get(kind, N_("Sentence"))


def _became(one: SentenceChange) -> str:
    if not one.before:
        return N_("new")
    if not one.after:
        return N_("gone")
    return N_("moved") if one.moved else N_("changed")


def changed_words(before: str, after: str) -> tuple[Marked, Marked]:
    """Both texts in pieces; what is not the same in both is marked.

    >>> changed_words("có 5 đơn vị", "có 6 đơn vị")[1]
    (('có ', False), ('6', True), (' đơn vị', False))
    """
    if not before or not after or max(len(before), len(after)) > LONGEST:
        return ((before, False),), ((after, False),)
    old, new = (re.findall(r"\s+|\S+", text) for text in (before, after))
    found: tuple[list[tuple[str, bool]], list[tuple[str, bool]]] = ([], [])
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for pieces, words in ((found[0], old[a:b]), (found[1], new[c:d])):
            if words:
                pieces.append(("".join(words), kind != "equal"))
    return tuple(found[0]), tuple(found[1])

"""The rows of the page that says what changed between two editions, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from nqcore.analysis.frozen.causes import CAUSE_WORDS
from nqcore.analysis.frozen.difference import Causes, FigureChange, ReportDiff, SentenceChange
from nqcore.analysis.frozen.words import ChangedNumber, block_words, change_names
from nqcore.errors import N_
from webforms.shared.context import workspace
from webforms.shared.filters import unit_name
from webforms.shared.language import _
from webforms.shared.unit_events import event_sentence

LONGEST = 1_500
"""Of longer texts the changed words are not marked: finding them would take too long."""

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


def unit_changes(diff: ReportDiff) -> list[str]:
    """What changed among the units: each event in its sentence, a unit or a decision on its duties by the
    name of the unit. The id only of what is no longer there."""
    return [*dict.fromkeys(map(_unit_change, diff.grounds.units))]


def _unit_change(id: str) -> str:
    catalogue = workspace().catalogue
    if id in catalogue.changes:
        return event_sentence(catalogue.changes[id]).removesuffix(".")
    handover = catalogue.handovers.get(id)
    return unit_name(handover.unit if handover else id)


def figure_rows(diff: ReportDiff, shown: Sequence[Causes]) -> list[FigureRow]:
    """The changed figures, those that the newer text prints first. One figure may have several addresses
    (a period that is named in two ways): it has one row."""
    return [*dict.fromkeys(_figure_row(one, shown) for one in diff.figures)]


def _figure_row(one: FigureChange, shown: Sequence[Causes]) -> FigureRow:
    number, ws = ChangedNumber(one), workspace()
    parts = tuple(
        number.amount(one.amount_of(causes))
        if any(part.causes == causes for part in one.parts)
        else ""
        for causes in shown
    )
    name, of = change_names(one, ws.catalogue, ws.obligations.read, _)
    return FigureRow(
        name=name,
        of=of,
        before=number.before,
        after=number.after,
        change=number.amount(one.amount),
        parts=parts,
    )


def sentence_rows(diff: ReportDiff) -> list[SentenceRow]:
    """The changed blocks, in the order of the newer text."""
    return [_sentence_row(one) for one in diff.sentences]


def _sentence_row(one: SentenceChange) -> SentenceRow:
    before, after = changed_words(one.before, one.after)
    return SentenceRow(
        name=_(block_words(one.block)),
        became=_(_became(one)),
        before=before,
        after=after,
        causes="; ".join(_(CAUSE_WORDS[cause]) for cause in one.causes),
    )


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

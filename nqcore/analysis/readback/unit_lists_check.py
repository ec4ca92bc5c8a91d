"""Lists of units in the document beside those of the report: who is missing, who was put in instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from nqcore.analysis.readback.checked import NumberStatus, Why
from nqcore.analysis.readback.doc_parts import DocPart
from nqcore.analysis.readback.expected import ExpectedPart
from nqcore.analysis.readback.short_forms import ShortForms
from nqcore.analysis.report.anchors import Anchor
from nqcore.analysis.report.sentences import NAMED, is_cut
from nqcore.errors import N_
from nqcore.model.findings import UnitNames
from nqcore.text.printable import printable

LEFT_OUT = N_("the list of units leaves out: {missing}")
PUT_IN = N_("it names {said}; the figures say {known}")


@dataclass(frozen=True, slots=True)
class NamePlace:
    """A name of a unit in a text."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CheckedList:
    """A list of units in a part: where it stands there, and what is wrong with it."""

    anchor: Anchor
    start: int
    end: int
    status: NumberStatus
    why: Why | None


class UnitNamesKnown:
    """Finds the names of units in texts."""

    def __init__(self, names: Collection[str], forms: ShortForms | None = None) -> None:
        plain = {printable(name) for name in names if name}
        shorter = {one: name for name in plain for one in (forms.shorter(name) if forms else ())}
        self._full = {_folded(one): name for one, name in shorter.items()}
        longest = sorted({*plain, *shorter}, key=len, reverse=True)
        self._pattern = re.compile(
            "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest) or r"(?!)",
            re.IGNORECASE,
        )

    def found(self, text: str) -> list[NamePlace]:
        """The names in the text, in order; of one with a short form ("UBND huyện") that in full."""
        found = self._pattern.finditer(text)
        return [NamePlace(self._full.get(_folded(one[0]), one[0]), *one.span()) for one in found]


def check_lists(
    part: DocPart, due: Sequence[ExpectedPart], known: UnitNamesKnown
) -> Iterator[CheckedList]:
    """What the part says of each list of units of the report that it has."""
    there = known.found(part.text)
    own = {_folded(one.name) for each in due for one in known.found(each.text)}
    for anchor in (anchor for each in due for anchor in each.lists):
        assert isinstance(anchor.piece, UnitNames)
        yield from _one(anchor, anchor.piece, there, own)


def _one(
    anchor: Anchor, piece: UnitNames, there: Sequence[NamePlace], own: set[str]
) -> Iterator[CheckedList]:
    every = [printable(name) for name in piece.names]
    printed = every[:NAMED] if is_cut(piece) else every
    folded = {_folded(name) for name in every}
    shown = [one for one in there if _folded(one.name) in folded]
    strange = [one for one in there if _folded(one.name) not in own | folded]
    if not shown and not strange:
        return
    if not shown and len(printed) > 1:
        return
    names = {_folded(one.name) for one in shown}
    missing = [name for name in printed if _folded(name) not in names]
    ends = shown or strange
    start, end = ends[0].start, ends[-1].end
    added = [one for one in strange if missing or start <= one.start < end]
    if added:
        start, end = min(start, added[0].start), max(end, added[-1].end)
        said = ", ".join(one.name for one in added)
        why = Why(PUT_IN, {"said": said, "known": ", ".join(missing or printed)})
        yield CheckedList(anchor, start, end, NumberStatus.CONTRADICTS, why)
    elif missing:
        why = Why(LEFT_OUT, {"missing": ", ".join(missing)})
        yield CheckedList(anchor, start, end, NumberStatus.CHANGED, why)
    else:
        yield CheckedList(anchor, start, end, NumberStatus.SAME, None)


def replaced_name(
    part: DocPart, due: Sequence[ExpectedPart], known: UnitNamesKnown
) -> tuple[NamePlace, str] | None:
    """A unit that is named in the place of another one outside of lists, with that one's name: "Huyện đoàn"
    where the report has "Ban Tổ chức Huyện ủy"."""
    there = known.found(part.text)
    listed = {_folded(name) for each in due for one in each.lists for name in _names(one)}
    own = [one.name for each in due for one in known.found(each.text)]
    said, meant = {_folded(one.name) for one in there}, {*map(_folded, own)}
    strange = [one for one in there if _folded(one.name) not in meant | listed]
    missing = [name for name in own if _folded(name) not in said | listed]
    return (strange[0], missing[0]) if strange and missing else None


def _names(anchor: Anchor) -> Sequence[str]:
    assert isinstance(anchor.piece, UnitNames)
    return [printable(name) for name in anchor.piece.names]


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()

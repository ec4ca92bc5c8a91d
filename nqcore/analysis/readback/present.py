"""What the numbers of an older report are now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from nqcore.analysis.report.anchors import Anchor, report_anchors
from nqcore.analysis.report.notes import cell_text, unmarked
from nqcore.analysis.report.sentences import text_of
from nqcore.model.figures import Figure
from nqcore.model.findings import FigureRef, Piece, UnitCount, UnitNames
from nqcore.model.reports import Report

FigureNow = Callable[[Figure], Figure | None]
"""The same figure as it is now; None where it cannot be computed any more."""


def written_of(anchor: Anchor) -> str:
    """The number as the report has it, without the marks that a table prints behind it ("1.325*")."""
    return unmarked(anchor.written)


@dataclass(slots=True)
class Present:
    """The report as it would be made now, and the figures that are not in it any more."""

    report: Report | None
    figure_now: FigureNow | None = None
    _pieces: Mapping[str, Piece] = field(default_factory=dict)
    _lists: Mapping[tuple[str, int], Piece] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.report is not None:
            anchors = list(report_anchors(self.report).values())
            self._pieces = {one.address: one.piece for one in anchors}
            self._lists = _lists(anchors)

    def text(self, anchor: Anchor, nth_list: int = 0) -> str | None:
        """The number as it is printed now; None where nothing is known of it. `nth_list`: of a list of
        units its place among those of its block."""
        piece = self._piece(anchor, nth_list)
        if piece is None:
            return None
        if isinstance(piece, UnitCount) and isinstance(anchor.piece, UnitCount):
            piece = replace(piece, share=anchor.piece.share)
        if isinstance(piece, FigureRef) and len(anchor.place) > 1:
            return unmarked(cell_text(piece.figure))
        return text_of(piece)

    def _piece(self, anchor: Anchor, nth_list: int) -> Piece | None:
        if isinstance(anchor.piece, UnitNames):
            return self._lists.get((anchor.block, nth_list))
        found = self._pieces.get(anchor.address)
        if found is None and isinstance(anchor.piece, FigureRef) and self.figure_now is not None:
            figure = self.figure_now(anchor.piece.figure)
            return None if figure is None else FigureRef(figure)
        return found


def _lists(anchors: list[Anchor]) -> dict[tuple[str, int], Piece]:
    found: dict[tuple[str, int], Piece] = {}
    for anchor in anchors:
        if isinstance(anchor.piece, UnitNames):
            nth = sum(block == anchor.block for block, _nth in found)
            found[anchor.block, nth] = anchor.piece
    return found

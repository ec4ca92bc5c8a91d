"""The numbers of a report in HTML: each in an element whose id is the name of its anchor."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from nqcore.analysis.report.anchors import block_anchors
from nqcore.analysis.report.notes import coverage_text
from nqcore.analysis.report.sentences import figure_text, text_of
from nqcore.analysis.report.typesetting import unbroken
from nqcore.catalogue.contracts import Names
from nqcore.model.figures import Figure
from nqcore.model.findings import FigureRef, Piece, Text, UnitCount
from nqcore.model.reports import Block
from nqcore.text.numbers import canonical

Href = Callable[[Figure | UnitCount], str]
"""The address of the page that explains a number."""


class Numbers:
    """The numbers of one block. With `href` figures and counted numbers are links to it."""

    def __init__(self, block: Block, edition: str, names: Names, href: Href | None) -> None:
        self._anchors: Mapping[tuple[int, ...], str] = {
            one.place: one.name for one in block_anchors(block, edition)
        }
        self._names, self._href = names, href

    def piece(self, piece: Piece, *place: int) -> Markup:
        """The piece at that place of the sentence, or (row, column) of the table."""
        if isinstance(piece, Text):
            return Markup.escape(unbroken(text_of(piece)))
        id = Markup(' id="{}"').format(self._anchors[place])
        if isinstance(piece, FigureRef):
            return self._figure(piece.figure, id)
        if isinstance(piece, UnitCount) and piece.id and self._href is not None:
            address = self._href(piece)
            return Markup('<a class="sl"{} href="{}">{}</a>').format(id, address, text_of(piece))
        return Markup("<span{}>{}</span>").format(id, unbroken(text_of(piece)))

    def _figure(self, figure: Figure, id: Markup) -> Markup:
        gaps = coverage_text(figure, self._names)
        title = Markup(' title="{}"').format(gaps) if gaps else ""
        text = figure_text(figure)
        if self._href is not None:
            return Markup('<a class="sl"{} href="{}"{}>{}</a>').format(
                id, self._href(figure), title, text
            )
        if figure.value is None:
            return Markup("<span{}{}>{}</span>").format(id, title, text)
        value = canonical(figure.value)
        return Markup('<data{} value="{}"{}>{}</data>').format(id, value, title, text)

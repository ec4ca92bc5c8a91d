"""Numbered notes below the text of a report: what lacks in the figures of a sentence.

The sign of a note is a raised digit ("¹"), which is no number for those who read numbers in a text again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nqcore.analysis.report.sentences import figures_of, write_count
from nqcore.model.figures import Figure
from nqcore.model.findings import Sentence, Text
from nqcore.model.reports import Paragraph

_SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans("0123456789", _SIGNS)


class Footnotes:
    """The notes of a report, in the order of their first sign; sentences with the same note share it."""

    def __init__(self) -> None:
        self._notes: list[Sentence] = []

    def sign(self, note: Sentence) -> str:
        """The sign of `note`, which is added if it is new; "" for an empty note."""
        if not note:
            return ""
        if note not in self._notes:
            self._notes.append(note)
        return raised(self._notes.index(note) + 1)

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The notes as they are printed below the text."""
        return tuple(
            Paragraph(note, label=raised(nth), note=True, block=f"note:{nth}")
            for nth, note in enumerate(self._notes, 1)
        )


def signed_text(text: str, sign: str) -> str:
    """The sign as it follows `text`: two signs are "¹⁰, ¹¹", never one number.

    >>> signed_text("tăng¹⁰", "¹¹"), signed_text("tăng", "¹¹"), signed_text("tăng¹⁰", "")
    (', ¹¹', '¹¹', '')
    """
    return f", {sign}" if sign and text and text[-1] in _SIGNS else sign


def raised(number: int) -> str:
    """The number in raised digits: 12 is "¹²"."""
    return str(number).translate(_RAISED)


def coverage_of(sentence: Sentence, without: Collection[str | None] = ()) -> Sentence:
    """The note on the figures of a sentence: how many reports they are made of, what was carried forward,
    what is estimated; () when every report is in. `without`: indicators that
    only say of how many units the sentence speaks. The annex and the JSON format name the units."""
    figures = [figure for figure in figures_of(sentence) if figure.indicator not in without]
    clauses = _gaps(figures)
    if any(figure.coverage.estimated for figure in figures):
        clauses.append("có số ước tính theo tỷ lệ đã công bố của đơn vị chia tách")
    if any(figure.coverage.apart for figure in figures):
        clauses.append("chưa gồm phần của đơn vị chia tách không công bố tỷ lệ")
    text = "; ".join(clauses)
    return (Text(f"{text[:1].upper()}{text[1:]}."),) if text else ()


def _gaps(figures: Sequence[Figure]) -> list[str]:
    """The gap of each figure that lacks something, in their order; the same gap once."""
    lacking = (figure for figure in figures if not figure.coverage.complete)
    gaps = list(dict.fromkeys(map(_gap, lacking)))
    return [f"theo {', '.join(gaps)}"] if gaps else []


def _gap(figure: Figure) -> str:
    c = figure.coverage
    reports = (
        f"{write_count(c.reported)} trong {write_count(c.due)}" if c.missing else write_count(c.due)
    )
    if not c.carried:
        return f"{reports} báo cáo"
    units = len({part.unit for part in c.carried})
    return f"{reports} báo cáo (trong đó {write_count(units)} đơn vị lấy số của kỳ trước)"

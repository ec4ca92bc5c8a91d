"""Notes on the gaps in a figure (missing reports, estimates), for every place where it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nqcore.analysis.report.sentences import (
    NO_VALUE,
    figure_text,
    figures_of,
    text_of,
    write_count,
)
from nqcore.analysis.rollup import SeriesBreak
from nqcore.catalogue.contracts import Names
from nqcore.model.change_sentences import change_sentence
from nqcore.model.figures import Figure, reason_text
from nqcore.model.findings import TiedNumber
from nqcore.model.reports import Cell, Paragraph, Table
from nqcore.model.units import UnitTree
from nqcore.text.dates import write_date
from nqcore.text.messages import translator
from nqcore.text.printable import printable

MARK = "*"
"""Printed after a figure in a table in which reports are missing."""

ESTIMATED = "†"
"""Printed after a figure in a table that is estimated from a declared share, or lacks a part because no
share was declared."""

_LONG_TITLE = 30

BROKEN = "‖"
"""Printed in the head of the column in which there is a series break."""

NAMED = 8
"""How many units a note lists by name; the others are counted (the JSON format lists them all)."""


def cell_text(cell: Cell) -> str:
    """The text of a cell of a table: words, or a figure with its marks."""
    if isinstance(cell, str):
        return printable(cell)
    if isinstance(cell, TiedNumber):
        return text_of(cell)
    return figure_text(cell) + marks(cell)


def marks(figure: Figure) -> str:
    """The marks printed after a figure in a table: for missing reports, for an estimate."""
    estimated = figure.value is not None and not figure.coverage.exact
    return (MARK if is_marked(figure) else "") + (ESTIMATED if estimated else "")


def unmarked(text: str) -> str:
    """A number as a table prints it, without the marks behind it: "1.325*" is 1.325.

    >>> unmarked("1.325*†")
    '1.325'
    """
    return text.rstrip(MARK + ESTIMATED)


def is_marked(figure: Figure) -> bool:
    """Whether the figure has the mark for missing reports: it has a value and its coverage is
    incomplete."""
    return figure.value is not None and not figure.coverage.complete


def unit_name(code: str, names: Names) -> str:
    """The unit's name; its code when the unit is not known any more."""
    return printable(names.units[code].name if code in names.units else code)


def coverage_text(figure: Figure, names: Names) -> str:
    """The gaps of one figure: "có 12 trong 14 báo cáo; thiếu: …"; the reason if it has no value; "" when
    every report is in it and nothing is estimated."""
    if figure.value is None:
        return reason_text(figure.reason)
    return "; ".join((*_column_gaps([figure], names), *_estimates([figure], names)))


def paragraph_notes(paragraph: Paragraph) -> tuple[str, ...]:
    """Why figures of a paragraph have no value. The gaps of the others are in its text."""
    reasons = _reasons(figures_of(paragraph.sentence))
    return tuple(f"{NO_VALUE} {reason}." for reason in reasons)


def table_notes(table: Table, names: Names) -> tuple[str, ...]:
    """The table's own notes, then a line for each gap: what is missing, and in which columns."""
    lines = [printable(note) for note in table.notes]
    columns = [
        (printable(title), [cell for cell in cells if isinstance(cell, Figure)])
        for title, cells in zip(table.columns, _columns(table), strict=True)
    ]
    missing: dict[tuple[str, ...], list[str]] = {}
    reasons: dict[str, list[str]] = {}
    for title, figures in columns:
        if marked := [figure for figure in figures if is_marked(figure)]:
            missing.setdefault(_column_gaps(marked, names), []).append(title)
        for reason in _reasons(figures):
            reasons.setdefault(reason, []).append(title)
    lines += [
        f"{MARK} Chưa đủ số liệu: {_titles(titles)} {'; '.join(gap)}."
        for gap, titles in missing.items()
    ]
    lines += [f"{NO_VALUE} {_titles(titles)}: {reason}." for reason, titles in reasons.items()]
    figures = [cell for row in table.rows for cell in row if isinstance(cell, Figure)]
    lines += [f"{ESTIMATED} {_capital(phrase)}." for phrase in _estimates(figures, names)]
    return tuple(lines)


def break_note(broken: SeriesBreak, units: UnitTree) -> str:
    """The note on a series break (*đứt gãy chuỗi*): what happened, and that figures before and after it
    do not cover the same units."""
    happened = " ".join(change_sentence(e, units, translator("vi")) for e in broken.events[:NAMED])
    more = len(broken.events) - NAMED
    return (
        f"{BROKEN} Đứt gãy chuỗi từ ngày {write_date(broken.day)}: {happened}"
        + (f" (và {more} thay đổi khác)" if more > 0 else "")
        + " Số trước và sau ngày này không cùng phạm vi."
    )


def _estimates(figures: Sequence[Figure], names: Names) -> list[str]:
    """Notes on what is estimated from shares, and on what could not be divided."""
    known = [figure.coverage for figure in figures if figure.value is not None]
    estimated = dict.fromkeys(part.unit for c in known for part in c.estimated)
    apart = dict.fromkeys(part.unit for c in known for part in c.apart)
    kept = dict.fromkeys(part.unit for c in known for part in c.kept)
    phrases = []
    if estimated:
        phrases.append(
            f"ước tính theo tỷ lệ đã công bố của đơn vị chia tách: {_units(estimated, names)}"
        )
    if apart:
        phrases.append(
            "chưa gồm phần của đơn vị chia tách không công bố tỷ lệ, để ở cấp trên: "
            f"{_units(apart, names)}"
        )
    if kept:
        phrases.append(f"gồm cả số chưa chia được cho đơn vị bên dưới, của: {_units(kept, names)}")
    return phrases


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _columns(table: Table) -> Iterable[Sequence[Cell]]:
    return list(zip(*table.rows, strict=True)) or [() for _ in table.columns]


def _column_gaps(figures: Sequence[Figure], names: Names) -> tuple[str, ...]:
    """The gaps of a column; with the counts when they are the same for all its marked figures."""
    counts = {(f.coverage.reported, f.coverage.due) for f in figures if f.coverage.missing}
    phrases = [
        f"có {write_count(reported)} trong {write_count(due)} báo cáo" for reported, due in counts
    ]
    return (*(phrases if len(phrases) == 1 else ()), *_gaps(figures, names))


def _gaps(figures: Sequence[Figure], names: Names) -> list[str]:
    missing = dict.fromkeys(unit for f in figures for unit in f.coverage.missing_units)
    carried = dict.fromkeys(part.unit for f in figures for part in f.coverage.carried)
    gaps = [f"thiếu: {_units(missing, names)}"] if missing else []
    return gaps + ([f"lấy số của kỳ trước: {_units(carried, names)}"] if carried else [])


def _units(codes: Iterable[str], names: Names) -> str:
    listed = [unit_name(code, names) for code in codes]
    more = len(listed) - NAMED
    return ", ".join(listed[:NAMED]) + (f" và {more} đơn vị khác" if more > 0 else "")


def _titles(titles: Sequence[str]) -> str:
    return "cột " + ", ".join(f"“{_short(title)}”" for title in titles)


def _short(title: str) -> str:
    """The code alone of a long head that begins with one: "A1" of "A1. Số hội nghị … (cuộc)"."""
    code, dot, _ = title.partition(". ")
    return code if dot and len(title) > _LONG_TITLE else title


def _reasons(figures: Iterable[Figure]) -> list[str]:
    """Each reason for a missing value once, in order."""
    return list(dict.fromkeys(reason_text(f.reason) for f in figures if f.value is None))

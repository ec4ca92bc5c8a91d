"""The column of a pasted block that says the measure of each row."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from nqcore.text.measures import measure_base
from nqcore.workspace.table_import.pasted_cells import is_figure
from nqcore.workspace.table_import.said_measures import (
    USUAL,
    is_measure_heading,
    is_same_measure,
    measure_words,
    said_by_title,
    said_by_word,
    siblings,
)


class MeasureColumn(NamedTuple):
    """The column that says the measure of each row: where it stands, and its word for each row ("": none)."""

    at: int
    words: tuple[str, ...]


def measure_column(
    heads: Sequence[str], columns: Sequence[Sequence[str]], known: Collection[str], names: int
) -> MeasureColumn | None:
    """The column of measures: by its head, because all of its cells are measures, or because some of its
    words say money or a scale; what else such a column says is a remark. `names`: the first column of
    words, which has the names of the rows unless it says money or a scale (-1: rows have labels)."""
    for k, head in enumerate(heads):
        if is_measure_heading(head):
            return MeasureColumn(k, tuple(map(measure_words, columns[k])))
    bases = USUAL | {measure_base(one) for one in known if one}
    found: list[tuple[bool, int, MeasureColumn]] = []
    for k, cells in enumerate(columns):
        filled = sum(map(bool, cells))
        words = tuple(
            word if _is_measure(word, bases) else "" for word in map(measure_words, cells)
        )
        is_whole = sum(map(bool, words)) == filled
        sure = sum(map(_is_sure_measure, words))
        is_words = sum(map(is_figure, cells)) * 2 < filled
        if is_words and (sure or (is_whole and k != names)):
            found.append((is_whole, sure, MeasureColumn(k, words)))
    return max(found, key=lambda one: one[:2])[2] if found else None


def _is_measure(text: str, bases: Collection[str]) -> bool:
    if not text or is_figure(text):
        return False
    base = measure_base(text)
    return _is_sure_measure(text) or any(is_same_measure(base, one) for one in bases)


def _is_sure_measure(text: str) -> bool:
    """Whether a word is surely a measure: of money, with a scale, or one of several of a quantity."""
    return bool(text) and (said_by_word(text) is not None or bool(siblings(measure_base(text))))


def says_its_measure(cells: Sequence[str]) -> bool:
    """Whether a row below the figures is no figure, but says their measure: "Đơn vị tính: nghìn đồng"."""
    words = [one for one in cells if one]
    return (
        len(words) == 1 and not re.match(r"[-+(]?[0-9]", words[0]) and bool(said_by_title(words[0]))
    )

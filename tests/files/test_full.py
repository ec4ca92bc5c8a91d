"""A dose of the long run over cells (`python -m tests.files.full`): none is silently misread."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from nqcore.collection.entry.workbook import figure_cells
from nqcore.files.spreadsheets import number_format, numbers, packages, xlsx
from nqcore.files.spreadsheets.cell import CellKind
from nqcore.files.spreadsheets.number_format import ShownNumber
from nqcore.text.numbers import FigureReading
from tests.files import runs


def test_no_cell_is_silently_misread(tmp_path: Path, keys: Path) -> None:
    tally = runs.run(tmp_path, cells=4_000, seed=20)
    assert [str(one) for one in tally.misread] == []
    kinds = {(way, kind) for way, kind, _ in tally.counts}
    assert {("CSV", "text"), ("page", "text")} < kinds
    assert len(kinds) >= 17
    taken = sum(count for (*_, outcome), count in tally.counts.items() if outcome == "taken")
    assert taken > 1_200


def _shown_as_stored(value: Decimal, _code: str) -> ShownNumber:
    return ShownNumber(CellKind.NUMBER, value)


def _guess(text: str, *, decimals: int, measure: str = "") -> FigureReading:
    digits = "".join(character for character in text if character.isdigit())
    return FigureReading(Decimal(digits) if digits else None)


LIES = {
    "number formats are not looked at": (numbers, "shown_number", _shown_as_stored),
    "raised digits count": (packages, "is_raised", lambda _tag, _attributes: False),
    "all digits of the double count": (number_format, "FIFTEEN", number_format._WIDE),
    "array formulas and merged cells go unseen": (xlsx, "_areas", lambda _reference: []),
    "measures have no scale": (figure_cells, "measure_scale", lambda _measure: 1),
}
"""Faults of a reader: the run must notice each."""


@pytest.mark.parametrize("lie", LIES)
def test_the_run_notices_a_reader_that_misreads(
    tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    module, name, false = LIES[lie]
    monkeypatch.setattr(module, name, false)
    found = runs.Runs(tmp_path, seed=20)
    try:
        for _ in range(6):
            found.workbook()
    finally:
        found.close()
    assert found.tally.misread


def test_the_run_notices_a_reader_of_texts_that_deletes_letters(
    tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nqcore.model.fields import figure

    found = runs.Runs(tmp_path, seed=20)
    monkeypatch.setattr(figure, "_read_figure", _guess)
    try:
        found.page()
    finally:
        found.close()
    assert found.tally.misread

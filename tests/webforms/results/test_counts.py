"""The page of a counted number shows what the rule read of each unit, as people write it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nqcore.analysis.provenance.explain_counts import ReadValue
from nqcore.model.cells import NOT_REPORTED, Cell
from webforms.results import counts


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Cell.of(Decimal("1310")), "1.310"),
        (Cell.of(Decimal("12.5")), "12,5"),
        (Cell.of(Decimal(0)), "0"),
        (NOT_REPORTED, "–"),
    ],
)
def test_a_read_value_is_written_as_people_write_it(value: object, written: str) -> None:
    read = ReadValue(what="A1", period="2018-Q3", submission="s", value=value)  # type: ignore[arg-type]
    assert counts._written(read) == written

"""A change in an annex: in per cent, in points, or as a number where a share would mislead."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nqcore.analysis.report.anchors import block_anchors
from nqcore.analysis.report.annex_changes import change_cell
from nqcore.model.figures import Coverage, Figure, ReportRef
from nqcore.model.findings import TiedNumber
from nqcore.model.reports import Table


def figure(
    value: str | None, period: str, measure: str = "người", decimals: int = 0, missing: int = 0
) -> Figure:
    gaps = tuple(ReportRef(unit=f"xa-{n}", period=period) for n in range(missing))
    return Figure(
        indicator="s.A1",
        unit="huyen",
        period=period,
        value=None if value is None else Decimal(value),
        decimals=decimals,
        measure=measure,
        coverage=Coverage(due=10, reported=10 - missing, missing=gaps),
    )


CHANGES = [
    ("1153", "2971", "người", 0, "+157,7%"),
    ("200", "150", "người", 0, "−25,0%"),
    ("120", "120", "người", 0, "0"),
    ("65.6", "89.1", "%", 1, "+23,5 điểm"),
    ("89.1", "65.6", "%", 1, "−23,5 điểm"),
    ("70.0", "70.0", "%", 1, "0"),
    # Of nothing and of a few no share is said.
    ("0", "120", "người", 0, "+120"),
    ("8", "5", "tổ chức", 0, "−3"),
    ("10", "15", "tổ chức", 0, "+50,0%"),
    # Rounded to two digits: 1,8 may be 1,75.
    ("1.8", "5.5", "triệu đồng", 1, "+3,7"),
    ("140.1", "144.4", "triệu đồng", 1, "+3,1%"),
]


@pytest.mark.parametrize(("before", "now", "measure", "decimals", "text"), CHANGES)
def test_a_change_says_its_sign_and_what_it_is_measured_in(
    before: str, now: str, measure: str, decimals: int, text: str
) -> None:
    first, last = figure(before, "2008", measure, decimals), figure(now, "2018", measure, decimals)
    cell = change_cell(first, last)
    assert isinstance(cell, TiedNumber)
    assert cell.text == text
    assert (cell.how, cell.of) == ("change", (first.id, last.id))


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (figure(None, "2008"), figure("5", "2018")),
        (figure("5", "2008"), figure(None, "2018")),
        (figure("500", "2008", missing=3), figure("700", "2018")),
        (figure("500", "2008"), figure("700", "2018", missing=3)),
    ],
)
def test_what_is_not_there_or_rests_on_few_reports_is_not_compared(
    before: Figure, now: Figure
) -> None:
    assert change_cell(before, now) == "–"
    assert change_cell(figure("500", "2008", missing=2), figure("700", "2018")) != "–"


def test_a_change_and_a_target_have_names_like_every_number() -> None:
    change = change_cell(figure("200", "2008"), figure("150", "2018"))
    target = TiedNumber(text="2.500", how="target", of=("hu.t1",))
    table = Table(
        caption="", columns=("a", "b", "c"), rows=(("x", change, target),), block="table:s.q"
    )
    first, second = block_anchors(table, "3")
    assert (first.written, first.place, second.written) == ("−25,0%", (0, 1), "2.500")
    assert first.address.startswith("change:s.A1|2008|")
    assert second.address == "target:hu.t1"

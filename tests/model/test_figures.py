"""A figure as text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nqcore.formulas import Reason
from nqcore.model.figures import Coverage, Figure, ReportRef
from nqcore.workspace.facade import Workspace
from tests.support.small import PERIOD, accepted

MISSING = ReportRef(unit="xa-a", period="2018-Q2")


def figure(
    value: str | None,
    measure: str = "người",
    decimals: int = 0,
    coverage: Coverage | None = None,
    reason: Reason | None = None,
) -> Figure:
    return Figure(
        indicator="C3.3",
        unit="huyen",
        period="2018-Q2",
        value=None if value is None else Decimal(value),
        decimals=decimals,
        measure=measure,
        coverage=coverage or Coverage(due=28, reported=27, missing=(MISSING,)),
        reason=reason,
    )


NONE_REPORTED = Coverage(due=1, reported=0, missing=(MISSING,))


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ("1.310 người (27/28)", figure("1310")),
        ("74,8% (27/28)", figure("74.8", "%", 1)),
        ("0 người (27/28)", figure("0")),
        ("1,50 triệu đồng (27/28)", figure("1.5", "triệu đồng", 2)),
        ("7 (27/28)", figure("7", "")),
        (
            "5 người (1/1, ước tính)",
            figure("5", coverage=Coverage(due=1, reported=1, estimated=(MISSING,))),
        ),
        (
            "– (0/1): chưa có báo cáo",
            figure(None, coverage=NONE_REPORTED, reason=Reason("Not yet.", code="not-reported")),
        ),
        (
            "– (27/28): không tính được do phải chia cho 0",
            figure(None, reason=Reason("Division by 0.", code="division-by-zero")),
        ),
        ("– (27/28): không có số liệu (Too odd)", figure(None, reason=Reason("Too odd."))),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_figure_as_text_has_its_measure_and_its_coverage_or_says_why_it_has_no_value(
    written: str, given: Figure
) -> None:
    assert str(given) == f"{given}" == written


def test_figures_of_a_workspace_are_written_like_this(ws: Workspace) -> None:
    assert str(ws.figure("B1", PERIOD)) == "– (0/3): chưa có báo cáo"
    accepted(ws, "dn-1", B1="1.310")
    assert str(ws.figure("B1", PERIOD)) == "1.310 người (1/3)"
    assert str(ws.figure("B2.1", PERIOD)) == "6,1% (1/3)"
    on_a_day = ws.figure("B1", PERIOD, boundaries=date(2018, 7, 1))
    assert str(on_a_day) == "1.310 người (1/3)"

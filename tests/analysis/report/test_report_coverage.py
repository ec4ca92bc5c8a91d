"""The reports that a review counts are those that ask something of its directive."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nqcore.analysis.report.report_coverage import ReportCoverage
from nqcore.analysis.report.sentences import sentence_text
from nqcore.workspace.facade import Workspace
from tests.support.small import Now, accepted, found, plugin

OWN = """
[pack]
id = "h"
since = 2018-01-01
basis = "Kế hoạch số 2"
[[directive]]
type = "Kế hoạch"
number = "2-KH/HU"
issuer = "HU"
body = "Huyện ủy"
title = "về công nhân"
date = 2018-01-02
[[directive]]
type = "Kế hoạch"
number = "3-KH/HU"
issuer = "HU"
body = "Huyện ủy"
title = "về việc khác"
date = 2018-01-02
[[target]]
id = "h.b1"
directive = "2-KH/HU"
indicator = "s.B1"
value = 500
period = "2018-H1"
"""


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    now = Now()
    now.on("2018-11-20")
    with found(tmp_path_factory.mktemp("own") / "ws", now, plugin("nq_own", OWN)) as ws:
        for quarter in ("2018-Q1", "2018-Q2", "2018-Q3"):
            for unit in ("xa-a", "dn-1", "dn-3"):
                accepted(ws, unit, quarter)
        yield ws


def told(ws: Workspace, directive: str, period: str, unit: str = "top") -> str:
    review = ws.reviews.review(directive=directive, period=period, unit=unit)
    return sentence_text(ReportCoverage(review).sentence())


def test_reports_that_ask_nothing_of_the_directive_are_not_counted(ws: Workspace) -> None:
    """Its target counts workers, of which enterprises alone are asked; the communes are late with the
    resolution above it, and not with this plan."""
    plan = told(ws, "2-KH/HU", "2018-H1")
    assert plan.startswith("Số liệu đến ngày 30/6/2018, tổng hợp từ 4 trong 5 báo cáo phải gửi")
    assert "Xã" not in plan
    resolution = told(ws, "1-NQ/HU", "2018-H1")
    assert " trong 9 báo cáo" in resolution
    assert "Xã B" in resolution


def test_no_report_is_counted_for_a_time_in_which_no_target_runs(ws: Workspace) -> None:
    assert told(ws, "2-KH/HU", "2018-Q3") == "Chưa có kỳ báo cáo nào của các đơn vị."
    whole = told(ws, "2-KH/HU", "2018")
    assert whole.startswith("Số liệu đến ngày 30/6/2018, tổng hợp từ 4 trong 5 báo cáo phải gửi")


@pytest.mark.parametrize("unit", ["top", "xa-a", "dn-1"])
def test_of_a_directive_without_forms_that_is_said_in_words(ws: Workspace, unit: str) -> None:
    said = told(ws, "3-KH/HU", "2018-H1", unit)
    assert said == "Chưa có biểu báo cáo nào hỏi về việc thực hiện văn bản này."

"""Boundaries where people meet them: figures, tables, sentences, explanations and reports of an office
whose communes change. Xã A gives two fifths to a new Xã C on 1 April 2018."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nqcore.analysis.findings.span import UnitNotFounded
from nqcore.analysis.report.notes import BROKEN, ESTIMATED, cell_text, table_notes
from nqcore.analysis.report.sentences import sentence_text
from nqcore.cli.printing.figures import explanation_lines
from nqcore.errors import BoundariesError, UnknownName
from nqcore.model.figures import Figure
from nqcore.model.reports import Table
from nqcore.workspace.facade import Workspace
from tests.support.small import Now, accepted, found, plugin

NEW, OLD = "2018-06-30", "2018-03-31"
SPLIT = """
[pack]
id = "c"
since = 2018-01-01
basis = "Nghị quyết số 9"
[[unit]]
code = "xa-c"
name = "Xã C"
kind = "commune"
parent = "top"
[[change]]
id = "chia"
date = 2018-04-01
kind = "split"
transfers = [
  { source = "xa-a", target = "xa-a", share = "3/5", basis = "dân số" },
  { source = "xa-a", target = "xa-c", share = "2/5", basis = "dân số" },
]
[[rule]]
id = "r"
kind = "result"
directive = "1-NQ/HU"
title = "Hội nghị"
type = "total"
indicators = ["s.A1"]
[rule.sentences]
some = "tổ chức {A1} hội nghị"
"""


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    now = Now()
    now.on("2018-12-31")
    changed = plugin("nq_chia", SPLIT)
    with found(tmp_path_factory.mktemp("borders") / "ws", now, changed) as ws:
        assert ws.faults == ()
        accepted(ws, "xa-a", "2018-Q1", A1="11")
        accepted(ws, "xa-b", "2018-Q1", A1="4")
        accepted(ws, "xa-a", "2018-Q2", A1="6")
        accepted(ws, "xa-b", "2018-Q2", A1="5")
        yield ws


def test_a_declared_share_is_rounded_so_that_the_parts_are_still_the_whole(ws: Workspace) -> None:
    a, c, top = (
        ws.figure("A1", "2018-Q1", unit, boundaries=NEW) for unit in ("xa-a", "xa-c", "top")
    )
    assert (a.value, c.value, top.value) == (7, 4, 15)  # 6.6 and 4.4 of 11
    assert [part.unit for part in a.coverage.estimated] == ["xa-a"]
    assert top.coverage.exact
    assert ws.figure("A1", "2018-Q1", "xa-a").value == 11, "what was reported is never rewritten"


def test_the_other_way_round_the_parts_go_back_to_the_unit_they_came_from(ws: Workspace) -> None:
    figure = ws.figure("A1", "2018-Q2", "xa-a", boundaries=OLD)
    assert (figure.value, figure.coverage.exact) == (6, True)
    assert "xa-c" in figure.coverage.missing_units, "its successor has not reported yet"


def test_boundaries_are_a_day_or_as_reported_and_the_unit_must_exist_on_that_day(
    ws: Workspace,
) -> None:
    assert ws.figure("A1", "2018-Q1", boundaries=date(2018, 6, 30)).boundaries == NEW
    with pytest.raises(BoundariesError, match="Write “reported” or a day"):
        ws.figure("A1", "2018-Q1", boundaries="tomorrow")
    with pytest.raises(UnknownName, match="does not exist on 2018-03-31"):
        ws.figure("A1", "2018-Q1", "xa-c", boundaries=OLD)


def test_an_explanation_says_which_share_of_which_report_is_in_the_figure(ws: Workspace) -> None:
    figure = ws.figure("A1", "2018-Q1", "xa-c", boundaries=NEW)
    assert figure.id.endswith("|2018-06-30")
    explained = ws.explain(figure.id)
    assert explained.figure == figure
    assert [(o.unit, o.value, str(o.share)) for o in explained.origins] == [
        ("xa-a", Decimal(11), "2/5")
    ]
    lines = "\n".join(map(str, explanation_lines(ws, explained)))
    assert "11 × 2/5  Xã A, 2018-Q1" in lines
    assert "estimated by a share of: xa-a" in lines
    assert explained.as_data()["cells"][0]["share"] == "2/5"


def test_a_table_marks_estimates_and_says_whose_shares_they_rest_on(ws: Workspace) -> None:
    review = ws.report(directive="1-NQ/HU", period="2018-Q1", unit="xa-c", boundaries=NEW)
    (table,) = [b for b in review.report.appendix if isinstance(b, Table)]
    (figure,) = [c for c in table.rows[0] if isinstance(c, Figure)]
    assert cell_text(figure) == f"4{ESTIMATED}"
    notes = table_notes(table, ws.catalogue.names)
    assert f"{ESTIMATED} Ước tính theo tỷ lệ đã công bố của đơn vị chia tách: Xã A." in notes


def test_a_series_that_crosses_a_break_says_so_in_head_and_note(ws: Workspace) -> None:
    document = ws.report(directive="1-NQ/HU", period="2017..2018", unit="xa-a")
    (table,) = [b for b in document.report.appendix if b.block == "table:s.q"]
    assert table.columns[3:] == (f"2018 {BROKEN}", "Cả giai đoạn")
    assert (
        f"{BROKEN} Đứt gãy chuỗi từ ngày 01/4/2018: Xã A chia thành Xã A và Xã C từ ngày 01/4/2018. "
        "Số trước và sau ngày này không cùng phạm vi."
    ) in table.notes
    whole = ws.report(directive="1-NQ/HU", period="2017..2018")
    (table,) = [b for b in whole.report.appendix if b.block == "table:s.q"]
    assert "2018" in table.columns, "what happens within the district breaks nothing of the whole"


def test_a_sentence_says_that_its_figure_is_an_estimate(ws: Workspace) -> None:
    options: dict[str, Any] = {
        "directive": "1-NQ/HU",
        "period": "2018-Q1",
        "unit": "xa-c",
        "boundaries": NEW,
    }
    (finding,) = ws.findings(**options)
    assert sentence_text(finding.sentence) == "tổ chức 4 hội nghị"
    report = json.loads(ws.report(**options, format="json").data)
    assert report["boundaries"] == NEW
    said = [b["text"] for b in report["body"] if b.get("finding") == "r"]
    assert said == ["Tổ chức 4 hội nghị²."]
    notes = [b["text"] for b in report["body"] if b.get("label") == "²"]
    assert notes == ["Có số ước tính theo tỷ lệ đã công bố của đơn vị chia tách."]
    assert "quy đổi theo cơ cấu đơn vị ngày 30/6/2018" in report["coverage"]


def test_the_reports_of_a_unit_within_boundaries_are_those_its_figures_rest_on(
    ws: Workspace,
) -> None:
    options: dict[str, Any] = {"directive": "1-NQ/HU", "period": "2018-Q1", "unit": "xa-c"}
    with pytest.raises(UnitNotFounded, match="founded on 01/4/2018"):
        ws.report(**options)
    within = json.loads(ws.report(**options, boundaries=NEW).data)
    assert "tổng hợp từ báo cáo phải gửi của đơn vị đã được duyệt" in within["coverage"]


def test_a_period_is_set_beside_the_one_before_over_the_reports_of_both(ws: Workspace) -> None:
    for unit, change in (("xa-b", 1), ("xa-c", None)):
        compared = ws.totals.like_for_like("A1", "2018-Q2", unit, boundaries=NEW, own=True)
        assert (compared.change if compared else None) == change
        if compared:
            assert compared.units == ("xa-b",)


def test_without_boundaries_a_report_is_as_it_was_reported(ws: Workspace) -> None:
    report = json.loads(ws.report(directive="1-NQ/HU", period="2018-Q1", unit="xa-a").data)
    assert report["boundaries"] == "reported"
    assert "quy đổi" not in report["coverage"]

"""The beginning of a report: its subject, who reports, and up to which day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.footnotes import Footnotes
from nqcore.analysis.report.opening import opening, reporter
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.findings import Text
from nqcore.model.reports import Paragraph, Report
from nqcore.workspace.facade import Workspace
from tests.support.small import Now, accepted, found, plugin


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    now = Now()
    now.on("2018-08-05")
    with found(tmp_path_factory.mktemp("opening") / "ws", now) as ws:
        for period in ("2018-Q1", "2018-Q2"):
            for unit in ("xa-a", "xa-b", "dn-1", "dn-2", "dn-3"):
                if (unit, period) != ("dn-2", "2018-Q2"):  # it closed on 15 June
                    accepted(ws, unit, period, A1="4")
        yield ws


def report(ws: Workspace, period: str, unit: str = "top") -> Report:
    review = ws.reviews.review(directive="1-NQ/HU", period=period, unit=unit)
    return build_report(review, ws.today, "1/ab")


def test_the_standing_committee_reports_where_it_signs(ws: Workspace) -> None:
    review = ws.reviews.review(directive="1-NQ/HU", period="2018")
    for authority, who in (
        ("T/M Ban Thường vụ", "Ban Thường vụ Huyện ủy Tân Hòa"),
        ("", "Huyện ủy Tân Hòa"),
    ):
        issuer = reporter("Huyện ủy Tân Hòa", authority)
        note = (Text("Số liệu."),)
        told = sentence_text(
            opening(review, issuer, Citations(), date(2018, 6, 30), note, Footnotes()).sentence
        )
        assert told == (
            "Thực hiện Nghị quyết số 1-NQ/HU, ngày 05/01/2017 của Huyện ủy về một việc, "
            f"{who} báo cáo kết quả (số liệu đến ngày 30/6/2018)¹ như sau:"
        )


@pytest.mark.parametrize(
    ("period", "over", "until"),
    [
        ("2018-Q1", "quý I năm 2018", "31/3/2018"),
        ("2018-H1", "6 tháng đầu năm 2018", "30/6/2018"),
        ("2018", "năm 2018", "30/6/2018"),
        ("2017..2018", "2 năm (2017 - 2018)", "30/6/2018"),
    ],
)
def test_a_report_says_its_time_and_up_to_which_day_it_speaks(
    ws: Workspace, period: str, over: str, until: str
) -> None:
    told = report(ws, period)
    assert told.title == (
        f"kết quả {over} thực hiện Nghị quyết số 1-NQ/HU, ngày 05/01/2017 của Huyện ủy về một việc"
    )
    first = told.body[0]
    assert isinstance(first, Paragraph)
    text = sentence_text(first.sentence)
    assert text.startswith("Thực hiện Nghị quyết 1-NQ/HU, "), "the title has the full citation"
    assert f"(số liệu đến ngày {until})¹" in text
    (note,) = [b for b in told.body if isinstance(b, Paragraph) and b.label == "¹"]
    assert sentence_text(note.sentence) == told.coverage
    assert told.coverage.startswith(f"Số liệu đến ngày {until}, ")


@pytest.mark.parametrize("period", ["2018-Q3", "2017", "2017-Q4"])
def test_where_no_report_is_accepted_no_day_of_the_figures_is_named(
    ws: Workspace, period: str
) -> None:
    told = report(ws, period)
    first = told.body[0]
    assert isinstance(first, Paragraph)
    assert "báo cáo kết quả¹ như sau:" in sentence_text(first.sentence)
    assert told.coverage.startswith("Chưa ")


def test_with_few_reports_it_speaks_up_to_the_last_period_that_has_one(tmp_path: Path) -> None:
    now = Now()
    now.on("2018-08-05")
    with found(tmp_path / "ws", now) as ws:
        accepted(ws, "xa-a", "2018-Q1", A1="4")
        told = report(ws, "2018")
    first = told.body[0]
    assert isinstance(first, Paragraph)
    assert "(số liệu đến ngày 31/3/2018)¹" in sentence_text(first.sentence)


def test_a_unit_below_the_top_is_named_in_the_title(ws: Workspace) -> None:
    assert report(ws, "2018-Q1", "xa-a").title.endswith(" tại xã A")


SECOND = """
[pack]
id = "k"
since = 2017-01-01
basis = "b"
[[directive]]
type = "Kế hoạch"
number = "2-KH/HU"
issuer = "HU"
body = "Huyện ủy"
title = "về việc ấy"
date = 2017-02-01
[[link]]
source = "2-KH/HU"
kind = "implements"
target = "1-NQ/HU"
"""


def test_of_two_documents_the_second_is_joined_with_a_word(tmp_path: Path) -> None:
    """ "X; Y, Z báo cáo" has two kinds of stops, and no reader sees where the documents end."""
    now = Now()
    now.on("2018-08-05")
    with found(tmp_path / "ws", now, plugin("nq_second", SECOND)) as ws:
        first = report(ws, "2018").body[0]
    assert isinstance(first, Paragraph)
    assert sentence_text(first.sentence).startswith(
        "Thực hiện Nghị quyết 1-NQ/HU và Kế hoạch số 2-KH/HU, ngày 01/02/2017 của Huyện ủy về việc ấy, "
    )

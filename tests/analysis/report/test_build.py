"""The neutral report of a review: what it contains where there is little to report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.sentences import sentence_text
from nqcore.collection.settings import read_settings, write_settings
from nqcore.model.reports import Heading, Paragraph, Report, Table
from nqcore.text.dates import write_date
from nqcore.workspace.facade import Workspace
from tests.support.remarks import remarks_of
from tests.support.small import Now, accepted, found, full, plugin, reopen

# A directive with a form of its own: one indicator is never added up, the other over units only.
OTHER = """
[pack]
id = "o"
since = 2017-01-01
basis = "Kế hoạch số 2"
[[directive]]
type = "Nghị quyết"
number = "2-NQ/HU"
issuer = "HU"
body = "Huyện ủy"
title = "về việc khác"
date = 2017-01-05
[[indicator]]
label = "X"
name = "Mức"
measure = "bậc"
units = "none"
time = "last"
[[indicator]]
label = "Y"
name = "Số"
measure = "người"
[[form]]
id = "o.q"
title = "Báo cáo khác"
directive = "2-NQ/HU"
every = "quarter"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["commune"] }
[[form.section]]
key = "A"
title = "Số liệu"
figures = ["X", "Y"]
[[rule]]
id = "r"
kind = "result"
directive = "2-NQ/HU"
title = "t"
type = "total"
indicators = ["gone.Z"]
[rule.sentences]
some = "x"
"""


QUARTERS = ("Quý I năm 2018", "Quý I năm 2017")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    with found(tmp_path_factory.mktemp("build") / "ws", None, plugin("nq_other", OTHER)) as ws:
        return report_of(ws, "2-NQ/HU")


def report_of(ws: Workspace, directive: str, period: str = "2018-Q1", unit: str = "top") -> Report:
    review = ws.reviews.review(directive=directive, period=period, unit=unit)
    return build_report(review, ws.today, "1/ab")


def texts(report: Report) -> list[str]:
    return [sentence_text(block.sentence) for block in report.body if isinstance(block, Paragraph)]


def test_an_indicator_that_must_not_be_added_up_has_words_in_its_cell(report: Report) -> None:
    (table,) = (block for block in report.appendix if isinstance(block, Table))
    assert table.columns == ("Mã số", "Chỉ tiêu", "Đơn vị tính", *QUARTERS)
    by_label = {row[0]: row[3] for row in table.rows}
    assert by_label["X"] == "không cộng"
    assert "Y" not in by_label, "nothing was reported of it"
    assert "Chỉ tiêu có mã số Y: chưa có báo cáo." in table.notes


def test_a_part_without_findings_is_left_out_and_the_office_is_informed(report: Report) -> None:
    found = texts(report)
    assert not [block for block in report.body if isinstance(block, Heading)]
    assert not [text for text in found if "kết quả nổi rõ" in text or "Tuy nhiên" in text]
    assert [text for text in remarks_of(report) if "không có kết quả và không có tồn tại" in text]


def test_a_rule_about_an_indicator_that_is_gone_is_a_remark_and_not_printed(report: Report) -> None:
    (line,) = (text for text in remarks_of(report) if text.startswith("Chưa đánh giá được"))
    assert "r (nq_other" in line
    assert not [text for text in texts(report) if "nq_other" in text]


def test_the_coverage_tells_what_is_past_due_from_what_waits_and_what_is_not_due(
    tmp_path: Path,
) -> None:
    now = Now()
    with found(tmp_path / "ws", now) as ws:
        accepted(ws, "xa-a", "2018-Q1", A1="3")
        draft = ws.save_draft("xa-b", "s.q", "2018-Q1", full("xa-b"), by="binh")
        ws.send(draft, by="binh")
        ws.submissions.extend_deadline(
            "dn-3", "s.q", "2018-Q1", date(2018, 4, 20), "bão", by="duyet"
        )
        head = (
            "Số liệu đến ngày 31/3/2018, tổng hợp từ 1 trong 5 báo cáo phải gửi của các đơn vị đã được duyệt "
            "đến ngày {}; "
        )
        waiting = "1 báo cáo đã gửi, đang chờ duyệt; "

        def coverage(day: str) -> str:
            now.on(day)
            return report_of(ws, "1-NQ/HU").coverage

        for day, rest in (
            ("2018-04-10", "3 báo cáo chưa đến hạn gửi."),
            (
                "2018-04-11",
                "1 báo cáo chưa đến hạn gửi; quá hạn chưa có báo cáo của Công ty Một, Công ty Hai.",
            ),
            (
                "2018-04-20",
                "1 báo cáo chưa đến hạn gửi; quá hạn chưa có báo cáo của Công ty Một, Công ty Hai.",
            ),
            ("2018-04-21", "quá hạn chưa có báo cáo của Công ty Một, Công ty Hai, Công ty Ba."),
        ):
            shown = write_date(date.fromisoformat(day))
            assert coverage(day) == head.format(shown) + waiting + rest, day


def test_how_many_reports_there_are_is_said_of_one_unit_and_one_report_as_of_many(
    tmp_path: Path,
) -> None:
    now = Now()
    with found(tmp_path / "ws", now) as ws:

        def share(unit: str, period: str) -> str:
            coverage = report_of(ws, "1-NQ/HU", period, unit).coverage
            return coverage.split(" đến ngày 05/4/2018")[0].split("; ")[0]

        due, until = "phải gửi của", "Số liệu đến ngày 31/3/2018, tổng hợp từ"
        assert share("xa-b", "2018-Q1") == (
            f"Chưa báo cáo nào trong 2 báo cáo {due} các đơn vị được duyệt"
        )
        assert share("dn-3", "2018-Q1") == f"Báo cáo {due} đơn vị chưa được duyệt"
        accepted(ws, "dn-3", "2018-Q1")
        assert share("dn-3", "2018-Q1") == f"{until} báo cáo {due} đơn vị đã được duyệt"
        assert share("dn-3", "2017-07-01..2018-03-31") == (
            f"{until} 1 trong 3 báo cáo {due} đơn vị đã được duyệt"
        )
        for period in ("2017-Q3", "2017-Q4"):
            accepted(ws, "dn-3", period)
        assert share("dn-3", "2017-07-01..2018-03-31") == (
            f"{until} toàn bộ 3 báo cáo {due} đơn vị đã được duyệt"
        )


def test_a_review_of_a_unit_that_did_not_exist_at_its_end_has_no_units(
    tmp_path: Path, now: Now
) -> None:
    now.on("2018-08-01")
    with found(tmp_path / "ws", now) as ws:
        review = ws.reviews.review(directive="1-NQ/HU", period="2018-Q1", unit="dn-1")
        assert [unit.code for unit in review.units(review.catalogue.forms["s.q"].owed_by)] == [
            "dn-1"
        ]
        ended = ws.reviews.review(directive="1-NQ/HU", period="2018-Q2", unit="dn-2")
        assert ended.units(ended.catalogue.forms["s.q"].owed_by) == ()
        assert ended.owed(ended.catalogue.forms["s.q"], ws.obligations.read("2018-Q3")) == ()


def test_where_the_settings_name_an_outline_that_is_gone_the_office_is_told(ws: Workspace) -> None:
    ws.close()
    settings = replace(read_settings(ws.folder), report_outline="cua-tinh")
    write_settings(ws.folder, settings)
    with reopen(ws.folder) as again:
        review = again.reviews.review(directive="1-NQ/HU", period="2018")
        built = again.reviews.build(review)
        assert built.outline == "ngan"
        (said,) = [one for one in remarks_of(built) if "cua-tinh" in one]
        assert "workspace.toml" in said
        assert any("cua-tinh" in one for one in remarks_of(built, "en"))

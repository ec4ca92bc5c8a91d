"""The demo district: its results and shortcomings are found in the figures, and change with them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nqcore.analysis.findings import Verdict
from nqcore.analysis.findings.span import SpanRefused
from nqcore.analysis.report.sentences import figure_text, sentence_text
from nqcore.catalogue import Catalogue
from nqcore.model.directives import LinkKind
from nqcore.model.findings import FindingKind
from nqcore.model.reports import Paragraph
from nqcore.model.submissions import SubmissionState
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.demo_reports import demo_report, demo_verdict
from tests.support.small import plugin

REVIEW = {"directive": "20-NQ/TW", "period": "2008..2018"}
DIRECTIVES = {"20-NQ/TW", "79-KL/TW", "80-KL/TW", "13-NQ/TU", "70-KH/HU"}


@pytest.fixture(scope="module")
def verdict(demo: Workspace) -> Verdict:
    return demo_verdict(demo)


def sentences(verdict: Verdict) -> dict[str, str]:
    return {finding.rule: sentence_text(finding.sentence) for finding in verdict.findings}


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        *((f"R{n}", FindingKind.RESULT) for n in range(1, 4)),
        *((f"S{n}", FindingKind.SHORTCOMING) for n in range(1, 6)),
    ],
)
def test_every_row_of_the_office_s_own_list_is_found_in_the_figures(
    verdict: Verdict, row: str, kind: FindingKind
) -> None:
    found = [f for f in verdict.findings if re.fullmatch(rf"res20\.{row}[a-z]?", f.rule)]
    assert found
    assert {f.kind for f in found} == {kind}
    for finding in found:
        assert finding.evidence.figures or finding.evidence.units


def test_every_rule_of_the_demo_can_be_asked_and_no_plugin_is_at_fault(
    demo: Workspace, verdict: Verdict
) -> None:
    assert verdict.not_evaluated == ()
    assert demo.faults == ()
    assert demo.catalogue.unresolved == ()


@pytest.mark.parametrize(
    ("row", "rule", "none"),
    [
        ({"C6.2": "1"}, "res20.S2", "chưa thành lập được tổ chức Đảng"),
        ({"C6.2": "1", "C8": "2"}, "res20.S2", "chưa thành lập được tổ chức Đảng"),
        ({"C8": "2"}, "res20.S3a", "chưa phát triển được đảng viên"),
    ],
)
def test_what_an_enterprise_had_before_it_closed_is_not_denied(
    demo_copy: Path, verdict: Verdict, row: dict[str, str], rule: str, none: str
) -> None:
    """Gạch Long Thành closed in 2015; its own accepted report of 2014 now says that it had some."""
    assert none in sentences(verdict)[rule]
    submission = "2014-Q3_res20.q_dn-gach-long-thanh"
    with open_workspace(demo_copy) as ws:
        closed = ws.units["dn-gach-long-thanh"].closed
        assert closed is not None
        assert closed <= date(2016, 1, 1)
        ws.submissions.reopen(submission, reason="Bổ sung", by="vanphong")
        obligation = ws.submissions.find(submission)
        before = ws.submissions.typed(obligation, obligation.revision)
        assert before["C6.2"] == 0
        draft = ws.save_draft(
            "dn-gach-long-thanh",
            "res20.q",
            "2014-Q3",
            {**before, **row},
            by="vanphong",
            reason="Đơn vị đã giải thể",
        )
        ws.send(draft, by="vanphong")
        assert ws.accept(draft, by="vanphong").state is SubmissionState.ACCEPTED
        after = ws.reviews.verdict(**REVIEW)
        assert after.not_evaluated == ()
        assert none not in sentences(after).get(rule, "")
        # A year in which it is closed is another matter: then there really is none.
        of_2017 = sentences(ws.reviews.verdict(**{**REVIEW, "period": "2017"})).get(rule, "chưa")
        assert "chưa" in of_2017


def test_the_five_directives_hang_together_with_their_bodies_and_known_dates(
    demo: Workspace,
) -> None:
    chief = demo.directives["20-NQ/TW"]
    family = demo.directives.family(chief.id)
    assert {d.number for d in family} == DIRECTIVES
    dates = {d.number: d.date for d in family}
    assert dates["20-NQ/TW"] == date(2008, 1, 28)
    assert dates["80-KL/TW"] == date(2010, 7, 29)
    assert dates["13-NQ/TU"] is None
    assert dates["70-KH/HU"] is None
    bodies = {d.number: d.body for d in family}
    assert bodies["79-KL/TW"] == "Bộ Chính trị"
    assert bodies["80-KL/TW"].startswith("Ban Bí thư")
    kinds = {
        (demo.directives[link.source].number, link.kind, demo.directives[link.target].number)
        for link in demo.directives.links
    }
    assert ("79-KL/TW", LinkKind.CONCLUDES, "20-NQ/TW") in kinds
    assert ("13-NQ/TU", LinkKind.IMPLEMENTS, "20-NQ/TW") in kinds
    assert ("80-KL/TW", LinkKind.GOES_WITH, "20-NQ/TW") in kinds


def annex_row(ws: Workspace, period: str, code: str) -> dict[str, str]:
    """The row of the quarterly annex by its column heads, as it is printed; {} where there is none."""
    report = ws.report(**{**REVIEW, "period": period}, format="json").report
    (table,) = [t for t in report.appendix if t.block == "table:res20.q"]
    for row in table.rows:
        if row[0] == code:
            written = [cell if isinstance(cell, str) else figure_text(cell) for cell in row]
            return dict(zip(table.columns, written, strict=True))
    return {}


@pytest.mark.parametrize(("code", "first"), [("B4", "0"), ("B4.1", "0,0")])
def test_unemployment_insurance_has_no_0_of_the_year_before_it_began(
    demo: Workspace, code: str, first: str
) -> None:
    """It began on 1 January 2009; the annex printed 0 and 0,0% of 2008."""
    row = annex_row(demo, "2008..2018", code)
    assert row["2008"] == "–"
    assert row["2009"] not in ("–", first)
    assert annex_row(demo, "2008", code) == {}
    assert annex_row(demo, "2008", "B3")
    reason = demo.figure(f"res20.{code}", "2008").reason
    assert reason is not None
    assert reason.code == "not-applicable"


def found_a_party_cell(ws: Workspace) -> None:
    """Three enterprises' worth of work in one: a Party cell, sent and accepted."""
    obligation = ws.submissions.obligation("dn-may-binh-minh", "res20.q", "2018-Q3")
    assert obligation.state is None
    before = {
        row.key: row.before_typed for row in ws.entry.sheet(obligation).rows if row.before_typed
    }
    assert before["C6.2"] == "0"
    draft = ws.save_draft(
        obligation.unit, "res20.q", "2018-Q3", {**before, "C6.2": "1"}, by="dn-may-binh-minh"
    )
    ws.send(draft, by="dn-may-binh-minh")
    assert ws.accept(draft, by="vanphong").state is SubmissionState.ACCEPTED


def test_founding_one_party_cell_changes_the_sentence_of_s2_and_of_no_other_shortcoming_on_it(
    demo_copy: Path, verdict: Verdict
) -> None:
    before = sentences(verdict)
    assert "đến nay chưa thành lập được tổ chức Đảng" in before["res20.S2"]
    # 8 of the 98 that there are on 30 June report on themselves; one has closed.
    assert "(theo báo cáo của 8 trong 98 doanh nghiệp" in before["res20.S2"]
    founded = "mới thành lập được 1 tổ chức Đảng tại 1 trong 9"
    with open_workspace(demo_copy) as ws:
        found_a_party_cell(ws)
        after = sentences(ws.reviews.verdict(**REVIEW))
        assert "chưa thành lập được" not in after["res20.S2"]
        assert founded in after["res20.S2"]
        for rule in ("res20.S3a", "res20.S4a", "res20.S1a"):
            assert after[rule] == before[rule]
        report = ws.report(**REVIEW, format="json").data.decode()
        assert founded in report
        assert ws.verify().ok


def test_while_the_new_figure_is_only_sent_the_sentence_stays(
    demo_copy: Path, verdict: Verdict
) -> None:
    with open_workspace(demo_copy) as ws:
        found_a_party_cell(ws)
        ws.reopen("2018-Q3_res20.q_dn-may-binh-minh", reason="kiểm tra", by="vanphong")
        assert sentences(ws.reviews.verdict(**REVIEW))["res20.S2"] == sentences(verdict)["res20.S2"]


# -- without the province ------------------------------------------------------------------------


def without(folder: Path, name: str) -> None:
    """Take a plugin off the workspace's list."""
    file = folder / "workspace.toml"
    text = file.read_text("utf-8")
    assert f'"{name}"' in text
    file.write_text(re.sub(rf'"{name}",? ?', "", text), "utf-8")


@pytest.fixture
def bare(demo_copy: Path) -> Path:
    without(demo_copy, "nq_model_province")
    return demo_copy


def items(known: Catalogue) -> dict[tuple[str, str], object]:
    """Everything in the catalogue by kind and id."""
    tables: dict[str, Any] = {
        "unit": known.units,
        "indicator": known.indicators,
        "form": known.forms,
        "target": known.targets,
        "task": known.tasks,
        "rule": known.rules,
        "check": known.checks,
        "directive": {d.id: d for d in known.directives},
        "overlay": {o.id: o for o in known.overlays},
    }
    return {(kind, id): item for kind, table in tables.items() for id, item in table.items()}


def test_removing_the_province_takes_away_what_it_owned_and_nothing_else(
    demo: Workspace, bare: Path
) -> None:
    owned = {key for key, owner in demo.catalogue.owners.items() if owner == "nq_model_province"}
    assert {kind for kind, _ in owned} >= {"directive", "target", "rule", "overlay"}
    with open_workspace(bare) as ws:
        assert ws.faults == ()
        everything = items(demo.catalogue)
        assert items(ws.catalogue) == {
            key: item for key, item in everything.items() if key not in owned
        }
        kept = {key: owner for key, owner in demo.catalogue.owners.items() if key not in owned}
        assert dict(ws.catalogue.owners) == kept


def test_links_into_the_removed_province_show_as_unresolved(demo: Workspace, bare: Path) -> None:
    with open_workspace(bare) as ws:
        gone = {(u.owner, u.kind, u.missing) for u in ws.catalogue.unresolved}
        assert gone >= {
            ("nq_model_district", "directive", "13-NQ/TU"),
            ("nq_model_district", "rule", "tu13.doi-thoai"),
        }
        owners = {id: owner for (_, id), owner in demo.catalogue.owners.items()}
        for _, kind, missing in gone:
            id = demo.directives[missing].id if kind == "directive" else missing
            assert owners[id] == "nq_model_province"
        assert [link.target for link in ws.directives.unresolved] == ["13-NQ/TU"]


def test_without_the_province_every_figure_stays_and_only_its_own_findings_go(
    demo: Workspace, verdict: Verdict, bare: Path
) -> None:
    with open_workspace(bare) as ws:
        for form in ("res20.q", "res20.y"):
            for period in ("2018-Q2", "2017", "2008..2018"):
                assert ws.rollup(form=form, period=period) == demo.rollup(form=form, period=period)
        now = ws.reviews.verdict(**REVIEW)
        assert now.not_evaluated == ()
        # These rest on targets that the province set.
        gone = {"tu13.doi-thoai", "res20.R1e", "nq.target:tu13.bhyt-2018"}
        assert {f.rule for f in verdict.findings} - {f.rule for f in now.findings} == gone
        assert now.findings == tuple(f for f in verdict.findings if f.rule not in gone)


def test_without_the_province_the_district_keeps_its_plan_its_tasks_and_its_own_deadlines(
    demo: Workspace, bare: Path
) -> None:
    assert demo.submissions.obligation("xa-an-phu", "res20.y", "2017").due == date(2018, 1, 10)
    assert demo.submissions.obligation("xa-an-phu", "res20.y", "2012").due == date(2013, 1, 15)
    with open_workspace(bare) as ws:
        assert ws.submissions.obligation("xa-an-phu", "res20.y", "2017").due == date(2018, 1, 15)
        family = {d.number for d in ws.directives.family(ws.directives["20-NQ/TW"].id)}
        assert family == DIRECTIVES - {"13-NQ/TU"}
        own = [
            t
            for t in demo.reviews.review(**REVIEW).tasks()
            if demo.catalogue.owner("task", t.id) != "nq_model_province"
        ]
        assert list(ws.reviews.review(**REVIEW).tasks()) == own
        assert {t.id for t in own} >= {f"hu.G{n}" for n in range(1, 7)}


# -- a plugin that raises ------------------------------------------------------------------------


def boom(*_: object) -> object:
    raise RuntimeError("no luck")


@pytest.mark.parametrize(
    ("hooks", "where"),
    [
        ({"definitions": boom}, "definitions"),
        ({"rules": boom}, "rules"),
        ({"checks": boom}, "checks"),
        ({"report_formats": boom}, "report_formats"),
    ],
    ids=["definitions", "rules", "checks", "report_formats"],
)
def test_a_plugin_that_raises_is_named_and_the_demo_goes_on(
    demo_copy: Path, verdict: Verdict, hooks: dict[str, Callable[[], object]], where: str
) -> None:
    bad = plugin("nq_bad", **{name: lambda: boom() for name in hooks})
    with open_workspace(demo_copy, modules=[("nq_bad", bad)]) as ws:
        assert [(f.plugin, f.where, f.detail) for f in ws.faults] == [
            ("nq_bad", where, "RuntimeError: no luck")
        ]
        assert ws.reviews.verdict(**REVIEW) == verdict
        found_a_party_cell(ws)


def test_a_rule_and_a_check_that_raise_are_named_and_the_demo_goes_on(
    demo_copy: Path, verdict: Verdict
) -> None:
    rule = SimpleNamespace(
        id="bad.rule", kind=FindingKind.RESULT, directive="20-NQ/TW", findings=boom
    )
    check = SimpleNamespace(id="bad.check", form="res20.q", problems=boom)
    bad = plugin("nq_bad", rules=lambda: [rule], checks=lambda: [check])
    with open_workspace(demo_copy, modules=[("nq_bad", bad)]) as ws:
        assert ws.faults == ()
        now = ws.reviews.verdict(**REVIEW)
        assert now.findings == verdict.findings
        assert [(f.plugin, f.where) for f in now.not_evaluated] == [("nq_bad", "rule bad.rule")]
        found_a_party_cell(ws)
        sheet = ws.entry.sheet("2018-Q3_res20.q_dn-may-binh-minh")
        assert [(f.plugin, f.where) for f in sheet.faults] == [("nq_bad", "check bad.check")]
        report = json.loads(ws.report(**REVIEW, format="json").data)
        text = json.dumps(report, ensure_ascii=False)
        assert "Chưa đánh giá được, cần kiểm tra lại: rule bad.rule (nq_bad)" in text


def test_the_districts_own_check_finds_people_without_a_conference(demo: Workspace) -> None:
    obligation = demo.submissions.obligation("dn-may-binh-minh", "res20.q", "2018-Q3")
    typed = {
        row.key: row.before_typed for row in demo.entry.sheet(obligation).rows if row.before_typed
    }
    wrong = demo.entry.sheet(obligation, {**typed, "A1": "0", "A3": "5"})
    assert ("A3", "people-without-conference") in [(p.field, p.code) for p in wrong.blocking]
    assert demo.catalogue.owner("check", "hu.quan-triet") == "nq_model_district"


# -- whoever reports -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "body", "superior", "tasks"),
    [
        ("huyen", "HUYỆN ỦY TÂN HÒA", "ĐẢNG BỘ TỈNH …", 9),
        ("xa-an-phu", "ĐẢNG ỦY XÃ AN PHÚ", "ĐẢNG BỘ HUYỆN TÂN HÒA", 0),
        ("ban-tuyen-giao", "BAN TUYÊN GIÁO HUYỆN ỦY", "HUYỆN ỦY TÂN HÒA", 2),
        ("dn-may-binh-minh", "CÔNG TY TNHH MAY BÌNH MINH", "", 0),
        ("dn-gach-long-thanh", "CÔNG TY CP GẠCH NGÓI LONG THÀNH", "", 0),
    ],
)
@pytest.mark.parametrize("period", ["2008..2018", "2018", "2018-Q3"])
def test_the_review_of_each_unit_has_its_own_head_and_tasks_and_no_sentence_with_a_hole(
    demo: Workspace, unit: str, body: str, superior: str, tasks: int, period: str
) -> None:
    closed = demo.units[unit].closed
    if closed is not None and period != "2008..2018":
        with pytest.raises(SpanRefused):
            demo.reviews.review(directive="20-NQ/TW", period=period, unit=unit)
        return
    review = demo.reviews.review(directive="20-NQ/TW", period=period, unit=unit)
    report = demo.reviews.build(review)
    assert (report.letterhead.body, report.letterhead.superior) == (body, superior)
    assert len(review.tasks()) == tasks
    name = demo.units[unit].name
    assert report.title.casefold().endswith(name.casefold()) == (unit != "huyen")
    for block in report.body:
        if isinstance(block, Paragraph):
            text = sentence_text(block.sentence)
            assert not re.search(r"(?<!\w)–(%| [a-zđ])|không áp dụng|0 trong 0 ", text), text
            assert "mục tiêu là 2.500" not in text or unit == "huyen"


def test_a_year_does_not_print_the_figures_of_another_and_accuses_no_one_unheard(
    demo: Workspace,
) -> None:
    year = demo.reviews.verdict(directive="20-NQ/TW", period="2017")
    figures = {f.period for one in year.findings for f in one.evidence.figures}
    assert all(period.startswith("2017") for period in figures)
    now = demo.reviews.verdict(directive="20-NQ/TW", period="2018")
    whole = demo_verdict(demo)
    said = {f.rule: sentence_text(f.sentence) for f in now.findings}
    assert said["res20.S1c"] == sentences(whole)["res20.S1c"]
    assert said["res20.S1c"].startswith("đến hết năm 2017 còn 3")
    with pytest.raises(SpanRefused):
        demo.reviews.verdict(directive="20-NQ/TW", period="2007")
    with pytest.raises(SpanRefused):
        demo.reviews.verdict(directive="20-NQ/TW", period="2019")


def test_reports_that_are_not_due_or_wait_for_the_office_are_not_said_to_be_missing(
    demo: Workspace,
) -> None:
    coverage = demo_report(demo).coverage
    # Those of the third quarter are in no figure: the review speaks up to 30 June.
    assert "từ 1.495 trong 1.503 báo cáo" in coverage
    assert "đang chờ duyệt" not in coverage
    quarter = demo_report(demo, "2018-Q3")
    assert (
        "4 báo cáo đã gửi, đang chờ duyệt; 2 báo cáo đã trả lại đơn vị để sửa; "
        "16 báo cáo chưa đến hạn gửi" in quarter.coverage
    )
    late = coverage.partition("quá hạn chưa có báo cáo của ")[2].rstrip(".").split(", ")
    assert len(late) == 3

"""Có/không and ngày from the definition file to the report: saved, checked, printed, counted, exported,
read again, filled in with Excel, and refused by a program that does not know them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import docx
import openpyxl
import pytest

from nqcore.catalogue import parse_definitions
from nqcore.catalogue.contracts import CheckInput
from nqcore.collection.submissions.workflow import RefusedSubmission
from nqcore.errors import DefinitionError, StoreError, WrongArgument
from nqcore.model.fields import ChoicesField, Option
from nqcore.model.findings import UnitCount
from nqcore.model.problems import Problem, Severity
from nqcore.store import record
from nqcore.text.messages import translator
from nqcore.workspace.bulk_import import apply_import, export_rows, plan_import
from nqcore.workspace.facade import Workspace
from tests.support.questions import QUESTIONS, REPORT, answer, asking, office
from tests.support.small import Now, plugin, reopen

VI = translator("vi")
GIVEN = {"QC": "yes", "HN": "1/3/2018", "DH": "20/12/2018"}


@pytest.fixture
def ws(tmp_path: Path, keys: Path) -> Iterator[Workspace]:
    with office(tmp_path / "ws") as opened:
        yield opened


def stored(ws: Workspace, report: str = REPORT) -> dict[str, object]:
    revision = ws.submissions.repository.revision(report)
    assert revision is not None
    return dict(revision.answers)


def test_what_was_typed_is_stored_with_its_class_and_read_after_opening_again(
    ws: Workspace, tmp_path: Path
) -> None:
    answer(ws, "xa-a", **GIVEN)
    wanted = {"QC": True, "HN": date(2018, 3, 1), "DH": date(2018, 12, 20)}
    assert stored(ws) == wanted
    doc = next(d for d in ws.store.table("revisions").all() if d["submission"] == REPORT)
    assert doc["answers"] == {
        "yes_no": {"QC": True},
        "days": {"HN": "2018-03-01", "DH": "2018-12-20"},
    }
    ws.close()
    for snapshot in (True, False):
        if not snapshot:
            (tmp_path / "ws" / "journal" / "snapshot").unlink(missing_ok=True)
        with reopen(tmp_path / "ws", Now(), asking()) as again:
            assert stored(again) == wanted
            assert again.store.verify().ok


@pytest.mark.parametrize("snapshot", [True, False])
def test_a_program_that_does_not_know_them_refuses_the_journal(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snapshot: bool
) -> None:
    answer(ws, "xa-a", **GIVEN)
    ws.close()
    if snapshot:
        reopen(tmp_path / "ws", Now(), asking()).close()
    else:
        (tmp_path / "ws" / "journal" / "snapshot").unlink(missing_ok=True)
    for module in ("record", "snapshot"):
        monkeypatch.setattr(f"nqcore.store.{module}.NEWEST_VERSION", 1)
    with pytest.raises(StoreError, match="written by a newer nqcore"):
        reopen(tmp_path / "ws", Now(), asking())


def test_a_form_without_them_is_written_as_before(ws: Workspace, tmp_path: Path) -> None:
    from tests.support.small import accepted

    accepted(ws, "xa-b")
    lines = (
        next((tmp_path / "ws" / "journal").glob("*.nqj"), None) or _segment(tmp_path)
    ).read_bytes()
    assert b'{"v":2,' not in lines
    answer(ws, "xa-a", **GIVEN)
    assert b'{"v":2,' in _segment(tmp_path).read_bytes()
    assert record.NEWEST_VERSION == 2


def _segment(tmp_path: Path) -> Path:
    files = [p for p in (tmp_path / "ws" / "journal").iterdir() if p.read_bytes()[:4] == b"NQ1 "]
    return max(files)


def test_an_open_question_keeps_the_report_from_being_sent(ws: Workspace) -> None:
    draft = ws.save_draft("xa-a", "s.hoi", "2018-Q1", {"HN": "6/4/2018"}, by="lan")
    with pytest.raises(RefusedSubmission):
        ws.send(draft, by="lan")
    sheet = ws.entry.sheet(REPORT)
    assert {p.field: p.code for p in sheet.blocking} == {"QC": "blank", "HN": "future-date"}
    assert next(row for row in sheet.rows if row.key == "HN").typed == {"HN": "6/4/2018"}


def test_a_check_of_a_plugin_reads_them(tmp_path: Path, keys: Path) -> None:
    def problems(entry: CheckInput) -> Iterable[Problem]:
        if entry.answers.get("QC") is False and isinstance(entry.answers.get("HN"), date):
            yield Problem(
                field="QC", code="no-rules", severity=Severity.WARNING, template="Giải trình."
            )

    check = SimpleNamespace(id="hoi.check", form="s.hoi", problems=problems)
    with office(tmp_path / "ws", asking(checks=lambda: [check])) as ws:
        ws.save_draft("xa-a", "s.hoi", "2018-Q1", {**GIVEN, "QC": "no"}, by="lan")
        found = ws.entry.sheet(REPORT).problems
        assert [(p.field, p.code) for p in found] == [("QC", "no-rules")]


def test_the_copy_to_sign_says_them_in_words(ws: Workspace) -> None:
    answer(ws, "xa-a", QC="no", HN="1/3/2018")
    data = ws.entry.signing_copy(ws.entry.sheet(REPORT), VI, directive="1-NQ/HU", above="Huyện")
    lines = [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]
    at = lines.index("Đã ban hành quy chế dân chủ ở cơ sở")
    assert lines[at : at + 6] == [
        "Đã ban hành quy chế dân chủ ở cơ sở",
        "Không",
        "Ngày tổ chức hội nghị người lao động",
        "01/3/2018",
        "Ngày dự kiến đại hội",
        "Chưa có",
    ]


def test_the_review_counts_yes_with_its_coverage_and_lists_the_days(ws: Workspace) -> None:
    answer(ws, "xa-a", **GIVEN)
    asked = {"directive": "1-NQ/HU", "period": "2018-Q1"}
    found = {f.rule: f for f in ws.findings(**asked)}
    assert found == {}, "of half of the units nothing is known"
    answer(ws, "xa-b", QC="no", HN="15/2/2018")
    found = {f.rule: f for f in ws.findings(**asked)}
    said = {rule: _sentence(f) for rule, f in found.items()}
    assert said == {
        "s.quy-che": "1 trong 2 đơn vị có quy chế (Xã A); 0 trong 2 chưa báo cáo ()",
        "s.hoi-nghi": "2 trong 2 đơn vị đã tổ chức: Xã B (15/02/2018), Xã A (01/3/2018); "
        "0 trong 2 chưa báo cáo",
    }
    (count,) = [p for p in found["s.quy-che"].sentence if getattr(p, "share", False)][:1]
    explained = ws.reviews.explain_count(count.id)
    (read,) = explained.units[0].reads
    assert (read.text, read.lines(VI)) == ("yes", ("Có",))
    data = ws.report(format="json", **asked).data.decode()
    assert "1 trong 2 đơn vị có quy chế (Xã A)" in json.dumps(json.loads(data), ensure_ascii=False)


def _sentence(finding: object) -> str:
    from nqcore.analysis.report.sentences import sentence_text

    return sentence_text(finding.sentence)  # type: ignore[attr-defined]


def test_what_is_exported_is_imported_again_into_the_same_report(
    ws: Workspace, tmp_path: Path
) -> None:
    answer(ws, "xa-a", **GIVEN)
    rows = [row for row in export_rows(ws) if row[0] == "xa-a"]
    assert [row[2:] for row in rows] == [
        ("s.hoi:QC", "yes"),
        ("s.hoi:HN", "01/3/2018"),
        ("s.hoi:DH", "20/12/2018"),
    ]
    text = "".join(f"xa-b,{period},{name},{value}\n" for _, period, name, value in rows)
    file = tmp_path / "x.csv"
    file.write_text(f"unit,period,indicator,value\n{text}", "utf-8")
    plan = plan_import(ws, file)
    assert [(c.field, c.old, c.new) for c in plan.changes] == [
        ("QC", "", "yes"),
        ("HN", "", "01/3/2018"),
        ("DH", "", "20/12/2018"),
    ]
    apply_import(ws, plan, by=ws.accounts["binh"])
    assert stored(ws, "2018-Q1_s.hoi_xa-b") == stored(ws)
    assert plan_import(ws, file).same == 3


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({"QC": "Có", "HN": "1/3/2018"}, (True, date(2018, 3, 1))),
        ({"QC": "Không", "HN": date(2018, 3, 1)}, (False, date(2018, 3, 1))),
        ({"QC": "khong", "HN": "01/03/2018"}, (False, date(2018, 3, 1))),
        ({"QC": True, "HN": "1/3/2018"}, (True, date(2018, 3, 1))),
        ({"QC": False, "HN": "1/3/2018"}, (False, date(2018, 3, 1))),
        ({"QC": "CÓ", "HN": "1/3/2018"}, (True, date(2018, 3, 1))),
        ({"QC": "yes", "HN": "ngày 01 tháng 3 năm 2018"}, (True, date(2018, 3, 1))),
    ],
)
def test_the_excel_template_offers_them_and_is_read(
    ws: Workspace, tmp_path: Path, cells: dict[str, object], wanted: tuple[object, object]
) -> None:
    sheet = ws.entry.sheet(REPORT)
    book = openpyxl.load_workbook(
        io.BytesIO(ws.entry.workbook(sheet, VI, directive="1-NQ/HU")), data_only=False
    )
    page = book.worksheets[0]
    at = {page.cell(n, 7).value: n for n in range(1, 40)}
    assert page.cell(at["QC"], 2).value == "Đã ban hành quy chế dân chủ ở cơ sở"
    offered = [
        v.formula1 for v in page.data_validations.dataValidation if f"E{at['QC']}" in v.sqref
    ]
    assert offered == ['"Có,Không"']
    for code, value in cells.items():
        page.cell(at[code], 5).value = value  # type: ignore[assignment]
    out = tmp_path / "x.xlsx"
    book.save(out)
    plan = plan_import(ws, out)
    apply_import(ws, plan, by=ws.accounts["lan"])
    assert (stored(ws)["QC"], stored(ws)["HN"]) == wanted


def test_the_history_of_a_report_says_what_changed_in_words(ws: Workspace) -> None:
    ws.save_draft("xa-a", "s.hoi", "2018-Q1", {"QC": "yes"}, by="lan")
    ws.save_draft("xa-a", "s.hoi", "2018-Q1", {"QC": "no", "HN": "1/3/2018"}, by="hoa")
    changed = ws.entry.history(REPORT, VI)[0].changed
    assert [(c.key, c.before, c.after) for c in changed] == [
        ("QC", "Có", "Không"),
        ("HN", "", "01/3/2018"),
    ]


def test_an_import_of_one_box_of_a_document_keeps_its_other_box(
    ws: Workspace, tmp_path: Path
) -> None:
    given = {"VB1.number": "5-KH/ĐU", "VB1.date": "1/3/2018"}
    ws.save_draft("xa-b", "s.q", "2018-Q1", given, by="binh")
    file = tmp_path / "x.csv"
    file.write_text("unit,period,indicator,value\nxa-b,2018-Q1,s.q:VB1.number,6-KH/ĐU\n", "utf-8")
    apply_import(ws, plan_import(ws, file), by=ws.accounts["binh"])
    assert stored(ws, "2018-Q1_s.q_xa-b")["VB1"] == ("6-KH/ĐU", date(2018, 3, 1))


CHANGED = QUESTIONS.replace(
    '[[form.section.day]]\nkey = "HN"', '[[form.section.yes_no]]\nkey = "HN"'
).replace('[[form.section.yes_no]]\nkey = "QC"', '[[form.section.narrative]]\nkey = "QC"')
"""The same form, in which the question is a narrative now, and one of the days a question."""


def test_a_report_survives_that_its_fields_get_another_type(ws: Workspace, tmp_path: Path) -> None:
    answer(ws, "xa-a", **GIVEN)
    ws.save_draft("xa-b", "s.hoi", "2018-Q1", dict(GIVEN), by="binh")
    ws.close()
    with reopen(tmp_path / "ws", Now(), plugin("nq_hoi", CHANGED)) as later:
        report = "2018-Q1_s.hoi_xa-b"
        rows = {row.key: row for row in later.entry.sheet(report).rows}
        assert rows["QC"].lines(VI) == ("yes",)
        assert rows["HN"].typed == {"HN": "2018-03-01"}
        assert [p.code for p in rows["HN"].problems] == ["unknown-choice"]
        changed = {c.key: c.after for c in later.entry.history(report, VI)[0].changed}
        assert changed == {"QC": "yes", "HN": "2018-03-01", "DH": "20/12/2018"}
        assert {row[2] for row in export_rows(later) if row[0] == "xa-a"} == {"s.hoi:DH"}
        found = later.reviews.verdict(directive="1-NQ/HU", period="2018-Q1")
        # The rule about the question cannot be asked any more, and says so.
        assert [f.where for f in found.not_evaluated] == ["rule s.quy-che", "rule s.hoi-nghi"]
        for finding in found.findings:
            for piece in finding.sentence:
                if isinstance(piece, UnitCount):
                    later.reviews.explain_count(piece.id)
        signed = later.entry.signing_copy(later.entry.sheet(REPORT), VI, directive="", above="")
        assert "2018-03-01" in [p.text for p in docx.Document(io.BytesIO(signed)).paragraphs]
        # Nothing is lost by saving what is shown.
        sheet = later.entry.sheet(report)
        given = {name: value for row in sheet.rows for name, value in row.given.items()}
        later.save_draft("xa-b", "s.hoi", "2018-Q1", given, by="binh")
        kept = later.submissions.repository.revision(report)
        assert kept is not None
        assert kept.answers["QC"] == "yes"
        assert kept.unread == {"HN": "2018-03-01"}


def test_an_option_that_the_form_has_lost_is_printed_by_its_code(ws: Workspace) -> None:
    field = ChoicesField(key="K", label="K", options=(Option(code="a", text="Một"),))
    assert field.lines(("a", "b"), str) == ("Một", "b")


TWO_FORMS = (
    QUESTIONS
    + """
[[form]]
id = "s.hai"
title = "Câu hỏi hai"
directive = "1-NQ/HU"
every = "quarter"
due = { day = 10, months_after = 1 }
owed_by = { units = ["xa-b"] }
[[form.section]]
key = "C"
title = "Câu hỏi"
[[form.section.yes_no]]
key = "QC"
label = "Quy chế"
"""
)


def test_a_question_that_two_forms_ask_is_counted_over_both(tmp_path: Path, keys: Path) -> None:
    with office(tmp_path / "ws", plugin("nq_hoi", TWO_FORMS)) as ws:
        answer(ws, "xa-a", **GIVEN)
        draft = ws.save_draft("xa-b", "s.hai", "2018-Q1", {"QC": "yes"}, by="binh")
        ws.accept(ws.send(draft, by="binh"), by="duyet")
        found = {f.rule: f for f in ws.findings(directive="1-NQ/HU", period="2018-Q1")}
        assert _sentence(found["s.quy-che"]).startswith("2 trong 2 đơn vị có quy chế (Xã A, Xã B)")


def test_a_day_that_is_still_open_is_not_a_report_that_is_missing(
    tmp_path: Path, keys: Path
) -> None:
    rule = QUESTIONS.replace('field = "HN"', 'field = "DH"').replace(
        "{given} đơn vị đã tổ chức: {list}; {missing} chưa báo cáo",
        "{given}: {list}; {open} chưa có ({open_names}); {missing}",
    )
    with office(tmp_path / "ws", plugin("nq_hoi", rule)) as ws:
        answer(ws, "xa-a", **GIVEN)
        answer(ws, "xa-b", QC="no", HN="1/3/2018")
        found = {f.rule: f for f in ws.findings(directive="1-NQ/HU", period="2018-Q1")}
        assert _sentence(found["s.hoi-nghi"]) == (
            "1 trong 2: Xã A (20/12/2018); 1 trong 2 chưa có (Xã B); 0 trong 2"
        )


def test_a_remark_shows_what_became_of_the_answer_in_words(ws: Workspace) -> None:
    draft = ws.save_draft("xa-a", "s.hoi", "2018-Q1", dict(GIVEN), by="lan")
    ws.send(draft, by="lan")
    ws.return_(REPORT, remarks={"QC": "Xem lại"}, by="duyet")
    ws.save_draft("xa-a", "s.hoi", "2018-Q1", {**GIVEN, "QC": "no"}, by="lan")
    asked = ws.entry.correction(ws.entry.sheet(REPORT), VI)
    assert asked is not None
    assert [(r.before, r.now, r.changed) for r in asked.rows] == [("Có", "Không", True)]


def test_a_vietnamese_template_is_read_by_a_user_who_works_in_english(ws: Workspace) -> None:
    sheet = ws.entry.sheet(REPORT)
    data = ws.entry.workbook(sheet, VI, directive="", typed={"QC": "yes", "HN": "1/3/2018"})
    filled = ws.entry.check_workbook(ws.entry.read_workbook("x.xlsx", data), sheet)
    upload = ws.entry.upload(filled, sheet, str)
    assert upload.texts == {"QC": "yes", "HN": "1/3/2018"}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('key = "QC"', 'key = "viec"', "which the page itself uses"),
        ('key = "QC"', 'key = "csrf_token"', "use letters A to z"),
        ('key = "QC"', 'key = "Q C"', "use letters A to z"),
        ('key = "QC"', 'key = "HN"', "has the field “HN” twice"),
        ("required = false", 'required = "no"', "give true or false"),
        ('label = "Ngày dự kiến đại hội"\n', "", "label: is missing"),
        ('codes = ["yes"]', "codes = true", "is true"),
        ('codes = ["yes"]', 'codes = ["yes"]\nindicators = ["A1"]', "is not used by “answers”"),
        (
            '[[form.section.yes_no]]\nkey = "QC"',
            '[[form.section.document]]\nkey = "V"\nlabel = "V"\ndirective = "1-NQ/HU"\n'
            '[[form.section.yes_no]]\nkey = "V.date"',
            "has the field “V.date” twice",
        ),
        (
            '[[form.section.yes_no]]\nkey = "QC"',
            '[[form.section.choices]]\nkey = "K"\nlabel = "K"\n'
            'option = [{ code = "a b", text = "x" }]\n[[form.section.yes_no]]\nkey = "QC"',
            "write it without spaces",
        ),
    ],
)
def test_a_mistake_in_the_definition_is_named(old: str, new: str, says: str) -> None:
    assert old in QUESTIONS
    with pytest.raises(DefinitionError) as wrong:
        parse_definitions("f.toml", QUESTIONS.replace(old, new, 1))
    assert says in str(wrong.value)


@pytest.mark.parametrize("given", [Decimal(1), 1.5, ["yes"], date(2018, 1, 1)])
def test_a_value_of_a_wrong_class_is_refused_and_not_taken_for_an_empty_box(
    ws: Workspace, given: object
) -> None:
    with pytest.raises(WrongArgument, match="True, False"):
        ws.save_draft("xa-a", "s.hoi", "2018-Q1", {"QC": given}, by="lan")
    with pytest.raises(WrongArgument, match="OwnDocument"):
        ws.save_draft("xa-a", "s.q", "2018-Q1", {"VB1": ("1", None)}, by="lan")


@pytest.mark.parametrize("typed", ["5/9/0206", "1/1/1800", date(1, 1, 1), date(9999, 12, 31)])
def test_a_year_that_cannot_be_right_is_not_stored(ws: Workspace, typed: object) -> None:
    ws.save_draft("xa-a", "s.hoi", "2018-Q1", {"DH": typed}, by="lan")
    assert "DH" not in stored(ws)
    sheet = ws.entry.sheet(REPORT)
    assert [p.code for p in sheet.problems if p.field == "DH" and p.blocks]

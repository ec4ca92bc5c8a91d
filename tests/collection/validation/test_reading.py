"""Checking what was typed: in the form's reader and in `nq import` alike, each problem with its cure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.collection.submissions.repository import NotOwed
from nqcore.collection.submissions.workflow import NotBegun, RefusedSubmission
from nqcore.collection.validation import UnknownFields, read_answers
from nqcore.model.fields import OwnDocument, TaskProgress
from nqcore.model.problems import Severity
from nqcore.model.submissions import SubmissionState
from nqcore.model.targets import TaskStatus
from nqcore.text.messages import translations
from nqcore.workspace.bulk_import import ImportRefused, plan_import
from nqcore.workspace.facade import Workspace
from tests.support.small import DISTRICT, PERIOD, Now, catalogue, full

# what is typed into which row · code of the problem · how the message tells to repair it
BAD_FIGURES = {
    "words": ("A1", "mười", "figure-unreadable", "Write it again like"),
    "digits with letters": ("A1", "12abc", "figure-words", "“12abc” has other words"),
    "negative": ("A1", "-5", "negative", "0 or more"),
    "negative in brackets": ("A1", "(5)", "negative", "0 or more"),
    "a part larger than its whole": ("B2", "101", "part-over-whole", "Check B2 and B1"),
    "16 digits": ("A1", "1234567890123456", "figure-digits", "at most 15 fit"),
    "16 digits with decimals": ("B3", "123456789012345,6", "figure-digits", "at most 15 fit"),
    "NaN": ("A1", "NaN", "figure-unreadable", "Write it again like"),
    "Infinity": ("A1", "Infinity", "figure-unreadable", "Write it again like"),
    "the sign of infinity": ("A1", "∞", "figure-unreadable", "Write it again like"),
    "Arabic digits": ("A1", "٣٤", "figure-foreign-digits", "keys 0 to 9: 34"),
    "full-width digits": ("A1", "１２", "figure-foreign-digits", "keys 0 to 9: 12"),
    "a fraction sign": ("A1", "½", "figure-not-a-digit", "number keys"),
    "decimals in a count": ("A1", "1,5", "figure-not-whole", "whole number"),
    "too many decimals": ("B3", "1,55", "figure-decimals", "Round “1,55”"),
    "two readings": ("B3", "1.026", "figure-ambiguous", "Write “1.026” again as 1026"),
    "an exponent": ("A1", "1e5", "figure-exponent", "Write out all its digits"),
    "two numbers": ("A1", "12 34", "figure-unreadable", "Write it again like"),
    "a formula": ("A1", "=1+1", "figure-unreadable", "Write it again like"),
    "a hidden character": ("A1", "\u200b5", "figure-hidden-character", "type again"),
    "a whole page": ("A1", "1" * 65, "figure-length", "Type that number only"),
}
UNIT, CLERK = "dn-3", "ba"
KNOWN = catalogue(DISTRICT)


@pytest.mark.parametrize(("row", "typed", "code", "cure"), BAD_FIGURES.values(), ids=BAD_FIGURES)
def test_a_bad_figure_in_the_form_is_kept_as_typed_told_how_to_repair_and_never_sent(
    ws: Workspace, row: str, typed: str, code: str, cure: str
) -> None:
    draft = ws.save_draft(UNIT, "s.q", PERIOD, full(UNIT, **{row: typed}), by=CLERK)
    version = ws.store.version
    with pytest.raises(RefusedSubmission) as refused:
        ws.send(draft, by=CLERK)
    assert [(p.field, p.code) for p in refused.value.problems if p.blocks] == [(row, code)]
    assert cure in refused.value.problems[0].message()
    assert ws.store.version == version
    assert ws.submissions.obligation(UNIT, "s.q", PERIOD).state is SubmissionState.DRAFT
    shown = next(line for line in ws.entry.sheet(draft).rows if line.key == row)
    assert [p.code for p in shown.problems_of("error")] == [code]
    readable = {"-5": Decimal(-5), "(5)": Decimal(-5), "101": Decimal(101)}
    if typed in readable:
        assert draft.answers[row] == readable[typed]
    else:
        assert (shown.typed[row], draft.unread) == (typed, {row: typed})


@pytest.mark.parametrize(("row", "typed", "code", "cure"), BAD_FIGURES.values(), ids=BAD_FIGURES)
def test_the_same_bad_figure_in_an_import_is_named_with_its_row_and_nothing_is_written(
    ws: Workspace, tmp_path: Path, row: str, typed: str, code: str, cure: str
) -> None:
    file = tmp_path / "values.csv"
    lines = ["unit,period,indicator,value", f"{UNIT},{PERIOD},s.B1,100", f"xa-a,{PERIOD},s.A1,3"]
    lines.append(f'{UNIT},{PERIOD},s.{row},"{typed}"')
    file.write_text("\n".join(lines), "utf-8")
    version = ws.store.version
    with pytest.raises(ImportRefused) as refused:
        plan_import(ws, file)
    (fault,) = refused.value.faults
    assert fault.row == 4
    assert cure in str(fault)
    assert ws.store.version == version


@pytest.mark.parametrize("code", sorted({row[2] for row in BAD_FIGURES.values()}))
def test_every_such_message_is_in_the_vietnamese_catalogue(ws: Workspace, code: str) -> None:
    row, typed, _, _ = next(one for one in BAD_FIGURES.values() if one[2] == code)
    given = full(UNIT, **{row: typed})
    problem = next(
        p
        for p in ws.entry.sheet(ws.submissions.obligation(UNIT, "s.q", PERIOD), given).problems
        if p.code == code
    )
    assert problem.message(translations("vi").gettext) != problem.message()


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.310", "1310"),
        ("1 310", "1310"),
        ("0", "0"),
        ("-", "0"),
        ("không", "0"),
        ("999999999999999", "999999999999999"),
        (" 7 ", "7"),
        (12, "12"),
        (Decimal("12"), "12"),
        (Decimal("1.2E+3"), "1200"),
    ],
)
def test_a_good_figure_is_read_exactly(ws: Workspace, typed: object, value: str) -> None:
    draft = ws.save_draft("xa-b", "s.q", PERIOD, full("xa-b", A1=typed), by="binh")
    assert draft.answers["A1"] == Decimal(value)
    assert ws.send(draft, by="binh").state is SubmissionState.SENT


@pytest.mark.parametrize(
    "value", [Decimal("NaN"), Decimal("Infinity"), Decimal("1.5"), Decimal("1E+20")]
)
def test_a_program_s_number_passes_the_same_gate(ws: Workspace, value: Decimal) -> None:
    draft = ws.save_draft("xa-b", "s.q", PERIOD, full("xa-b", A1=value), by="binh")
    assert "A1" not in draft.answers
    with pytest.raises(RefusedSubmission):
        ws.send(draft, by="binh")


@pytest.mark.parametrize("value", [1.5, True, b"5", ["5"]])
def test_what_can_hold_no_official_figure_is_refused_and_not_taken_for_a_blank(
    ws: Workspace, value: object
) -> None:
    version = ws.store.version
    with pytest.raises(TypeError, match=r"A1: .* give text, a whole number or a Decimal"):
        ws.save_draft("xa-b", "s.q", PERIOD, full("xa-b", A1=value), by="binh")
    assert ws.store.version == version


@given(st.decimals(min_value=0, max_value=Decimal("9" * 14), places=1))
def test_any_program_s_number_that_fits_is_read_as_itself(value: Decimal) -> None:
    field = KNOWN.form("s.q").field("B3")
    reading = read_answers(KNOWN, [field], {"B3": value}, date(2018, 1, 1))
    assert reading.answers == {"B3": value}


# -- blanks --------------------------------------------------------------------------------------


@pytest.mark.parametrize("blank", ["", "   ", None, "\n"])
def test_a_blank_is_never_a_zero(ws: Workspace, blank: str | None) -> None:
    draft = ws.save_draft(UNIT, "s.q", PERIOD, full(UNIT, A1=blank), by=CLERK)
    assert "A1" not in draft.answers
    with pytest.raises(RefusedSubmission) as refused:
        ws.send(draft, by=CLERK)
    (problem,) = (p for p in refused.value.problems if p.blocks)
    assert (problem.field, problem.severity) == ("A1", Severity.BLANK)
    assert problem.message() == "Not filled in. Type 0 if there was none."
    zero = ws.save_draft(UNIT, "s.q", PERIOD, full(UNIT, A1="0"), by=CLERK)
    assert zero.answers["A1"] == 0
    assert ws.send(zero, by=CLERK).state is SubmissionState.SENT


def test_an_empty_report_names_every_box_that_is_still_blank(ws: Workspace) -> None:
    with pytest.raises(RefusedSubmission) as refused:
        ws.send(ws.submissions.obligation(UNIT, "s.q", PERIOD), by=CLERK)
    assert str(refused.value) == "Not sent: 4 boxes to correct (A1, B1, B2, B3)."
    assert ws.submissions.revisions(f"{PERIOD}_s.q_{UNIT}") == ()
    sheet = ws.entry.sheet(f"{PERIOD}_s.q_{UNIT}")
    assert (sheet.filled, sheet.boxes, sheet.first_blank) == (0, 4, "A1")


def test_a_unit_is_asked_only_what_concerns_it(ws: Workspace) -> None:
    def keys(unit: str) -> list[str]:
        return [
            row.key for row in ws.entry.sheet(ws.submissions.obligation(unit, "s.q", PERIOD)).rows
        ]

    assert keys("xa-a") == ["A1", "VB1", "NV-t1", "K1", "N1"]
    assert keys("xa-b") == ["A1", "VB1", "K1", "N1"]
    assert keys("dn-3") == ["A1", "B1", "B2", "B3", "K1", "N1"]


@pytest.mark.parametrize(
    ("unit", "by", "given", "named"),
    [
        ("xa-b", "binh", {"B1": "5"}, "B1"),
        ("xa-b", "binh", {"NV-t1.status": "done"}, "NV-t1.status"),
        ("dn-3", "ba", {"VB1.number": "1-KH"}, "VB1.number"),
        ("dn-3", "ba", {"Z9": "1", "Z8": "2"}, "Z9, Z8"),
        ("dn-3", "ba", {"B2.1": "80"}, "B2.1"),
    ],
)
def test_fields_that_the_form_does_not_ask_are_refused_by_name(
    ws: Workspace, unit: str, by: str, given: dict[str, str], named: str
) -> None:
    version = ws.store.version
    with pytest.raises(UnknownFields, match=f"does not ask this unit for {named}\\. Remove"):
        ws.save_draft(unit, "s.q", PERIOD, {**full(unit), **given}, by=by)
    assert ws.store.version == version


# -- what is not a figure ------------------------------------------------------------------------

DONE = {"NV-t1.status": "done"}


@pytest.mark.parametrize(
    ("given", "field", "answer"),
    [
        (
            {"VB1.number": "05-KH/ĐU", "VB1.date": "5/3/2018"},
            "VB1",
            OwnDocument("05-KH/ĐU", date(2018, 3, 5)),
        ),
        ({"VB1.number": "05-KH/ĐU"}, "VB1", OwnDocument("05-KH/ĐU", None)),
        ({"VB1.number": "", "VB1.date": ""}, "VB1", None),
        ({"VB1": OwnDocument("1", None)}, "VB1", OwnDocument("1", None)),
        (
            {"NV-t1.status": "done", "NV-t1.note": " xong "},
            "NV-t1",
            TaskProgress(TaskStatus.DONE, "xong"),
        ),
        (
            {"NV-t1": TaskProgress(TaskStatus.DOING, "")},
            "NV-t1",
            TaskProgress(TaskStatus.DOING, ""),
        ),
        ({"K1": ["tien", "chu"]}, "K1", ("chu", "tien")),
        ({"K1": "tien"}, "K1", ("tien",)),
        ({"K1": []}, "K1", ()),
        ({"N1": " một\r\nhai "}, "N1", "một\nhai"),
    ],
)
def test_plans_tasks_choices_and_words_are_read_typed_and_sent(
    ws: Workspace, given: dict[str, object], field: str, answer: object
) -> None:
    typed = full("xa-a", **given)
    if "NV-t1" in given:
        del typed["NV-t1.status"]
    draft = ws.save_draft("xa-a", "s.q", PERIOD, typed, by="lan")  # type: ignore[arg-type]
    assert draft.answers.get(field) == answer
    sent = ws.send(draft, by="lan")
    assert sent.answers == draft.answers
    assert ws.submissions.revisions(sent)[-1].answers == draft.answers


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"VB1.number": "1", "VB1.date": "32/1/2018"}, "VB1.date", "date-not-in-calendar"),
        ({"VB1.number": "1", "VB1.date": "6/4/2018"}, "VB1.date", "future-date"),
        ({"VB1.number": "", "VB1.date": "1/3/2018"}, "VB1.number", "number-missing"),
        ({"VB1.number": "1" * 101}, "VB1.number", "too-long"),
        ({"VB1.number": "a\x07"}, "VB1.number", "control-character"),
        ({"NV-t1.status": "", "NV-t1.note": "sắp xong"}, "NV-t1.status", "blank"),
        ({"NV-t1.status": "soon", "NV-t1.note": "?"}, "NV-t1.status", "unknown-choice"),
        ({"NV-t1.note": "x" * 1501}, "NV-t1.note", "too-long"),
        ({"NV-t1.note": "\ud800"}, "NV-t1.note", "control-character"),
        ({"K1": ["chu", "gone"]}, "K1", "unknown-choice"),
        ({"N1": "x" * 41}, "N1", "too-long"),
        ({"N1": "a\x00b"}, "N1", "control-character"),
        ({"N1": "\udcff"}, "N1", "control-character"),
    ],
)
def test_what_cannot_be_taken_is_kept_blocks_sending_and_blocks_it_again_tomorrow(
    ws: Workspace, given: dict[str, object], field: str, code: str
) -> None:
    draft = ws.save_draft("xa-a", "s.q", PERIOD, full("xa-a", **given), by="lan")
    for _ in range(2):
        with pytest.raises(RefusedSubmission) as refused:
            ws.send(draft, by="lan")
        assert (field, code) in [(p.field, p.code) for p in refused.value.problems]
        again = ws.submissions.typed(ws.submissions.obligation("xa-a", "s.q", PERIOD), draft)
        draft = ws.save_draft("xa-a", "s.q", PERIOD, again, by="lan")
    kept = {name: draft.unread[name] for name in given if name in draft.unread}
    assert kept or code == "blank"
    for name, text in kept.items():
        asked = given[name]
        expected = ", ".join(asked) if isinstance(asked, list) else str(asked)
        assert text == expected.replace("\ud800", "\ufffd").replace("\udcff", "\ufffd")


def test_what_cannot_be_read_stands_in_its_box_as_it_was_typed(ws: Workspace) -> None:
    typed = full("xa-a", A1="mười", **{"VB1.number": "1", "VB1.date": "hôm qua"})
    draft = ws.save_draft("xa-a", "s.q", PERIOD, typed, by="lan")  # type: ignore[arg-type]
    boxes = {name: text for row in ws.entry.sheet(draft).rows for name, text in row.typed.items()}
    assert boxes["A1"] == "mười"
    assert (boxes["VB1.number"], boxes["VB1.date"]) == ("1", "hôm qua")


# -- which report --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "period"),
    [
        ("top", PERIOD),
        ("xa-a", "2018"),
        ("xa-a", "2018-01"),
        ("xa-a", "2008..2018"),
        ("xa-a", "2016-Q4"),
        ("dn-1", "2017-Q4"),
        ("dn-2", "2018-Q2"),
    ],
    ids=["not in scope", "year", "month", "span", "before the form", "not opened", "closed"],
)
def test_only_what_is_owed_can_be_entered(ws: Workspace, unit: str, period: str) -> None:
    version = ws.store.version
    with pytest.raises(NotOwed):
        ws.save_draft(unit, "s.q", period, {"A1": "1"}, by="duyet")
    assert ws.store.version == version


def test_a_period_that_is_still_to_come_cannot_be_entered(
    ws: Workspace, now: Now, tmp_path: Path
) -> None:
    with pytest.raises(NotBegun, match="2018-Q3 begins on 01/7/2018"):
        ws.save_draft("xa-b", "s.q", "2018-Q3", {"A1": "1"}, by="binh")
    file = tmp_path / "values.csv"
    file.write_text("unit,period,indicator,value\nxa-b,2081-Q1,A1,5\n")
    with pytest.raises(ImportRefused, match="Row 2: 2081-Q1 begins on 01/01/2081"):
        plan_import(ws, file)
    now.on("2018-07-01")
    assert ws.save_draft("xa-b", "s.q", "2018-Q3", {"A1": "1"}, by="binh").period == "2018-Q3"

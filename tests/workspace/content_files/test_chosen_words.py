"""What can be chosen stands in the workbook in words of the office's language, and is read in either."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from nqcore.catalogue.form_tables import QUESTION_TYPES
from nqcore.model.choice_words import CASE_LABELS
from nqcore.model.rules import RULE_TYPES
from nqcore.text.folding import fold
from nqcore.text.messages import translator
from nqcore.workspace.content_files.columns import SHEETS, ContentColumn
from nqcore.workspace.content_files.languages import languages
from nqcore.workspace.facade import Workspace
from tests.collection.content.test_content import COUNT, make
from tests.support.small import Now, found
from tests.workspace.content_files.test_mistakes import edited, put, said
from tests.workspace.content_files.test_round_trip import with_admin

VI = translator("vi")
CHOSEN = [(sheet.kind, one) for sheet in SHEETS for one in sheet.columns if one.words]
TABLE = COUNT | {
    "units": "max",
    "time": "last",
    "direction": "down",
    "asks": {"kinds": ["commune"]},
}


@pytest.fixture
def office(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    with found(tmp_path / "ws", now) as ws:
        yield with_admin(ws)


@pytest.mark.parametrize(("kind", "column"), CHOSEN, ids=[f"{k}.{c.key}" for k, c in CHOSEN])
def test_no_two_choices_of_a_column_are_called_alike(kind: str, column: ContentColumn) -> None:
    called = [
        {fold(code), *(fold(each(msgid)) for each in languages())}
        for code, msgid in column.words.items()
    ]
    assert len(set().union(*called)) == sum(map(len, called))
    for code, msgid in column.words.items():
        assert VI(msgid) != msgid
        for text in (code, code.upper(), msgid, VI(msgid), VI(msgid).upper(), fold(VI(msgid))):
            assert column.code_of(text, languages()) == code
    assert column.code_of("không có ở đây", languages()) is None


def test_each_type_of_question_and_rule_has_its_words() -> None:
    of = {sheet.kind: sheet for sheet in SHEETS}
    for kind, known in (("question", QUESTION_TYPES), ("rule", RULE_TYPES)):
        column = of[kind].column("type")
        assert column is not None
        assert {*column.words} == {*known}


def test_each_case_of_a_rule_has_its_words() -> None:
    assert {*CASE_LABELS} == {case for each in RULE_TYPES.values() for case in each.cases}


def test_the_workbook_shows_words_offers_them_and_gives_the_same_back(office: Workspace) -> None:
    make(office, ("indicator", TABLE))
    data = office.content.workbook(VI)
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book["Chỉ tiêu"]
    row = {page.cell(3, at).value: page.cell(4, at).value for at in range(1, page.max_column + 1)}
    assert "lớn nhất" in row["units"]
    assert "sum" not in {*row.values(), *(page.cell(2, at).value for at in range(1, 30))}
    assert row["asks.kinds"] == "Xã, thị trấn"
    rules = [one for one in page.data_validations.dataValidation if "G4" in one.sqref]
    assert len(rules) == 1
    assert "Từ để chọn" in rules[0].formula1
    assert book["Từ để chọn"].sheet_state == "hidden"
    assert office.content.plan_workbook(data, name="a.xlsx").items == ()
    assert said(office, data) == []


def test_a_word_that_cannot_be_chosen_is_refused_with_those_that_can(office: Workspace) -> None:
    make(office, ("indicator", TABLE))
    (wrong,) = said(office, edited(office, put("Chỉ tiêu", "I4", "ít hơn")))
    assert "is “ít hơn”; choose one of: neither more nor less is better; more is better" in wrong


def typed(ws: Workspace, sheet: str, **cells: object) -> list[str]:
    """What is said of a row that people type into a sheet, by the keys of its columns."""
    book = openpyxl.load_workbook(io.BytesIO(ws.content.workbook(VI)))
    page = book[sheet]
    places = {page.cell(3, at).value: at for at in range(1, page.max_column + 1)}
    for key, value in cells.items():
        page.cell(4, places[key.replace("__", ".")], value)
    data = io.BytesIO()
    book.save(data)
    return [
        one.message(VI) for one in ws.content.plan_workbook(data.getvalue(), name="a.xlsx").mistakes
    ]


FORM = {"id": "vp.z", "title": "Mẫu mới", "directive": "1-NQ/HU", "every": "quý", "basis": "KH 5"}
FORM |= {"since": "1/4/2018", "due__day": 10}


def test_several_kinds_are_typed_between_semicolons_or_one_a_line(office: Workspace) -> None:
    for kinds in ("Doanh nghiệp; Xã, thị trấn", "doanh nghiệp\nxã, thị trấn", "enterprise;commune"):
        assert typed(office, "Biểu mẫu", **FORM, owed_by__kinds=kinds) == []
    (wrong,) = typed(office, "Biểu mẫu", **FORM, owed_by__kinds="xã")
    assert "là “xã”; chọn một trong các từ: Cấp ủy đảng" in wrong


def test_what_is_missing_is_said_by_its_column_and_not_as_a_definition_file_has_it(
    office: Workspace,
) -> None:
    less = {key: value for key, value in FORM.items() if key not in ("due__day", "basis")}
    found = typed(office, "Biểu mẫu", **less, owed_by__kinds="Xã, thị trấn")
    assert len(found) == 2
    assert any("còn thiếu; điền cột “Thời hạn – ngày trong tháng”" in one for one in found), found
    assert any("còn thiếu; điền cột “Căn cứ”" in one for one in found), found
    assert not [one for one in found if "[" in one or "{" in one or "form vp.z" in one]


def test_bounds_cases_and_answers_yes_are_typed_in_words(office: Workspace) -> None:
    make(office, ("indicator", TABLE))
    count = {"code": "vp.B", "label": "B", "name": "Số dư", "measure": "đồng", "basis": "KH 5"}
    count |= {"since": "1/4/2018", "minimum": "Không giới hạn"}
    assert typed(office, "Chỉ tiêu", **count) == []
    rule = {"id": "vp.r", "kind": "kết quả", "directive": "1-NQ/HU", "title": "Đối thoại"}
    rule |= {"type": "Tổng số đã làm được", "indicators": "vp.A9", "basis": "KH 5"}
    found = typed(office, "Quy tắc nhận định", **rule, sentences="Nhiều đơn vị: có {A9} buổi")
    assert found == []
    (wrong,) = typed(office, "Quy tắc nhận định", **rule, sentences="Vài đơn vị: có {A9} buổi")
    assert "là “Vài đơn vị”; chọn một trong các từ: nhiều đơn vị" in wrong


def test_what_does_not_belong_to_a_type_is_said_without_keys(office: Workspace) -> None:
    words = {"form": "s.q", "section": "A", "type": "lời văn", "key": "KK", "label": "Khó khăn"}
    words |= {"since": "1/4/2018", "basis": "KH 5"}
    assert typed(office, "Câu hỏi thêm", **words) == []
    (wrong,) = typed(office, "Câu hỏi thêm", **words, indicator="vp.A9")
    assert "không thuộc loại của dòng này; xóa ô này, hoặc đổi loại" in wrong
    assert "Chỉ tiêu" in wrong

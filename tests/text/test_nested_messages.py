"""A sentence has one language: what stands inside a message is translated with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from nqcore.cli import main
from nqcore.errors import NqError, Phrase, UnknownName, say
from nqcore.model.periods import EVERY, read_period
from nqcore.model.submissions import Step, SubmissionState, action_words, next_state, state_words
from nqcore.text.messages import translations, translator
from nqcore.workspace.bulk_import import plan_import
from nqcore.workspace.facade import Workspace
from tests.support.bug_office import REPORT, make

VI = translator("vi")


@pytest.fixture
def ws(tmp_path: Path, keys: Path) -> Iterator[Workspace]:
    with make(tmp_path / "ws") as found:
        yield found


def translated(text: str) -> bool:
    return translations("vi").gettext(text) != text


def test_what_stands_inside_a_sentence_is_translated_with_it() -> None:
    inner = Phrase("Known: {names}.", {"names": "a, b"})
    wrong = UnknownName(kind="unit", name="x", hint=inner)
    assert wrong.message(VI) == "Không có đơn vị “x”. Kiểm tra lại tên. Xem các tên đã có: a, b."
    assert str(wrong) == "There is no unit “x”. Known: a, b."
    outer = Phrase("{file}, row {row}: {detail}", {"file": "a.csv", "row": 2, "detail": wrong})
    assert outer.message(VI).endswith(wrong.message(VI))
    assert say("{all}", {"all": (inner, "b")}, VI) == "Xem các tên đã có: a, b., b"


@pytest.mark.parametrize("state", [None, *SubmissionState])
@pytest.mark.parametrize("step", list(Step))
def test_steps_and_states_have_words_in_both_languages(
    state: SubmissionState | None, step: Step
) -> None:
    wrong: NqError | None = None
    try:
        next_state(state, step)
    except NqError as refused:
        wrong = refused
    said = wrong.message(VI) if wrong else ""
    assert step.value not in said
    assert state is None or f"“{state.value}”" not in said
    assert wrong is None or action_words(step).template in str(wrong)


def test_all_words_that_stand_inside_are_in_the_catalogue() -> None:
    for word in (
        *UnknownName.KINDS,
        *(state_words(state).template for state in (None, *SubmissionState)),
        *(action_words(step).template for step in Step),
        *EVERY.values(),
    ):
        assert translated(word), word


BAD_ROWS = {
    "unit": ("h9-z,2026-Q3,bug.N1,5", "Không có đơn vị “h9-z”. Kiểm tra lại tên. Xem danh sách"),
    "period": (
        "h1-a,Q5/2026,bug.N1,5",
        "Không có kỳ “Q5/2026”. Kiểm tra lại tên. Viết theo mẫu 2018-Q3",
    ),
    "kind of period": ("h1-a,2026,bug.N1,5", "h1-a không phải gửi biểu bug.q kỳ 2026."),
    "indicator": ("h1-a,2026-Q3,bug.N7,5", "Không có chỉ tiêu “bug.N7”."),
    "field": ("h1-a,2026-Q3,bug.q:N8,5", "Không có ô “bug.q:N8”."),
    "figure": ("h1-a,2026-Q3,bug.N1,1O0", "“1O0” có chữ O ở chỗ chữ số."),
}


@pytest.mark.parametrize("case", BAD_ROWS)
def test_the_last_line_of_a_refused_import_is_in_one_language(
    ws: Workspace, tmp_path: Path, case: str
) -> None:
    row, words = BAD_ROWS[case]
    file = tmp_path / "a.csv"
    file.write_text(f"unit,period,indicator,value\n{row}\n", "utf-8")
    with pytest.raises(NqError) as wrong:
        plan_import(ws, file)
    said = wrong.value.message(VI)
    assert said.startswith("Chưa nạp số nào: còn 1 dòng cần sửa. Dòng 2: ")
    assert words in said
    assert not {"There", "Write", "Known", "the", "is"} & set(said.replace("`", " ").split())


def test_a_report_that_is_not_open_is_said_in_one_language(ws: Workspace, tmp_path: Path) -> None:
    given = {"N1": "5", "S1": "5", "P1": "5", "M1": "5", "M3": "5", "N9": "Không"}
    draft = ws.save_draft("h1-a", "bug.q", "2026-Q3", given, by="quantri")
    ws.send(draft, by="quantri")
    file = tmp_path / "a.csv"
    file.write_text("unit,period,indicator,value\nh1-a,2026-Q3,bug.N1,6\n", "utf-8")
    with pytest.raises(NqError) as wrong:
        plan_import(ws, file)
    assert f"Báo cáo {REPORT} đang ở trạng thái đã gửi" in wrong.value.message(VI)
    with pytest.raises(NqError) as wrong:
        ws.send(REPORT, by="quantri")
    assert "Không gửi báo cáo được: báo cáo đang ở trạng thái “đã gửi”." in wrong.value.message(VI)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Q3/2026", "2026-Q3"),
        ("q3-2026", "2026-Q3"),
        ("Quý III/2026", "2026-Q3"),
        ("QUÝ IV NĂM 2026", "2026-Q4"),
        ("quý 1 năm 2026", "2026-Q1"),
        ("III/2026", "2026-Q3"),
        ("2026/Q3", "2026-Q3"),
        ("tháng 9/2026", "2026-09"),
        ("T9/2026", "2026-09"),
        ("09/2026", "2026-09"),
        ("12/2026", "2026-12"),
        ("6 tháng đầu năm 2026", "2026-H1"),
        ("6 tháng cuối năm 2026", "2026-H2"),
        ("9 tháng đầu năm 2026", "2026-9M"),
        ("năm 2026", "2026"),
        ("2026-Q3", "2026-Q3"),
    ],
)
def test_a_period_may_be_named_as_offices_write_it(typed: str, code: str) -> None:
    assert read_period(typed).code == code


@pytest.mark.parametrize("typed", ["Q5/2026", "quý 2026", "13/2026", "Q3/26", "tháng 0/2026", ""])
def test_what_is_no_period_is_refused(typed: str) -> None:
    with pytest.raises(UnknownName):
        read_period(typed)


def test_a_span_of_named_periods() -> None:
    found = read_period("Q1/2025..Quý III/2026")
    assert (found.start, found.end) == (date(2025, 1, 1), date(2026, 9, 30))


def test_a_list_of_units_is_refused_in_one_language(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "code,name,kind,parent\ntan-hoa,Huyện,huyện ủy,\nX A,Xã A,xã,tan-hoa\n", "utf-8"
    )
    done = CliRunner().invoke(
        main, ["--lang", "vi", "init", str(tmp_path / "w"), "--units", str(file)]
    )
    assert done.exit_code == 2
    assert "a.csv, dòng 3: mã “X A” chỉ được có chữ thường không dấu" in done.output

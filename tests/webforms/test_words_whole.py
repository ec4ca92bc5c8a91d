"""What people write is kept whole or refused by name, on every way in; it is never cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

import webforms
from nqcore.collection.validation.texts import MAX_TEXT
from nqcore.workspace.facade import Workspace
from tests.collection.entry.workbook.test_round_trip import (
    VI,
    edited,
    looked_at,
    put,
    row_of,
    template,
)
from tests.support.twenty import PASSWORD, REPORT, THIS, app_of, make
from tests.support.visitor import Page, Visitor

FILL, CHECK, SHOW = (f"/bao-cao/{REPORT}{end}" for end in ("/nhap", "/kiem-tra", ""))
LONG = " ".join(["Lý do dài."] * 80)
TOO_LONG = LONG * 3
assert 500 < len(LONG) < MAX_TEXT < len(TOO_LONG)


@pytest.fixture(params=[False])
def ws(tmp_path: Path, keys: Path, request: pytest.FixtureRequest) -> Iterator[Workspace]:
    with make(tmp_path / "ws", leader=request.param) as found:
        yield found


with_leader = pytest.mark.parametrize("ws", [True], indirect=True)


@pytest.fixture
def visit(ws: Workspace) -> Callable[[str], Visitor]:
    app = app_of(ws)

    def make_visitor(login: str) -> Visitor:
        visitor = Visitor(app.test_client())
        assert visitor.sign_in(login, PASSWORD).status_code == 303
        return visitor

    return make_visitor


def explained(words: str) -> Callable[[Worksheet], None]:
    """What somebody does who explains a figure with `words`."""

    def change(page: Worksheet) -> None:
        put(page, "B6", 50)
        page.cell(row_of(page, "B6"), 6).value = words

    return change


def test_an_explanation_in_a_file_is_kept_whole(ws: Workspace):
    found = looked_at(ws, edited(template(ws), explained(LONG)))
    assert found.explanations == {"B6": LONG}
    assert found.notes == ()


def test_an_explanation_in_a_file_that_is_too_long_is_refused_by_name(ws: Workspace):
    found = looked_at(ws, edited(template(ws), explained(TOO_LONG)))
    assert found.explanations == {}
    assert found.given["B6"] == "50"
    (note,) = found.notes
    assert note.kept
    assert note.message(VI).startswith("Lời ở B6 có")
    assert str(len(TOO_LONG)) in note.message(VI)


def test_a_narrative_in_a_file_is_not_cut_before_it_is_judged(ws: Workspace):
    words = "Kết quả. " * 2500

    def change(page):
        page.cell(row_of(page, "N1"), 1).value = words

    found = looked_at(ws, edited(template(ws), change))
    (row,) = found.unread
    assert row.typed["N1"] == words.strip()


def test_why_the_figures_are_entered_for_the_unit_is_kept_whole_or_shown_again(
    visit, ws: Workspace
):
    nam = visit("nam")
    answer = nam.press(FILL, "luu", {"A1": "7", "ly_do": TOO_LONG})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert str(len(TOO_LONG)) in page.words
    again = page.form(FILL)
    assert (again["A1"], again["ly_do"]) == ("7", TOO_LONG)
    assert not ws.submissions.revisions(REPORT)
    assert nam.press(FILL, "luu", {"A1": "7", "ly_do": LONG}).status_code == 303
    assert ws.submissions.revisions(REPORT)[-1].reason == LONG


def test_an_explanation_that_is_too_long_is_shown_again_with_the_figures(visit, ws: Workspace):
    hoa = visit("hoa")
    fields = hoa.get(FILL).form(FILL)
    fields["A1"], fields["giai_trinh.A1"], fields["viec"] = "7", TOO_LONG, "luu"
    answer = hoa.client.post(FILL, data=fields)
    assert answer.status_code == 422
    again = Page(answer.text).form(FILL)
    assert again["A1"] == "7"
    assert TOO_LONG in answer.text
    assert not ws.submissions.revisions(REPORT)


@with_leader
def test_the_words_with_which_a_leader_hands_back_are_shown_again(visit, ws: Workspace):
    ws.save_draft("xa-bm", "muoi.q", "2018-Q3", dict(THIS), by="hoa")
    ws.submissions.present(REPORT, by="hoa")
    leader = visit("bithu")
    fields = leader.get(CHECK).forms[-1][1]
    fields["viec"], fields["ly_do"] = "chuyen_lai", TOO_LONG
    answer = leader.client.post(CHECK, data=fields)
    assert answer.status_code == 422
    assert Page(answer.text).form(CHECK)["ly_do"] == TOO_LONG
    assert ws.entry.sheet(REPORT).obligation.state == "presented"


def test_the_words_with_which_a_report_is_reopened_are_shown_again(visit, ws: Workspace):
    ws.send(ws.save_draft("xa-bm", "muoi.q", "2018-Q3", dict(THIS), by="hoa"), by="hoa")
    ws.accept(REPORT, by="nam")
    nam = visit("nam")
    answer = nam.post(f"{SHOW}/mo-lai", reason=TOO_LONG)
    assert answer.status_code == 422
    assert Page(answer.text).form(f"{SHOW}/mo-lai")["reason"] == TOO_LONG
    assert ws.entry.sheet(REPORT).obligation.state == "accepted"


def test_no_page_lets_the_browser_cut_what_is_pasted():
    """A browser cuts a pasted text at `maxlength` and says nothing; the server says it."""
    pages = Path(webforms.__file__).parent.joinpath("templates").glob("*.html")
    assert not [p.name for p in pages if re.search("maxlength", p.read_text("utf-8"), re.I)]

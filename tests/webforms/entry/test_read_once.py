"""A posted form is read once and judged at most once, whatever its button does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from nqcore.collection.submissions import checking
from nqcore.workspace.facade import Workspace
from tests.support.visitor import Visitor
from tests.webforms.conftest import QUARTER
from webforms.entry.posted_form import Button, pressed

FILL = f"/bao-cao/{QUARTER}/nhap"


@dataclass
class Counted:
    """What was read and judged: the texts of box A1 that were read (a stored answer is a Decimal, and
    reading it back is not counted), and how many times the checks ran."""

    read: list[str] = field(default_factory=list)
    judged: int = 0


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    found, read_answers, judge = Counted(), checking.read_answers, checking.check_answers

    def read(catalogue, fields, given, today):
        if isinstance(given.get("A1"), str):
            found.read.append(given["A1"])
        return read_answers(catalogue, fields, given, today)

    def judged(*asked):
        found.judged += 1
        return judge(*asked)

    monkeypatch.setattr(checking, "read_answers", read)
    monkeypatch.setattr(checking, "check_answers", judged)
    return found


@pytest.fixture
def post(visit: Callable[..., Visitor], counted: Counted):
    """``post("luu", A1="17")``: fill in the page, press a button, and count only what that took."""
    unit = visit("dn")
    unit.press(FILL, "luu", {"A1": "1", "B1": "5"})

    def send(button: str, **typed: str):
        fields = unit.get(FILL).form(FILL)
        fields.setlist("viec", [button])
        for name, text in typed.items():
            fields[name] = text
        counted.read.clear()
        counted.judged = 0
        return unit.client.post(FILL, data=fields)

    return send


def test_a_save_reads_the_form_once_and_judges_nothing(post, counted: Counted, ws: Workspace):
    assert post("luu", A1="17").status_code == 303
    assert counted == Counted(["17"], judged=0)
    assert str(ws.entry.sheet(QUARTER).obligation.revision.answers["A1"]) == "17"


def test_an_autosave_reads_the_form_once_and_judges_it_once(post, counted: Counted):
    answer = post("tu_luu", A1="17")
    assert answer.status_code == 200
    assert answer.json["phien_ban"] == 2
    assert counted == Counted(["17"], judged=1)


def test_an_autosave_without_a_change_reads_and_judges_once(post, counted: Counted, ws: Workspace):
    assert post("tu_luu").json["phien_ban"] == 1
    assert counted == Counted(["1"], judged=1)
    assert len(ws.submissions.revisions(QUARTER)) == 1


def test_going_on_to_check_judges_once(post, counted: Counted):
    assert post("kiem_tra", A1="17").headers["Location"].endswith("?loi=1")
    assert counted == Counted(["17"], judged=1)


def test_a_button_that_fills_boxes_reads_what_was_typed_and_what_it_filled_in(
    post, counted: Counted
):
    assert post("ghi0", A1="17").status_code == 303
    assert counted == Counted(["17", "17"], judged=0)


def test_a_form_over_another_users_draft_is_read_once(post, counted: Counted, ws: Workspace, visit):
    office = visit("vp")
    theirs = office.get(FILL).form(FILL)
    theirs.setlist("viec", ["luu"])
    theirs["B1"], theirs["ly_do"] = "100", "Sửa giúp"
    assert post("luu", A1="17").status_code == 303
    counted.read.clear()
    assert office.client.post(FILL, data=theirs).status_code == 303
    # What is taken over from the other draft is a stored answer, and not read from a text.
    assert counted == Counted(["1"], judged=0)
    answers = ws.submissions.revisions(QUARTER)[-1].answers
    assert (str(answers["A1"]), str(answers["B1"])) == ("17", "100")


@pytest.mark.parametrize(
    ("value", "button", "narrative"),
    [
        ("luu", Button.SAVE, ""),
        ("", Button.SAVE, ""),
        ("x", Button.SAVE, ""),
        ("ghi0", Button.ZEROS, ""),
        ("chep", Button.LAST_FIGURES, ""),
        ("hoan_tac", Button.UNDO, ""),
        ("tu_luu", Button.AUTOSAVE, ""),
        ("nap", Button.UPLOAD, ""),
        ("kiem_tra", Button.CHECK, ""),
        ("unicode.N1", Button.UNICODE, "N1"),
        ("unicode.N1.x", Button.UNICODE, "N1.x"),
        ("unicode", Button.SAVE, ""),
        ("luu.N1", Button.SAVE, ""),
    ],
)
def test_a_button_means_what_its_value_says(value: str, button: Button, narrative: str):
    assert pressed({"viec": value}) == (button, narrative)
    assert pressed({}) == (Button.SAVE, "")

"""*Đề cương*: the outline of the higher level is read out of its file, looked over, saved, removed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO

import docx
import pytest

from nqcore.model.outlines import AnnexKind, Content
from nqcore.model.periods import PeriodKind
from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page, Visitor
from tests.webforms.paths import REVIEW

Enter = Callable[[str], Visitor]
SENT = (
    "TỈNH ỦY",
    "ĐỀ CƯƠNG",
    "Báo cáo tổng kết",
    "I- Tình hình",
    "Nêu khái quát.",
    "II- Kết quả",
    "1. Hạn chế",
)


def upload(visitor: Visitor, *lines: str, name: str = "tinh-uy.docx") -> Page:
    """Send the file as the form of the page does; the page with its headings."""
    paper, data = docx.Document(), BytesIO()
    for line in lines:
        paper.add_paragraph(line)
    paper.save(data)
    answer = visitor.client.post(
        "/de-cuong",
        data={"csrf_token": visitor.token(), "tep": (BytesIO(data.getvalue()), name)},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303, answer.text
    return visitor.get(answer.headers["Location"])


def typed(form: Mapping[str, str], **fields: str) -> dict[str, str]:
    """The form of a page with some of its fields typed over."""
    return {**form, **fields}


def test_the_file_of_the_higher_level_becomes_the_outline_of_the_reports(
    visit: Enter, ws: Workspace
) -> None:
    vp = visit("vp")
    page = upload(vp, *SENT)
    assert re.search(r"I- Tình hình\s*II- Kết quả\s*1\. Hạn chế", page.words)
    assert "TỈNH ỦY (nằm trước đề cương)" in page.words, "what is left out is named"
    assert ws.outlines.own() == (), "nothing is saved before the button"
    form = page.form("/de-cuong/luu")
    assert (form["ten"], form["muc.2"], form["goi_y.2"]) == (
        "ĐỀ CƯƠNG Báo cáo tổng kết", "Tình hình", "Nêu khái quát.",
    )  # fmt: skip
    assert [form[f"nd.{n}"] for n in range(1, 5)] == ["opening", "own", "results", "shortcomings"]
    form = typed(form, ten="Đề cương của tỉnh", van_ban="20-nq-tw.2008-01-28", loai_ky="span")
    form |= {"muc.5": "Kiến nghị", "tt.5": "3", "nd.5": "proposals", "bo.4": "1"}
    saved = vp.client.post("/de-cuong/luu", data=form)
    assert saved.status_code == 303
    (one,) = ws.outlines.own()
    assert [part.heading for part in one.outline.parts] == ["", "Tình hình", "Kết quả", "Kiến nghị"]
    assert one.outline.parts[-1].takes[0].what is Content.PROPOSALS
    assert (one.outline.id, one.outline.periods) == ("tinh-uy", (PeriodKind.SPAN,))
    assert ws.reviews.outline("20-NQ/TW", period="2008..2018").id == "tinh-uy"
    assert "I- TÌNH HÌNH" not in vp.get(f"/bao-cao-tong-hop/{REVIEW}").words, "it has no content"
    assert "Kết quả" in vp.get(saved.headers["Location"]).words
    assert "Đề cương của tỉnh" in vp.get("/de-cuong").words


def test_an_outline_of_a_plugin_is_changed_into_the_office_s_own_and_back(
    visit: Enter, ws: Workspace
) -> None:
    vp = visit("vp")
    before = ws.reviews.outline("20-NQ/TW", "res20.tong-ket")
    form = vp.get("/de-cuong/res20.tong-ket").form("/de-cuong/luu")
    form["muc.2"] = "Bối cảnh, tình hình"
    assert vp.client.post("/de-cuong/luu", data=form).status_code == 303
    after = ws.reviews.outline("20-NQ/TW", "res20.tong-ket")
    assert [part.takes for part in after.parts] == [part.takes for part in before.parts]
    assert [part.offers for part in after.parts] == [part.offers for part in before.parts]
    assert (after.annexes, after.basis) == (before.annexes, before.basis)
    assert (before.parts[1].heading, after.parts[1].heading) != ("Bối cảnh, tình hình",) * 2
    assert ws.catalogue.owner("outline", after.id) == "workspace"
    assert vp.post(f"/de-cuong/{after.id}/bo").status_code == 303
    assert ws.reviews.outline("20-NQ/TW", "res20.tong-ket") == before
    assert AnnexKind.FIGURES in before.annexes


def test_two_people_on_one_outline_each_keep_their_words(visit: Enter, ws: Workspace) -> None:
    vp, so = visit("vp"), visit("so")
    first = vp.get("/de-cuong/ngan").form("/de-cuong/luu")
    second = so.get("/de-cuong/ngan").form("/de-cuong/luu")
    assert vp.client.post("/de-cuong/luu", data=first).status_code == 303
    answer = so.client.post("/de-cuong/luu", data=typed(second, ten="Tên của lãnh đạo"))
    assert answer.status_code == 409
    again = Page(answer.text).form("/de-cuong/luu")
    assert (again["ten"], again["so"]) == ("Tên của lãnh đạo", "1")
    assert so.client.post("/de-cuong/luu", data=again).status_code == 303
    assert ws.reviews.outline("20-NQ/TW", "ngan").title == "Tên của lãnh đạo"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"ten": " "}, "chưa có tên"),
        ({"cap.2": "3"}, "mục 2"),
        ({"nd.2": "results", "nd.3": "results"}, "“kết quả” nằm trong hai phần"),
        ({"ma": "a b"}, "“a b”"),
    ],
)
def test_what_cannot_be_saved_is_said_in_words_and_kept(
    visit: Enter, ws: Workspace, wrong: dict[str, str], words: str
) -> None:
    vp = visit("vp")
    form = typed(upload(vp, *SENT).form("/de-cuong/luu"), **wrong)
    answer = vp.client.post("/de-cuong/luu", data=form)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert words in page.words
    assert page.form("/de-cuong/luu")["muc.3"] == "Kết quả"
    assert ws.outlines.own() == ()


@pytest.mark.parametrize(
    ("lines", "name", "words"),
    [
        (("Không có đề mục nào cả",), "a.docx", "không có đề mục"),
        (SENT, "a.pdf", ".docx"),
    ],
)
def test_a_file_without_headings_or_of_another_kind_is_refused_in_words(
    visit: Enter, lines: tuple[str, ...], name: str, words: str
) -> None:
    vp, data = visit("vp"), BytesIO()
    paper = docx.Document()
    paper.add_paragraph(lines[0])
    paper.save(data)
    answer = vp.client.post(
        "/de-cuong",
        data={"csrf_token": vp.token(), "tep": (BytesIO(data.getvalue()), name)},
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    assert answer.status_code == 422
    assert words in Page(answer.text).words


def test_a_file_that_is_gone_and_that_of_another_account_are_not_there(visit: Enter) -> None:
    vp, data = visit("vp"), BytesIO()
    docx.Document().save(data)
    sent = vp.client.post(
        "/de-cuong",
        data={"csrf_token": vp.token(), "tep": (BytesIO(data.getvalue()), "a.docx")},
        content_type="multipart/form-data",
    )
    assert visit("so").client.get(sent.headers["Location"]).status_code == 404


def test_the_pages_that_lead_here_do_so_for_who_may_change_outlines(visit: Enter) -> None:
    assert "/de-cuong" in visit("vp").client.get("/bao-cao-tong-hop").text
    assert "/de-cuong" not in visit("kt").client.get("/bao-cao-tong-hop").text
    builder = visit("vp").client.get(f"/soan-bao-cao/{REVIEW}").text
    assert "/de-cuong/res20.ngan" in builder


def test_an_outline_of_200_headings_with_hints_is_read_looked_over_and_saved(
    visit: Enter, ws: Workspace
) -> None:
    vp = visit("vp")
    hint = "Nêu rõ kết quả thực hiện từng năm, so với mục tiêu, kèm số liệu. " * 10
    lines = [line for nth in range(1, 41) for line in (
        f"{nth}. Nhiệm vụ", hint, *(f"{nth}.{each}. Việc" for each in range(1, 5)),
    )]  # fmt: skip
    page = upload(vp, "ĐỀ CƯƠNG", *lines)
    form = page.form("/de-cuong/luu")
    assert form["muc.201"] == "Việc"
    assert form["goi_y.2"] == hint.strip()
    assert vp.client.post("/de-cuong/luu", data=form).status_code == 303
    (one,) = ws.outlines.own()
    assert sum(bool(part.heading) for part in one.outline.parts) == 200
    again = vp.get(f"/de-cuong/{one.outline.id}").form("/de-cuong/luu")
    assert again["goi_y.2"] == hint.strip()


EVIL = {
    "a formula": "=cmd|' /C calc'!A0",
    "a template": "{{7*7}}",
    "a script": "<script>alert(1)</script>",
    "turned around": "A\u202eB",
    "a long line": "x" * 50_000,
}


@pytest.mark.parametrize("evil", EVIL.values(), ids=EVIL)
def test_hostile_words_in_a_file_are_text_or_are_refused_in_words(
    visit: Enter, ws: Workspace, evil: str
) -> None:
    vp = visit("vp")
    page = upload(vp, evil, "ĐỀ CƯƠNG", f"I- {evil}", evil, "II- Kết quả")
    raw = vp.client.get("/de-cuong").text
    assert "49" not in page.words
    above_the_form, _form = page.words.split("Tên đề cương", 1)
    assert "\u202e" not in above_the_form
    assert "alert(1)</script>" not in raw
    form = page.form("/de-cuong/luu")
    answer = vp.client.post("/de-cuong/luu", data=form, follow_redirects=True)
    refused = "\u202e" in evil or len(evil) > 20_000
    assert answer.status_code == (422 if refused else 200)
    assert bool(ws.outlines.own()) != refused
    assert "<script>alert" not in answer.text

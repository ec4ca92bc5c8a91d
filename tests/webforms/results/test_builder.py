"""*Soạn báo cáo* without JavaScript: the paper block by block, and what can be done to each block."""

from __future__ import annotations

import html
import json
from collections.abc import Callable

import pytest

from nqcore.collection.entry.autofill import zeros
from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import QUARTER
from tests.webforms.paths import REVIEW, years_without_plan

PAGE = f"/soan-bao-cao/{REVIEW}"
WORDS, STEP, PAPER = f"{PAGE}/doan", f"{PAGE}/viec", f"{PAGE}/van-ban"
ASKED = "van-ban=20-nq-tw.2008-01-28&ky=2008..2018"
FIGURE = "res20.B1|2018-Q2|huyen|all|reported"
PREVIEW = f"/bao-cao-tong-hop/{REVIEW}"


@pytest.fixture
def office(visit: Callable[..., Visitor], ws: Workspace) -> Visitor:
    """Who writes the review of a district with a finding and a figure."""
    years_without_plan(ws)
    id = QUARTER.replace("2018-Q3", "2018-Q2")
    boxes = {**zeros(ws.entry.sheet(id)), "B1": "1.310", "N1": "Có 3 tổ chưa có nhà."}
    ws.accept(ws.send(ws.save_draft(*_of(id), boxes, by="dn"), by="dn"), by="vp")
    return visit("vp")


def _of(id: str) -> tuple[str, str, str]:
    period, form, unit = id.split("_")
    return unit, form, period


def _form(page: Page, action: str, **having: str) -> dict[str, str]:
    """The form that goes to `action` and has these values."""
    for where, fields in page.forms:
        if where.partition("#")[0] == action and having.items() <= fields.to_dict().items():
            return {k: v for k, v in fields.to_dict().items() if k != "csrf_token"}
    raise AssertionError((action, having))


def _add(office: Visitor, words: str, kind: str = "paragraph", **more: str) -> None:
    fields = _form(office.get(f"{PAGE}?them=opening"), WORDS)
    answer = office.post(WORDS, **fields | {"loi": words, "loai": kind, "viec": "luu"} | more)
    assert answer.status_code == 303, Page(answer.text).words


def _press(office: Visitor, block: str, button: str, **more: str) -> Page:
    fields = _form(office.get(PAGE), STEP, doan=block)
    answer = office.post(STEP, **fields | {"viec": button} | more)
    assert answer.status_code == 303
    return Page(office.client.get(PAGE).text)


def _text(office: Visitor) -> str:
    """The document that the office downloads."""
    report = json.loads(office.client.get(f"{PREVIEW}.json").data)
    return " ".join(_strings(report["body"]))


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    each = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in each for text in _strings(one)]


def test_the_paper_stands_there_block_by_block(office: Visitor):
    page = office.get(PAGE)
    assert "Thực hiện Nghị quyết" in page.words
    assert "Tồn tại, hạn chế".upper() in page.words
    assert "Nơi nhận:" in page.words
    assert page.words.count("Thêm đoạn") >= 5
    assert f"{PAGE}?sua=opening#d-opening" in page.links


def test_a_lead_in_is_reworded_and_gets_the_systems_words_again(office: Visitor):
    block = "lead:ton-tai"
    fields = _form(office.get(f"{PAGE}?sua={block}"), WORDS)
    assert fields["loi"].startswith("Tuy nhiên") or "tồn tại" in fields["loi"]
    answer = office.post(WORDS, **fields | {"loi": "Song vẫn còn:", "viec": "luu"})
    assert answer.location == f"{PAGE}#d-lead_ton-tai"
    assert "Song vẫn còn:" in _text(office)
    page = office.get(PAGE)
    assert "Đã sửa lời" in page.words
    again = _form(office.get(f"{PAGE}?sua={block}"), WORDS)
    office.post(WORDS, **again | {"loi": "", "viec": "luu"})
    assert "Song vẫn còn:" not in _text(office)


def test_a_figure_is_chosen_without_javascript_and_stays_live(office: Visitor, ws: Workspace):
    fields = _form(office.get(f"{PAGE}?them=opening"), WORDS)
    asked = {"loi": "Toàn huyện có", "tim": "B1", "ky_so": "2018-Q2", "viec": "tim"}
    answer = office.post(WORDS, **fields | asked)
    assert answer.status_code == 200
    assert f'value="{FIGURE}"' in html.unescape(answer.text)
    found = _form(Page(answer.text), WORDS)
    found.pop("viec", None)
    answer = office.post(WORDS, **found | {"chen": FIGURE})
    chosen = _form(Page(answer.text), WORDS)
    assert (chosen["loi"], chosen["so_lieu"]) == ("Toàn huyện có 1.310", FIGURE)
    chosen |= {"loi": chosen["loi"] + " người.", "loai": "result", "viec": "luu"}
    chosen.pop("bo_so", None)
    chosen.pop("chen", None)
    assert office.post(WORDS, **chosen).status_code == 303
    assert "Toàn huyện có 1.310 người" in office.get(PAGE).words
    assert FIGURE in json.dumps(json.loads(office.client.get(f"{PREVIEW}.json").data))
    other = QUARTER.replace("dn-may-binh-minh", "dn-go-an-phu").replace("Q3", "Q2")
    boxes = {**zeros(ws.entry.sheet(other)), "B1": "90"}
    ws.accept(ws.send(ws.save_draft(*_of(other), boxes, by="dn2"), by="dn2"), by="vp")
    words = office.get(PAGE).words
    assert "Toàn huyện có 1.400 người" in words
    assert "trước là 1.310, nay là 1.400" in words


def test_a_figure_is_taken_out_of_the_list(office: Visitor):
    _add(office, "Có 1.310 người.", so_lieu=FIGURE)
    assert "Chưa có nguồn" not in office.get(PAGE).words
    fields = _form(office.get(f"{PAGE}?sua=own:1"), WORDS)
    fields.pop("viec", None)
    answer = office.post(WORDS, **fields | {"bo_so": FIGURE})
    left = _form(Page(answer.text), WORDS)
    assert "so_lieu" not in left
    office.post(WORDS, **left | {"viec": "luu"})
    assert "Chưa có nguồn: 1.310" in office.get(PAGE).words


def test_a_number_without_a_source_is_marked(office: Visitor):
    _add(office, "Còn 45 đơn vị chưa làm.")
    page = office.get(PAGE)
    assert "Chưa có nguồn: 45" in page.words
    assert "Cơ quan thêm: Đoạn văn · Trần Văn Nam" in page.words
    assert "Số chưa có nguồn: 45" in office.get(PREVIEW).words


@pytest.mark.parametrize(
    ("kind", "printed"),
    [
        ("objective", "Nguyên nhân khách quan: Làm sớm."),
        ("lesson", "- Làm sớm."),
        ("solution", "1. Làm sớm."),
        ("proposal", "- Làm sớm."),
    ],
)
def test_causes_lessons_solutions_and_proposals_are_added(office: Visitor, kind: str, printed: str):
    _add(office, "Làm sớm.", kind)
    assert printed in office.get(PREVIEW).words


def test_a_part_of_the_offices_own_is_added(office: Visitor):
    _add(office, "Bài học kinh nghiệm", "part")
    _add(office, "Làm sớm.", "lesson", muc="own:1", sau="own:1")
    assert "BÀI HỌC KINH NGHIỆM - Làm sớm." in office.get(PREVIEW).words


def test_blocks_move_join_and_are_left_out(office: Visitor):
    _add(office, "Hai.")
    _add(office, "Một.")
    assert "Một. Hai." in office.get(PREVIEW).words
    _press(office, "own:1", "len")
    assert "Hai. Một." in office.get(PREVIEW).words
    assert "Đã gộp vào đoạn trước" in _press(office, "own:2", "gop").words
    assert "Tách ra" in office.get(PAGE).words
    assert "Đã gộp" not in _press(office, "own:2", "tach").words
    assert "Không in" in _press(office, "own:2", "an").words
    assert "Một." not in _text(office)
    _press(office, "own:2", "hien")
    assert "Một." in _text(office)
    page = _press(office, "opening", "xuong")
    page = _press(office, "opening", "len")
    page = _press(office, "opening", "len")
    assert "Không chuyển tiếp được đoạn này" in page.words


def test_an_annex_is_left_out(office: Visitor):
    page = office.get(PAGE)
    name = next(f["doan"] for a, f in page.forms if a == STEP and f["doan"].startswith("table:"))
    _press(office, name, "an")
    report = json.loads(office.client.get(f"{PREVIEW}.json").data)
    assert f'"{name}"' not in json.dumps(report)


def _finding(office: Visitor) -> tuple[str, dict[str, str]]:
    """The address of the form of the finding "1 trong 2", and its fields."""
    page = office.get(PAGE)
    for link in page.links:
        if "sua=finding" in link:
            fields = _form(office.get(link), WORDS)
            if "1 trong 2" in fields["loi"]:
                return link, fields
    raise AssertionError


def test_a_finding_is_reworded_where_it_stands(office: Visitor, ws: Workspace):
    link, fields = _finding(office)
    words = "Hiện nay " + fields["loi"]
    assert office.post(WORDS, **fields | {"loi": words, "viec": "luu"}).status_code == 303
    assert _form(office.get(link), WORDS)["loi"] == words
    wrong = {**_form(office.get(link), WORDS), "loi": "các xã đều đã làm", "viec": "luu"}
    answer = office.post(WORDS, **wrong)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert "Vẫn giữ câu này" in page.words
    assert page.title.startswith("Lỗi: ")
    kept = {**_form(page, WORDS), "van_giu": "1"}
    kept.pop("viec", None)
    assert office.post(WORDS, **kept).status_code == 303
    proposals = ws.reviews.proposals(directive="20-NQ/TW", period="2008..2018")
    assert any(one.remarks for one in proposals)
    words = office.get(PAGE).words
    assert "Nhận định riêng của cơ quan" in words
    assert "Đoạn này là nhận định riêng của cơ quan" in words


def test_findings_are_chosen_beside_the_text_and_the_choice_leads_back(office: Visitor):
    page = office.get(PAGE)
    fields = _form(page, "/ton-tai/chon", ve="soan")
    answer = office.post("/ton-tai/chon", **fields | {"viec": "ca:shortcoming"})
    assert answer.location is not None
    assert answer.location.startswith(PAGE)
    assert "Đã lưu lựa chọn" in office.get(PAGE).words or "chọn cả" in office.get(PAGE).words


def test_two_people_change_different_blocks_and_see_each_other(
    office: Visitor, visit: Callable[..., Visitor], ws: Workspace
):
    seen = ws.store.head.seq
    _add(office, "Một.")
    other = visit("so")
    mine = _form(office.get(f"{PAGE}?sua=own:1"), WORDS)
    yours = _form(other.get(f"{PAGE}?sua=own:1"), WORDS)
    assert other.post(WORDS, **yours | {"loi": "Của tôi.", "viec": "luu"}).status_code == 303
    said = json.loads(office.client.get(f"{PAGE}/moi?tu={seen}").data)
    assert said == {"loi": "Người soạn vừa sửa báo cáo này."}
    answer = office.post(WORDS, **mine | {"loi": "Bản của vp.", "viec": "luu"})
    assert answer.status_code == 409
    page = Page(answer.text)
    assert "Người soạn" in page.words
    assert "Bản đang lưu: “Của tôi.”" in page.words
    again = _form(page, WORDS)
    assert again["loi"] == "Bản của vp."
    assert office.post(WORDS, **again | {"viec": "luu"}).status_code == 303
    assert "Bản của vp." in _text(office)
    _add(other, "Đoạn khác.")
    assert "Bản của vp." in _text(office)
    now = ws.store.head.seq
    assert json.loads(office.client.get(f"{PAGE}/moi?tu={now}").data) == {"loi": ""}


def test_a_button_that_came_too_late_says_so(office: Visitor, visit: Callable[..., Visitor]):
    _add(office, "Một.")
    mine = _form(office.get(PAGE), STEP, doan="own:1")
    _press(visit("so"), "own:1", "an")
    assert office.post(STEP, **mine | {"viec": "an"}).status_code == 303
    assert "Người khác vừa sửa đoạn này" in office.get(PAGE).words


def test_the_paper_is_filled_in(office: Visitor):
    fields = _form(office.get(PAGE), PAPER)
    typed = {
        "so_vb": "125",
        "ngay_vb": "9/10/2018",
        "nguoi_ky": "Lê Văn Nam",
        "kinh_gui": "Ban Thường vụ Tỉnh ủy",
        "noi_nhan": "Như trên\r\nLưu Văn phòng",
        "dau": "HỎA TỐC",
    }
    assert office.post(PAPER, **fields | typed).status_code == 303
    page = office.get(PAGE)
    assert _form(page, PAPER)["nguoi_ky"] == "Lê Văn Nam"
    preview = office.get(PREVIEW).words
    assert "ngày 09 tháng 10 năm 2018" in preview
    assert "Lê Văn Nam" in preview
    assert "- Như trên;" in preview
    assert "HỎA TỐC" in preview
    assert "- Lưu Văn phòng." in preview
    late = office.post(PAPER, **fields | {"nguoi_ky": "Người khác"})
    assert late.status_code == 409
    assert "Người khác" in late.text
    wrong = _form(office.get(PAGE), PAPER) | {"ngay_vb": "32/13/2018"}
    answer = office.post(PAPER, **wrong)
    assert answer.status_code == 422
    assert "32/13/2018" in answer.text


def test_what_units_wrote_is_taken_over_and_edited(office: Visitor):
    page = office.get(f"{PAGE}?tim-loi=co+3+to")
    assert "Có 3 tổ chưa có nhà." in page.words
    link = next(link for link in page.links if "loi_cua=" in link)
    fields = _form(office.get(link), WORDS)
    assert fields["loi"] == "Có 3 tổ chưa có nhà."
    edited = fields | {"loi": "Một số tổ chưa có nhà.", "viec": "luu"}
    assert office.post(WORDS, **edited).status_code == 303
    page = office.get(PAGE)
    assert "Một số tổ chưa có nhà." in page.words
    assert "Cơ quan thêm: lời trong báo cáo của đơn vị" in page.words
    assert "Không tìm thấy." in office.get(f"{PAGE}?tim-loi=khongcochunay").words


def test_what_units_wrote_goes_into_the_outline_that_is_shown(office: Visitor, ws: Workspace):
    in_outline = "?de-cuong=tong-ket"
    page = office.get(f"{PAGE}{in_outline}&tim-loi=co+3+to")
    link = next(link for link in page.links if "loi_cua=" in link)
    fields = _form(office.get(link), WORDS + in_outline)
    place = {"muc": "part:kien-nghi", "sau": ""}
    assert "kien-nghi" not in {part.key for part in ws.reviews.outline("20-NQ/TW").parts}
    assert office.post(WORDS + in_outline, **fields | place | {"viec": "luu"}).status_code == 303
    assert "Có 3 tổ chưa có nhà." in office.get(PAGE + in_outline).words


def test_the_script_asks_for_figures(office: Visitor):
    found = json.loads(office.client.get(f"{PAGE}/so-lieu?tim=B1&ky_so=2018-Q2").data)
    assert [FIGURE, "1.310"] in [one[:2] for one in found]
    none = office.client.get(f"{PAGE}/so-lieu?tim=khongco&dv_so=mars&ky_so=9999")
    assert json.loads(none.data) == []


@pytest.mark.parametrize(
    "words", ["=cmd|' /C calc'!A0", "{{7*7}} {%raw%}", "<script>alert(1)</script>", "Một & hai"]
)
def test_hostile_words_are_words(office: Visitor, words: str):
    _add(office, words)
    answer = office.client.get(PAGE)
    assert words in html.unescape(answer.text)
    assert "<script>alert" not in answer.text
    assert words in _text(office)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "Đoạn chưa có chữ nào"),
        ("a" * 100_000, "tối đa 3000"),
        ("đảo \u202e ngược", "U+202E"),
        ("Huyeän Taân Hoøa", "Huyện Tân Hòa"),
    ],
)
def test_words_that_cannot_be_kept_are_refused_and_stay_in_the_box(
    office: Visitor, words: str, said: str
):
    fields = _form(office.get(f"{PAGE}?them=opening"), WORDS)
    answer = office.post(WORDS, **fields | {"loi": words, "viec": "luu"})
    assert answer.status_code == 422
    page = Page(answer.text)
    assert said in page.words
    assert _form(page, WORDS)["loi"] == words


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        (STEP, {"doan": "own:1", "so": "0", "viec": "bay"}, 400),
        (STEP, {"doan": "own:1", "so": "x", "viec": "an"}, 400),
        (WORDS, {"loai": "narrative", "loi": "x", "viec": "luu"}, 400),
        (WORDS, {"loi_cua": "a|b|c", "loi": "x", "viec": "luu"}, 404),
        (WORDS, {"so_lieu": "a|b", "loi": "x", "viec": "luu"}, 404),
    ],
)
def test_a_form_that_was_made_up_is_refused(
    office: Visitor, ws: Workspace, path: str, fields: dict[str, str], status: int
):
    head = ws.store.head
    assert office.post(path, **fields).status_code == status
    assert ws.store.head == head


def test_only_this_page_loads_its_script_and_its_style(
    office: Visitor, visit: Callable[..., Visitor]
):
    assert "in_place.js" in office.client.get(PAGE).text
    for login, path in (("dn", "/"), ("dn", f"/bao-cao/{QUARTER}/nhap"), ("vp", PREVIEW)):
        assert "builder." not in visit(login).client.get(path).text


def test_the_preview_and_the_findings_lead_here(office: Visitor, visit: Callable[..., Visitor]):
    asked = "van-ban=20-nq-tw.2008-01-28&ky=2008..2018&don-vi=huyen"
    for path in (PREVIEW, f"/ton-tai?{asked}"):
        assert PAGE in office.get(path).links
    assert PAGE not in visit("kt").get(PREVIEW).links


def _read_back(ws: Workspace) -> list[tuple[str, str]]:
    """What is wrong in the Word file of the review, as `nq check` says it: number, what it is."""
    asked = {"directive": "20-NQ/TW", "period": "2008..2018"}
    data = ws.reviews.report(**asked, format="party-docx").data
    return [(one.text, one.status.value) for one in ws.papers.check(data, **asked).wrong]


def test_a_number_typed_into_a_finding_is_marked_listed_and_named_by_the_check(
    office: Visitor, ws: Workspace
):
    _link, fields = _finding(office)
    assert _read_back(ws) == []
    assert "Chưa có nguồn" not in office.get(PAGE).words
    words = fields["loi"].rstrip(".") + ", tăng 33 buổi so với năm 2016"
    assert office.post(WORDS, **fields | {"loi": words, "viec": "luu"}).status_code == 303
    page = office.get(PAGE)
    assert "Chưa có nguồn: 33" in page.words
    assert "Số chưa có nguồn: 33" in page.words
    assert "Số chưa có nguồn: 33" in office.get(PREVIEW).words
    assert "Chưa có nguồn: 33" in office.get(f"/ton-tai?{ASKED}").words
    assert _read_back(ws) == [("33", "typed")]


def test_a_number_typed_into_a_heading_is_named_by_the_check(office: Visitor, ws: Workspace):
    _add(office, "Kết quả ở 33 nơi", "part")
    _add(office, "Làm sớm.", "lesson", muc="own:1", sau="own:1")
    assert "Chưa có nguồn: 33" in office.get(PAGE).words
    assert _read_back(ws) == [("33", "typed")]


def test_only_the_typed_numbers_of_joined_blocks_have_no_source(office: Visitor, ws: Workspace):
    _add(office, "Còn 45 nơi chưa làm.", muc="part:ton-tai", sau="lead:ton-tai")
    _press(office, "own:1", "gop")
    assert _read_back(ws) == [("45", "typed")]


def test_a_per_cent_is_put_in_with_its_sign_and_asked_about_without(office: Visitor):
    address = "res20.B2.1|2018-Q2|huyen|all|reported"
    fields = _form(office.get(f"{PAGE}?them=opening"), WORDS)
    asked = {"loi": "Tỷ lệ là", "tim": "B2.1", "ky_so": "2018-Q2", "viec": "tim"}
    answer = office.post(WORDS, **fields | asked)
    assert 'data-so="0,0%"' in answer.text
    found = _form(Page(answer.text), WORDS)
    found.pop("viec", None)
    chosen = _form(Page(office.post(WORDS, **found | {"chen": address}).text), WORDS)
    assert chosen["loi"] == "Tỷ lệ là 0,0%"
    for other in ("bo_so", "chen"):
        chosen.pop(other, None)
    for wrong in ("Tỷ lệ là 0,0.", "Có 0,0 người."):
        answer = office.post(WORDS, **chosen | {"loi": wrong, "viec": "luu"})
        assert answer.status_code == 422
        assert "Vẫn giữ câu này" in Page(answer.text).words
    assert office.post(WORDS, **chosen | {"viec": "luu"}).status_code == 303

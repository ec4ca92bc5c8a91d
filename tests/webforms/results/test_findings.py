"""*Tồn tại, hạn chế*: choosing and rewording by hand; *Nhiệm vụ*: saying how far it is."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from nqcore.analysis.findings import Review
from nqcore.model.findings import Evidence, Finding, FindingKind, Text, UnitCount
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.remarks import remarks_of
from tests.support.small import plugin
from tests.support.visitor import Page, Visitor

ASKED = "van-ban=20-nq-tw.2008-01-28&ky=2008..2018&don-vi=huyen"
LIST = f"/ton-tai?{ASKED}"
REVIEW = "/bao-cao-tong-hop/2008..2018_20-nq-tw.2008-01-28_huyen"


RULES = (
    """
[pack]
id = "thu"
since = 2017-01-01
basis = "Kế hoạch số 1"
"""
    + "".join(
        f"""
[[rule]]
id = "thu.{name}"
directive = "20-NQ/TW"
kind = "{kind}"
type = "total"
coverage = 1
title = "{title}"
order = {order}
indicators = ["res20.B1"]
scope = {{ units = ["dn-may-binh-minh"] }}
sentences.some = "{words}"
"""
        for order, (name, kind, title, words) in enumerate(
            (
                ("it", "shortcoming", "Lao động còn ít", "mới có {B1} lao động được tuyên truyền"),
                ("cham", "shortcoming", "Còn chậm", "chưa tổ chức đối thoại cho {B1} lao động"),
                ("thieu", "shortcoming", "Còn thiếu", "còn {B1} lao động thiếu thông tin"),
                ("co", "result", "Đã có", "đã phổ biến cho {B1} lao động"),
                ("them", "result", "Có thêm", "có thêm {B1} lao động tham gia"),
            )
        )
    )
    + """
[[task]]
id = "thu.G1"
directive = "20-NQ/TW"
title = "Mở lớp cho người lao động"
responsible = "ban-tuyen-giao"
answers = ["thu.it"]

[[rule]]
id = "thu.hai"
directive = "20-NQ/TW"
kind = "result"
type = "total"
coverage = 1
title = "Hai số"
order = 10
indicators = ["res20.B1", "res20.B1.1"]
scope = { units = ["dn-may-binh-minh"] }
sentences.some = "có {B1} lao động, trong đó {B1.1} nữ"
"""
)
"""Rules that speak from one report: three shortcomings and three results."""


def plans_that_lack(review: Review) -> list[Finding]:
    """What a rule in code finds: 2 of 3 communes have no plan."""
    communes = ("xa-an-phu", "xa-binh-minh", "xa-dong-ha")
    count = UnitCount(communes[:2], communes, share=True)
    return [
        Finding(
            rule="thu.ke-hoach",
            owner="nq_thu",
            kind=FindingKind.SHORTCOMING,
            title="Chưa có kế hoạch",
            sentence=(Text("còn "), count, Text(" xã chưa ban hành kế hoạch")),
            evidence=Evidence(figures=(), units=communes[:2]),
        )
    ]


PLANS = SimpleNamespace(
    id="thu.ke-hoach",
    kind=FindingKind.SHORTCOMING,
    directive="20-NQ/TW",
    findings=plans_that_lack,
)


@pytest.fixture
def ws(office: Path, tmp_path: Path) -> Iterator[Workspace]:
    shutil.copytree(office, tmp_path / "ws")
    modules = [("nq_thu", plugin("nq_thu", RULES, rules=lambda: [PLANS]))]
    with open_workspace(tmp_path / "ws", modules=modules) as found:
        assert not found.faults
        yield found


@pytest.fixture
def told(visit, ws: Workspace):
    """One enterprise reports its workers, one commune no plan: rules have something to say."""
    for login, id, typed in (
        ("dn", "2018-Q2_res20.q_dn-may-binh-minh", {"B1": "1.310", "B1.1": "917"}),
        ("xa", "2017_res20.y_xa-an-phu", {}),
    ):
        visit(login).press(f"/bao-cao/{id}/nhap", "ghi0", typed)
        ws.send(id, by=login)
        ws.accept(id, by="vp")
    return ws


def _card(page: Page, key: str) -> dict[str, str]:
    """The fields of the card of that finding."""
    for _action, fields in page.forms:
        if fields.get("ma") == key:
            return dict(fields)
    raise AssertionError(f"no card {key}: {[f.get('ma') for _a, f in page.forms]}")


def _opened(visitor: Visitor, key: str) -> Page:
    """The list with that finding opened."""
    return visitor.get(f"{LIST}&mo={key}")


def _key(name: str) -> str:
    return f"thu.{name}"


def _first(page: Page) -> str:
    return next(fields["ma"] for _a, fields in page.forms if "ma" in fields)


def test_a_finding_is_chosen_reworded_and_printed_so(visit, told):
    office = visit("vp")
    key = _key("it")
    fields = _card(office.get(LIST), key)
    words = "Văn phòng viết lại: 1.310 lao động"
    answer = office.post("/ton-tai", **fields | {"cau": words, "viec": "chosen"})
    assert answer.status_code == 303
    page = office.get(answer.location.partition("#")[0])
    assert _card(page, key)["cau"] == words
    assert "Đã chọn 1" in page.words
    assert words in office.get(REVIEW).words
    office.post("/ton-tai", **_card(page, key) | {"viec": "dismissed"})
    assert words not in office.get(REVIEW).words


def test_a_number_that_contradicts_the_figures_is_told_and_put_right(visit, told):
    office = visit("vp")
    page = office.get(LIST)
    key, text, number = next(
        (fields["ma"], fields["cau"], found[0])
        for _a, fields in page.forms
        if "ma" in fields and (found := re.search(r"\b\d+ trong \d+\b", fields["cau"]))
    )
    wrong = text.replace(number, "987 trong 988", 1)
    fields = _card(page, key)
    answer = office.post("/ton-tai", **fields | {"cau": wrong, "viec": "chosen"})
    assert answer.status_code == 422
    again = Page(answer.text)
    assert f"Câu ghi 987 trong 988, số liệu hiện là {number}" in again.words
    assert again.title.startswith("Lỗi: ")
    assert _card(again, key)["cau"] == wrong
    answer = office.post("/ton-tai", **_card(again, key) | {"cap_nhat": "1", "viec": "chosen"})
    assert answer.status_code == 303
    assert _card(office.get(LIST), key)["cau"].casefold() == text.casefold()


def test_somebody_who_was_slower_is_told(visit, told):
    first, second = visit("vp"), visit("so")
    key = _first(first.get(LIST))
    mine, yours = _card(first.get(LIST), key), _card(second.get(LIST), key)
    assert first.post("/ton-tai", **mine | {"viec": "chosen"}).status_code == 303
    answer = second.post("/ton-tai", **yours | {"viec": "dismissed"})
    assert answer.status_code == 409
    assert "vừa thay đổi nội dung này" in Page(answer.text).words
    assert "Đã chọn 1" in second.get(LIST).words


def test_the_card_of_a_finding_shows_the_tasks_that_answer_it(visit, told):
    """The link is kept at the task, not at the rule."""
    page = visit("vp").get(LIST)
    assert "Giải pháp khắc phục" not in page.words
    page = _opened(visit("vp"), _key("it"))
    assert "Giải pháp khắc phục" in page.words
    assert "/nhiem-vu/thu.G1" in page.links


@pytest.mark.parametrize(
    ("login", "status"), [("kt", 403), ("ld", 403), ("qt", 403), ("dn", 404), ("xa", 404)]
)
def test_only_who_decides_decides(visit, told, login: str, status: int):
    fields = _card(visit("vp").get(LIST), _first(visit("vp").get(LIST)))
    fields.pop("csrf_token")
    answer = visit(login).post("/ton-tai", **fields | {"viec": "chosen"})
    assert answer.status_code == status


def test_an_inspector_reads_without_boxes(visit, told):
    page = visit("kt").get(LIST)
    assert not [tag for tag, _attrs in page.elements if tag == "textarea"]


@pytest.mark.parametrize("choice", ["waiting", "chosen", "dismissed"])
def test_a_sentence_is_reworded_in_any_state_and_stays_in_it(visit, told, choice: str):
    office, key = visit("vp"), _key("it")
    if choice != "waiting":
        office.post("/ton-tai", **_card(office.get(LIST), key) | {"viec": choice})
    before = office.get(REVIEW).words
    words = "Văn phòng viết lại: 1.310 lao động được tuyên truyền"
    answer = office.post("/ton-tai", **_card(office.get(LIST), key) | {"cau": words, "viec": "cau"})
    assert answer.status_code == 303
    page = office.get(LIST)
    assert _card(page, key)["cau"] == words
    assert office.get(f"{LIST}&loc={choice}").words.count("Lao động còn ít") > 0
    after = office.get(REVIEW).words
    assert (words in after) == (choice != "dismissed")
    for other in ("chưa tổ chức đối thoại", "còn 1.310 lao động thiếu"):
        assert (other in after.casefold()) == (other in before.casefold())


def test_what_goes_into_the_review_is_said_of_each_kind_on_the_list_and_in_the_preview(visit, told):
    office = visit("vp")
    for page in (office.get(LIST), office.get(REVIEW)):
        assert "Tồn tại, hạn chế: chưa chọn, đưa cả 4 vào báo cáo" in page.words
        assert "Kết quả: chưa chọn, đưa cả 3 vào báo cáo" in page.words
    assert "3 mục kia không vào" in _opened(office, _key("it")).words
    answer = office.post("/ton-tai", **_card(office.get(LIST), _key("it")) | {"viec": "chosen"})
    told_now = "Tồn tại, hạn chế: đã chọn 1 trong 4; 3 mục chưa chọn không vào báo cáo"
    assert answer.status_code == 303
    # Of the part, and in the card that was chosen.
    assert _opened(office, _key("it")).words.count(told_now) == 2
    for page in (office.get(LIST), office.get(REVIEW)):
        assert told_now in page.words
        assert "Kết quả: chưa chọn, đưa cả 3 vào báo cáo" in page.words
    office.post("/ton-tai", **_card(office.get(LIST), _key("cham")) | {"viec": "dismissed"})
    assert "2 mục chưa chọn, 1 mục bỏ qua không vào báo cáo" in office.get(REVIEW).words


def _part(page: Page) -> dict[str, str]:
    """The fields of the form that chooses several, as they stand."""
    return dict(page.form("/ton-tai/chon"))


def test_several_are_ticked_and_saved_at_once(visit, told):
    office = visit("vp")
    office.post("/ton-tai", **_card(office.get(LIST), _key("cham")) | {"viec": "dismissed"})
    part = _part(office.get(LIST))
    ticks = {f"chon.{_key('it')}": "1", f"chon.{_key('thieu')}": "1"}
    assert (
        office.post("/ton-tai/chon", **part | ticks | {"viec": "danh-dau:shortcoming"}).status_code
        == 303
    )
    page = office.get(LIST)
    assert "đã chọn 2 trong 4; 1 mục chưa chọn, 1 mục bỏ qua không vào báo cáo" in page.words
    part = _part(page)
    assert {name for name in part if name.startswith("chon.")} == {*ticks}
    del part[f"chon.{_key('it')}"]
    office.post("/ton-tai/chon", **part | {"viec": "danh-dau:shortcoming"})
    page = office.get(LIST)
    assert "đã chọn 1 trong 4; 2 mục chưa chọn, 1 mục bỏ qua" in page.words
    office.post("/ton-tai/chon", **_part(page) | {"viec": "ca:shortcoming"})
    page = office.get(LIST)
    assert "Tồn tại, hạn chế: đã chọn 3 trong 4; bỏ qua 1" in page.words
    office.post("/ton-tai/chon", **_part(page) | {"viec": "bo:shortcoming"})
    assert "chưa chọn, đưa 3 vào báo cáo; bỏ qua 1" in office.get(LIST).words
    assert "Kết quả: chưa chọn, đưa cả 3 vào báo cáo" in office.get(LIST).words


@pytest.mark.parametrize("button", ["danh-dau:result", "ca:result", "bo:result"])
def test_what_is_ticked_in_one_part_is_saved_by_the_buttons_of_the_other(visit, told, button: str):
    office = visit("vp")
    ticks = {f"chon.{_key('it')}": "1", "viec": button}
    office.post("/ton-tai/chon", **_part(office.get(LIST)) | ticks)
    assert "Tồn tại, hạn chế: đã chọn 1 trong 4" in office.get(LIST).words


def test_choosing_several_keeps_their_words(visit, told):
    office, words = visit("vp"), "Văn phòng viết: 1.310 lao động"
    office.post("/ton-tai", **_card(office.get(LIST), _key("it")) | {"cau": words, "viec": "cau"})
    for button in ("ca", "bo"):
        office.post("/ton-tai/chon", **_part(office.get(LIST)) | {"viec": f"{button}:shortcoming"})
        assert _card(office.get(LIST), _key("it"))["cau"] == words


def test_who_was_slower_with_several_is_told_and_overwrites_nothing(visit, told):
    first, second = visit("vp"), visit("so")
    mine, yours = (_part(one.get(LIST)) for one in (first, second))
    ticked = mine | {f"chon.{_key('it')}": "1", "viec": "danh-dau:shortcoming"}
    assert first.post("/ton-tai/chon", **ticked).status_code == 303
    answer = second.post("/ton-tai/chon", **yours | {"viec": "bo:shortcoming"})
    assert answer.status_code == 303
    assert "đã chọn 1 trong 4" in second.get(LIST).words


@pytest.mark.parametrize(
    ("login", "status"), [("kt", 403), ("ld", 403), ("qt", 403), ("dn", 404), ("xa", 404)]
)
def test_only_who_decides_chooses_several(visit, told, login: str, status: int):
    part = _part(visit("vp").get(LIST))
    part.pop("csrf_token")
    assert (
        visit(login).post("/ton-tai/chon", **part | {"viec": "ca:shortcoming"}).status_code
        == status
    )


@pytest.mark.parametrize(
    "odd",
    [
        {"viec": "?"},
        {"viec": "ca:?"},
        {"viec": "ca"},
        {"viec": ""},
        {"so.thu.it": "x"},
        {"so.thu.it": "0 ?"},
        {"so.thu.it": "0 waiting"},
    ],
)
def test_an_odd_choice_of_several_is_refused(visit, told, odd):
    office = visit("vp")
    part = _part(office.get(LIST)) | {"viec": "ca:shortcoming"} | odd
    assert office.post("/ton-tai/chon", **part).status_code == 400
    assert "chưa chọn, đưa cả 4 vào báo cáo" in office.get(LIST).words


def test_words_against_the_figures_are_kept_only_on_purpose_and_marked(visit, told):
    office, key = visit("vp"), _key("cham")
    words = "Đã tổ chức đối thoại thường xuyên"
    fields = _card(office.get(LIST), key)
    answer = office.post("/ton-tai", **fields | {"cau": words, "viec": "chosen"})
    assert answer.status_code == 422
    again = Page(answer.text)
    assert "câu không còn số 1.310" in again.words
    assert "câu viết “đã tổ chức đối thoại" in again.words
    assert "Vẫn giữ câu này" in again.words
    assert words not in office.get(REVIEW).words
    card = _card(again, key)
    assert card["cau"] == card["cau_truoc"] == words
    # Other words than those that were shown are held against the figures again.
    other = card | {"cau": "Đã đối thoại tốt", "van_giu": "chosen"}
    assert office.post("/ton-tai", **other).status_code == 422
    assert office.post("/ton-tai", **card | {"van_giu": "chosen"}).status_code == 303
    page = office.get(LIST)
    assert "Nhận định riêng của cơ quan, không khớp số liệu: câu không còn số 1.310" in page.words
    assert words in office.get(REVIEW).words
    # It is kept: choosing or leaving it again asks nothing more.
    assert office.post("/ton-tai", **_card(page, key) | {"viec": "dismissed"}).status_code == 303


def test_a_number_with_a_relation_is_held_against_its_figure(visit, told, ws: Workspace):
    office, key = visit("vp"), _key("it")
    for words, status in (
        ("mới có trên 1.400 lao động được tuyên truyền", 422),
        ("mới có trên 1.300 lao động được tuyên truyền", 303),
    ):
        fields = _card(office.get(LIST), key) | {"cau": words, "viec": "cau"}
        assert office.post("/ton-tai", **fields).status_code == status
    assert "“1.300” đối chiếu với số liệu 1.310" in _opened(office, key).words


def test_a_number_that_the_office_computed_is_made_live_by_a_button(visit, told):
    office, key = visit("vp"), _key("hai")
    words = "có 1.310 lao động, trong đó 917 nữ, chiếm 70,0%"
    fields = _card(office.get(LIST), key)
    answer = office.post("/ton-tai", **fields | {"cau": words, "viec": "cau"})
    assert answer.status_code == 303
    page = office.get(answer.location.partition("#")[0])  # it stays opened: it has more to say
    assert "70,0% = 917 : 1.310: giữ theo số liệu" in page.words
    answer = office.post("/ton-tai", **_card(page, key) | {"song": "70,0% = 917 : 1.310"})
    assert answer.status_code == 303
    page = _opened(office, key)
    assert "Tính từ số liệu: 70,0% = 917 : 1.310" in page.words
    assert "giữ theo số liệu" not in page.words
    # Choosing it keeps the number live.
    office.post("/ton-tai", **_card(page, key) | {"viec": "chosen"})
    assert "Tính từ số liệu: 70,0% = 917 : 1.310" in _opened(office, key).words


def test_the_page_of_a_review_without_findings_says_so(visit, ws: Workspace):
    page = visit("vp").get(LIST)
    assert "Kết quả: không có mục nào" in page.words


def test_a_task_is_updated_by_its_unit_and_seen_above(visit):
    unit, office, other = visit("tg"), visit("vp"), visit("dn")
    fields = dict(unit.get("/nhiem-vu/hu.G1").form("/nhiem-vu/hu.G1"))
    answer = unit.post("/nhiem-vu/hu.G1", **fields | {"status": "doing", "note": "Đã mở 2 lớp"})
    assert answer.status_code == 303
    assert "Đã mở 2 lớp" in office.get("/nhiem-vu/hu.G1").words
    assert "Đã mở 2 lớp" not in other.get("/nhiem-vu/hu.G1").words
    assert other.post("/nhiem-vu/hu.G1", status="done", so="1").status_code == 403
    stale = unit.post("/nhiem-vu/hu.G1", status="done", note="", so="0")
    assert stale.status_code == 409
    assert "Đang thực hiện" in office.get("/nhiem-vu/hu.G1").words
    for wrong in ({"status": "what", "so": "1"}, {"status": "done", "note": "x" * 501, "so": "1"}):
        assert unit.post("/nhiem-vu/hu.G1", **wrong).status_code == 422


def test_what_a_report_leaves_out_is_said_above_its_preview(visit, ws: Workspace):
    review = ws.reviews.review(directive="20-nq-tw.2008-01-28", period="2018-Q1", unit="huyen")
    remarks = remarks_of(ws.reviews.build(review))
    assert remarks
    above, printed = (
        visit("vp").get(REVIEW.replace("2008..2018", "2018-Q1")).words.split("BÁO CÁO", 1)
    )
    assert all(remark in above and remark not in printed for remark in remarks)


def test_evidence_is_shown_of_the_finding_that_is_opened_and_of_no_other(visit, told):
    for login in ("vp", "kt"):
        visitor = visit(login)
        folded, opened = visitor.get(LIST), _opened(visitor, _key("it"))
        assert "Minh chứng –" not in folded.words
        assert opened.words.count("Minh chứng –") == 1
        assert _opened(visitor, "khong-co").words == folded.words


def test_the_filter_stays_after_a_decision_and_what_it_hides_stays_chosen(visit, told):
    office = visit("vp")
    office.post("/ton-tai", **_card(office.get(LIST), _key("it")) | {"viec": "chosen"})
    waiting = office.get(f"{LIST}&loc=waiting")
    answer = office.post("/ton-tai", **_card(waiting, _key("cham")) | {"viec": "dismissed"})
    assert "loc=waiting" in answer.location
    part = _part(office.get(f"{LIST}&loc=waiting"))
    assert f"so.{_key('it')}" not in part
    answer = office.post(
        "/ton-tai/chon", **part | {f"chon.{_key('thieu')}": "1", "viec": "danh-dau:shortcoming"}
    )
    assert "loc=waiting" in answer.location
    assert "đã chọn 2 trong 4" in office.get(LIST).words

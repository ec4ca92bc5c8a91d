"""*Quản trị › Nội dung*: what the office adds is shown before it takes effect, made, ended, taken back;
mistakes stand at their boxes with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from nqcore.analysis.indicator_uses import asked_in_vain
from nqcore.analysis.report.sentences import sentence_text
from nqcore.catalogue.item_kinds import Item, table_of
from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.collection.entry.autofill import zeros
from nqcore.model.rules import RuleDefinition
from nqcore.model.units import Unit, UnitKind
from nqcore.text.numbers import write_figure
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import PASSWORD
from webforms import create_app
from webforms.admin.content_shapes import SHAPES
from webforms.admin.content_uses import Uses

CONTENT = "/quan-tri/noi-dung"
BASIS = "Công văn số 5-CV/HU, ngày 10/12/2015 của Huyện ủy"
SINCE = "1/1/2016"
COUNT = {
    "name": "Số cuộc kiểm tra phát hiện vi phạm",
    "measure": "cuộc",
    "units": "sum",
    "time": "sum",
    "since": SINCE,
    "basis": BASIS,
}
RATE = {
    "name": "Tỷ lệ cuộc kiểm tra phát hiện vi phạm",
    "measure": "%",
    "formula": "T1 / D2 * 100",
    "decimals": "1",
    "direction": "down",
    "since": SINCE,
    "basis": BASIS,
}
SECTION = {
    "form": "res20.y",
    "title": "Kết quả kiểm tra",
    "asks.kinds": ["commune"],
    "since": SINCE,
    "basis": BASIS,
}
QUESTION = {"place": "res20.y/A", "indicator": "huyen.T1", "since": SINCE, "basis": BASIS}
TARGET = {
    "directive": "20-nq-tw.2008-01-28",
    "indicator": "huyen.T2",
    "aim": "at_most",
    "value": "20,5",
    "period": "năm 2018",
    "basis": BASIS,
}
Fields = dict[str, object]
Enter = Callable[..., Visitor]


def path(sort: str) -> str:
    return f"{CONTENT}/soan/{sort}"


def look(admin: Visitor, sort: str, fields: Fields, ma: str = "") -> tuple[int, Page]:
    """Fill in the form of that sort and press the button of the preview."""
    where = path(sort)
    page = admin.get(f"{where}?ma={ma}" if ma else where)
    return _send(admin, where, page.form(where), {"viec": "xem", **fields})


def _send(
    admin: Visitor, where: str, form: MultiDict[str, str], fields: Fields
) -> tuple[int, Page]:
    for name, value in fields.items():
        form.setlist(name, value if isinstance(value, list) else [str(value)])
    answer = admin.client.post(where, data=form)
    return answer.status_code, Page(answer.text)


def add(admin: Visitor, sort: str, fields: Fields, ma: str = "") -> Page:
    """Look at the preview, and confirm it."""
    status, seen = look(admin, sort, fields, ma)
    assert status == 200, seen.words
    status, _page = _send(admin, path(sort), seen.form(path(sort)), {"viec": "ghi"})
    assert status == 303, _page.words
    return seen


@pytest.fixture
def admin(visit: Enter) -> Visitor:
    return visit("qt")


def asked(admin: Visitor) -> None:
    """A count, a rate, a section for communes and the question in it."""
    add(admin, "chi-tieu", COUNT)
    add(admin, "chi-tieu-tinh", RATE)
    add(admin, "muc", SECTION)
    add(admin, "cau-hoi-so", QUESTION)


def test_every_sort_has_a_page_whose_mistakes_stand_at_their_boxes(
    admin: Visitor, ws: Workspace
) -> None:
    head = ws.store.head
    for sort, shape in SHAPES.items():
        status, page = look(admin, sort, {"basis": "Lời đã gõ", "since": "32/13/2018"})
        keys = {box.key for box in shape.boxes}
        assert status == 422, sort
        assert page.title.startswith("Lỗi: "), sort
        wrong = {a["name"] for _tag, a in page.elements if a.get("aria-invalid")}
        needed = {box.key for box in shape.boxes if box.required and box.type != "ticks"}
        assert wrong >= needed - {"label", "basis"}, sort
        assert ("since" in wrong) == ("since" in keys), sort
        if "basis" in keys:
            assert page.form(path(sort))["basis"] == "Lời đã gõ", sort
    assert ws.store.head == head


def test_a_pasted_title_fills_the_boxes_of_a_directive(admin: Visitor, ws: Workspace) -> None:
    title = "Nghị quyết số 21-NQ/TW, ngày 22/11/2012 của Bộ Chính trị về công tác bảo hiểm xã hội"
    status, page = look(admin, "van-ban", {"van_ban_goc": title, "viec": "doc", "term": "XI"})
    form = page.form(path("van-ban"))
    assert status == 200
    found = {key: form[key] for key in ("type", "number", "issuer", "body", "date", "term")}
    assert found == {
        "type": "Nghị quyết",
        "number": "21-NQ/TW",
        "issuer": "TW",
        "body": "Bộ Chính trị",
        "date": "22/11/2012",
        "term": "XI",
    }
    assert form["title"] == "về công tác bảo hiểm xã hội"
    status, page = _send(admin, path("van-ban"), form, {"viec": "doc", "van_ban_goc": "không có"})
    assert status == 422
    assert "Không tìm thấy số, ký hiệu văn bản" in page.words
    assert page.form(path("van-ban"))["number"] == "21-NQ/TW"
    add(admin, "van-ban", {**form, "viec": "xem"})
    assert ws.directives["21-NQ/TW"].title == "về công tác bảo hiểm xã hội"


def test_a_preview_says_who_is_asked_what_from_when_and_writes_nothing(
    admin: Visitor, ws: Workspace
) -> None:
    add(admin, "chi-tieu", COUNT)
    add(admin, "muc", SECTION)
    head = ws.store.head
    status, page = look(admin, "cau-hoi-so", QUESTION)
    assert (status, ws.store.head) == (200, head)
    assert "T1. Số cuộc kiểm tra phát hiện vi phạm" in page.words
    assert "Năm 2016" in page.words
    assert "Xã An Phú" in page.words
    assert "Công ty" not in page.words
    assert "Mỗi năm thêm" in page.words
    assert "kỳ đầu tiên có số liệu là Năm 2016" in page.words


def test_what_was_added_is_asked_of_its_units_alone(admin: Visitor, ws: Workspace) -> None:
    asked(admin)
    seen = admin.get(f"{CONTENT}/bieu-mau/res20.y?don-vi=xa-an-phu").words
    other = admin.get(f"{CONTENT}/bieu-mau/res20.y?don-vi=dn-may-binh-minh").words
    assert "T1. Số cuộc kiểm tra phát hiện vi phạm" in seen
    assert "T1." not in other
    sheet = ws.entry.sheet("2017_res20.y_xa-an-phu")
    assert "T1" in {row.key for row in sheet.rows}


def test_a_plan_that_is_not_what_was_shown_is_shown_again(admin: Visitor, ws: Workspace) -> None:
    add(admin, "chi-tieu", COUNT)
    where = path("muc")
    _status, seen = look(admin, "muc", SECTION)
    add(admin, "muc", {**SECTION, "title": "Mục khác"})  # another administrator is faster
    head = ws.store.head
    status, page = _send(admin, where, seen.form(where), {"viec": "ghi"})
    assert (status, ws.store.head) == (422, head)
    assert "Trong lúc đó có thay đổi khác" in page.words
    status, _page = _send(admin, where, page.form(where), {"viec": "ghi"})
    assert status == 303


def test_from_the_preview_one_goes_back_with_all_that_was_typed(admin: Visitor) -> None:
    _status, seen = look(admin, "muc", SECTION)
    status, page = _send(admin, path("muc"), seen.form(path("muc")), {"viec": "sua"})
    form = page.form(path("muc"))
    assert status == 200
    assert form["title"] == "Kết quả kiểm tra"
    assert form.getlist("asks.kinds") == ["commune"]
    assert form["since"] == SINCE


def test_a_target_has_another_value_in_two_communes(admin: Visitor, ws: Workspace) -> None:
    asked(admin)
    add(admin, "muc-tieu", TARGET)
    (target,) = [one for one in ws.catalogue.targets.values() if one.indicator == "huyen.T2"]
    assert (str(target.value), target.period) == ("20.5", "2018")
    own = {
        "target": target.id,
        "set.value": "30",
        "within": "xa an phu\nXã Bình Minh",
        "since": SINCE,
        "basis": BASIS,
    }
    status, page = look(admin, "dieu-chinh-muc-tieu", {**own, "within": "xã không có"})
    assert status == 422
    assert "Không có đơn vị “xã không có”" in page.words
    add(admin, "dieu-chinh-muc-tieu", own)
    overlays = [one.item.value for one in ws.content.items("overlay", "workspace")]
    assert [one.within for one in overlays] == ["xa-an-phu", "xa-binh-minh"]


def test_a_change_of_meaning_is_refused_in_words(admin: Visitor, ws: Workspace) -> None:
    asked(admin)
    ws.save_draft("xa-an-phu", "res20.y", "2017", {"T1": "3"}, by="xa")
    ma = "huyen.T1@2016-01-01"
    status, page = look(admin, "chi-tieu", {"measure": "vụ"}, ma)
    assert status == 422
    assert "ông đổi được nữa" in page.words
    assert page.form(path("chi-tieu"))["measure"] == "vụ"
    add(admin, "chi-tieu", {"note": "Cả kiểm tra đột xuất"}, ma)
    assert ws.catalogue.indicators["huyen.T1"].note == "Cả kiểm tra đột xuất"


def test_a_change_is_taken_back_while_unused_and_the_dates_are_shown(
    admin: Visitor, ws: Workspace
) -> None:
    add(admin, "chi-tieu", COUNT)
    page = admin.get(CONTENT)
    assert "từ 01/01/2016" in page.words
    assert "Quản trị, " in page.words
    answer = admin.post(f"{CONTENT}/thay-doi/1/hoan-tac")
    assert answer.status_code == 303
    assert "Đã hoàn tác: Chỉ tiêu: T1." in admin.get(CONTENT).words
    assert "huyen.T1" not in ws.catalogue.indicators
    again = admin.get(CONTENT)
    assert "đã hoàn tác" in again.words
    assert not [where for where, _form in again.forms if where.endswith("hoan-tac")]


def test_a_question_of_a_plugin_ends_on_a_day_after_a_preview(
    admin: Visitor, ws: Workspace
) -> None:
    where = f"{CONTENT}/ket-thuc/question"
    form = admin.get(f"{where}?ma=res20.q/A1").form(where)
    status, page = _send(admin, where, form, {"viec": "xem", "until": "x", "basis": ""})
    assert status == 422
    wrong = {a["name"] for _tag, a in page.elements if a.get("aria-invalid")}
    assert wrong == {"until", "basis"}
    fields: Fields = {"viec": "xem", "until": "1/1/2019", "basis": BASIS}
    status, page = _send(admin, where, page.form(where), fields)
    assert status == 200
    assert "thôi hỏi" in page.words
    status, _page = _send(admin, where, page.form(where), {"viec": "ghi"})
    assert status == 303
    assert [one.item.value.leaves_out for one in ws.content.items("overlay", "workspace")] == [
        ("A1",)
    ]


@pytest.mark.parametrize(
    "where",
    [
        f"{CONTENT}/soan/khong-co",
        f"{CONTENT}/soan/chi-tieu?ma=khong-co",
        f"{CONTENT}/soan/chi-tieu?ma=res20.A1@2008-01-01",
        f"{CONTENT}/xem/letterhead?ma=huyen",
        f"{CONTENT}/xem/indicator?ma=x",
        f"{CONTENT}/ket-thuc/target?ma=x",
        f"{CONTENT}/ket-thuc/form?ma=res20.q",
        f"{CONTENT}/bieu-mau/x",
    ],
)
def test_what_there_is_not_is_no_page(admin: Visitor, where: str) -> None:
    admin.get(where, 404)


def test_each_page_of_an_indicator_says_how_it_is_defined_since_when_and_by_whom(
    admin: Visitor, ws: Workspace
) -> None:
    asked(admin)
    later = {"since": date(2018, 1, 1), "formula": "huyen.T1 / (res20.D2 + res20.D3) * 100"}
    newer: dict[str, object] = {**table_of(_item(ws, "indicator", "huyen.T2@2016-01-01")), **later}
    newer["basis"] = "Công văn số 9-CV/HU"
    ws.content.apply(ws.content.plan([("indicator", newer)]), by="qt")
    pages = (
        admin.get(f"{CONTENT}/xem/indicator?ma=huyen.T2@2018-01-01").words,
        admin.get("/chi-tieu/huyen.T2?ky=2018").words,
    )
    for words in pages:
        for said in (
            "Tỷ lệ cuộc kiểm tra phát hiện vi phạm",
            "Đơn vị tính%",
            "Tính từ tổng của các thành phần, không lấy bình quân.",
            "(T2) = (T1:(D2+D3))x100",
            "(T2) = (T1:D2)x100",
            f"từ 01/01/2016 đến trước ngày 01/01/2018: {BASIS}",
            "từ 01/01/2018 (bản này): Công văn số 9-CV/HU",
            "cơ quan (Quản trị, ",
        ):
            assert said in words, said
    for where in (
        f"{CONTENT}/xem/indicator?ma=res20.C6.2@2008-01-01",
        "/chi-tieu/res20.C6.2?ky=2018-Q2",
    ):
        words = admin.get(where).words
        for said in (
            "Chưa có thì ghi 0.",
            "Cộng các đơn vị; lấy số kỳ cuối",
            "“Báo cáo quý về thực hiện Nghị quyết số 20-NQ/TW” – nq_res20",
            "từ 01/01/2008: Chỉ thị số 07-CT/TW, ngày 23/11/1996",
        ):
            assert said in words, (where, said)


def test_the_list_says_of_everything_what_uses_it_and_how_many_boxes_it_costs(
    admin: Visitor, ws: Workspace
) -> None:
    uses = {one.code: one for one in ws.monitoring.indicator_uses()}
    words = admin.get(CONTENT).words
    one = uses["res20.A1"]
    assert one.rules
    found = [ws.catalogue.rules[id] for id in one.rules]
    assert all(isinstance(rule, RuleDefinition) for rule in found)
    rules = "; ".join(rule.title for rule in found if isinstance(rule, RuleDefinition))
    row = words[words.index("res20.A1@2008-01-01") : words.index("res20.A2@2008-01-01")]
    assert f"(khóa X){one.cells[ws.today.year]}" in row
    assert f"Quy tắc: {rules}" in row
    assert "Phụ lục của báo cáo về 20-NQ/TW" in row
    vain = asked_in_vain(uses.values(), ws.today.year)
    assert f"Năm {ws.today.year} phải điền {write_figure(Decimal(vain.boxes))} ô." in words
    assert words.count("hai năm nay không dùng vào việc gì") == 1 + sum(
        one.idle for one in uses.values()
    )
    for idle in vain.idle:
        assert f"{idle.name} ({idle.code}, " in words
    found = admin.get(f"{CONTENT}?tim=res20.S2").words
    assert "Nhiệm vụ: " in found


def test_a_rule_that_leaves_out_units_which_are_asked_is_noted_in_the_preview(
    admin: Visitor, ws: Workspace
) -> None:
    rule: Fields = {
        "kind": "shortcoming",
        "directive": "20-nq-tw.2008-01-28",
        "title": "Có phát hiện vi phạm",
        "indicators": ["res20.C9"],
        "scope.kinds": ["enterprise"],
        "sentences.some": "{over} có {C9} người",
        "basis": BASIS,
    }
    status, page = look(admin, "quy-tac-total", rule)
    assert status == 200, page.words
    assert "Nên xem lại" in page.words
    assert "“res20.C9” còn hỏi cả đơn vị ngoài phạm vi của quy tắc: Hợp tác xã" in page.words


def _item(ws: Workspace, kind: str, id: str) -> Item:
    return next(one.item for one in ws.content.items(kind) if one.item.id == id)


WRONG: dict[str, tuple[str, Fields, set[str]]] = {
    "a cycle": ("chi-tieu-tinh", {**RATE, "label": "T2", "formula": "T2 / D2 * 100"}, {"formula"}),
    "names that nobody knows": (
        "chi-tieu-tinh",
        {**RATE, "formula": "T9 / D99 * 100", "basis": ""},
        {"formula", "basis"},
    ),
    "dates that are no time": ("muc", {**SECTION, "until": "1/1/2015"}, {"until"}),
    "a target without a source": ("muc-tieu", {**TARGET, "indicator": "res20.A1", "basis": " "}, {"basis"}),
    "a form that nobody owes": (
        "bieu-mau",
        {
            "title": "Báo cáo tháng",
            "directive": "20-nq-tw.2008-01-28",
            "every": "quarter",
            "due.day": "10",
            "owed_by.kinds": ["hospital"],
            "since": SINCE,
            "basis": BASIS,
        },
        set(),  # ticks: the words stand at the group
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_bad_content_is_refused_at_its_boxes_all_at_once(
    admin: Visitor, ws: Workspace, case: str
) -> None:
    sort, fields, boxes = WRONG[case]
    head = ws.store.head
    status, page = look(admin, sort, fields)
    assert (status, ws.store.head) == (422, head)
    wrong = {a["name"] for _tag, a in page.elements if a.get("aria-invalid")}
    assert wrong == boxes, page.words
    if not boxes:
        assert "Chỉ các loại đơn vị phải gửi: Không có đơn vị nào" in page.words
    form = page.form(path(sort))
    typed = [name for name, value in fields.items() if isinstance(value, str) and value.strip()]
    assert {name: form[name] for name in typed} == {name: fields[name] for name in typed}


def test_two_exceptions_of_one_unit_at_the_same_time_are_refused(
    admin: Visitor, ws: Workspace
) -> None:
    asked(admin)
    add(admin, "muc-tieu", TARGET)
    (target,) = [one for one in ws.catalogue.targets.values() if one.indicator == "huyen.T2"]
    own = {"target": target.id, "within": "xa an phu", "since": SINCE, "basis": BASIS}
    add(admin, "dieu-chinh-muc-tieu", {**own, "set.value": "30"})
    head = ws.store.head
    status, page = look(admin, "dieu-chinh-muc-tieu", {**own, "set.value": "40"})
    assert (status, ws.store.head) == (422, head)
    assert any(a.get("aria-invalid") for _tag, a in page.elements), page.words


BELOW = "tỷ lệ cuộc kiểm tra phát hiện vi phạm còn {value}%, mục tiêu {target}"


def test_the_review_judges_each_commune_by_its_own_target(admin: Visitor, ws: Workspace) -> None:
    """Both have 30 %: the target of 20 is missed, the other value of one of them is reached."""
    asked(admin)
    add(admin, "muc-tieu", {**TARGET, "value": "20", "period": "2017"})
    (target,) = [one for one in ws.catalogue.targets.values() if one.indicator == "huyen.T2"]
    own = {
        "target": target.id,
        "set.value": "40",
        "within": "xa an phu",
        "since": SINCE,
        "basis": BASIS,
    }
    add(admin, "dieu-chinh-muc-tieu", own)
    rule = {
        "directive": TARGET["directive"],
        "kind": "shortcoming",
        "title": "Vi phạm còn nhiều",
        "indicators": "T2",
        "sentences.some": BELOW,
        "basis": BASIS,
    }
    add(admin, "quy-tac-target", rule)
    for unit in ("xa-an-phu", "xa-dong-ha"):
        id = f"2017_res20.y_{unit}"
        answers = {**zeros(ws.entry.sheet(id)), "T1": "3", "D2": "10"}
        ws.accept(
            ws.send(ws.save_draft(unit, "res20.y", "2017", answers, by="vp"), by="vp"), by="vp"
        )

    def found(unit: str) -> list[str]:
        verdict = ws.reviews.verdict(directive="20-NQ/TW", period="2016..2017", unit=unit)
        texts = (sentence_text(one.sentence) for one in verdict.findings)
        return [text for text in texts if "mục tiêu" in text and "còn" in text]

    assert found("xa-an-phu") == []
    assert found("xa-dong-ha") == ["tỷ lệ cuộc kiểm tra phát hiện vi phạm còn 30,0%, mục tiêu 20"]


@pytest.mark.parametrize("kind", ["form", "indicator", "question", "rule", "target"])
def test_the_page_of_one_definition_says_the_same_of_its_uses_as_the_list(
    app: Flask, ws: Workspace, kind: str
) -> None:
    with app.test_request_context():
        every = Uses()
        for one in ws.content.items(kind):
            alone = Uses(one.item)
            assert alone.boxes(one.item) == every.boxes(one.item)
            assert [*alone.lines(one.item)] == [*every.lines(one.item)]
            assert [*alone.notes(one.item)] == [*every.notes(one.item)]


@pytest.mark.parametrize("root", ["dang-uy-xa-dong-son", "2-xa.moi"])
def test_an_office_of_any_code_computes_with_indicators_of_its_own(
    tmp_path: Path, root: str, own_plugin: None
) -> None:
    top = Unit(code=root, name="Đảng ủy xã", kind=UnitKind.COMMUNE)
    part = Unit(code="an-phu", name="Chi bộ An Phú", kind=UnitKind.COMMUNE, parent=root)
    with create_workspace(
        tmp_path / "ws",
        name="Xã thử",
        plugins=["nq_res02"],
        root=root,
        units=[top, part],
        since=date(2026, 1, 1),
        today=date(2026, 10, 5),
    ) as ws:
        ws.accounts.add(
            "qt", "Quản trị", root, [Role.ADMIN], units=ws.units, by="test", at=ws.clock(),
            hashed=hash_password(PASSWORD),
        )  # fmt: skip
        admin = Visitor(create_app(ws).test_client())
        assert admin.sign_in("qt", PASSWORD).status_code == 303
        add(admin, "chi-tieu", COUNT | {"since": "1/1/2026"})
        add(admin, "chi-tieu", COUNT | {"since": "1/1/2026", "name": "Số cuộc kiểm tra"})
        add(admin, "chi-tieu-tinh", RATE | {"since": "1/1/2026", "formula": "T1/T2*100"})
        (rate,) = [one for one in ws.catalogue.indicators.values() if one.label == "T3"]
        assert rate.formula is not None
        assert {ws.catalogue.indicators[one.code].label for one in rate.formula.references} == {
            "T1",
            "T2",
        }


def test_the_names_in_braces_of_a_rule_s_sentence_are_explained_beside_its_box(
    admin: Visitor,
) -> None:
    words = admin.get(path("quy-tac-gaps")).words
    assert "{names} tên các đơn vị – ví dụ “Xã A, Xã B”" in words
    assert "{gap_units} bao nhiêu đơn vị không có trong nhiều kỳ liền" in words

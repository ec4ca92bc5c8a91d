"""*Còn nợ*: every period, unit by unit; letters with addresses of the office; who was reminded of what."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

import nqcore
from nqcore.collection.accounts.access import Role
from nqcore.workspace.demo import PASSWORD
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.visitor import Visitor
from webforms import create_app
from webforms.results import debts

BUILDER, COMMUNE = "dn-xay-dung-hoa-loi", "xa-thanh-loc"
SPRING = f"2018-Q1_res20.q_{BUILDER}"


@pytest.fixture
def ws(demo_copy: Path) -> Iterator[Workspace]:
    with open_workspace(demo_copy) as ws:
        yield ws


def visitor(ws: Workspace, login: str = "vanphong", password: str = PASSWORD) -> Visitor:
    one = Visitor(create_app(ws).test_client())
    one.sign_in(login, password)
    return one


def html(one: Visitor, path: str = "/con-no") -> str:
    answer = one.client.get(path)
    assert answer.status_code == 200, path
    return answer.text


def texts(one: Visitor, path: str = "/con-no") -> list[str]:
    """What stands in the boxes that are there to be copied."""
    return re.findall(r"<textarea[^>]*>\n?(.*?)</textarea>", html(one, path), re.DOTALL)


def counters(one: Visitor) -> dict[str, int]:
    """Of each counter above the list its number."""
    found = re.findall(r"loc=([a-z-]+)[^>]*><b>([\d.]+)</b>", html(one))
    return {name: int(number.replace(".", "")) for name, number in found}


def test_all_debts_of_all_periods_stand_there_with_their_days_the_oldest_first(
    ws: Workspace,
) -> None:
    page = visitor(ws).get("/con-no")
    for debt in (
        "Quý II/2010, quá hạn 3.009 ngày",
        "Quý I/2018, quá hạn 178 ngày",
        "Quý II/2018, quá hạn 87 ngày",
    ):
        assert debt in page.words
    assert f"/bao-cao/{SPRING}" in page.links
    order = [page.words.index(name) for name in ("DNTN Xây dựng", "HTX Vận tải", "Xã Thạnh Lộc")]
    assert order == sorted(order)


def test_its_counts_are_those_of_the_home_page_the_board_and_the_command(ws: Workspace) -> None:
    one = visitor(ws)
    found = counters(one)
    unsettled = ws.monitoring.unsettled_reports()
    assert found["qua-han"] == sum(len(d.reports) for d in ws.monitoring.debts()) == 8
    assert found["cho-duyet"] == len(ws.monitoring.queue("vanphong"))
    assert found["tra-lai"] == sum(len(each.returned) for each in unsettled)
    board = sum(
        ws.monitoring.board(form, count=10_000).overdue(ws.today) for form in ws.catalogue.forms
    )
    assert board == found["qua-han"]


@pytest.mark.parametrize(
    ("asked", "there", "away"),
    [
        ("loc=tra-lai", "Xã Phước Sơn", "HTX Vận tải"),
        ("loc=qua-han", "HTX Vận tải", "Xã Phước Sơn"),
        ("loc=chua-nhac", "HTX Vận tải", "nothing"),
        ("tim=van+tai+htx", "HTX Vận tải", "Xã Thạnh Lộc"),
        ("tim=V%E1%BA%ADn", "HTX Vận tải", "Xã Thạnh Lộc"),
        ("don-vi=xa-thanh-loc", "Xã Thạnh Lộc", "DNTN Xây dựng"),
        ("tim=khong+co+o+day", "Không có đơn vị tên này", "HTX Vận tải"),
        ("don-vi=xa-an-phu", "Còn nợ – Xã An Phú", "HTX Vận tải"),
        ("trang=99&nhom=", "HTX Vận tải", "nothing"),
        ("nhom=khac", "Không có đơn vị nào ở phần này", "HTX Vận tải"),
    ],
)
def test_the_list_is_filtered_by_counter_name_and_part_of_the_tree(
    ws: Workspace, asked: str, there: str, away: str
) -> None:
    words = visitor(ws).get(f"/con-no?{asked}").words
    assert there in words
    assert away not in words


def test_a_letter_names_each_report_of_the_unit_with_the_address_where_it_is_entered(
    ws: Workspace,
) -> None:
    letter = next(one for one in texts(visitor(ws)) if "DNTN Xây dựng" in one)
    lines = letter.splitlines()
    assert lines[0] == "Kính gửi DNTN Xây dựng Hòa Lợi,"
    assert lines[1] == "Nhắc báo cáo (Huyện Tân Hòa): các báo cáo sau (4):"
    assert lines[-2].startswith("– Quý I/2018, hạn 10/4/2018, quá hạn 178 ngày: http://")
    assert lines[-2].endswith(f"/bao-cao/{SPRING}/nhap")


def test_the_letter_to_all_has_a_line_for_each_unit(ws: Workspace) -> None:
    letter = texts(visitor(ws))[-1]
    assert letter.startswith(
        "Kính gửi các đơn vị,\nNhắc báo cáo (Huyện Tân Hòa): các báo cáo còn phải gửi"
    )
    assert "2. HTX Vận tải Thạnh Lộc: " in letter


def test_a_letter_to_a_unit_that_owes_much_counts_what_it_does_not_list(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webforms.results.reminder_letters.REPORTS", 1)
    monkeypatch.setattr("webforms.results.reminder_letters.REPORTS_IN_LINE", 1)
    own, *_others, common = texts(visitor(ws))
    assert re.search(r"– và 3 báo cáo khác, danh sách tại http://[^ ]+/bao-cao$", own, re.MULTILINE)
    assert "1. DNTN Xây dựng Hòa Lợi: Quý II/2010, quá hạn 3.009 ngày; và 3 báo cáo khác" in common


@pytest.mark.parametrize(
    ("base", "hosts", "address", "warned"),
    [
        ("http://127.0.0.1:8020", (), "http://127.0.0.1:8020/bao-cao/", True),
        ("http://[::1]:8020", (), "http://[::1]:8020/bao-cao/", True),
        ("http://localhost", (), "http://localhost/bao-cao/", True),
        ("http://127.0.0.1:8020", ("nq.tanhoa.vn",), "https://nq.tanhoa.vn/bao-cao/", False),
        ("https://nq.tanhoa.vn", (), "https://nq.tanhoa.vn/bao-cao/", False),
    ],
)
def test_the_addresses_are_the_offices_own_or_the_page_says_that_they_open_here_only(
    ws: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    base: str,
    hosts: tuple[str, ...],
    address: str,
    warned: bool,
) -> None:
    monkeypatch.setattr("nqcore.collection.settings.Settings.hosts", hosts, raising=False)
    one = visitor(ws)
    for path in ("/con-no", "/tien-do"):
        found = one.client.get(path, base_url=base)
        if found.status_code == 303:  # a session belongs to one host
            one.client.post(
                "/dang-nhap",
                base_url=base,
                data={
                    "login": "vanphong",
                    "password": PASSWORD,
                    "csrf_token": token_of(one, base),
                },
                headers={"Referer": f"{base}/dang-nhap"},
            )
            found = one.client.get(path, base_url=base)
        assert found.status_code == 200
        assert ("chỉ mở được trên máy này" in found.text) is warned
        assert (address if path == "/con-no" else address.split("/")[2]) in found.text


def token_of(one: Visitor, base: str) -> str:
    page = one.client.get("/dang-nhap", base_url=base).text
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_ticked_units_are_recorded_as_reminded_and_the_page_says_by_whom_when_and_of_what(
    ws: Workspace,
) -> None:
    one = visitor(ws)
    before = counters(one)["chua-nhac"]
    answer = one.post("/con-no", chon=[BUILDER, COMMUNE], loc="qua-han", trang="1")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/con-no?loc=qua-han&trang=1"
    page = one.get("/con-no")
    assert "Đã ghi là đã nhắc 7 báo cáo: DNTN Xây dựng Hòa Lợi; Xã Thạnh Lộc." in page.words
    assert counters(one)["chua-nhac"] == before - 2
    assert re.search(r"05/10/2018, Văn phòng Huyện ủy: Quý II/2010; .*Quý I/2018", page.words)
    (reminder,) = ws.monitoring.reminders(SPRING)
    assert reminder.by == "vanphong"
    assert "HTX Vận tải" in one.get("/con-no?loc=chua-nhac").words
    assert "DNTN Xây dựng" not in one.get("/con-no?loc=chua-nhac").words


def test_one_unit_is_recorded_with_the_button_below_its_letter(ws: Workspace) -> None:
    one = visitor(ws)
    one.post("/con-no", mot=COMMUNE, chon=[BUILDER])
    assert ws.monitoring.reminders(f"2018-Q2_res20.q_{COMMUNE}")
    assert not ws.monitoring.reminders(SPRING)


def test_a_unit_that_owes_one_more_report_since_is_reminded_of_a_part(
    ws: Workspace,
) -> None:
    one = visitor(ws)
    one.post("/con-no", chon=[COMMUNE])
    ws.submissions.reopen(f"2018-Q1_res20.q_{COMMUNE}", reason="Sửa", by="vanphong")
    assert "(3/4)" in one.get("/con-no?tim=thanh+loc").words


@pytest.mark.parametrize(
    ("units", "said"),
    [
        ([], "Chưa chọn đơn vị nào"),
        (["xa-an-phu"], "không còn báo cáo phải gửi"),
    ],
)
def test_nothing_is_recorded_where_there_is_nothing_to_remind_of(
    ws: Workspace, units: list[str], said: str
) -> None:
    one, before = visitor(ws), ws.store.version
    one.post("/con-no", chon=units)
    assert ws.store.version == before
    assert said in one.get("/con-no").words


@pytest.mark.parametrize("login", ["lanhdao", "kiemtra"])
def test_who_only_looks_sees_the_debts_and_has_no_button_and_no_letter(
    ws: Workspace, login: str
) -> None:
    visitor(ws).post("/con-no", chon=[BUILDER])
    one = visitor(ws, login)
    words = one.get("/con-no").words
    assert "Quý I/2018, quá hạn 178 ngày" in words
    assert "Văn phòng Huyện ủy: Quý II/2010" in words
    assert "<textarea" not in html(one)
    assert 'method="post" action="/con-no' not in html(one)
    before = ws.store.version
    assert one.post("/con-no", chon=[COMMUNE]).status_code == 403
    assert ws.store.version == before


def test_who_only_enters_finds_no_link_to_it_and_nothing_behind_it(ws: Workspace) -> None:
    unit = visitor(ws, BUILDER)
    for path in ("/", "/tien-do", "/bao-cao"):
        assert "/con-no" not in html(unit, path)
        assert not any(link.startswith("/con-no") for link in unit.get(path).links)
    assert unit.client.get("/con-no").status_code == 403
    assert unit.post("/con-no", chon=[BUILDER]).status_code == 403


def test_units_that_the_account_may_not_see_are_not_reminded(ws: Workspace) -> None:
    ws.accounts.add(
        "xa2", "Xã", COMMUNE, [Role.APPROVE], units=ws.units, by="vanphong", at=ws.clock()
    )
    ws.accounts.set_password("xa2", "sen-ho-tay-2018", by="xa2", at=ws.clock())
    one, before = visitor(ws, "xa2", "sen-ho-tay-2018"), ws.store.version
    assert "DNTN Xây dựng" not in one.get("/con-no").words
    for unit in (BUILDER, "khong-co", "huyen"):
        assert one.post("/con-no", chon=[COMMUNE, unit]).status_code == 404
    assert ws.store.version == before


@pytest.mark.parametrize("path", ["/", "/tien-do"])
@pytest.mark.parametrize("login", ["vanphong", "lanhdao"])
def test_the_home_page_and_the_board_of_approvers_and_leaders_lead_to_it(
    ws: Workspace, path: str, login: str
) -> None:
    assert "/con-no" in visitor(ws, login).get(path).links
    assert 'aria-current="page">Tiến độ' in html(visitor(ws, login))


def test_it_is_printed_whole_what_is_folded_too(ws: Workspace) -> None:
    text = html(visitor(ws))
    printed = re.sub(r'<details class="khong-in">.*?</details>', "", text, flags=re.DOTALL)
    for debt in (
        "Quý II/2010, quá hạn 3.009 ngày",
        "Năm 2016, quá hạn 633 ngày",
        "Quý I/2018, quá hạn 178 ngày",
    ):
        assert debt in printed


# -- at size -------------------------------------------------------------------------------------

DEFINED = """
[pack]
id = "vl"
since = 2010-01-01
basis = "Kế hoạch số 12-KH/ĐU"
[[directive]]
type = "Kế hoạch"
number = "12-KH/ĐU"
issuer = "ĐU"
body = "Ban Thường vụ Đảng ủy"
title = "về việc làm"
date = 2010-01-01
[[indicator]]
label = "B1"
name = "Lao động"
measure = "người"
[[form]]
id = "vl.q"
title = "Báo cáo quý"
directive = "12-KH/ĐU"
every = "quarter"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["commune", "enterprise"] }
[[form.section]]
key = "A"
title = "Số liệu"
figures = ["B1"]
"""


def large(
    folder: Path, provinces: int, communes: int, firms: int, since: date
) -> Callable[[], Workspace]:
    """An office in which nothing was sent: units in provinces, and enterprises directly under the top."""
    rows = ["code,name,kind,parent", "tw,Trung ương,committee,"]
    for nth in range(provinces):
        rows.append(f"tinh-{nth},Tỉnh ủy số {nth},committee,tw")
        rows += [f"xa-{nth}-{n},Xã Thạnh Lộc {n},commune,tinh-{nth}" for n in range(communes)]
    rows += [
        f"dn-{n},Công ty TNHH Thương mại {n},doanh nghiệp ngoài nhà nước,tw" for n in range(firms)
    ]
    folder.mkdir()
    (folder / "dv.csv").write_text("\n".join(rows), "utf-8")
    mine = [("vl", nqcore.plugin.read_definitions(DEFINED))]
    made = nqcore.create(
        folder / "ws", units=folder / "dv.csv", modules=mine, since=since, today=date(2026, 11, 30)
    )
    with made as ws:
        ws.accounts.set_password("quantri", "sen-ho-tay-2018", by="quantri", at=ws.clock())
    return lambda: open_workspace(folder / "ws", modules=mine)


def light(text: str) -> bool:
    return len(gzip.compress(text.encode())) <= 60_000


def test_three_hundred_units_of_forty_quarters_come_in_light_pages(tmp_path: Path) -> None:
    with large(tmp_path / "o", 0, 0, 300, date(2016, 10, 1))() as ws:
        one = visitor(ws, "quantri", "sen-ho-tay-2018")
        first = html(one)
        assert light(first)
        assert "Trang 1/10" in first
        names = re.findall(r'name="chon" value="(dn-\d+)"', first)
        assert len(names) == debts.LINES
        last = html(one, "/con-no?trang=10")
        assert not {*names} & {*re.findall(r'name="chon" value="(dn-\d+)"', last)}
        assert "checked" in html(one, "/con-no?chon=het")


@pytest.mark.slow
def test_the_communes_of_the_country_stand_by_province_with_their_counts(tmp_path: Path) -> None:
    with large(tmp_path / "o", 34, 97, 23, date(2025, 1, 1))() as ws:
        one = visitor(ws, "quantri", "sen-ho-tay-2018")
        page = one.get("/con-no")
        assert light(html(one))
        assert "3.321 đơn vị" in page.words
        assert "Tỉnh ủy số 33" in page.words
        assert 'name="chon"' not in html(one)
        link = next(link for link in page.links if link.endswith("don-vi=tinh-3"))
        assert "Trang 1/4" in one.get(link).words
        (firms,) = [link for link in page.links if "nhom=" in link]
        assert len(re.findall(r'name="chon" value="dn-', html(one, firms))) == 23
        found = html(one, "/con-no?tim=loc+96")
        assert len(re.findall(r'name="chon" value="xa-\d+-96"', found)) == debts.LINES
        assert light(found)


@pytest.mark.parametrize("page", ["/con-no", "/tien-do", "/ton-tai"])
def test_a_filter_that_is_not_known_is_not_passed_over(ws: Workspace, page: str) -> None:
    assert visitor(ws).client.get(f"{page}?loc=khac").status_code == 404


def test_what_a_closed_period_asks_no_more_stands_apart_on_every_page(ws: Workspace) -> None:
    one = visitor(ws)
    ws.submissions.lock_period("res20.q", "2018-Q2", True, by="vanphong")
    ws.submissions.lock_period("res20.q", "2018-Q3", True, by="vanphong")
    assert counters(one)["qua-han"] == sum(len(d.reports) for d in ws.monitoring.debts())
    page = one.get("/con-no").words
    asked, apart = page.split("Chưa gửi khi kỳ đã khóa, không nhận nữa:")
    assert "Quý II/2018, " not in asked
    assert "Quý II/2018" in apart
    assert not any("Quý II/2018" in letter for letter in texts(one))
    board = one.get("/tien-do?mau=res20.q").words
    assert "16 báo cáo chưa gửi khi kỳ đã khóa, không nhận nữa." in board
    assert "Còn 7 ngày" not in board
    assert not any("(16)" in letter for letter in texts(one, "/tien-do?mau=res20.q"))
    page = one.get("/quan-tri/ky/res20.q/2018-Q3").words
    assert "Chưa gửi, kỳ đã khóa, không nhận nữa: 16" in page
    assert "Trả lại, chờ sửa: 2" in page


def test_the_board_and_the_page_of_the_period_count_alike(ws: Workspace) -> None:
    one = visitor(ws)
    text = html(one, "/tien-do?mau=res20.q")
    found = dict(re.findall(r"loc=([a-z-]+)[^>]*><b>(\d+)</b>", text))
    page = one.get("/quan-tri/ky/res20.q/2018-Q3").words
    assert f"Chưa gửi: {found['chua-gui']}" in page
    assert f"Trả lại, chờ sửa: {found['tra-lai']}" in page


def test_the_days_that_are_left_are_those_to_the_day_that_is_named(ws: Workspace) -> None:
    units = [o.unit for o in ws.monitoring.due_reports("res20.q", "2018-Q3", "huyen") if o.owing]
    until = date(2018, 10, 15)
    ws.submissions.extend_deadlines(units, "res20.q", "2018-Q3", until, "Bão", by="vanphong")
    one = visitor(ws)
    words = one.get("/tien-do?mau=res20.q").words
    assert "hạn gần nhất là 15/10/2018 (còn 10 ngày)" in words
    assert "Còn 10 ngày" not in words
    assert any("15/10/2018" in letter for letter in texts(one, "/tien-do?mau=res20.q"))


def test_without_a_script_the_letter_is_written_to_the_ticked_units(ws: Workspace) -> None:
    one = visitor(ws)
    fields = {"csrf_token": one.token(), "chon": [COMMUNE, BUILDER], "viec": "thu"}
    answer = one.client.post("/con-no", data=fields)
    assert answer.status_code == 303
    assert "reminders" not in ws.store.tables()  # a letter is no reminder yet
    address = str(answer.location).partition("#")[0]
    letter = next(text for text in texts(one, address) if "1. " in text)
    assert "DNTN Xây dựng Hòa Lợi" in letter
    assert "Xã Thạnh Lộc" in letter
    assert "HTX" not in letter
    page = html(one, address)
    assert '<details class="khong-in" id="thu" open>' in page
    assert len(re.findall(r'name="chon"[^>]*checked', page)) == 2
    assert "quá hạn 3.009 ngày" in letter

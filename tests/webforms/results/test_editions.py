"""*Bản chốt*: a review is frozen with one press, shown as it was stored, and compared with what is now."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Visitor
from tests.webforms.paths import years_without_plan
from webforms.results.edition_changes import changed_words

QUARTER = "2018-Q2_res20.q_dn-may-binh-minh"
ASKED = "/ban-chot?van-ban=20-nq-tw.2008-01-28&ky=2008..2018&don-vi=huyen"
REVIEW = {"directive": "20-NQ/TW", "period": "2008..2018", "by": "vp"}


def button(office: Visitor) -> dict[str, str]:
    """The form with the button."""
    (found,) = (fields for _, fields in office.get(ASKED).forms if "so" in fields)
    return found.to_dict()


def press(office: Visitor) -> str:
    """Press the button on the page; the address that follows."""
    fields = button(office)
    return office.post("/ban-chot", **fields).headers["Location"]


def accept(visit: Callable[..., Visitor], ws: Workspace, value: str) -> None:
    """One accepted report of the enterprise."""
    visit("dn").press(f"/bao-cao/{QUARTER}/nhap", "ghi0", {"B1": value})
    ws.send(QUARTER, by="dn")
    ws.accept(QUARTER, by="vp")


def test_one_press_freezes_the_review_and_shows_the_edition(visit, ws: Workspace) -> None:
    years_without_plan(ws)
    office = visit("vp")
    assert "chưa được chốt lần nào" in office.get(ASKED).words
    assert press(office) == "/ban-chot/1"
    page = office.get("/ban-chot/1")
    assert "Bản chốt lần 1" in page.words
    assert "người chốt: Trần Văn Nam" in page.words
    assert "1 trong 2" in page.words
    head = ws.editions.list()[0]
    assert f"{head.seq}/{head.hash[:12]}" in office.get(ASKED).words
    assert [one.do for one in ws.archive.audit_trail(by="kt").entries][:1] == ["freeze"]
    assert "Chốt số liệu báo cáo tổng hợp" in visit("kt").get("/quan-tri/nhat-ky").words


def test_who_did_not_see_the_newest_edition_freezes_nothing(visit, ws: Workspace) -> None:
    office = visit("vp")
    fields = button(office)
    ws.editions.freeze(**REVIEW)
    answer = office.post("/ban-chot", **fields)
    assert answer.headers["Location"].startswith("/ban-chot?")
    assert "vừa chốt số liệu báo cáo này" in office.get(ASKED).words
    assert len(ws.editions.list()) == 1


@pytest.mark.parametrize("lost", ["so", "ky", "van-ban"])
def test_a_form_that_does_not_say_which_review_freezes_nothing(
    visit, ws: Workspace, lost: str
) -> None:
    office = visit("vp")
    fields = button(office)
    del fields[lost]
    assert office.post("/ban-chot", **fields).status_code == 400
    assert ws.editions.list() == ()


def test_the_edition_stays_as_it_is_and_every_format_gives_it(visit, ws: Workspace) -> None:
    years_without_plan(ws)
    office = visit("vp")
    press(office)
    links = [one for one in office.get("/ban-chot/1").links if one.startswith("/ban-chot/1.")]
    # What programs read is on no page for staff, and has the same kind of address.
    links += ["/ban-chot/1.json?mau=json", "/ban-chot/1.md?mau=markdown"]
    before = {link: office.client.get(link) for link in links}
    assert len(links) == len(ws.reviews.formats())
    assert {answer.status_code for answer in before.values()} == {200}
    words = office.get("/ban-chot/1").words
    accept(visit, ws, "1.310")
    assert office.get("/ban-chot/1").words.count("1.310") == words.count("1.310")
    assert {link: office.client.get(link).data for link in links if ".docx" not in link} == {
        link: answer.data for link, answer in before.items() if ".docx" not in link
    }
    (link,) = (link for link in links if ".json" in link)
    assert json.loads(before[link].data)["seal"].startswith(f"{ws.editions['1'].seq}/")


def test_what_has_changed_is_a_table_whose_parts_add_up(visit, ws: Workspace) -> None:
    years_without_plan(ws)
    office = visit("vp")
    press(office)
    assert "Không có gì thay đổi" in office.get("/ban-chot/1/so-voi/nay").words
    accept(visit, ws, "1.310")
    page = office.get("/ban-chot/1/so-voi/nay")
    assert "Báo cáo duyệt thêm" in page.words
    assert f"/bao-cao/{QUARTER}" in page.links
    assert [link for link in page.links if link.startswith("/ban-chot?")]
    press(office)
    html = office.client.get("/ban-chot/1/so-voi/2").text
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", html, re.S)
    cells = [re.findall(r'<td class="so rong"[^>]*>(.*?)</td>', row) for row in rows]
    numbers = [row for row in cells if row]
    assert numbers
    for _before, *parts, change, _after in numbers:
        amounts = [_number(part) for part in parts]
        assert sum(amounts, Decimal(0)) == _number(re.sub("<.*?>", "", change))


def _number(text: str) -> Decimal:
    plain = text.replace(".", "").replace(",", ".").replace("−", "-").strip("–")
    return Decimal(plain or 0)


def test_it_can_be_computed_again_on_the_page(visit, ws: Workspace) -> None:
    office = visit("vp")
    press(office)
    accept(visit, ws, "1.310")
    assert "cho kết quả giống hệt" in office.get("/ban-chot/1?tinh-lai=1").words


@pytest.mark.parametrize(
    "path",
    [
        "/ban-chot/9",
        "/ban-chot/1.xyz",
        "/ban-chot/1.json?mau=html",
        "/ban-chot/1/so-voi/9",
        "/ban-chot/1/so-voi/3",
        "/ban-chot/%3Cscript%3E",
    ],
)
def test_what_is_not_there_is_404(visit, ws: Workspace, path: str) -> None:
    ws.editions.freeze(**REVIEW)
    ws.editions.freeze(**REVIEW)
    ws.editions.freeze(directive="20-NQ/TW", period="2018", by="vp")
    assert visit("vp").client.get(path).status_code == 404


def test_a_reader_without_the_right_sees_no_button(visit, ws: Workspace) -> None:
    ws.editions.freeze(**REVIEW)
    page = visit("kt").get(ASKED)
    assert not [fields for _, fields in page.forms if "so" in fields]
    assert "Bản chốt lần 1" in page.words


def test_the_preview_leads_to_the_editions_of_its_review(visit, ws: Workspace) -> None:
    name = "/bao-cao-tong-hop/2008..2018_20-nq-tw.2008-01-28_huyen"
    (link,) = (one for one in visit("vp").get(name).links if one.startswith("/ban-chot"))
    assert "ky=2008..2018" in link
    assert visit("vp").client.get(link).status_code == 200


def test_changed_words_are_marked_and_nothing_is_lost() -> None:
    before, after = changed_words("có 5 đơn vị chưa nộp", "có 6 đơn vị")
    assert "".join(text for text, _ in before) == "có 5 đơn vị chưa nộp"
    assert [text for text, changed in after if changed] == ["6"]
    assert changed_words("", "mới") == ((("", False),), (("mới", False),))

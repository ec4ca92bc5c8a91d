"""Two communes of the model district are merged in the browser. The board, the table of an indicator
and what the clerk has to do are right before and after, each in a sentence that a clerk understands."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from nqcore.collection.entry.autofill import zeros
from nqcore.workspace.opening import open_workspace
from tests.webforms.browsing import Person, browser, serving

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BASIS = "Nghị quyết số 12/NQ-HĐND, ngày 15/6/2018 của Hội đồng nhân dân tỉnh"
MERGED = "Xã Đông Hà và Xã Hòa Lợi sáp nhập thành Xã Đông Hòa từ ngày 01/7/2018."
HELD = re.compile(r"quán triệt, phổ biến nghị quyết\s+cuộc\D[^A-ZĐ]*?\b19\b")
"""The row of the annex: with so few reports no sentence of the review speaks."""
TODAY = "2018-10-05"
REVIEW = "/bao-cao-tong-hop/2018_20-nq-tw.2008-01-28_huyen"
FIGURES = {
    ("xa-dong-ha", "2018-Q2"): "7",
    ("xa-hoa-loi", "2018-Q2"): "5",
    ("xa-an-phu", "2018-Q2"): "3",
    ("xa-an-phu", "2018-Q3"): "4",
}
"""A1, the number of conferences."""


@pytest.fixture
def server(office: Path, tmp_path: Path) -> Iterator[str]:
    """A server over the model district, in which three communes reported for the second quarter."""
    folder = tmp_path / "ws"
    shutil.copytree(office, folder)
    with open_workspace(folder) as ws:
        for (unit, period), figure in FIGURES.items():
            blank = ws.entry.sheet(ws.submissions.obligation(unit, "res20.q", period))
            answers = {**zeros(blank), "A1": figure}
            draft = ws.save_draft(unit, "res20.q", period, answers, by="vp")
            ws.accept(ws.send(draft, by="vp"), by="vp")
    yield from serving(folder)


def cells(person: Person, unit: str) -> dict[str, str]:
    """The unit's row of the board: the word of each period."""
    person.open("/tien-do?mau=res20.q")
    heads = [
        head.text.split("\n")[0]
        for head in person.driver.find_elements("css selector", ".tien-do thead th")[1:]
    ]
    row = person.find("xpath", f"//table//tr[th[normalize-space(.)='{unit}']]")
    words = [
        cell.find_element("css selector", ".tt").text.split("\n")[0]
        for cell in row.find_elements("css selector", "td")
    ]
    return dict(zip(heads, words, strict=True))


def table(person: Person, boundaries: str = "") -> dict[str, str]:
    """A1 of the second quarter by unit, as the indicator's page has it, and the district's total."""
    person.open(f"/chi-tieu/res20.A1?ky=2018-Q2&co-cau={boundaries}")
    found = {
        row.find_element("css selector", "th").text: row.find_element("css selector", "td").text
        for row in person.driver.find_elements("css selector", ".xep-hang tbody tr")
        if row.find_elements("css selector", "th a")
    }
    return {**found, "": person.find("id", "so").text}


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "without-javascript"])
def test_two_communes_are_merged_in_the_browser(server: str, tmp_path: Path, scripts: bool):
    driver = browser(tmp_path / "profile", scripts=scripts)
    try:
        _merge(Person(driver, server))
        assert not [e for e in driver.get_log("browser") if e["level"] == "SEVERE"]
    finally:
        driver.quit()


def _merge(person: Person) -> None:
    person.sign_in("vp")
    before = cells(person, "Xã Đông Hà")
    assert (before["II/2018"], before["III/2018"]) == ("Duyệt +87", "Chưa")
    told = table(person)
    assert (told["Xã Đông Hà"], told["Xã Hòa Lợi"], told[""]) == ("7", "5", "15")

    person.open(REVIEW)
    assert HELD.search(person.words)
    # Nobody has sent a yearly report: no unit is said to have no plan.
    assert "chưa ban hành kế hoạch" not in person.words

    # The administrator looks for the commune without accents, and sees first what would happen.
    person.sign_in("qt")
    person.open("/quan-tri/don-vi")
    person.type("tim", "dong ha")
    person.press("Tìm")
    person.find("link text", "Xã Đông Hà").click()
    person.find("link text", "Sáp nhập").click()
    person.find("xpath", "//label[.='Xã Hòa Lợi']").click()
    person.type("ten", "Xã Đông Hòa")
    person.type("ngay", "1/7/2018")
    person.type("can_cu", BASIS)
    person.press("Xem trước")
    said = person.words
    assert MERGED in said
    assert "Số liệu kỳ trước giữ nguyên theo tên cũ" in said
    assert (
        "Xã Đông Hòa: số liệu kỳ trước là số của Xã Đông Hà và Xã Hòa Lợi, cộng chính xác" in said
    )
    assert "HTX Nông nghiệp Đông Hà: từ Xã Đông Hà sang Xã Đông Hòa" in said
    person.press("Xác nhận thay đổi")
    assert "Đã ghi: Xã Đông Hà và Xã Hòa Lợi sáp nhập thành Xã Đông Hòa" in person.words
    assert "Chưa xác định" in person.words

    # The board: earlier reports stay with the old communes, the new one owes from then on.
    person.sign_in("vp")
    old, new = cells(person, "Xã Đông Hà"), cells(person, "Xã Đông Hòa")
    assert (old["II/2018"], old["III/2018"]) == ("Duyệt +87", "Đã kết thúc")
    assert (new["II/2018"], new["III/2018"]) == ("Chưa thành lập", "Chưa")
    assert MERGED in person.words

    # The indicator of the earlier quarter: not a figure has moved; told for today's communes it adds
    # up exactly, and the page says that the series breaks.
    assert table(person) == told
    now = table(person, TODAY)
    assert (now["Xã Đông Hòa"], now["Xã An Phú"], now[""]) == ("12", "3", "15")
    assert "Xã Đông Hà" not in now
    assert "Quy đổi theo cơ cấu đơn vị ngày 05/10/2018" in person.words

    # The review has the same total before and after, and says within whose units.
    person.open(f"{REVIEW}@{TODAY}")
    assert HELD.search(person.words)
    assert "Số liệu các kỳ được quy đổi theo cơ cấu đơn vị ngày 05/10/2018." in person.words
    assert "chưa ban hành kế hoạch" not in person.words

    # And back again, as long as nobody has reported under the new commune.
    person.sign_in("qt")
    person.open("/quan-tri/don-vi")
    person.press("Hoàn tác")
    assert "Đã hoàn tác: Xã Đông Hà và Xã Hòa Lợi sáp nhập" in person.words
    person.sign_in("vp")
    assert cells(person, "Xã Đông Hà") == before
    assert table(person) == told

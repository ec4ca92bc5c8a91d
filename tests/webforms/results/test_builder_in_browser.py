"""From findings to a signed paper and its second edition, in a real browser, with JavaScript and without."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.request import Request, urlopen

import docx
import openpyxl
import pytest

from nqcore.collection.entry.autofill import zeros
from nqcore.collection.settings import read_settings, write_settings
from nqcore.workspace.opening import open_workspace
from tests.support.office import need
from tests.webforms.browsing import WAIT, Person, _gone, browser, serving
from tests.webforms.conftest import QUARTER
from tests.webforms.paths import REVIEW, years_without_plan

PAGE = f"/soan-bao-cao/{REVIEW}"
CORRECTED = QUARTER.replace("2018-Q3", "2018-Q2")
"""The report whose figure of people is corrected after the first edition."""

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def server(office: Path, tmp_path: Path) -> Iterator[str]:
    """A server over a district with a finding and a figure."""
    folder = tmp_path / "ws"
    shutil.copytree(office, folder)
    settings = read_settings(folder)
    more = {"nq_pdf", "nq_spreadsheet", *settings.plugins}
    write_settings(folder, replace(settings, plugins=tuple(sorted(more))))
    with open_workspace(folder) as ws:
        years_without_plan(ws)
        for quarter, people in (("2018-Q1", "1.250"), ("2018-Q2", "1.310")):
            id = QUARTER.replace("2018-Q3", quarter)
            boxes = {**zeros(ws.entry.sheet(id)), "B1": people, "N2": "Có 3 tổ chưa có nhà."}
            draft = ws.save_draft("dn-may-binh-minh", "res20.q", quarter, boxes, by="dn")
            ws.accept(ws.send(draft, by="dn"), by="vp")
    yield from serving(folder)


class Writer(Person):
    """Somebody who writes a review; what is clicked is counted."""

    clicks = 0

    def click(self, where: str) -> None:
        """Click what the XPath finds on the page or beside it, and wait until it has answered."""
        from selenium.webdriver.support.ui import WebDriverWait

        page = self.find("id", "soan")
        self._press(where)
        WebDriverWait(self.driver, WAIT).until(lambda _: _gone(page))
        WebDriverWait(self.driver, WAIT).until(
            lambda _: self.driver.find_elements("css selector", "#soan:not([aria-busy])")
        )

    def _press(self, where: str) -> None:
        element = self.find("xpath", where)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()
        self.clicks += 1

    def go(self, words: str) -> None:
        """Click the last link or button that is seen with these words, and wait until the page was left."""
        found = self.driver.find_elements("xpath", f"//*[{_says(words)}]")
        element = [one for one in found if one.is_displayed() and one.size["height"] > 5][-1]
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        self.send(element)
        self.clicks += 1

    def file(self, ending: str) -> bytes:
        """What the page's button for a file of this kind leads to: one click."""
        link = self.find("xpath", f"//a[contains(@href, '{ending}')]")
        self.clicks += 1
        return _download(self, link.get_attribute("href").removeprefix(self.server))

    def tool(self, words: str, button: str) -> None:
        """A button of the block with these words."""
        self.click(f"//div[contains(@class, 'doan')][contains(., '{words}')]//*[{_says(button)}]")

    def write(self, words: str, kind: str = "") -> None:
        """Fill in the open form and save it."""
        if kind:
            self.choose("loai", kind)
        box = self.find("id", "loi")
        box.clear()
        box.send_keys(words)
        self.click("//form[@class='sua-doan']//button[@value='luu' and not(@tabindex)]")

    def choose(self, id: str, value: str) -> None:
        """Choose a value of a list: two clicks."""
        from selenium.webdriver.support.ui import Select

        Select(self.find("id", id)).select_by_value(value)
        self.clicks += 2

    def put_figure(self, indicator: str, scripts: bool) -> None:
        """Look for a figure and put it into the words."""
        from selenium.webdriver.support.ui import WebDriverWait

        self.choose("ky_so", "2018-Q2")
        self.find("id", "tim").send_keys(indicator)
        look = "//button[@value='tim']"
        first = "//ul[@id='so-chon']//button"
        if scripts:
            self._press(look)
            WebDriverWait(self.driver, WAIT).until(
                lambda _: self.driver.find_elements("xpath", first)
            )
            self._press(first)
        else:
            self.click(look)
            self.click(first)


def _says(words: str) -> str:
    return f"(self::a or self::button) and starts-with(normalize-space(.), '{words}')"


def _download(person: Person, path: str) -> bytes:
    cookies = "; ".join(f"{c['name']}={c['value']}" for c in person.driver.get_cookies())
    with urlopen(Request(person.server + path, headers={"Cookie": cookies})) as answer:
        data: bytes = answer.read()
        return data


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "without-javascript"])
def test_a_review_goes_from_its_findings_to_the_signed_paper_and_its_second_edition(
    server: str, tmp_path: Path, scripts: bool, capsys: pytest.CaptureFixture[str]
):
    driver = browser(tmp_path / "profile", scripts=scripts)
    try:
        writer = Writer(driver, server)
        clicks: dict[str, int] = {}
        for name, step in STEPS.items():
            before = writer.clicks
            step(writer, scripts, tmp_path)
            clicks[name] = writer.clicks - before
        with capsys.disabled():
            print(f"\n{'with' if scripts else 'without'} JavaScript: {writer.clicks} clicks")
            print("; ".join(f"{name}: {count}" for name, count in clicks.items()))
        severe = [e for e in driver.get_log("browser") if e["level"] == "SEVERE"]
        assert not severe
        need("soffice")  # all else is as it should be; the PDF was not asked for without it
    finally:
        driver.quit()


def _writes(writer: Writer, scripts: bool, folder: Path) -> None:
    writer.sign_in("vp")
    writer.open(f"/bao-cao-tong-hop/{REVIEW}")
    writer.find("link text", "Soạn báo cáo").click()
    writer.clicks += 1
    # Findings are chosen beside the text.
    writer.click("//div[@id='muc-shortcoming']//button[@value='ca:shortcoming']")
    assert "đã chọn cả" in writer.words
    # A generated sentence in the office's words.
    writer.tool("Thực hiện Nghị quyết", "Sửa")
    words = writer.find("id", "loi").get_attribute("value")
    writer.write("Căn cứ chương trình công tác năm 2018, " + words[:1].lower() + words[1:])
    # A finding, reworded where it stands.
    writer.tool("1 trong 2", "Sửa")
    words = writer.find("id", "loi").get_attribute("value")
    writer.write(f"Đáng lưu ý, {words}")
    # A paragraph of one's own, with a number that has no source.
    writer.tool("Căn cứ chương trình", "Thêm đoạn")
    writer.write("Huyện có 45 tổ công nhân tự quản.", "paragraph")
    assert "Chưa có nguồn: 45" in writer.words
    # A finding of one's own with a live figure.
    writer.tool("Huyện có 45", "Thêm đoạn")
    writer.find("id", "loi").send_keys("Toàn huyện có")
    writer.choose("loai", "result")
    writer.put_figure("B1", scripts)
    box = writer.find("id", "loi")
    assert box.get_attribute("value") == "Toàn huyện có 1.310"
    box.send_keys(" công nhân.")
    writer.click("//form[@class='sua-doan']//button[@value='luu' and not(@tabindex)]")
    assert "Toàn huyện có 1.310 công nhân" in writer.words
    for kind, text in (("subjective", "Cấp ủy chưa kiểm tra."), ("proposal", "Cấp thêm vốn.")):
        writer.tool("Toàn huyện có", "Thêm đoạn")
        writer.write(text, kind)
    # Order: the proposal stands behind the figure now; it goes one down, behind the cause.
    writer.tool("Cấp thêm vốn.", "↓")
    text = writer.find("css selector", ".a4").text
    assert text.index("Cấp ủy chưa kiểm tra.") < text.index("Cấp thêm vốn.")
    # What a unit wrote.
    writer.click(f"//div[@class='loi-don-vi']//*[{_says('Lấy vào báo cáo')}]")
    writer.write("Một số tổ chưa có nhà.")
    # The paper.
    assert writer.find("css selector", "label[for=dia_danh]").text == "Địa danh"
    for id, words in (("so_vb", "125"), ("nguoi_ky", "Lê Văn Nam"), ("kinh_gui", "Tỉnh ủy")):
        writer.find("id", id).clear()
        writer.find("id", id).send_keys(words)
    writer.click(f"//button[{_says('Lưu thể thức')}]")
    assert writer.find("id", "nguoi_ky").get_attribute("value") == "Lê Văn Nam"
    data = _download(writer, f"/bao-cao-tong-hop/{REVIEW}.docx?mau=party-docx")
    printed = " ".join(_texts(docx.Document(io.BytesIO(data))))
    for words in (
        "Căn cứ chương trình công tác năm 2018, thực hiện Nghị quyết",
        "như sau¹, ²:",
        "Đáng lưu ý,",
        "Huyện có 45 tổ công nhân tự quản.",
        "Toàn huyện có 1.310 công nhân",
        "Nguyên nhân chủ quan: Cấp ủy chưa kiểm tra.",
        "- Cấp thêm vốn.",
        "Một số tổ chưa có nhà.",
        "Lê Văn Nam",
    ):
        assert words in printed.replace("\N{NO-BREAK SPACE}", " "), words


def _freezes(writer: Writer, scripts: bool, folder: Path) -> None:
    """From the page with the text: the figures are frozen, and the files of the edition taken."""
    writer.go("Chốt số liệu")
    assert "chưa được chốt lần nào" in writer.words
    writer.go("Chốt số liệu")
    assert writer.path == "/ban-chot/1"
    assert "Toàn huyện có 1.310 công nhân" in writer.words
    data = writer.file(".docx")
    printed = " ".join(_texts(docx.Document(io.BytesIO(data))))
    assert "Toàn huyện có 1.310 công nhân" in printed.replace("\N{NO-BREAK SPACE}", " ")
    (folder / SIGNED).write_bytes(_signed(data))
    if shutil.which("soffice"):
        assert writer.file(".pdf").startswith(b"%PDF-")
    book = openpyxl.load_workbook(io.BytesIO(writer.file(".xlsx")))
    assert 1310 in {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}


SIGNED = "bao-cao-da-ky.docx"


def _signed(data: bytes) -> bytes:
    """The file as it comes back: opened, a line of the signature added, saved."""
    document, out = docx.Document(io.BytesIO(data)), io.BytesIO()
    document.add_paragraph("(Đã ký và đóng dấu)")
    document.save(out)
    return out.getvalue()


def _corrects(writer: Writer, scripts: bool, folder: Path) -> None:
    """From a figure of the edition to the report behind it; the unit corrects it, the office accepts it."""
    writer.go("1.310")
    writer.go("Công ty TNHH May Bình Minh")
    writer.find("xpath", "//summary[contains(., 'Mở lại để chỉnh sửa')]").click()
    writer.clicks += 1
    writer.type("reason", "Thiếu một phân xưởng")
    writer.go("Mở lại")
    assert "Đã mở lại" in writer.words
    writer.sign_in("dn")
    writer.open(f"/bao-cao/{CORRECTED}")
    writer.go("Nhập tiếp")
    writer.type("B1", "1.325")
    writer.go("Kiểm tra")
    writer.go("Gửi báo cáo")
    assert "Đã gửi báo cáo" in writer.words
    writer.sign_in("vp")
    writer.open("/duyet")
    writer.go("Công ty TNHH May Bình Minh")
    writer.go("Duyệt")
    assert "Đã duyệt báo cáo" in writer.words


def _compares(writer: Writer, scripts: bool, folder: Path) -> None:
    """What changed since the edition, with its cause."""
    writer.open("/ban-chot/1")
    writer.go("Những gì thay đổi từ khi chốt")
    assert writer.path == "/ban-chot/1/so-voi/nay"
    assert "1 báo cáo đã duyệt được sửa hoặc mở lại. Công ty TNHH May Bình Minh" in writer.words
    row = writer.find("xpath", "//tr[contains(., '1.310') and contains(., '1.325')]").text
    assert "15" in row
    assert "sửa" in writer.find("xpath", "//thead").text


def _freezes_again(writer: Writer, scripts: bool, folder: Path) -> None:
    """From what has changed to the second edition; the first stays as it was."""
    writer.go("Chốt số liệu")
    writer.go("Chốt số liệu")
    assert writer.path == "/ban-chot/2"
    assert "Toàn huyện có 1.325 công nhân" in writer.words
    writer.go("Bản chốt lần 1")
    assert "Toàn huyện có 1.310 công nhân" in writer.words


def _checks(writer: Writer, scripts: bool, folder: Path) -> None:
    """The signed paper of the first edition names the figure that has moved since."""
    writer.go("Kiểm tra văn bản")
    writer.find("id", "tep").send_keys(str(folder / SIGNED))
    writer.clicks += 1
    writer.go("Kiểm tra tệp")
    moved = [row.text for row in writer.driver.find_elements("css selector", "tr[id^=viec-]")]
    assert [row for row in moved if "1.310" in row and "1.325" in row], moved
    assert "gõ tay, không có nguồn: không có báo cáo nào chứng minh" in writer.words


STEPS = {
    "write": _writes,
    "freeze and take the files": _freezes,
    "correct a report": _corrects,
    "what has changed": _compares,
    "second edition": _freezes_again,
    "check the signed file": _checks,
}


def _texts(document) -> Iterator[str]:
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            yield from (cell.text for cell in row.cells)

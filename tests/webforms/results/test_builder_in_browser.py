"""From findings to a file that is ready to be signed, in a real browser, with JavaScript and without."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import docx
import pytest

from nqcore.collection.entry.autofill import zeros
from nqcore.workspace.opening import open_workspace
from tests.webforms.browsing import WAIT, Person, _gone, browser, serving
from tests.webforms.conftest import QUARTER
from tests.webforms.paths import REVIEW, years_without_plan

PAGE = f"/soan-bao-cao/{REVIEW}"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def server(office: Path, tmp_path: Path) -> Iterator[str]:
    """A server over a district with a finding and a figure."""
    folder = tmp_path / "ws"
    shutil.copytree(office, folder)
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
def test_a_review_is_written_from_its_findings_to_the_word_file(
    server: str, tmp_path: Path, scripts: bool, capsys: pytest.CaptureFixture[str]
):
    driver = browser(tmp_path / "profile", scripts=scripts)
    try:
        writer = Writer(driver, server)
        _walk(writer, scripts)
        with capsys.disabled():
            print(f"\n{'with' if scripts else 'without'} JavaScript: {writer.clicks} clicks")
        severe = [e for e in driver.get_log("browser") if e["level"] == "SEVERE"]
        assert not severe
    finally:
        driver.quit()


def _walk(writer: Writer, scripts: bool) -> None:
    writer.sign_in("vp")
    writer.open(f"/bao-cao-tong-hop/{REVIEW}")
    writer.find("link text", "Soạn báo cáo").click()
    writer.clicks += 1
    # Findings are chosen beside the text.
    writer.click("//div[@id='muc-shortcoming']//button[@value='ca']")
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
    for id, words in (("so_vb", "125"), ("nguoi_ky", "Lê Văn Nam"), ("kinh_gui", "Tỉnh ủy")):
        writer.find("id", id).clear()
        writer.find("id", id).send_keys(words)
    writer.click(f"//button[{_says('Lưu thể thức')}]")
    assert writer.find("id", "nguoi_ky").get_attribute("value") == "Lê Văn Nam"
    data = _download(writer, f"/bao-cao-tong-hop/{REVIEW}.docx?mau=party-docx")
    printed = " ".join(_texts(docx.Document(io.BytesIO(data))))
    for words in (
        "Căn cứ chương trình công tác năm 2018, thực hiện Nghị quyết",
        "Đáng lưu ý,",
        "Huyện có 45 tổ công nhân tự quản.",
        "Toàn huyện có 1.310 công nhân",
        "Nguyên nhân chủ quan: Cấp ủy chưa kiểm tra.",
        "- Cấp thêm vốn.",
        "Một số tổ chưa có nhà.",
        "Lê Văn Nam",
    ):
        assert words in printed.replace("\N{NO-BREAK SPACE}", " "), words


def _texts(document) -> Iterator[str]:
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            yield from (cell.text for cell in row.cells)

"""Every page in every state: WCAG 2.2 A and AA by axe-core, nothing wider than a telephone, and light.

axe-core is a test tool from npm: `npm install --no-save --prefix .axe axe-core@4.14.1`.
"""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.request import Request, urlopen

import openpyxl
import pyotp
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from nqcore.workspace.opening import open_workspace
from tests.support.visitor import Visitor
from tests.webforms.browsing import Person, browser, serving
from tests.webforms.conftest import PASSWORD, QUARTER
from tests.webforms.paths import COMMUNE, PATHS, RETURNED, filled
from webforms import create_app

ROOT = Path(__file__).parents[2]
AXE = ROOT / ".axe/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: {type: 'tag', values: arguments[0]}, resultTypes: ['violations']})
  .then(found => done(found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '))))
  .catch(wrong => done(['axe: ' + wrong]));
"""
WIDE = """
return [document.documentElement.scrollWidth,
        [...document.querySelectorAll('body *')]
          .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
          .filter(e => !e.closest('.cuon, .a4 .phu-luc, .a4 table, nav'))
          .slice(0, 3).map(e => e.outerHTML.slice(0, 120))]
"""

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Wrong = Callable[[Person], None]


def _sign_in_wrong(person: Person) -> None:
    person.driver.delete_all_cookies()
    person.open("/dang-nhap")
    person.type("login", "dn")
    person.type("password", "sai mật khẩu")
    person.press("Đăng nhập")


def _unreadable(person: Person) -> None:
    person.sign_in("xa")
    person.open(f"/bao-cao/{COMMUNE}/nhap")
    person.type("A1", "27 ngươi")
    person.press("Kiểm tra và gửi")


def _nobody_added(person: Person) -> None:
    person.sign_in("qt")
    person.open("/quan-tri/nguoi-dung")
    person.type("people", "Ai đó; ở đâu đó")
    person.find("id", "vt-enter").click()
    person.press("Thêm người dùng")


def _link_made(person: Person) -> None:
    person.sign_in("vp")
    person.open("/quan-tri/nguoi-dung/dn2")
    person.press("Tạo liên kết")


def _contradicted(person: Person) -> None:
    person.sign_in("vp")
    person.open("/ton-tai?mo=huyen-thu.plans")
    boxes = person.driver.find_elements("css selector", "textarea[name=cau]")
    box = next(box for box in boxes if "1 trong 2" in box.text)
    words = box.get_attribute("value")
    box.clear()
    box.send_keys(words.replace("1 trong 2", "987 trong 988"))
    person.send(box.find_element("xpath", "./ancestor::form//button[@name='viec'][1]"))
    assert "Cập nhật số" in person.words


def _against_the_figures(person: Person) -> None:
    person.sign_in("vp")
    person.open("/ton-tai?mo=huyen-thu.plans")
    box = person.driver.find_element("css selector", "textarea[name=cau]")
    box.clear()
    box.send_keys("các xã đều đã ban hành kế hoạch")
    person.send(box.find_element("xpath", "./ancestor::form//button[@name='viec'][1]"))
    assert "Vẫn giữ câu này" in person.words


def _every_list_open(person: Person) -> None:
    """What is folded up: why the other rules say nothing."""
    person.sign_in("vp")
    person.open("/ton-tai")
    for summary in person.driver.find_elements("css selector", "main summary"):
        summary.click()
    assert "Chưa đủ số liệu: đã duyệt" in person.words


def _returned_without_words(person: Person) -> None:
    person.sign_in("vp")
    person.open(f"/duyet/{QUARTER}")
    person.press("Trả lại")


def _weak_password(person: Person) -> None:
    person.sign_in("ld")
    person.open("/tai-khoan")
    person.type("old", PASSWORD)
    person.type("new", "ngắn")
    person.press("Đổi mật khẩu")


def _begin_second_step(person: Person, login: str) -> str:
    """Sign in and begin; the key that the page shows as text."""
    person.sign_in(login)
    person.open("/tai-khoan/hai-buoc")
    person.type("old", PASSWORD)
    person.press("Bắt đầu")
    key = person.driver.find_element("css selector", "code.khoa").text
    return key.replace(" ", "")


def _scan(person: Person) -> None:
    _begin_second_step(person, "kt")
    person.type("code", "000000")
    person.press("Bật bước thứ hai")
    assert "Mã không đúng" in person.words


RECOVERY: list[str] = []
"""The recovery codes that the last browser was shown."""


def _recovery_codes(person: Person) -> None:
    key = _begin_second_step(person, "kt")
    person.type("code", pyotp.TOTP(key).now())
    person.press("Bật bước thứ hai")
    RECOVERY[:] = person.find("id", "ma-du-phong").get_attribute("value").split()
    assert len(RECOVERY) == 8


def _code_asked(person: Person) -> None:
    person.sign_in("kt")
    person.type("code", "0")
    person.press("Đăng nhập")
    assert "Mã không đúng" in person.words


def _second_step_on(person: Person) -> None:
    person.type("code", RECOVERY[0])
    person.press("Đăng nhập")
    person.open("/tai-khoan/hai-buoc")
    assert "Còn 7 mã dự phòng" in person.words


def _second_step_off(person: Person) -> None:
    """Several sessions are listed on the page to which this leads."""
    person.type("old", PASSWORD)
    person.type("code", RECOVERY[1])
    person.press("Tắt bước thứ hai")
    assert "Đã tắt bước thứ hai" in person.words
    person.sign_in("kt")
    person.open("/tai-khoan")
    assert "Đăng xuất khỏi các máy khác" in person.words


def _hand_in(person: Person, report: str, change: Callable[[Worksheet], object]) -> None:
    """Hand the changed template of that report in for the commune's newest one."""
    cookies = "; ".join(f"{c['name']}={c['value']}" for c in person.driver.get_cookies())
    address = f"{person.server}/bao-cao/{report}/excel"
    with urlopen(Request(address, headers={"Cookie": cookies})) as answer:
        book = openpyxl.load_workbook(io.BytesIO(answer.read()))
    change(book.worksheets[0])
    with NamedTemporaryFile(suffix=".xlsx") as file:
        book.save(file.name)
        person.open(f"/bao-cao/{COMMUNE}/nap-excel")
        person.find("id", "tep").send_keys(file.name)
        person.press("Xem trước")


def _odd_file(person: Person) -> None:
    def change(page: Worksheet) -> None:
        for row in page.iter_rows(min_row=6, max_row=60):
            if row[0].value and not str(row[6].value).startswith("#"):
                row[4].value = "27 ngươi" if row[0].row % 3 else 5

    person.sign_in("xa")
    _hand_in(person, COMMUNE, change)
    assert "Xem bảng rồi bấm" in person.words


def _other_file(person: Person) -> None:
    person.sign_in("xa")
    _hand_in(person, COMMUNE.replace("Q3", "Q2"), lambda _page: None)
    assert "Chuyển số sang mẫu đúng" in person.words


def _wrong_evidence(person: Person) -> None:
    person.sign_in("xa")
    person.open(f"/bao-cao/{COMMUNE}/minh-chung")
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(b"MZ")
        file.flush()
        person.find("id", "tep").send_keys(file.name)
        person.press("Đính kèm")


def _reason_missing(person: Person) -> None:
    person.sign_in("vp")
    person.open(f"{RETURNED}/nhap")
    person.type("B1", "211")
    person.press("Lưu nháp")
    assert "Ghi lý do sửa thay đơn vị" in person.words


def _copied_and_changed(person: Person) -> None:
    person.sign_in("dn2")
    person.open(f"{RETURNED}/nhap")
    person.type("B1", "205")
    person.press("Kiểm tra và gửi")


def _conflict(person: Person) -> None:
    """Two tabs with the same report: the second to save sees both figures."""
    person.sign_in("xa")
    person.open(f"/bao-cao/{COMMUNE}/nhap")
    first = person.driver.current_window_handle
    person.driver.switch_to.new_window("tab")
    person.open(f"/bao-cao/{COMMUNE}/nhap")
    # Another figure than in the run before, or there is nothing to save.
    typed = int("".join(filter(str.isdigit, person.find("id", "A1").get_attribute("value"))) or 0)
    person.type("A1", str(typed % 50 + 11))
    person.press("Lưu nháp")
    person.driver.close()
    person.driver.switch_to.window(first)
    person.type("A1", str(typed % 50 + 12))
    person.press("Lưu nháp")
    assert "Chọn số cần giữ" in person.words


ERRORS: tuple[Wrong, ...] = (
    _scan, _recovery_codes, _code_asked, _second_step_on, _second_step_off,
    _sign_in_wrong, _unreadable, _nobody_added, _link_made, _contradicted, _against_the_figures,
    _every_list_open, _returned_without_words, _weak_password, _odd_file, _other_file,
    _wrong_evidence, _reason_missing, _copied_and_changed, _conflict,
)  # fmt: skip
"""Ways into what is only seen after a mistake or once."""


@pytest.fixture(scope="module")
def place(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over an office in which every state occurs."""
    folder = tmp_path_factory.mktemp("states") / "ws"
    shutil.copytree(office, folder)
    with open_workspace(folder) as ws:
        app = create_app(ws)

        def visit(login: str) -> Visitor:
            visitor = Visitor(app.test_client())
            assert visitor.sign_in(login, PASSWORD).status_code == 303
            return visitor

        filled(visit, ws)
    yield from serving(folder)


@pytest.fixture(scope="module")
def empty(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over an office in which nothing was done yet."""
    folder = tmp_path_factory.mktemp("empty") / "ws"
    shutil.copytree(office, folder)
    yield from serving(folder)


@pytest.fixture
def driver(tmp_path: Path):
    found = browser(tmp_path / "profile", scripts=True)
    yield found
    found.quit()


def _width(driver, width: int) -> None:
    metrics = {"width": width, "height": 768, "deviceScaleFactor": 1, "mobile": width < 700}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def _states(driver, server: str) -> Iterator[str]:
    """Go through every path and every mistake; gives the words for where one stands."""
    person = Person(driver, server)
    for login, paths in PATHS.items():
        if login is not None:
            person.sign_in(login)
        else:
            driver.delete_all_cookies()
        for path in paths:
            person.open(path)
            yield f"{login} {path}"
    for go in ERRORS:
        go(person)
        yield go.__name__


def _axe() -> str:
    if not AXE.exists():
        reason = f"{AXE} is missing: npm install --no-save --prefix .axe axe-core@4.14.1"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return AXE.read_text("utf-8")


DESK, TELEPHONE, NARROW = 1366, 360, 320
"""Widths of windows in pixels: an old PC, a telephone, and 1280 px at 400 % (WCAG 2.2, 1.4.10)."""


@pytest.mark.timeout(900)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(place: str, driver):
    assert _wrong(driver, _states(driver, place)) == {}


def test_axe_finds_nothing_where_nothing_was_done_yet(empty: str, driver):
    assert _wrong(driver, _empty(driver, empty)) == {}


def _wrong(driver, states: Iterator[str]) -> dict[tuple[str, int], object]:
    """What is wrong in each state, at each width; every page is opened once."""
    source, wrong = _axe(), dict[tuple[str, int], object]()
    driver.set_script_timeout(60)
    _width(driver, DESK)
    for where in states:
        driver.execute_script(source)
        for width in (DESK, TELEPHONE):
            _width(driver, width)
            if found := driver.execute_async_script(RUN, TAGS):
                wrong[where, width] = found
        for width in (TELEPHONE, NARROW):
            _width(driver, width)
            wide, boxes = driver.execute_script(WIDE)
            if wide > width:
                wrong[where, width] = (wide, boxes)
        _width(driver, DESK)
    return wrong


def _empty(driver, server: str) -> Iterator[str]:
    person = Person(driver, server)
    for login, paths in {
        "vp": ("/", "/duyet", "/tien-do", "/ton-tai", "/chi-tieu/res20.B1", "/bao-cao"),
        "dn": ("/", "/bao-cao", f"/bao-cao/{QUARTER}"),
        "ld": ("/", "/bao-cao-tong-hop"),
        "kt": ("/quan-tri/nhat-ky",),
    }.items():
        person.sign_in(login)
        for path in paths:
            person.open(path)
            yield f"{login} {path}"

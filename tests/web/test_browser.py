"""The whole way in a real browser against the real server, with JavaScript and without."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.conftest import PASSWORD, QUARTER

CHROMIUM, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
FILL, CHECK, SHOW = (
    f"/bao-cao/{QUARTER}/nhap",
    f"/bao-cao/{QUARTER}/kiem-tra",
    f"/bao-cao/{QUARTER}",
)
WAIT = 20
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-dev-shm-usage",
    "--window-size=1366,768",
)  # fmt: skip

pytestmark = pytest.mark.browser


@pytest.fixture
def server(office: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server of its own over a copy of the office."""
    folder = tmp_path / "ws"
    shutil.copytree(office, folder)
    code = (
        "import sys; from pathlib import Path; from webforms.serving import serve; "
        "serve(Path(sys.argv[1]), port=0)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    found = re.search(r"http://[\d.:]+", process.stdout.readline())
    assert found
    yield found[0]
    process.terminate()
    process.wait(10)
    process.stdout.close()


def _browser(folder: Path, *, scripts: bool):
    for program in (CHROMIUM, DRIVER):
        if not Path(program).exists():
            reason = f"{program} is missing: apt install chromium chromium-driver"
            if os.environ.get("CI") == "true":
                pytest.fail(reason)
            pytest.skip(reason)
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={folder}"):
        options.add_argument(flag)
    if not scripts:
        options.add_experimental_option(
            "prefs", {"profile.managed_default_content_settings.javascript": 2}
        )
    return webdriver.Chrome(options=options, service=Service(DRIVER))


class Person:
    """Somebody with a browser."""

    def __init__(self, driver, server: str) -> None:
        self.driver, self.server = driver, server

    def sign_in(self, login: str) -> None:
        self.driver.delete_all_cookies()
        self.open("/dang-nhap")
        self.type("login", login)
        self.type("password", PASSWORD)
        self.press("Đăng nhập")

    def open(self, path: str) -> None:
        self.driver.get(self.server + path)

    def find(self, how: str, what: str):
        return self.driver.find_element(how, what)

    def type(self, id: str, text: str) -> None:
        box = self.find("id", id)
        box.clear()
        box.send_keys(text)

    def press(self, words: str) -> None:
        """Press the last visible button of these words."""
        buttons = self.driver.find_elements("xpath", f"//button[contains(., '{words}')]")
        button = [one for one in buttons if one.is_displayed() and one.size["height"] > 5][-1]
        page = self.find("tag name", "html")
        button.click()
        from selenium.webdriver.support import expected_conditions as then
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, WAIT).until(then.staleness_of(page))

    @property
    def words(self) -> str:
        return " ".join(self.find("tag name", "body").text.split())

    @property
    def path(self) -> str:
        return self.driver.current_url.removeprefix(self.server)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "without-javascript"])
def test_the_whole_way(server: str, tmp_path: Path, scripts: bool):
    driver = _browser(tmp_path / "profile", scripts=scripts)
    try:
        _walk(Person(driver, server), scripts)
        assert not [e for e in driver.get_log("browser") if e["level"] == "SEVERE"]
    finally:
        driver.quit()


def _walk(person: Person, scripts: bool) -> None:
    person.sign_in("dn")
    person.find("partial link text", "Nhập báo cáo Quý III/2018").click()
    # The address leads into the first empty box, without JavaScript too.
    assert person.path == FILL + "#A1"
    person.type("B1", "1.310")
    person.type("B5", "1.234,5")
    if not scripts:
        assert person.driver.execute_script("return document.readyState") == "complete"
        person.find("id", "B5").send_keys("\ue007")  # Enter saves, it never sends
        assert "Đã lưu nháp" in person.words
    person.press("Kiểm tra và gửi")
    assert "Chưa gửi được: còn 17 ô cần sửa" in person.words
    assert person.driver.title.startswith("Lỗi: ")
    person.press("Ghi 0 vào 17 ô này")
    assert person.find("id", "B1").get_attribute("value") == "1.310"
    assert person.find("id", "B5").get_attribute("value") == "1.234,5"
    person.press("Kiểm tra và gửi")
    assert person.path == CHECK
    person.press("Gửi báo cáo")
    assert person.path == SHOW
    assert "Mã tiếp nhận: 2018Q3-" in person.words

    person.sign_in("vp")
    assert "Chờ duyệt (1)" in person.words
    person.find("partial link text", "Công ty TNHH May Bình Minh").click()
    person.find("xpath", "//summary[contains(., 'chỉ tiêu còn lại')]")
    person.type("ykc", "Kiểm tra lại số lao động")
    person.press("Trả lại")
    assert "Đã trả lại báo cáo của Công ty TNHH May Bình Minh" in person.words

    person.sign_in("dn")
    person.find("partial link text", "Chỉnh sửa báo cáo Quý III/2018").click()
    assert "Kiểm tra lại số lao động" in person.words
    person.type("B1", "1.295")
    person.press("Kiểm tra và gửi")
    person.press("Gửi báo cáo")

    person.sign_in("vp")
    person.open("/chi-tieu/res20.B1?ky=2018-Q3")
    assert person.find("id", "so").text == "–"
    person.open("/duyet/" + QUARTER)
    person.press("Duyệt")
    assert "Đã duyệt báo cáo của Công ty TNHH May Bình Minh. Còn 0" in person.words
    person.open("/tien-do?loc=da-duyet")
    assert "Công ty TNHH May Bình Minh" in person.words
    assert "Duyệt" in person.find("css selector", ".tien-do td.nay a").text
    person.open("/chi-tieu/res20.B1?ky=2018-Q3")
    assert person.find("id", "so").text == "1.295"
    assert "1/11 báo cáo" in person.words
    person.open("/chi-tieu/res20.B5?ky=2018-Q3")
    assert person.find("id", "so").text == "1.234,5"


@pytest.mark.parametrize("width", [360, 320])
def test_no_page_scrolls_sideways_on_a_telephone(server: str, tmp_path: Path, width: int):
    from tests.web.test_pages import PATHS

    driver = _browser(tmp_path / "profile", scripts=True)
    try:
        person = Person(driver, server)
        metrics = {"width": width, "height": 640, "deviceScaleFactor": 1, "mobile": True}
        for login, paths in PATHS.items():
            if login is not None:
                person.sign_in(login)
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
            for path in paths:
                person.open(path)
                wide = driver.execute_script("return document.documentElement.scrollWidth")
                assert wide <= width, path
            driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    finally:
        driver.quit()


def test_six_boxes_are_in_sight(server: str, tmp_path: Path):
    driver = _browser(tmp_path / "profile", scripts=True)
    try:
        person = Person(driver, server)
        person.sign_in("dn")
        metrics = {"width": 1366, "height": 625, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        person.open(FILL)
        seen = driver.execute_script(
            "const foot = document.querySelector('.thanh').getBoundingClientRect().top;"
            "return [...document.querySelectorAll('input.so')]"
            ".filter(box => box.getBoundingClientRect().bottom <= foot).length"
        )
        assert seen >= 6
    finally:
        driver.quit()

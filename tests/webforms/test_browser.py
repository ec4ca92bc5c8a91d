"""The whole way in a real browser against the real server, with JavaScript and without."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.webforms.browsing import Person, browser, serving
from tests.webforms.conftest import QUARTER

FILL, CHECK, SHOW = (
    f"/bao-cao/{QUARTER}/nhap",
    f"/bao-cao/{QUARTER}/kiem-tra",
    f"/bao-cao/{QUARTER}",
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def server(office: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server of its own over a copy of the office."""
    folder = tmp_path / "ws"
    shutil.copytree(office, folder)
    yield from serving(folder)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "without-javascript"])
def test_the_whole_way(server: str, tmp_path: Path, scripts: bool):
    driver = browser(tmp_path / "profile", scripts=scripts)
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


def test_six_boxes_are_in_sight(server: str, tmp_path: Path):
    driver = browser(tmp_path / "profile", scripts=True)
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

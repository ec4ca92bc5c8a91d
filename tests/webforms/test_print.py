"""Pages on A4: the board keeps its six periods, help fits on two sides, nothing runs over the edge."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from nqcore.workspace.demo import PASSWORD as DEMO_PASSWORD
from nqcore.workspace.opening import open_workspace
from tests.support.visitor import Visitor
from tests.webforms.browsing import Person, browser, serving
from tests.webforms.conftest import PASSWORD
from tests.webforms.paths import filled
from webforms import create_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def place(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("printed") / "ws"
    shutil.copytree(office, folder)
    with open_workspace(folder) as ws:
        app = create_app(ws)

        def visit(login: str) -> Visitor:
            visitor = Visitor(app.test_client())
            assert visitor.sign_in(login, PASSWORD).status_code == 303
            return visitor

        filled(visit, ws)
    yield from serving(folder)


def _printed(driver, file: Path) -> tuple[int, str]:
    """Pages and words of the page as printed."""
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo is missing: apt install poppler-utils")
    given = {"preferCSSPageSize": True, "printBackground": False}
    file.write_bytes(base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", given)["data"]))
    info = subprocess.run(
        ["pdfinfo", file], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert "(A4)" in info
    pages = re.search(r"Pages:\s+(\d+)", info)
    assert pages is not None
    words = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True, timeout=60
    )
    return int(pages[1]), " ".join(words.stdout.split())


def test_pages_print_on_a4(place: str, tmp_path: Path):
    driver = browser(tmp_path / "profile", scripts=True)
    try:
        person = Person(driver, place)
        person.sign_in("vp")
        person.open("/tro-giup")
        assert _printed(driver, tmp_path / "help.pdf")[0] <= 2
        person.open("/tien-do")
        pages, words = _printed(driver, tmp_path / "board.pdf")
        assert pages <= 2
        for period in ("II/2017", "III/2017", "IV/2017", "I/2018", "II/2018", "III/2018"):
            assert period in words
        assert "Xuất Excel" not in words  # buttons are not printed
        assert "Tài khoản" not in words
    finally:
        driver.quit()


@pytest.fixture(scope="module")
def ten_years(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from serving(
        Path(shutil.copytree(demo_folder, tmp_path_factory.mktemp("ten-years") / "ws"))
    )


REVIEW = "/bao-cao-tong-hop/2008..2018_20-nq-tw.2008-01-28_huyen"
WIDE_OR_FOLDED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # the page: what is on its paper, and what is not
    "/so-lieu?theo=nam": (
        (
            "2008",
            "2018 (đến 30/9)",
            "Mục tiêu",
            "Huyện Tân Hòa; Đơn vị và cấp dưới",
            "trang 1 trên ",
        ),
        ("Tải tất cả",),
    ),
    "/ton-tai": (("Việc tổ chức học tập",), ("Soạn báo cáo", "Đưa vào báo cáo", "Lưu các mục")),
    "/chi-tieu/res20.B1?ky=2008..2018": (("Năm 2009",), ()),
    "/bao-cao/2018-Q2_res20.q_xa-an-phu": (("A2: – → 220",), ("Tải bản Word", "Lịch sử Đã duyệt")),
    "/quan-tri/nhat-ky": (("Ai đã làm gì",), ("Tải Excel",)),
    REVIEW: (("Biểu 1. Kết quả",), ()),
}


@pytest.mark.parametrize("path", WIDE_OR_FOLDED)
def test_what_is_wide_or_folded_is_on_paper_and_what_is_to_be_pressed_is_not(
    ten_years: str, tmp_path: Path, path: str
) -> None:
    driver = browser(tmp_path / "profile", scripts=True)
    try:
        person = Person(driver, ten_years)
        person.open("/dang-nhap")
        person.type("login", "vanphong")
        person.type("password", DEMO_PASSWORD)
        person.press("Đăng nhập")
        person.open(path)
        _pages, words = _printed(driver, tmp_path / "page.pdf")
        there, away = WIDE_OR_FOLDED[path]
        assert [one for one in there if one not in words] == []
        assert [one for one in away if one in words] == []
        text = subprocess.run(
            ["pdftotext", tmp_path / "page.pdf", "-"],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout
        assert all(page.strip() for page in text.split("\f")[:-1])  # no blank page
    finally:
        driver.quit()

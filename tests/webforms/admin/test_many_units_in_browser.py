"""An office of 28 and of 300 units in a real browser: sign-in slips for all, one deadline for all, more time
for those who have not sent, closing a period that asks first. Each page fits a desk and a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from nqcore.cli import main
from nqcore.collection.accounts.access import Role
from nqcore.text.dates import write_date
from nqcore.workspace.opening import open_workspace
from tests.webforms.browsing import Person, browser, serving
from tests.webforms.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SLIPS = "/quan-tri/nguoi-dung/don-vi/phieu"
LATER = date(date.today().year + 1, 12, 15)
WIDTHS = {"desk": 1366, "telephone": 360}
HEIGHTS = {"desk": 5_000, "telephone": 12_000}
"""A list of units is no longer than that, however many there are: it comes in pages."""


@pytest.fixture(params=[28, 300], ids=["28 units", "300 units"])
def count(request: pytest.FixtureRequest) -> int:
    found: int = request.param
    return found


@pytest.fixture
def folder(count: int, tmp_path: Path, keys: Path) -> Path:
    """The office that `nq init` makes of a list as offices have it."""
    rows = [
        ["DANH SÁCH CÁC CHI BỘ, CƠ QUAN, DOANH NGHIỆP", "", "", ""],
        ["STT", "Tên đơn vị", "Loại", "Trực thuộc"],
        ["", "Đảng ủy xã An Bình", "đảng ủy xã", ""],
        *(
            [str(nth), f"Công ty TNHH Thương mại và Dịch vụ số {nth}",
             "doanh nghiệp ngoài nhà nước", "Đảng ủy xã An Bình"]
            for nth in range(1, count + 1)
        ),
    ]  # fmt: skip
    (tmp_path / "dv.csv").write_text("\n".join(map(";".join, rows)), "utf-8")
    where = [str(tmp_path / "w"), "--plugin", "nq_res20", "--units", str(tmp_path / "dv.csv")]
    made = CliRunner().invoke(main, ["--lang", "vi", "init", *where])
    assert made.exit_code == 0, made.output
    with open_workspace(tmp_path / "w") as ws:
        assert len(ws.units) == count + 1
        ws.accounts.set_password("quantri", PASSWORD, by="quantri", at=ws.clock())
    # The slips lead to the name under which staff reach the office.
    with (tmp_path / "w" / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write('hosts = ["bao-cao.an-binh.example"]\n')
    return tmp_path / "w"


@pytest.fixture
def server(folder: Path) -> Iterator[str]:
    yield from serving(folder)


class Administrator(Person):
    """The administrator; the clicks are counted, and the pages looked at."""

    clicks = 0

    def send(self, button) -> None:
        self.clicks += 1
        super().send(button)

    def fits(self, name: str, pictures: Path, heights: Mapping[str, int] | None = None) -> None:
        """No page is wider than the screen of a desk or a telephone, and none higher than `heights`."""
        for device, width in WIDTHS.items():
            self.driver.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": width, "height": 768, "deviceScaleFactor": 1, "mobile": width < 500},
            )
            wide = self.driver.execute_script("return document.documentElement.scrollWidth")
            high = self.driver.execute_script("return document.documentElement.scrollHeight")
            self.driver.save_screenshot(str(pictures / f"{name}-{device}.png"))
            print(f"{name}, {device}: {high} pixels high")
            assert wide <= width, (name, device, wide)
            assert heights is None or high <= heights[device], (name, device, high)
        self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_bulk_work_at_every_size(server: str, folder: Path, tmp_path: Path, count: int) -> None:
    driver = browser(tmp_path / "profile", scripts=True)
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    try:
        person = Administrator(driver, server)
        person.sign_in("quantri")
        person.clicks = 0
        _slips(person, count, pictures)
        path = _period(folder)
        _deadlines(person, path, count, pictures)
        _closing(person, path, count, pictures)
        for name, where in (("accounts", "/quan-tri/nguoi-dung"), ("units", "/quan-tri/don-vi"),
                            ("start", "/quan-tri/bat-dau"), ("board", "/tien-do")):  # fmt: skip
            person.open(where)
            person.fits(name, pictures, HEIGHTS)
        print(f"clicks for {count} units: {person.clicks}")
        assert person.clicks <= 6
        assert [e for e in driver.get_log("browser") if e["level"] == "SEVERE"] == []
    finally:
        driver.quit()
    with open_workspace(folder) as ws:
        assert sum(Role.ENTER in one.roles for one in ws.accounts.all()) >= count


def _slips(person: Administrator, count: int, pictures: Path) -> None:
    """One press gives every unit an account and a slip with a square code."""
    person.open(SLIPS)
    person.fits("slips-choose", pictures)
    person.press("Tạo liên kết")
    slips = person.driver.find_elements("css selector", "main svg")
    assert len(slips) >= count
    addresses = re.findall(r"/dang-nhap/[\w-]{32}", person.words)
    assert len({*addresses}) == len(slips)
    person.fits("slips", pictures)


def _period(folder: Path) -> str:
    """The page of the newest period of the quarterly form."""
    with open_workspace(folder) as ws:
        form = ws.catalogue.forms["res20.q"]
        period = ws.obligations.current_periods(form, ws.today, 1)[-1]
    return f"/quan-tri/ky/res20.q/{period.code}"


def _deadlines(person: Administrator, path: str, count: int, pictures: Path) -> None:
    """One deadline for all units, then more time for all that have not sent."""
    person.open(path)
    person.fits("period", pictures)
    person.type("den", write_date(LATER))
    person.type("can_cu", "Công văn số 5-CV/ĐU, ngày 01/7/2026")
    person.press("Đổi hạn chung")
    assert f"nay là {write_date(LATER)}" in person.words
    person.send(person.find("css selector", "a[href*='chon=no']"))
    ticked = person.driver.find_elements("css selector", "input[name=don_vi]:checked")
    assert len(ticked) >= count
    later = LATER.replace(day=20)
    person.type("gia_han", write_date(later))
    person.type("ly_do", "Mưa lũ")
    person.press("Gia hạn")
    assert f"đơn vị nay có hạn đến {write_date(later)}" in person.words


def _closing(person: Administrator, path: str, count: int, pictures: Path) -> None:
    """The page says who still owes before the press that closes."""
    person.open(path)
    box = person.find("css selector", ".hop.canh-bao")
    links = box.find_elements("css selector", "a")
    if count > 40:  # they are listed once, above
        (link,) = links
        assert link.get_attribute("href").endswith("#con-no")
        links = person.driver.find_elements("css selector", "#con-no + details a")
    assert len(links) >= count
    assert "chưa gửi và sẽ không nhập được nữa" in box.text
    high = person.driver.execute_script("return document.documentElement.scrollHeight")
    assert high < 4000, "however many units, the page stays short"
    person.press("Đóng kỳ")
    person.open(path)
    assert "đã đóng kỳ" in person.words
    person.fits("closed", pictures)

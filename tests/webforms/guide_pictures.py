"""The pictures of the guides in *Trợ giúp*, made from the pages of the demo with a real browser:

    python -m tests.webforms.guide_pictures

writes `webforms/static/tro-giup-*.webp` anew. Run it when a page that a guide shows has changed.
"""

from __future__ import annotations

import base64
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner

from nqcore.cli import main as nq
from nqcore.workspace.demo import PASSWORD
from tests.webforms.browsing import Person, browser, serving
from webforms.guides import GUIDES, PICTURE

QUALITY = 20
"""Of the WebP: words can be read, and no guide is over 60 KB."""
STATIC = Path(__file__).parents[2] / "webforms" / "static"


class Shown(NamedTuple):
    """What a step has as its picture: the page as an account sees it, from the first such element on, or
    (`ends`) up to it; after these buttons were pressed."""

    login: str
    path: str
    element: str = "main h1"
    ends: bool = False
    presses: tuple[str, ...] = ()


REPORT = "2018-Q3_res20.q_xa-binh-minh"
RETURNED = "2018-Q3_res20.q_xa-phuoc-son"
SENT = "2018-Q3_res20.q_xa-an-phu"
REVIEW = "2008..2018_20-nq-tw.2008-01-28_huyen"
PAGES: dict[str, tuple[Shown, ...]] = {
    "nhap": (
        Shown("xa-binh-minh", "/"),
        Shown("xa-binh-minh", f"/bao-cao/{REPORT}/nhap", ".bang-nhap"),
        Shown("xa-binh-minh", f"/bao-cao/{REPORT}/nhap", ".thanh", ends=True),
        Shown(
            "xa-binh-minh",
            f"/bao-cao/{REPORT}/nhap",
            "button[value=gui]",
            ends=True,
            presses=("Ghi 0 vào các ô còn trống", "Kiểm tra và gửi"),
        ),
        Shown("xa-phuoc-son", f"/bao-cao/{RETURNED}/nhap", ".co-cl, .co-loi, .y-kien"),
    ),
    "duyet": (
        Shown("vanphong", "/duyet"),
        Shown("vanphong", f"/duyet/{SENT}"),
        Shown("vanphong", "/con-no"),
        Shown(
            "vanphong", "/ton-tai?van-ban=20-nq-tw.2008-01-28&ky=2008..2018&don-vi=huyen", ".muc-y"
        ),
        Shown("vanphong", f"/soan-bao-cao/{REVIEW}", ".a4"),
    ),
    "theo-doi": (
        Shown("lanhdao", "/"),
        Shown("lanhdao", "/so-lieu", ".so-lieu"),
        Shown("lanhdao", "/bao-cao-tong-hop"),
    ),
    "quan-tri": (
        Shown("vanphong", "/quan-tri/bat-dau", ".phu-muc"),
        Shown("vanphong", "/quan-tri/nguoi-dung", ".phu-muc"),
        Shown("vanphong", "/quan-tri/ky/res20.q/2018-Q3"),
        Shown("vanphong", "/quan-tri/don-vi", ".phu-muc"),
        Shown("vanphong", "/quan-tri/he-thong", ".phu-muc"),
    ),
    "kiem-tra": (
        Shown("kiemtra", "/quan-tri/nhat-ky", ".xep"),
        Shown("kiemtra", "/chi-tieu/res20.A1?ky=2018-Q3", "main details[open]"),
        Shown("kiemtra", f"/bao-cao/{RETURNED}"),
    ),
}
"""By guide, one for each step."""


def main() -> int:
    """Make all files; 0."""
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "huyen"
        CliRunner().invoke(nq, ["demo", str(office), "--no-serve"], catch_exceptions=False)
        server = serving(office)
        place = next(server)
        driver = browser(Path(folder) / "profile", scripts=True)
        try:
            for guide in GUIDES:
                pictures = [_picture(driver, place, one) for one in PAGES[guide.slug]]
                (STATIC / guide.pictures).write_bytes(_joined(driver, pictures))
                print(guide.pictures, (STATIC / guide.pictures).stat().st_size, "bytes")
        finally:
            driver.quit()
            server.close()
    return 0


def _picture(driver: Any, place: str, shown: Shown) -> str:
    """The picture of one step as PNG in base64."""
    width, height = PICTURE
    driver.get(place + "/tro-giup")  # cookies are deleted of the server whose page is open
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    person = Person(driver, place)
    person.sign_in(shown.login, PASSWORD)
    driver.get(place + shown.path)
    _still(driver)
    for words in shown.presses:
        person.press(words)
        _still(driver)
    top, foot = driver.execute_script(
        "const box = document.querySelector(arguments[0]).getBoundingClientRect();"
        "return [box.top + scrollY, box.bottom + scrollY]",
        shown.element,
    )
    begin = foot + 12 - height if shown.ends else top - 12
    return _captured(driver, {"x": 0, "y": max(0, begin), "width": width, "height": height})


def _still(driver: Any) -> None:
    """A picture of the whole page has no foot of the window: the bar stands at the end of the page."""
    driver.execute_script(
        "[].forEach.call(document.querySelectorAll('.thanh'), "
        "function (bar) { bar.style.position = 'static' })"
    )


def _joined(driver: Any, pictures: list[str]) -> bytes:
    """The pictures under each other, as one WebP."""
    width, height = PICTURE
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.get("about:blank")
    driver.execute_async_script(
        "const done = arguments[1]; document.body.style.margin = 0;"
        "document.body.innerHTML = arguments[0].map(function (png) {"
        "  return '<img style=display:block src=data:image/png;base64,' + png + '>' }).join('');"
        "Promise.all([].map.call(document.images, function (one) { return one.decode() })).then(done)",
        pictures,
    )
    clip = {"x": 0, "y": 0, "width": width, "height": height * len(pictures)}
    return base64.b64decode(_captured(driver, clip, format="webp", quality=QUALITY))


def _captured(driver: Any, clip: dict[str, int], **how: object) -> str:
    asked = {"clip": clip | {"scale": 1}, "captureBeyondViewport": True, **how}
    data: str = driver.execute_cdp_cmd("Page.captureScreenshot", asked)["data"]
    return data


if __name__ == "__main__":
    sys.exit(main())

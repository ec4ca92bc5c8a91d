"""*Nạp bảng* in a real browser: the next quarter's file of the same layout, and the file of another unit,
take three clicks each: the file, *Xem trước*, *Lưu*."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from nqcore.model.submissions import SubmissionState
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.webforms.browsing import Person, browser, serving
from tests.workspace.table_import import tables

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAY, GO = "dn-may-binh-minh", "dn-go-an-phu"
NAMES = {MAY: "Công ty TNHH May Bình Minh", GO: "Công ty CP chế biến gỗ An Phú"}


@pytest.fixture
def folder(office: Path, tmp_path: Path) -> Path:
    found = tmp_path / "ws"
    shutil.copytree(office, found)
    return found


@pytest.fixture
def server(folder: Path) -> Iterator[str]:
    yield from serving(folder)


def many(quarter: str, workers: tuple[int, int]) -> bytes:
    """A table of two enterprises with a title, a heading on two levels, a total."""
    book, page = tables.sheet(
        [
            [f"TỔNG HỢP LAO ĐỘNG {quarter} NĂM 2018"],
            ["TT", "Doanh nghiệp", "I. Lao động", None, "Ghi chú"],
            [None, None, "Tổng số công nhân, lao động", "Tham gia BHXH", None],
            [1, NAMES[MAY], workers[0], 1200, "đã đối chiếu"],
            [2, NAMES[GO], workers[1], "—", None],
            [None, "Cộng", sum(workers), 1200, None],
        ]
    )
    for area in ("C2:D2", "A2:A3", "B2:B3", "E2:E3"):
        page.merge_cells(area)
    return tables.saved(book)


def one(unit: str, quarter: str, workers: int) -> bytes:
    """A unit's own table: indicators as rows."""
    book, _ = tables.sheet(
        [
            [f"Đơn vị báo cáo: {NAMES[unit]}"],
            [f"BÁO CÁO {quarter}/2018"],
            ["TT", "Chỉ tiêu", "ĐVT", "Thực hiện"],
            [1, "Tổng số công nhân, lao động", "người", workers],
            [2, "Tham gia BHXH", "người", workers - 10],
        ]
    )
    return tables.saved(book)


class Sender(Person):
    """Somebody who brings tables in; the clicks are counted."""

    clicks = 0

    def send(self, button) -> None:
        self.clicks += 1
        super().send(button)

    def choose(self, path: Path) -> None:
        """Choose the file, which is one click on the box."""
        self.clicks += 1
        self.find("id", "tep").send_keys(str(path))


def bring(person: Sender, path: Path, data: bytes, asked: bool) -> int:
    """Bring a file in; how many clicks that took. `asked`: it is asked how the table is read."""
    path.write_bytes(data)
    person.open("/nap-bang")
    person.clicks = 0
    person.choose(path)
    person.press("Xem trước")
    if asked:
        assert "Bảng được đọc như thế nào" in person.words
        person.press("Xem trước")
    person.press("bản nháp")
    assert "Đã lưu bản nháp của " in person.words, person.words
    return person.clicks


def draft(ws: Workspace, unit: str, quarter: str, label: str) -> str:
    revision = ws.submissions.find(f"2018-{quarter}_res20.q_{unit}").revision
    assert revision is not None
    assert revision.state is SubmissionState.DRAFT
    return str(revision.answers.get(label, ""))


def test_the_next_quarter_and_another_unit_take_three_clicks(
    server: str, folder: Path, tmp_path: Path
) -> None:
    driver = browser(tmp_path / "profile", scripts=True)
    try:
        person = Sender(driver, server)
        person.sign_in("vp")
        first = bring(person, tmp_path / "q2.xlsx", many("QUÝ II", (1310, 413)), asked=True)
        second = bring(person, tmp_path / "q3.xlsx", many("QUÝ III", (1322, 415)), asked=False)
        alone = bring(person, tmp_path / "may.xlsx", one(MAY, "QUÝ I", 1300), asked=True)
        other = bring(person, tmp_path / "go.xlsx", one(GO, "QUÝ I", 400), asked=False)
        print(f"clicks: first {first}, next quarter {second}, a unit {alone}, another unit {other}")
        assert max(second, other) <= 3
        faults = [e for e in driver.get_log("browser") if e["level"] == "SEVERE"]
        assert faults == []
    finally:
        driver.quit()
    with open_workspace(folder) as ws:
        found = {
            (unit, quarter): (draft(ws, unit, quarter, "B1"), draft(ws, unit, quarter, "B2"))
            for unit in (MAY, GO)
            for quarter in ("Q1", "Q2", "Q3")
        }
    assert found == {
        (MAY, "Q1"): ("1300", "1290"), (MAY, "Q2"): ("1310", "1200"), (MAY, "Q3"): ("1322", "1200"),
        (GO, "Q1"): ("400", "390"), (GO, "Q2"): ("413", "0"), (GO, "Q3"): ("415", "0"),
    }  # fmt: skip

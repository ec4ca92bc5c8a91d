"""*Nhật ký* on the page: what one looks for, a wrong day, and the same as a file."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from nqcore.workspace.facade import Workspace
from tests.golden import test_golden_whole as golden
from tests.golden.whole import PASSWORD
from tests.golden.words import shipped
from tests.support.visitor import Visitor
from webforms.admin import audit_log
from webforms.app import create_app

LOG = "/quan-tri/nhat-ky"
Visit = Callable[[str], Visitor]


def numbers(one: Visitor, query: str = "") -> list[int]:
    text = one.client.get(f"{LOG}{query}").text
    return [int(found) for found in re.findall(r">#(\d+)</span>", text)]


def test_it_is_looked_through_by_person_unit_day_and_kind(visit: Visit, ws: Workspace) -> None:
    one = visit("kt")
    every = numbers(one)
    for query in (
        "?ai=dn",
        "?don-vi=may+binh+minh",
        "?loai=people",
        "?loai=drafts&ai=dn",
        f"?tu={ws.today.day}/{ws.today.month}/{ws.today.year}",
    ):
        found = numbers(one, query)
        assert set(found) <= set(range(1, ws.store.version + 1))
        assert found == sorted(found, reverse=True)
    assert numbers(one, "?don-vi=khong+co+ten") == []
    assert one.client.get(f"{LOG}?loai=khong-co").status_code == 404
    assert set(numbers(one, "?ai=ủy+ban")) == set(numbers(one, "?ai=kt")) <= set(every)
    assert numbers(one, "?ai=ba+hoa") == []
    assert numbers(one, "?don-vi=dn-may-binh-minh") == numbers(one, "?don-vi=may+binh+minh")
    assert numbers(one, "?den=1/1/2001") == []
    assert "Không có việc nào như vậy." in one.get(f"{LOG}?den=1/1/2001").words


def test_a_wrong_day_is_said_at_its_box_and_what_was_typed_stays(visit: Visit) -> None:
    page = visit("kt").get(f"{LOG}?ai=dn&tu=32/1/2018&den=5/10/2018")
    assert page.with_id("tu")["aria-invalid"] == "true"
    assert page.with_id("tu")["value"] == "32/1/2018"
    assert page.with_id("den")["value"] == "05/10/2018"
    assert page.with_id("ai")["value"] == "dn"
    assert "#1" not in page.words


def test_a_last_day_before_the_first_one_is_named_as_a_mistake(visit: Visit) -> None:
    page = visit("kt").get(f"{LOG}?tu=5/10/2018&den=1/10/2018")
    assert page.with_id("den")["aria-invalid"] == "true"
    assert "Ngày cuối đứng trước ngày đầu." in page.words


def test_every_kind_of_deed_names_what_it_was_done_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder of version 0.3.0 has a record of every action word."""
    monkeypatch.setenv("NQ_KEYS", str(tmp_path / "golden" / "keys"))
    folder = golden.copied("0.3.0-whole", tmp_path / "golden")
    with golden.opened("0.3.0-whole", folder, timedelta(hours=2)) as found:
        one = Visitor(create_app(found).test_client())
        one.sign_in("vanphong", PASSWORD)
        rows = table(one)
        deeds = {found.store.record(int(str(row[9]))).do for row in rows}
        assert deeds == shipped().words()
        for row in rows:
            told = [str(cell) for cell in (row[5], row[6], row[7], row[8]) if cell]
            assert told, row
            assert all(part.strip() for cell in told for part in cell.split("; ")), row
        page = one.get(f"{LOG}?loai=deadlines").words
        assert (
            "Khóa kỳ báo cáo Báo cáo quý về thực hiện Nghị quyết số 20-NQ/TW, Quý II/2018" in page
        )
        for row in rows:
            if found.store.record(int(str(row[9]))).do == "chosen":
                assert "”: báo cáo tổng hợp Nghị quyết số 20-NQ/TW, " in str(row[5])
        assert all(cell.strip(" .;") for cell in objects(one))
        assert not any(re.search(r"; *;|;$", cell) for cell in objects(one))


def test_more_time_for_several_units_names_them_with_the_form_and_the_day(
    visit: Visit, ws: Workspace
) -> None:
    units = ["xa-an-phu", "xa-binh-minh", "xa-dong-ha", "xa-hoa-loi", "xa-long-thanh"]
    day = ws.today.replace(day=20)
    ws.submissions.extend_deadlines(units, "res20.q", "2018-Q3", day, "Bão", by="vp")
    (cell, *_others) = objects(visit("kt"))
    assert "Quý III/2018: hạn 20/10/2018. Xã An Phú, Quý III/2018; " in cell
    assert "; ;" not in cell
    assert not cell.endswith(";")


def test_where_not_all_was_looked_through_it_is_said_up_to_when(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nqcore.collection.archive.audit_trail.READ_PER_PAGE", 2)
    page = visit("kt").get(f"{LOG}?ai=khongai")
    assert "các dòng cũ hơn chưa được xem" in page.words
    (older,) = [link for link in page.links if "truoc=" in link]
    assert "ai=khongai" in older


def table(one: Visitor, query: str = "") -> list[tuple[object, ...]]:
    """The rows of the file."""
    data = one.client.get(f"{LOG}.xlsx{query}").data
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    return [*sheet.iter_rows(values_only=True)][3:]


def objects(one: Visitor) -> list[str]:
    """What each line of the log was done to, on all its pages."""
    found: list[str] = []
    address = LOG
    while address:
        text = one.client.get(address).text
        cells = re.findall(r'<td class="rong">((?:(?!<td).)*)</td></tr>', text, re.DOTALL)
        found += [" ".join(re.sub("<[^>]*>", "", cell).split()) for cell in cells]
        older = re.search(r'href="([^"]*truoc=[^"]*)"', text)
        address = older[1].replace("&amp;", "&") if older else ""
    return found


def test_the_file_has_what_the_page_has_and_says_where_it_ends(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, ws: Workspace
) -> None:
    one = visit("kt")

    def rows(query: str = "") -> list[tuple[object, ...]]:
        data = one.client.get(f"{LOG}.xlsx{query}").data
        (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
        return [*sheet.iter_rows(values_only=True)]

    whole = rows("?truoc=3")
    assert [row[9] for row in whole[3:]] == numbers(one)[: len(whole) - 3]
    assert whole[0][0] == "Ai đã làm gì"
    assert whole[3:]
    assert [row[9] for row in rows("?loai=people")[3:]] == numbers(one, "?loai=people")
    monkeypatch.setattr(audit_log, "MOST", 2)
    assert "tệp này không có các dòng cũ hơn" in str(rows()[0][0])
    assert len(rows()) <= 3 + 2

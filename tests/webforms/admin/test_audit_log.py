"""*Nhật ký* on the page: what one looks for, a wrong day, and the same as a file."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import openpyxl
import pytest

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Visitor
from webforms.admin import audit_log

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
    assert numbers(one, "?loai=khong-co") == every
    assert numbers(one, "?den=1/1/2001") == []
    assert "Không có việc nào như vậy." in one.get(f"{LOG}?den=1/1/2001").words


def test_a_wrong_day_is_said_at_its_box_and_what_was_typed_stays(visit: Visit) -> None:
    page = visit("kt").get(f"{LOG}?ai=dn&tu=32/1/2018&den=5/10/2018")
    assert page.with_id("tu")["aria-invalid"] == "true"
    assert page.with_id("tu")["value"] == "32/1/2018"
    assert page.with_id("den")["value"] == "05/10/2018"
    assert page.with_id("ai")["value"] == "dn"
    assert "#1" not in page.words


def test_where_not_all_was_looked_through_it_is_said_up_to_when(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nqcore.collection.archive.audit_trail.READ_PER_PAGE", 2)
    page = visit("kt").get(f"{LOG}?ai=khongai")
    assert "các dòng cũ hơn chưa được xem" in page.words
    (older,) = [link for link in page.links if "truoc=" in link]
    assert "ai=khongai" in older


def test_the_file_has_what_the_page_has_and_says_where_it_ends(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, ws: Workspace
) -> None:
    one = visit("kt")

    def rows(query: str = "") -> list[tuple[object, ...]]:
        data = one.client.get(f"{LOG}.xlsx{query}").data
        (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
        return [*sheet.iter_rows(values_only=True)]

    whole = rows("?truoc=3")
    assert [row[8] for row in whole[3:]] == numbers(one)[: len(whole) - 3]
    assert whole[0][0] == "Ai đã làm gì"
    assert whole[3:]
    assert [row[8] for row in rows("?loai=people")[3:]] == numbers(one, "?loai=people")
    monkeypatch.setattr(audit_log, "MOST", 2)
    assert "tệp này không có các dòng cũ hơn" in str(rows()[0][0])
    assert len(rows()) <= 3 + 2

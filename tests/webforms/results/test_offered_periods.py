"""The choices of periods on the pages: grouped, of every kind, and only while the unit exists."""

from __future__ import annotations

import re
from datetime import date

import pytest

from nqcore.clock import clock_at
from nqcore.workspace.facade import Workspace

DIRECTIVE = "van-ban=20-nq-tw.2008-01-28"
QUARTER = "2018-Q2_20-nq-tw.2008-01-28_huyen"


def codes(page: str, name: str = "ky") -> list[str]:
    """The periods of a page's choice, as its options have them."""
    choice = re.search(rf'<select id="{name}".*?</select>', page, re.DOTALL)
    assert choice is not None
    return [code for code in re.findall(r'<option value="([^"]*)"', choice[0]) if code]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/bao-cao-tong-hop", "ky"),
        (f"/bao-cao-tong-hop/{QUARTER}", "ky"),
        (f"/ton-tai?{DIRECTIVE}&ky=2018-Q2", "ky"),
        (f"/ban-chot?{DIRECTIVE}&ky=2018-Q2", "ky"),
        (f"/soan-bao-cao/{QUARTER}?them=opening", "ky_so"),
        ("/kiem-tra-van-ban", "ky"),
        ("/chi-tieu/res20.B1?ky=2018-Q2", "ky"),
    ],
)
def test_a_page_offers_the_offices_periods_in_groups(visit, path: str, name: str) -> None:
    page = visit("vp").client.get(path).get_data(as_text=True)
    found = codes(page, name)
    assert {"2018-Q2", "2018-H1", "2018-9M", "2018", "2010", "2008..2018"} <= {*found}
    assert found.index("2018-Q3") < found.index("2018-Q2") < found.index("2018")
    assert len(found) < 60
    assert page.count("<optgroup") >= 5


def test_of_a_period_in_which_nothing_was_owed_another_is_asked_for(visit) -> None:
    answer = visit("vp").client.get(f"/bao-cao-tong-hop?{DIRECTIVE}&ky=2008-01")
    assert answer.status_code == 422
    assert "không phải nộp báo cáo nào" in answer.get_data(as_text=True)
    assert "2018-Q2" in codes(answer.get_data(as_text=True))


def test_before_anything_is_owed_the_pages_open_all_the_same(
    visit, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = visit("vp").client
    monkeypatch.setattr(ws._state, "clock", clock_at(date(2008, 1, 28)))
    for path in ("/bao-cao-tong-hop", "/ton-tai", "/ban-chot", "/kiem-tra-van-ban"):
        assert office.get(path).status_code == 200, path

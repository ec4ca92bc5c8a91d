"""*Quản trị › Kỳ và hạn*: the year's deadlines, extensions with a reason, days off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page, Visitor

KY = "/quan-tri/ky"
Visit = Callable[..., Visitor]


def press(who: Visitor, action: str, fields: dict[str, str]) -> Page:
    """Fill in the form that goes to `action` and follow where it leads."""
    posted = who.get(KY).form(action)
    for name, value in fields.items():
        posted.setlist(name, [value])
    answer = who.client.post(action, data=posted)
    return who.get(answer.headers["Location"]) if answer.status_code == 303 else Page(answer.text)


def test_the_year_shows_each_period_with_its_cut_off_and_its_deadline(visit: Visit) -> None:
    words = visit("qt").get(KY).words
    assert "Quý III/201801/7/2018 – 30/9/201830/9/201810/10/2018" in words
    assert "Quốc khánh" in words
    before = visit("qt").get(f"{KY}?nam=2016").words
    assert "Quý IV/2016" in before
    assert "02/02/2017" in before  # 31 January was in Tết
    visit("qt").get(f"{KY}?nam=1500", 404)


def test_where_levels_have_their_own_deadline_it_says_whose() -> None:
    from nqcore.collection.monitoring.timetable import DeadlineGroup
    from nqcore.model.units import Unit, UnitKind
    from webforms.admin.timetable import _due_words

    def due(day: int, *names: str) -> DeadlineGroup:
        units = (Unit(code=n, name=n, kind=UnitKind.COMMUNE) for n in names)
        return DeadlineGroup(day=date(2018, 10, day), units=tuple(units))

    assert _due_words((due(10, "A", "B"),)) == [(date(2018, 10, 10), "")]
    assert _due_words((due(3, "A", "B"), due(10, "C"))) == [
        (date(2018, 10, 3), "A, B"),
        (date(2018, 10, 10), "C"),
    ]


def test_an_extension_is_granted_with_a_reason_and_listed(ws: Workspace, visit: Visit) -> None:
    who = visit("qt")
    fields = {"don_vi": "xa-an-phu", "bao_cao": "res20.q|2018-Q3", "den": "22/10/2018"}
    refused = press(who, f"{KY}/gia-han", {**fields, "ly_do": " "})
    assert refused.title.startswith("Lỗi: ")
    assert "Ghi lý do" in refused.words
    assert refused.with_id("den")["value"] == "22/10/2018"
    done = press(who, f"{KY}/gia-han", {**fields, "ly_do": "Mưa lũ, mất điện"})
    assert "Đã gia hạn: Xã An Phú gửi đến hết ngày 22/10/2018" in done.words
    assert "Mưa lũ, mất điện" in done.words
    assert ws.submissions.obligation("xa-an-phu", "res20.q", "2018-Q3").due == date(2018, 10, 22)


def test_a_day_off_moves_the_deadlines_of_everybody_and_is_taken_back(
    ws: Workspace, visit: Visit
) -> None:
    who, form = visit("qt"), ws.catalogue.form("res20.q")
    assert ws.obligations.deadline(form, "xa-an-phu", ws.submissions.period(form, "2018-Q3"))[
        0
    ].due == date(2018, 10, 10)
    done = press(who, f"{KY}/ngay-nghi", {"ngay": "10/10/2018", "ten": "Nghỉ bù"})
    assert "Nghỉ bù (cơ quan này)" in done.words
    assert ws.obligations.deadline(form, "xa-an-phu", ws.submissions.period(form, "2018-Q3"))[
        0
    ].due == date(2018, 10, 11)
    assert ws.store.history("days_off", "2018-10-10")[-1].by == "qt"
    assert who.post(f"{KY}/ngay-nghi/2018-10-10/bo").status_code == 303
    assert ws.submissions.obligation("xa-an-phu", "res20.q", "2018-Q3").due == date(2018, 10, 10)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"ngay": "1/10/2018", "ten": "Nghỉ"}, "đã qua"),
        ({"ngay": "32/10/2018", "ten": "Nghỉ"}, "không có trong lịch"),
        ({"ngay": "8/10/2018", "ten": ""}, "Ghi đó là ngày gì"),
    ],
)
def test_a_day_that_cannot_be_taken_is_refused(
    visit: Visit, fields: dict[str, str], says: str
) -> None:
    page = press(visit("qt"), f"{KY}/ngay-nghi", fields)
    assert says in page.words
    assert page.title.startswith("Lỗi: ")

"""The title says the time in which the unit was there, and the opening from which day its figures are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.sentences import sentence_text
from nqcore.analysis.report.told_time import named_time, told_time
from nqcore.collection.accounts.access import Role
from nqcore.model.period_names import official_period_name
from nqcore.model.periods import read_period
from nqcore.model.reports import Paragraph, Report, Table
from nqcore.workspace.facade import Workspace
from tests.support.small import NOON, Now, accepted, found, full, plugin

YOUNG = """
[pack]
id = "y"
since = 2017-01-01
basis = "b"
[[unit]]
code = "khoi"
name = "Đảng bộ Khối doanh nghiệp"
kind = "committee"
parent = "top"
[[unit]]
code = "dn-9"
name = "Công ty Chín"
kind = "enterprise"
sector = "non_state"
parent = "khoi"
opened = 2018-04-01
"""


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Công ty Một began on 1 February 2018, Công ty Hai ended on 15 June 2018; it is 5 August 2019."""
    now = Now()
    now.on("2019-08-05")
    with found(tmp_path_factory.mktemp("told") / "ws", now, plugin("nq_young", YOUNG)) as ws:
        for quarter in ("2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4", "2019-Q1", "2019-Q2"):
            accepted(ws, "dn-1", quarter, A1="4")
        ws.accounts.add("chin", "Chín", "dn-9", [Role.ENTER], units=ws.units, by="test", at=NOON)
        draft = ws.save_draft("dn-9", "s.q", "2018-Q2", full("dn-9"), by="chin")
        ws.send(draft, by="chin")
        ws.accept(draft, by="duyet")
        yield ws


def report(ws: Workspace, period: str, unit: str) -> Report:
    review = ws.reviews.review(directive="1-NQ/HU", period=period, unit=unit)
    return build_report(review, ws.today, "1/ab")


@pytest.mark.parametrize(
    ("unit", "period", "told"),
    [
        ("xa-a", "2018", "năm 2018"),
        ("dn-1", "2018", "từ ngày 01/02/2018 đến ngày 31/12/2018"),
        ("dn-1", "2018-Q1", "từ ngày 01/02/2018 đến ngày 31/3/2018"),
        ("dn-1", "2018-Q2", "quý II năm 2018"),
        ("dn-1", "2017..2019", "từ ngày 01/02/2018 đến ngày 30/6/2019"),  # its figures end there
        ("dn-1", "2019", "năm 2019"),
        ("dn-2", "2018", "từ ngày 01/01/2018 đến ngày 14/6/2018"),
        ("dn-2", "2018-Q1", "quý I năm 2018"),
        ("dn-9", "2018-H1", "quý II năm 2018"),
        ("xa-a", "2018-01-01..2018-09-30", "9 tháng đầu năm 2018"),
        ("xa-a", "2018-Q1..2018-Q2", "6 tháng đầu năm 2018"),
        ("xa-a", "2018-Q2..2018-Q3", "từ ngày 01/4/2018 đến ngày 30/9/2018"),
    ],
)
def test_the_title_says_no_day_on_which_the_unit_was_not_there(
    ws: Workspace, unit: str, period: str, told: str
) -> None:
    assert report(ws, period, unit).title.startswith(f"kết quả {told} thực hiện ")


def test_within_the_boundaries_of_a_day_the_unit_speaks_for_its_whole_time(ws: Workspace) -> None:
    review = ws.reviews.review(
        directive="1-NQ/HU", period="2018", unit="dn-1", boundaries="2019-01-01"
    )
    assert official_period_name(told_time(review)) == "năm 2018"


def test_the_opening_says_from_which_day_the_figures_are_where_it_is_later_than_the_title(
    ws: Workspace,
) -> None:
    first = report(ws, "2018", "khoi").body[0]
    assert isinstance(first, Paragraph)
    assert "(số liệu từ ngày 01/4/2018 đến ngày " in sentence_text(first.sentence)
    for unit in ("dn-1", "top"):
        first = report(ws, "2018", unit).body[0]
        assert isinstance(first, Paragraph)
        assert "(số liệu đến ngày " in sentence_text(first.sentence)


@pytest.mark.parametrize(
    ("period", "head", "compared"),
    [
        ("2019-Q1", "Quý I năm 2018 (từ 01/02)", False),
        ("2019-Q2", "Quý II năm 2018", True),
        ("2019-H1", "6 tháng đầu năm 2018 (từ 01/02)", False),
        ("2019", "Năm 2018 (từ 01/02)", False),
        ("2017..2019", "2018 (từ 01/02)", False),
    ],
)
def test_only_times_of_the_same_length_are_compared(
    ws: Workspace, period: str, head: str, compared: bool
) -> None:
    every = [b for b in report(ws, period, "dn-1").appendix if isinstance(b, Table)]
    table = next(one for one in every if one.block.startswith("table:s.q"))
    assert head in table.columns
    assert any(one.startswith("Tăng, giảm") for one in table.columns) is compared


@pytest.mark.parametrize(
    ("days", "name"),
    [
        ("2025-07-01..2025-12-31", "6 tháng cuối năm 2025"),
        ("2025-07-01..2025-09-30", "quý III năm 2025"),
        ("2026-01-01..2026-01-31", "tháng 01 năm 2026"),
        ("2025-01-01..2025-12-31", "năm 2025"),
        ("2025-07-02..2025-12-31", "từ ngày 02/7/2025 đến ngày 31/12/2025"),
    ],
)
def test_days_that_the_calendar_names_have_that_name(days: str, name: str) -> None:
    assert official_period_name(named_time(read_period(days))) == name

"""*Số liệu*: every indicator over the years on one page that is searched, filtered and exported."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from nqcore.workspace.demo import PASSWORD
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.visitor import Visitor
from webforms import create_app


@pytest.fixture(scope="module")
def demo(demo_folder: Path) -> Iterator[Workspace]:
    with open_workspace(demo_folder) as ws:
        yield ws


@pytest.fixture
def clerk(demo: Workspace) -> Visitor:
    one = Visitor(create_app(demo).test_client())
    one.sign_in("vanphong", PASSWORD)
    return one


def test_every_indicator_of_every_form_stands_on_the_pages(demo: Workspace, clerk: Visitor) -> None:
    words = "".join(clerk.client.get(f"/so-lieu?trang={page}").text for page in (1, 2, 3))
    for form in demo.catalogue.forms:
        for row in demo.totals.table(form, "huyen").rows:
            assert f">{row.indicator.label}. " in words, row.indicator.code


def test_a_row_has_its_years_how_many_reports_are_in_them_and_its_target(clerk: Visitor) -> None:
    words = clerk.get("/so-lieu?tim=A4").words
    assert "2018 (đến 30/9)" in words
    assert "73,9 60/84" in words  # so many of the reports that were due are in it
    assert "2018: ít nhất 80% – chậm hơn lộ trình" in words


@pytest.mark.parametrize(
    ("sought", "labels"),
    [
        ("no+dong+bao+hiem", {"B5"}),
        ("bảo+hiểm+nợ", {"B5"}),  # the order of the words makes no difference
        ("C6", {"C6.1", "C6.2"}),
        ("khong+co+chi+tieu+nay", set()),
    ],
)
def test_accents_and_the_order_of_words_make_no_difference(
    demo: Workspace, clerk: Visitor, sought: str, labels: set[str]
) -> None:
    text = clerk.client.get(f"/so-lieu?mau=res20.q&tim={sought}").text
    every = {row.indicator.label for row in demo.totals.table("res20.q").rows}
    assert {label for label in every if f">{label}. " in text} == labels


@pytest.mark.parametrize(
    ("address", "there", "not_there"),
    [
        ("/so-lieu?theo=ky&mau=res20.q", "IV/2017", "2008"),
        ("/so-lieu?theo=ky&den=2010", "IV/2010", "I/2011"),
        ("/so-lieu?den=2012", ">2012<", "2013"),
        ("/so-lieu?don-vi=xa-an-phu", "Số liệu – Xã An Phú", "B5."),
    ],
)
def test_the_list_is_of_the_times_and_units_that_are_chosen(
    clerk: Visitor, address: str, there: str, not_there: str
) -> None:
    text = clerk.client.get(address).text
    assert there in text
    assert not_there not in text.partition("<main")[2].partition("</form>")[2]


@pytest.mark.parametrize(
    "query",
    ["don-vi=no", "mau=no", "theo=ngay", "den=20188", "pham-vi=kinds=no", "co-cau=x", "tinh-den=x"],
)
def test_what_there_is_not_is_not_found(clerk: Visitor, query: str) -> None:
    clerk.get(f"/so-lieu?{query}", 404)
    clerk.get(f"/so-lieu.xlsx?{query}", 404)


def test_a_figure_leads_to_where_it_comes_from(clerk: Visitor) -> None:
    text = clerk.client.get("/so-lieu?tim=B1&den=2017").text
    assert "/chi-tieu/res20.B1?ky=2017&amp;don-vi=huyen" in text


def test_the_address_of_all_indicators_leads_here(clerk: Visitor) -> None:
    answer = clerk.client.get("/chi-tieu?tim=A1")
    assert (answer.status_code, answer.location) == (302, "/so-lieu?tim=A1")


def test_the_workbook_has_every_figure_as_a_number(demo: Workspace, clerk: Visitor) -> None:
    data = clerk.client.get("/so-lieu.xlsx?mau=res20.q").data
    rows = [*openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)][2:]
    head, body = rows[0], rows[1:]
    table = demo.totals.table("res20.q", most=11)
    assert head[:5] == ("Biểu mẫu", "Phần", "Mã", "Chỉ tiêu", "Đơn vị tính")
    assert head[5:7] == ("2008", "2008: báo cáo")
    assert len(body) == len(table.rows)
    for cells, row in zip(body, table.rows, strict=True):
        for nth, figure in enumerate(row.figures):
            if figure.value is not None:
                assert Decimal(str(cells[5 + 2 * nth])) == figure.value
                assert cells[6 + 2 * nth] == f"{figure.coverage.reported}/{figure.coverage.due}"
            else:
                assert not isinstance(cells[5 + 2 * nth], int | float)


def test_the_csv_has_the_same_and_nothing_that_a_program_takes_for_a_formula(
    demo: Workspace, clerk: Visitor
) -> None:
    data = clerk.client.get("/so-lieu.csv?mau=res20.y&don-vi=dn-may-binh-minh").data
    head, *body = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    table = demo.totals.table("res20.y", "dn-may-binh-minh", most=11)
    assert len(body) == len(table.rows)
    for cells, row in zip(body, table.rows, strict=True):
        found = dict(zip(head, cells, strict=True))
        for time, figure in zip(table.times, row.figures, strict=True):
            if figure.value is not None:
                assert Decimal(found[time.code]) == figure.value
    assert not any(cell[:1] in "=+-@" for cells in body for cell in cells if cell)


def test_a_unit_sees_the_list_of_its_own_and_of_no_other(demo: Workspace) -> None:
    one = Visitor(create_app(demo).test_client())
    one.sign_in("xa-an-phu", PASSWORD)
    assert "Xã An Phú" in one.get("/so-lieu").words
    one.get("/so-lieu?don-vi=xa-thanh-loc", 404)
    one.get("/so-lieu?don-vi=huyen", 404)


def test_an_office_without_a_report_says_when_figures_will_stand_here(
    visit: Callable[[str], Visitor],
) -> None:
    words = visit("vp").get("/so-lieu").words
    assert "chưa có" in words.casefold()


@pytest.mark.parametrize("query", ["tinh-den=2018-07-01", "pham-vi=own", "pham-vi=kinds=commune"])
def test_a_verdict_of_today_stands_beside_no_other_figures(clerk: Visitor, query: str) -> None:
    """A target is of the whole unit, and its verdict is that of today."""
    assert "lộ trình" in clerk.get("/so-lieu?tim=A4").words
    assert "lộ trình" not in clerk.get(f"/so-lieu?tim=A4&{query}").words


def test_a_figure_carried_forward_is_marked_with_the_time_it_is_from(
    demo: Workspace, clerk: Visitor
) -> None:
    rows = demo.totals.table("res20.q", "huyen", most=1).rows
    carried = [figure.coverage for row in rows for figure in row.figures if figure.coverage.carried]
    assert carried
    one = carried[0]
    assert {part.period for part in one.carried} == {"2018-Q2"}
    words = "".join(clerk.get(f"/so-lieu?trang={page}").words for page in (1, 2, 3))
    assert f"{len(one.carried)}/{one.due} lấy số II/2018" in words
    assert "chưa có số mới hơn, dùng số kỳ đó" in words

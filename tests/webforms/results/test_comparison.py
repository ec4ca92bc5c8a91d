"""Up to six units beside each other on the page of a figure; the same period of each year."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nqcore.workspace.demo import PASSWORD
from nqcore.workspace.opening import open_workspace
from tests.support.visitor import Page, Visitor
from webforms import create_app

PAGE = "/chi-tieu/res20.A1?ky=2018-Q2&don-vi=huyen"
COMMUNES = (
    "xa-an-phu",
    "xa-binh-minh",
    "xa-dong-ha",
    "xa-hoa-loi",
    "xa-long-thanh",
    "xa-thanh-loc",
)


@pytest.fixture(scope="module")
def get(
    demo_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Page]]:
    folder = Path(shutil.copytree(demo_folder, tmp_path_factory.mktemp("compared") / "demo"))
    with open_workspace(folder) as ws:
        made = create_app(ws)
        made.config["PROPAGATE_EXCEPTIONS"] = True

        def visit(path: str, login: str = "vanphong") -> Page:
            visitor = Visitor(made.test_client())
            assert visitor.sign_in(login, PASSWORD).status_code == 303
            return visitor.get(path)

        yield visit


def compared(page: Page) -> str:
    """The words of the comparison; "" where there is none."""
    if not any(attrs.get("id") == "so-sanh" for _tag, attrs in page.elements):
        return ""
    return page.words.rpartition("So sánh các đơn vị")[2].partition("Số liệu gốc")[0]


def asking(*units: str) -> str:
    return PAGE + "".join(f"&so-sanh={unit}" for unit in units)


def test_units_are_ticked_in_the_ranking_and_shown_over_all_years(get: Callable[..., Page]) -> None:
    page = get(PAGE)
    assert "Chưa đủ hai" not in page.words
    boxes = [attrs for tag, attrs in page.elements if attrs.get("name") == "so-sanh"]
    assert {box["value"] for box in boxes} >= {*COMMUNES}
    assert not any("checked" in box for box in boxes)
    page = get(asking("xa-an-phu", "xa-hoa-loi"))
    assert "Xã An Phú45666697485*" in compared(page)
    assert "Các biểu đồ cùng một thang đo" in compared(page)
    drawings = [attrs for tag, attrs in page.elements if tag == "svg" and "class" in attrs]
    assert len(drawings) == 2 + 1 + 2  # by year, by period, the same quarter; two units
    checked = [
        attrs["value"]
        for _tag, attrs in page.elements
        if attrs.get("name") == "so-sanh" and "checked" in attrs
    ]
    assert {*checked} == {"xa-an-phu", "xa-hoa-loi"}


def test_six_at_most_are_shown_and_the_others_are_counted(get: Callable[..., Page]) -> None:
    page = get(asking(*COMMUNES, "huyen-doan", "tt-tan-hoa"))
    assert "đã hiện 6 đơn vị đầu, còn 2 đơn vị không hiện" in compared(page)
    assert "Xã Thạnh Lộc" in compared(page)
    assert "Huyện đoàn" not in compared(page)


@pytest.mark.parametrize("units", [(), ("khong-co",), ("",)])
def test_unknown_units_are_no_comparison(get: Callable[..., Page], units: tuple[str, ...]) -> None:
    assert compared(get(asking(*units))) == ""


def test_a_unit_sees_no_figures_of_others_by_asking_for_a_comparison(
    get: Callable[..., Page],
) -> None:
    own = PAGE.replace("huyen", "xa-an-phu")
    page = get(f"{own}&so-sanh=xa-an-phu&so-sanh=xa-hoa-loi", "xa-an-phu")
    assert "Xã An Phú" in compared(page)
    assert "Hòa Lợi" not in page.words


def test_the_same_quarter_of_each_year_has_a_drawing_of_its_own(get: Callable[..., Page]) -> None:
    page = get(PAGE)
    after = page.words.partition("Cùng kỳ các năm")[2].partition("Theo đơn vị")[0]
    quarters = [f"Quý II/{year}" for year in range(2018, 2007, -1)]
    assert [after.index(quarter) for quarter in quarters] == sorted(
        after.index(quarter) for quarter in quarters
    )
    assert "Quý I/" not in after
    assert "Cùng kỳ các năm" not in get("/chi-tieu/res20.B1?ky=2017&don-vi=huyen").words


def test_a_year_that_is_only_partly_there_says_so_wherever_it_stands(
    get: Callable[..., Page],
) -> None:
    page = get("/chi-tieu/res20.A1?ky=2018&so-sanh=xa-an-phu&so-sanh=tt-tan-hoa")
    assert "Năm 2018 (đến 30/9): " in page.words
    assert "2018 (đến 30/9)" in page.words.split("So sánh các đơn vị")[-1]
    drawn = [attrs for tag, attrs in page.elements if tag == "circle"]
    # By year: all units, and each of the two that are compared.
    assert sum(attrs["class"] == "diem rong" for attrs in drawn) >= 3
    for address in ("/so-lieu", "/ho-so?don-vi=xa-an-phu"):
        told = {attrs.get("data-nhan") for tag, attrs in get(address).elements if tag == "td"}
        assert "2018 (đến 30/9)" in told
        assert "2018" not in told

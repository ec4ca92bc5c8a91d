"""Lists of many lines come in pages, without JavaScript: each line is on one of them, and what was asked
stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page, Visitor
from webforms.shared import paging

ACCOUNTS, UNITS, BOARD = "/quan-tri/nguoi-dung", "/quan-tri/don-vi", "/tien-do"
LINE = {
    ACCOUNTS: re.compile(r"/quan-tri/nguoi-dung/([a-z0-9]+)$"),
    UNITS: re.compile(r"/quan-tri/don-vi/([a-z0-9-]+)$"),
    BOARD: re.compile(r"/bao-cao\?don-vi=([a-z0-9-]+)$"),
}
"""The link in each line of a list."""
BEGINS = {"bt", "cay"}
"""The id of the heading of a list, where a page has such links above it, too."""
Get = Callable[[str], Page]


def lines_of(page: Page, path: str) -> list[str]:
    ids = [attrs.get("id") for _tag, attrs in page.elements]
    first = next((nth for nth, id in enumerate(ids) if id in BEGINS), 0)
    links = [attrs.get("href", "") for _tag, attrs in page.elements[first:]]
    return [found[1] for link in links if (found := LINE[path].search(link))]


def number_of(link: str) -> int:
    return int(parse_qs(urlsplit(link).query).get("trang", ["1"])[0])


def walked(get: Get, path: str) -> Iterator[Page]:
    """The page, and those to which "Trang sau" leads."""
    page, number = get(path), 1
    yield page
    while further := [link for link in page.links if number_of(link) == number + 1]:
        page, number = get(further[0]), number + 1
        yield page


@pytest.fixture
def office(visit: Callable[[str], Visitor]) -> Get:
    return visit("qt").get


@pytest.mark.parametrize("path", [ACCOUNTS, BOARD])
def test_each_line_is_on_one_of_the_pages(
    office: Get, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    whole = lines_of(office(path), path)
    monkeypatch.setattr(paging, "LINES", 3)
    pages = [lines_of(page, path) for page in walked(office, path)]
    assert [line for page in pages for line in page] == whole
    assert max(map(len, pages)) == 3
    assert len(pages) > 2


def test_a_tree_of_more_than_a_page_shows_two_levels_in_pages(
    office: Get, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "LINES", 5)
    tree = ws.obligations.tree(ws.today)
    shown = [line for page in walked(office, UNITS) for line in lines_of(page, UNITS)]
    top = tree["huyen"]
    assert {*shown} == {top.code, *(unit.code for unit in tree.children(top.code))}
    assert len(shown) == len({*shown})


@pytest.mark.parametrize(
    ("asked", "shown"), [("0", 1), ("x", 1), ("2", 2), ("99999", "last"), ("", 1)]
)
def test_any_number_of_a_page_gives_one(
    office: Get, monkeypatch: pytest.MonkeyPatch, asked: str, shown: object
) -> None:
    monkeypatch.setattr(paging, "LINES", 3)
    last = len([*walked(office, ACCOUNTS)])
    page = office(f"{ACCOUNTS}?trang={asked}")
    assert f"Trang {last if shown == 'last' else shown}/{last}" in page.words


def test_what_is_searched_and_counted_stays_from_page_to_page(
    office: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "LINES", 2)
    first, second, *_more = walked(office, f"{BOARD}?loc=chua-gui&tim=cong+ty")
    assert lines_of(first, BOARD)
    assert all(line.startswith("dn-") for line in lines_of(first, BOARD) + lines_of(second, BOARD))
    (back,) = [link for link in second.links if number_of(link) == 1 and "loc=chua-gui" in link]
    assert "tim=cong+ty" in back


@pytest.mark.parametrize(
    ("typed", "found"),
    [("Bình Minh", True), ("binh minh may", True), ("xa an", True), ("không có ở đây", False)],
)
def test_the_board_finds_units_with_and_without_accents(
    office: Get, typed: str, found: bool
) -> None:
    page = office(f"{BOARD}?tim={typed}")
    assert bool(lines_of(page, BOARD)) is found
    assert ("Không có đơn vị tên này" in page.words) is not found


def test_a_short_list_has_no_pages(office: Get) -> None:
    for path in LINE:
        assert "Trang 1" not in office(path).words

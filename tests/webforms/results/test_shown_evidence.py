"""What an opened finding shows: a strip of units and periods for gaps, years for what grew or fell."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nqcore.workspace.demo import PASSWORD
from nqcore.workspace.opening import open_workspace
from tests.support.visitor import Page, Visitor
from webforms import create_app

DIRECTIVE = "van-ban=20-nq-tw.2008-01-28&don-vi=huyen"


@pytest.fixture(scope="module")
def opened(
    demo_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Page]]:
    """The list of the demo with a finding opened."""
    folder = Path(shutil.copytree(demo_folder, tmp_path_factory.mktemp("shown") / "demo"))
    with open_workspace(folder) as ws:
        made = create_app(ws)
        made.config["PROPAGATE_EXCEPTIONS"] = True
        visitor = Visitor(made.test_client())
        assert visitor.sign_in("vanphong", PASSWORD).status_code == 303

        def get(key: str, period: str = "2008..2018") -> Page:
            return visitor.get(f"/ton-tai?{DIRECTIVE}&ky={period}&mo={key}")

        yield get


def charts(page: Page) -> list[str]:
    return [attrs["aria-label"] for tag, attrs in page.elements if tag == "svg"]


def test_gaps_have_a_strip_whose_signs_are_read_out_too(opened: Callable[..., Page]) -> None:
    page = opened("res20.S1a")
    assert "● có thực hiện; 0 báo cáo bằng 0; – chưa có báo cáo được duyệt" in page.words
    assert "I/2008: báo cáo bằng 0." in page.words
    assert charts(page) == []


def test_a_long_review_is_drawn_by_whole_years(opened: Callable[..., Page]) -> None:
    (label,) = charts(opened("nq.worsened:res20.B5"))
    years = re.findall(r"\b20\d\d(?=:)", label)
    assert years == [str(year) for year in range(2008, 2018)]


def test_a_short_review_is_drawn_by_its_periods(opened: Callable[..., Page]) -> None:
    found = charts(opened("res20.R1a", "2017"))
    assert [label.count(":") for label in found] == [4]


def test_a_task_is_a_short_link_with_its_words_beside_it(opened: Callable[..., Page]) -> None:
    page = opened("res20.S1a")
    assert "Ban Tuyên giáo Huyện ủy: Tiếp tục phổ biến" in page.words


def test_no_code_of_a_rule_or_a_plugin_is_shown(opened: Callable[..., Page]) -> None:
    assert not re.search(r"\b(?:res20|nq_res20|tu13)\b", opened("res20.S1a").words)

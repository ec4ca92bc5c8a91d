"""What an opened finding shows: a strip of units and periods for gaps, years for what grew or fell."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from nqcore.errors import UnknownName
from nqcore.model.figures import Coverage, Figure
from nqcore.model.periods import Period, read_period
from nqcore.workspace.demo import PASSWORD
from nqcore.workspace.opening import open_workspace
from tests.support.visitor import Page, Visitor
from webforms import create_app
from webforms.results.shown_evidence import _chart

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


class _Review(SimpleNamespace):
    """Months of one indicator; of another one nothing is known."""

    def periods(self, indicator: str) -> tuple[Period, ...]:
        if indicator != "s.A1":
            raise UnknownName(kind="form", name=indicator)
        return self.months

    def span_read(self, _indicator: str, code: str) -> Period:
        return read_period(code)

    def figure_over(self, indicator: str, _scope: object, period: str) -> Figure:
        return _figure(indicator, period)


def _figure(indicator: str, period: str) -> Figure:
    return Figure(
        indicator=indicator, unit="top", period=period, value=Decimal(5), decimals=0,
        measure="người", coverage=Coverage(due=1, reported=1),
    )  # fmt: skip


def _drawn(indicator: str, months: int) -> list[str]:
    every = tuple(read_period(f"{2017 + n // 12}-{n % 12 + 1:02}") for n in range(3, 3 + months))
    finding = SimpleNamespace(evidence=SimpleNamespace(figures=(_figure(indicator, "2017"),)))
    return [one.period.code for one in _chart(cast(Any, _Review(months=every)), cast(Any, finding))]


@pytest.mark.parametrize(
    ("months", "drawn"),
    [
        (12, [*(f"2017-{m:02}" for m in range(4, 13)), "2018-01", "2018-02", "2018-03"]),
        (21, [f"2018-{m:02}" for m in range(1, 13)]),  # one whole year is no line of years
        (33, ["2018", "2019"]),
        (1, []),
    ],
)
def test_years_are_drawn_from_two_whole_ones_on(months: int, drawn: list[str]) -> None:
    assert _drawn("s.A1", months) == drawn


def test_a_figure_that_no_form_asks_for_has_no_drawing_and_breaks_no_page() -> None:
    assert _drawn("khong.co", 12) == []


def test_a_task_is_a_short_link_with_its_words_beside_it(opened: Callable[..., Page]) -> None:
    page = opened("res20.S1a")
    assert "Ban Tuyên giáo Huyện ủy: Tiếp tục phổ biến" in page.words


def test_no_code_of_a_rule_or_a_plugin_is_shown(opened: Callable[..., Page]) -> None:
    assert not re.search(r"\b(?:res20|nq_res20|tu13)\b", opened("res20.S1a").words)

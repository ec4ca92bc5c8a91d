"""Which periods of a review are offered: every kind, the newest first, while the unit exists and owes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nqcore.analysis.findings.review_periods import first_asked
from nqcore.model.periods import PeriodKind
from nqcore.workspace.facade import Workspace
from tests.support.example import RULES
from tests.support.small import Now, found, plugin

YEARLY = plugin(
    "nq_yearly",
    """
[pack]
id = "y"
since = 2005-01-01
basis = "Kế hoạch số 2"
[[directive]]
type = "Nghị quyết"
number = "2-NQ/HU"
issuer = "HU"
body = "Huyện ủy"
title = "về việc khác"
date = 2008-01-28
[[indicator]]
label = "Z1"
name = "Cuộc"
measure = "cuộc"
[[form]]
id = "y.y"
title = "Báo cáo năm"
directive = "2-NQ/HU"
every = "year"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["commune"] }
[[form.section]]
key = "A"
title = "Số liệu"
figures = ["Z1"]
""",
)
DIRECTIVE, OTHER = "1-NQ/HU", "2-NQ/HU"


@pytest.fixture
def ws(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    with found(tmp_path / "ws", now, RULES, YEARLY) as office:
        yield office


def offered(ws: Workspace, directive: str, unit: str | None = None, **more: str) -> list[str]:
    return [period.code for period in ws.reviews.periods(directive, unit, **more)]


def test_all_kinds_are_offered_each_newest_first(ws: Workspace, now: Now) -> None:
    now.on("2018-04-03")
    assert offered(ws, DIRECTIVE) == [
        *("2018-Q2", "2018-Q1", "2017-Q4", "2017-Q3", "2017-Q2", "2017-Q1"),
        *("2018-H1", "2017-H2", "2017-H1", "2018-9M", "2017-9M", "2018", "2017", "2017..2018"),
    ]
    assert first_asked(ws.reviews.periods(DIRECTIVE)).code == "2017..2018"


def test_a_unit_has_no_period_before_it_began(ws: Workspace, now: Now) -> None:
    now.on("2018-10-05")
    assert [code for code in offered(ws, DIRECTIVE, "dn-1") if "2017" in code] == []
    assert "2018-Q1" in offered(ws, DIRECTIVE, "dn-1")
    assert not ws.reviews.is_owed(DIRECTIVE, "2017", "dn-1")


def test_a_unit_that_has_ended_has_none_after_its_end(ws: Workspace, now: Now) -> None:
    now.on("2022-02-03")
    every = offered(ws, DIRECTIVE, "dn-2", near="2018")
    assert [code for code in every if "Q" in code] == [
        *("2018-Q1", "2017-Q4", "2017-Q3", "2017-Q2", "2017-Q1")
    ]
    assert every[-3:] == ["2018", "2017", "2017..2018"]


def test_the_parts_of_an_earlier_year_are_offered_beside_it(ws: Workspace, now: Now) -> None:
    now.on("2022-02-03")
    assert "2018-Q3" not in offered(ws, DIRECTIVE)
    assert {"2018-Q3", "2018-H1", "2018-9M"} <= {*offered(ws, DIRECTIVE, near="2018-Q4")}
    assert {"2018", "2017..2022", "2021..2022"} <= {*offered(ws, DIRECTIVE)}


def test_a_period_into_which_no_report_falls_is_not_offered(ws: Workspace, now: Now) -> None:
    """A form by the year has no quarters; an enterprise does not owe it."""
    now.on("2018-10-05")
    kinds = {period.kind for period in ws.reviews.periods(OTHER)}
    assert kinds == {PeriodKind.YEAR, PeriodKind.SPAN}
    assert offered(ws, OTHER, "dn-1") == []
    several = ["2008..2018", "2016..2018", "2011..2015", "2008..2013"]
    assert offered(ws, OTHER)[-4:] == several


def test_before_the_directive_nothing_is_offered(ws: Workspace, now: Now) -> None:
    now.on("2007-05-05")
    assert offered(ws, OTHER) == []
    assert not ws.reviews.is_owed(OTHER, "2007")


def test_the_list_stays_short_over_thirty_years(ws: Workspace, now: Now) -> None:
    now.on("2038-10-05")
    assert len(offered(ws, DIRECTIVE, near="2019-Q1")) < 60

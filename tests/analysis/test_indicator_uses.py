"""What uses each indicator, what nothing uses, and what two forms ask alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nqcore.analysis.indicator_uses import IndicatorUse
from nqcore.model.findings import FindingKind
from nqcore.workspace.facade import Workspace
from tests.support.small import Now, accepted, found, plugin

MORE = """
[pack]
id = "m"
since = 2017-01-01
basis = "Kế hoạch 2"
[[indicator]]
label = "A1"
name = "Số công nhân"
measure = "người"
asks = { kinds = ["enterprise"] }
[[indicator]]
label = "A2"
name = "Công nhân"
measure = "người"
asks = { kinds = ["enterprise"] }
[[indicator]]
label = "A3"
name = "Hội nghị"
measure = "hội nghị"
asks = { units = ["top"] }
[[form]]
id = "m.y"
title = "Báo cáo năm"
directive = "1-NQ/HU"
every = "year"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["committee", "enterprise"] }
[[form.section]]
key = "A"
title = "Số liệu"
figures = ["A1", "A2", "A3"]
[[target]]
id = "m.t"
directive = "1-NQ/HU"
indicator = "s.B2.1"
value = 90
period = "2018"
[[rule]]
id = "m.r"
kind = "result"
directive = "1-NQ/HU"
title = "Hội nghị"
type = "total"
indicators = ["s.A1"]
coverage = 1
[rule.sentences]
some = "Đã tổ chức {A1} hội nghị"
"""


@pytest.fixture
def office(tmp_path: Path, now: Now) -> Iterator[Workspace]:
    now.on("2019-06-01")
    with found(tmp_path / "ws", now, plugin("m", MORE)) as ws:
        yield ws


def uses(ws: Workspace) -> Mapping[str, IndicatorUse]:
    return {one.code: one for one in ws.monitoring.indicator_uses()}


def test_each_indicator_is_told_with_what_uses_it(office: Workspace) -> None:
    found = uses(office)
    assert found["s.A1"].rules == ("m.r",)
    assert found["s.B1"].totals == found["s.B2"].totals == ("s.B2.1",)
    assert found["s.B2.1"].targets == ("m.t",)
    assert {*found} == {*office.catalogue.indicators}


def test_boxes_are_counted_by_year_as_they_are_asked(office: Workspace) -> None:
    cells = uses(office)["s.B1"].cells
    # 2018: dn-1 from its first quarter on, dn-2 in the first, dn-3 in all; then two firms in all four.
    assert cells == {2017: 8, 2018: 9, 2019: 8}
    assert uses(office)["m.A3"].cells[2018] == 1
    assert uses(office)["s.B2.1"].cells == {}


def test_what_nothing_has_used_for_two_years_is_idle(office: Workspace, now: Now) -> None:
    idle = {code for code, one in uses(office).items() if one.idle}
    assert idle == {"s.B3", "m.A1", "m.A2", "m.A3"}
    now.on("2018-12-01")
    assert not any(one.idle for one in uses(office).values())


def test_a_frozen_review_that_prints_an_indicator_has_used_it(office: Workspace, now: Now) -> None:
    accepted(office, "xa-a", "2018-Q1", A1="5")
    edition = office.editions.freeze(directive="1-NQ/HU", period="2018", by="duyet")
    assert uses(office)["s.A1"].frozen == (edition.id,)
    now.on("2021-07-01")
    assert uses(office)["s.A1"].frozen == ()


def test_what_two_forms_ask_the_same_units_in_the_same_words_is_asked_twice(
    office: Workspace,
) -> None:
    alike: dict[str, Any] = {code: one.alike for code, one in uses(office).items() if one.alike}
    assert alike == {"s.B1": ("m.A2",), "m.A2": ("s.B1",)}


@pytest.mark.parametrize(
    ("told", "rules"), [(("s.A1",), ("code",)), ((), ()), ("s.A1", ()), ((7,), ())]
)
def test_a_rule_in_code_may_say_what_it_reads(
    tmp_path: Path, now: Now, told: object, rules: tuple[str, ...]
) -> None:
    rule = SimpleNamespace(
        id="code",
        kind=FindingKind.RESULT,
        directive="1-NQ/HU",
        indicators=told,
        findings=lambda view: (),
    )
    head = '[pack]\nid = "m"\nsince = 2017-01-01\nbasis = "b"\n'
    with found(tmp_path / "ws", now, plugin("m", head, rules=lambda: [rule])) as ws:
        assert uses(ws)["s.A1"].rules == rules


@pytest.mark.parametrize("codes", [["m.A1"], ["s.B1", "m.A3"], ["no.X"], []])
def test_of_some_indicators_the_same_is_told_as_of_all(office: Workspace, codes: list[str]) -> None:
    told = {one.code: one for one in office.monitoring.indicator_uses(codes)}
    assert told == {code: one for code, one in uses(office).items() if code in codes}

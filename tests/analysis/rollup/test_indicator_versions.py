"""Definitions in time: each figure is reckoned by the version that held at the end of its period."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nqcore.catalogue import Catalogue
from nqcore.errors import DefinitionError, DuplicateId
from tests.support.small import catalogue, totals

PACK = """
[pack]
id = "s"
since = 2017-01-01
basis = "Kế hoạch số 1"
[[unit]]
code = "top"
name = "Huyện"
kind = "committee"
[[unit]]
code = "xa"
name = "Xã"
kind = "commune"
parent = "top"
[[indicator]]
label = "A1"
name = "Hội nghị"
measure = "hội nghị"
[[indicator]]
label = "A2"
name = "Người dự"
measure = "người"
maximum = 100
[[indicator]]
label = "C1"
name = "Người mỗi hội nghị"
measure = "người"
decimals = 1
formula = "A2 / A1"
[[form]]
id = "s.q"
title = "Báo cáo quý"
directive = "1"
every = "quarter"
due = { day = 10, months_after = 1 }
[[form.section]]
key = "A"
title = "Số liệu"
figures = ["A1", "A2"]
"""
NEWER = """
[[indicator]]
label = "C1"
name = "Người mỗi hội nghị (cách tính mới)"
measure = "người"
decimals = 1
formula = "A2 / A1 * 10"
since = 2018-04-01
basis = "Kế hoạch số 2"
[[indicator]]
label = "A2"
name = "Người dự"
measure = "người"
maximum = 200
since = 2018-04-01
"""
CELLS = {
    ("xa", quarter): {"A1": 2, "A2": 50} for quarter in ("2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4")
}


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return catalogue(PACK + NEWER)


@pytest.mark.parametrize(
    ("period", "value", "since"),
    [
        ("2018-Q1", "25.0", date(2017, 1, 1)),
        ("2018-Q2", "250.0", date(2018, 4, 1)),
        ("2018", "250.0", date(2018, 4, 1)),
        ("2018-01..2018-03", "25.0", date(2017, 1, 1)),
        ("2018-Q1..2018-Q2", "250.0", date(2018, 4, 1)),
    ],
)
def test_the_formula_in_force_at_the_end_of_the_span_is_used_and_named(
    known: Catalogue, period: str, value: str, since: date
) -> None:
    figure = totals(known, CELLS).figure("s.C1", "top", period)
    assert (figure.value, figure.version) == (Decimal(value), since)


def test_a_typed_figure_names_its_version_too(known: Catalogue) -> None:
    year = totals(known, CELLS)
    assert year.figure("s.A2", "top", "2018-Q1").version == date(2017, 1, 1)
    assert year.figure("s.A2", "top", "2018-Q3").version == date(2018, 4, 1)


def test_the_table_of_a_form_uses_versions(known: Catalogue) -> None:
    form = known.form("s.q")
    table = {f.indicator: f.version for f in totals(known, CELLS).of_form(form, "top", "2018-Q1")}
    assert table == {code: date(2017, 1, 1) for code in ("s.A1", "s.A2", "s.C1")}


def test_the_catalogue_has_the_newest_and_every_version(known: Catalogue) -> None:
    assert known.indicators["s.C1"].since == date(2018, 4, 1)
    assert [version.since for version in known.versions["s.C1"]] == [
        date(2017, 1, 1),
        date(2018, 4, 1),
    ]
    assert known.indicator_at("s.A2", date(2018, 3, 31)).maximum == 100
    assert known.indicator_at("s.A2", date(2018, 4, 1)).maximum == 200
    assert known.indicator_at("s.A2", date(2001, 1, 1)).maximum == 100


def test_versions_stand_in_any_order_in_the_files() -> None:
    assert catalogue(NEWER.join(["[pack]\nid = 's'\nbasis = 'b'\n", ""])).indicators["s.C1"].name
    shuffled = catalogue(PACK + NEWER.replace("2018-04-01", "2016-04-01"))
    assert shuffled.indicators["s.C1"].since == date(2017, 1, 1)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("decimals = 1", "decimals = 2"), "decimals"),
        (('measure = "người"\ndecimals', 'measure = "lượt"\ndecimals'), "measure"),
        (('formula = "A2 / A1 * 10"', 'formula = "A2"\nunits = "max"'), "over_units"),
        (('formula = "A2 / A1 * 10"', 'formula = "A2"\ntime = "last"'), "over_time"),
        (('formula = "A2 / A1 * 10"\n', ""), "typed and computed"),
    ],
)
def test_what_is_counted_may_not_change_and_both_versions_are_named(
    change: tuple[str, str], named: str
) -> None:
    with pytest.raises(DefinitionError) as refused:
        catalogue(PACK + NEWER.replace(*change))
    said = str(refused.value)
    assert named in said
    assert "2017-01-01" in said
    assert "2018-04-01" in said
    assert "indicator[s.C1]" in said


def test_two_versions_of_one_day_are_one_too_many() -> None:
    with pytest.raises(DuplicateId):
        catalogue(PACK + NEWER.replace("2018-04-01", "2017-01-01"))


def test_another_plugin_cannot_bring_a_version() -> None:
    with pytest.raises(DuplicateId) as refused:
        catalogue(PACK, "[pack]\nid = 's'\nbasis = 'b'\n" + NEWER)
    assert "p0" in str(refused.value)
    assert "p1" in str(refused.value)


def test_a_circle_that_closes_only_from_some_day_on_is_found() -> None:
    circle = """
[[indicator]]
label = "C2"
name = "Khác"
measure = "người"
decimals = 1
formula = "C1 + 1"
"""
    catalogue(PACK + circle)
    with pytest.raises(DefinitionError, match="computed from itself"):
        catalogue(PACK + circle + NEWER.replace("A2 / A1 * 10", "C2"))


def test_a_formula_laid_over_for_a_subtree_goes_before_the_version(known: Catalogue) -> None:
    overlay = """
[pack]
id = "s"
since = 2018-07-01
basis = "Kế hoạch xã"
[[overlay]]
id = "o"
indicator = "C1"
within = "xa"
[overlay.set]
formula = "A2 / A1 * 1000"
"""
    year = totals(catalogue(PACK + NEWER, overlay), CELLS)
    assert year.figure("s.C1", "xa", "2018-Q2").value == Decimal("250.0")
    assert year.figure("s.C1", "xa", "2018-Q3").value == Decimal("25000.0")
    assert year.figure("s.C1", "top", "2018-Q3").value == Decimal("250.0")

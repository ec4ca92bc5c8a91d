"""What is said of one unit, of small numbers, of nothing and of a whole time is said as it is."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nqcore.analysis.findings import Verdict
from nqcore.analysis.findings.phrases import moves
from nqcore.analysis.findings.sentence_templates import standing
from nqcore.analysis.report.sentences import sentence_text
from nqcore.model.claims import Claim, Relation
from nqcore.model.figures import Coverage, Figure, percent_of_change
from nqcore.model.findings import Finding, UnitNames
from nqcore.model.indicators import Indicator
from nqcore.model.units import Scope
from tests.analysis.findings.small_rules import PACK, rule
from tests.support.small import CLERK, ROOT, Now, accepted, found, plugin, reopen

ENTERPRISES = '{ kinds = ["enterprise"] }'
STATE = '{ sectors = ["state"] }'
QUARTERS = ("2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2017: xa-a holds a conference in each quarter, xa-b and the enterprises none; dn-3 has 40 workers."""
    folder = tmp_path_factory.mktemp("wording") / "ws"
    now = Now()
    now.on("2018-01-20")
    with found(folder, now) as ws:
        for period in QUARTERS:
            for unit in ("xa-a", "xa-b", "dn-2", "dn-3"):
                held = "1" if unit == "xa-a" else "0"
                workers = {"B1": "40", "B2": "0", "B3": "2,5"} if unit[:2] == "dn" else {}
                accepted(ws, unit, period, A1=held, **workers)
    return folder


def judged(folder: Path, toml: str, period: str = "2017", unit: str = "top") -> Verdict:
    now = Now()
    now.on("2018-02-20")
    with reopen(folder, now, plugin("nq_rules", PACK + toml)) as ws:
        assert ws.faults == ()
        return ws.reviews.verdict(directive="1-NQ/HU", period=period, unit=unit)


def of(verdict: Verdict, id: str = "r") -> Finding | None:
    assert verdict.not_evaluated == ()
    return next((one for one in verdict.findings if one.rule == id), None)


def said(verdict: Verdict, id: str = "r") -> str | None:
    one = of(verdict, id)
    return None if one is None else sentence_text(one.sentence)


# -- a row of periods ----------------------------------------------------------------------------

ROW = {"some": "{gap_units} {row} không họp", "one": "{over} {row} không họp"}


@pytest.mark.parametrize(
    ("period", "gap", "sentence"),
    [
        ("2017", 3, "3 trong 4 có từ 3 quý liên tiếp trở lên không họp"),
        ("2017", 4, "3 trong 4 cả 4 quý đều không họp"),
        ("2017-Q1..2017-Q3", 3, "3 trong 4 cả 3 quý đều không họp"),
        ("2017", 1, "3 trong 4 có quý không họp"),
        ("2017-Q2", 1, "3 trong 4 cả quý không họp"),
    ],
)
def test_a_row_as_long_as_the_time_is_said_of_the_whole_time(
    office: Path, period: str, gap: int, sentence: str
) -> None:
    toml = rule("gaps", ROW, indicators=["A1"], gap=gap)
    assert said(judged(office, toml, period)) == sentence


# -- one unit ------------------------------------------------------------------------------------


def test_the_one_unit_that_is_asked_is_named_where_the_review_is_that_of_another(
    office: Path,
) -> None:
    cases = {"zero": "{over} {units} chưa họp", "one": "{over} chưa họp"}
    toml = rule("still-zero", cases, indicators=["A1"], scope=STATE)
    assert said(judged(office, toml, unit="dn-3")) == "trong năm 2017 chưa họp"
    assert said(judged(office, toml, unit="xa-b")) == "tại Công ty Ba, trong năm 2017 chưa họp"
    assert said(judged(office, toml)) == "tại Công ty Ba, trong năm 2017 chưa họp"


def test_a_total_of_the_unit_itself_has_the_sentence_for_one(office: Path) -> None:
    cases = {"some": "các đơn vị có {B3} triệu", "one": "có {B3} triệu"}
    toml = rule("total", cases, kind="result", indicators=["B3"])
    assert said(judged(office, toml, unit="dn-3")) == "có 10,0 triệu"
    assert said(judged(office, toml)) == "các đơn vị có 20,0 triệu"
    # The total of a unit under it is that of the unit of the review.
    assert said(judged(office, toml, unit="xa-b")) == "các đơn vị có 10,0 triệu"


# -- answers of the time that is covered ---------------------------------------------------------

ANSWERED = (
    ("same-complaint", 'field = "K1"\ncodes = ["chu"]\nlast = 2\nat_least = 1\n'),
    ("same-complaint", 'field = "K1"\ncodes = ["chu"]\nat_least = 1\n'),
    ("answers", 'field = "K1"\ncodes = ["chu"]\n'),
    ("days", 'field = "N1D"\n'),
    ("plans", 'field = "VB1"\n'),
)
DAY = """
[[form]]
id = "t.q"
title = "Báo cáo quý"
directive = "1-NQ/HU"
every = "quarter"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["commune"] }
[[form.section]]
key = "A"
title = "Ngày họp"
[[form.section.day]]
key = "N1D"
label = "Ngày họp"
"""


def answered(folder: Path, *, of_the_third: tuple[str, ...]) -> None:
    """Both communes report on two quarters, and some of them on the third."""
    now = Now()
    now.on("2017-10-02")
    with found(folder, now, plugin("t", PACK.replace('"s"', '"t"') + DAY)) as ws:
        for period, units in (
            ("2017-Q1", ("xa-a", "xa-b")),
            ("2017-Q2", ("xa-a", "xa-b")),
            ("2017-Q3", of_the_third),
        ):
            for unit in units:
                of_a = unit == "xa-a"
                plan = {"VB1.number": "5-KH/ĐU", "VB1.date": "1/2/2017"} if of_a else {}
                accepted(ws, unit, period, A1="1", K1=["chu"] if of_a else ["tien"], **plan)
                draft = ws.save_draft(unit, "t.q", period, {"N1D": "3/2/2017"}, by=CLERK[unit])
                ws.send(draft, by=CLERK[unit])
                ws.accept(draft, by="duyet")


@pytest.mark.parametrize(("type", "more"), ANSWERED)
@pytest.mark.parametrize(
    ("of_the_third", "end"),
    [
        (("xa-a",), date(2017, 6, 30)),
        (("xa-b",), date(2017, 6, 30)),
        (("xa-a", "xa-b"), date(2017, 9, 30)),
    ],
)
def test_answers_are_told_of_the_time_of_which_enough_units_have_reported(
    tmp_path: Path, type: str, more: str, of_the_third: tuple[str, ...], end: date
) -> None:
    answered(tmp_path / "ws", of_the_third=of_the_third)
    head = rule(type, {"some": "{over}"}, kind="result", scope='{ kinds = ["commune"] }')
    text = head.replace("[rule.sentences]", more + "[rule.sentences]")
    now = Now()
    now.on("2017-10-05")
    pack = PACK.replace('"s"', '"t"') + DAY + text
    with reopen(tmp_path / "ws", now, plugin("t", pack)) as ws:
        assert ws.faults == ()
        verdict = ws.reviews.verdict(directive="1-NQ/HU", period="2017-Q1..2017-Q3", unit="top")
    told = said(verdict)
    assert told is not None
    spoken = "quý III" in told or "9 tháng" in told
    assert spoken is (end.month == 9), told
    finding = of(verdict)
    assert finding is not None
    assert finding.claims[0].end == end


# -- totals of nothing ---------------------------------------------------------------------------


def test_a_clause_of_nothing_is_left_out_of_a_sentence_on_totals(office: Path) -> None:
    gifts = {"some": "đã [họp {A1} lần][thưởng {B3} triệu]"}
    toml = rule("total", gifts, kind="result", indicators=["A1", "B3"], scope=ENTERPRISES)
    finding = of(judged(office, toml))
    assert finding is not None
    assert sentence_text(finding.sentence) == "đã thưởng 20,0 triệu"
    assert [claim.subject for claim in finding.claims] == ["s.B3"]
    every = toml.replace(f"scope = {ENTERPRISES}\n", "")
    assert said(judged(office, every)) == "đã họp 4 lần; thưởng 20,0 triệu"


@pytest.mark.parametrize(
    ("template", "above", "wanted"),
    [
        ("có {A}", "A", "có {A}"),
        ("có {A}", "", None),
        ("có {B} của {A}", "B", None),
        ("x [a {A}][b {B}][c {C}] y", "ABC", "x a {A}; b {B}; c {C} y"),
        ("x [a {A}][b {B}][c {C}] y", "AC", "x a {A}; c {C} y"),
        ("x [a {A} của {B}][c {C}]", "BC", "x c {C}"),
        ("x [a {A}][b {B}]", "C", None),
    ],
)
def test_the_clauses_that_stand(template: str, above: str, wanted: str | None) -> None:
    found = standing(template, "ABC", above)
    assert (None if found is None else found.template) == wanted


# -- none so far, and a target -------------------------------------------------------------------

NONE = {
    "zero": "{over} chưa họp, còn hạn chế",
    "part": "{over} chưa họp; mục tiêu của {period} là {target}",
}


def target(period: str, *, indicator: str = "A1", value: str = "5") -> str:
    return (
        f'[[target]]\nid = "m"\ndirective = "1-NQ/HU"\nindicator = "{indicator}"\n'
        f'value = "{value}"\nperiod = "{period}"\n'
    )


@pytest.mark.parametrize(
    ("aim", "sentence", "carried"),
    [
        ("2017-Q2", "trong quý II năm 2017 chưa họp, còn hạn chế", "m"),
        ("2017", "trong quý II năm 2017 chưa họp; mục tiêu của năm 2017 là 5", "m"),
        # Of what is counted over three years one quarter says nothing.
        ("2016..2018", "trong quý II năm 2017 chưa họp, còn hạn chế", ""),
        ("2018", "trong quý II năm 2017 chưa họp, còn hạn chế", ""),
    ],
)
def test_none_in_a_part_of_a_target_s_time_is_not_a_target_that_is_missed(
    office: Path, aim: str, sentence: str, carried: str
) -> None:
    toml = rule("still-zero", NONE, indicators=["A1"], scope=ENTERPRISES) + target(aim)
    verdict = judged(office, toml, "2017-Q2")
    finding = of(verdict)
    assert finding is not None
    assert sentence_text(finding.sentence) == sentence
    assert finding.claims[0].target == carried
    assert not (carried and of(verdict, "nq.target:m"))  # it is told once


def test_of_nothing_it_is_not_said_that_so_much_is_reached(office: Path) -> None:
    aim = target("2017", indicator="B2")
    told = said(judged(office, aim), "nq.target:m")
    assert told is not None
    assert "đến hết năm 2017 là 0 người, chưa đạt mục tiêu 5 người" in told
    cases = {"some": "mới có {value}", "zero": "chưa có ai; mục tiêu của {period} là {target}"}
    toml = rule("target", cases, indicators=["B2"]) + aim
    assert said(judged(office, toml)) == "chưa có ai; mục tiêu của năm 2017 là 5"


# -- small numbers -------------------------------------------------------------------------------


OWN = """
[[indicator]]
label = "T1"
name = "Hội nghị của công ty"
measure = "hội nghị"
direction = "up"
formula = "s.A1"
asks = { kinds = ["enterprise"] }
"""


def fallen(folder: Path, before: int, now: int, extra: str) -> set[str]:
    """The rules that speak where the conferences of a company fall from `before` to `now` in a year."""
    clock = Now()
    clock.on("2019-01-20")
    with found(folder, clock) as ws:
        for year, held in (("2017", before), ("2018", now)):
            for nth in (1, 2, 3, 4):
                accepted(ws, "dn-3", f"{year}-Q{nth}", A1=str(held if nth == 1 else 0))
    toml = PACK.replace('id = "s"', 'id = "t"') + OWN + extra
    with reopen(folder, clock, plugin("nq_rules", toml)) as ws:
        verdict = ws.reviews.verdict(directive="1-NQ/HU", period="2017..2018", unit="dn-3")
    return {one.rule for one in verdict.findings}


@pytest.mark.parametrize(
    ("before", "now", "extra", "speaks"),
    [
        (2, 0, "", False),
        (9, 5, "", False),
        (9, 4, "", True),
        (60, 55, "", False),  # less than 10 per cent
        (2, 1, 'worsens_floor = "0"\n', True),
        (40, 20, 'worsens_floor = "25"\n', False),
    ],
)
def test_a_few_fewer_are_no_shortcoming(
    tmp_path: Path, before: int, now: int, extra: str, speaks: bool
) -> None:
    told = fallen(tmp_path / "ws", before, now, extra)
    assert ("nq.worsened:t.T1" in told) is speaks


@pytest.mark.parametrize(
    ("before", "now", "decimals", "percent"),
    [
        ("9", "4", 0, None),
        ("10", "4", 0, "-60.0"),
        ("-9", "4", 0, None),
        ("0", "40", 0, None),
        ("9.0", "18.0", 1, "100.0"),
    ],
)
def test_of_a_count_of_fewer_than_ten_there_is_no_per_cent(
    before: str, now: str, decimals: int, percent: str | None
) -> None:
    first, last = (
        Figure(
            indicator="s.A1",
            unit="top",
            period="2017",
            value=Decimal(value),
            decimals=decimals,
            measure="cuộc",
            coverage=Coverage(due=1, reported=1),
        )
        for value in (before, now)
    )
    found = percent_of_change(first, last)
    assert (None if found is None else str(found)) == percent


# -- parts of a whole ----------------------------------------------------------------------------

PART = """
[[indicator]]
label = "L1"
name = "Người đủ điều kiện"
measure = "người"
asks = { kinds = ["enterprise"] }
[[indicator]]
label = "L2"
name = "Trong đó: đã giải quyết"
measure = "người"
direction = "up"
at_most = "L1"
asks = { kinds = ["enterprise"] }
RATE[[form]]
id = "t.q"
title = "Báo cáo quý"
directive = "1-NQ/HU"
every = "quarter"
due = { day = 10, months_after = 1 }
owed_by = { kinds = ["enterprise"] }
[[form.section]]
key = "A"
title = "Số liệu"
figures = ["L1", "L2"]
"""
RATE = """[[indicator]]
label = "L2.1"
name = "Tỷ lệ đã giải quyết"
measure = "%"
decimals = 1
direction = "up"
formula = "L2 / L1 * 100"
asks = { kinds = ["enterprise"] }
"""


@pytest.mark.parametrize("rate", ["", RATE])
@pytest.mark.parametrize(
    ("eligible", "settled", "worse"),
    [((72, 52), (70, 51), False), ((72, 72), (70, 51), True), ((72, 60), (70, 51), True)],
)
def test_a_part_that_falls_with_its_whole_is_no_shortcoming(
    tmp_path: Path, eligible: tuple[int, int], settled: tuple[int, int], worse: bool, rate: str
) -> None:
    """With a rate it is the rate that is worse, and without one the part."""
    clock, pack = Now(), PACK.replace('"s"', '"t"') + PART.replace("RATE", rate)
    clock.on("2019-01-20")
    if rate and not worse:
        assert settled[0] / eligible[0] < settled[1] / eligible[1]
    with found(tmp_path / "ws", clock, plugin("t", pack)) as ws:
        for year, whole, part in zip(("2017", "2018"), eligible, settled, strict=True):
            for nth in (1, 2, 3, 4):
                given = {"L1": str(whole), "L2": str(part)} if nth == 1 else {"L1": "0", "L2": "0"}
                draft = ws.save_draft("dn-3", "t.q", f"{year}-Q{nth}", given, by=CLERK["dn-3"])
                ws.send(draft, by=CLERK["dn-3"])
                ws.accept(draft, by="duyet")
        verdict = ws.reviews.verdict(directive="1-NQ/HU", period="2017..2018", unit="dn-3")
    told = {one.rule for one in verdict.findings}
    named = f"nq.worsened:t.{'L2.1' if rate else 'L2'}"
    assert told == ({named} if worse else set())


# -- how many there are --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("workers", "sentence"),
    [
        ("", "tại 2 doanh nghiệp"),
        ('population = "B1"\n', "tại 2 trong 80 doanh nghiệp trên địa bàn"),
    ],
)
def test_units_are_those_of_the_area_only_where_it_is_known_how_many_there_are(
    office: Path, workers: str, sentence: str
) -> None:
    counted = (
        '[[indicator]]\nlabel = "X1"\nname = "x"\nmeasure = "lần"\nformula = "s.A1 + s.B3"\n'
        'decimals = 1\nasks = { kinds = ["enterprise"] }\n'
    )
    toml = (
        counted
        + workers.replace('"B1"', '"s.B1"')
        + rule(
            "total",
            {"some": "tại {population} doanh nghiệp{area}"},
            kind="result",
            indicators=["X1"],
            scope=ENTERPRISES,
        )
    )
    pack = PACK.replace('"s"', '"t"')
    now = Now()
    now.on("2018-02-20")
    with reopen(office, now, plugin("nq_rules", pack + toml)) as ws:
        assert ws.faults == ()
        told = said(ws.reviews.verdict(directive="1-NQ/HU", period="2017", unit="top"))
    assert told == sentence


def test_no_sentence_of_a_plugin_says_area_by_itself_behind_a_population() -> None:
    text = (ROOT / "plugins/nq_res20/rules.toml").read_text("utf-8")
    assert re.search(r"\{population\}[^{}();]*\{area\}", text)
    assert not re.search(r"\{population\}[^{}();]*trên địa bàn", text)


# -- the same units ------------------------------------------------------------------------------


def change(values: tuple[str, str], alike: tuple[str, str]) -> Claim:
    def of(value: str, scope: Scope) -> Figure:
        return Figure(
            indicator="s.A1",
            unit="top",
            period="2017",
            value=Decimal(value),
            decimals=1,
            measure="cuộc",
            coverage=Coverage(due=1, reported=1),
            scope=scope,
        )

    two = Scope(units=frozenset({"xa-a", "xa-b"}))
    return Claim(
        relation=Relation.ROSE,
        subject="s.A1",
        unit="top",
        start=date(2017, 1, 1),
        end=date(2018, 12, 31),
        values=tuple(of(value, Scope()) for value in values),
        like_for_like=tuple(of(value, two) for value in alike),
    )


@pytest.mark.parametrize(
    ("alike", "printed"),
    [
        (("1.0", "2.0"), False),
        (("1.0", "1.9"), True),
        (("0.9", "2.0"), True),
        (("0.9", "1.9"), True),
    ],
)
def test_the_same_units_are_printed_where_they_say_something_else(
    alike: tuple[str, str], printed: bool
) -> None:
    text = sentence_text(moves(change(("1.0", "2.0"), alike)))
    assert ("cùng phạm vi 2 đơn vị" in text) is printed


def test_from_0_the_difference_is_not_said_again() -> None:
    assert sentence_text(moves(change(("0.0", "814.0"), ("0.0", "814.0")))) == (
        "tăng từ 0,0 lên 814,0 cuộc"
    )


@pytest.mark.parametrize(
    ("name", "short", "told"),
    [
        ("Số lượt hưởng chế độ trong năm", "", "số lượt hưởng chế độ"),
        ("Số tiền nợ đến cuối kỳ", "", "số tiền nợ"),
        ("Trong đó: đã giải quyết", "", "đã giải quyết"),
        ("Số người dự các buổi đó", "số người dự các buổi họp", "số người dự các buổi họp"),
        ("Số người trong năm học", "", "số người trong năm học"),
    ],
)
def test_the_name_of_an_indicator_within_a_sentence(name: str, short: str, told: str) -> None:
    one = Indicator(code="s.X", label="X", name=name, measure="người", short=short)
    assert one.name_in_text == told


@pytest.mark.parametrize(("many", "ends"), [(5, "5"), (6, "6"), (7, "5 và 2 đơn vị khác")])
def test_a_list_of_units_is_not_cut_for_one_name(many: int, ends: str) -> None:
    each = tuple(str(nth) for nth in range(1, many + 1))
    assert sentence_text((UnitNames(each, each),)).endswith(ends)

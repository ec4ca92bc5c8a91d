"""Verdicts on targets: over, running, beyond the span; flows and stocks; too few reports; the path."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from nqcore.analysis.findings.target_verdicts import TargetVerdict
from nqcore.catalogue.definitions import parse_definitions
from nqcore.errors import DefinitionError
from nqcore.model.targets import TargetState
from nqcore.workspace.facade import Workspace
from tests.support.small import Now, accepted, found, plugin, reopen

PACK = '[pack]\nid = "s"\nsince = 2017-01-01\nbasis = "b"\n'
UNITS = ("xa-a", "xa-b", "dn-2", "dn-3")


def target(value: object, period: str, *, indicator: str = "A1", aim: str = "at_least") -> str:
    return (
        f'[[target]]\nid = "m"\ndirective = "1-NQ/HU"\nindicator = "{indicator}"\nvalue = "{value}"\n'
        f'period = "{period}"\naim = "{aim}"\n'
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Conferences: 16 in 2017, 4 in each quarter; 8 in 2018-Q1, of which 4 of `dn-1`, and 2 of 5 in
    2018-Q2. Workers: 100 in each enterprise; insured 80, then 90 in 2018."""
    folder = tmp_path_factory.mktemp("targets") / "ws"
    now = Now()
    now.on("2017-12-31")
    with found(folder, now) as ws:
        for quarter in range(1, 5):
            for unit in UNITS:
                accepted(ws, unit, f"2017-Q{quarter}", A1="1")
        now.on("2018-04-05")
        for unit in (*UNITS, "dn-1"):
            insured = {"B2": "90"} if unit.startswith("dn") else {}
            accepted(ws, unit, "2018-Q1", A1="4" if unit == "dn-1" else "1", **insured)
        now.on("2018-07-05")
        for unit in ("xa-a", "xa-b"):
            accepted(ws, unit, "2018-Q2", A1="9")
    return folder


Judge = Callable[..., TargetVerdict | None]


@pytest.fixture
def judge(filled: Path) -> Judge:
    def judged(
        toml: str, period: str = "2018", unit: str = "top", *, day: str = "2018-04-20"
    ) -> TargetVerdict | None:
        now = Now()
        now.on(day)
        with reopen(filled, now, plugin("nq_rules", PACK + toml)) as ws:
            assert ws.faults == ()
            found = ws.reviews.target_verdicts(directive="1-NQ/HU", period=period, unit=unit)
        assert len(found) <= 1
        return found[0] if found else None

    return judged


def state(verdict: TargetVerdict | None) -> str | None:
    return verdict.state.value if verdict else None


@pytest.mark.parametrize(
    ("value", "aim", "said"),
    [
        (16, "at_least", "reached"),
        (17, "at_least", "missed"),
        (16, "at_most", "reached"),
        (15, "at_most", "missed"),
    ],
)
def test_a_target_whose_period_is_over_is_reached_or_missed(
    judge: Judge, value: int, aim: str, said: str
) -> None:
    verdict = judge(target(value, "2017", aim=aim), "2017..2018")
    assert verdict is not None
    assert verdict.state.value == said
    assert verdict.figure is not None
    assert (verdict.figure.value, verdict.figure.period) == (Decimal(16), "2017")
    assert (verdict.day, verdict.path, verdict.start) == (date(2017, 12, 31), None, None)
    assert (verdict.reports.accepted, verdict.reports.due) == (16, 16)


@pytest.mark.parametrize(
    ("period", "target_period"),
    [("2018", "2017"), ("2017", "2018"), ("2018", "2019..2020"), ("2018-Q1", "2018-Q2")],
)
def test_a_target_that_begins_later_or_ended_before_the_span_does_not_speak(
    judge: Judge, period: str, target_period: str
) -> None:
    assert judge(target(1, target_period), period) is None


@pytest.mark.parametrize(
    ("value", "aim", "said"),
    [
        # 8 by 31 March: 90 of 365 days are gone; 34 gives 8.4, printed as 8, and 35 gives 8.6, printed as 9.
        (34, "at_least", "ahead"),
        (35, "at_least", "behind"),
        (8, "at_least", "reached"),
        (30, "at_most", "behind"),
        (31, "at_most", "ahead"),
    ],
)
def test_what_adds_up_has_a_path_from_nothing(
    judge: Judge, value: int, aim: str, said: str
) -> None:
    verdict = judge(target(value, "2018", aim=aim))
    assert verdict is not None
    assert verdict.path == Fraction(value * 90, 365)
    assert (verdict.day, verdict.start) == (date(2018, 3, 31), None)
    assert verdict.figure is not None
    assert verdict.figure.value == 8
    assert verdict.state.value == said


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        # 8 by 31 March; the target is 100 at the end of the year.
        ('{ day = 2018-03-31, value = "8" }', Fraction(8), "ahead"),
        ('{ day = 2018-03-31, value = "9" }', Fraction(9), "behind"),
        ('{ day = 2018-06-29, value = "18" }', Fraction(9), "behind"),  # 90 of 180 days
        ('{ day = 2018-03-30, value = "8" }', Fraction(25, 3), "ahead"),  # it is printed as 8
        (
            '{ day = 2018-02-01, value = "1" }, { day = 2018-05-28, value = "15" }',
            Fraction(8),
            "ahead",
        ),
    ],
)
def test_a_declared_path_is_followed_from_day_to_day(
    judge: Judge, path: str, value: Fraction, said: str
) -> None:
    verdict = judge(target(100, "2018") + f"path = [{path}]\n")
    assert verdict is not None
    assert (verdict.path, verdict.state.value) == (value, said)


def test_what_stands_has_no_path_before_its_first_declared_day_where_nothing_is_known(
    judge: Judge,
) -> None:
    """Nothing is known of 2016."""
    later = (
        target(50, "2017..2018", indicator="B2") + 'path = [{ day = 2018-06-30, value = "40" }]\n'
    )
    assert state(judge(later)) in ("no_path", "reached")


@pytest.mark.parametrize(
    "path",
    [
        '{ day = 2017-12-31, value = "8" }',
        '{ day = 2018-12-31, value = "8" }',
        '{ day = 2018-05-01, value = "8" }, { day = 2018-04-01, value = "9" }',
        '{ day = 2018-05-01, value = "8" }, { day = 2018-05-01, value = "9" }',
    ],
)
def test_days_of_a_path_follow_each_other_before_the_last_day(path: str) -> None:
    text = PACK + target(100, "2018") + f"path = [{path}]\n"
    with pytest.raises(DefinitionError, match="path"):
        parse_definitions("x.toml", text)


def test_an_overlay_with_another_value_does_not_follow_the_declared_path(judge: Judge) -> None:
    overlay = (
        '[[overlay]]\nid = "o"\ntarget = "m"\nwithin = "top"\nsince = 2018-01-01\nbasis = "b"\n'
        '[overlay.set]\nvalue = "365"\n'
    )
    path = 'path = [{ day = 2018-03-31, value = "8" }]\n'
    verdict = judge(target(100, "2018") + path + overlay)
    assert verdict is not None
    assert verdict.path == Fraction(90)


def test_a_limit_on_what_adds_up_is_not_reached_while_its_period_runs(judge: Judge) -> None:
    assert state(judge(target(100, "2018", aim="at_most"))) == "ahead"
    assert state(judge(target(7, "2018", aim="at_most"))) == "behind"


@pytest.mark.parametrize(
    ("value", "aim", "said"),
    [
        # 80 % in 2017, 90 % on 31 March.
        (90, "at_least", "reached"),
        (100, "at_least", "ahead"),
        (99, "at_most", "reached"),
        (70, "at_most", "behind"),
    ],
)
def test_what_stands_or_is_a_rate_has_a_path_from_its_last_value_before(
    judge: Judge, value: int, aim: str, said: str
) -> None:
    verdict = judge(target(value, "2018", indicator="B2.1", aim=aim))
    assert verdict is not None
    assert verdict.start is not None
    assert (verdict.start.period, verdict.start.value) == ("2017", Decimal("80.0"))
    assert verdict.path == 80 + Fraction(value - 80) * Fraction(90, 365)
    assert verdict.path_printed == Decimal(round(verdict.path * 10)) / 10
    assert verdict.state.value == said


def test_the_path_of_a_target_of_several_years_begins_in_the_year_before(judge: Judge) -> None:
    verdict = judge(target(100, "2018..2020", indicator="B2.1"))
    assert verdict is not None
    assert verdict.start is not None
    assert verdict.start.period == "2017"
    assert verdict.path == 80 + 20 * Fraction(90, 365 + 365 + 366)


def test_without_a_value_before_there_is_no_path(judge: Judge) -> None:
    verdict = judge(target(100, "2017..2018", indicator="B2.1"), "2017..2018")
    assert verdict is not None
    assert (verdict.state, verdict.path) == (TargetState.NO_PATH, None)
    assert state(judge(target(90, "2017..2018", indicator="B2.1"), "2017..2018")) == "reached"


def test_with_too_few_reports_the_target_is_judged_on_an_earlier_day_or_not_at_all(
    judge: Judge,
) -> None:
    # Of 10 reports 7 are in, the five of the first quarter among them.
    verdict = judge(target(100, "2018"), day="2018-07-15")
    assert verdict is not None
    assert (verdict.state, verdict.day) == (TargetState.BEHIND, date(2018, 3, 31))
    assert verdict.figure is not None
    assert (verdict.figure.period, verdict.figure.value) == ("2018-01-01..2018-03-31", 8)
    over = judge(target(1, "2018-Q2"), "2018-Q2", day="2018-07-15")
    assert over is not None
    assert (over.state, over.reports.accepted) == (TargetState.NO_DATA, 2)
    assert over.reports.due > 2
    assert state(judge(target(1, "2018"), day="2018-03-15")) == "no_data"


def test_what_is_counted_since_before_the_span_is_not_judged_in_it(judge: Judge) -> None:
    assert judge(target(50, "2017..2018"), "2017-Q2", day="2018-04-20") is None


def test_a_target_that_runs_beyond_the_span_is_judged_at_its_end(judge: Judge) -> None:
    verdict = judge(target(50, "2017..2018"), "2017-H1", day="2018-04-20")
    assert verdict is not None
    assert verdict.day == date(2017, 6, 30)
    assert verdict.figure is not None
    assert (verdict.figure.period, verdict.figure.value) == ("2017-01-01..2017-06-30", 8)
    assert verdict.path == Fraction(50 * 181, 730)
    assert verdict.state is TargetState.BEHIND


def test_a_unit_below_is_judged_by_a_rate_and_not_by_the_number_of_the_whole(judge: Judge) -> None:
    assert judge(target(2500, "2018"), unit="dn-1") is None
    rate = judge(target(85, "2018", indicator="B2.1"), unit="dn-3")
    assert rate is not None
    assert rate.figure is not None
    assert (rate.state, rate.figure.unit) == (TargetState.REACHED, "dn-3")


def test_a_target_of_an_unknown_indicator_or_of_another_directive_says_nothing(
    judge: Judge,
) -> None:
    assert judge(target(1, "2018", indicator="s.Z9")) is None
    assert judge(target(1, "2018").replace("1-NQ/HU", "9-NQ/TW")) is None


def test_a_scope_of_kinds_is_judged_on_the_figures_of_these_units(judge: Judge) -> None:
    whole = target(9, "2017") + 'scope = { kinds = ["commune"] }\neach = false\n'
    verdict = judge(whole, "2017")
    assert verdict is not None
    assert verdict.figure is not None
    assert (verdict.state, verdict.figure.value) == (TargetState.MISSED, 8)


# -- the demo ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("directive", ["70-KH/HU", "20-NQ/TW"])
def test_each_directive_of_the_chain_judges_its_own_targets(
    demo: Workspace, directive: str
) -> None:
    found = demo.reviews.target_verdicts(directive=directive, period="2008..2018")
    own = [(v.target.id, v.state.value) for v in found if v.target.id.startswith("hu.")]
    assert own == [
        ("hu.quan-triet-2018", "behind"),
        ("hu.doan-vien-2018", "behind"),
        ("hu.to-chuc-dang-2018", "behind"),
        ("hu.dang-vien-moi-2018", "behind"),
    ]
    province = [(v.target.id, v.state.value) for v in found if v.target.id.startswith("tu13.")]
    above = [("tu13.bhxh-2018", "reached"), ("tu13.bhyt-2018", "ahead")]
    assert province == ([] if directive == "70-KH/HU" else above)


def test_no_enterprise_is_judged_by_a_number_of_the_district(demo: Workspace) -> None:
    found = demo.reviews.target_verdicts(
        directive="20-NQ/TW", period="2018", unit="dn-may-binh-minh"
    )
    assert {v.target.id for v in found} == {
        "tu13.bhxh-2018",
        "tu13.bhyt-2018",
        "hu.quan-triet-2018",
    }


@pytest.mark.parametrize(
    ("toml", "period", "state", "why"),
    [
        (target(100, "2017..2018", indicator="B2.1"), "2017..2018", "no_data", "there is no value before it"),
        (target(16, "2018-Q2"), "2018-Q2", "too_few_reports", "2 of 4 are accepted, 80% are needed"),
    ],
)  # fmt: skip
def test_a_target_that_says_nothing_has_its_reason(
    filled: Path, toml: str, period: str, state: str, why: str
) -> None:
    now = Now()
    now.on("2018-07-20")
    with reopen(filled, now, plugin("nq_rules", PACK + toml)) as ws:
        silent = ws.reviews.verdict(directive="1-NQ/HU", period=period).silent
    (one,) = (one for one in silent if one.rule == "nq.target:m")
    assert one.state.value == state
    assert why in str(one.why)

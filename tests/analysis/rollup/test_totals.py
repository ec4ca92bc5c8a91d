"""Roll-up over values reckoned by hand: over units, over time, coverage, ratios, time references."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.analysis.rollup import Totals
from nqcore.errors import DefinitionError, NotAddable, UnknownName
from nqcore.model.figures import Figure
from nqcore.model.submissions import SubmissionState
from nqcore.model.units import Scope, Sector, UnitKind
from tests.support.small import DISTRICT, Cells, catalogue, revision, totals

KNOWN = catalogue(DISTRICT)

# 2018-Q1: everybody but dn-1 (which is missing); 2018-Q2: dn-2 has closed, xa-b is missing.
CELLS: Cells = {
    ("xa-a", "2018-Q1"): {"A1": 3},
    ("xa-b", "2018-Q1"): {"A1": 0},
    ("dn-2", "2018-Q1"): {"A1": 1, "B1": 10, "B2": 9, "B3": "0.5"},
    ("dn-3", "2018-Q1"): {"A1": 2, "B1": 200, "B2": 100, "B3": "7.1"},
    ("xa-a", "2018-Q2"): {"A1": 4},
    ("dn-1", "2018-Q2"): {"A1": 5, "B1": 50, "B2": 30, "B3": "1.0"},
    ("dn-3", "2018-Q2"): {"A1": 6, "B1": 220, "B2": 110, "B3": "2.4"},
}


def told(figure: Figure) -> tuple[str | None, int, int, str]:
    """(value, reported, due, missing units) for a table."""
    c = figure.coverage
    value = None if figure.value is None else str(figure.value)
    return value, c.reported, c.due, " ".join(f"{p.unit}@{p.period[5:]}" for p in c.missing)


@pytest.mark.parametrize(
    ("indicator", "unit", "period", "expected"),
    [
        # a flow: summed over units and over time
        ("A1", "top", "2018-Q1", ("6", 4, 5, "dn-1@Q1")),
        ("A1", "xa-a", "2018-Q1", ("4", 2, 3, "dn-1@Q1")),
        ("A1", "xa-b", "2018-Q1", ("2", 2, 2, "")),
        ("A1", "dn-3", "2018-Q1", ("2", 1, 1, "")),
        ("A1", "top", "2018-Q2", ("15", 3, 4, "xa-b@Q2")),
        ("A1", "top", "2018-H1", ("21", 7, 9, "dn-1@Q1 xa-b@Q2")),
        ("B3", "top", "2018-H1", ("11.0", 4, 5, "dn-1@Q1")),
        # a stock: the last value, of the units that still exist at the end
        ("B1", "top", "2018-Q1", ("210", 2, 3, "dn-1@Q1")),
        ("B1", "top", "2018-Q2", ("270", 2, 2, "")),
        ("B1", "top", "2018-H1", ("270", 2, 2, "")),
        ("B1", "xa-a", "2018-H1", ("50", 1, 1, "")),
        ("B1", "dn-2", "2018-H1", (None, 0, 0, "")),
        # a ratio: from the sums of its parts, never averaged
        ("B2.1", "top", "2018-Q1", ("51.9", 2, 3, "dn-1@Q1")),
        ("B2.1", "dn-2", "2018-Q1", ("90.0", 1, 1, "")),
        ("B2.1", "dn-3", "2018-Q1", ("50.0", 1, 1, "")),
        ("B2.1", "top", "2018-H1", ("51.9", 2, 2, "")),
        # nobody is asked, nobody has reported
        ("B1", "xa-b", "2017", (None, 0, 1, "dn-3@Q4")),
        ("A1", "xa-b", "2017-Q1", (None, 0, 2, "xa-b@Q1 dn-3@Q1")),
    ],
)
def test_totals_are_what_hand_reckoning_gives(
    indicator: str, unit: str, period: str, expected: tuple[str | None, int, int, str]
) -> None:
    assert told(totals(KNOWN, CELLS, "2018-07-15").figure(indicator, unit, period)) == expected


def test_a_blank_is_not_a_zero() -> None:
    zero = totals(KNOWN, {("xa-b", "2018-Q1"): {"A1": 0}}).figure("A1", "xa-b", "2018-Q1", own=True)
    blank = totals(KNOWN, {("xa-b", "2018-Q1"): {}}).figure("A1", "xa-b", "2018-Q1", own=True)
    nothing = totals(KNOWN, {}).figure("A1", "xa-b", "2018-Q1", own=True)
    assert told(zero) == ("0", 1, 1, "")
    assert told(blank) == told(nothing) == (None, 0, 1, "xa-b@Q1")
    assert blank.reason is not None
    assert blank.reason.code == "not-reported"
    assert zero.reason is None


def test_what_a_form_does_not_ask_is_not_missing_but_not_applicable() -> None:
    figure = totals(KNOWN, CELLS).figure("B1", "top", "2018-Q1")
    assert figure.coverage.not_applicable == 2
    own = totals(KNOWN, CELLS).figure("B1", "xa-a", "2018-Q1", own=True)
    assert told(own) == (None, 0, 0, "")
    assert own.reason is not None
    assert own.reason.code == "not-applicable"


def test_own_leaves_out_what_stands_under_the_unit() -> None:
    reckoned = totals(KNOWN, CELLS)
    assert told(reckoned.figure("A1", "xa-a", "2018-Q1", own=True)) == ("3", 1, 1, "")
    assert told(reckoned.figure("A1", "top", "2018-Q1", own=True)) == (None, 0, 0, "")


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(kinds=frozenset({UnitKind.COMMUNE})), ("3", 2, 2, "")),
        (Scope(sectors=frozenset({Sector.NON_STATE})), ("1", 1, 2, "dn-1@Q1")),
        (Scope(sectors=frozenset({Sector.STATE})), ("2", 1, 1, "")),
        (Scope(units=frozenset({"xa-a", "dn-3"})), ("5", 2, 2, "")),
        (Scope(within="xa-a"), ("4", 2, 3, "dn-1@Q1")),
        (Scope(units=frozenset({"top"})), (None, 0, 0, "")),
    ],
)
def test_a_scope_narrows_the_units_and_their_coverage(
    scope: Scope, expected: tuple[str | None, int, int, str]
) -> None:
    assert told(totals(KNOWN, CELLS).figure("A1", "top", "2018-Q1", scope=scope)) == expected


def test_a_stock_that_is_older_than_the_last_period_is_marked_as_carried() -> None:
    cells = {k: v for k, v in CELLS.items() if k != ("dn-3", "2018-Q2")}
    figure = totals(KNOWN, cells, "2018-07-15").figure("B1", "top", "2018-H1")
    assert told(figure) == ("250", 2, 2, "")
    assert [(p.unit, p.period) for p in figure.coverage.carried] == [("dn-3", "2018-Q1")]
    assert not figure.coverage.complete
    alone = totals(KNOWN, cells, "2018-07-15").figure("B1", "top", "2018-Q2")
    assert told(alone) == ("50", 1, 2, "dn-3@Q2")


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2018-03-30", 4),
        ("2018-03-31", 4 + 5),
        ("2018-06-29", 9),
        ("2018-06-30", 9 + 4),
        ("2018-12-31", 9 + 3 * 4),
    ],
)
def test_a_period_is_owed_from_its_end_on_and_nobody_is_missing_before(
    today: str, due: int
) -> None:
    reckoned = totals(KNOWN, {}, today)
    assert reckoned.figure("A1", "top", "2017-10-01..2018-12-31").coverage.due == due


def test_a_period_asked_for_by_itself_counts_as_soon_as_it_has_begun() -> None:
    assert totals(KNOWN, {}, "2018-04-01").figure("A1", "top", "2018-Q2").coverage.due == 4
    assert totals(KNOWN, {}, "2018-03-31").figure("A1", "top", "2018-Q2").coverage.due == 0


def test_periods_before_the_form_began_and_pieces_of_periods_are_not_owed() -> None:
    reckoned = totals(KNOWN, {}, "2018-12-31")
    assert reckoned.figure("A1", "xa-b", "2015..2016").coverage.due == 0
    assert reckoned.figure("A1", "xa-b", "2016..2017", own=True).coverage.due == 4
    assert reckoned.figure("A1", "xa-b", "2018-02-01..2018-06-30", own=True).coverage.due == 1
    assert reckoned.figure("A1", "xa-b", "2018-01-01..2018-06-29", own=True).coverage.due == 1
    assert reckoned.figure("A1", "xa-b", "2018-01-02..2018-06-29", own=True).coverage.due == 0


@pytest.mark.parametrize("state", [s for s in SubmissionState if s is not SubmissionState.ACCEPTED])
def test_only_accepted_revisions_count_and_a_newer_one_replaces_the_older(
    state: SubmissionState,
) -> None:
    reckoned = totals(KNOWN, {("xa-b", "2018-Q1"): {"A1": 5}})

    def now() -> tuple[str | None, int, int, str]:
        return told(reckoned.figure("A1", "xa-b", "2018-Q1", own=True))

    assert now() == ("5", 1, 1, "")
    reckoned.values.put(revision("xa-b", "2018-Q1", {"A1": 6}, state=state, number=2))
    assert now() == (None, 0, 1, "xa-b@Q1")
    reckoned.values.put(revision("xa-b", "2018-Q1", {"A1": 7}, number=3))
    assert now() == ("7", 1, 1, "")
    reckoned.values.put(revision("xa-b", "2018-Q1", {}, number=4))
    assert now() == (None, 0, 1, "xa-b@Q1")


def test_a_report_of_a_form_that_is_gone_is_not_counted_and_does_no_harm() -> None:
    reckoned = totals(KNOWN, CELLS)
    reckoned.values.put(revision("xa-a", "2018-Q1", {"A1": 99}, form="gone.q"))
    assert told(reckoned.figure("A1", "xa-a", "2018-Q1", own=True)) == ("3", 1, 1, "")


# -- every way to add up -------------------------------------------------------------------------


def one_way(units: str, time: str, extra: str = "") -> str:
    return (
        '[pack]\nid = "w"\nsince = 2017-01-01\nbasis = "b"\n'
        '[[indicator]]\nlabel = "W"\nname = "n"\nmeasure = "m"\ndecimals = 2\n'
        f'units = "{units}"\ntime = "{time}"\n{extra}'
        '[[indicator]]\nlabel = "H"\nname = "Trọng số"\nmeasure = "m"\ntime = "last"\n'
        '[[form]]\nid = "w.q"\ntitle = "t"\ndirective = "1-NQ/HU"\nevery = "quarter"\n'
        'due = { day = 10 }\nowed_by = { units = ["xa-a", "xa-b", "dn-3"] }\n'
        '[[form.section]]\nkey = "A"\ntitle = "A"\nfigures = ["W", "H"]\n'
    )


#          2018-Q1  2018-Q2
WAYS: Cells = {
    ("xa-a", "2018-Q1"): {"W": 4, "H": 1},
    ("xa-a", "2018-Q2"): {"W": 1, "H": 1},
    ("xa-b", "2018-Q1"): {"W": 0, "H": 2},
    ("xa-b", "2018-Q2"): {"W": 0, "H": 2},
    ("dn-3", "2018-Q1"): {"W": 6, "H": 3},
    ("dn-3", "2018-Q2"): {"W": 9, "H": 7},
}


def way(units: str, time: str, extra: str = "", cells: Cells = WAYS) -> Totals:
    return totals(catalogue(DISTRICT, one_way(units, time, extra)), cells, "2018-07-15", "w.q")


@pytest.mark.parametrize(
    ("units", "time", "expected"),
    [
        # over time per unit: xa-a xa-b dn-3 · sum 5 0 15 · last 1 0 9 · first 4 0 6 · mean 2.5 0 7.5
        ("sum", "sum", "20.00"),
        ("sum", "last", "10.00"),
        ("sum", "first", "10.00"),
        ("sum", "mean", "10.00"),
        ("sum", "min", "7.00"),
        ("sum", "max", "13.00"),
        ("mean", "sum", "6.67"),
        ("mean", "last", "3.33"),
        ("min", "sum", "0.00"),
        ("max", "sum", "15.00"),
        ("max", "first", "6.00"),
        ("min", "max", "0.00"),
        ("count", "sum", "2.00"),
        ("count", "last", "2.00"),
        ("any", "sum", "1.00"),
        ("all", "sum", "0.00"),
        ("all", "max", "0.00"),
    ],
)
def test_time_comes_before_units_and_each_way_to_add_up_is_as_named(
    units: str, time: str, expected: str
) -> None:
    assert str(way(units, time).figure("W", "top", "2018-H1").value) == expected


def test_all_and_any_look_at_every_unit() -> None:
    nonzero = {key: {"W": 2} for key in WAYS}
    zero = {key: {"W": 0} for key in WAYS}
    assert way("all", "sum", cells=nonzero).figure("W", "top", "2018-H1").value == 1
    assert way("any", "sum", cells=zero).figure("W", "top", "2018-H1").value == 0


def test_a_weighted_mean_weighs_and_says_when_there_is_nothing_to_weigh_with() -> None:
    weight = 'weight = "H"\n'
    # last of W: 1 0 9, last of H: 1 2 7
    assert way("weighted_mean", "last", weight).figure("W", "top", "2018-H1").value == Decimal(
        "6.40"
    )
    light = {key: {**row, "H": 0} for key, row in WAYS.items()}
    figure = way("weighted_mean", "last", weight, light).figure("W", "top", "2018-H1")
    assert figure.value is None
    assert figure.reason is not None
    assert figure.reason.code == "zero-weights"


@pytest.mark.parametrize("reported", [0, 1, 2, 3])
def test_what_must_not_be_added_over_units_is_refused_however_many_have_reported(
    reported: int,
) -> None:
    cells = dict(list(WAYS.items())[::2][:reported])
    reckoned = way("none", "last", cells=cells)
    with pytest.raises(NotAddable, match=r"w\.W must not be added up over units"):
        reckoned.figure("W", "top", "2018-Q1")
    assert reckoned.figure("W", "xa-a", "2018-Q1", own=True).value == (4 if reported else None)


def test_what_must_not_be_added_over_time_is_refused_for_more_than_one_period() -> None:
    reckoned = way("sum", "none")
    with pytest.raises(NotAddable, match=r"w\.W must not be added up over time"):
        reckoned.figure("W", "top", "2018-H1")
    assert reckoned.figure("W", "top", "2018-Q1").value == 10


def test_a_table_of_a_form_shows_why_an_indicator_that_must_not_be_added_has_no_value() -> None:
    reckoned = way("none", "last")
    figures = reckoned.of_form(reckoned.catalogue.form("w.q"), "top", "2018-Q1")
    assert [(f.indicator, f.value) for f in figures] == [("w.W", None), ("w.H", 6)]
    assert figures[0].reason is not None
    assert "must not be added up over units" in str(figures[0].reason)


# -- computed from others ------------------------------------------------------------------------


def computed(formula: str, more: str = "") -> Totals:
    text = (
        '[pack]\nid = "s"\nsince = 2017-01-01\nbasis = "b"\n'
        '[[indicator]]\nlabel = "C"\nname = "n"\nmeasure = "m"\ndecimals = 1\n'
        f'formula = "{formula}"\n{more}'
    )
    return totals(catalogue(DISTRICT, text), SERIES, "2018-07-15")


SERIES: Cells = {
    ("dn-3", "2017-Q1"): {"A1": 1, "B1": 10},
    ("dn-3", "2017-Q2"): {"A1": 2, "B1": 20},
    ("dn-3", "2017-Q3"): {"A1": 4, "B1": 40},
    ("dn-3", "2017-Q4"): {"A1": 8, "B1": 80},
    ("dn-3", "2018-Q1"): {"A1": 16, "B1": 160},
    ("dn-3", "2018-Q2"): {"A1": 32, "B1": 0},
}


@pytest.mark.parametrize(
    ("formula", "period", "expected"),
    [
        ("A1 + B1", "2017-Q3", "44.0"),
        ("previous(A1)", "2018-Q1", "8.0"),
        ("A1 - previous(A1)", "2017-Q3", "2.0"),
        ("last_year(A1)", "2018-Q2", "2.0"),
        ("A1 / last_year(A1)", "2018-Q1", "16.0"),
        ("last_year(A1)", "2018", "15.0"),
        ("previous(A1)", "2018", "15.0"),
        ("cumulative(A1)", "2017-Q3", "7.0"),
        ("cumulative(A1)", "2018-Q1", "31.0"),
        ("cumulative(A1)", "2018", "63.0"),
        ("cumulative(B1)", "2018-Q1", "160.0"),
        ("previous(A1)", "2017-Q1", None),
        ("A1 - previous(A1)", "2017-Q1", "1.0"),
        ("A1 / B1", "2018-Q2", None),
        ("coalesce(A1 / B1, 7)", "2018-Q2", "7.0"),
        ("previous(A1)", "2017..2018", None),
        ("coalesce(previous(C), 0) + A1", "2018-Q2", "63.0"),
        ("A1 * gone.X", "2018-Q1", None),
    ],
)
def test_formulas_look_at_this_period_earlier_ones_and_all_until_now(
    formula: str, period: str, expected: str | None
) -> None:
    value = computed(formula).figure("C", "dn-3", period).value
    assert (None if value is None else str(value)) == expected


@pytest.mark.parametrize(
    ("formula", "period", "code"),
    [
        ("A1 / B1", "2018-Q2", "division-by-zero"),
        ("A1 / B1", "2018-Q3", "not-reported"),
        ("A1 * gone.X", "2018-Q1", "gone"),
        ("previous(A1)", "2017-Q1", "not-applicable"),
    ],
)
def test_a_computed_figure_without_value_says_why(formula: str, period: str, code: str) -> None:
    today = "2018-10-15"
    reckoned = computed(formula)
    figure = Totals(reckoned.obligations, reckoned.values, date.fromisoformat(today)).figure(
        "C", "dn-3", period
    )
    assert figure.value is None
    assert figure.reason is not None
    assert figure.reason.code == code


def test_a_ratio_is_rounded_once_and_at_the_end() -> None:
    assert str(computed("A1 / 3 * 3").figure("C", "dn-3", "2018-Q1").value) == "16.0"
    assert str(computed("A1 / 300").figure("C", "dn-3", "2018-Q1").value) == "0.1"
    assert str(computed("B1 / 3200").figure("C", "dn-3", "2018-Q1").value) == "0.1"


def test_a_ratio_misses_what_any_of_its_parts_misses() -> None:
    cells: Cells = {
        ("dn-2", "2018-Q1"): {"B1": 100, "B2": 50},
        ("dn-3", "2018-Q1"): {"B1": 100},
    }
    figure = totals(KNOWN, cells).figure("B2.1", "top", "2018-Q1")
    assert told(figure) == ("25.0", 1, 3, "dn-1@Q1 dn-3@Q1")


def test_a_formula_laid_over_for_a_subtree_holds_there_from_its_day_and_is_told() -> None:
    overlay = (
        '[pack]\nid = "s"\nsince = 2018-01-01\nbasis = "Quyết định 1"\n'
        '[[overlay]]\nid = "o"\nindicator = "B2.1"\nwithin = "xa-b"\n'
        '[overlay.set]\nformula = "B2 / B1 * 1000"\n'
    )
    reckoned = totals(catalogue(DISTRICT, overlay), CELLS)
    assert reckoned.figure("B2.1", "dn-3", "2018-Q1").value == Decimal("500.0")
    assert reckoned.figure("B2.1", "xa-b", "2018-Q1").value == Decimal("500.0")
    assert reckoned.figure("B2.1", "dn-2", "2018-Q1").value == Decimal("90.0")
    assert reckoned.figure("B2.1", "top", "2018-Q1").value == Decimal("51.9")


def test_an_overlay_that_makes_a_figure_its_own_part_is_refused() -> None:
    overlay = (
        '[pack]\nid = "s"\nsince = 2018-01-01\nbasis = "b"\n'
        '[[overlay]]\nid = "o"\nindicator = "B2.1"\nwithin = "xa-b"\n'
        '[overlay.set]\nformula = "B2.1 * 2"\n'
    )
    with pytest.raises(DefinitionError, match=r"s\.B2\.1 → s\.B2\.1") as wrong:
        catalogue(DISTRICT, overlay)
    assert wrong.value.params["file"] == "p1"


# -- refusals ------------------------------------------------------------------------------------


def test_a_figure_asked_in_two_forms_is_an_error_that_names_both_forms() -> None:
    again = (
        '[pack]\nid = "s"\nsince = 2017-01-01\nbasis = "b"\n'
        '[[form]]\nid = "x.q"\ntitle = "t"\ndirective = "1-NQ/HU"\nevery = "quarter"\ndue = { day = 10 }\n'
        '[[form.section]]\nkey = "A"\ntitle = "A"\nfigures = ["A1"]\n'
    )
    with pytest.raises(DefinitionError, match=r"s\.A1 is already asked in form s\.q") as wrong:
        totals(catalogue(DISTRICT, again), {})
    assert wrong.value.params["key"] == "form[x.q].figures"
    assert wrong.value.params["file"] == "p1"


@pytest.mark.parametrize(
    ("indicator", "unit", "period", "kind"),
    [
        ("Z9", "top", "2018", "indicator"),
        ("A1", "nobody", "2018", "unit"),
        ("A1", "top", "2018-Q9", "period"),
    ],
)
def test_unknown_names_are_told(indicator: str, unit: str, period: str, kind: str) -> None:
    with pytest.raises(UnknownName, match=f"There is no {kind}"):
        totals(KNOWN, CELLS).figure(indicator, unit, period)


# -- laws ----------------------------------------------------------------------------------------

UNITS = ["xa-a", "xa-b", "dn-1", "dn-2", "dn-3"]
PERIODS = ["2017-Q4", "2018-Q1", "2018-Q2"]
LONG = st.integers(0, 10**15 - 1).map(lambda n: Decimal(n).scaleb(-1))


@given(st.dictionaries(st.tuples(st.sampled_from(UNITS[2:]), st.sampled_from(PERIODS)), LONG))
def test_sums_of_15_digit_decimals_are_exact(values: dict[tuple[str, str], Decimal]) -> None:
    reckoned = totals(KNOWN, {key: {"B3": value} for key, value in values.items()}, "2018-07-15")
    figure = reckoned.figure("B3", "top", "2017-10-01..2018-06-30")
    due = {
        (unit, period)
        for unit, period in [(u, p) for u in UNITS[2:] for p in PERIODS]
        if not (unit == "dn-1" and period == "2017-Q4")
        and not (unit == "dn-2" and period == "2018-Q2")
    }
    counted = {key: value for key, value in values.items() if key in due}
    exact = sum((Fraction(value) for value in counted.values()), Fraction(0))
    assert (None if figure.value is None else Fraction(figure.value)) == (
        exact if counted else None
    )
    assert figure.coverage.due == len(due)
    assert figure.coverage.reported == len(counted)
    assert {(p.unit, p.period) for p in figure.coverage.missing} == due - set(counted)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(UNITS), st.sampled_from(PERIODS)), st.integers(0, 50), max_size=15
    ),
    st.sampled_from(PERIODS),
)
def test_a_unit_s_total_is_its_own_and_its_children_s(
    values: dict[tuple[str, str], int], period: str
) -> None:
    reckoned = totals(KNOWN, {key: {"A1": value} for key, value in values.items()}, "2018-07-15")
    for unit in ("top", "xa-a", "xa-b"):
        whole = reckoned.figure("A1", unit, period)
        parts = [
            reckoned.figure("A1", unit, period, own=True),
            *(reckoned.figure("A1", child.code, period) for child in KNOWN.units.children(unit)),
        ]
        having = [part.value for part in parts if part.value is not None]
        assert whole.value == (sum(having) if having else None)
        assert whole.coverage.due == sum(part.coverage.due for part in parts)
        assert whole.coverage.reported == sum(part.coverage.reported for part in parts)


@given(st.permutations(list(CELLS)))
def test_the_order_in_which_reports_come_in_makes_no_difference(
    order: list[tuple[str, str]],
) -> None:
    mixed = totals(KNOWN, {key: CELLS[key] for key in order}, "2018-07-15")
    plain = totals(KNOWN, CELLS, "2018-07-15")
    form = KNOWN.form("s.q")
    assert mixed.of_form(form, "top", "2018-H1") == plain.of_form(form, "top", "2018-H1")

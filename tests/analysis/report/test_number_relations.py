"""A number with a word in front is a relation, and is true of figures near it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.analysis.report.number_relations import NumberRelation, number_value, relation_at

R = NumberRelation


@pytest.mark.parametrize(
    ("text", "relation", "words"),
    [
        ("có trên 2.400 người", R.ABOVE, "trên"),
        ("đã kết nạp hơn 2.400 người", R.ABOVE, "hơn"),
        ("Hơn 2.400 người", R.ABOVE, "Hơn"),
        ("gần 2.500 người", R.ALMOST, "gần"),
        ("ngót 2.500 người", R.ALMOST, "ngót"),
        ("khoảng 2.400 người", R.ABOUT, "khoảng"),
        ("xấp xỉ 2.400 người", R.ABOUT, "xấp xỉ"),
        ("dưới 2.500 người", R.BELOW, "dưới"),
        ("chưa đến 2.500 người", R.BELOW, "chưa đến"),
        ("ít nhất 2.400 người", R.AT_LEAST, "ít nhất"),
        ("không dưới 2.400 người", R.AT_LEAST, "không dưới"),
        ("từ 2.400 người trở lên", R.AT_LEAST, "từ … trở lên"),
        ("từ 2.500 trở xuống", R.AT_MOST, "từ … trở xuống"),
        ("không quá 2.500 người", R.AT_MOST, "không quá"),
        ("nhiều nhất 2.500 người", R.AT_MOST, "nhiều nhất"),
        ("thấp hơn 2.500 người", None, ""),
        ("nhiều hơn 2.400 người", None, ""),
        ("từ 2.400 lên cao", None, ""),
        ("có 2.400 người", None, ""),
        ("2.400", None, ""),
    ],
)
def test_the_words_around_a_number_say_the_relation(text, relation, words) -> None:
    tokens = text.split()
    nth = next(nth for nth, token in enumerate(tokens) if token[0].isdigit())
    said = relation_at(tokens, nth)
    assert (said.relation if said else None) == relation
    assert (said.words if said else "") == words


@pytest.mark.parametrize(
    ("relation", "said", "true", "false"),
    [
        (R.ABOVE, "2400", ("2401", "2422", "2640"), ("2400", "2380", "2641")),
        (R.ALMOST, "2500", ("2499", "2375"), ("2500", "2374", "2501")),
        (R.ABOUT, "2400", ("2400", "2280", "2520"), ("2279", "2521")),
        (R.BELOW, "2500", ("2499", "0"), ("2500", "2501")),
        (R.AT_LEAST, "2400", ("2400", "9999"), ("2399",)),
        (R.AT_MOST, "2500", ("2500", "0"), ("2501",)),
    ],
)
def test_a_relation_is_true_of_figures_so_far_away(relation, said, true, false) -> None:
    for figure in true:
        assert relation.holds(Decimal(said), Decimal(figure)), figure
    for figure in false:
        assert not relation.holds(Decimal(said), Decimal(figure)), figure


@given(st.sampled_from([*R]), st.decimals(0, 10**9, places=1), st.decimals(0, 10**9, places=1))
def test_more_and_less_never_hold_at_once(relation, said, figure) -> None:
    held = {one for one in R if one.holds(said, figure)}
    assert not {R.ABOVE, R.BELOW} <= held
    assert not {R.ABOVE, R.ALMOST} <= held
    assert held & {R.AT_LEAST, R.AT_MOST}
    assert (relation in held) == relation.holds(said, figure)


@pytest.mark.parametrize(
    ("text", "value"),
    [("2.400", "2400"), ("69,3", "69.3"), ("1.234,5", "1234.5"), ("06", "6"), ("5/28", None)],
)
def test_a_number_is_read_as_it_is_written(text, value) -> None:
    assert number_value(text) == (None if value is None else Decimal(value))

"""The life of a submission as a table, and what a cell and a coverage may hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.clock import VIET_NAM
from nqcore.errors import StateError
from nqcore.model.cells import NIL, NOT_APPLICABLE, NOT_REPORTED, Cell, CellState
from nqcore.model.figures import Coverage, ReportRef
from nqcore.model.submissions import Step, SubmissionState, action_words, next_state, state_words
from tests.support.small import revision

# One row a state, one column a step; "" is refused. Written from the rules, not from the code:
# drafts, withdrawn, returned and reopened reports are the unit's; sent ones are the reviewer's.
# A presented one waits for the unit's own leader.
STEPS = [
    "save", "present", "hand_back", "send", "withdraw", "return", "accept", "undo", "reopen",
    "exclude",
]  # fmt: skip
TABLE = {
    None: ["draft", "presented", "", "sent", "", "", "", "", "", ""],
    "draft": ["draft", "presented", "", "sent", "", "", "", "", "", ""],
    "presented": ["", "", "draft", "sent", "withdrawn", "", "", "", "", ""],
    "withdrawn": ["withdrawn", "presented", "", "sent", "", "", "", "", "", ""],
    "returned": ["returned", "presented", "", "sent", "", "", "", "", "", ""],
    "reopened": ["reopened", "presented", "", "sent", "", "", "", "", "", ""],
    "sent": ["", "", "", "", "withdrawn", "returned", "accepted", "", "", "excluded"],
    "accepted": ["", "", "", "", "", "", "", "sent", "reopened", "excluded"],
    "excluded": ["", "", "", "", "", "", "", "", "reopened", ""],
}


def test_the_table_speaks_of_every_state_and_step() -> None:
    assert {*TABLE} == {None, *(state.value for state in SubmissionState)}
    assert {*STEPS} == {step.value for step in Step}


@pytest.mark.parametrize(
    ("state", "step", "leads_to"),
    [
        (state, step, leads_to)
        for state, row in TABLE.items()
        for step, leads_to in zip(STEPS, row, strict=True)
    ],
)
def test_each_step_from_each_state_leads_where_the_table_says_or_is_refused(
    state: str | None, step: str, leads_to: str
) -> None:
    present = SubmissionState(state) if state else None
    if leads_to:
        assert next_state(present, Step(step)).value == leads_to
    else:
        with pytest.raises(StateError) as wrong:
            next_state(present, Step(step))
        assert wrong.value.params["action"] == action_words(Step(step))
        assert wrong.value.params["state"] == state_words(present)


@pytest.mark.parametrize("state", list(SubmissionState))
def test_a_report_can_be_edited_exactly_where_it_can_be_saved(state: SubmissionState) -> None:
    assert state.editable is bool(TABLE[state.value][STEPS.index("save")])


@given(st.lists(st.sampled_from(STEPS), max_size=30))
def test_any_walk_of_steps_stands_where_the_table_leads(walk: list[str]) -> None:
    state: SubmissionState | None = None
    expected: str | None = None
    for step in walk:
        leads_to = TABLE[expected][STEPS.index(step)]
        if leads_to:
            state, expected = next_state(state, Step(step)), leads_to
        else:
            with pytest.raises(StateError):
                next_state(state, Step(step))
    assert (state.value if state else None) == expected


def test_lateness_is_counted_from_the_first_sending() -> None:
    sent = datetime(2018, 4, 12, 23, 59, tzinfo=VIET_NAM)
    one = revision("xa-a", "2018-Q1", {})
    assert one.days_late(date(2018, 4, 10)) is None
    assert replace(one, first_sent=sent).days_late(date(2018, 4, 10)) == 2
    assert replace(one, first_sent=sent).days_late(date(2018, 4, 12)) == 0
    assert replace(one, first_sent=sent).days_late(date(2018, 4, 15)) == -3


# -- cells and coverage --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "value"),
    [
        (CellState.NUMBER, None),
        (CellState.NIL, None),
        (CellState.NIL, Decimal(1)),
        (CellState.NOT_REPORTED, Decimal(0)),
        (CellState.NOT_APPLICABLE, Decimal(0)),
        (CellState.NUMBER, Decimal("NaN")),
        (CellState.NUMBER, Decimal("Infinity")),
    ],
)
def test_a_cell_cannot_hold_what_its_state_denies(state: CellState, value: Decimal | None) -> None:
    with pytest.raises(ValueError, match="cell"):
        Cell(state, value)


def test_a_reported_zero_is_nil_and_differs_from_every_kind_of_nothing() -> None:
    assert Cell.of(Decimal("0.0")) is NIL
    assert Cell.of(Decimal(5)) == Cell(CellState.NUMBER, Decimal(5))
    assert len({NIL, NOT_APPLICABLE, NOT_REPORTED}) == 3
    assert NOT_REPORTED.value is None
    assert NOT_APPLICABLE.value is None


def test_a_coverage_that_does_not_add_up_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="add up"):
        Coverage(due=3, reported=1, missing=(ReportRef(unit="a", period="2018"),))


def test_a_coverage_names_each_missing_unit_once_and_in_order() -> None:
    parts = [("b", "2018-Q1"), ("a", "2018-Q1"), ("b", "2018-Q2")]
    missing = tuple(ReportRef(unit=unit, period=period) for unit, period in parts)
    coverage = Coverage(due=5, reported=2, missing=missing)
    assert coverage.missing_units == ("b", "a")
    assert not coverage.complete
    assert not Coverage(due=2, reported=2, carried=missing[:1]).complete
    assert Coverage(due=2, reported=2).complete

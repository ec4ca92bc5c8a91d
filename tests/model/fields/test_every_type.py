"""What holds for every type of field: what it writes it reads again, and it stores every answer."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.model.fields import (
    FIELD_TYPES,
    AnyField,
    BoxKind,
    ChoicesField,
    DayField,
    DocumentField,
    FieldInput,
    FigureField,
    NarrativeField,
    Option,
    OwnDocument,
    TaskField,
    TaskProgress,
    YesNoField,
    type_of,
)
from nqcore.model.targets import TaskStatus
from nqcore.store import FIRST_VERSION
from nqcore.text.characters import find_unstorable
from nqcore.text.folding import nfc
from tests.support.small import DISTRICT, catalogue

KNOWN = catalogue(DISTRICT)
TODAY = date(2018, 4, 5)
LINES = st.text(max_size=60).map(lambda text: " ".join(nfc(text).split()))
STORABLE = LINES.filter(lambda text: find_unstorable(text) is None)
PAST = st.dates(date(1950, 1, 1), TODAY)

ANSWERS: dict[AnyField, st.SearchStrategy[Any]] = {
    FigureField(key="B3", indicator="s.B3"): st.decimals(-(10**12), 10**12, places=1),
    DocumentField(key="VB", label="Kế hoạch", directive="1-NQ/HU"): st.builds(
        OwnDocument, STORABLE.filter(bool), st.none() | PAST
    ),
    TaskField(key="NV-t1", task="t1"): st.builds(
        TaskProgress, st.sampled_from(TaskStatus), STORABLE
    ),
    ChoicesField(
        key="K",
        label="Khó khăn",
        options=(Option(code="a", text="Một"), Option(code="b", text="Hai")),
    ): st.sampled_from([(), ("a",), ("b",), ("a", "b")]),
    YesNoField(key="QC", label="Quy chế"): st.booleans(),
    DayField(key="HN", label="Hội nghị"): PAST,
    NarrativeField(key="N", label="Nhận xét"): STORABLE,
}
CASES = st.sampled_from(list(ANSWERS)).flatmap(lambda f: st.tuples(st.just(f), ANSWERS[f]))


def test_every_type_is_tried_here() -> None:
    assert [type(field) for field in ANSWERS] == list(FIELD_TYPES)


def read(field: AnyField, given: dict[str, object]) -> tuple[object, FieldInput]:
    entry = FieldInput(given, TODAY)
    return field.read(entry, KNOWN), entry


@given(CASES)
def test_what_a_field_writes_into_its_boxes_it_reads_again(case: tuple[AnyField, Any]) -> None:
    field, answer = case
    texts = dict(zip(field.input_names, field.write(answer, KNOWN), strict=True))
    posted: dict[str, object] = {
        box.name: field.codes(answer) if box.kind is BoxKind.TICKS else texts[box.name]
        for box in field.boxes
    }
    found, entry = read(field, posted)
    assert found == answer
    assert entry.unread == {}
    assert not [problem for problem in entry.problems if problem.severity == "error"]


@given(CASES)
def test_an_answer_of_its_class_is_taken_as_it_is(case: tuple[AnyField, Any]) -> None:
    field, answer = case
    assert read(field, {field.key: answer})[0] == answer


@given(CASES)
def test_a_stored_answer_is_read_again_with_its_class(case: tuple[AnyField, Any]) -> None:
    field, answer = case
    kind = type_of(answer)
    stored = json.loads(json.dumps(kind.to_json(answer)))
    assert kind.from_json(stored) == answer
    assert type(kind.from_json(stored)) is type(answer) is field.answers
    assert isinstance(kind.plain(answer), str)


@given(CASES)
def test_an_answer_is_printed_in_words_and_codes_are_among_the_options(
    case: tuple[AnyField, Any],
) -> None:
    field, answer = case
    assert all(field.lines(answer, str))
    assert all(field.lines(None, str))
    options = {option.code for box in field.boxes for option in box.options}
    assert set(field.codes(answer)) <= options


@given(st.sampled_from(list(ANSWERS)), st.text(max_size=80))
def test_whatever_is_typed_is_an_answer_or_kept_as_typed(field: AnyField, typed: str) -> None:
    """Nothing is lost: without an answer every text is among the unread ones, or the box counts as
    empty."""
    given = dict.fromkeys(field.input_names, typed)
    found, entry = read(field, dict(given))
    if found is None:
        kept = "".join(entry.unread.values())
        blank = any(problem.severity == "blank" for problem in entry.problems)
        assert kept or blank or not typed.strip()
        assert not kept or [problem for problem in entry.problems if problem.blocks]


@pytest.mark.parametrize("kind", FIELD_TYPES, ids=lambda kind: kind.__name__)
def test_a_type_has_a_key_in_files_a_class_of_answers_and_a_group_of_its_own(
    kind: type[AnyField],
) -> None:
    for of in ("toml", "answers", "group"):
        assert Counter(getattr(one, of) for one in FIELD_TYPES)[getattr(kind, of)] == 1


def test_the_types_of_0_2_0_are_stored_in_records_that_it_reads() -> None:
    old = {"figures", "texts", "documents", "tasks", "choices"}
    for kind in FIELD_TYPES:
        assert (kind.record_version == FIRST_VERSION) == (kind.group in old), kind


@pytest.mark.parametrize("field", ANSWERS, ids=lambda f: type(f).__name__)
def test_the_names_of_its_boxes_begin_with_its_key(field: AnyField) -> None:
    names = field.input_names
    assert len(set(names)) == len(names)
    if len(names) == 1:
        assert names == (field.key,)
    else:
        assert all(name.startswith(f"{field.key}.") for name in names)


def test_a_float_is_refused_by_every_field() -> None:
    from nqcore.errors import WrongArgument

    for field in ANSWERS:
        with pytest.raises(WrongArgument):
            read(field, {field.input_names[0]: 1.5})


def test_only_types_that_are_listed_are_made_of_a_text() -> None:
    assert FigureField.from_text("B3", lambda label: f"s.{label}").indicator == "s.B3"
    assert TaskField.from_text("t1", str).key == "NV-t1"
    with pytest.raises(TypeError, match="YesNoField is given as tables"):
        YesNoField.from_text("x", str)
    assert Decimal(FigureField.plain(Decimal("1.50"))) == Decimal("1.5")

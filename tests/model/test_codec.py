"""Every value of the model comes back from its document as it was: all classes, all fields."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
from collections.abc import Mapping
from dataclasses import Field as DataclassField
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nqcore.model
from nqcore.analysis.editions.edition import REPORT
from nqcore.errors import Phrase
from nqcore.formulas import Formula, parse
from nqcore.model.asking import LEFT_OUT
from nqcore.model.cells import NIL, NOT_APPLICABLE, NOT_REPORTED, Cell
from nqcore.model.codec import Codec, kind_of
from nqcore.model.fields import FIELD_TYPES, Field, Option
from nqcore.model.figures import Coverage, ReportRef
from nqcore.model.findings import UnitNames
from nqcore.model.periods import DueRule, Period, WorkingDaysRule, read_period
from nqcore.model.reports import Report
from nqcore.model.submissions import Revision
from nqcore.model.units import UnitKind

T = TypeVar("T")

NOT_WRITTEN = {
    "Branch": "a view of the register",
    "DaysOff": "a table of days by day",
    "Box": "made of a field",
    "Resolution": "a view of the register",
    "Bearer": "made of handovers",
    "Obligation": "made of forms, units and revisions",
    "OutlineMistake": "made by reading",
    "Overlay": "its changes are of the types of the definition that it changes",
    "Problem": "made by reading",
    "Portion": "made by projecting",
    "Projected": "made by projecting",
    "ProjectedSums": "made by projecting",
    "Projection": "made by projecting",
    "Unprojectable": "made by projecting",
    "_History": "made of units and changes",
    "RuleOption": "part of the program",
    "RuleTypeDeclaration": "part of the program",
    "Field": "abstract",
    "LabelledField": "abstract",
    "Codec": "the codec",
    "Revision": "its answers have groups: tests/collection/test_codecs.py",
}


def model_classes() -> list[Any]:
    found = []
    for module in pkgutil.walk_packages(nqcore.model.__path__, "nqcore.model."):
        for name, cls in vars(importlib.import_module(module.name)).items():
            if inspect.isclass(cls) and is_dataclass(cls) and cls.__module__ == module.name:
                found.append((name, cls))
    return [cls for name, cls in found if name not in NOT_WRITTEN]


moments = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=7))]))
st.register_type_strategy(
    Decimal, st.decimals(-(10**12), 10**12, places=6, allow_nan=False, allow_infinity=False)
)
st.register_type_strategy(datetime, moments)
st.register_type_strategy(
    Formula,
    st.tuples(
        st.sampled_from(["B2 / B1 * 100", "A1 + B1", "round(B3 * 1.5, 1)"]), st.booleans()
    ).map(
        lambda drawn: (
            parse(drawn[0]).renamed(lambda label: f"s.{label}") if drawn[1] else parse(drawn[0])
        )
    ),
)
refs = st.lists(st.builds(ReportRef, unit=st.text(), period=st.text()), max_size=3).map(tuple)
st.register_type_strategy(
    Coverage,
    st.tuples(st.integers(0, 9), refs, refs, refs).map(
        lambda drawn: Coverage(
            due=drawn[0] + len(drawn[1]),
            reported=drawn[0],
            missing=drawn[1],
            carried=drawn[2][: drawn[0]],
            estimated=drawn[3],
        )
    ),
)
st.register_type_strategy(
    Cell,
    st.sampled_from([NIL, NOT_APPLICABLE, NOT_REPORTED])
    | st.integers(1, 10**12).map(lambda cents: Cell.of(Decimal(cents) / 100)),
)
st.register_type_strategy(
    Period,
    st.sampled_from(["2018-Q3", "2018", "2008..2018", "2018-09", "2018-H1"]).map(read_period),
)
st.register_type_strategy(Field, lambda _: st.sampled_from(FIELD_TYPES).flatmap(values))  # type: ignore[arg-type]  # an abstract class


st.register_type_strategy(
    UnitKind, st.sampled_from(["commune", "enterprise", "school"]).map(UnitKind)
)
st.register_type_strategy(
    UnitNames,
    st.lists(st.tuples(st.text(), st.text()), max_size=3).map(
        lambda drawn: UnitNames(tuple(u for u, _ in drawn), tuple(n for _, n in drawn))
    ),
)

st.register_type_strategy(
    Phrase, st.builds(Phrase, st.text(), st.dictionaries(st.text(), st.text(), max_size=2))
)

DRAWN = (Coverage, Cell, Period, UnitNames)
"""Classes that refuse most values drawn by their types."""


def values(cls: type[T]) -> st.SearchStrategy[T]:
    """Values of a dataclass, all fields drawn by their types."""
    if cls in DRAWN:
        return st.from_type(cls)
    hints = get_type_hints(cls)
    return st.builds(cls, **{one.name: st.from_type(hints[one.name]) for one in fields(cls)})  # type: ignore[arg-type]  # a dataclass


def left_out(value: Any, field: DataclassField[Any]) -> bool:
    """Whether the document has no key of the field, which has its default."""
    return bool(field.metadata.get(LEFT_OUT)) and getattr(value, field.name) == field.default


@pytest.mark.parametrize("cls", model_classes(), ids=lambda cls: cls.__name__)
def test_it_survives_its_document_with_every_field(cls: Any) -> None:
    codec = REPORT if cls is Report else Codec(cls)

    @settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(values(cls))
    def survives(value: Any) -> None:
        doc = codec.to_doc(value)
        assert list(doc) == [one.name for one in fields(cls) if not left_out(value, one)]
        back = codec.from_doc(json.loads(json.dumps(doc, allow_nan=False)))
        assert back == value
        assert json.dumps(codec.to_doc(back)) == json.dumps(doc)

    survives()


def test_every_class_is_tried_or_has_a_reason() -> None:
    assert len(model_classes()) > 35
    assert {cls.__name__ for cls in model_classes()} & NOT_WRITTEN.keys() == set()


@dataclass(frozen=True, kw_only=True)
class Mixed:
    name: str
    due: DueRule | WorkingDaysRule
    given: str | int | tuple[str, ...] | None = None
    days: tuple[date, ...] = ()
    share: Fraction | None = None
    note: str = ""


def test_names_optional_fields_and_fields_outside_the_document() -> None:
    codec = Codec(
        Mixed, names={"given": "value"}, optional={"days", "share", "note"}, without={"name"}
    )
    value = Mixed(name="a", due=WorkingDaysRule(working_days=2), given=("x",))
    doc = codec.to_doc(value)
    assert doc == {"due": {"is": "WorkingDaysRule", "working_days": 2}, "value": ["x"]}
    assert codec.from_doc(doc, name="a") == value
    whole = Mixed(
        name="a",
        due=WorkingDaysRule(working_days=2),
        given=7,
        days=(date(2018, 1, 5),),
        share=Fraction(3, 5),
        note="n",
    )
    doc = codec.to_doc(whole)
    assert (doc["value"], doc["days"], doc["share"], doc["note"]) == (7, ["2018-01-05"], "3/5", "n")
    assert codec.from_doc(doc, name="a") == whole


def test_a_missing_key_is_the_default_of_its_field_or_an_error() -> None:
    codec = Codec(Option)
    with pytest.raises(KeyError, match="text"):
        codec.from_doc({"code": "a"})
    later = Codec(Mixed).from_doc(
        {"name": "a", "due": {"is": "WorkingDaysRule", "working_days": 1}}
    )
    assert later == Mixed(name="a", due=WorkingDaysRule(working_days=1))


@pytest.mark.parametrize(
    "hint",
    [
        *(object, float, list[str], Decimal | str, Revision | float, tuple[()]),
        *(Mapping[int, int], Mapping[date, int], Mapping[str, str] | Option),
    ],
)
def test_a_type_that_no_document_has_is_refused_when_the_codec_is_made(hint: Any) -> None:
    with pytest.raises(TypeError):
        kind_of(hint)


@dataclass(frozen=True, kw_only=True)
class Counted:
    n: int = 5


def test_a_field_whose_default_is_not_empty_is_never_left_out() -> None:
    with pytest.raises(TypeError, match="n cannot be left out"):
        Codec(Counted, optional={"n"}).to_doc(Counted(n=0))


def test_a_codec_for_a_field_that_does_not_exist_fails() -> None:
    with pytest.raises(AssertionError):
        Codec(Option, optional={"txt"}).to_doc(Option(code="a", text="b"))

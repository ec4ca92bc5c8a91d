"""Every value that the office writes comes back from its document as it was, field by field.

The strategies take the fields from the dataclasses themselves: a field that is added later and
forgotten in its document fails here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from hypothesis import given
from hypothesis import strategies as st

from nqcore.collection.accounts.access import ACCOUNT, Account, Role
from nqcore.collection.reorganisation.codec import (
    CHANGE,
    HANDOVER,
    UNIT,
)
from nqcore.collection.submissions.codec import (
    EXTENSION,
    REVISION,
    answers_from_doc,
    answers_to_doc,
)
from nqcore.model.changes import ChangeEvent, Transfer
from nqcore.model.fields import OwnDocument, TaskProgress
from nqcore.model.handovers import Handover
from nqcore.model.obligations import DeadlineExtension
from nqcore.model.submissions import Revision
from nqcore.model.targets import TaskStatus
from nqcore.model.units import Unit, UnitKind

# Its values of the model's types are registered there.
from tests.model.test_codec import moments

T = TypeVar("T")


def every_field(cls: Callable[..., T], **known: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """Values of a dataclass, each field drawn: as `known` says, else by its type."""
    names = {each.name for each in fields(cls)}  # type: ignore[arg-type]
    assert known.keys() <= names
    return st.builds(cls, **{name: known.get(name, ...) for name in names})  # type: ignore[arg-type]


def through_json(doc: dict[str, Any]) -> Any:
    """As it comes back from the store."""
    return json.loads(json.dumps(doc))


filled = st.text(min_size=1, max_size=8)
maybe = st.none() | filled
answers = st.dictionaries(
    filled,
    st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**22), max_value=10**22)
    | st.text()
    | st.lists(filled).map(tuple)
    | st.builds(OwnDocument, st.text(), st.none() | st.dates())
    | st.builds(TaskProgress, st.sampled_from(TaskStatus), st.text()),
)  # fmt: skip


@given(every_field(Unit))
def test_every_unit_survives_its_document(unit: Unit) -> None:
    assert UNIT.from_doc(through_json(UNIT.to_doc(unit))) == unit


def test_a_unit_without_ids_keeps_the_document_that_it_always_had() -> None:
    old = {
        "code": "xa-a", "name": "Xã A", "kind": "commune", "parent": "huyen", "sector": None,
        "opened": "2018-01-01", "closed": None, "basis": "", "order": 3,
    }  # fmt: skip
    unit = UNIT.from_doc(old)
    assert unit == Unit(
        code="xa-a", name="Xã A", kind=UnitKind.COMMUNE, parent="huyen", opened=date(2018, 1, 1), order=3
    )  # fmt: skip
    assert json.dumps(UNIT.to_doc(unit)) == json.dumps(old)


@given(answers)
def test_all_answers_survive_their_document(given_answers: dict[str, Any]) -> None:
    assert answers_from_doc(through_json(answers_to_doc(given_answers))) == given_answers


@given(every_field(Revision, answers=answers, at=moments, first_sent=st.none() | moments))
def test_every_revision_survives_its_document(revision: Revision) -> None:
    assert REVISION.from_doc(through_json(REVISION.to_doc(revision))) == revision


@given(every_field(DeadlineExtension, at=moments))
def test_every_extension_survives_its_document(extension: DeadlineExtension) -> None:
    assert EXTENSION.from_doc(through_json(EXTENSION.to_doc(extension))) == extension


shares = st.none() | st.fractions(min_value=Fraction(0), max_value=Fraction(1))


@given(
    every_field(
        ChangeEvent,
        date=st.dates(),
        transfers=st.lists(every_field(Transfer, share=shares), max_size=3).map(tuple),
        unit=maybe,
        name=maybe,
        parent=maybe,
    )
)
def test_every_change_survives_its_document(event: ChangeEvent) -> None:
    assert CHANGE.from_doc(through_json(CHANGE.to_doc(event)), id=event.id) == event


@given(every_field(Handover))
def test_every_handover_survives_its_document(handover: Handover) -> None:
    assert HANDOVER.from_doc(through_json(HANDOVER.to_doc(handover))) == handover


@given(every_field(Account, roles=st.frozensets(st.sampled_from(Role))))
def test_every_account_survives_its_document(account: Account) -> None:
    assert ACCOUNT.from_doc(through_json(ACCOUNT.to_doc(account))) == account

"""The register of directives: what a name means, and how documents hang together."""

from __future__ import annotations

from datetime import date

import pytest

from nqcore.errors import UnknownName
from nqcore.model.directives import (
    AmbiguousDirective,
    Directive,
    Directives,
    DuplicateDirective,
    Link,
    LinkKind,
)


def directive(
    id: str, number: str, day: str | None = None, type: str = "Nghị quyết", issuer: str = "TW"
) -> Directive:
    return Directive(
        id=id,
        type=type,
        number=number,
        issuer=issuer,
        body="Ban",
        title="về",
        date=date.fromisoformat(day) if day else None,
    )


OLD = directive("old", "20-NQ/TW", "2003-03-18")
NEW = directive("new", "20-NQ/TW", "2008-01-28")
PLAN = directive("plan", "70-KH/HU", None, "Kế hoạch", "HU")
REGISTER = Directives([OLD, NEW, PLAN])


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("old", "old"),
        ("20-NQ/TW@2008-01-28", "new"),
        ("20-nq/tw@2003-03-18", "old"),
        ("70-KH/HU", "plan"),
        ("70-kh/hu", "plan"),
    ],
)
def test_a_document_is_found_by_id_by_number_or_by_number_and_day(name: str, id: str) -> None:
    assert REGISTER[name].id == id
    assert name in REGISTER


def test_a_number_that_several_documents_bear_is_ambiguous_and_lists_them() -> None:
    with pytest.raises(AmbiguousDirective) as wrong:
        REGISTER["20-NQ/TW"]
    assert wrong.value.candidates == (OLD, NEW)
    assert "2003-03-18" in str(wrong.value)
    assert "2008-01-28" in str(wrong.value)
    assert "Give the date too" in str(wrong.value)


@pytest.mark.parametrize("name", ["21-NQ/TW", "20-NQ/TW@2008-01-29", "70-KH/HU@2014-01-01", ""])
def test_a_name_that_nothing_bears_is_unknown_and_never_a_near_match(name: str) -> None:
    assert name not in REGISTER
    with pytest.raises(UnknownName) as wrong:
        REGISTER[name]
    assert not isinstance(wrong.value, AmbiguousDirective)


@pytest.mark.parametrize(
    ("second", "clashes"),
    [
        (directive("old", "21-NQ/TW", "2008-01-30"), True),
        (directive("x", "20-NQ/TW", "2003-03-18"), True),
        (directive("x", "20-NQ/TW", None), False),
        (directive("x", "20-NQ/TW", "2003-03-18", type="Kết luận"), False),
        (directive("x", "20-NQ/TW", "2003-03-18", issuer="TU"), False),
    ],
)
def test_type_number_issuer_and_day_together_are_the_key(second: Directive, clashes: bool) -> None:
    if clashes:
        with pytest.raises(DuplicateDirective):
            Directives([OLD, second])
    else:
        assert len(Directives([OLD, second])) == 2


def link(source: str, target: str, kind: LinkKind = LinkKind.IMPLEMENTS) -> Link:
    return Link(source=source, kind=kind, target=target)


def test_links_into_nothing_are_kept_as_unresolved() -> None:
    gone = link("plan", "gone")
    register = Directives([NEW, PLAN], [link("plan", "new"), gone, link("gone", "new")])
    assert register.links == (link("plan", "new"),)
    assert register.unresolved == (gone, link("gone", "new"))
    assert register.above("plan") == (link("plan", "new"), gone)
    assert register.below("new") == (link("plan", "new"),)


def test_a_family_goes_from_the_top_down_and_ends_with_what_only_goes_along() -> None:
    top = directive("top", "1", "2008-01-01")
    concluded = directive("concluded", "2", "2013-01-01")
    program = directive("program", "3", None)
    plan = directive("plan", "4", None)
    along = directive("along", "5", "2010-01-01")
    foreign = directive("foreign", "6", "2000-01-01")
    register = Directives(
        [plan, along, foreign, program, top, concluded],
        [
            link("plan", "program"),
            link("plan", "concluded"),
            link("program", "top"),
            link("concluded", "top", LinkKind.CONCLUDES),
            link("along", "top", LinkKind.GOES_WITH),
            link("top", "foreign"),
        ],
    )
    family = [d.id for d in register.family("top")]
    assert family == ["top", "concluded", "program", "plan", "along"]
    assert [d.id for d in register.family("plan")] == ["plan"]


def test_a_circle_of_links_does_not_hang_and_names_each_document_once() -> None:
    register = Directives(
        [OLD, NEW, PLAN], [link("old", "new"), link("new", "plan"), link("plan", "old")]
    )
    assert sorted(d.id for d in register.family("old")) == ["new", "old", "plan"]

"""The chain of directives: what is in force, and what stands below what."""

from __future__ import annotations

from datetime import date

import pytest

from nqcore.model.directives import Branch, Directive, Directives, Link, LinkKind

REPLACES, AMENDS, IMPLEMENTS, ALONG, CONCLUDES = (
    LinkKind.REPLACES,
    LinkKind.AMENDS,
    LinkKind.IMPLEMENTS,
    LinkKind.GOES_WITH,
    LinkKind.CONCLUDES,
)


def register(days: dict[str, str | None], *links: tuple[str, LinkKind, str]) -> Directives:
    return Directives(
        [
            Directive(
                id=id,
                type="Nghị quyết",
                number=f"{nth}-NQ/TW",
                issuer="TW",
                body="Ban",
                title="về",
                date=date.fromisoformat(day) if day else None,
            )
            for nth, (id, day) in enumerate(days.items())
        ],
        [Link(source=source, kind=kind, target=target) for source, kind, target in links],
    )


# -- in force ----------------------------------------------------------------------------------------

LAWS = register(
    {"first": "2000-01-01", "second": "2010-01-01", "third": "2020-01-01", "odd": None},
    ("second", REPLACES, "first"),
    ("third", REPLACES, "second"),
    ("third", AMENDS, "odd"),
)


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        ("1999-12-31", {"odd"}),
        ("2000-01-01", {"first", "odd"}),
        ("2009-12-31", {"first", "odd"}),
        ("2010-01-01", {"second", "odd"}),
        # What was replaced does not come back when the newer one is replaced in its turn.
        ("2020-01-01", {"third", "odd"}),
    ],
)
def test_a_document_is_in_force_from_its_own_day_to_that_of_what_replaces_it(
    day: str, in_force: set[str]
) -> None:
    on = date.fromisoformat(day)
    assert {d.id for d in LAWS if LAWS.in_force(d.id, on)} == in_force


def test_an_amended_document_stays_in_force_and_says_what_amended_it() -> None:
    assert LAWS.amended_by("odd", date(2019, 1, 1)) == ()
    assert [d.id for d in LAWS.amended_by("odd", date(2020, 1, 1))] == ["third"]
    assert [d.id for d in LAWS.replaced_by("first", date(2020, 1, 1))] == ["second"]


def test_a_replacement_without_a_date_counts_as_issued() -> None:
    both = register({"old": "2000-01-01", "new": None}, ("new", REPLACES, "old"))
    assert not both.in_force("old", date(2000, 1, 2))
    assert both.in_force("new", date(1900, 1, 1))


def test_two_documents_that_replace_each_other_do_not_hang() -> None:
    both = register(
        {"a": "2000-01-01", "b": "2001-01-01"}, ("a", REPLACES, "b"), ("b", REPLACES, "a")
    )
    assert both.in_force("a", date(2000, 6, 1))
    assert not both.in_force("a", date(2002, 1, 1))


# -- trees -------------------------------------------------------------------------------------------


def drawn(branch: Branch) -> dict[str, object]:
    return {branch.directive.id: [drawn(below) for below in branch.below]}


CHAIN = register(
    {
        "nq": "2008-01-28",
        "kl79": "2013-12-25",
        "kl80": "2010-07-29",
        "ct": None,
        "kh": None,
        "xa": None,
        "lone": None,
    },
    ("kh", IMPLEMENTS, "nq"),
    ("kh", IMPLEMENTS, "kl79"),
    ("kh", IMPLEMENTS, "ct"),
    ("kh", ALONG, "kl80"),
    ("kl79", CONCLUDES, "nq"),
    ("ct", IMPLEMENTS, "nq"),
    ("kl80", ALONG, "nq"),
    ("xa", IMPLEMENTS, "kh"),
)


def test_a_tree_has_each_document_once_under_the_lowest_that_it_hangs_on() -> None:
    tree = CHAIN.tree("nq")
    assert drawn(tree) == {"nq": [{"kl79": []}, {"ct": [{"kh": [{"xa": []}]}]}, {"kl80": []}]}
    plan = tree.below[1].below[0]
    assert [(link.kind, link.target) for link in plan.links] == [
        (IMPLEMENTS, "nq"),
        (IMPLEMENTS, "kl79"),
        (IMPLEMENTS, "ct"),
        (ALONG, "kl80"),
    ]
    assert tree.links == ()


def test_what_stands_below_does_not_only_go_along() -> None:
    assert [d.id for d in CHAIN.under("nq")] == ["kl79", "ct", "kh", "xa"]
    assert [d.id for d in CHAIN.under("ct")] == ["kh", "xa"]
    assert CHAIN.under("kl80") == CHAIN.under("xa") == CHAIN.under("lone") == ()


def test_the_forest_has_every_document_also_those_in_a_circle() -> None:
    assert [tree.directive.id for tree in CHAIN.forest()] == ["nq", "lone"]
    circle = register(
        {"a": None, "b": None, "c": None},
        ("a", IMPLEMENTS, "b"),
        ("b", IMPLEMENTS, "c"),
        ("c", IMPLEMENTS, "a"),
    )
    (tree,) = circle.forest()
    assert str(drawn(tree)).count("'") == 6
    assert {d.id for d in circle.under("a")} == {"b", "c"}


def test_a_chain_of_four_hundred_documents_is_no_trouble() -> None:
    days: dict[str, str | None] = {f"d{n}": None for n in range(400)}
    long = register(days, *((f"d{n + 1}", IMPLEMENTS, f"d{n}") for n in range(399)))
    assert len(long.family("d0")) == 400
    assert len(long.under("d0")) == 399
    (tree,) = long.forest()
    assert tree.below[0].directive.id == "d1"

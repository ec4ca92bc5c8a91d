"""Limits are inherited: what an account with limits gives, or opens by a link, is within its own limits."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nqcore.collection.accounts.access import UNIT_ROLES, Account, Action, Role
from nqcore.collection.accounts.administration import (
    BeyondLimits,
    OwnAccount,
)
from nqcore.collection.accounts.people_list import BadPeopleList
from nqcore.errors import NotAllowed
from nqcore.model.units import Unit, UnitKind, UnitTree
from nqcore.workspace.facade import Workspace
from tests.support.small import ROOT, found

UNITS = ("top", "xa-a", "dn-1", "xa-b")
FORMS = ("f", "g")
TREE = UnitTree(
    [
        Unit(code="top", name="Huyện", kind=UnitKind.COMMITTEE, order=1),
        Unit(code="xa-a", name="Xã A", kind=UnitKind.COMMUNE, parent="top", order=2),
        Unit(code="dn-1", name="Một", kind=UnitKind.ENTERPRISE, parent="xa-a", order=3),
        Unit(code="xa-b", name="Xã B", kind=UnitKind.COMMUNE, parent="top", order=4),
    ]
)
BELOW = {"top": set(UNITS), "xa-a": {"xa-a", "dn-1"}, "dn-1": {"dn-1"}, "xa-b": {"xa-b"}}
"""Each unit with the units under it, written out: the test does not ask the tree."""
LIMITS = (frozenset(), frozenset({"f"}), frozenset({"g"}), frozenset(FORMS))

accounts = st.builds(
    Account,
    login=st.just("x"),
    name=st.just("X"),
    unit=st.sampled_from(UNITS),
    roles=st.frozensets(st.sampled_from(Role), min_size=1, max_size=3),
    forms=st.sampled_from(LIMITS),
)


def reach(account: Account) -> set[tuple[Action, str, str]]:
    """What the account may do, by asking for each action, unit and form; "new": a form of next year."""
    return {
        (action, unit, form)
        for action, unit, form in product(Action, UNITS, (*FORMS, "new"))
        if account.may(action, unit, TREE, form)
    }


def limits(account: Account) -> set[tuple[Action, str, str]]:
    """The most that the account may bring about: of its units and forms every action for an
    administrator, who decides who does what there; for others what they may do themselves."""
    own = reach(account)
    if Role.ADMIN not in account.roles:
        return own
    forms = account.forms or {*FORMS, "new"}
    return own | set(product(Action, BELOW[account.unit], forms))


EVERY = [
    Account(login="x", name="X", unit=unit, roles=frozenset({role}), forms=forms)
    for role, unit, forms in product(Role, UNITS, LIMITS)
]


def test_the_table_of_roles_forms_and_units() -> None:
    """Every account of one role against every other one: 96 × 96 pairs."""
    opened = 0
    for by, other in product(EVERY, EVERY):
        may = by.may_make_link_for(other, TREE)
        opened += may
        if may:
            assert reach(other) <= limits(by), (by, other)
        within = other.unit in BELOW[by.unit] and (
            not by.forms or (other.forms and other.forms <= by.forms)
        )
        if Role.ADMIN in by.roles:
            assert may == bool(within), (by, other)
            assert by.may_manage(other, TREE) == may
        elif Role.APPROVE in by.roles:
            below = other.unit != by.unit and other.roles <= UNIT_ROLES
            assert may == bool(within and below), (by, other)
            assert not by.may_manage(other, TREE)
        else:
            assert not may
    assert opened > 500


@given(accounts, accounts)
def test_nothing_is_opened_beyond_the_limits(by: Account, other: Account) -> None:
    if by.may_make_link_for(other, TREE):
        assert reach(other) <= limits(by)
        assert other.unit in BELOW[by.unit]
        assert limits(other) <= limits(by)


@given(accounts, st.lists(st.tuples(accounts, st.booleans()), max_size=12))
def test_a_chain_of_giving_and_opening_leads_nowhere_beyond_the_first_limits(
    first: Account, steps: list[tuple[Account, bool]]
) -> None:
    """Whoever is reached may act too: by adding an account, by giving another one other roles and
    forms, by opening one with a link."""
    start, reached = limits(first), [first]
    for wanted, turn in steps:
        for by in tuple(reached):
            if turn and by.may_manage(wanted, TREE):  # add it
                reached.append(wanted)
            for known in tuple(reached):
                given = replace(known, roles=wanted.roles, forms=wanted.forms)
                if by.may_manage(known, TREE) and by.may_manage(given, TREE):  # assign
                    reached.append(given)
            if by.may_make_link_for(wanted, TREE):  # it was there already
                reached.append(wanted)
        reached = list({(one.unit, one.roles, one.forms): one for one in reached}.values())[:40]
    for one in reached[1:]:
        assert reach(one) <= start, (first, one)


@given(accounts)
def test_an_account_without_limits_is_never_within_one_that_has_some(by: Account) -> None:
    free = replace(by, forms=frozenset())
    limited = replace(by, forms=frozenset({"f"}))
    assert not limited.includes(free, TREE)
    assert not limited.includes(replace(by, forms=frozenset(FORMS)), TREE)


# -- the doors of a workspace ----------------------------------------------------------------------


@pytest.fixture
def ws(tmp_path: Path) -> Iterable[Workspace]:
    with found(tmp_path / "ws") as made:
        for login, unit, roles, forms in (
            ("goc", "top", [Role.ADMIN], []),
            ("qt-f", "xa-a", [Role.ADMIN], ["s.q"]),
            ("vp-f", "top", [Role.APPROVE], ["khac"]),
            ("moi", "xa-a", [Role.ENTER], ["s.q"]),
            ("rong", "xa-a", [Role.ENTER], []),
        ):
            made.accounts.add(
                login, login, unit, roles, units=made.units, by="test", at=made.clock(), forms=forms
            )
        yield made


DOORS = {
    "links": lambda ws, login, by: ws.administration.links([login], by=by),
    "link": lambda ws, login, by: ws.administration.link(login, by=by),
    "open_links": lambda ws, login, by: ws.administration.open_links(login, by=by),
    "withdraw_link": lambda ws, login, by: ws.administration.withdraw_link(login, by=by),
    "assign": lambda ws, login, by: ws.administration.assign(login, [Role.ENTER], ["s.q"], by=by),
    "lock": lambda ws, login, by: ws.administration.lock(login, by=by),
    "unlock": lambda ws, login, by: ws.administration.unlock(login, by=by),
    "end_sessions": lambda ws, login, by: ws.administration.end_sessions(login, by=by),
    "reset_second_factor": lambda ws, login, by: ws.administration.reset_second_factor(
        login, by=by
    ),
}

ADDING = ("add", "add_for_units")
"""What makes new accounts: their limits are those of `add`."""


def test_every_door_of_the_administration_is_in_the_table() -> None:
    source = ROOT / "nqcore" / "collection" / "accounts" / "administration.py"
    tree = ast.parse(source.read_text("utf-8"))
    (administration,) = (
        node
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == "AccountAdministration"
    )
    public = {
        node.name
        for node in administration.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    assert public == {*DOORS, *ADDING, "visible_to", "administrators_for", "without_account"}


@pytest.mark.parametrize("door", DOORS)
def test_each_door_is_closed_for_an_account_with_more_forms(ws: Workspace, door: str) -> None:
    by, head = ws.account("qt-f"), ws.store.head
    with pytest.raises(NotAllowed):
        DOORS[door](ws, "rong", by)
    assert ws.store.head == head
    DOORS[door](ws, "moi", by)


def test_an_approver_opens_no_account_with_other_forms(ws: Workspace) -> None:
    for login in ("moi", "rong", "lan"):
        with pytest.raises(NotAllowed):
            ws.administration.link(login, by=ws.account("vp-f"))
    assert ws.administration.visible_to(ws.account("vp-f")) == ()


@pytest.mark.parametrize("forms", [[], ["khac"], ["s.q", "khac"]])
def test_no_more_forms_are_given_than_the_administrator_has(
    ws: Workspace, forms: list[str]
) -> None:
    by, head = ws.account("qt-f"), ws.store.head
    with pytest.raises(BeyondLimits):
        ws.administration.add("Ai; xa-a; ai", [Role.ADMIN, Role.APPROVE], forms, by=by)
    with pytest.raises(BeyondLimits):
        ws.administration.assign("moi", [Role.APPROVE], forms, by=by)
    assert ws.store.head == head
    (made,) = ws.administration.add("Ai; xa-a; ai", [Role.APPROVE], ["s.q"], by=by)
    assert made.forms == {"s.q"}


def test_no_account_is_made_for_a_unit_elsewhere(ws: Workspace) -> None:
    with pytest.raises(BadPeopleList):
        ws.administration.add("Ai; xa-b; ai", [Role.ENTER], ["s.q"], by=ws.account("qt-f"))


def test_accounts_for_units_have_the_forms_of_who_adds_them_and_lie_within_its_part(
    ws: Workspace,
) -> None:
    by, head = ws.account("qt-f"), ws.store.head
    with pytest.raises(NotAllowed):
        ws.administration.add_for_units(["dn-1", "xa-b"], by=by)
    assert ws.store.head == head
    (made,) = ws.administration.add_for_units(["dn-1"], by=by)
    assert (made.unit, made.forms, made.roles) == ("dn-1", {"s.q"}, {Role.ENTER})
    with pytest.raises(NotAllowed):
        ws.administration.add_for_units(["xa-a"], by=ws.account("vp-f"))


def test_rights_are_those_that_are_stored_when_the_change_is_made(ws: Workspace) -> None:
    """An administrator who was locked or limited a moment ago does nothing more with an old page."""
    before = ws.account("goc")
    ws.accounts.add("khac", "K", "top", [Role.ADMIN], units=ws.units, by="test", at=ws.clock())
    ws.accounts.lock("goc", by="khac", at=ws.clock())
    for door in DOORS.values():
        with pytest.raises(NotAllowed):
            door(ws, "moi", before)
    with pytest.raises(NotAllowed):
        ws.administration.add("Ai; xa-a; ai", [Role.ENTER], [], by=before)
    with pytest.raises(NotAllowed):
        ws.administration.add_for_units(["dn-1"], by=before)


def test_the_own_account_is_changed_by_another_administrator_only(ws: Workspace) -> None:
    by = ws.account("goc")
    for door in ("assign", "lock", "unlock", "end_sessions", "reset_second_factor"):
        with pytest.raises(OwnAccount):
            DOORS[door](ws, "goc", by)


def test_a_period_is_closed_only_for_forms_that_one_has(ws: Workspace) -> None:
    """Closing a form's period is for the whole office and that form."""
    ws.accounts.add(
        "qt-khac",
        "K",
        "top",
        [Role.ADMIN],
        units=ws.units,
        by="test",
        at=ws.clock(),
        forms=["khac"],
    )
    with pytest.raises(NotAllowed):
        ws.submissions.lock_period("s.q", "2017-Q4", True, by="qt-khac")
    ws.submissions.lock_period("s.q", "2017-Q4", True, by="goc")

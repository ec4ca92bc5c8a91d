"""Looking after accounts: who may do what for whom, over which part of the tree, for which forms."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nqcore.collection.accounts.access import Account, Action, Role
from nqcore.collection.accounts.administration import BadPeopleList, NoRole, OwnAccount
from nqcore.collection.accounts.directory import AccountExists, LinkRefused
from nqcore.collection.archive.audit_trail import audit_trail
from nqcore.errors import NotAllowed
from tests.support.small import NOON
from tests.support.small import found as founded


@pytest.fixture
def ws(tmp_path):
    with founded(tmp_path / "ws") as found:
        for login, unit, role in (
            ("qt", "top", Role.ADMIN),
            ("qt-a", "xa-a", Role.ADMIN),
            ("vp", "top", Role.APPROVE),
            ("kt", "top", Role.INSPECT),
            ("kt-a", "xa-a", Role.INSPECT),
            ("ld", "top", Role.WATCH),
            ("a1", "xa-a", Role.ENTER),
            ("a2", "xa-a", Role.LEAD),
            ("a3", "xa-a", Role.APPROVE),
            ("b1", "xa-b", Role.ENTER),
        ):
            found.people.add(login, login, unit, [role], units=found.units, by="test", at=NOON)
        yield found


LETS_IN = {
    "qt": {"qt", "qt-a", "vp", "kt", "kt-a", "ld", "a1", "a2", "a3", "b1"},
    "qt-a": {"qt-a", "kt-a", "a1", "a2", "a3"},
    "vp": {"a1", "a2", "b1"},
    "kt": set(),
    "kt-a": set(),
    "ld": set(),
    "a1": set(),
    "a2": set(),
    "a3": set(),
    "b1": set(),
}


def _of_this_test(ws):
    return [one for one in ws.people.all() if one.login in LETS_IN]


@pytest.mark.parametrize("who", LETS_IN)
def test_who_may_make_a_link_for_whom(ws, who: str):
    by = ws.people[who]
    for other in _of_this_test(ws):
        if other.login in LETS_IN[who]:
            assert ws.managing.link(other.login, by=by).login == other.login
        else:
            with pytest.raises(NotAllowed):
                ws.managing.link(other.login, by=by)
    seen = {one.login for one in ws.managing.seen_by(by)} & {*LETS_IN}
    assert seen == LETS_IN[who]


@pytest.mark.parametrize("who", [who for who in LETS_IN if not who.startswith("qt")])
@pytest.mark.parametrize("do", ["lock", "unlock"])
def test_only_an_administrator_locks(ws, who: str, do: str):
    for other in _of_this_test(ws):
        with pytest.raises(NotAllowed):
            getattr(ws.managing, do)(other.login, by=ws.people[who])
        with pytest.raises(NotAllowed):
            ws.managing.assign(other.login, [Role.ADMIN], [], by=ws.people[who])


def test_an_administrator_of_a_part_reaches_no_further(ws):
    by = ws.people["qt-a"]
    with pytest.raises(NotAllowed):
        ws.managing.lock("b1", by=by)
    with pytest.raises(BadPeopleList):
        ws.managing.add("Ai; xa-b; 0912345678", [Role.ENTER], [], by=by)
    (made,) = ws.managing.add("Ai; xa-a; 0912 345 678", [Role.ENTER], [], by=by)
    assert (made.login, made.unit, made.password) == ("0912345678", "xa-a", "")


def test_a_name_that_is_too_long_is_refused_and_not_cut(ws):
    by = ws.people["qt-a"]
    with pytest.raises(BadPeopleList) as wrong:
        ws.managing.add(f"{'A' * 121}; xa-a; 0912345999", [Role.ENTER], [], by=by)
    assert wrong.value.params["length"] == 121
    (made,) = ws.managing.add(f"{'A' * 120}; xa-a; 0912345999", [Role.ENTER], [], by=by)
    assert made.name == "A" * 120


def test_nobody_locks_the_account_they_work_with(ws):
    with pytest.raises(OwnAccount):
        ws.managing.lock("qt", by=ws.people["qt"])
    with pytest.raises(OwnAccount):
        ws.managing.assign("qt", [Role.ENTER], [], by=ws.people["qt"])


def test_a_locked_account_does_nothing_until_it_is_unlocked(ws):
    by = ws.people["qt"]
    link = ws.managing.link("a1", by=by)
    assert ws.managing.lock("a1", by=by).locked
    assert not ws.people["a1"].may(Action.READ, "xa-a", ws.units)
    with pytest.raises(LinkRefused):
        ws.people.open_link(link.token, at=ws.clock())
    again = ws.managing.unlock("a1", by=by)
    assert not again.locked
    assert again.may(Action.ENTER, "xa-a", ws.units)


def test_a_link_made_for_old_roles_opens_nothing_after_new_ones(ws):
    link = ws.managing.link("a1", by=ws.people["vp"])
    ws.managing.assign("a1", [Role.ADMIN], [], by=ws.people["qt"])
    with pytest.raises(LinkRefused):
        ws.people.open_link(link.token, at=ws.clock() + timedelta(minutes=1))


def test_a_list_is_taken_whole_or_not_at_all(ws):
    by, before = ws.people["qt"], ws.people.all()
    for text in (
        "",
        "Một; xa-a\nHai; nowhere",
        "Một; xa-a; x y",
        "Một; xa-a; a\nHai",
        "Một; xa-a; moi\nHai; xa-a; moi",
        "; xa-a; moi",
    ):
        with pytest.raises(BadPeopleList):
            ws.managing.add(text, [Role.ENTER], [], by=by)
    with pytest.raises(AccountExists):
        ws.managing.add("Một; xa-a; moi\nHai; xa-a; a1", [Role.ENTER], [], by=by)
    with pytest.raises(NoRole):
        ws.managing.add("Một; xa-a; moi", [], [], by=by)
    assert ws.people.all() == before


def test_rows_of_a_spreadsheet_are_taken_with_the_units_full_name(ws):
    name = ws.units["xa-a"].name
    made = ws.managing.add(
        f"Nguyễn Thị Đào\t{name.upper()}\t+84 912.345.678\nLê Văn Ổi\txa-b\n",
        [Role.ENTER],
        [],
        by=ws.people["qt"],
    )
    assert [(one.login, one.name, one.unit) for one in made] == [
        ("+84912345678", "Nguyễn Thị Đào", "xa-a"),
        ("le-van-oi", "Lê Văn Ổi", "xa-b"),
    ]


def test_an_account_of_one_form_has_nothing_to_do_with_another():
    one = Account(login="x", name="X", unit="u", roles=frozenset({Role.ENTER}), forms={"f"})
    assert one.handles("f")
    assert not one.handles("g")


def test_who_did_what_is_told_to_administrators_and_inspectors_of_that_part(ws):
    ws.managing.lock("b1", by=ws.people["qt"])
    ws.managing.link("a1", by=ws.people["vp"])

    def told(who: str, by: str = "") -> set[tuple[str, str, tuple[str, ...]]]:
        found = audit_trail(ws.store, ws.people, ws.units, ws.people[who], who=by)
        return {(deed.by, deed.do, deed.accounts) for deed in found.deeds}

    locked, linked = ("qt", "lock-account", ("b1",)), ("vp", "make-link", ("a1",))
    assert {locked, linked} <= told("qt")
    assert {locked, linked} <= told("kt")
    assert linked in told("kt-a")
    assert locked not in told("kt-a")
    assert told("kt", by="vp") == {linked}
    for who in ("vp", "ld", "a1", "a3"):
        with pytest.raises(NotAllowed):
            told(who)


def test_the_trail_is_read_page_by_page(ws):
    for _n in range(130):
        ws.managing.link("a1", by=ws.people["qt"])
    seen: list[int] = []
    before = 0
    for _page in range(10):
        page = audit_trail(ws.store, ws.people, ws.units, ws.people["qt"], before)
        seen += [deed.seq for deed in page.deeds]
        before = page.older
        if not before:
            break
    assert seen == list(range(ws.store.version, 0, -1))


def test_people_call_the_nearest_administrator(ws):
    assert [one.login for one in ws.managing.helpers("xa-a")] == ["qt-a"]
    assert [one.login for one in ws.managing.helpers("dn-1")] == ["qt-a"]
    assert [one.login for one in ws.managing.helpers("xa-b")] == ["qt"]
    ws.managing.lock("qt-a", by=ws.people["qt"])
    assert [one.login for one in ws.managing.helpers("xa-a")] == ["qt"]

"""Looking after accounts: who may do what for whom, over which part of the tree, for which forms."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nqcore.collection.accounts.access import Account, Action, Role
from nqcore.collection.accounts.administration import NoRole, OwnAccount
from nqcore.collection.accounts.directory import LinkRefused
from nqcore.collection.accounts.people_list import (
    MAX_PEOPLE,
    BadLogin,
    BadPeopleLines,
    BadPeopleList,
    LoginTaken,
    LoginTwice,
    NameRefused,
    NameTooLong,
    UnitNotManaged,
)
from nqcore.errors import NotAllowed, UnknownName
from nqcore.model.units import Unit, UnitKind
from nqcore.text.messages import translator
from tests.support.small import NOON, add_accounts
from tests.support.small import found as founded


@pytest.fixture
def ws(tmp_path):
    with founded(tmp_path / "ws") as found:
        add_accounts(
            found,
            {
                "qt": ("top", Role.ADMIN),
                "qt-a": ("xa-a", Role.ADMIN),
                "vp": ("top", Role.APPROVE),
                "kt": ("top", Role.INSPECT),
                "kt-a": ("xa-a", Role.INSPECT),
                "ld": ("top", Role.WATCH),
                "a1": ("xa-a", Role.ENTER),
                "a2": ("xa-a", Role.LEAD),
                "a3": ("xa-a", Role.APPROVE),
                "b1": ("xa-b", Role.ENTER),
            },
        )
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
    return [one for one in ws.accounts.all() if one.login in LETS_IN]


@pytest.mark.parametrize("who", LETS_IN)
def test_who_may_make_a_link_for_whom(ws, who: str):
    by = ws.accounts[who]
    for other in _of_this_test(ws):
        if other.login in LETS_IN[who]:
            assert ws.administration.link(other.login, by=by).login == other.login
        else:
            with pytest.raises(NotAllowed):
                ws.administration.link(other.login, by=by)
    seen = {one.login for one in ws.administration.visible_to(by)} & {*LETS_IN}
    assert seen == LETS_IN[who]


@pytest.mark.parametrize("who", [who for who in LETS_IN if not who.startswith("qt")])
@pytest.mark.parametrize("do", ["lock", "unlock"])
def test_only_an_administrator_locks(ws, who: str, do: str):
    for other in _of_this_test(ws):
        with pytest.raises(NotAllowed):
            getattr(ws.administration, do)(other.login, by=ws.accounts[who])
        with pytest.raises(NotAllowed):
            ws.administration.assign(other.login, [Role.ADMIN], [], by=ws.accounts[who])


def test_an_administrator_of_a_part_reaches_no_further(ws):
    by = ws.accounts["qt-a"]
    with pytest.raises(NotAllowed):
        ws.administration.lock("b1", by=by)
    with pytest.raises(BadPeopleList):
        ws.administration.add("Ai; xa-b; 0912345678", [Role.ENTER], [], by=by)
    (made,) = ws.administration.add("Ai; xa-a; 0912 345 678", [Role.ENTER], [], by=by)
    assert (made.login, made.unit, made.password) == ("0912345678", "xa-a", "")


def test_a_name_that_is_too_long_is_refused_and_not_cut(ws):
    by = ws.accounts["qt-a"]
    with pytest.raises(BadPeopleList) as wrong:
        ws.administration.add(f"{'A' * 121}; xa-a; 0912345999", [Role.ENTER], [], by=by)
    assert wrong.value.params["length"] == 121
    (made,) = ws.administration.add(f"{'A' * 120}; xa-a; 0912345999", [Role.ENTER], [], by=by)
    assert made.name == "A" * 120


def test_nobody_locks_the_account_they_work_with(ws):
    with pytest.raises(OwnAccount):
        ws.administration.lock("qt", by=ws.accounts["qt"])
    with pytest.raises(OwnAccount):
        ws.administration.assign("qt", [Role.ENTER], [], by=ws.accounts["qt"])


def test_a_locked_account_does_nothing_until_it_is_unlocked(ws):
    by = ws.accounts["qt"]
    link = ws.administration.link("a1", by=by)
    assert ws.administration.lock("a1", by=by).locked
    assert not ws.accounts["a1"].may(Action.READ, "xa-a", ws.units)
    with pytest.raises(LinkRefused):
        ws.accounts.open_link(link.token, at=ws.clock())
    again = ws.administration.unlock("a1", by=by)
    assert not again.locked
    assert again.may(Action.ENTER, "xa-a", ws.units)


def test_a_link_made_for_old_roles_opens_nothing_after_new_ones(ws):
    link = ws.administration.link("a1", by=ws.accounts["vp"])
    ws.administration.assign("a1", [Role.ADMIN], [], by=ws.accounts["qt"])
    with pytest.raises(LinkRefused):
        ws.accounts.open_link(link.token, at=ws.clock() + timedelta(minutes=1))


def test_a_list_is_taken_whole_or_not_at_all(ws):
    by, before = ws.accounts["qt"], ws.accounts.all()
    for text in (
        "",
        "Một; xa-a\nHai; nowhere",
        "Một; xa-a; x y",
        "Một; xa-a; a\nHai",
        "Một; xa-a; moi\nHai; xa-a; moi",
        "; xa-a; moi",
    ):
        with pytest.raises(BadPeopleList):
            ws.administration.add(text, [Role.ENTER], [], by=by)
    with pytest.raises(LoginTaken):
        ws.administration.add("Một; xa-a; moi\nHai; xa-a; a1", [Role.ENTER], [], by=by)
    with pytest.raises(NoRole):
        ws.administration.add("Một; xa-a; moi", [], [], by=by)
    assert ws.accounts.all() == before


def test_all_wrong_lines_of_a_list_are_named_at_once(ws):
    lines = [
        "Một; xa-a; mot-1", "Hai", "", "Ba; nowhere; ba", "Bốn; xa-a; x y", "Năm; xa-a; mot-1",
        f"{'A' * 121}; xa-a; sau", "Bảy; xa-a; a1", "N\u202eam; xa-a; tam", "Chín; xa-b; chin",
    ]  # fmt: skip
    before = ws.accounts.all()
    with pytest.raises(BadPeopleLines) as wrong:
        ws.administration.add("\n".join(lines), [Role.ENTER], [], by=ws.accounts["qt"])
    assert [(type(one), one.line) for one in wrong.value.faults] == [
        (BadPeopleList, 2), (UnitNotManaged, 4), (BadLogin, 5), (LoginTwice, 6), (NameTooLong, 7),
        (LoginTaken, 8), (NameRefused, 9),
    ]  # fmt: skip
    said = wrong.value.message(translator("vi")).splitlines()
    assert said[0] == "Chưa thêm tài khoản nào: còn 7 dòng cần sửa."
    assert [line.partition(":")[0] for line in said[1:]] == [
        f"Dòng {line}" for line in (2, 4, 5, 6, 7, 8, 9)
    ]
    assert said[4].startswith("Dòng 6: trùng tên đăng nhập “mot-1” với dòng 1.")
    assert ws.accounts.all() == before


def test_two_people_of_one_name_in_a_list_are_told_so(ws):
    with pytest.raises(LoginTwice) as wrong:
        ws.administration.add("Lê An; xa-a\nLê An; xa-b", [Role.ENTER], [], by=ws.accounts["qt"])
    assert wrong.value.params["first"] == 1
    assert "le-an" in str(wrong.value)


def test_a_list_has_at_most_500_lines_and_blank_lines_do_not_count(ws):
    by, before = ws.accounts["qt"], len(ws.accounts.all())
    lines = [f"Người {n}; xa-a; nguoi-{n}" for n in range(MAX_PEOPLE + 1)]
    with pytest.raises(BadPeopleList):
        ws.administration.add("\n".join(lines), [Role.ENTER], [], by=by)
    assert len(ws.accounts.all()) == before
    made = ws.administration.add("\n \n".join(lines[:-1]), [Role.ENTER], [], by=by)
    assert len(made) == MAX_PEOPLE
    assert len(ws.accounts.all()) == before + MAX_PEOPLE


def test_an_unknown_unit_and_a_unit_of_another_administrator_give_the_same_error(ws):
    by = ws.accounts["qt-a"]
    for unit in ("xa-b", "nowhere"):
        with pytest.raises(UnitNotManaged) as wrong:
            ws.administration.add(f"Một; xa-a; moi\nAi; {unit}; ai", [Role.ENTER], [], by=by)
        assert wrong.value.params == {"line": 2, "most": MAX_PEOPLE, "unit": unit}


def test_a_name_that_two_units_have_is_refused_and_a_code_is_not(ws):
    twin = Unit(
        code="xa-a-2", name=ws.units["xa-a"].name, kind=UnitKind.COMMUNE, parent="top", order=99
    )
    ws.organisation.add_units([twin], by="test")
    by = ws.accounts["qt"]
    with pytest.raises(UnitNotManaged):
        ws.administration.add(f"Ai; {twin.name}; ai", [Role.ENTER], [], by=by)
    (made,) = ws.administration.add("Ai; xa-a-2; ai", [Role.ENTER], [], by=by)
    assert made.unit == "xa-a-2"


def test_a_login_that_does_not_exist_is_an_unknown_name(ws):
    by = ws.accounts["qt"]
    for do in (ws.administration.lock, ws.administration.unlock, ws.administration.link):
        with pytest.raises(UnknownName):
            do("ai-do", by=by)
    with pytest.raises(UnknownName):
        ws.accounts.set_password("ai-do", "x" * 12, by="test", at=NOON)


def test_an_account_is_not_made_for_a_unit_that_does_not_exist(ws):
    before = ws.accounts.all()
    with pytest.raises(UnknownName):
        ws.accounts.add("m", "M", "nowhere", [Role.ENTER], units=ws.units, by="test", at=NOON)
    assert ws.accounts.all() == before


def test_rows_of_a_spreadsheet_are_taken_with_the_units_full_name(ws):
    name = ws.units["xa-a"].name
    made = ws.administration.add(
        f"Nguyễn Thị Đào\t{name.upper()}\t+84 912.345.678\nLê Văn Ổi\txa-b\n",
        [Role.ENTER],
        [],
        by=ws.accounts["qt"],
    )
    assert [(one.login, one.name, one.unit) for one in made] == [
        ("+84912345678", "Nguyễn Thị Đào", "xa-a"),
        ("le-van-oi", "Lê Văn Ổi", "xa-b"),
    ]


def test_an_account_of_one_form_has_nothing_to_do_with_another():
    one = Account(login="x", name="X", unit="u", roles=frozenset({Role.ENTER}), forms={"f"})
    assert one.handles("f")
    assert not one.handles("g")


def test_users_ask_the_nearest_administrator_for_help(ws):
    assert [one.login for one in ws.administration.administrators_for("xa-a")] == ["qt-a"]
    assert [one.login for one in ws.administration.administrators_for("dn-1")] == ["qt-a"]
    assert [one.login for one in ws.administration.administrators_for("xa-b")] == ["qt"]
    ws.administration.lock("qt-a", by=ws.accounts["qt"])
    assert [one.login for one in ws.administration.administrators_for("xa-a")] == ["qt"]

"""`nq user`: accounts, ways back that the pages do not have, and what the command line does not do either."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyotp
import pytest
from click.testing import CliRunner

from nqcore.cli import main
from nqcore.collection.accounts.access import Action
from nqcore.collection.accounts.factor_file import factor_file
from nqcore.errors import NqError
from nqcore.workspace.opening import open_workspace
from tests.cli.run import Run

pytestmark = pytest.mark.usefixtures("english")

START = 1_700_000_010.0


class Said(NamedTuple):
    code: int
    out: str


@pytest.fixture
def nq(demo_copy: Path) -> Callable[..., Said]:
    def run(*words: str) -> Said:
        done = CliRunner().invoke(main, ["--lang", "en", "user", *words, "-w", str(demo_copy)])
        return Said(done.exit_code, done.output)

    return run


@pytest.fixture
def administrators(demo_copy: Path) -> list[str]:
    """The accounts that administer the whole office of the demo."""
    with open_workspace(demo_copy) as ws:
        root = ws.settings.root
        return [a.login for a in ws.accounts.all() if a.may(Action.MANAGE, root, ws.units)]


def factor(folder: Path, login: str) -> None:
    with open_workspace(folder) as ws:
        seed = ws.second_factors.begin(login, seconds=START).seed
        code = pyotp.TOTP(seed).at(int(START))
        ws.second_factors.confirm(login, code, seconds=START, by=login, at=ws.clock())


def test_a_locked_account_is_unlocked(nq: Callable[..., Said], demo_copy: Path) -> None:
    assert nq("lock", "xa-an-phu").code == 0
    said = nq("unlock", "xa-an-phu")
    assert said == Said(0, "xa-an-phu can sign in again.\n")
    with open_workspace(demo_copy) as ws:
        assert not ws.account("xa-an-phu").locked
    assert nq("unlock", "ai-do").code == 2


def test_the_last_administrator_stays(
    nq: Callable[..., Said], administrators: list[str], demo_copy: Path
) -> None:
    *others, last = administrators
    for login in others:
        assert nq("lock", login).code == 0
    said = nq("lock", last)
    assert said.code == 2
    assert "only account that administers the whole office" in said.out
    added = nq("add", "moi", "--name", "Mới", "--unit", "huyen", "--role", "admin")
    assert added.code == 0
    assert nq("lock", last).code == 0
    assert nq("lock", "moi").code == 2


def test_a_lost_second_factor_is_taken_off_also_from_the_last_administrator(
    nq: Callable[..., Said], administrators: list[str], demo_copy: Path
) -> None:
    login = administrators[-1]
    factor(demo_copy, login)
    assert '"second_factor": true' in nq("list", "--json").out
    with open_workspace(demo_copy) as ws:
        file = factor_file(ws.settings.id)
    file.unlink()
    said = nq("totp-reset", login)
    assert said.code == 0
    assert said.out == f"{login} signs in without a second factor, until it is set up again.\n"
    with open_workspace(demo_copy) as ws:
        assert ws.account(login).second_factor == ""
        assert not ws.account(login).locked


def test_all_second_factors_are_taken_off_at_once(nq: Callable[..., Said], demo_copy: Path) -> None:
    for login in ("vanphong", "xa-an-phu"):
        factor(demo_copy, login)
    said = nq("totp-reset", "--all")
    assert said.code == 0
    assert [line.split()[0] for line in said.out.splitlines()] == ["vanphong", "xa-an-phu"]
    with open_workspace(demo_copy) as ws:
        assert not any(a.second_factor for a in ws.accounts.all())


def test_sessions_are_ended_of_one_account_or_of_all(
    nq: Callable[..., Said], demo_copy: Path
) -> None:
    """OWASP ASVS 5.0, 7.4.5."""

    def epochs() -> dict[str, int]:
        with open_workspace(demo_copy) as ws:
            return {a.login: a.session_epoch for a in ws.accounts.all()}

    before = epochs()
    assert nq("sign-out", "vanphong").out == "vanphong is signed out.\n"
    assert {login for login, epoch in epochs().items() if epoch != before[login]} == {"vanphong"}
    before = epochs()
    assert nq("sign-out", "--all").code == 0
    assert {login for login, epoch in epochs().items() if epoch != before[login]} == {*before}


@pytest.mark.parametrize("command", ["sign-out", "totp-reset"])
@pytest.mark.parametrize("words", [[], ["vanphong", "--all"]])
def test_either_logins_or_all_of_them_are_named(
    nq: Callable[..., Said], command: str, words: list[str]
) -> None:
    said = nq(command, *words)
    assert said.code == 2
    assert "Give the logins, or --all." in said.out


def test_users_are_added_listed_linked_and_locked(into: Run, office: Path) -> None:
    said = into("user", "add", "moi", "--name", "Mới", "--unit", "xa-an-phu", "--role", "enter")
    assert said.code == 0
    first = re.search(r"/dang-nhap/(\S+)", said.out)
    assert first is not None
    second = re.search(r"/dang-nhap/(\S+)", into("user", "link", "moi").out)
    assert second is not None
    assert second[1] != first[1]
    with open_workspace(office) as ws:
        with pytest.raises(NqError, match="used or is over"):  # the second one has ended it
            ws.accounts.open_link(first[1], at=ws.clock())
        assert ws.accounts.open_link(second[1], at=ws.clock()).login == "moi"
    assert into("user", "lock", "moi").code == 0
    (row,) = [r for r in into("user", "list", "--json").json if r["login"] == "moi"]
    assert row == {
        "login": "moi",
        "name": "Mới",
        "unit": "xa-an-phu",
        "roles": ["enter"],
        "locked": True,
        "second_factor": False,
    }
    assert "moi" in into("user", "list").out
    assert (
        into("user", "add", "moi", "--name", "x", "--unit", "xa-an-phu", "--role", "enter").code
        == 2
    )

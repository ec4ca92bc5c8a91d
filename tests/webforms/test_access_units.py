"""Every row of the matrix again, generated: seven roles at one unit × that unit, another one, the one
above and one that does not exist. What is not one's own looks like what does not exist."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.workspace.facade import Workspace
from tests.support.visitor import Visitor
from tests.webforms.conftest import PASSWORD
from tests.webforms.test_access import MATRIX, WHO, ask

OWN, OTHER, ABOVE, UNKNOWN = "dn-may-binh-minh", "dn-go-an-phu", "huyen", "dn-khong-co"
AT_THE_TOP = {
    Role.ENTER: "dn",
    Role.LEAD: "dn",
    Role.APPROVE: "vp",
    Role.WATCH: "ld",
    Role.WRITE: "so",
    Role.INSPECT: "kt",
    Role.ADMIN: "qt",
}
"""Whose column says what the role may do. A reviewer may enter for a unit, but not review its own."""
ROWS = {route: (path, row) for route, (path, row) in MATRIX.items() if OWN in path}


@pytest.fixture
def at_the_unit(ws: Workspace, visit: Callable[..., Visitor]) -> Callable[[Role], Visitor]:
    """Somebody with that role at the unit OWN, signed in."""

    def make(role: Role) -> Visitor:
        ws.accounts.add(
            f"o-{role}", "Ai đó", OWN, [role], units=ws.units, by="test", at=ws.clock(),
            hashed=hash_password(PASSWORD),
        )  # fmt: skip
        return visit(f"o-{role}")

    return make


def asked(visitor: Visitor, route: str, path: str, token: str) -> tuple[int, bytes]:
    """The status and the page, without what differs from one answer to the next."""
    answer = ask(visitor, route, path, token)
    return answer.status_code, re.sub(rb'name="csrf_token" value="[^"]*"', b"", answer.data)


def test_there_are_rows_with_a_unit():
    assert len(ROWS) >= 8


@pytest.mark.parametrize("role", Role)
def test_what_is_not_ones_own_looks_like_what_does_not_exist(
    at_the_unit: Callable[[Role], Visitor], ws: Workspace, role: Role
):
    visitor = at_the_unit(role)
    token, head, found = visitor.token(), ws.store.head, {}
    for route, (path, _row) in ROWS.items():
        answers = {
            asked(visitor, route, path.replace(OWN, unit), token)
            for unit in (OTHER, ABOVE, UNKNOWN)
        }
        found[route] = {status for status, _page in answers}
        assert len(answers) == 1, (route, "the pages differ")
    assert found == {route: {404} for route in ROWS}
    assert ws.store.head == head


@pytest.mark.parametrize("role", Role)
def test_at_ones_own_unit_a_role_may_do_what_it_may_do_at_the_top(
    at_the_unit: Callable[[Role], Visitor], ws: Workspace, role: Role
):
    visitor, column = at_the_unit(role), WHO.index(AT_THE_TOP[role])
    token, head = visitor.token(), ws.store.head
    found = {route: asked(visitor, route, path, token)[0] for route, (path, _row) in ROWS.items()}
    assert found == {route: row[column] for route, (_path, row) in ROWS.items()}
    assert ws.store.head == head


def test_a_locked_account_gets_nowhere(at_the_unit: Callable[[Role], Visitor], ws: Workspace):
    visitor = at_the_unit(Role.APPROVE)
    token = visitor.token()
    ws.accounts.lock(f"o-{Role.APPROVE}", by="qt", at=ws.clock())
    assert {asked(visitor, route, path, token)[0] for route, (path, _row) in ROWS.items()} <= {
        303,
        401,
    }


def test_no_get_changes_anything(visit: Callable[..., Visitor], ws: Workspace):
    visitor, head = visit("vp"), ws.store.head
    for route, (path, _row) in MATRIX.items():
        if route.startswith("GET"):
            visitor.client.get(path)
    assert ws.store.head == head

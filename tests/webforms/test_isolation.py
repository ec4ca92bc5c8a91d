"""No page of one unit shows a figure of another: every address there is, asked by people of a unit."""

from __future__ import annotations

import re

import pytest

from nqcore.collection.accounts.access import Role
from nqcore.collection.accounts.passwords import hash_password
from nqcore.workspace.facade import Workspace
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import PASSWORD, QUARTER
from tests.webforms.paths import PATHS
from tests.webforms.test_access import MATRIX

SECRET = "73519"
"""A figure that only one enterprise reports, and that no total of others can be."""
OWNER, OTHERS = "dn-go-an-phu", ("dn-may-binh-minh", "xa-an-phu")


@pytest.fixture
def told(visit, ws: Workspace) -> Workspace:
    """The enterprise's figures of two quarters: one accepted, one waiting; and a noted remark."""
    for quarter in ("2018-Q2", "2018-Q3"):
        id = f"{quarter}_res20.q_{OWNER}"
        visit("dn2").press(f"/bao-cao/{id}/nhap", "ghi0", {"B1": SECRET})
        ws.send(id, by="dn2")
    ws.accept(f"2018-Q2_res20.q_{OWNER}", by="vp")
    return ws


def _shown(text: str) -> bool:
    """Whether the secret stands there, with or without its mark of thousands."""
    return SECRET in re.sub(r"(?<=\d)[.\u00a0](?=\d{3})", "", text)


def _addresses() -> set[str]:
    """Every path that some test looks at, and the same for the secret's owner and for the top."""
    known = {path for paths in PATHS.values() for path in paths}
    known |= {path for route, (path, _row) in MATRIX.items() if route.startswith("GET")}
    owners = {path.replace("dn-may-binh-minh", OWNER) for path in known}
    asked = {
        f"{path}{'&' if '?' in path else '?'}don-vi={unit}"
        for path in known
        for unit in ("huyen", OWNER)
    }
    return known | owners | asked


def _walk(visitor: Visitor, addresses: set[str]) -> list[str]:
    """The addresses whose answer has the secret in it; links that lead on are followed once."""
    found, seen = [], set(addresses)
    waiting = sorted(addresses)
    while waiting:
        path = waiting.pop()
        answer = visitor.client.get(path)
        if answer.mimetype != "text/html":
            if SECRET.encode() in answer.data:
                found.append(path)
            continue
        if _shown(Page(answer.text).text + answer.text):
            found.append(path)
        for link in Page(answer.text).links:
            link = link.partition("#")[0]
            if link.startswith("/") and link not in seen and len(seen) < 1_500:
                seen.add(link)
                waiting.append(link)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("unit", OTHERS)
def test_nobody_of_another_unit_ever_sees_it(visit, told: Workspace, unit: str, role: Role):
    told.accounts.add(
        "ai-do", "Ai đó", unit, [role], units=told.units, by="test", at=told.clock(),
        hashed=hash_password(PASSWORD),
    )  # fmt: skip
    assert _walk(visit("ai-do"), _addresses()) == []


def test_the_owner_and_those_above_do_see_it(visit, told: Workspace):
    for login in ("dn2", "vp", "ld", "kt"):
        assert _shown(visit(login).client.get(f"/bao-cao/{QUARTER[:7]}_res20.q_{OWNER}").text)
    assert _shown(visit("vp").client.get("/chi-tieu/res20.B1?ky=2018-Q2").text)

"""Whom a page lets do something: no button, form or link that its reader would be refused, on any page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from nqcore.collection.accounts.access import Action, Role
from tests.support.visitor import Page, Visitor
from tests.webforms.conftest import PASSWORD, PEOPLE
from tests.webforms.every_page import EveryPage
from tests.webforms.paths import PATHS
from tests.webforms.test_access import MATRIX, WHO
from webforms.list_page_rules import page_needs
from webforms.shared.context import EXTENSION

LOOKS_AT = tuple(
    dict.fromkeys(
        path
        for paths in PATHS.values()
        for path in paths
        if not path.startswith(("/quan-tri", "/dang-nhap"))
        and "tinh-den" not in path
        and "sua=" not in path
    )
)
"""Every page beside those of the administration and of signing in; one of a day has no other buttons."""
OWN = {"auth.change_password", "auth.end_sessions", "auth.sign_out", "factor.change", "papers.send"}
"""Forms of an account that only looks: of its own account, and of a paper that is checked and not kept."""


def _leads_to(app: Flask, page: Page) -> Iterator[tuple[str, str]]:
    """The method and the endpoint of every link, form and button of the page."""
    find = app.url_map.bind("localhost")
    for tag, attrs in page.elements:
        method = attrs.get("method", "get").upper() if tag == "form" else "GET"
        where = attrs.get("href" if tag == "a" else "action" if tag == "form" else "formaction")
        if not where or not where.startswith("/"):
            continue
        method = "POST" if "formaction" in attrs else method
        try:
            yield method, find.match(where.partition("#")[0].partition("?")[0], method=method)[0]
        except HTTPException:
            pytest.fail(f"{tag} leads nowhere: {where}")


@pytest.mark.parametrize("login", ["ld", "kt"])
def test_who_only_looks_finds_nothing_to_press_and_no_link_that_is_refused(
    every_page: EveryPage, login: str
):
    app, column = every_page.app, WHO.index(login)
    visitor, store = Visitor(app.test_client()), app.extensions[EXTENSION].store
    assert visitor.sign_in(login, PASSWORD).status_code == 303
    head, shown, refused, pressed = store.head, 0, set(), set()
    for path in LOOKS_AT:
        answer = visitor.client.get(path)
        if answer.status_code != 200 or "html" not in answer.content_type:
            continue
        shown += 1
        for method, endpoint in _leads_to(app, Page(answer.text)):
            if endpoint == "static" or endpoint in OWN:
                continue
            if method == "POST":
                pressed.add((path, endpoint))
            if MATRIX[f"{method} {endpoint}"][1][column] == 403:
                refused.add((path, endpoint))
    assert pressed == set()
    assert refused == set()
    assert shown >= 30
    assert store.head == head


@pytest.mark.parametrize("login", [login for login in WHO if login in PEOPLE])
def test_who_has_no_right_to_decide_is_refused_wherever_it_is_decided(app: Flask, login: str):
    """By the matrix, of which every route is asked elsewhere."""
    column, office = WHO.index(login), WHO.index("vp")
    asks = [f"{one.method} {one.endpoint}" for one in page_needs(app) if one.needs == Action.DECIDE]
    assert len(asks) >= 12
    may = {
        route
        for route in asks
        if MATRIX[route][1][column] == MATRIX[route][1][office]  # 404: there is no such thing
    }
    decides = PEOPLE[login][2] in (Role.APPROVE, Role.WRITE)
    assert (
        {*asks} - may == set()
        if decides
        else may <= {"GET outlines.preview", "POST outlines.remove"}
    )

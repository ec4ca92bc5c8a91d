"""Each page declares in one way what it needs. The list of these declarations and the table of
test_access.py, which was found by asking, agree; a page that declares nothing is not shown."""

from __future__ import annotations

import pytest
from flask import Flask

from nqcore.collection.accounts.access import Action
from nqcore.workspace.facade import Workspace
from tests.support.small import finish, python
from tests.webforms.test_access import MATRIX, WHO
from webforms.list_page_rules import page_needs
from webforms.security.page_rules import SMALL, Access, PageRule, page, rule_of

UNIT, TOP, COMMUNE = "dn-may-binh-minh", "huyen", "xa-an-phu"
NAMED = {
    "report": UNIT,
    "queried unit": None,
    "own unit": None,
    "unit of the edition": TOP,
    "own unit, then unit in address": None,
    "own unit, all forms": None,
    "own unit, then unit in address, all forms": None,
    "own unit, then queried unit": None,
    "whole office": TOP,
    "unit of the review": TOP,
    "unit of the count": TOP,
    "account in address": COMMUNE,
    "unit responsible for the task": TOP,
}
"""The unit that the table's address names, by scope; None: the account's own."""
HIDDEN = {
    "report",
    "queried unit",
    "unit of the review",
    "unit of the count",
    "unit of the edition",
}
"""Scopes whose unit looks as if it did not exist to accounts that may not see it."""
LATER = {"POST auth.leader_step"}
"""Of those that the declaration lets in nqcore refuses some more."""


def test_every_page_declares_what_it_needs(app: Flask):
    assert [one.endpoint for one in page_needs(app) if not one.needs] == []


def test_the_list_has_every_page_once(app: Flask):
    listed = [f"{one.method} {one.endpoint}" for one in page_needs(app)]
    assert sorted(listed) == sorted(MATRIX)


def test_the_list_is_printed_without_a_workspace(app: Flask):
    (done,) = finish([python("from webforms.list_page_rules import main; main()")])
    assert done.code == 0, done.err
    for one in page_needs(app):
        assert any(line.split()[:3] == [*one[:3]] for line in done.out.splitlines()), one


def test_a_page_without_a_declaration_is_refused(app: Flask, visit):
    app.add_url_rule("/quen", view_func=lambda: "secret", endpoint="quen")
    for login in (None, "dn", "qt"):
        answer = visit(login).client.get("/quen")
        assert answer.status_code == 403
        assert "secret" not in answer.text


def test_a_declaration_is_checked_before_the_view_runs(app: Flask, visit):
    ran = []

    @page(Action.AUDIT)
    def trace() -> str:
        ran.append("trace")
        return "seen"

    app.add_url_rule("/vet", view_func=trace)
    assert visit("dn").client.get("/vet").status_code == 403
    assert visit(None).client.get("/vet").status_code == 303
    assert ran == []
    assert visit("kt").client.get("/vet").text == "seen"


def refused(rule: PageRule, login: str, ws: Workspace, path: str) -> int:
    """403 or 404 where the declaration keeps that account out; 0 where it lets it in."""
    assert not isinstance(rule.needs, Access)
    account = ws.accounts[login]
    unit = (UNIT if UNIT in path else NAMED[rule.of.name]) or account.unit
    may = {action: account.may(action, unit, ws.units) for action in Action}
    if rule.of.name in HIDDEN and not may[Action.READ]:
        return 404
    if rule.of.name == "account in address" and not (may[Action.MANAGE] or may[Action.APPROVE]):
        return 404
    return 0 if any(may[action] for action in rule.needs) else 403


@pytest.mark.parametrize("route", MATRIX)
def test_the_declaration_says_what_the_table_found(app: Flask, ws: Workspace, route: str):
    path, found = MATRIX[route]
    rule = rule_of(app.view_functions[route.split()[1]])
    assert rule is not None
    if rule.needs is Access.PUBLIC:
        assert found[0] != 303 or route == "POST auth.sign_out"
        return
    assert found[0] == (303 if rule.keeps is None or rule.keeps.secret else 401)
    if rule.needs in (Access.SIGNED_IN, Access.HALF):
        assert 404 not in found
        return
    for login, status in zip(WHO[1:], found[1:], strict=True):
        assert login is not None
        expected = refused(rule, login, ws, path)
        if expected:
            assert status == expected, login
        elif route not in LATER:
            assert status != 403, login


def test_forms_are_short_unless_a_page_declares_otherwise(app: Flask):
    long = {
        name
        for name, view in app.view_functions.items()
        if (rule := rule_of(view)) is not None and rule.form_bytes > SMALL
    }
    words = {name for name, view in app.view_functions.items() if (r := rule_of(view)) and r.keeps}
    assert long == words | {"entry.paste", "excel.move", "people.make_slips", "tables.look"}

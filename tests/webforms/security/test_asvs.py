"""Lines of OWASP ASVS 5.0 that no other test looks at. SECURITY.md has the whole list."""

from __future__ import annotations

import ast
import re

import pytest
from flask import Flask

from nqcore.workspace.facade import Workspace
from tests.support.small import ROOT
from tests.support.visitor import Page
from tests.webforms.conftest import PASSWORD
from tests.webforms.test_access import MATRIX

SHIPPED = sorted(
    path for folder in ("nqcore", "webforms", "plugins") for path in (ROOT / folder).rglob("*.py")
)
DANGEROUS = {"eval", "exec", "compile", "__import__"}
DANGEROUS_MODULES = {"pickle", "marshal", "shelve", "yaml", "dill"}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_code_runs_text_or_unpickles_it_or_asks_a_shell(path):
    """1.2.5, 1.3.2, 1.5.2."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in DANGEROUS, node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in ("system", "popen"), node.lineno
        if isinstance(node, ast.keyword):
            assert node.arg != "shell", node.value.lineno
        if isinstance(node, ast.Import):
            assert not {alias.name for alias in node.names} & DANGEROUS_MODULES
        if isinstance(node, ast.ImportFrom):
            assert node.module not in DANGEROUS_MODULES


@pytest.mark.parametrize(
    "statement",
    [path for path in SHIPPED if ".execute" in path.read_text("utf-8")],
    ids=lambda p: p.name,
)
def test_no_value_is_written_into_a_statement_of_sql(statement):
    """1.2.4: what varies in a statement is a constant of the module; values are parameters."""
    source = statement.read_text("utf-8")
    constants = set(re.findall(r"^(_?[A-Z][A-Z_]+)\b.*?=", source, re.M))
    found = 0
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "").startswith("execute"):
            found += 1
            text = node.args[0]
            names = {n.id for n in ast.walk(text) if isinstance(n, ast.Name)}
            assert names <= constants | {"statement"}, ast.unparse(text)
            assert not any(isinstance(n, ast.BinOp | ast.Call) for n in ast.walk(text))
    assert found > 3


def test_no_template_writes_markup_and_no_script_makes_any():
    """1.2.1, 3.2.2: pages are escaped without exception; the script adds none of its own."""
    templates = sorted((ROOT / "webforms" / "templates").glob("*.html"))
    assert len(templates) > 30
    for path in templates:
        text = path.read_text("utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape|\bon\w+=\"", text), path.name
        assert not re.search(r"\s[\w-]+=\{\{", text), f"{path.name}: an attribute without quotes"
    script = (ROOT / "webforms" / "static" / "app.js").read_text("utf-8")
    # Three places take a piece of a page as the server rendered and escaped it; all else is text.
    put = re.findall(r"(?:innerHTML = |insertAdjacentHTML\('afterend', )([\w.]+)", script)
    assert put == ["row.duoi", "row.gt", "said.tom_tat"]
    assert not re.search(r"outerHTML|document\.write|\beval\b|new Function", script)
    assert not re.search(r"localStorage|sessionStorage|indexedDB|postMessage", script)


def test_no_answer_lets_another_site_read_it(visit):
    """3.4.2, 3.5.2."""
    for who in (None, "qt"):
        visitor = visit(who)
        for route, (path, _row) in MATRIX.items():
            headers = {"Origin": "https://evil.example"}
            if route.startswith("GET"):
                answer = visitor.client.get(path, headers=headers)
                assert not [
                    name for name, _v in answer.headers if name.startswith("Access-Control")
                ]
                answer.close()


def test_every_answer_names_its_kind_and_its_letters(visit):
    """4.1.1."""
    visitor = visit("qt")
    for route, (path, _row) in MATRIX.items():
        if route.startswith("GET"):
            answer = visitor.client.get(path)
            kind = answer.headers["Content-Type"]
            assert not kind.startswith("text/") or kind.endswith("charset=utf-8"), path
            answer.close()


@pytest.mark.parametrize(
    "path",
    ["/.git/config", "/.git/HEAD", "/workspace.toml", "/journal/head", "/static/", "/static/..",
     "/static/../app.py", "/static/%2e%2e/app.py", "/debug", "/console", "/.env", "/metrics"],
)  # fmt: skip
def test_nothing_but_pages_and_their_static_files_is_served(visit, path: str):
    """13.4.1, 13.4.3, 13.4.5."""
    for who in (None, "qt"):
        assert visit(who).client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE", "PATCH"])
def test_methods_that_no_page_has_are_refused(visit, method: str):
    """3.5.3, 13.4.4."""
    for path in ("/", "/dang-nhap", "/static/app.css"):
        assert visit("dn").client.open(path, method=method).status_code in (403, 405, 415)


def test_password_fields_hide_what_is_typed_and_take_a_paste_and_a_password_manager(visit):
    """6.2.6, 6.2.7."""
    found = 0
    for page in (visit().get("/dang-nhap"), visit("dn").get("/tai-khoan")):
        for tag, attrs in page.elements:
            if tag == "input" and attrs.get("id") in ("password", "old", "new"):
                found += 1
                assert attrs["type"] == "password"
                assert attrs["autocomplete"] in ("current-password", "new-password")
                assert not {"maxlength", "readonly", "pattern", "onpaste"} & {*attrs}
    assert found == 3


def test_a_password_is_compared_exactly_and_may_be_long(visit, ws: Workspace):
    """6.2.5, 6.2.8, 6.2.9: no cutting, no trimming, no change of case; any characters."""
    long = " Mưa rào, ÂM 3 độ! 🙂 " + "dài" * 100
    unit = visit("dn")
    assert unit.post("/tai-khoan", old=PASSWORD, new=long).status_code == 303
    for wrong in (long.strip(), long.lower(), long[:72], long[:-1]):
        assert visit().sign_in("dn", wrong).status_code == 403
    assert visit().sign_in("dn", long).status_code == 303


def test_changing_the_password_needs_the_old_one_and_only_that(visit):
    """6.2.2, 6.2.3: and no page asks for a hint or a secret question (6.4.2)."""
    page = visit("dn").get("/tai-khoan")
    assert sorted(page.form("/tai-khoan")) == ["csrf_token", "new", "old"]


def test_signing_out_clears_what_the_browser_kept(visit):
    """14.3.1, and no page keeps anything in the browser but its two cookies (14.3.3)."""
    visitor = visit("dn")
    assert visitor.client.get("/tai-khoan").headers["Cache-Control"] == "no-store"
    answer = visitor.post("/dang-xuat")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_a_new_office_has_one_account_and_no_password(app: Flask, visit):
    """6.3.2, 13.2.3: nothing can be signed in to by a known name and password."""
    for login in ("admin", "root", "quantri", "administrator", "test"):
        for password in ("admin", "password", "", login):
            assert visit().sign_in(login, password).status_code in (403, 429)


def test_every_page_leads_to_the_page_with_signing_out(visit):
    """7.4.4: it is one step away on every page."""
    for path in ("/", "/bao-cao", "/tien-do", "/van-ban", "/tro-giup"):
        assert "/tai-khoan" in visit("dn").get(path).links
    assert isinstance(visit("dn").get("/tai-khoan"), Page)
    assert "Đăng xuất" in visit("dn").get("/tai-khoan").words

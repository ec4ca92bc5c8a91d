"""No page and no form builds a review in the threads that save: every page in every state, every button of
every form on them, a form with a bad token, a form that comes back after a sign-in."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from nqcore.analysis.findings import evaluation
from nqcore.store import StoreBusy
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from tests.support.visitor import SIGN_OUT, Page, Visitor
from tests.webforms.conftest import PASSWORD
from tests.webforms.paths import PATHS, filled
from tests.webforms.test_access import MATRIX
from tests.webforms.test_words_kept import CASES, Case, missing, typed
from webforms import create_app
from webforms.security.page_rules import rule_of
from webforms.workers.elsewhere import EXTENSION
from webforms.workers.process import Answered, PageAsked, Workers
from webforms.workers.waiting_line import OF_ONE_ACCOUNT, Ticket

FORMS, FILES = "application/x-www-form-urlencoded", "multipart/form-data"
BUILD = {
    "GET builder.show", "GET counts.explain", "GET editions.changes", "GET editions.show",
    "GET findings.listing", "GET outlines.preview", "GET papers.show", "GET reports.show", "GET work.index",
    "POST builder_steps.paper", "POST builder_steps.step", "POST builder_steps.words",
    "POST choosing.choose", "POST editions.freeze", "POST findings.decide",
}  # fmt: skip
"""What builds a review, or reads a document back."""
ON_NO_PAGE = {
    "POST auth.check_code", "POST auth.go_on", "POST auth.sign_out", "POST auth.use_link", "POST excel.move",
    "POST people.reset_factor", "POST people.unlock", "POST people.withdraw_link", "POST review.undo",
    "POST submissions.reopen", "POST submissions.withdraw", "POST units.make", "POST units.undo",
    "POST units.decide", "POST calendar.drop_day", "POST evidence.remove", "POST auth.leader_step",
    "POST people.end_sessions", "POST tables.look", "POST tables.forget", "POST tables.save",
    "POST entry.paste",
}  # fmt: skip
"""Forms that no page of `PATHS` has; they are sent with a token and nothing else."""


class NoProcesses(Workers):
    """Notes what is handed over, and makes none of it."""

    def __init__(self) -> None:
        super().__init__(lambda: Flask("none"), 0)
        self.asked: list[PageAsked] = []

    def answer(self, asked: PageAsked) -> Answered:
        self.asked.append(asked)
        return Answered("200 OK", (("Content-Type", "text/html"),), b"made elsewhere")

    def endpoints(self, app: Flask) -> set[str]:
        """What was handed over."""
        return {
            endpoint_of(app, one.environ["PATH_INFO"], one.environ["REQUEST_METHOD"])
            for one in self.asked
        }


def endpoint_of(app: Flask, path: str, method: str) -> str:
    address = path.partition("#")[0].partition("?")[0]
    name, _given = app.url_map.bind("localhost").match(address, method=method)
    return f"{method} {name}"


@pytest.fixture
def workers() -> NoProcesses:
    return NoProcesses()


@pytest.fixture
def app(ws: Workspace, workers: NoProcesses) -> Flask:
    """The application beside its processes."""
    return create_app(ws, workers=workers)


@pytest.fixture(scope="module")
def full_office(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office in all its states."""
    folder = tmp_path_factory.mktemp("full") / "ws"
    shutil.copytree(office, folder)
    with open_workspace(folder) as ws:
        plain = create_app(ws)
        filled(lambda login: signed_in(plain, login), ws)
    return folder


@pytest.fixture
def full(full_office: Path, tmp_path: Path) -> Iterator[Workspace]:
    shutil.copytree(full_office, tmp_path / "full")
    with open_workspace(tmp_path / "full") as found:
        yield found


def signed_in(app: Flask, login: str | None) -> Visitor:
    visitor = Visitor(app.test_client())
    if login is not None:
        assert visitor.sign_in(login, PASSWORD).status_code == 303
    return visitor


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The rules that this process asks: none, where no review is built."""
    found: list[str] = []
    answers = evaluation._answers

    def noted(review: object, id: str) -> object:
        found.append(id)
        return answers(review, id)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(evaluation, "_answers", noted)
    return found


@pytest.mark.slow
def test_no_page_in_any_state_builds_a_review_here(
    full: Workspace, built: list[str], workers: NoProcesses
) -> None:
    app = create_app(full, workers=workers)
    for login, paths in PATHS.items():
        visitor = signed_in(app, login)
        for path in paths:
            visitor.client.get(path).close()
            assert not built, path
    assert workers.endpoints(app) == {one for one in BUILD if one.startswith("GET")}


def forms(text: str) -> Iterator[tuple[str, MultiDict[str, str]]]:
    """The forms of a page that are posted, as they stand there, once for each of their buttons."""
    page = Page(text)
    controls = iter(page.forms)
    action, method, fields = "", "", MultiDict[str, str]()
    for tag, attributes in page.elements:
        if SIGN_OUT in (attributes.get("id"), attributes.get("form")):
            continue  # the form behind *Đăng xuất*
        if tag == "form":
            (action, fields), method = next(controls), attributes.get("method", "")
        if method != "post":
            continue
        if tag == "form":
            yield action, fields
        elif tag == "button" and attributes.get("name"):
            pressed = fields.copy()
            pressed.setlist(attributes["name"], [attributes.get("value", "")])
            yield action, pressed


Sent = tuple[str | None, str, MultiDict[str, str]]


def every_form(ws: Workspace) -> dict[str, dict[str, Sent]]:
    """By endpoint: every button of every form on every page, once: who, address and fields. The pages are
    those of an application without processes."""
    plain = create_app(ws)
    found: dict[str, dict[str, Sent]] = {}
    for login, paths in PATHS.items():
        visitor = signed_in(plain, login)
        for path in paths:
            answer = visitor.client.get(path, follow_redirects=True)
            if answer.mimetype != "text/html":
                continue
            for action, fields in forms(answer.text):
                address = action or path
                boxes = sorted({name.partition(".")[0] for name in fields})
                kind = f"{boxes} {fields.get('viec', '').partition('.')[0]}"
                kinds = found.setdefault(endpoint_of(plain, address, "POST"), {})
                kinds.setdefault(kind, (login, address, fields))
    return found


@pytest.mark.slow
def test_no_button_of_any_form_builds_a_review_here(
    full: Workspace,
    built: list[str],
    workers: NoProcesses,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each is sent with its token and with a bad one, while nothing can be written: what one changes would
    be missing for another."""
    found, app = every_form(full), create_app(full, workers=workers)
    posts = {route for route in MATRIX if route.startswith("POST")}
    assert posts - {*found} <= ON_NO_PAGE
    for route in posts - {*found}:
        found[route] = {"": ("qt", MATRIX[route][0], MultiDict())}

    def change(self: object, **named: object) -> None:
        raise StoreBusy(seconds=10, lock="/x/lock")

    monkeypatch.setattr(type(full.store), "change", change)
    visitors: dict[str | None, tuple[Visitor, str]] = {}
    for route, kinds in found.items():
        rule = rule_of(app.view_functions[route.split()[1]])
        assert rule is not None
        kind = FORMS if rule.file_bytes is None else FILES
        for login, address, fields in kinds.values():
            if login not in visitors:
                visitor = signed_in(app, login)
                visitors[login] = visitor, visitor.token()
            visitor, own = visitors[login]
            for token in ("bad", own):
                given = fields.copy()
                given.setlist("csrf_token", [token])
                built.clear()
                visitor.client.post(address, data=given, content_type=kind, buffered=True)
                assert not built, (route, given)
            if route.startswith("POST auth."):  # its session may have ended
                del visitors[login]
    assert workers.endpoints(app) == {one for one in BUILD if one.startswith("POST")}


HEAVY = {name: case for name, case in CASES.items() if f"POST {name}" in BUILD}
every = pytest.mark.parametrize("case", HEAVY.values(), ids=HEAVY)


@every
def test_words_come_back_here_without_a_review(
    app: Flask, ws: Workspace, built: list[str], case: Case
) -> None:
    """After an ended session, and with the token of another one; the button sends all of it again."""
    fields = typed(case, ws, signed_in(create_app(ws), case.login))
    visitor = signed_in(app, case.login)
    built.clear()
    bad = visitor.client.post(case.path, data={"csrf_token": "bad", **fields})
    assert (bad.status_code, missing(bad, case)) == (400, [])
    stranger = signed_in(app, None)
    form = Page(stranger.client.post(case.path, data=fields).text).form("/dang-nhap")
    form["login"], form["password"] = case.login, PASSWORD
    back = stranger.client.post("/dang-nhap", data=form)
    assert (back.status_code, missing(back, case)) == (200, [])
    assert not built
    for answer in (bad, back):
        again = Page(answer.text).form(case.path)
        assert {**fields, "csrf_token": again["csrf_token"]} == again.to_dict()


@every
def test_words_wait_with_the_form_and_the_same_form_keeps_its_place(
    app: Flask, ws: Workspace, workers: NoProcesses, case: Case
) -> None:
    fields = typed(case, ws, signed_in(create_app(ws), case.login))
    visitor = signed_in(app, case.login)
    line = app.extensions[EXTENSION].line
    busy = Ticket(case.login, "/something")
    line.ask(busy, 0.0)
    for _turn in range(OF_ONE_ACCOUNT + 2):  # the same form, more often than an account may wait
        answer = visitor.client.post(case.path, data={"csrf_token": visitor.token(), **fields})
        assert (answer.status_code, missing(answer, case)) == (503, [])
        assert answer.headers["Retry-After"] == "3"
        assert "Refresh" not in answer.headers, "a browser would ask for the page of a form"
    for number in range(OF_ONE_ACCOUNT - 1):
        line.ask(Ticket(case.login, f"/{number}"), time.monotonic())
    other = {**fields, "so": "77", "csrf_token": visitor.token()}
    full = visitor.client.post(case.path, data=other)
    assert (full.status_code, missing(full, case)) == (429, [])
    assert not workers.asked
    line.leave(busy)
    again = Page(answer.text).form(case.path)
    assert visitor.client.post(case.path, data=again).text == "made elsewhere"
    assert dict(parse_qsl(workers.asked[0].body.decode(), True)) == again.to_dict()

"""The application: everything that holds for every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from flask import Flask, Response, request, session
from flask_wtf import CSRFProtect

from nqcore.collection.settings import Settings
from nqcore.store.secret import load_secret, make_secret, secret_file
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from webforms import error_pages, sign_in
from webforms.admin import sections
from webforms.admin.audit_log import pages as log
from webforms.admin.content_steps import pages as content
from webforms.admin.period import pages as calendar
from webforms.admin.slips import pages as people
from webforms.admin.start import pages as start
from webforms.admin.system import pages as system
from webforms.admin.unit_list import pages as units
from webforms.approval.approve import pages as review
from webforms.entry.attachments import pages as evidence
from webforms.entry.check_and_send import pages as entry
from webforms.entry.my_work import pages as work
from webforms.entry.submissions import pages as submissions
from webforms.entry.tables import EXTENSION as TABLES
from webforms.entry.tables import pages as tables
from webforms.entry.workbook import pages as excel
from webforms.help import pages as help_pages
from webforms.own_account import pages as own_account
from webforms.results.board import pages as board
from webforms.results.builder import pages as builder
from webforms.results.builder_steps import pages as builder_steps
from webforms.results.choosing import pages as choosing
from webforms.results.counts import pages as counts
from webforms.results.debts import pages as debts
from webforms.results.directives import pages as directives
from webforms.results.editions import pages as editions
from webforms.results.figure_list import pages as figure_list
from webforms.results.figures import pages as figures
from webforms.results.findings import pages as findings
from webforms.results.outlines import pages as outlines
from webforms.results.papers import EXTENSION as PAPERS
from webforms.results.papers import pages as papers
from webforms.results.profiles import pages as profiles
from webforms.results.reviews import pages as reports
from webforms.results.search import pages as search
from webforms.results.tasks import pages as tasks
from webforms.second_factor import pages as factor
from webforms.security import guard, receiving
from webforms.security.event_log import LoggedFlask, note
from webforms.security.gate import Gate
from webforms.security.headers import headers_for
from webforms.security.page_rules import OVERHEAD, SMALL
from webforms.security.session_register import HOURS, Register
from webforms.security.sessions import EXTENSION as SESSIONS
from webforms.security.signing import SignedCookies
from webforms.shared import as_typed, filters, language
from webforms.shared.context import EXTENSION, shell
from webforms.shared.held_files import HeldFiles
from webforms.unsaved import send_again
from webforms.workers import hand_over
from webforms.workers.process import Workers

MESSAGES = 5
"""Messages that wait in the session for the next page."""
_WAITING = "_flashes"
"""Where Flask keeps them."""

PAGES = (
    own_account,
    factor,
    work,
    entry,
    submissions,
    evidence,
    excel,
    tables,
    review,
    board,
    debts,
    directives,
    figure_list,
    figures,
    profiles,
    findings,
    choosing,
    builder,
    builder_steps,
    counts,
    tasks,
    search,
    reports,
    editions,
    outlines,
    papers,
    help_pages,
    start,
    people,
    units,
    content,
    calendar,
    system,
    log,
)


def create_app(
    workspace: Workspace | Path | str,
    *,
    secure_cookies: bool = False,
    behind_proxy: bool = False,
    trusted_hosts: Sequence[str] = (),
    demo_accounts: Iterable[tuple[str, str, str]] = (),
    modules: Sequence[tuple[str, object]] = (),
    workers: Workers | None = None,
) -> Flask:
    """The application over an open workspace (or the one in that folder).

    `secure_cookies`: send them over TLS only; `behind_proxy`: believe one proxy's X-Forwarded-*;
    `trusted_hosts`: host names that are answered (empty: any); `demo_accounts`: (login, password,
    words) that the sign-in page of a demo shows; `modules` as for `open_workspace`; `workers`: processes
    that make the heavy pages (default: this one makes them).
    """
    if not isinstance(workspace, Workspace):
        workspace = open_workspace(workspace, modules=modules)
    app = LoggedFlask(__name__)
    app.session_interface = SignedCookies()
    id = workspace.settings.id
    # The folder's and not the workspace's: a copy served beside it on this machine has the same id.
    place = workspace.archive.take_custody(by="nq serve").place
    name = f"nq_{place[:8]}"
    app.config.update(
        SECRET_KEY=load_secret(id, place) or make_secret(id, place),
        SESSION_COOKIE_NAME=f"__Host-{name}" if secure_cookies else name,
        SESSION_COOKIE_SECURE=secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=HOURS),
        SESSION_REFRESH_EACH_REQUEST=False,
        # Each view sets its own before its form is read: guard.check_request.
        MAX_CONTENT_LENGTH=SMALL,
        MAX_FORM_MEMORY_SIZE=OVERHEAD,
        # The token is valid as long as the session: a form may stay open for hours.
        WTF_CSRF_TIME_LIMIT=None,
        DEMO_ACCOUNTS=_shown(workspace.settings, demo_accounts),
    )
    app.extensions[SESSIONS] = Register(
        secret_file(id, place).with_suffix(".signed-in"),
        idle=workspace.settings.idle_minutes * 60.0,
    )
    app.wsgi_app = Gate(app, app.wsgi_app)  # type: ignore[method-assign]
    if trusted_hosts:
        # Without the port: werkzeug compares names.
        app.config["TRUSTED_HOSTS"] = list(trusted_hosts)
    if behind_proxy:
        from werkzeug.middleware.proxy_fix import ProxyFix

        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    app.extensions[EXTENSION] = workspace
    app.extensions[PAPERS] = HeldFiles(secret_file(id, place).with_suffix(".papers"))
    app.extensions[TABLES] = HeldFiles(secret_file(id, place).with_suffix(".tables"))
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    language.init_app(app)
    filters.init_app(app)
    app.jinja_env.globals["sections"] = sections.admin_sections
    # Before the token is looked for: what is not a form of ours is not even read.
    guard.init_app(app, sign_in.ask_to_sign_in)
    receiving.init_app(app)
    CSRFProtect(app)
    app.before_request(guard.check_permission)
    as_typed.init_app(app)
    if workers is not None:
        hand_over.init_app(app, workers, send_again)
    app.after_request(_headers)
    app.after_request(note)
    app.after_request(_few_messages)
    app.context_processor(shell)
    error_pages.init_app(app)
    register_pages(app)
    return app


def register_pages(app: Flask) -> None:
    """Give `app` all pages."""
    for pages in PAGES:
        app.register_blueprint(pages)


def _shown(
    settings: Settings, accounts: Iterable[tuple[str, str, str]]
) -> tuple[tuple[str, str, str], ...]:
    """Only a demo shows its accounts on the sign-in page."""
    return tuple(accounts) if settings.demo else ()


def _few_messages(response: Response) -> Response:
    """Keep only the newest of the messages that no page has shown yet: they are stored in the cookie,
    and a user who saves many times without opening a page would make it too large for a browser."""
    waiting = session.get(_WAITING)
    if waiting and len(waiting) > MESSAGES:
        session[_WAITING] = waiting[-MESSAGES:]
    return response


def _headers(response: Response) -> Response:
    kept = request.endpoint == "static"
    response.headers.update(headers_for(secure=request.is_secure, kept=kept))
    return response

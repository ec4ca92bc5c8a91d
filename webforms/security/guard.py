"""What is checked before any view: the shape of the request, the account, and the view's rule."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, abort, current_app, g, request
from werkzeug.exceptions import SecurityError
from werkzeug.wrappers import Request, Response

from nqcore.errors import StoreError
from webforms.security.page_rules import HALF, PUBLIC, SMALL, PageRule, rule_of
from webforms.security.sessions import find_session
from webforms.shared.context import workspace

FORM, FILES = "application/x-www-form-urlencoded", "multipart/form-data"
ASK_TO_SIGN_IN = "nqcore.ask_to_sign_in"
"""Under this name the application holds the function that answers a request without a session."""


def init_app(app: Flask, ask_to_sign_in: Callable[[PageRule], Response]) -> None:
    """Check every request to `app`; `ask_to_sign_in` answers those that need an account first.

    Permission is checked by `check_permission`, which the application puts behind the check of the
    form's token.
    """
    app.extensions[ASK_TO_SIGN_IN] = ask_to_sign_in
    app.before_request(check_request)
    app.before_request(check_account)


def _rule() -> PageRule | None:
    """What the requested view declares; None without a view, or where it declares nothing."""
    return rule_of(current_app.view_functions.get(request.endpoint or ""))


def check_request() -> None:
    """Refuse what none of our pages sends: other host names, long bodies, other content types, posts from
    other sites."""
    if isinstance(request.routing_exception, SecurityError):
        raise request.routing_exception  # before any other refusal: no page can be made for that host
    rule = _rule()
    # Werkzeug's limits of a form's memory and parts do not hold for urlencoded forms: this one does.
    request.max_content_length = rule.largest_body if rule else SMALL
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if (request.content_length or 0) > request.max_content_length:
        abort(413)
    # Figures are never posted as multipart: its parsers were seen to change values.
    takes_files = rule is not None and rule.file_bytes is not None
    if request.mimetype != (FILES if takes_files else FORM):
        abort(415)
    if of_another_site(request):
        abort(403)
    if rule is not None and rule.heavy:
        request.get_data()  # kept as it came: another process may have to read it


def of_another_site(request: Request) -> bool:
    """Whether a page of another site makes the browser send this."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return bool(origin) and origin != request.host_url.rstrip("/")


def check_account() -> Response | None:
    """Find the account that is signed in. Without one, only public pages are shown, and to an account
    whose second step is still to come only the pages of that step."""
    g.account = g.half = None
    if request.endpoint == "static":
        return None
    workspace().refresh()
    rule = _rule()
    try:
        g.account, g.half = find_session()
    except StoreError:  # signing in and out say themselves what is wrong
        if rule is None or rule.needs is not PUBLIC:
            raise
    if request.endpoint is None:  # no page has this address
        return None
    if rule is None:
        abort(403)
    if rule.needs is PUBLIC or g.account is not None or (rule.needs is HALF and g.half):
        return None
    ask: Callable[[PageRule], Response] = current_app.extensions[ASK_TO_SIGN_IN]
    return ask(rule)


def check_permission() -> None:
    """End the request unless the account may do what the view declares."""
    rule = _rule()
    if rule is not None and rule.needs is not PUBLIC:
        rule.check()

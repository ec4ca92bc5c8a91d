"""Pages for what went wrong: what happened, that nothing typed was lost, and one button."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from types import MappingProxyType

from flask import Flask, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from nqcore.collection.accounts.passwords import PasswordsBusy
from nqcore.errors import (
    N_,
    Conflict,
    InputError,
    NotAllowed,
    NqError,
    StateError,
    StoreError,
    UnknownName,
)
from nqcore.store import StoreBusy, StoreFull, StoreStopped
from webforms.security.event_log import event, where
from webforms.security.guard import FILES
from webforms.security.page_rules import Answer, rule_of
from webforms.shared.context import workspace
from webforms.shared.filters import message
from webforms.shared.language import _

WORDS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        400: (
            N_("This page cannot be read"),
            N_("The page that came back was not whole. Nothing was saved. Go back and try again."),
        ),
        403: (
            N_("This page is for others"),
            N_("This page is only for those who work with it. To see it, contact {office}."),
        ),
        404: (
            N_("There is no such page"),
            N_(
                "The address is wrong, or the page is not this unit's. "
                "Check the address, or open it from the list."
            ),
        ),
        405: (
            N_("This page cannot be opened like that"),
            N_("Open it from the menu and press the button there."),
        ),
        409: (
            N_("Somebody was faster"),
            N_("The report has changed meanwhile. Open it again and check it."),
        ),
        413: (
            N_("Too much at once"),
            N_(
                "More was sent than a form can hold. Nothing was saved. Go back and shorten the texts."
            ),
        ),
        415: (
            N_("This page takes typed figures only"),
            N_("Files cannot be sent here. Nothing was saved. Go back and type the figures."),
        ),
        422: (
            N_("Not saved"),
            N_("Something was missing. Nothing was saved. Go back and check it."),
        ),
        429: (N_("Too many tries"), N_("Wait a little, then try again.")),
        500: (
            N_("The system has a fault"),
            N_(
                "What was saved is not lost. Try again in a few minutes; if it still fails, "
                "read the code {code} to the administrator."
            ),
        ),
        503: (
            N_("The system is busy"),
            N_("What was saved is not lost. Wait a few seconds, then try again."),
        ),
    }
)

STORE: Mapping[type[StoreError], str] = MappingProxyType(
    {
        StoreFull: N_(
            "The server's disk is full. This was not saved; what was saved before is not lost. Keep "
            "this page, call the administrator, then go back and save again."
        ),
        StoreBusy: N_(
            "Somebody else has been saving for too long. This was not saved. Go back and try again; "
            "if it stays so, call the administrator."
        ),
        StoreStopped: N_(
            "The server's disk has failed, so nothing more is saved. Whether this was saved is not "
            "certain. Call the administrator, then look at the report before typing it again."
        ),
    }
)
"""The messages for users; the administrator finds the details in the log."""

Page = tuple[str, int]
Plain = Page | tuple[str, int, dict[str, str]]


def _page(status: int, detail: str = "") -> Page:
    title, words = WORDS.get(status, WORDS[400])
    code = ""
    if status == 500:
        # Without letters and digits that are taken for each other on the telephone.
        code = "".join(secrets.choice("ABCDEFGHKLMNPQRSTUVXY3456789") for _n in range(8))
        code = f"{code[:4]}-{code[4:]}"
        event("fault shown", logging.ERROR, code=code, page=request.endpoint)
    words = _(words).format(code=code, office=workspace().root.name)
    return render_template(
        "error.html", status=status, title=_(title), words=detail or words
    ), status


def _http(wrong: HTTPException) -> Plain:
    status = wrong.code or 500
    if isinstance(wrong, SecurityError):
        # Not one of our host names: no page can be made for it.
        return "Unknown host name.\n", status, {"Content-Type": "text/plain; charset=utf-8"}
    g.setdefault("account", None)
    if status == 413 and request.url_rule and request.mimetype == FILES:
        words = _(
            "The file is larger than 10 MB. Delete pictures and sheets that are not needed, "
            "then send it again."
        )
        return _page(413, words)
    return _page(status if status in WORDS else 400 if status < 500 else 500)


def _token(wrong: CSRFError) -> Answer | Plain:
    """The page's token is missing or of another session: what was typed is shown again."""
    rule = rule_of(current_app.view_functions.get(request.endpoint or ""))
    if rule is not None and rule.show_again is not None and g.get("account") is not None:
        notice = _(
            "Not saved yet: this page was opened in another session. The figures just typed are "
            "still there; press the button again."
        )
        try:
            rule.check()  # the guard checks it after the token only
            answer = rule.show_again(notice)
        # The report is perhaps another unit's: flask calls no second handler for what a handler raises.
        except HTTPException as other:
            return _http(other)
        except NqError as other:
            return _known(other)
        return (answer, 400) if isinstance(answer, str) else answer
    words = _(
        "This page was open too long. Nothing was saved. Open it again and press the button once more."
    )
    return _page(400, words)


def _known(wrong: NqError) -> Page:
    """What nqcore refuses is shown with the message of its error."""
    g.setdefault("account", None)
    if isinstance(wrong, NotAllowed):
        return _page(403)
    if isinstance(wrong, UnknownName):
        return _page(404)
    if isinstance(wrong, PasswordsBusy):
        return _page(503, message(wrong))
    if isinstance(wrong, StoreError):
        event("store", logging.ERROR, detail=str(wrong))
        return _page(503, _(STORE[type(wrong)]) if type(wrong) in STORE else "")
    if isinstance(wrong, Conflict | StateError):
        return _page(409, message(wrong))
    if isinstance(wrong, InputError):
        return _page(400 if wrong.code == "wrong-fields" else 422, message(wrong))
    event("fault", logging.ERROR, page=request.endpoint, **where(wrong))
    return _page(500)


def init_app(app: Flask) -> None:
    """Every error gets a page of ours."""
    app.register_error_handler(CSRFError, _token)
    app.register_error_handler(NqError, _known)
    app.register_error_handler(HTTPException, _http)

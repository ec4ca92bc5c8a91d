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
from webforms.security.held_words import hold
from webforms.security.page_rules import HALF, PUBLIC, Answer, rule_of
from webforms.shared.context import workspace
from webforms.shared.filters import changed_meanwhile, message
from webforms.shared.language import _
from webforms.sign_in import ask_for_owner
from webforms.unsaved import kept_words, kept_words_of, show_again, to_copy

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

ASKED: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        400: WORDS[404],
        422: (
            N_("This cannot be shown"),
            N_("The address asks for what is not there. Check it, or open the page from the list."),
        ),
    }
)
"""The same for a page that was only asked for: nothing was to be saved there."""

STORE: Mapping[type[StoreError], str] = MappingProxyType(
    {
        StoreFull: N_(
            "The server's disk is full. This was not saved; what was saved before is not lost. Keep "
            "this page open, call the administrator, then save again."
        ),
        StoreBusy: N_(
            "Somebody else has been saving for too long. This was not saved. Try again; "
            "if it stays so, call the administrator."
        ),
        StoreStopped: N_(
            "The server's disk has failed, so nothing more is saved. Whether this was saved is not "
            "certain. Call the administrator, then look at the report before typing it again."
        ),
    }
)
"""The messages for users; the administrator finds the details in the log."""

FULL = N_("The disk is full")
"""The title of a page for StoreFull: waiting does not help, as it does where the system is busy."""

SIGN_IN_FULL = N_(
    "The server's disk is full, so signing in does not work now. What was typed and what was saved before "
    "is not lost. Keep this page open, call the administrator, then sign in again."
)
"""StoreFull where a user signs in."""

Page = tuple[str, int]
Plain = Page | tuple[str, int, dict[str, str]]


def _page(status: int, detail: str = "", title: str = "") -> Page:
    words = detail or _sentence(status)
    title = title or _usual(status)[0]
    g.fault = status == 500  # what is broken must not break its own page
    return render_template("error.html", status=status, title=_(title), words=words), status


def _usual(status: int) -> tuple[str, str]:
    """The title and the sentence of a page with that status."""
    if request.method in ("GET", "HEAD") and status in ASKED:
        return ASKED[status]
    return WORDS.get(status, WORDS[400])


def _sentence(status: int) -> str:
    """What is usually said with that status; a fault gets a code that is in the log, too."""
    code = ""
    if status == 500:
        # Without letters and digits that are taken for each other on the telephone.
        code = "".join(secrets.choice("ABCDEFGHKLMNPQRSTUVXY3456789") for _n in range(8))
        code = f"{code[:4]}-{code[4:]}"
        event("fault shown", logging.ERROR, code=code, page=request.endpoint)
    return _(_usual(status)[1]).format(code=code, office=workspace().root.name)


def _http(wrong: HTTPException) -> Answer | Plain:
    status = wrong.code or 500
    if isinstance(wrong, SecurityError):
        # Not one of our host names: no page can be made for it.
        return "Unknown host name.\n", status, {"Content-Type": "text/plain; charset=utf-8"}
    g.setdefault("account", None)
    if status == 413 and request.url_rule and request.mimetype == FILES:
        words = _(
            "The file is larger than {size} MB. Delete pictures and sheets that are not needed, "
            "then send it again."
        )
        return _page(413, words.format(size=_megabytes()))
    if status == 429 and request.mimetype == FILES:
        return _page(429, _("Another file of this account is being received. Send this one again."))
    status = status if status in WORDS else 400 if status < 500 else 500
    return _refused(status, _sentence(status))


def _megabytes() -> int:
    """How large a file the page takes."""
    rule = rule_of(current_app.view_functions.get(request.endpoint or ""))
    return (rule.file_bytes if rule is not None and rule.file_bytes else 0) // 1_000_000


def _token(wrong: CSRFError) -> Answer | Plain:
    """The page's token is missing or of another session: what was typed is shown again."""
    keeps = kept_words()
    if keeps is None:
        words = _(
            "This page was open too long. Nothing was saved. Open it again and press the button once more."
        )
        return _page(400, words)
    # The sign-in page is no account's; and what is typed there is never sealed: it is a password.
    if g.account is not None and not keeps.secret:
        waiting = hold()
        if not waiting.belongs_to(g.account.login):
            return ask_for_owner(waiting)
    notice = _(
        "Not saved yet: this page was opened in another session. What was just typed is "
        "still there; press the button again."
    )
    return show_again(keeps, notice, lambda: _page(400, notice), status=400)


def _refused(
    status: int,
    notice: str,
    *,
    changed: bool = False,
    title: str = "",
    signing_in: bool = False,
) -> Answer:
    """The form again with its words, if it had some; else the page of the error. `signing_in`: the form is
    that of a sign-in, which needs no account and carries the words that wait."""
    keeps = kept_words() if request.method == "POST" and (signing_in or g.get("account")) else None
    if keeps is not None and not (g.get("account") or g.get("half")):
        keeps = kept_words_of("auth.enter")  # the second step is for those who have taken the first

    def otherwise() -> Answer:
        return _page(status, notice, title)

    if keeps is None:
        return otherwise()
    if status == 500:  # its page perhaps has the same fault
        return to_copy(keeps, notice, otherwise, status=status)
    return show_again(keeps, notice, otherwise, status=status, changed=changed)


def _known(wrong: NqError) -> Answer:
    """What nqcore refuses is shown with the message of its error."""
    g.setdefault("account", None)
    status, words = _told(wrong)
    rule = rule_of(current_app.view_functions.get(request.endpoint or ""))
    signing_in = isinstance(wrong, StoreError) and rule is not None and rule.needs in (PUBLIC, HALF)
    full = isinstance(wrong, StoreFull)
    return _refused(
        status,
        (_(SIGN_IN_FULL) if full and signing_in else words) or _sentence(status),
        changed=isinstance(wrong, Conflict),
        title=FULL if full else "",
        signing_in=signing_in,
    )


def _told(wrong: NqError) -> tuple[int, str]:
    """The status of the answer, and its words where they are not the usual ones."""
    if isinstance(wrong, NotAllowed):
        # Who may not see a page does not learn what is on it; a limit on forms has words of its own.
        return 403, "" if type(wrong) is NotAllowed else message(wrong)
    if isinstance(wrong, UnknownName):
        return 404, ""
    if isinstance(wrong, PasswordsBusy):
        return 503, message(wrong)
    if isinstance(wrong, StoreError):
        event("store", logging.ERROR, detail=str(wrong))
        return 503, _(STORE[type(wrong)]) if type(wrong) in STORE else ""
    if isinstance(wrong, Conflict):
        return 409, changed_meanwhile(wrong)
    if isinstance(wrong, StateError):
        return 409, message(wrong)
    if isinstance(wrong, InputError):
        return 400 if wrong.code == "wrong-fields" else 422, message(wrong)
    event("fault", logging.ERROR, page=request.endpoint, **where(wrong))
    return 500, ""


def init_app(app: Flask) -> None:
    """Every error gets a page of ours."""
    app.register_error_handler(CSRFError, _token)
    app.register_error_handler(NqError, _known)
    app.register_error_handler(HTTPException, _http)

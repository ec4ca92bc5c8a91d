"""One way for every form that could not be saved: its page again with what was typed, and why.

A page declares with `KeptWords` where people type words. Whatever refuses such a form - a token of another
session, an ended session, another user who was faster, a disk without room, a mistake in it - ends here.
Nothing is saved and nothing is sent again by itself: the user looks at the page and presses the button.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask import current_app, flash, render_template, url_for
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from nqcore.errors import NqError
from webforms.security.held_words import TOKEN
from webforms.security.page_rules import Answer, KeptWords, rule_of
from webforms.shared.language import _
from webforms.shared.posted import PageRequest, this_request
from webforms.workers.elsewhere import made_elsewhere

NOT_NOW = (409, 422)
"""Refused as things stand: without words the user is led to where things stand."""


def kept_words(post: PageRequest | None = None) -> KeptWords | None:
    """Where words are typed in the form that was posted (default: by this request); None for a form
    without words."""
    return kept_words_of((post or this_request()).endpoint)


def kept_words_of(endpoint: str) -> KeptWords | None:
    """Where words are typed in the form of that page; None for a form without words."""
    rule = rule_of(current_app.view_functions.get(endpoint))
    return rule.keeps if rule is not None else None


def typed_words(keeps: KeptWords) -> list[tuple[str, str]]:
    """The words that were typed and are not stored already, each with the label of its field."""
    return [*keeps.typed()] if keeps.typed is not None else labelled(keeps, this_request())


def labelled(keeps: KeptWords, post: PageRequest) -> list[tuple[str, str]]:
    """All words of a form, each with the label of its field."""
    return [
        (f"{_(label[0])} {label[1]}".rstrip(), text)
        for name, text in post.form.items(multi=True)
        if text.strip() and (label := keeps.label(name)) is not None
    ]


def show_again(
    keeps: KeptWords,
    notice: str,
    otherwise: Callable[[], Answer],
    *,
    status: int,
    changed: bool = False,
) -> Answer:
    """The page of the form with everything that was typed, and `notice`; where another process makes that
    page, a light one that sends the same. Where the page is not to be had any more, the words to be copied;
    without words `otherwise`."""
    rule = rule_of(current_app.view_functions.get(this_request().endpoint))
    assert rule is not None
    try:
        rule.check()  # the guard checks it after the token only
        if made_elsewhere(rule):
            words = labelled(keeps, this_request())
            return send_again(notice, status=status) if words else otherwise()
        shown, words = keeps.show(notice, changed=changed), typed_words(keeps)
    except (HTTPException, NqError):
        return to_copy(keeps, notice, otherwise, status=status)
    if isinstance(shown, str) and _has_all(shown, words):
        return shown, status
    if isinstance(shown, tuple):  # an answer with a status of its own
        return shown
    if words:
        return _copying(notice, words), status
    if status not in NOT_NOW:
        return otherwise()
    flash(notice, "canh-bao")
    return shown


def send_again(notice: str, *, status: int, seconds: int = 0) -> tuple[str, int]:
    """All that was typed, on a page that costs nothing, with a button that sends it again; a script may press
    it after `seconds`."""
    post, keeps = this_request(), kept_words()
    address = url_for(post.endpoint, **{**post.query.to_dict(flat=False), **post.arguments})
    page = render_template(
        "send_again.html",
        notice=notice,
        address=address,
        fields=[(name, text) for name, text in post.form.items(multi=True) if name != TOKEN],
        words=labelled(keeps, post) if keeps is not None else [],
        seconds=seconds,
    )
    return page, status


def _has_all(shown: str, words: Iterable[tuple[str, str]]) -> bool:
    """Whether the page has every line of the words: what it asks for may have changed meanwhile."""
    return all(escape(line) in shown for _label, text in words for line in text.splitlines())


def to_copy(
    keeps: KeptWords, notice: str, otherwise: Callable[[], Answer], *, status: int
) -> Answer:
    """All words of the form alone, to be copied; without words `otherwise`."""
    words = labelled(keeps, this_request())
    return (_copying(notice, words), status) if words else otherwise()


def _copying(notice: str, words: Iterable[tuple[str, str]]) -> str:
    return render_template("unsaved.html", notice=notice, words=words)

"""The page for whom the gate puts off: it was made before, asks again by itself without a script, and keeps
what a form brought.

Nothing is looked up for it but the words of the frame, once a minute. The fields of a form that was posted
come back in it; a password and a code do not, they are typed again.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from flask import Flask, g, render_template
from markupsafe import Markup, escape
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from nqcore.text.messages import LANGUAGES
from webforms.security.guard import of_another_site
from webforms.security.headers import headers_for
from webforms.security.held_words import TOKEN
from webforms.security.page_rules import PageRule
from webforms.shared.context import EXTENSION

FRESH = 60.0
"""Seconds for which a page that was made is used: the office's name may change."""
_HOLE = "\x00"
"""Stands in the page where something is put in; no text can have it."""
_CARRIED = frozenset({TOKEN, "next", "kept"})
"""Fields of the forms with passwords and codes that are carried on."""


class CrowdKind(StrEnum):
    """What was asked for."""

    ASKED = "asked"
    """A page."""
    POSTED = "posted"
    """A form."""
    SIGN_IN = "sign-in"
    """Name and password."""


class _Made(NamedTuple):
    parts: list[str]
    until: float


class CrowdPage:
    """The page, made when it is first needed: one for each kind and language."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._made: dict[tuple[CrowdKind, str], _Made] = {}

    def of(self, kind: CrowdKind, language: str, filled: Iterable[str] = ()) -> str:
        """The page, its holes filled."""
        if language not in LANGUAGES:
            language = self._app.extensions[EXTENSION].settings.language
        made = self._made.get((kind, language))
        if made is None or made.until < time.monotonic():
            made = _Made(self._make(kind, language).split(_HOLE), time.monotonic() + FRESH)
            self._made[kind, language] = made
        first, *rest = made.parts
        return first + "".join(one + part for one, part in zip(filled, rest, strict=True))

    def _make(self, kind: CrowdKind, language: str) -> str:
        host = (self._app.config.get("TRUSTED_HOSTS") or ["localhost"])[0]
        with self._app.test_request_context(base_url=f"http://{host}/"):
            g.account = g.half = None
            g.language = language
            return render_template("crowd.html", kind=kind.value, hole=_HOLE)


def crowd_answer(
    page: CrowdPage,
    request: Request,
    *,
    language: str,
    posted: bool,
    rule: PageRule | None,
    signing_in: bool,
    seconds: int,
) -> Response:
    """The answer to a request that is put off for `seconds`."""
    headers = headers_for(secure=request.is_secure) | {"Retry-After": str(seconds)}
    if not posted:
        text = page.of(CrowdKind.ASKED, language)
        headers["Refresh"] = str(seconds)
    else:
        form = _fields(request, rule)
        hidden = "".join(map(_hidden, (one for one in form if not signing_in or one[0] != "login")))
        if signing_in:
            login = next((text for name, text in form if name == "login"), "")
            text = page.of(CrowdKind.SIGN_IN, language, (hidden, str(escape(login))))
        else:
            text = page.of(CrowdKind.POSTED, language, (hidden,))
    return Response(text, 503, headers, content_type="text/html; charset=utf-8")


def _fields(request: Request, rule: PageRule | None) -> list[tuple[str, str]]:
    """What comes back of a form: all of one with words, of others its token."""
    # A page of another site must not write into ours.
    if of_another_site(request) or rule is None or rule.file_bytes is not None:
        return []
    request.max_content_length = request.max_form_memory_size = rule.largest_body
    try:
        fields = [*request.form.items(multi=True)]
    except HTTPException:  # longer than the page takes
        return []
    if rule.keeps is None:
        return [one for one in fields if one[0] == TOKEN]
    if rule.keeps.secret:
        return [one for one in fields if one[0] in _CARRIED or one[0] == "login"]
    return fields


def _hidden(field: tuple[str, str]) -> str:
    name, text = field
    return Markup('<input type="hidden" name="{}" value="{}">').format(name, text)

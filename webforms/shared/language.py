"""The reader's language: the workspace's own, or what ``?lang=`` chose for this session."""

from __future__ import annotations

from flask import Flask, g, has_request_context, request, session

from nqcore.text.messages import LANGUAGES, translations
from webforms.shared.context import workspace


def language() -> str:
    """ "vi" or "en"."""
    if not has_request_context():
        return LANGUAGES[0]
    if "language" not in g:
        asked = request.args.get("lang")
        if asked in LANGUAGES:
            session["lang"] = asked
        chosen = session.get("lang")
        g.language = chosen if chosen in LANGUAGES else workspace().settings.language
    found: str = g.language
    return found


def _(text: str) -> str:
    """`text` in the reader's language."""
    return translations(language()).gettext(text)


def cell_word(text: str) -> str:
    """A short word for a narrow cell, in the reader's language."""
    return _within("cell", text)


def _within(context: str, text: str) -> str:
    return translations(language()).pgettext(context, text)


def _many(one: str, many: str, count: int) -> str:
    return translations(language()).ngettext(one, many, count)


def init_app(app: Flask) -> None:
    """Let templates say ``_('…')`` and ``{% trans %}``."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_, _many, newstyle=True, pgettext=_within)  # type: ignore[attr-defined]
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.globals["language"] = language

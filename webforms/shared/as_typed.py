"""Keeping words as they are typed, where their letters look like an old font or like lost letters.

Such words are refused with what may be meant. The form that comes back then has a box to tick: "meant so".
"""

from __future__ import annotations

from contextlib import ExitStack

from flask import Flask, g, request

from nqcore.text.old_encodings import letters_as_typed, may_be_meant
from webforms.shared.posted import this_request

FIELD = "chu_nguyen"
"""The name of the box; the value is "1"."""


def note_refusal(wrong: object) -> None:
    """Remember that words of this request are refused for their letters, if `wrong` says so."""
    if may_be_meant(wrong):
        g.letters_refused = True


def _ticked() -> bool:
    return this_request().values.get(FIELD) == "1"


def offers_as_typed(*endpoints: str) -> bool:
    """Whether a form that is sent to one of these pages has the box: its words were refused for their
    letters, or the box was ticked before."""
    here = this_request().endpoint in endpoints
    return here and (bool(g.get("letters_refused")) or _ticked())


def _begin() -> None:
    kept = g.kept_letters = ExitStack()
    kept.enter_context(letters_as_typed(request.values.get(FIELD) == "1"))


def _end(_wrong: BaseException | None) -> None:
    kept: ExitStack | None = g.pop("kept_letters", None)
    if kept is not None:
        kept.close()


def init_app(app: Flask) -> None:
    """Keep the words of each request that has the box ticked; behind the checks of the request."""
    app.before_request(_begin)
    app.teardown_request(_end)
    app.jinja_env.globals.update(offers_as_typed=offers_as_typed, letters_ticked=_ticked)

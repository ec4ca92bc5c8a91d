"""The frame of *Quản trị*: which of its pages somebody may open."""

from __future__ import annotations

from typing import NamedTuple

from flask import current_app, url_for

from nqcore.accounts import Action
from nqcore.errors import N_
from webforms.context import may


class Section(NamedTuple):
    """A page of the administration, and what one must be allowed to open it (any of `actions`)."""

    endpoint: str
    words: str
    actions: tuple[Action, ...]


SECTIONS = (
    Section("people.listing", N_("Accounts"), (Action.MANAGE, Action.REVIEW)),
    Section("units.listing", N_("Units"), (Action.MANAGE,)),
    Section("calendar.listing", N_("Periods and deadlines"), (Action.MANAGE,)),
    Section("system.status", N_("System"), (Action.MANAGE,)),
    Section("log.listing", N_("Log"), (Action.TRACE,)),
)


def sections() -> list[tuple[str, str, str]]:
    """The pages that who is signed in may open: endpoint, msgid, address."""
    return [
        (one.endpoint, one.words, url_for(one.endpoint))
        for one in SECTIONS
        if one.endpoint in current_app.view_functions and any(map(may, one.actions))
    ]

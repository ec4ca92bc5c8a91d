"""The frame of *Quản trị*: which of its pages an account may open."""

from __future__ import annotations

from typing import NamedTuple

from flask import current_app, url_for

from nqcore.collection.accounts.access import Action
from nqcore.errors import N_
from webforms.shared.context import may, may_for_all_forms, workspace


class AdminSection(NamedTuple):
    """A page of the administration, and the actions of which an account needs one to open it."""

    endpoint: str
    words: str
    actions: tuple[Action, ...]
    office: bool = False
    """Only for those who administer the whole office."""

    def open(self) -> bool:
        """Whether the signed-in account may open it."""
        if self.office:
            root = workspace().settings.root
            return any(may_for_all_forms(action, root) for action in self.actions)
        return any(map(may, self.actions))


SECTIONS = (
    AdminSection("people.listing", N_("Accounts"), (Action.MANAGE, Action.APPROVE)),
    AdminSection("units.listing", N_("Units"), (Action.MANAGE,)),
    AdminSection("content.listing", N_("Content"), (Action.MANAGE,), office=True),
    AdminSection("calendar.listing", N_("Periods and deadlines"), (Action.MANAGE,)),
    AdminSection("system.status", N_("System"), (Action.MANAGE,), office=True),
    AdminSection("log.listing", N_("Log"), (Action.AUDIT,)),
    AdminSection("start.show", N_("First steps"), (Action.MANAGE,), office=True),
)


def admin_sections() -> list[tuple[str, str, str]]:
    """The pages that the signed-in account may open: endpoint, msgid, address."""
    return [
        (one.endpoint, one.words, url_for(one.endpoint))
        for one in SECTIONS
        if one.endpoint in current_app.view_functions and one.open()
    ]

"""*Tìm* (`/tim`): one search over units, reports, indicators, directives, tasks and people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template, request, url_for

from nqcore.collection.accounts.access import Action
from nqcore.collection.search.entries import Entry, Found
from nqcore.collection.search.everything import FoundThings
from nqcore.errors import N_
from webforms.security.page_rules import SIGNED_IN, page
from webforms.shared.context import may, me, workspace
from webforms.shared.language import _
from webforms.shared.paging import sought

pages = Blueprint("search", __name__)

FEW = 8
"""So many things of a kind stand on the first page."""
MOST = 200
"""So many when the kind is opened."""

HEADS: Mapping[Found, str] = MappingProxyType(
    {
        Found.UNIT: N_("Units"),
        Found.REPORT: N_("Reports of units"),
        Found.INDICATOR: N_("Indicators"),
        Found.DIRECTIVE: N_("Directives"),
        Found.TASK: N_("Tasks"),
        Found.PERSON: N_("People"),
    }
)


def _unit_place(query: dict[str, Any]) -> str:
    """The profile, for those who may look at it; else the unit's reports."""
    looks = may(Action.REPORT, query["don-vi"])
    return url_for("profiles.show" if looks else "submissions.listing", **query)


_PLACES: Mapping[Found, Callable[[str], str]] = MappingProxyType(
    {
        Found.UNIT: lambda id: _unit_place({"don-vi": id}),
        Found.REPORT: lambda id: url_for("submissions.show", submission=id),
        Found.INDICATOR: lambda id: url_for("figures.explain", code=id),
        Found.DIRECTIVE: lambda id: url_for("directives.directive", id=id),
        Found.TASK: lambda id: url_for("tasks.show", id=id),
        Found.PERSON: lambda id: url_for("people.show", login=id),
    }
)


class Group(NamedTuple):
    """The things of one kind: those that stand here, and how many more there are."""

    kind: Found
    head: str
    things: tuple[tuple[Entry, str], ...]
    more: int


@pages.get("/tim")
@page(SIGNED_IN)
def find() -> str:
    """What has the words, by kind; with `loai` all of one kind."""
    text, kind = sought(), request.args.get("loai", "")
    if kind and kind not in {*Found}:
        abort(404)
    found = workspace().monitoring.search(text, me(), _)
    chosen = [one for one in found if not kind or one.kind == kind]
    return render_template(
        "search.html", text=text, kind=kind, groups=[_group(one, bool(kind)) for one in chosen]
    )


def _group(found: FoundThings, whole: bool) -> Group:
    most = MOST if whole else FEW
    shown = tuple((one, _PLACES[found.kind](one.id)) for one in found.things[:most])
    return Group(found.kind, _(HEADS[found.kind]), shown, len(found.things) - len(shown))

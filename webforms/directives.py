"""*Văn bản*: the guiding documents and how they hang together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flask import Blueprint, abort, render_template

from nqcore.errors import NqError, UnknownName
from nqcore.model.directives import Directive, Link
from nqcore.model.figures import Figure
from nqcore.model.indicators import Indicator
from nqcore.model.targets import Target
from webforms.context import me, workspace

pages = Blueprint("directives", __name__)


class Branch(NamedTuple):
    """A document in the cascade: how it hangs on the one above, and what hangs on it."""

    directive: Directive
    link: Link | None
    below: tuple[Branch, ...]


def _branch(directive: Directive, link: Link | None, above: frozenset[str]) -> Branch:
    register = workspace().directives
    # Links may run in a circle; a document is drawn once on each way down.
    seen = above | {directive.id}
    below = tuple(
        _branch(register[one.source], one, seen)
        for one in register.below(directive.id)
        if one.source not in seen
    )
    return Branch(directive, link, below)


def _tops() -> Iterator[Directive]:
    """The documents that hang on nothing we know."""
    register = workspace().directives
    sources = {link.source for link in register.links}
    yield from (d for d in register if d.id not in sources)


@pages.get("/van-ban")
def listing() -> str:
    """All documents as trees, and the links that lead nowhere."""
    register = workspace().directives
    return render_template(
        "directives.html",
        trees=[_branch(d, None, frozenset()) for d in _tops()],
        unresolved=register.unresolved,
        count=len(register),
    )


@pages.get("/van-ban/<id>")
def directive(id: str) -> str:
    """One document: its cascade, targets, tasks and forms."""
    ws = workspace()
    try:
        found = ws.directives[id]
    except UnknownName:
        abort(404)
    catalogue = ws.catalogue
    return render_template(
        "directive.html",
        directive=found,
        owner=catalogue.owner("directive", found.id),
        above=ws.directives.above(found.id),
        tree_of=_branch(found, None, frozenset()),
        targets=[_aim(t) for t in catalogue.targets.values() if _same(t.directive, found)],
        tasks=sorted(
            (t for t in catalogue.tasks.values() if _same(t.directive, found)),
            key=lambda task: (task.order, task.id),
        ),
        forms=[f for f in catalogue.forms.values() if _same(f.directive, found)],
    )


def _same(name: str, directive: Directive) -> bool:
    return workspace().directives.matching(name) == (directive,)


def _aim(target: Target) -> tuple[Target, Indicator | None, Figure | None, bool | None]:
    """A target with its indicator, today's figure for one's own part of the tree, and whether it is
    reached; None where nobody can say."""
    ws = workspace()
    try:
        indicator = ws.catalogue.indicator(target.indicator)
        figure = ws.figure(indicator.code, target.period, me().unit, scope=target.scope)
    except NqError:
        return target, None, None, None
    met = None if figure.value is None else target.met(figure.value)
    return target, indicator, figure, met

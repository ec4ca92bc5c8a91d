"""Which outline a report has: the one asked for, else that of the office, of a plugin, or the short one."""

from __future__ import annotations

from collections.abc import Iterable

from nqcore.catalogue.bundled_outlines import SHORT
from nqcore.catalogue.catalogue import Catalogue
from nqcore.catalogue.owners import WORKSPACE
from nqcore.errors import N_, Phrase, UnknownName
from nqcore.model.directives import Directive
from nqcore.model.outlines import Outline
from nqcore.model.periods import PeriodKind

AskedOutline = Outline | str | None
"""The outline that a report was asked for in, or its id; None: in no certain one."""


def chosen_outline(
    catalogue: Catalogue, directive: Directive, kind: PeriodKind, asked: AskedOutline = None
) -> Outline:
    """The outline `asked`; without it the office's own that is made for reports on the directive
    over periods of that kind, then `report_outline` in workspace.toml, then one of a plugin for the
    directive, then the short one. An outline for certain kinds of period goes before one for all. A
    `report_outline` that does not exist is passed over (`gone_outline`). Raises UnknownName."""
    if isinstance(asked, Outline):
        return asked
    if asked:
        return outline(catalogue, asked)
    every = (one for one in catalogue.outlines.values() if _is_for(one, directive, kind))
    mine = sorted(every, key=lambda one: not one.periods)
    own = [one for one in mine if catalogue.owner("outline", one.id) == WORKSPACE]
    office = "" if gone_outline(catalogue) else catalogue.report_outline
    if own or (mine and not office):
        return (own or mine)[0]
    return outline(catalogue, office or SHORT)


def outline(catalogue: Catalogue, id: str) -> Outline:
    """The outline of that id. Raises UnknownName."""
    if id not in catalogue.outlines:
        raise UnknownName(kind="outline", name=id, hint=known_outlines(catalogue.outlines))
    return catalogue.outlines[id]


def gone_outline(catalogue: Catalogue) -> str:
    """The id that `report_outline` in workspace.toml names, where there is no such outline; else ""."""
    id = catalogue.report_outline
    return "" if id in catalogue.outlines else id


def known_outlines(ids: Iterable[str]) -> Phrase:
    """Which outlines there are, in words."""
    return Phrase(N_("Known: {names}."), {"names": ", ".join(sorted(ids))})


def _is_for(outline: Outline, directive: Directive, kind: PeriodKind) -> bool:
    of_it = {directive.id, directive.number} & set(outline.default_for)
    return bool(of_it) and (not outline.periods or kind in outline.periods)

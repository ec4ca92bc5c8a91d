"""Which outline a report has: the one asked for, else that of the office, of a plugin, or the short one."""

from __future__ import annotations

from collections.abc import Iterable

from nqcore.catalogue.bundled_outlines import SHORT
from nqcore.catalogue.catalogue import Catalogue
from nqcore.catalogue.owners import WORKSPACE
from nqcore.errors import N_, Phrase, UnknownName
from nqcore.model.directives import Directive
from nqcore.model.outlines import Outline


def chosen_outline(
    catalogue: Catalogue, directive: Directive, asked: str | None = None, office: str = ""
) -> Outline:
    """The outline `asked` (its id); without it the office's own that is made for the directive, then `office`
    (`report_outline` in workspace.toml), then one of a plugin for the directive, then the short one. Raises
    UnknownName."""
    if asked:
        return outline(catalogue, asked)
    mine = [o for o in catalogue.outlines.values() if _is_for(o, directive)]
    own = [o for o in mine if catalogue.owner("outline", o.id) == WORKSPACE]
    if own or (mine and not office):
        return (own or mine)[0]
    return outline(catalogue, office or SHORT)


def outline(catalogue: Catalogue, id: str) -> Outline:
    """The outline of that id. Raises UnknownName."""
    if id not in catalogue.outlines:
        raise UnknownName(kind="outline", name=id, hint=_known(catalogue.outlines))
    return catalogue.outlines[id]


def _known(ids: Iterable[str]) -> Phrase:
    return Phrase(N_("Known: {names}."), {"names": ", ".join(sorted(ids))})


def _is_for(outline: Outline, directive: Directive) -> bool:
    return bool({directive.id, directive.number} & set(outline.default_for))

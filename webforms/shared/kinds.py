"""What kinds of units are called: a built-in one in the language of the page, others as defined."""

from __future__ import annotations

from nqcore.errors import Phrase
from nqcore.model.kind_words import kind_words as words_of_kind
from nqcore.model.units import Sector, UnitKind
from webforms.shared.context import workspace
from webforms.shared.language import _


def kind_words(kind: UnitKind, sector: Sector | None = None) -> str:
    """The kind of one unit, with its sector where the kind itself does not say it."""
    words = words_of_kind(kind, sector, workspace().catalogue.unit_kinds)
    return words.message(_) if isinstance(words, Phrase) else words


def group_words(kind: UnitKind) -> str:
    """The kind of several units, as the head of their group."""
    found = workspace().catalogue.unit_kinds.get(kind)
    return (found.plural or found.name) if found and not kind.is_built_in else kind_words(kind)

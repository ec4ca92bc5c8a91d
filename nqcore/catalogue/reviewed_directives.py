"""Which directives have a review, and the forms that speak in it."""

from __future__ import annotations

from collections.abc import Collection

from nqcore.catalogue.catalogue import Catalogue
from nqcore.model.directives import Directive
from nqcore.model.forms import Form


def reviewed_directives(catalogue: Catalogue) -> tuple[Directive, ...]:
    """Those that have forms or rules. One that carries out no other comes first: its review contains the
    others."""
    named = {form.directive for form in catalogue.forms.values()}
    named |= {rule.directive for rule in catalogue.rules.values()}
    below = {link.source for link in catalogue.directives.links}
    found = [one for one in catalogue.directives if {one.id, one.number} & named]
    return tuple(sorted(found, key=lambda one: one.id in below))


def reviewed_forms(catalogue: Catalogue, family: Collection[str]) -> tuple[Form, ...]:
    """The forms of the directives with these ids."""
    matching = catalogue.directives.matching
    return tuple(
        form
        for form in catalogue.forms.values()
        if any(one.id in family for one in matching(form.directive))
    )

"""Rules that speak of other units than those which are asked for what they read.

This is no mistake: a rule may well speak of a part of the units. But its author should know that figures
of the others are not in its sentence, or that it will never speak.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nqcore.catalogue.catalogue import Catalogue
from nqcore.errors import N_, Phrase, Words
from nqcore.model.kind_words import kind_words
from nqcore.model.rules import RuleDefinition
from nqcore.model.units import EVERY_UNIT, Scope, Sector, Unit, UnitKind

Group = tuple[UnitKind, Sector | None]
"""A kind of units, with the sector of its units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachNote:
    """The rule of that id reads `indicator`, which is asked of units of the `kinds` too, of which the rule
    does not speak; `apart`: it speaks of no unit that is asked."""

    rule: str
    indicator: str
    kinds: tuple[Words, ...]
    apart: bool

    @property
    def words(self) -> Phrase:
        """Said in words."""
        words = N_(
            "Rule “{rule}”: “{indicator}” is asked of units outside its scope too: {kinds}. Their figures "
            "are not in its sentence."
        )
        if self.apart:
            words = N_(
                "Rule “{rule}”: “{indicator}” is asked of no unit in its scope, but of: {kinds}. It will "
                "not speak."
            )
        return Phrase(words, {"rule": self.rule, "indicator": self.indicator, "kinds": self.kinds})


def reach_notes(catalogue: Catalogue) -> Iterator[ReachNote]:
    """For each rule from a file with a scope of its own: the indicators that are asked of other kinds of
    units. Where no unit is known, nothing is said."""
    for rule in catalogue.rules.values():
        if isinstance(rule, RuleDefinition) and rule.scope != EVERY_UNIT:
            for code in dict.fromkeys((*rule.indicators, *rule.judged_by)):
                note = _note(catalogue, rule, code) if code in catalogue.indicators else None
                if note is not None:
                    yield note


def _note(catalogue: Catalogue, rule: RuleDefinition, code: str) -> ReachNote | None:
    asked = [*_asked(catalogue, code)]
    within = {_group(unit) for unit in asked if rule.scope.covers(unit, catalogue.units)}
    beyond = [group for group in dict.fromkeys(map(_group, asked)) if group not in within]
    if not beyond:
        return None
    kinds = tuple(kind_words(kind, sector, catalogue.unit_kinds) for kind, sector in beyond)
    return ReachNote(rule=rule.id, indicator=code, kinds=kinds, apart=not within)


def _group(unit: Unit) -> Group:
    return unit.kind, unit.sector


def _asked(catalogue: Catalogue, code: str) -> Iterator[Unit]:
    """The units that are asked for the indicator, on any day; for a computed one, for any of its parts."""
    tree = catalogue.units
    scopes = [*_scopes(catalogue, code)]
    for unit in tree.values():
        if any(all(scope.covers(unit, tree) for scope in several) for several in scopes):
            yield unit


def _scopes(catalogue: Catalogue, code: str) -> Iterator[tuple[Scope, ...]]:
    """For each typed indicator behind that of the code: the scopes of its form, section, field and own."""
    for each in _typed(catalogue, code):
        form, field = catalogue.typed_in[each]
        asks = (catalogue.indicators[one].asks for one in (each, code))
        yield (form.owed_by, form.section_of(field.key).asks, field.asks, *asks)


def _typed(catalogue: Catalogue, code: str) -> Iterator[str]:
    """The codes of the typed indicators of which it is made in the end."""
    seen, left = set[str](), [code]
    while left:
        one = left.pop()
        if one not in seen and one in catalogue.indicators:
            seen.add(one)
            formula = catalogue.indicators[one].formula
            left += [reference.code for reference in formula.references] if formula else []
            if one in catalogue.typed_in:
                yield one

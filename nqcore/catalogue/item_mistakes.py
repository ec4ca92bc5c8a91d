"""The one check of a whole set of definitions, with each mistake at its place: kind, id and key.

A page shows a mistake at the field, a workbook at the cell, a TOML file at the line; the conformance kit of
plugins uses the same. All mistakes are found at once: a definition that cannot stand is left out, and the
rest is looked at without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from nqcore.catalogue.catalogue import Catalogue
from nqcore.catalogue.contributions import Contributions
from nqcore.catalogue.definitions import TABLES, Definitions, merge_files
from nqcore.catalogue.form_tables import QUESTION_TYPES
from nqcore.catalogue.item_kinds import Item, definitions_of
from nqcore.catalogue.merging import merge_definitions
from nqcore.catalogue.owners import WORKSPACE
from nqcore.catalogue.references import item_id
from nqcore.catalogue.toml_table import TomlFile
from nqcore.catalogue.toml_text import ParsedToml
from nqcore.errors import (
    N_,
    DefinitionError,
    DuplicateId,
    Mistake,
    NqError,
    Phrase,
    Spoken,
    Translate,
    Words,
    in_a_row,
)
from nqcore.model.fields import AnyField, ChoicesField, FigureField
from nqcore.model.forms import AddedSection, Form, Question
from nqcore.model.indicators import Indicator
from nqcore.model.overlays import Overlay
from nqcore.model.rules import RuleDefinition, rule_mistakes
from nqcore.model.targets import Target
from nqcore.model.units import EVERY_UNIT, Scope
from nqcore.text.dates import write_date
from nqcore.text.numbers import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMistake:
    """What is wrong with the definition `id` of that kind, at its key (as a file writes it; "" for all),
    and what to do. `where`: the place in the file it was read from, if there is one; `in_cell`: that is the
    cell of a workbook, and says enough."""

    kind: str
    id: str
    key: str
    detail: Words
    remedy: Words = ""
    where: Words = ""
    in_cell: bool = False

    @property
    def place(self) -> str:
        """Where it is, in one: "question s.q/B2: until"."""
        return ": ".join(part for part in (f"{self.kind} {self.id}".strip(), self.key) if part)

    def message(self, translate: Translate = str) -> str:
        """The whole sentence in the language of `translate`."""
        if any(isinstance(part, str) and part for part in (self.detail, self.remedy)):
            translate = str
        where = self.where.message(translate) if isinstance(self.where, Spoken) else self.where
        said = in_a_row(self.detail, self.remedy).message(translate)
        place = "" if self.in_cell else self.place
        return ": ".join(part for part in (where, place, said) if part)

    def __str__(self) -> str:
        return self.message()


# -- reading ---------------------------------------------------------------------------------------


class ReadItems(NamedTuple):
    """What tables say: the items that are right, and what is wrong with the others."""

    items: tuple[Item, ...]
    mistakes: tuple[ItemMistake, ...]


def read_tables(tables: Iterable[tuple[str, Mapping[str, Any]]]) -> ReadItems:
    """The items of tables, each given with its kind ("indicator"), as TOML would give them. Nothing is filled
    in from other tables."""
    items: list[Item] = []
    mistakes: list[ItemMistake] = []
    for kind, table in tables:
        file = TomlFile(kind, ParsedToml("", {kind: [table]}))
        (inner,) = file.top.tables(kind, [table])
        value = TABLES[kind].read(inner)
        if value is not None:
            items.append(Item(kind, value))
        mistakes += (of_mistake(kind, seeming_id(kind, table), wrong) for wrong in file.mistakes())
    return ReadItems(tuple(items), tuple(mistakes))


def of_mistake(kind: str, id: str, wrong: Mistake) -> ItemMistake:
    """A mistake that was found in reading one table: its path begins with that table."""
    key = re.sub(r"^[^]]*\]\.?", "", wrong.path)
    return ItemMistake(kind=kind, id=id, key=key, detail=wrong.detail, remedy=wrong.remedy)


def seeming_id(kind: str, table: Mapping[str, Any]) -> str:
    """The id that a table seems to give."""
    if kind == "question" and "key" not in table:
        listed = QUESTION_TYPES.get(str(table.get("type")))
        if listed is not None and listed.listed:
            about = str(table.get("indicator", table.get("task", "")))
            table = {**table, "key": listed.from_text(about, str).key}
    names = {
        "section": ("form", "key"),
        "question": ("form", "key"),
        "link": ("source", "kind", "target"),
        "indicator": ("code",),
        "letterhead": ("unit",),
    }.get(kind, ("id",))
    parts = [str(table[name]) for name in names if table.get(name)]
    if not parts:
        parts = [str(table[name]) for name in ("label", "number", "indicator") if name in table]
    return ("/" if kind in ("section", "question") else " ").join(parts)


# -- a whole set -----------------------------------------------------------------------------------


class CheckedSet(NamedTuple):
    """The catalogue with all items that can stand in it, and every mistake."""

    catalogue: Catalogue
    mistakes: tuple[ItemMistake, ...]


def check_items(
    contributions: Contributions, others: Definitions, items: Sequence[Item], root: str = ""
) -> CheckedSet:
    """The office's `items` beside what plugins contribute and `others` that the office has. Raises what
    `merge_definitions` raises where none of the items is to blame."""
    left, mistakes = list(items), list[ItemMistake]()
    gone: set[tuple[str, str]] = set()
    while True:
        own = merge_files([others, definitions_of(left)])
        try:
            catalogue = merge_definitions(contributions, own, root)
            break
        except NqError as wrong:
            blamed = _blamed(wrong, left, contributions, others, root)
            if not blamed:
                raise
            for item, key in blamed:
                mistakes.append(_of_error(item, key, wrong))
                left.remove(item)
                gone.add((item.kind, item_id(item.value)))
    found = find_mistakes(catalogue, WORKSPACE, left)
    mistakes += (one for one in found if not _rests_on(one, gone, catalogue))
    return CheckedSet(catalogue, each_once(mistakes))


def each_once(mistakes: Iterable[ItemMistake]) -> tuple[ItemMistake, ...]:
    """The mistakes without repetitions: what is found in two ways is listed once."""
    found: dict[tuple[str, ...], ItemMistake] = {}
    for one in mistakes:
        place = (one.kind, one.id, one.key, str(one.where))
        found.setdefault((*place, str(one.detail)), one)
    return tuple(found.values())


def _rests_on(
    mistake: ItemMistake, gone: Collection[tuple[str, str]], catalogue: Catalogue
) -> bool:
    """Whether it is there only because another definition was left out."""
    return any(
        (one.kind, one.missing) in gone
        for one in catalogue.unresolved
        if one.of == (mistake.kind, mistake.id.partition("@")[0]) and one.key == mistake.key
    )


def _of_error(item: Item, key: str, wrong: NqError) -> ItemMistake:
    detail: Words = Phrase("{why}", {"why": wrong})
    if isinstance(wrong, DefinitionError):
        detail = wrong.mistakes[0].detail
    elif isinstance(wrong, DuplicateId):
        first, second = wrong.params["first"], wrong.params["second"]
        detail = Phrase(N_("is given already, by {owner}"), {"owner": first})
        if first == second:
            detail = Phrase(N_("is given twice"))
        remedy = Phrase(N_("give another code; what was used once is never used again"))
        return ItemMistake(kind=item.kind, id=item.id, key=key, detail=detail, remedy=remedy)
    return ItemMistake(kind=item.kind, id=item.id, key=key, detail=detail)


_PLACE = re.compile(r"(?P<kind>\w+)\[(?P<id>[^]]*)\]\.?(?P<key>.*)")


def _blamed(
    wrong: NqError,
    items: Sequence[Item],
    contributions: Contributions,
    others: Definitions,
    root: str,
) -> list[tuple[Item, str]]:
    """The items without which the error is not there, each with the key at which it is shown."""
    named = [item for item in items if _is_named(wrong, item)]
    # The later one of two is left out, and only one of all that are named, if that is enough.
    for item in reversed([*(one for one in items if one not in named), *named]):
        if not named and not isinstance(wrong, DefinitionError):
            break
        rest = [one for one in items if one is not item]
        if _error(contributions, others, rest, root) != str(wrong):
            return [(item, _key_of(wrong, item))]
    return [(item, _key_of(wrong, item)) for item in named]


def _error(
    contributions: Contributions, others: Definitions, items: Sequence[Item], root: str
) -> str:
    try:
        merge_definitions(contributions, merge_files([others, definitions_of(items)]), root)
    except NqError as wrong:
        return str(wrong)
    return ""


def _is_named(wrong: NqError, item: Item) -> bool:
    id = item_id(item.value)
    if isinstance(wrong, DuplicateId):
        return (wrong.params["kind"], wrong.params["id"]) == (item.kind, id)
    if isinstance(wrong, DefinitionError):
        found = _PLACE.match(wrong.mistakes[0].path)
        return found is not None and (found["kind"], found["id"]) == (item.kind, id)
    return id in {str(value) for value in wrong.params.values()}


def _key_of(wrong: NqError, item: Item) -> str:
    if isinstance(wrong, DefinitionError):
        found = _PLACE.match(wrong.mistakes[0].path)
        return found["key"] if found is not None and found["kind"] == item.kind else "formula"
    if isinstance(wrong, DuplicateId):
        names = TABLES[item.kind].names
        several = {"question": "key", "section": "key", "indicator": "code", "letterhead": "unit"}
        return several.get(item.kind, "id" if "id" in names else "")
    return "set" if item.kind == "overlay" else ""


# -- what a merged catalogue still does not say ----------------------------------------------------


def find_mistakes(catalogue: Catalogue, owner: str, items: Iterable[Item]) -> Iterator[ItemMistake]:
    """What is wrong with the items of that owner, which are merged in `catalogue`."""
    unresolved: dict[tuple[str, str], list[ItemMistake]] = {}
    for one in catalogue.unresolved:
        if one.owner == owner:
            detail, remedy = _unknown(one.kind, one.missing)
            unresolved.setdefault(one.of, []).append(
                ItemMistake(kind=one.of[0], id=one.of[1], key=one.key, detail=detail, remedy=remedy)
            )
    for item in items:
        yield from unresolved.get((item.kind, item_id(item.value)), ())
        yield from meaning_mistakes(catalogue, item)


KIND_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "directive": N_("directive"),
        "link": N_("link"),
        "unit": N_("unit"),
        "indicator": N_("indicator"),
        "form": N_("form"),
        "section": N_("section"),
        "question": N_("question"),
        "target": N_("target"),
        "task": N_("task"),
        "rule": N_("rule"),
        "overlay": N_("overlay"),
        "letterhead": N_("letterhead"),
        "outline": N_("outline"),
        "calendar": N_("calendar"),
        "unit_kind": N_("kind of units"),
    }
)
"""The word for each kind (a msgid)."""


NOT_KNOWN = N_("names the {kind} “{id}”, which is not known")


def _unknown(kind: str, id: str) -> tuple[Phrase, Phrase]:
    """That an id is not known, and what to do."""
    words = {"kind": Phrase(KIND_WORDS[kind]), "id": id}
    return (
        Phrase(NOT_KNOWN, words),
        Phrase(N_("check its spelling, or add it")),
    )


class WrongKey(NamedTuple):
    """A mistake at a key of an item."""

    key: str
    detail: Words
    remedy: Words = ""


def meaning_mistakes(catalogue: Catalogue, item: Item) -> Iterator[ItemMistake]:
    """What an item says that can never be: a form that no unit owes, a question that no unit is asked, a
    target that is set twice."""
    look = _CHECKS.get(item.kind)
    for wrong in look(catalogue, item.value) if look else ():
        yield ItemMistake(
            kind=item.kind, id=item.id, key=wrong.key, detail=wrong.detail, remedy=wrong.remedy
        )


def _covers_nobody(catalogue: Catalogue, *scopes: Scope) -> bool:
    tree = catalogue.units
    limits = {scope for scope in scopes if scope != EVERY_UNIT}
    return bool(tree and limits) and not any(
        all(scope.covers(state, tree) for scope in limits)
        for code in tree
        for state in tree.states(code)
    )


def _has_unknown(catalogue: Catalogue, scope: Scope) -> bool:
    """Whether a unit of the scope is not known; that is a mistake of its own."""
    return not {*scope.units, *([scope.within] if scope.within else [])} <= {*catalogue.units}


NOBODY = Phrase(N_("covers no unit"))
CHOOSE_UNITS = Phrase(N_("choose the units again"))


def _nobody(catalogue: Catalogue, key: str, scope: Scope, *others: Scope) -> Iterator[WrongKey]:
    if not _has_unknown(catalogue, scope) and _covers_nobody(catalogue, scope, *others):
        yield WrongKey(key, NOBODY, CHOOSE_UNITS)


def _of_form(catalogue: Catalogue, form: Form) -> Iterator[WrongKey]:
    yield from _nobody(catalogue, "owed_by", form.owed_by)
    if form.since and form.until and form.until <= form.since:
        yield _ends_before(form.since)
    for section in form.sections:
        for field in section.fields:
            yield from _of_field(catalogue, form, field, (section.asks,), "section")


def _ends_before(since: date) -> WrongKey:
    detail = Phrase(N_("is not after its first day, {since}"), {"since": write_date(since)})
    return WrongKey("until", detail, Phrase(N_("give a later day, or leave it out")))


def _of_section(catalogue: Catalogue, added: AddedSection) -> Iterator[WrongKey]:
    form = catalogue.forms.get(added.form)
    if form is not None:
        yield from _nobody(catalogue, "asks", added.section.asks, form.owed_by)
        yield from _after_the_form(form, added.section.since)


def _after_the_form(form: Form, since: date | None) -> Iterator[WrongKey]:
    if form.until is not None and since is not None and form.until <= since:
        detail = Phrase(
            N_("is not before the day on which {form} ends, {until}"),
            {"form": form.id, "until": write_date(form.until)},
        )
        yield WrongKey("since", detail, Phrase(N_("choose another form")))


def _of_question(catalogue: Catalogue, question: Question) -> Iterator[WrongKey]:
    form = catalogue.forms.get(question.form)
    if form is None:
        return
    field = question.field
    section = next((one for one in form.sections if one.key == question.section), None)
    around = () if section is None else (section.asks,)
    yield from _after_the_form(form, field.since)
    yield from _of_field(catalogue, form, field, around, "")


def _of_field(
    catalogue: Catalogue, form: Form, field: AnyField, around: tuple[Scope, ...], within: str
) -> Iterator[WrongKey]:
    """What is wrong with a field; `within`: the key of the form in which it stands ("": it is a question)."""
    scopes = [field.asks]
    if isinstance(field, FigureField) and field.indicator in catalogue.indicators:
        indicator = catalogue.indicators[field.indicator]
        scopes.append(indicator.asks)
        typed = catalogue.typed_in.get(field.indicator)  # in none, where the section is not known
        if indicator.computed:
            yield WrongKey(
                within or "indicator",
                Phrase(N_("names “{code}”, which is computed"), {"code": indicator.code}),
                Phrase(N_("ask for the counts of which it is made")),
            )
        elif typed is not None and typed[0].id != form.id:
            yield WrongKey(
                within or "indicator",
                Phrase(
                    N_("names “{code}”, which {form} already asks for"),
                    {"code": indicator.code, "form": typed[0].id},
                ),
                Phrase(N_("a figure asked twice would be counted twice; take one out")),
            )
    if isinstance(field, ChoicesField):
        codes = [option.code for option in field.options]
        if twice := next((code for code in codes if codes.count(code) > 1), ""):
            detail = Phrase(N_("has “{word}” twice"), {"word": twice})
            yield WrongKey(within or "option", detail, Phrase(N_("write it once")))
        if not codes:
            detail = Phrase(N_("is missing"))
            yield WrongKey(
                within or "option", detail, Phrase(N_("give the options to choose from"))
            )
    yield from _nobody(catalogue, within or "asks", field.asks, *scopes, *around, form.owed_by)


def _of_indicator(catalogue: Catalogue, indicator: Indicator) -> Iterator[WrongKey]:
    low, high = indicator.minimum, indicator.maximum
    if low is not None and high is not None and high < low:
        detail = Phrase(N_("is below the minimum, {low}"), {"low": canonical(low)})
        yield WrongKey("maximum", detail, Phrase(N_("exchange the two")))
    if indicator.at_most == indicator.code:
        yield WrongKey("at_most", Phrase(N_("names the indicator itself")))
    if indicator.code in indicator.parts:
        yield WrongKey("parts", Phrase(N_("names the indicator itself")))
    yield from _nobody(catalogue, "asks", indicator.asks)


def _of_target(catalogue: Catalogue, target: Target) -> Iterator[WrongKey]:
    if not target.basis.strip():
        yield WrongKey(
            "basis", Phrase(N_("is missing")), Phrase(N_("name the document that sets the target"))
        )
    yield from _nobody(catalogue, "scope", target.scope)
    for other in catalogue.targets.values():
        if other.id != target.id and _same_target(catalogue, target, other):
            detail = Phrase(N_("is set already, by the target {id}"), {"id": other.id})
            yield WrongKey("value", detail, Phrase(N_("change that one, or use an overlay")))
            return


def _same_target(catalogue: Catalogue, one: Target, other: Target) -> bool:
    keys = ("indicator", "period", "scope", "aim", "each")
    if any(getattr(one, key) != getattr(other, key) for key in keys):
        return False
    matching = catalogue.directives.matching
    return {d.id for d in matching(one.directive)} == {d.id for d in matching(other.directive)}


def _of_rule(catalogue: Catalogue, rule: RuleDefinition) -> Iterator[WrongKey]:
    for mistake in rule_mistakes(rule):
        yield WrongKey(*mistake)
    known = {field.key for form in catalogue.forms.values() for field in form.fields}
    for option in ("field", "quotes"):
        key = rule.params.get(option)
        if isinstance(key, str) and key not in known:
            detail = Phrase(N_("names “{key}”, which no form asks for"), {"key": key})
            yield WrongKey(option, detail, Phrase(N_("give the key of a question")))
    if (target := rule.params.get("target")) and target not in catalogue.targets:
        yield WrongKey("target", *_unknown("target", str(target)))
    yield from _nobody(catalogue, "scope", rule.scope)


def _of_overlay(catalogue: Catalogue, overlay: Overlay) -> Iterator[WrongKey]:
    if overlay.until is not None and overlay.until <= overlay.since:
        yield _ends_before(overlay.since)


_CHECKS: Mapping[str, Callable[[Catalogue, Any], Iterator[WrongKey]]] = MappingProxyType(
    {
        "form": _of_form,
        "section": _of_section,
        "question": _of_question,
        "indicator": _of_indicator,
        "target": _of_target,
        "rule": _of_rule,
        "overlay": _of_overlay,
    }
)

"""What can be chosen in the boxes of *Quản trị › Nội dung*: definitions by name, units, and fixed words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from nqcore.catalogue.form_tables import question_type
from nqcore.catalogue.item_kinds import Item
from nqcore.model.choice_words import DIRECTION_LABELS, FINDING_LABELS, QUESTION_LABELS
from nqcore.model.directives import Directive
from nqcore.model.fields import AnyField, FigureField
from nqcore.model.forms import Form
from nqcore.model.indicators import (
    OVER_TIME_LABELS,
    OVER_UNITS_LABELS,
    Indicator,
)
from nqcore.model.periods import EVERY, PeriodKind
from nqcore.model.rules import RuleDefinition
from nqcore.model.units import BUILT_IN_KINDS
from nqcore.text.dates import write_date
from webforms.admin.content_boxes import Choices
from webforms.shared.context import workspace
from webforms.shared.kinds import group_words, kind_words
from webforms.shared.labels import AIMS, LINKS
from webforms.shared.language import _

E = TypeVar("E", bound=StrEnum)
Listed = list[tuple[str, str]]


def of_words(words: Mapping[E, str]) -> Choices:
    """The members of an enumeration with their words."""
    return lambda: [(one.value, _(msgid)) for one, msgid in words.items()]


AIM, OVER_UNIT, TIME = of_words(AIMS), of_words(OVER_UNITS_LABELS), of_words(OVER_TIME_LABELS)
DIRECTION, FINDING, LINK = of_words(DIRECTION_LABELS), of_words(FINDING_LABELS), of_words(LINKS)


def each_or_all() -> Listed:
    """Whether a target is asked of every unit."""
    return [("true", _("each unit by itself")), ("false", _("all of them together"))]


def every() -> Listed:
    """How often a form is owed."""
    return [(one.value, _(EVERY[one])) for one in EVERY if one is not PeriodKind.SPAN]


def directive_words(directive: Directive) -> str:
    """A directive in a list: its number, and its day, since numbers begin again."""
    day = f" ({write_date(directive.date)})" if directive.date else ""
    return f"{directive.name}{day}"


def directives() -> Listed:
    """All directives."""
    return [(one.id, directive_words(one)) for one in workspace().directives]


def forms() -> Listed:
    """All forms."""
    return [(one.id, one.title) for one in workspace().catalogue.forms.values()]


def sections() -> Listed:
    """The sections of all forms."""
    return [
        (f"{form.id}/{one.key}", f"{form.title} › {one.key}. {one.title}")
        for form in workspace().catalogue.forms.values()
        for one in form.sections
    ]


def questions() -> Listed:
    """The questions of all forms."""
    return [
        (f"{form.id}/{key}", f"{form.title} › {words}")
        for form in workspace().catalogue.forms.values()
        for key, words in _fields(form)
    ]


def fields() -> Listed:
    """The questions that are no figures, as rules name them."""
    return [
        (field.key, f"{form.title} › {field.key}. {field.title(workspace().catalogue)}")
        for form in workspace().catalogue.forms.values()
        for field in form.fields
        if not isinstance(field, FigureField)
    ]


def _fields(form: Form) -> Iterator[tuple[str, str]]:
    catalogue = workspace().catalogue
    for field in form.fields:
        yield field.key, f"{field.key}. {field.title(catalogue)}"


def _listed(indicators: Iterable[Indicator]) -> Listed:
    return [(one.code, f"{one.label}. {one.name} ({one.measure})") for one in indicators]


def indicators() -> Listed:
    """All indicators."""
    return _listed(workspace().catalogue.indicators.values())


def unasked() -> Listed:
    """The counts that no form asks for yet."""
    catalogue = workspace().catalogue
    typed = (one for one in catalogue.indicators.values() if not one.computed)
    return _listed(one for one in typed if one.code not in catalogue.typed_in)


def targets() -> Listed:
    """All targets."""
    catalogue = workspace().catalogue
    return [
        (one.id, f"{name_of_indicator(one.indicator)}: {one.period} ({one.id})")
        for one in catalogue.targets.values()
    ]


def name_of_indicator(code: str) -> str:
    """The name of an indicator; its code where it is not known."""
    found = workspace().catalogue.indicators.get(code)
    return found.name if found else code


def rules() -> Listed:
    """All rules that are data."""
    every = workspace().catalogue.rules.values()
    return [(one.id, one.title) for one in every if isinstance(one, RuleDefinition)]


def tasks() -> Listed:
    """All tasks."""
    return [(one.id, one.title) for one in workspace().catalogue.tasks.values()]


def units() -> Listed:
    """The units of today, each with how deep it stands."""
    tree = workspace().obligations.tree(workspace().today)
    return [(one.code, one.name) for one in tree.values()]


def kinds() -> Listed:
    """The kinds that units of today have; a built-in one stands for all that are like it."""
    tree = workspace().obligations.tree(workspace().today)
    here = {kind for unit in tree.values() for kind in (unit.kind, unit.kind.like)}
    known = [one.kind for one in workspace().catalogue.unit_kinds.values() if one.kind in here]
    known.sort(key=lambda kind: (BUILT_IN_KINDS.index(kind.like), not kind.is_built_in))
    return [(str(kind), group_words(kind)) for kind in known]


def built_in_kinds() -> Listed:
    """The kinds that another can be like."""
    known = workspace().catalogue.unit_kinds.values()
    return [(str(one.kind), kind_words(one.kind)) for one in known if one.kind.is_built_in]


def item_name(item: Item) -> str:
    """What a definition is called in a list."""
    value, kind, catalogue = item.value, item.kind, workspace().catalogue
    match kind:
        case "directive":
            return f"{directive_words(value)} {value.title}"
        case "link":
            return (
                f"{_directive(value.source)} – {_(LINKS[value.kind])} – {_directive(value.target)}"
            )
        case "indicator":
            return f"{value.label}. {value.name} ({value.measure})"
        case "section":
            return f"{value.section.key}. {value.section.title}"
        case "question":
            return f"{value.field.key}. {value.field.title(catalogue)}"
        case "target":
            return f"{name_of_indicator(value.indicator)}, {value.period}"
        case "overlay":
            within = workspace().units.get(value.within)
            return f"{value.of} – {within.name if within else value.within}"
        case "unit_kind":
            return str(value.name)
        case "letterhead":
            return str(value.body)
        case _:
            return str(value.title)


def _directive(id: str) -> str:
    found = workspace().directives.matching(id)
    return found[0].name if len(found) == 1 else id


def question_row(field: AnyField) -> tuple[str, str, str, str, str]:
    """A question on the page of its form: key, words, measure or how it is answered, and its days."""
    catalogue = workspace().catalogue
    answered = _(QUESTION_LABELS[question_type(type(field))])
    if isinstance(field, FigureField):
        answered = catalogue.indicators[field.indicator].measure
    days = [write_date(day) if day else "" for day in (field.since, field.until)]
    return field.key, field.title(catalogue), answered, days[0], days[1]

"""The boxes of the rules: what is looked for, and the sentence for each case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from nqcore.errors import N_
from nqcore.model.choice_words import RULE_LABELS
from nqcore.model.indicators import row_label
from nqcore.model.rule_names import names_in_braces
from nqcore.model.rules import RULE_TYPES, RuleTypeDeclaration
from webforms.admin import content_choices as lists
from webforms.admin.content_boxes import BoxType, ContentBox
from webforms.admin.content_units import BASIS, units_boxes

CASE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "some": N_("Sentence about several units"),
        "one": N_("Sentence about a single unit"),
        "none": N_("Sentence where no unit did"),
        "zero": N_("Sentence where the value is 0"),
        "part": N_("Sentence where it is 0 in a part of the time of the target"),
        "below": N_("Sentence where it is below the target"),
        "ahead": N_("Sentence where it is ahead of the path"),
        "behind": N_("Sentence where it is behind the path"),
    }
)
"""What the sentence of each case is about."""


EXAMPLE = ("xa.T1", "xa.B4")
"""Two indicators, as they may be named in a rule."""


def _rule_boxes(type: str, declared: RuleTypeDeclaration) -> Iterator[ContentBox]:
    yield ContentBox(
        key="directive",
        label=N_("Of which directive"),
        type=BoxType.CHOICE,
        choices=lists.directives,
        required=True,
    )
    yield ContentBox(
        key="kind", label=N_("It tells"), type=BoxType.CHOICE, choices=lists.FINDING, required=True
    )
    yield ContentBox(key="title", label=N_("Heading of the finding"), required=True)
    if declared.needs_indicator:
        yield ContentBox(
            key="indicators",
            label=N_("Labels of the indicators"),
            type=BoxType.INDICATORS,
            required=True,
            hint=N_("Several are separated by commas; the first is the chief one."),
            example=", ".join(map(row_label, EXAMPLE)),
        )
    for name, option in declared.options.items():
        yield _option_box(name, option.required, whole=option.kind is int)
    for case in declared.cases:
        yield _sentence_box(declared, case)
    yield from units_boxes("scope", N_("It looks only at units of these kinds"))
    yield ContentBox(
        key="coverage",
        label=N_("It speaks if so many per cent of the reports are there"),
        type=BoxType.WHOLE,
        hint=N_("Empty: 80."),
    )
    yield ContentBox(
        key="tasks",
        label=N_("Tasks that answer it"),
        type=BoxType.TICKS,
        choices=lists.tasks,
    )
    yield ContentBox(
        key="since",
        label=N_("For reviews of a time that ends on this day or later"),
        type=BoxType.DAY,
        hint=N_("Empty: for all reviews, also of the past."),
    )
    yield BASIS


def _sentence_box(declared: RuleTypeDeclaration, case: str) -> ContentBox:
    return ContentBox(
        key=f"sentences.{case}",
        label=CASE_WORDS[case],
        type=BoxType.LONG,
        hint=N_(
            "In braces stands what the program writes itself; the list below says what each name means."
        ),
        names=names_in_braces(declared, case, EXAMPLE if declared.needs_indicator else ()),
        required=case == "some",
    )


OPTION_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "target": N_("Which target"),
        "gap": N_("So many periods in a row"),
        "field": N_("Which question"),
        "codes": N_("Codes of the answers that count, separated by commas"),
        "at_least": N_("So many units at least"),
        "last": N_("In so many last periods"),
        "quotes": N_("Question whose words are quoted"),
    }
)
"""What each option says."""
_LISTS = {"target": lists.targets, "field": lists.fields, "quotes": lists.fields}


def _option_box(name: str, required: bool, *, whole: bool) -> ContentBox:
    chosen = _LISTS.get(name)
    many = BoxType.CODES if name == "codes" else BoxType.LINE
    return ContentBox(
        key=name,
        label=OPTION_WORDS[name],
        type=BoxType.WHOLE if whole else BoxType.CHOICE if chosen else many,
        choices=chosen,
        required=required,
        first="" if required else N_("nothing chosen"),
    )


def _shape(type: str, declared: RuleTypeDeclaration) -> Mapping[str, Any]:
    return {
        "slug": f"quy-tac-{type}",
        "kind": "rule",
        "words": RULE_LABELS[type],
        "says": {"type": type},
        "boxes": tuple(_rule_boxes(type, declared)),
    }


RULE_SHAPES = tuple(_shape(type, declared) for type, declared in RULE_TYPES.items())
"""One sort of definitions for each type of rules."""

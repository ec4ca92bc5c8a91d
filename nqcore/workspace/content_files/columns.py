"""The sheets of the workbook: one for each kind of definition, with its columns.

The key of a column is that of a definition file ("owed_by.kinds" is the key in a table). Sections and fields
of a form, and the parts of an outline, have sheets of their own: a row names the form or outline that it
belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from nqcore.errors import N_, Translate
from nqcore.model.choice_words import (
    AIM_LABELS,
    CASE_LABELS,
    DIRECTION_LABELS,
    FINDING_LABELS,
    HOLIDAY_LABELS,
    JOINS_LABELS,
    LINK_LABELS,
    QUESTION_LABELS,
    RULE_LABELS,
)
from nqcore.model.indicators import OVER_TIME_LABELS, OVER_UNITS_LABELS
from nqcore.model.kind_words import KIND_LABELS, SECTOR_LABELS
from nqcore.model.periods import EVERY
from nqcore.text.folding import fold


class Shape(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    LINES = "lines"
    WHOLE = "whole"
    NUMBER = "number"
    DAY = "day"
    FLAG = "flag"
    PAIRS = "pairs"
    SENTENCES = "sentences"
    TABLES = "tables"


HINTS: Mapping[Shape, str] = MappingProxyType(
    {
        Shape.TEXT: "",
        Shape.LINES: N_("One on each line"),
        Shape.WHOLE: N_("A whole number"),
        Shape.NUMBER: N_("A number like 74,5, or the words: without a bound"),
        Shape.DAY: N_("A day like 15/9/2018"),
        Shape.FLAG: N_("yes or no"),
        Shape.PAIRS: N_("One on each line, its two parts with | between them"),
        Shape.SENTENCES: N_("One on each line: the case, a colon, the sentence"),
        Shape.TABLES: N_("As in a definition file"),
    }
)
"""What to write into a cell, as a msgid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentColumn:
    """A column. `heading`: msgids, printed one after the other; `words`: what can be chosen, by the code of a
    definition file, as msgids (empty: any text); in a column of lines other codes can stand beside them, in
    one of sentences they are the cases.
    `parts`: of pairs, their two keys with the shape of each."""

    key: str
    heading: tuple[str, ...]
    shape: Shape = Shape.TEXT
    words: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[tuple[str, Shape], ...] = ()

    def title(self, translate: Translate) -> str:
        """The heading in the language of `translate`."""
        return " – ".join(map(translate, self.heading))

    def shown(self, code: str, translate: Translate) -> str:
        """The words for what was chosen; what has none as it is."""
        return translate(self.words[code]) if code in self.words else code

    def code_of(self, text: str, languages: Iterable[Translate]) -> str | None:
        """The code of what was chosen, written as its code or in the words of one of the languages; None
        where nothing is called so."""
        wanted = fold(text)
        for code, msgid in self.words.items():
            if wanted in {fold(code), *(fold(each(msgid)) for each in languages)}:
                return code
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOf:
    """A sheet: of one kind of definition, or of what is in it ("form.section")."""

    kind: str
    title: str
    columns: tuple[ContentColumn, ...]

    def column(self, key: str) -> ContentColumn | None:
        """The column of that key; None where there is none."""
        return next((one for one in self.columns if one.key == key), None)


def _column(key: str, *heading: str, shape: Shape = Shape.TEXT) -> ContentColumn:
    return ContentColumn(key=key, heading=heading, shape=shape)


def _one_of(key: str, *heading: str, words: Mapping[Any, str]) -> ContentColumn:
    return ContentColumn(key=key, heading=heading, words=_by_code(words))


def _by_code(words: Mapping[Any, str]) -> Mapping[str, str]:
    return MappingProxyType({str(one): msgid for one, msgid in words.items()})


def _lines_of(key: str, *heading: str, words: Mapping[Any, str]) -> ContentColumn:
    return ContentColumn(key=key, heading=heading, shape=Shape.LINES, words=_by_code(words))


def _scope(key: str, heading: str) -> tuple[ContentColumn, ...]:
    return (
        _lines_of(f"{key}.kinds", heading, N_("kinds of units"), words=KIND_LABELS),
        _lines_of(f"{key}.sectors", heading, N_("sectors"), words=SECTOR_LABELS),
        _column(f"{key}.units", heading, N_("codes of units"), shape=Shape.LINES),
        _column(f"{key}.within", heading, N_("within the unit")),
    )


def _due(key: str) -> tuple[ContentColumn, ...]:
    heading = N_("Deadline")
    return (
        _column(f"{key}.day", heading, N_("day of the month"), shape=Shape.WHOLE),
        _column(f"{key}.months_after", heading, N_("months after the period"), shape=Shape.WHOLE),
        _column(f"{key}.working_days", heading, N_("working days"), shape=Shape.WHOLE),
        _one_of(f"{key}.on_holiday", heading, N_("on a public holiday"), words=HOLIDAY_LABELS),
        _one_of(f"{key}.on_weekend", heading, N_("on a weekend"), words=HOLIDAY_LABELS),
    )


_SINCE = _column("since", N_("First day"), shape=Shape.DAY)
_UNTIL = _column("until", N_("Ends on (first day without it)"), shape=Shape.DAY)
_BASIS = _column("basis", N_("Legal basis (document)"))
_ORDER = _column("order", N_("Place among others"), shape=Shape.WHOLE)
_ASKS = _scope("asks", N_("Asked of"))
_DATES = (_SINCE, _UNTIL, *_ASKS, _BASIS)
_DIRECTIVE = _column("directive", N_("Directive (number)"))
_FORM = _column("form", N_("Form (id)"))
_SECTION = _column("section", N_("Section (key)"))
_KEY = _column("key", N_("Key"))
_TITLE = _column("title", N_("Title of it"))
_ID = _column("id", N_("Id"))

_FIELD = (
    _KEY,
    _column("indicator", N_("Indicator (code)")),
    _column("task", N_("Task (id)")),
    _column("label", N_("Words of the question")),
    _column("hint", N_("Hint beside it")),
    _column("directive", N_("Directive that the document carries out")),
    _column("by", N_("To be issued by"), shape=Shape.DAY),
    ContentColumn(
        key="option",
        heading=(N_("Options (code | words)"),),
        shape=Shape.PAIRS,
        parts=(("code", Shape.TEXT), ("text", Shape.TEXT)),
    ),
    _column("required", N_("Must be answered"), shape=Shape.FLAG),
    _column("future", N_("May lie in the future"), shape=Shape.FLAG),
    _column("max_length", N_("Most letters"), shape=Shape.WHOLE),
    *_DATES,
)
_TYPE_OF_FIELD = _one_of("type", N_("Type of answer"), words=QUESTION_LABELS)

SHEETS: tuple[SheetOf, ...] = (
    SheetOf(
        kind="directive",
        title=N_("Directives"),
        columns=(
            _ID,
            _column("type", N_("Type of document")),
            _column("number", N_("Number and symbol")),
            _column("issuer", N_("Symbol of the issuer")),
            _column("body", N_("Body that issued it")),
            _column("title", N_("What it is about")),
            _column("date", N_("Date of issue"), shape=Shape.DAY),
            _column("term", N_("Term of office")),
            _column("source", N_("Where it was found")),
            _column("plenum", N_("Plenum"), shape=Shape.WHOLE),
        ),
    ),
    SheetOf(
        kind="link",
        title=N_("Links of directives"),
        columns=(
            _column("source", N_("Document")),
            _one_of("kind", N_("What it does"), words=LINK_LABELS),
            _column("target", N_("With the document")),
            _BASIS,
        ),
    ),
    SheetOf(
        kind="unit_kind",
        title=N_("Kinds of units"),
        columns=(
            _column("code", N_("Code of it")),
            _column("name", N_("Name of it")),
            _one_of("like", N_("Behaves like"), words=KIND_LABELS),
            _one_of("sector", N_("Sector of its units"), words=SECTOR_LABELS),
            _column("plural", N_("Several of them")),
            _column("also", N_("Other names"), shape=Shape.LINES),
        ),
    ),
    SheetOf(
        kind="indicator",
        title=N_("Indicators of the office"),
        columns=(
            _column("code", N_("Code of it")),
            _column("label", N_("Label on the form")),
            _column("name", N_("Name of it")),
            _column("measure", N_("Measure of it")),
            _column("decimals", N_("Decimals"), shape=Shape.WHOLE),
            _one_of("units", N_("Over units"), words=OVER_UNITS_LABELS),
            _one_of("time", N_("Over time"), words=OVER_TIME_LABELS),
            _column("weight", N_("Weighed by (code)")),
            _one_of("direction", N_("Better when"), words=DIRECTION_LABELS),
            _column("worsens_by", N_("Worse from a change of"), shape=Shape.NUMBER),
            _column("worsens_floor", N_("Worse only above"), shape=Shape.NUMBER),
            _column("population", N_("How many there are (code)")),
            _column("formula", N_("Formula")),
            _column("minimum", N_("Minimum"), shape=Shape.NUMBER),
            _column("maximum", N_("Maximum"), shape=Shape.NUMBER),
            _column("at_most", N_("At most as much as (code)")),
            _column("parts", N_("Its parts (codes)"), shape=Shape.LINES),
            *_ASKS,
            _column("short", N_("Short name")),
            _column("note", N_("How it is counted")),
            _SINCE,
            _BASIS,
        ),
    ),
    SheetOf(
        kind="form",
        title=N_("Forms of the office"),
        columns=(
            _ID,
            _TITLE,
            _DIRECTIVE,
            _one_of("every", N_("Owed every"), words=EVERY),
            *_due("due"),
            *_scope("owed_by", N_("Owed by")),
            _column("calendar", N_("Calendar")),
            *_scope("leader", N_("Signed off by the leader of")),
            _column("due_for", N_("Other deadlines"), shape=Shape.TABLES),
            _SINCE,
            _UNTIL,
            _BASIS,
        ),
    ),
    SheetOf(
        kind="form.section",
        title=N_("Sections of forms"),
        columns=(_FORM, _KEY, _TITLE, *_DATES),
    ),
    SheetOf(
        kind="form.section.field",
        title=N_("Fields of forms"),
        columns=(_FORM, _SECTION, _TYPE_OF_FIELD, *_FIELD),
    ),
    SheetOf(
        kind="section",
        title=N_("Added sections"),
        columns=(_FORM, _KEY, _TITLE, _ORDER, *_DATES),
    ),
    SheetOf(
        kind="question",
        title=N_("Added questions"),
        columns=(_FORM, _SECTION, _TYPE_OF_FIELD, _ORDER, *_FIELD),
    ),
    SheetOf(
        kind="target",
        title=N_("Targets of the office"),
        columns=(
            _ID,
            _DIRECTIVE,
            _column("indicator", N_("Indicator (code)")),
            _column("value", N_("Value to reach"), shape=Shape.NUMBER),
            _column("period", N_("Period like 2018 or 2018-Q3")),
            _one_of("aim", N_("At least or at most"), words=AIM_LABELS),
            *_scope("scope", N_("Set for")),
            _column("each", N_("For each unit by itself"), shape=Shape.FLAG),
            ContentColumn(
                key="path",
                heading=(N_("Values on the way (day | value)"),),
                shape=Shape.PAIRS,
                parts=(("day", Shape.DAY), ("value", Shape.NUMBER)),
            ),
            _BASIS,
        ),
    ),
    SheetOf(
        kind="task",
        title=N_("Tasks of the office"),
        columns=(
            _ID,
            _DIRECTIVE,
            _TITLE,
            _column("responsible", N_("Responsible (code of the unit)")),
            _column("responsible_name", N_("Responsible (words)")),
            _column("cooperating", N_("Cooperating"), shape=Shape.LINES),
            _column("deadline", N_("Deadline"), shape=Shape.DAY),
            _column("answers", N_("Shortcomings that it answers"), shape=Shape.LINES),
            _column("implements", N_("What it carries out"), shape=Shape.LINES),
            _ORDER,
            _BASIS,
        ),
    ),
    SheetOf(
        kind="rule",
        title=N_("Rules of the office"),
        columns=(
            _ID,
            _one_of("kind", N_("What it finds"), words=FINDING_LABELS),
            _DIRECTIVE,
            _TITLE,
            _one_of("type", N_("Type of rule"), words=RULE_LABELS),
            _column("indicators", N_("Indicators (codes)"), shape=Shape.LINES),
            *_scope("scope", N_("Looks at")),
            ContentColumn(
                key="sentences",
                heading=(N_("Sentences (case: words)"),),
                shape=Shape.SENTENCES,
                words=CASE_LABELS,
            ),
            _column("coverage", N_("Per cent of the reports that it needs"), shape=Shape.WHOLE),
            _column("judgement", N_("Words of judgement")),
            _column("judged_by", N_("Judged by (codes)"), shape=Shape.LINES),
            _column("tasks", N_("Tasks against it (ids)"), shape=Shape.LINES),
            _column("row", N_("Row of the report")),
            _one_of("joins", N_("Joins the others as"), words=JOINS_LABELS),
            _column("target", N_("Target (id)")),
            _column("gap", N_("Gap"), shape=Shape.WHOLE),
            _column("field", N_("Question (key)")),
            _column("codes", N_("Codes of answers"), shape=Shape.LINES),
            _column("at_least", N_("At least so many units"), shape=Shape.WHOLE),
            _column("last", N_("So many last periods"), shape=Shape.WHOLE),
            _column("quotes", N_("Quotes the question (key)")),
            _column(
                "since", N_("For reviews of a time that ends on this day or later"), shape=Shape.DAY
            ),
            _ORDER,
            _BASIS,
        ),
    ),
    SheetOf(
        kind="overlay",
        title=N_("Overlays"),
        columns=(
            _ID,
            _column("form", N_("Changes the form (id)")),
            _column("indicator", N_("Changes the indicator (code)")),
            _column("target", N_("Changes the target (id)")),
            _column("task", N_("Changes the task (id)")),
            _column("within", N_("For the unit and all under it")),
            *_due("set.due"),
            _column("set.due_for", N_("Other deadlines"), shape=Shape.TABLES),
            _column("set.without", N_("Leaves out the questions (keys)"), shape=Shape.LINES),
            _column("set.minimum", N_("New minimum"), shape=Shape.NUMBER),
            _column("set.maximum", N_("New maximum"), shape=Shape.NUMBER),
            _column("set.formula", N_("New formula")),
            _column("set.value", N_("New value to reach"), shape=Shape.NUMBER),
            _column("set.deadline", N_("New deadline of the task"), shape=Shape.DAY),
            _column("set.responsible", N_("New unit that is responsible")),
            _SINCE,
            _UNTIL,
            _BASIS,
        ),
    ),
    SheetOf(
        kind="letterhead",
        title=N_("Letterheads"),
        columns=(
            _column("unit", N_("Unit (code; empty: the whole office)")),
            _column("superior", N_("Body above")),
            _column("body", N_("Body that issues it")),
            _column("place", N_("Place of issue")),
            _column("symbol", N_("Symbol of its documents")),
            _column("authority", N_("Signed for")),
            _column("post", N_("Post of who signs")),
            _column("signer", N_("Name of who signs")),
            _column("recipients", N_("Sent to"), shape=Shape.LINES),
            _column("seal_line", N_("Line of the edition at the foot"), shape=Shape.FLAG),
        ),
    ),
    SheetOf(
        kind="outline",
        title=N_("Outlines of the office"),
        columns=(
            _ID,
            _TITLE,
            _column("annexes", N_("Annexes"), shape=Shape.LINES),
            _column("default_for", N_("For the reports on (numbers)"), shape=Shape.LINES),
            _column("periods", N_("Only over periods"), shape=Shape.LINES),
            _BASIS,
        ),
    ),
    SheetOf(
        kind="outline.part",
        title=N_("Parts of outlines"),
        columns=(
            _column("outline", N_("Outline (id)")),
            _KEY,
            _column("heading", N_("Heading")),
            _column("level", N_("Level of the heading"), shape=Shape.WHOLE),
            _column("takes", N_("What it takes in"), shape=Shape.TABLES),
            _column("offers", N_("Offers the words of (keys)"), shape=Shape.LINES),
            _column("hint", N_("What belongs here")),
        ),
    ),
)
"""All sheets, in their order in the workbook."""

BY_KIND: Mapping[str, SheetOf] = MappingProxyType({sheet.kind: sheet for sheet in SHEETS})

"""What can be made on *Quản trị › Nội dung*: which boxes a definition of each sort has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from nqcore.catalogue.item_kinds import Item
from nqcore.errors import N_
from webforms.admin import content_choices as lists
from webforms.admin.content_boxes import BoxType, ContentBox, inside
from webforms.admin.content_rules import RULE_SHAPES
from webforms.admin.content_units import BASIS, DATES, SINCE, UNTIL, units_boxes

Table = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentShape:
    """One sort of definitions: its word in the address, its kind in a file, the words on the page, its boxes,
    and what every one of them says (`says`). `several`: the key whose values make one definition each."""

    slug: str
    kind: str
    words: str
    boxes: tuple[ContentBox, ...]
    says: Mapping[str, Any] = field(default_factory=dict)
    several: str = ""

    def is_of(self, table: Mapping[str, Any]) -> bool:
        """Whether a definition of its kind is one of this sort."""
        if self.kind == "indicator":
            return ("formula" in table) == (self.slug == COMPUTED)
        if self.kind == "overlay":
            return {*table.get("set", ())} == {"without" if self.slug == LEFT_OUT else "value"}
        return all(inside(table, key) == value for key, value in self.says.items())


COMPUTED, LEFT_OUT = "chi-tieu-tinh", "bo-cau-hoi"
PLACE = "place"
"""The box that says a section or a question with its form: "res20.q/B"."""


def _box(key: str, label: str, type: BoxType = BoxType.LINE, **more: Any) -> ContentBox:
    return ContentBox(key=key, label=label, type=type, **more)


def _needed(key: str, label: str, type: BoxType = BoxType.LINE, **more: Any) -> ContentBox:
    return ContentBox(key=key, label=label, type=type, required=True, **more)


_DIRECTIVE = _needed(
    "directive", N_("Of which directive"), BoxType.CHOICE, choices=lists.directives
)
_FIGURE_BOXES = (
    _needed(
        "label",
        N_("Label on the form"),
        fixed=True,
        hint=N_("Letters without accents, digits and points. No other indicator should have it."),
        example="T1",
    ),
    _needed("name", N_("Name of the indicator")),
    _needed("measure", N_("Measure"), example="người, buổi, %"),
)
_FIGURE_ENDS = (
    _box("direction", N_("Which way is good"), BoxType.CHOICE, choices=lists.DIRECTION),
    _box("minimum", N_("Never below"), BoxType.BOUND, hint=N_("Empty: any number.")),
    _box("maximum", N_("Never above"), BoxType.BOUND, hint=N_("Empty: any number.")),
    _box("note", N_("What is counted"), BoxType.LONG),
)
_ADDED = (
    _needed("units", N_("Over the units it is"), BoxType.CHOICE, choices=lists.OVER_UNIT),
    _needed("time", N_("Over the periods it is"), BoxType.CHOICE, choices=lists.TIME),
)
_VERSION = ContentBox(
    key="since",
    label=N_("In force from"),
    type=BoxType.DAY,
    required=True,
    hint=N_("Another day makes a new version of it; what was reported before keeps the old one."),
)
_SECTION = _needed(PLACE, N_("In which section"), BoxType.CHOICE, choices=lists.sections)
_KEY = _box("key", N_("Its key"), fixed=True, hint=N_("Empty: the next one that is free."))
_ASKED = units_boxes("asks", N_("Asked only of units of these kinds"))


def _question(slug: str, words: str, type: str, *boxes: ContentBox) -> ContentShape:
    labelled = (
        _needed("label", N_("What is asked")),
        _box("hint", N_("Said below the question")),
        *boxes,
    )
    own = boxes if type == "figure" else (_KEY, *labelled)
    return ContentShape(
        slug=slug,
        kind="question",
        words=words,
        says={"type": type},
        boxes=(_SECTION, *own, *_ASKED, *DATES),
    )


_SHAPES = (
    ContentShape(
        slug="van-ban",
        kind="directive",
        words=N_("Directive"),
        boxes=(
            _needed("type", N_("Kind of document"), example="Nghị quyết"),
            _needed("number", N_("Number, symbol"), example="21-NQ/TW"),
            _needed("issuer", N_("Symbol of the issuer"), example="TW"),
            _needed("body", N_("Body")),
            _needed("title", N_("Subject of the document"), BoxType.LONG),
            _box("date", N_("Date of the document"), BoxType.DAY),
            _box("term", N_("Term"), example="XI"),
        ),
    ),
    ContentShape(
        slug="quan-he",
        kind="link",
        words=N_("Relation of two directives"),
        boxes=(
            _needed("source", N_("This directive"), BoxType.CHOICE, choices=lists.directives, fixed=True),
            _needed("kind", N_("has the relation"), BoxType.CHOICE, choices=lists.LINK, fixed=True),
            _needed("target", N_("to this one"), BoxType.CHOICE, choices=lists.directives, fixed=True),
            _box("basis", N_("Ordered by")),
        ),
    ),
    ContentShape(
        slug="chi-tieu",
        kind="indicator",
        words=N_("Indicator that is counted"),
        boxes=(
            *_FIGURE_BOXES,
            *_ADDED,
            _box("decimals", N_("Digits behind the comma"), BoxType.WHOLE, hint=N_("Empty: none.")),
            *_FIGURE_ENDS,
            *units_boxes("asks", N_("Reported only by units of these kinds")),
            _VERSION,
            BASIS,
        ),
    ),
    ContentShape(
        slug=COMPUTED,
        kind="indicator",
        words=N_("Indicator that is computed"),
        boxes=(
            *_FIGURE_BOXES,
            _needed(
                "formula",
                N_("Formula in the labels"),
                BoxType.FORMULA,
                hint=N_("With + - * / and brackets."),
                example="T1 / B1 * 100",
            ),
            _box("decimals", N_("Digits behind the comma"), BoxType.WHOLE, hint=N_("Empty: none.")),
            *_FIGURE_ENDS,
            _VERSION,
            BASIS,
        ),
    ),
    ContentShape(
        slug="bieu-mau",
        kind="form",
        words=N_("Form"),
        boxes=(
            _needed("title", N_("Name of the form")),
            _DIRECTIVE,
            _needed("every", N_("Owed every"), BoxType.CHOICE, choices=lists.every),
            _needed("due.day", N_("Due on day"), BoxType.WHOLE, example="10"),
            _box(
                "due.months_after",
                N_("of which month after the period"),
                BoxType.WHOLE,
                hint=N_("Empty: the first."),
            ),
            *units_boxes("owed_by", N_("Owed only by units of these kinds")),
            *DATES,
        ),
    ),
    ContentShape(
        slug="muc",
        kind="section",
        words=N_("Section of a form"),
        boxes=(
            _needed("form", N_("Of which form"), BoxType.CHOICE, choices=lists.forms, fixed=True),
            _box("key", N_("Its letter"), fixed=True, hint=N_("Empty: the next one that is free.")),
            _needed("title", N_("Heading of the section")),
            *_ASKED,
            *DATES,
        ),
    ),
    _question(
        "cau-hoi-so", N_("Question for a figure"), "figure",
        _needed(
            "indicator",
            N_("Which indicator"),
            BoxType.CHOICE,
            choices=lists.unasked,
            hint=N_("Those that no form asks for yet."),
        ),
    ),
    _question(
        "cau-hoi-loi", N_("Question for words"), "narrative",
        _box("max_length", N_("At most so many letters"), BoxType.WHOLE, hint=N_("Empty: 1,500.")),
    ),
    _question(
        "cau-hoi-chon", N_("Question with choices"), "choices",
        _needed("option", N_("What can be chosen, one a line"), BoxType.OPTIONS),
    ),
    _question("cau-hoi-co-khong", N_("Question for yes or no"), "yes_no"),
    _question("cau-hoi-ngay", N_("Question for a day"), "day"),
    ContentShape(
        slug="muc-tieu",
        kind="target",
        words=N_("Target"),
        boxes=(
            _DIRECTIVE,
            _needed("indicator", N_("Which indicator"), BoxType.CHOICE, choices=lists.indicators),
            _needed("aim", N_("To be reached"), BoxType.CHOICE, choices=lists.AIM),
            _needed("value", N_("Value of the target"), BoxType.NUMBER),
            _needed("period", N_("By the end of"), BoxType.PERIOD, example="2020, Quý IV/2020"),
            _box(
                "each",
                N_("Reached by"),
                BoxType.FLAG,
                choices=lists.each_or_all,
                first=N_("as the program finds"),
            ),
            *units_boxes("scope", N_("Set only for units of these kinds")),
            BASIS,
        ),
    ),
    ContentShape(
        slug="nhiem-vu",
        kind="task",
        words=N_("Task"),
        boxes=(
            _DIRECTIVE,
            _needed("title", N_("What is to be done"), BoxType.LONG),
            _box(
                "responsible",
                N_("Responsible"),
                BoxType.CHOICE,
                choices=lists.units,
                first=N_("a body outside the list"),
            ),
            _box("responsible_name", N_("Name of a body outside the list")),
            _box("cooperating", N_("Units that help, one a line"), BoxType.UNITS),
            _box("deadline", N_("Deadline"), BoxType.DAY, hint=N_("Empty: all the time.")),
            _box("answers", N_("It is meant to correct"), BoxType.TICKS, choices=lists.rules),
            BASIS,
        ),
    ),
    *(ContentShape(**one) for one in RULE_SHAPES),
    ContentShape(
        slug="dieu-chinh-muc-tieu",
        kind="overlay",
        words=N_("Another value of a target for a part of the units"),
        several="within",
        boxes=(
            _needed("target", N_("Which target"), BoxType.CHOICE, choices=lists.targets),
            _needed("set.value", N_("Value there"), BoxType.NUMBER),
            _needed("within", N_("For these units and all below them, one a line"), BoxType.UNITS),
            SINCE,
            UNTIL,
            BASIS,
        ),
    ),
    ContentShape(
        slug=LEFT_OUT,
        kind="overlay",
        words=N_("A question left out for a part of the units"),
        several="within",
        boxes=(
            _needed(PLACE, N_("Which question"), BoxType.CHOICE, choices=lists.questions),
            _needed("within", N_("For these units and all below them, one a line"), BoxType.UNITS),
            SINCE,
            UNTIL,
            BASIS,
        ),
    ),
    ContentShape(
        slug="loai-don-vi",
        kind="unit_kind",
        words=N_("Kind of units"),
        boxes=(
            _needed("code", N_("Code"), fixed=True, example="truong-hoc"),
            _needed("name", N_("Name of one such unit"), example="Trường học"),
            _box("plural", N_("Name of several"), example="Các trường học"),
            _needed("like", N_("It behaves like"), BoxType.CHOICE, choices=lists.built_in_kinds),
        ),
    ),
)  # fmt: skip
SHAPES: Mapping[str, ContentShape] = MappingProxyType({one.slug: one for one in _SHAPES})
"""All sorts, by their words in the address."""

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        N_("Directives"): ("van-ban", "quan-he"),
        N_("Indicators"): ("chi-tieu", COMPUTED),
        N_("Forms and questions"): tuple(
            one.slug for one in _SHAPES if one.kind in ("form", "section", "question")
        ),
        N_("Targets and tasks"): ("muc-tieu", "nhiem-vu"),
        N_("Exceptions for a part of the units"): ("dieu-chinh-muc-tieu", LEFT_OUT),
        N_("Rules for findings"): tuple(one.slug for one in _SHAPES if one.kind == "rule"),
        N_("Kinds of units"): ("loai-don-vi",),
    }
)
"""How the sorts are offered."""


def shape_of(item: Item, table: Mapping[str, Any]) -> ContentShape | None:
    """The sort of a definition; None: it says what no page here offers."""
    return next((one for one in _SHAPES if one.kind == item.kind and one.is_of(table)), None)

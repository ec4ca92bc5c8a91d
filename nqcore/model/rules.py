"""Rules as data: the types of rules, what each of them takes, and rules of such a type.

`RULE_TYPES` declares every type; `nqcore.analysis.findings` has the function of each. What a rule may not
say (an option that its type does not have, a case or a name in braces that it does not fill) is found by
`rule_mistakes`, when its file is read and again before the rule is evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from string import Formatter
from typing import NamedTuple

from nqcore.errors import N_, Phrase, Words, in_a_row
from nqcore.model.asking import LEFT_OUT
from nqcore.model.findings import FindingKind, Joins
from nqcore.model.indicators import row_label
from nqcore.model.units import EVERY_UNIT, Scope
from nqcore.text.suggestions import did_you_mean

Parameter = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDefinition:
    """A rule from a plugin's TOML file.

    `type` names the test ("still-zero", "gaps" …; `RULE_TYPES` has them); `scope` limits the units that
    are tested. `sentences` are templates by case, with ``{name}`` for figures and texts. `params` are
    the options of its type. `coverage`: the least share of the reports due, in per cent, with which it
    speaks (80; the case "none so far" always needs all units). `judgement` are words that no figure
    proves; they are the name {judgement} of its sentences, and stand there only if figures of `judged_by`
    (none: of `indicators`) moved the good way and none the bad way. `tasks` are the tasks that answer the
    finding; `basis` is the legal basis. The findings of the rules of one plugin and kind with the same `row`
    stand in one dash of the report; `joins` says how it follows the one before it there. `since`: it holds
    for reviews of a time that ends on that day or later (None: for all), so that a rule which comes with a
    newer plugin changes no review of the time before.
    """

    id: str
    kind: FindingKind
    directive: str
    title: str
    type: str
    indicators: tuple[str, ...] = ()
    scope: Scope = EVERY_UNIT
    sentences: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, Parameter] = field(default_factory=dict)
    coverage: int = 80
    judgement: str = ""
    judged_by: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    order: int = 0
    row: str = ""
    joins: Joins = Joins.SENTENCE
    since: date | None = field(default=None, metadata={LEFT_OUT: True})
    basis: str = ""

    def holds(self, end: date) -> bool:
        """Whether it holds for a review of a time whose last day is `end`."""
        return self.since is None or self.since <= end


# -- the types -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RuleOption:
    """An option of a rule type: a text, a whole number (from `least` on) or a list of texts (at least
    one), as `kind` says. Without a `default` a `required` one must be given."""

    kind: type[str] | type[int] | type[tuple[str, ...]]
    give: Words
    required: bool = False
    default: Parameter | None = None
    least: int = 0

    def allows(self, value: object) -> bool:
        """Whether `value` may be given for the option."""
        if isinstance(value, bool) or not isinstance(value, self.kind):
            return False
        if isinstance(value, int):
            return value >= self.least
        if isinstance(value, tuple):
            return bool(value) and all(isinstance(item, str) for item in value)
        return bool(value.strip())


def _text(example: str, *, required: bool = True) -> RuleOption:
    return RuleOption(
        str, Phrase(N_('give a text like "{example}"'), {"example": example}), required
    )


def _count(least: int, default: int | None = None) -> RuleOption:
    give = Phrase(N_("give a whole number from {least} on"), {"least": least})
    return RuleOption(int, give, default is None, default, least)


def _no_names(indicators: tuple[str, ...]) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTypeDeclaration:
    """What a rule type takes: the `names` in braces for each case of its sentences, further names for its
    indicators, whether it needs an indicator, and its options."""

    cases: Mapping[str, tuple[str, ...]]
    names_of: Callable[[tuple[str, ...]], tuple[str, ...]] = _no_names
    needs_indicator: bool = True
    options: Mapping[str, RuleOption] = field(default_factory=dict)

    def names(self, case: str, indicators: tuple[str, ...]) -> tuple[str, ...]:
        """The names that the sentence for `case` may have in braces."""
        return (*self.names_of(indicators), *self.cases[case], *EVERY_CASE)


EVERY_CASE = ("judgement", "over", "by", "population", "area", "unit")
"""The names that every sentence may have: the words of judgement; the time covered ("trong năm 2018", "từ
năm 2008 đến nay"); the day up to which it is covered ("đến nay", "đến hết quý II năm 2018"); of a rule with
an indicator, how many units have reported of how many there are ("11 trong 103"); {area} behind it is " trên
địa bàn" where it says how many there are, and else nothing; {unit} is the name of the review's own unit with
a space before it, where the sentence is about that unit alone, and else nothing."""


def _labels(indicators: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(row_label, indicators))


def _first_and_last(indicators: tuple[str, ...]) -> tuple[str, ...]:
    """{first}, {last} and {move} of the first indicator, {first_2}, {last_2}, {move_2} of the second …"""
    return tuple(
        f"{name}{suffix}"
        for suffix in map(nth_suffix, range(len(indicators)))
        for name in ("first", "last", "move")
    )


def _further_labels(indicators: tuple[str, ...]) -> tuple[str, ...]:
    return _labels(indicators[1:])


def nth_suffix(nth: int) -> str:
    """What the names of the indicator number `nth` (from 0) end with: "", "_2", "_3" …"""
    return f"_{nth + 1}" if nth else ""


_STILL_ZERO = ("value", "target", "period", "units", "having", "since", "until")
_UNITS = ("some", "names")
_GAPS = ("gap_units", *_UNITS, "row", "gap", "since", "until")
_TARGET = ("value", "target", "indicator", "period")
_GROWN = ("change", "first_period", "last_period", "then", "now")
_ONE = ("names",)
"""The case of one unit has its name, and no number of units."""

RULE_TYPES: Mapping[str, RuleTypeDeclaration] = {
    "still-zero": RuleTypeDeclaration(
        cases=dict.fromkeys(("zero", "part", "below", "one"), _STILL_ZERO),
        names_of=_further_labels,
        options={"target": _text("hu.bhxh-2018", required=False)},
    ),
    "gaps": RuleTypeDeclaration(
        cases={
            "some": (*_GAPS, "value", "having"),
            "zero": _GAPS,
            "one": ("names", "row", "gap", "value", "since", "until"),
        },
        options={"gap": _count(1)},
    ),
    "same-complaint": RuleTypeDeclaration(
        cases={"some": ("units", *_UNITS), "one": _ONE},
        needs_indicator=False,
        options={
            "field": _text("K1"),
            "codes": RuleOption(tuple, 'give codes = ["…"]', required=True),
            "at_least": _count(1),
            "last": _count(0, default=0),
            "quotes": _text("N1", required=False),
        },
    ),
    "grown": RuleTypeDeclaration(
        cases=dict.fromkeys(("some", "one"), _GROWN),
        names_of=_first_and_last,
    ),
    "total": RuleTypeDeclaration(
        cases={"some": ("since", "until", "units"), "one": ("since", "until")}, names_of=_labels
    ),
    "target": RuleTypeDeclaration(
        cases={
            "some": _TARGET,
            "zero": _TARGET,
            "ahead": (*_TARGET, "path"),
            "behind": (*_TARGET, "path"),
        },
        options={"target": _text("hu.bhxh-2018", required=False)},
    ),
    "plans": RuleTypeDeclaration(
        cases={
            "some": (
                "issued",
                "missing",
                *_UNITS,
                "missing_names",
                "unreported",
                "unreported_names",
            ),
            "one": _ONE,
            "none": (),
        },
        needs_indicator=False,
        options={"field": _text("VB1")},
    ),
    "answers": RuleTypeDeclaration(
        cases={"some": ("units", *_UNITS, "missing", "missing_names"), "one": _ONE, "none": ()},
        needs_indicator=False,
        options={
            "field": _text("QC1"),
            "codes": RuleOption(tuple, 'give codes = ["yes"]', required=True),
            "at_least": _count(1, default=1),
        },
    ),
    "days": RuleTypeDeclaration(
        cases={
            "some": ("list", "given", "open", "open_names", "missing", "missing_names"),
            "one": ("list",),
            "none": (),
        },
        needs_indicator=False,
        options={"field": _text("N1")},
    ),
}
"""The rule types by the name used in TOML."""


# -- what a rule may not say -----------------------------------------------------------------------


class RuleMistake(NamedTuple):
    """A mistake of a rule: the key, what is wrong, what to do."""

    key: str
    detail: Words
    remedy: Words


def rule_mistakes(rule: RuleDefinition) -> Iterator[RuleMistake]:
    """Everything about a rule that its type does not take."""
    unknown = type_mistake(rule.type)
    if unknown is not None:
        yield unknown
        return
    for option in rule.params:
        if option not in RULE_TYPES[rule.type].options:
            yield unknown_option(rule.type, option)
    yield from option_mistakes(rule.type, rule.params)
    yield from indicator_mistakes(rule.type, rule.indicators)
    yield from sentence_mistakes(rule.type, rule.indicators, rule.sentences)


def type_mistake(type: str) -> RuleMistake | None:
    """What is wrong with the name of a rule type."""
    if type in RULE_TYPES:
        return None
    remedy = _with_suggestion(
        Phrase(N_("give {names}"), {"names": ", ".join(RULE_TYPES)}), type, RULE_TYPES
    )
    return RuleMistake("type", Phrase(N_("there is no rule type “{type}”"), {"type": type}), remedy)


def unknown_option(type: str, option: str) -> RuleMistake:
    """The mistake of an option that the type does not have."""
    options = RULE_TYPES[type].options
    taken = ", ".join(options) or Phrase(N_("no option"))
    remedy = Phrase(N_("“{type}” takes {options}"), {"type": type, "options": taken})
    return RuleMistake(
        option,
        Phrase(N_("is no option of “{type}”"), {"type": type}),
        _with_suggestion(remedy, option, options),
    )


def option_mistakes(type: str, params: Mapping[str, object]) -> Iterator[RuleMistake]:
    """What is wrong with the options of a rule of that type: missing, or of another kind."""
    for name, option in RULE_TYPES[type].options.items():
        if name not in params:
            if option.required:
                yield RuleMistake(name, Phrase(N_("is missing")), option.give)
        elif not option.allows(params[name]):
            yield RuleMistake(
                name, Phrase(N_("is {value}"), {"value": _shown(params[name])}), option.give
            )


def _shown(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_shown, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)


def indicator_mistakes(type: str, indicators: Collection[str]) -> Iterator[RuleMistake]:
    """Whether the type needs an indicator, and has none."""
    needed = RULE_TYPES[type].needs_indicator
    if needed and not indicators:
        yield RuleMistake("indicators", Phrase(N_("is missing")), Phrase(N_("name an indicator")))
    elif indicators and not needed:
        yield RuleMistake(
            "indicators",
            Phrase(N_("is not used by “{type}”"), {"type": type}),
            Phrase(N_("leave it out")),
        )


def sentence_mistakes(
    type: str, indicators: tuple[str, ...], sentences: Mapping[str, str]
) -> Iterator[RuleMistake]:
    """Cases that the type does not have, and names in braces that it does not fill."""
    declared = RULE_TYPES[type]
    for case, template in sentences.items():
        key = f"sentences.{case}"
        if case not in declared.cases:
            remedy = _with_suggestion(
                Phrase(N_("use {names}"), {"names": ", ".join(declared.cases)}),
                case,
                declared.cases,
            )
            yield RuleMistake(key, Phrase(N_("is no case of “{type}”"), {"type": type}), remedy)
            continue
        known = sorted({*declared.names(case, indicators)})
        try:
            names = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
        except ValueError as wrong:
            yield RuleMistake(
                key,
                Phrase(N_("has a brace too many ({wrong})"), {"wrong": wrong}),
                Phrase(N_("write {{{{ for a single brace")),
            )
            continue
        for name in dict.fromkeys(names):
            if name not in known:
                remedy = _with_suggestion(
                    Phrase(N_("known here: {names}"), {"names": ", ".join(known)}), name, known
                )
                yield RuleMistake(key, Phrase(N_("names {{{name}}}"), {"name": name}), remedy)


def _with_suggestion(words: Words, name: str, known: Collection[str]) -> Phrase:
    return in_a_row(words, did_you_mean(name, known))

"""The types of rules that can be written in TOML. Each reads a `ReviewData` and yields findings.

`nqcore.model.rules.RULE_TYPES` declares what each type takes: its options, the cases of its `sentences`,
and the names in braces. The docstring of a type says what they mean. A rule without a sentence for a case
gives no finding in it. Every function expects a rule without mistakes: `rule_type` gives it only for one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from nqcore.analysis.findings.sentence_templates import Part, fill_template
from nqcore.catalogue.contracts import ReviewData
from nqcore.errors import DefinitionError, Mistake
from nqcore.model.cells import CellState
from nqcore.model.fields import Answer, OwnDocument, type_of
from nqcore.model.figures import Figure
from nqcore.model.findings import Evidence, FigureRef, Finding, FindingKind, Quote, UnitCount
from nqcore.model.indicators import Direction, row_label
from nqcore.model.periods import Period
from nqcore.model.rules import RULE_TYPES, Parameter, RuleDefinition, nth_suffix, rule_mistakes
from nqcore.model.targets import Aim, Target
from nqcore.model.units import Unit
from nqcore.text.dates import write_date
from nqcore.text.numbers import write_change, write_figure

RuleType = Callable[[RuleDefinition, str, ReviewData], Iterator[Finding]]


def _finding(
    rule: RuleDefinition, owner: str, case: str, parts: Mapping[str, Part], evidence: Evidence
) -> Iterator[Finding]:
    template = rule.sentences.get(case)
    if template is None:
        return
    sentence = fill_template(template, parts, rule.id, owner)
    # A sentence about a figure without a value would have a hole in it.
    if all(p.figure.value is not None for p in sentence if isinstance(p, FigureRef)):
        yield Finding(
            rule=rule.id,
            owner=owner,
            kind=rule.kind,
            title=rule.title,
            sentence=sentence,
            evidence=evidence,
            tasks=rule.tasks,
            order=rule.order,
        )


def _codes(units: Iterable[Unit]) -> tuple[str, ...]:
    return tuple(unit.code for unit in units)


def _names(units: Sequence[Unit]) -> str:
    return ", ".join(unit.name for unit in units)


def _option(rule: RuleDefinition, name: str) -> Parameter | None:
    """The value of an option, or else its default."""
    return rule.params.get(name, RULE_TYPES[rule.type].options[name].default)


def _whole(rule: RuleDefinition, name: str) -> int:
    value = _option(rule, name)
    assert isinstance(value, int)
    return value


def _text(rule: RuleDefinition, name: str) -> str:
    value = _option(rule, name)
    assert isinstance(value, str)
    return value


def _texts(rule: RuleDefinition, name: str) -> tuple[str, ...]:
    value = _option(rule, name)
    assert isinstance(value, tuple)
    return value


def _years(review: ReviewData, indicator: str) -> tuple[str, str]:
    """The first and last year of the periods that count, as text."""
    periods = review.periods(indicator)
    if not periods:
        return str(review.span.start.year), str(review.span.end.year)
    return str(periods[0].start.year), str(periods[-1].end.year)


def _asked_units(review: ReviewData, rule: RuleDefinition, indicator: str) -> tuple[Unit, ...]:
    return tuple(u for u in review.units(rule.scope) if review.asked(indicator, u.code))


def _target(review: ReviewData, rule: RuleDefinition, indicator: str) -> Target | None:
    wanted = _option(rule, "target")
    found = [t for t in review.targets(indicator) if wanted in (None, t.id)]

    def strictness(target: Target) -> tuple[Decimal, str]:
        return (target.value if target.aim is Aim.AT_LEAST else -target.value, target.id)

    # The strictest of several: a local plan may ask for more than the higher document.
    return max(found, key=strictness, default=None)


def still_zero(rule: RuleDefinition, owner: str, review: ReviewData) -> Iterator[Finding]:
    """`indicators[0]` over the scope and the whole span is 0 (case ``zero``), or above 0 but short
    of the target (case ``below``).

    {value} {target} {units} units in scope, {having} of them with more than 0, {since} {until} years.
    """
    code = rule.indicators[0]
    figure = review.figure_over(code, rule.scope)
    if figure.value is None:
        return
    units = _asked_units(review, rule, code)
    own = [(unit, review.figure(code, unit.code, own=True)) for unit in units]
    having = [unit for unit, one in own if one.value]
    since, until = _years(review, code)
    target = _target(review, rule, code)
    parts: dict[str, Part] = {
        "value": figure,
        "units": UnitCount(_codes(units)),
        "having": UnitCount(_codes(having), _codes(units), share=True),
        "since": since,
        "until": until,
    }
    if target is not None:
        parts["target"] = write_figure(target.value)
    evidence = Evidence(
        figures=(figure,),
        units=_codes(unit for unit in units if unit not in having),
        periods=tuple(period.code for period in review.periods(code)),
    )
    if figure.value == 0:
        yield from _finding(rule, owner, "zero", parts, evidence)
    elif target is not None and target.aim is Aim.AT_LEAST and not target.met(figure.value):
        yield from _finding(rule, owner, "below", parts, evidence)


def gaps(rule: RuleDefinition, owner: str, review: ReviewData) -> Iterator[Finding]:
    """Some units have at least `gap` consecutive periods with a *reported* 0 (a missing report
    is a gap in the coverage, not a 0).

    Case ``some``: {gap_units} "5/28", {names}, {gap}, {value} the total, {since} {until}.
    """
    code, least = rule.indicators[0], _whole(rule, "gap")
    units = _asked_units(review, rule, code)
    idle = [unit for unit in units if _longest_gap(review, code, unit.code) >= least]
    if not idle:
        return
    since, until = _years(review, code)
    figure = review.figure_over(code, rule.scope)
    parts: dict[str, Part] = {
        "gap_units": UnitCount(_codes(idle), _codes(units), share=True),
        "names": _names(idle),
        "gap": str(least),
        "value": figure,
        "since": since,
        "until": until,
    }
    evidence = Evidence(
        figures=(figure, *(review.figure(code, unit.code, own=True) for unit in idle)),
        units=_codes(idle),
        periods=tuple(period.code for period in review.periods(code)),
    )
    yield from _finding(rule, owner, "some", parts, evidence)


def _longest_gap(review: ReviewData, code: str, unit: str) -> int:
    longest = run = 0
    for period in review.asked(code, unit):
        run = run + 1 if review.cell(code, unit, period.code).state is CellState.NIL else 0
        longest = max(longest, run)
    return longest


def same_complaint(rule: RuleDefinition, owner: str, review: ReviewData) -> Iterator[Finding]:
    """At least `at_least` units in scope ticked one of `codes` in the choices field `field`, in the
    last `last` periods (0: in any).

    Case ``some``: {units} "7/12".
    """
    field, codes = _coded_field(rule, review)
    scope = _codes(review.units(rule.scope))
    answers = [a for a in review.answers(field) if a[0].code in scope and isinstance(a[2], tuple)]
    last = _whole(rule, "last")
    if last:
        recent = list(dict.fromkeys(period.code for _, period, _ in answers))[-last:]
        answers = [a for a in answers if a[1].code in recent]
    among = tuple(dict.fromkeys(unit.code for unit, _, _ in answers))
    ticked = [(u, p) for u, p, answer in answers if isinstance(answer, tuple) and codes & {*answer}]
    units = tuple(dict.fromkeys(unit.code for unit, _ in ticked))
    if len(units) < _whole(rule, "at_least"):
        return
    evidence = Evidence(
        figures=(),
        units=units,
        periods=tuple(dict.fromkeys(period.code for _, period in ticked)),
        quotes=tuple(_quotes(rule, review, units)),
    )
    parts: dict[str, Part] = {"units": UnitCount(units, among, share=True)}
    yield from _finding(rule, owner, "some", parts, evidence)


def _quotes(rule: RuleDefinition, review: ReviewData, units: Sequence[str]) -> Iterator[Quote]:
    """The newest answer of each of `units` in the narrative field that the rule names in `quotes`."""
    field = _option(rule, "quotes")
    if not isinstance(field, str):
        return
    newest: dict[str, Quote] = {}
    for unit, period, answer in review.answers(field):
        if unit.code in units and isinstance(answer, str) and answer.strip():
            newest[unit.code] = Quote(unit=unit.code, period=period.code, text=answer.strip())
    yield from newest.values()


def _first_and_last_year(review: ReviewData, indicator: str) -> tuple[str, str] | None:
    """The codes of the first and the last year (or yearly period) of the span that have figures.

    A year that has not ended counts only for a stock: a flow of a part of a year is never compared
    with that of a whole year.
    """
    periods = review.periods(indicator)
    if not periods:
        return None
    years = list(dict.fromkeys(period.end.year for period in periods))
    flow = review.indicator(indicator).over_time.value == "sum"
    if flow:
        full = [year for year in years if _is_complete(periods, year)]
        years = full or years
    having = [y for y in years if review.figure(indicator, period=str(y)).value is not None]
    return (str(having[0]), str(having[-1])) if len(having) > 1 else None


def _is_complete(periods: Sequence[Period], year: int) -> bool:
    of_year = [p for p in periods if p.end.year == year]
    first, last = min(p.start for p in of_year), max(p.end for p in of_year)
    return (last - first).days >= 364  # by length: the State's year is 15 December to 14 December


def grown(rule: RuleDefinition, owner: str, review: ReviewData) -> Iterator[Finding]:
    """Every indicator is better (in its direction) in the last year of the span than in the first: one that
    has worsened, stayed or is unknown does not stand among results.

    Case ``some``: {first} {last} {change} {first_period} {last_period}; of the further indicators
    {first_2} {last_2} and so on, in the same years.
    """
    code = rule.indicators[0]
    years_compared = _first_and_last_year(review, code)
    if years_compared is None:
        return
    start, end = years_compared
    parts: dict[str, Part] = {"first_period": start, "last_period": end}
    figures: list[Figure] = []
    for nth, one in enumerate(rule.indicators):
        suffix = nth_suffix(nth)
        first, last = review.figure(one, period=start), review.figure(one, period=end)
        parts[f"first{suffix}"], parts[f"last{suffix}"] = first, last
        figures += [first, last]
    first, last = figures[0], figures[1]
    assert first.value is not None
    assert last.value is not None
    parts["change"] = write_change(last.value - first.value)
    pairs = zip(rule.indicators, figures[::2], figures[1::2], strict=True)
    if all(_is_better(review, *pair) for pair in pairs):
        evidence = Evidence(figures=tuple(figures), periods=(start, end))
        yield from _finding(rule, owner, "some", parts, evidence)


def _is_better(review: ReviewData, indicator: str, first: Figure, last: Figure) -> bool:
    """Whether the figure has moved the good way; not where one of the two is unknown."""
    if first.value is None or last.value is None:
        return False
    falls = review.indicator(indicator).direction is Direction.DOWN
    return last.value < first.value if falls else last.value > first.value


def total(rule: RuleDefinition, owner: str, review: ReviewData) -> Iterator[Finding]:
    """`indicators[0]` over the whole span is more than 0.

    Case ``some``: each indicator's total by its label ({A1}, {A2}), {since} {until}, {units}.
    """
    code = rule.indicators[0]
    since, until = _years(review, code)
    figures = [review.figure_over(one, rule.scope) for one in rule.indicators]
    if not figures[0].value:
        return
    parts: dict[str, Part] = {
        "since": since,
        "until": until,
        "units": UnitCount(_codes(_asked_units(review, rule, code))),
    }
    for one, figure in zip(rule.indicators, figures, strict=True):
        parts[row_label(one)] = figure
    yield from _finding(rule, owner, "some", parts, Evidence(figures=tuple(figures)))


def target(rule: RuleDefinition, owner: str, review: ReviewData) -> Iterator[Finding]:
    """A result when the target is reached in its own period; a shortcoming when it is missed. The target's
    period lies in the span: no other year speaks in the review of a year.

    Case ``some``: {value} {target} {indicator}.
    """
    code = rule.indicators[0]
    aim = _target(review, rule, code)
    if aim is None:
        return
    figure = review.figure_over(code, rule.scope, aim.period)
    if figure.value is None:
        return
    if aim.met(figure.value) is (rule.kind is FindingKind.RESULT):
        parts: dict[str, Part] = {
            "value": figure,
            "target": write_figure(Decimal(aim.value)),
            "indicator": review.indicator(code).name,
        }
        yield from _finding(rule, owner, "some", parts, Evidence(figures=(figure,)))


def plans(rule: RuleDefinition, owner: str, review: ReviewData) -> Iterator[Finding]:
    """A result when some units have entered their own plan in the document field `field`; a shortcoming
    when reports of some that are asked, accepted until the end of the span, name none. A plan that was
    entered once stands. A unit without any such report is not known to have none.

    Case ``some``: {issued} "22/27", {missing} "3/27", {missing_names}; {unreported} "2/27",
    {unreported_names} the units of which nothing is known.
    """
    field = _field(rule, review, OwnDocument)
    issued: set[str] = set()
    reported: set[str] = set()
    for unit, _, answer in review.reports(field, so_far=True):
        reported.add(unit.code)
        if isinstance(answer, OwnDocument) and answer.number:
            issued.add(unit.code)
    asked = review.units_asked(field, rule.scope)
    having = [unit for unit in asked if unit.code in issued]
    lacking = [unit for unit in asked if unit.code in reported - issued]
    unknown = [unit for unit in asked if unit.code not in reported]
    shown = having if rule.kind is FindingKind.RESULT else lacking
    if not shown:
        return
    parts: dict[str, Part] = {
        "issued": UnitCount(_codes(having), _codes(asked), share=True),
        "missing": UnitCount(_codes(lacking), _codes(asked), share=True),
        "missing_names": _names(lacking),
        "unreported": UnitCount(_codes(unknown), _codes(asked), share=True),
        "unreported_names": _names(unknown),
    }
    yield from _finding(rule, owner, "some", parts, Evidence(figures=(), units=_codes(shown)))


def _field(rule: RuleDefinition, review: ReviewData, *answers: type, option: str = "field") -> str:
    """The field that the rule names. Raises DefinitionError where no form has it, or where its answers are
    of another class: a rule that can never speak must not pass for one that holds nothing."""
    key = _text(rule, option)
    found = review.fields(key)
    if not found:
        raise _mistake(rule, option, f"names “{key}”, which no form asks for")
    if answers and not any(one.answers in answers for one in found):
        raise _mistake(rule, option, f"names “{key}”, a field of another type")
    return key


def _mistake(rule: RuleDefinition, key: str, detail: str) -> DefinitionError:
    remedy = (
        "name a field of the directive's forms" if "field" in key else "name codes of its options"
    )
    return DefinitionError.of(
        [
            Mistake(
                file=rule.directive, table=f"rule[{rule.id}]", key=key, detail=detail, remedy=remedy
            )
        ]
    )


def _coded_field(rule: RuleDefinition, review: ReviewData) -> tuple[str, set[str]]:
    """The field whose answers have codes, and the codes that are counted. Raises DefinitionError where
    the field has none of them."""
    key = _field(rule, review)
    known = {o.code for one in review.fields(key) for box in one.boxes for o in box.options}
    codes = {*_texts(rule, "codes")}
    if not known:
        raise _mistake(rule, "field", f"names “{key}”, whose answers have no codes")
    if strange := sorted(codes - known):
        detail = f"has “{', '.join(strange)}”; {key} has {', '.join(sorted(known))}"
        raise _mistake(rule, "codes", detail)
    return key, codes


_LastAnswers = Mapping[str, tuple[Period, Answer | None]]
"""By the code of the unit: its last accepted report of the span that has the field, and its answer."""


def _last_answers(review: ReviewData, key: str) -> _LastAnswers:
    return {unit.code: (period, answer) for unit, period, answer in review.reports(key)}


def _coverage(asked: Sequence[Unit], last: _LastAnswers) -> dict[str, Part]:
    """{missing} the units without an accepted report "2/10", {missing_names}."""
    silent = [unit for unit in asked if unit.code not in last]
    missing = UnitCount(_codes(silent), _codes(asked), share=True)
    return {"missing": missing, "missing_names": _names(silent)}


def answers(rule: RuleDefinition, owner: str, review: ReviewData) -> Iterator[Finding]:
    """At least `at_least` units in scope gave, in their last report of the span, an answer with one of
    `codes` in the field `field`: ticked options, ``yes`` or ``no``, the status of a task.

    Case ``some``: {units} "5/8" of the units that answered, {names}; {missing} "2/10" without a report,
    {missing_names}.
    """
    key, codes = _coded_field(rule, review)
    asked, last = review.units_asked(key, rule.scope), _last_answers(review, key)
    given = {code: answer for code, (_, answer) in last.items() if answer is not None}
    answered = [unit for unit in asked if unit.code in given]
    counted = [u for u in answered if codes & {*_answer_codes(given[u.code])}]
    if len(counted) < _whole(rule, "at_least"):
        return
    parts: dict[str, Part] = {
        "units": UnitCount(_codes(counted), _codes(answered), share=True),
        "names": _names(counted),
        **_coverage(asked, last),
    }
    periods = dict.fromkeys(last[unit.code][0].code for unit in counted)
    evidence = Evidence(figures=(), units=_codes(counted), periods=tuple(periods))
    yield from _finding(rule, owner, "some", parts, evidence)


def _answer_codes(answer: Answer) -> tuple[str, ...]:
    return type_of(answer).codes(answer)


def days(rule: RuleDefinition, owner: str, review: ReviewData) -> Iterator[Finding]:
    """Some units in scope gave a day in the field `field`: that of the last report of each unit, oldest
    first.

    Case ``some``: {list} "Xã A (05/9/2018), Xã B (12/9/2018)", {given} "5/8"; {open} "1/8" whose report
    says *chưa có*, {open_names}; {missing} "2/8" without a report, {missing_names}.
    """
    key = _field(rule, review, date)
    asked, last = review.units_asked(key, rule.scope), _last_answers(review, key)
    given = sorted(
        (day, nth, unit)
        for nth, unit in enumerate(asked)
        if isinstance(day := last.get(unit.code, (None, None))[1], date)
    )
    if not given:
        return
    units = tuple(unit.code for _, _, unit in given)
    still_open = [unit for unit in asked if unit.code in last and unit.code not in units]
    parts: dict[str, Part] = {
        "list": ", ".join(f"{unit.name} ({write_date(day)})" for day, _, unit in given),
        "given": UnitCount(units, _codes(asked), share=True),
        "open": UnitCount(_codes(still_open), _codes(asked), share=True),
        "open_names": _names(still_open),
        **_coverage(asked, last),
    }
    periods = dict.fromkeys(last[code][0].code for code in units)
    evidence = Evidence(figures=(), units=units, periods=tuple(periods))
    yield from _finding(rule, owner, "some", parts, evidence)


TYPES: Mapping[str, RuleType] = {
    "still-zero": still_zero,
    "gaps": gaps,
    "same-complaint": same_complaint,
    "grown": grown,
    "total": total,
    "target": target,
    "plans": plans,
    "answers": answers,
    "days": days,
}
"""Rule types by the name used in TOML."""


def rule_type(rule: RuleDefinition, owner: str) -> RuleType:
    """The function of the rule's type. Raises DefinitionError with every mistake of the rule: one from
    a TOML file has none, one that a plugin made in code may have."""
    mistakes = [
        Mistake(file=owner, table=f"rule[{rule.id}]", key=key, detail=detail, remedy=remedy)
        for key, detail, remedy in rule_mistakes(rule)
    ]
    if mistakes:
        raise DefinitionError.of(mistakes)
    return TYPES[rule.type]

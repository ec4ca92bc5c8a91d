"""What uses each indicator, and how many boxes a year are filled in for it.

An indicator is worth its boxes when a sentence, a total, a target or an annex uses it. What nothing but an
annex has used for two years is idle, and what two forms ask alike is asked twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations

from nqcore.analysis.editions.register import EditionRegister
from nqcore.analysis.report.sentences import figures_of
from nqcore.catalogue import Catalogue
from nqcore.catalogue.contracts import Rule
from nqcore.catalogue.outline_choice import chosen_outline
from nqcore.collection.content.effects import asked_among
from nqcore.collection.context import Context
from nqcore.model.fields import FigureField
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator
from nqcore.model.outlines import AnnexKind
from nqcore.model.periods import PeriodKind
from nqcore.model.reports import Paragraph
from nqcore.model.rules import RuleDefinition
from nqcore.model.units import Scope
from nqcore.store import Store
from nqcore.text.folding import fold

YEARS = 2
"""What was used in none of so many years is idle."""
_ALIKE = 0.9
"""So like each other are two names that ask for the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorUse:
    """What one indicator costs and serves. `cells`: boxes to be filled in, by year; `rules`, `totals`,
    `targets`: the ids of rules, computed indicators and targets that use it; `annexes`: the numbers of the
    directives whose review has it in an annex; `frozen`: the ids of frozen reviews of the last years whose
    sentences print it; `idle`: nothing but an annex used it in these years; `alike`: the codes of indicators
    that another form asks of the same units in the same words."""

    code: str
    name: str
    measure: str
    form: str
    cells: Mapping[int, int]
    rules: tuple[str, ...]
    totals: tuple[str, ...]
    targets: tuple[str, ...]
    annexes: tuple[str, ...]
    frozen: tuple[str, ...]
    idle: bool
    alike: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedInVain:
    """What could be asked less in a year: of `boxes` that are filled in, `spared` are those of the indicators
    `idle`, which are asked and used by nothing; `twice` are the pairs that are asked alike."""

    boxes: int
    spared: int
    idle: tuple[IndicatorUse, ...]
    twice: tuple[tuple[IndicatorUse, str], ...]


def asked_in_vain(uses: Iterable[IndicatorUse], year: int) -> AskedInVain:
    """What these uses say of the boxes of that year."""
    several = tuple(uses)
    idle = tuple(one for one in several if one.idle and one.form)
    return AskedInVain(
        boxes=sum(one.cells.get(year, 0) for one in several),
        spared=sum(one.cells.get(year, 0) for one in idle),
        idle=idle,
        twice=tuple((one, other) for one in several for other in one.alike if one.code < other),
    )


def indicator_uses(
    context: Context, store: Store, today: date, codes: Collection[str] | None = None
) -> tuple[IndicatorUse, ...]:
    """Of every indicator, or of those of `codes`, what uses it, in the order of the catalogue."""
    catalogue = context.catalogue
    wanted = catalogue.indicators.keys() if codes is None else {*codes} & {*catalogue.indicators}
    if not wanted:
        return ()
    rules, totals, targets = (
        used_by_rules(catalogue),
        used_by_totals(catalogue),
        _targets(catalogue),
    )
    frozen, cells = _frozen(store, today), _cells(context, today, wanted)
    annexes, alike = _annexes(catalogue), _alike(context, today, wanted)
    found = []
    for code, indicator in catalogue.indicators.items():
        if code not in wanted:
            continue
        form = catalogue.typed_in[code][0].id if code in catalogue.typed_in else ""
        uses = (rules.get(code), totals.get(code), targets.get(code), frozen.get(code))
        found.append(
            IndicatorUse(
                code=code,
                name=indicator.name,
                measure=indicator.measure,
                form=form,
                cells=cells.get(code, {}),
                rules=tuple(rules.get(code, ())),
                totals=tuple(totals.get(code, ())),
                targets=tuple(targets.get(code, ())),
                annexes=annexes.get(form, ()),
                frozen=tuple(frozen.get(code, ())),
                idle=not any(uses) and _is_old(catalogue, code, today),
                alike=tuple(sorted(alike.get(code, ()))),
            )
        )
    return tuple(found)


def _is_old(catalogue: Catalogue, code: str, today: date) -> bool:
    """Whether it is there long enough that something could have used it."""
    first = catalogue.versions[code][0].since
    return first is None or first <= _years_ago(today)


def _years_ago(today: date) -> date:
    return today.replace(year=today.year - YEARS, day=min(today.day, 28))


def used_by_rules(catalogue: Catalogue) -> Mapping[str, list[str]]:
    """The rules whose sentences are made of each indicator, or judged by it."""
    found: dict[str, list[str]] = defaultdict(list)
    for rule in catalogue.rules.values():
        for code in dict.fromkeys(_read_by(rule)):
            found[code].append(rule.id)
    return found


def _read_by(rule: RuleDefinition | Rule) -> tuple[str, ...]:
    """What a rule reads. One that is code may say so in `indicators`, where anything may stand."""
    if isinstance(rule, RuleDefinition):
        return (*rule.indicators, *rule.judged_by)
    told = getattr(rule, "indicators", ())
    return tuple(code for code in told if isinstance(code, str)) if isinstance(told, tuple) else ()


def used_by_totals(catalogue: Catalogue) -> Mapping[str, list[str]]:
    """The indicators that are computed of each, weighed by it, or compared with it as the whole."""
    found: dict[str, list[str]] = defaultdict(list)
    for other in catalogue.indicators.values():
        for code in dict.fromkeys(_parts_of(other)):
            found[code].append(other.code)
    return found


def _parts_of(indicator: Indicator) -> Iterator[str]:
    if indicator.formula is not None:
        yield from (reference.code for reference in indicator.formula.references)
    yield from indicator.parts
    yield from filter(None, (indicator.weight, indicator.population))


def _targets(catalogue: Catalogue) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for target in catalogue.targets.values():
        found[target.indicator].append(target.id)
    return found


def _annexes(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """The numbers of the directives whose review prints the figures of each form in a table."""
    found: dict[str, tuple[str, ...]] = {}
    for form in catalogue.forms.values():
        numbers = []
        for directive in catalogue.directives.matching(form.directive):
            outline = chosen_outline(catalogue, directive, PeriodKind.SPAN)
            in_text = any(form.id in take.forms for part in outline.parts for take in part.takes)
            if AnnexKind.FIGURES in outline.annexes or in_text:
                numbers.append(directive.number)
        found[form.id] = tuple(numbers)
    return found


def _frozen(store: Store, today: date) -> Mapping[str, list[str]]:
    """The editions of the last years whose sentences print each indicator."""
    found: dict[str, list[str]] = defaultdict(list)
    register = EditionRegister(store)
    for head in register.heads():
        if head.at.date() >= _years_ago(today):
            blocks = register[head.id].report.body
            texts = (one.sentence for one in blocks if isinstance(one, Paragraph))
            for code in {figure.indicator for text in texts for figure in figures_of(text)}:
                found[code].append(head.id)
    return found


def _cells(context: Context, today: date, wanted: Set[str]) -> Mapping[str, Mapping[int, int]]:
    """How many boxes each indicator has in this year and the years before, by its code."""
    years = range(today.year - YEARS, today.year + 1)
    found: dict[str, dict[int, int]] = {}
    for form, every in _asked(context):
        fields = [field for field in every if field.indicator in wanted]
        if not fields:
            continue
        calendar = context.obligations.calendar(form)
        for field in fields:
            found.setdefault(field.indicator, dict.fromkeys(years, 0))
        span = (date(years[0], 1, 1), date(years[-1], 12, 31))
        for period in calendar.periods(form.every, *span):
            if period.end.year in years:
                owing = context.obligations.owed(form, period)
                for field in fields:
                    asked = asked_among(context.catalogue, form, field, owing, period.end)
                    found[field.indicator][period.end.year] += len(asked)
    return found


def _asked(context: Context) -> Iterator[tuple[Form, tuple[FigureField, ...]]]:
    """The forms that are asked, each with its figures."""
    for form in context.catalogue.forms.values():
        if context.obligations.has_calendar(form):
            yield form, tuple(field for field in form.fields if isinstance(field, FigureField))


def _alike(context: Context, today: date, wanted: Set[str]) -> Mapping[str, set[str]]:
    """The indicators that two forms ask of one unit, with the same measure and in nearly the same words."""
    found: dict[str, set[str]] = defaultdict(set)
    by_measure: dict[str, list[tuple[Form, Indicator]]] = defaultdict(list)
    for form, field in ((form, field) for form, fields in _asked(context) for field in fields):
        indicator = context.catalogue.indicators.get(field.indicator)
        if indicator is not None:
            by_measure[fold(indicator.measure)].append((form, indicator))
    for several in by_measure.values():
        for (form, one), (other_form, other) in combinations(several, 2):
            scopes = (form.owed_by, one.asks, other_form.owed_by, other.asks)
            apart = form.id == other_form.id or wanted.isdisjoint({one.code, other.code})
            apart = apart or not _same_words(one.name, other.name)
            if not apart and _one_unit(context, scopes, today):
                found[one.code].add(other.code)
                found[other.code].add(one.code)
    return found


def _same_words(one: str, other: str) -> bool:
    words = fold(one).split(), fold(other).split()
    return words[0] == words[1] or SequenceMatcher(None, *words).ratio() >= _ALIKE


def _one_unit(context: Context, scopes: Iterable[Scope], today: date) -> bool:
    """Whether a unit of today is in all of the scopes."""
    tree, all_of = context.obligations.tree(today), tuple(scopes)
    return any(all(scope.covers(unit, tree) for scope in all_of) for unit in tree.values())

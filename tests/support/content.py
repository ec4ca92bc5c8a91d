"""What the tests of content plugins ask of every catalogue."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterator

from nqcore.catalogue import Catalogue
from nqcore.model.rules import RULE_TYPES, RuleDefinition

FIXED_WORDS = re.compile(
    r"\b(đến nay|một số|tất cả|tăng|giảm|trong năm|nâng lên|đổi mới|thực hiện tốt)\b"
)
"""Words that only claims give: of time, number, direction and judgement."""


def rules_of(catalogue: Catalogue) -> list[RuleDefinition]:
    """The rules that are data."""
    return [rule for rule in catalogue.rules.values() if isinstance(rule, RuleDefinition)]


def untrue_sentences(catalogue: Catalogue) -> Iterator[str]:
    """The templates that fix a word which only a claim gives, end with a mark, name nothing, or name what
    their type does not know."""
    for rule in rules_of(catalogue):
        for case, template in rule.sentences.items():
            names = {name for _, name, _, _ in string.Formatter().parse(template) if name}
            known = {*RULE_TYPES[rule.type].names(case, rule.indicators)}
            fixed = FIXED_WORDS.search(template)
            if not names or not names <= known or fixed or template != template.rstrip(".; "):
                yield f"{rule.id} {case}: {template}"


def typed_once(catalogue: Catalogue) -> bool:
    """Whether each typed indicator stands in one form, and no computed one in any."""
    standing = Counter(f.indicator for form in catalogue.forms.values() for f in form.figures)
    return standing == Counter(i.code for i in catalogue.indicators.values() if not i.computed)


def parts_asked_without_their_whole(catalogue: Catalogue) -> Iterator[str]:
    """The parts that another form asks for than their whole, or of units that are not asked for the whole."""
    form_of = {f.indicator: form.id for form in catalogue.forms.values() for f in form.figures}
    for part in catalogue.indicators.values():
        if part.at_most is None:
            continue
        whole = catalogue.indicators[part.at_most]
        if form_of[part.code] != form_of[whole.code]:
            yield part.code
        units = catalogue.units
        for unit in units.values():
            if part.asks.covers(unit, units) and not whole.asks.covers(unit, units):
                yield f"{part.code} of {unit.code}"


def used_by_nothing(catalogue: Catalogue) -> set[str]:
    """The indicators that feed no formula, no rule and no target, and say of no other how many there are."""
    named: set[str] = {target.indicator for target in catalogue.targets.values()}
    for indicator in catalogue.indicators.values():
        named |= {indicator.population or ""}
        if indicator.formula is not None:
            named |= {reference.code for reference in indicator.formula.references}
    for rule in rules_of(catalogue):
        named |= {*rule.indicators, *rule.judged_by}
    return set(catalogue.indicators) - {catalogue.indicators[n].code for n in named - {""}}

"""What rules on answers share: the field that a rule names, and the last answers of units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nqcore.analysis.findings.reporting import Due
from nqcore.analysis.findings.rule_types.asked import Asked, codes, mistake, names
from nqcore.analysis.findings.sentence_templates import Part
from nqcore.model.claims import ReportsOfClaim
from nqcore.model.fields import Answer
from nqcore.model.findings import UnitCount
from nqcore.model.forms import Form
from nqcore.model.periods import Period
from nqcore.model.units import Unit

LastAnswers = Mapping[str, tuple[Period, Answer | None]]
"""By the code of the unit: its last accepted report of the span that has the field, and its answer."""


def field_of(asked: Asked, *answers: type, option: str = "field") -> str:
    """The field that the rule names. Raises DefinitionError where no form has it, or where its answers are
    of another class: a rule that can never speak must not pass for one that holds nothing."""
    key = asked.text(option)
    found = asked.review.fields(key)
    if not found:
        raise mistake(asked.rule, option, f"names “{key}”, which no form asks for")
    if answers and not any(one.answers in answers for one in found):
        raise mistake(asked.rule, option, f"names “{key}”, a field of another type")
    return key


def coded_field(asked: Asked) -> tuple[str, set[str]]:
    """The field whose answers have codes, and the codes that are counted. Raises DefinitionError where
    the field has none of them."""
    key = field_of(asked)
    known = {o.code for one in asked.review.fields(key) for box in one.boxes for o in box.options}
    counted = {*asked.texts("codes")}
    if not known:
        raise mistake(asked.rule, "field", f"names “{key}”, whose answers have no codes")
    if strange := sorted(counted - known):
        detail = f"has “{', '.join(strange)}”; {key} has {', '.join(sorted(known))}"
        raise mistake(asked.rule, "codes", detail)
    return key, counted


def last_answers(asked: Asked, key: str) -> LastAnswers:
    """The last answer of each unit of the review."""
    return {unit.code: (period, answer) for unit, period, answer in asked.review.reports(key)}


def forms_of(asked: Asked, key: str) -> tuple[Form, ...]:
    """The forms of the review that have the field."""
    return tuple(f for f in asked.review.forms() if any(one.key == key for one in f.fields))


def reports_due(
    asked: Asked, key: str, units: Sequence[Unit], periods: Mapping[str, Sequence[Period]]
) -> ReportsOfClaim:
    """The reports of `units` with the field, for `periods` (by the id of the form)."""
    review, total = asked.review, ReportsOfClaim()
    wanted = {unit.code for unit in units}
    for form in forms_of(asked, key):
        due = []
        for period in periods.get(form.id, ()):
            owing = tuple(u for u in review.owed(form, period) if u.code in wanted)
            there = frozenset(
                u.code for u in owing if review.accepted(form, period, u.code) is not None
            )
            due.append((period, Due(owing, there)))
        total = _sum(total, review.reporting.count(form.id, due))
    return total


def _sum(a: ReportsOfClaim, b: ReportsOfClaim) -> ReportsOfClaim:
    return ReportsOfClaim(
        due=a.due + b.due,
        accepted=a.accepted + b.accepted,
        past=a.past + b.past,
        waiting=a.waiting + b.waiting,
        early=a.early + b.early,
        returned=a.returned + b.returned,
    )


def units_without_a_report(silent: Sequence[Unit], asked_units: Sequence[Unit]) -> dict[str, Part]:
    """{missing} the units without an accepted report "2 trong 10", {missing_names}."""
    missing = UnitCount(codes(silent), codes(asked_units), share=True)
    return {"missing": missing, "missing_names": names(silent)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The units asked for a field: those with an accepted report of the span (`there`), and the others."""

    units: tuple[Unit, ...]
    there: tuple[Unit, ...]
    silent: tuple[Unit, ...]

    def enough(self, least: int) -> bool:
        """Whether at least `least` per cent of the units have reported."""
        return bool(self.units) and len(self.there) * 100 >= least * len(self.units)

    @property
    def reports(self) -> ReportsOfClaim:
        """The same as numbers, one report a unit."""
        missing = len(self.silent)
        return ReportsOfClaim(due=len(self.units), accepted=len(self.there), past=missing)


def known_units(asked: Asked, key: str, last: LastAnswers) -> Known:
    """The units in scope that are asked for the field, by whether they have an accepted report in `last`."""
    units = asked.review.units_asked(key, asked.rule.scope)
    return Known(
        units=units,
        there=tuple(u for u in units if u.code in last),
        silent=tuple(u for u in units if u.code not in last),
    )


def periods_read(asked: Asked, key: str) -> dict[str, tuple[Period, ...]]:
    """The periods of the review by form, up to the last one that has an accepted report with the field."""
    found: dict[str, tuple[Period, ...]] = {}
    newest = max((p.end for _, p, _ in asked.review.reports(key)), default=None)
    for form in forms_of(asked, key):
        periods = asked.review.periods_of(form)
        found[form.id] = tuple(p for p in periods if newest is not None and p.end <= newest)
    return found

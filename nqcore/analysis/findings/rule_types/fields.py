"""What rules on answers share: the field that a rule names, and the last answers of units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nqcore.analysis.findings.reporting import Due, up_to
from nqcore.analysis.findings.rule_types.asked import Asked, codes, mistake, names
from nqcore.analysis.findings.sentence_templates import Part
from nqcore.model.claims import ReportsOfClaim
from nqcore.model.fields import Answer
from nqcore.model.findings import UnitCount
from nqcore.model.forms import Form
from nqcore.model.periods import Period
from nqcore.model.units import Unit

LastAnswers = Mapping[str, tuple[Period, Answer | None]]
"""By the code of the unit: its last accepted report up to the cut-off that has the field, and its answer."""


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


def reports_read(asked: Asked, key: str) -> Iterator[tuple[Unit, Period, Answer | None]]:
    """Every accepted report with the field up to the cut-off, with its answer, in order of time: of a later
    period too few units have reported (law 3)."""
    read = periods_read(asked, key)
    found = (
        one
        for form in forms_of(asked, key)
        for one in asked.review.reports_in(form, key)
        if one[1] in read[form.id]
    )
    yield from sorted(found, key=lambda one: one[1].end)


def last_answers(asked: Asked, key: str) -> LastAnswers:
    """The last answer of each unit of the review."""
    return {unit.code: (period, answer) for unit, period, answer in reports_read(asked, key)}


def forms_of(asked: Asked, key: str) -> tuple[Form, ...]:
    """The forms of the review that have the field."""
    return tuple(f for f in asked.review.forms() if any(one.key == key for one in f.fields))


def reports_due(
    asked: Asked, key: str, units: Sequence[Unit], periods: Mapping[str, Sequence[Period]]
) -> ReportsOfClaim:
    """The reports of `units` with the field, for `periods` (by the id of the form)."""
    total = ReportsOfClaim()
    for form in forms_of(asked, key):
        due = ((p, _due(asked, key, form, p, units)) for p in periods.get(form.id, ()))
        total = _sum(total, asked.review.reporting.count(form.id, due))
    return total


def _due(asked: Asked, key: str, form: Form, period: Period, units: Sequence[Unit]) -> Due:
    """Those of `units` that owe the form with the field for that period, and those of them whose report is
    accepted."""
    review, wanted, field = asked.review, {unit.code for unit in units}, form.field(key)
    owing = tuple(
        u
        for u in review.owed(form, period)
        if u.code in wanted and review.asked_for(form, field, period, u)
    )
    there = (u.code for u in owing if review.accepted(form, period, u.code) is not None)
    return Due(owing, frozenset(there))


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
    """The units asked for a field: those with an accepted report up to the cut-off (`there`), and the
    others."""

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
    """The periods of the review by form, up to the last one of which enough of the units asked have an
    accepted report, and up to the cut-off of the review; none where there is no such period."""
    periods_of = asked.review.periods_of
    return {form.id: _covered(asked, key, form, periods_of(form)) for form in forms_of(asked, key)}


def periods_covered_so_far(asked: Asked, key: str) -> dict[str, tuple[Period, ...]]:
    """The same, also of periods before the span."""
    periods_of = asked.review.periods_until_the_end
    return {form.id: _covered(asked, key, form, periods_of(form)) for form in forms_of(asked, key)}


def _covered(asked: Asked, key: str, form: Form, periods: Sequence[Period]) -> tuple[Period, ...]:
    units, least = asked.review.units_asked(key, asked.rule.scope), asked.rule.coverage
    covered = [
        nth
        for nth, period in enumerate(up_to(asked.review.cut_off_of(least), periods), 1)
        if _due_by_any(asked, key, form, period, units).covers(least)
    ]
    return tuple(periods[: covered[-1]]) if covered else ()


def _due_by_any(asked: Asked, key: str, form: Form, period: Period, units: Sequence[Unit]) -> Due:
    """Those of `units` that owe a report with the field for that period, and those with an accepted one:
    where several forms ask for it in the same period, one of them is enough."""
    several = [one for one in forms_of(asked, key) if one.every is form.every]
    found = [_due(asked, key, one, period, units) for one in several]
    owing = {unit.code: unit for each in found for unit in each.units}
    return Due(tuple(owing.values()), frozenset(code for each in found for code in each.reported))

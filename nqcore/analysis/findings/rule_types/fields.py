"""What rules on answers share: the field that a rule names, and the last answers of units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nqcore.analysis.findings.reporting import Due, up_to
from nqcore.analysis.findings.rule_types.asked import Asked, codes, mistake
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


def reports_due(asked: Asked, key: str, periods: Mapping[str, Sequence[Period]]) -> ReportsOfClaim:
    """The reports with the field that the units in scope owed for `periods` (by the id of the form), also
    those of units that ended since."""
    total = ReportsOfClaim()
    for form in forms_of(asked, key):
        due = ((p, due_in(asked, key, form, p)) for p in periods.get(form.id, ()))
        total = _sum(total, asked.review.reporting.count(form.id, due))
    return total


def due_in(asked: Asked, key: str, form: Form, period: Period) -> Due:
    """The units in scope that owe the form with the field for that period (within boundaries: that are
    there on their day too), and those of them whose report is accepted."""
    review, field = asked.review, form.field(key)
    scope, known = asked.rule.scope, review.catalogue.units
    there = None if review.boundaries is None else {*codes(review.units(scope))}
    owing = tuple(
        u
        for u in review.owed(form, period)
        if (scope.covers(u, known) if there is None else u.code in there)
        and review.asked_for(form, field, period, u)
    )
    reported = (u.code for u in owing if review.accepted(form, period, u.code) is not None)
    return Due(owing, frozenset(reported))


def _sum(a: ReportsOfClaim, b: ReportsOfClaim) -> ReportsOfClaim:
    return ReportsOfClaim(
        due=a.due + b.due,
        accepted=a.accepted + b.accepted,
        past=a.past + b.past,
        waiting=a.waiting + b.waiting,
        early=a.early + b.early,
        returned=a.returned + b.returned,
    )


def units_without_a_report(asked: Asked, known: Known) -> dict[str, Part]:
    """{missing} the units without an accepted report "2 trong 10", {missing_names}."""
    missing = UnitCount(codes(known.silent), codes(known.units), share=True)
    return {"missing": missing, "missing_names": asked.names(known.silent)}


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
    """The units in scope that are asked for the field on the last day that is read, by whether they have an
    accepted report in `last`."""
    ends = [p.end for periods in periods_read(asked, key).values() for p in periods]
    units = asked.review.units_asked(key, asked.rule.scope, max(ends, default=None))
    return units_known(units, last)


def units_owing(
    asked: Asked, key: str, periods: Mapping[str, Sequence[Period]]
) -> tuple[Unit, ...]:
    """The units in scope that owed a report with the field for one of `periods` (by the id of the form),
    also those that ended since; each as it was last."""
    found: dict[str, Unit] = {}
    for form in forms_of(asked, key):
        for period in periods.get(form.id, ()):
            found |= {unit.code: unit for unit in due_in(asked, key, form, period).units}
    return asked.in_order(found.values())


def units_known(units: tuple[Unit, ...], last: LastAnswers) -> Known:
    """These units, by whether they have an accepted report in `last`."""
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
    least = asked.rule.coverage
    covered = [
        nth
        for nth, period in enumerate(up_to(asked.review.cut_off_of(least), periods), 1)
        if _due_by_any(asked, key, form, period).covers(least)
    ]
    return tuple(periods[: covered[-1]]) if covered else ()


def _due_by_any(asked: Asked, key: str, form: Form, period: Period) -> Due:
    """The units in scope that owe a report with the field for that period, and those with an accepted one:
    where several forms ask for it in the same period, one of them is enough."""
    several = [one for one in forms_of(asked, key) if one.every is form.every]
    found = [due_in(asked, key, one, period) for one in several]
    owing = {unit.code: unit for each in found for unit in each.units}
    return Due(tuple(owing.values()), frozenset(code for each in found for code in each.reported))

"""The rule type `plans`: units have issued their own plan, or have none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nqcore.analysis.findings.phrases import some
from nqcore.analysis.findings.rule_types.asked import Answer, Asked, codes
from nqcore.analysis.findings.rule_types.fields import (
    field_of,
    forms_of,
    periods_covered_so_far,
    reports_due,
)
from nqcore.analysis.findings.sentence_templates import Part
from nqcore.errors import N_
from nqcore.formulas import Reason
from nqcore.model.claims import Claim, Deed, Relation, ReportsOfClaim
from nqcore.model.fields import OwnDocument
from nqcore.model.findings import Evidence, FindingKind, UnitCount
from nqcore.model.periods import Period


def plans(asked: Asked) -> Iterator[Answer]:
    """A result when some units have entered their own plan in the document field `field`; a shortcoming
    when some have reports, the last one that is due among them, and none names a plan. A plan that was
    entered once stands. Of a unit without that report nothing is known, nor of one whose plan is first in a
    report for a period after the cut-off.

    Case ``some``: {issued} "22 trong 25", {missing} "3 trong 25", {missing_names}, {some}; {unreported} "2
    trong 27", {unreported_names} the units of which nothing is known.
    """
    rule, review = asked.rule, asked.review
    key = field_of(asked, OwnDocument)
    by_form = periods_covered_so_far(asked, key)
    periods = sorted({p for each in by_form.values() for p in each}, key=lambda p: (p.end, p.start))
    if not periods:
        units = review.units_asked(key, rule.scope)  # of no period there is an end
        yield asked.too_few(ReportsOfClaim(due=len(units), past=len(units)))
        return
    end = periods[-1].end
    issued: set[str] = set()
    later: set[str] = set()
    reported: set[tuple[str, str]] = set()
    for unit, period, answer in review.reports(key, so_far=True):
        reported.add((unit.code, period.code))
        if isinstance(answer, OwnDocument) and answer.number:
            (issued if period.end <= end else later).add(unit.code)
    due = _last_due(asked, key, end)
    units = review.units_asked(key, rule.scope, end)
    having = [unit for unit in units if unit.code in issued]
    lacking = [
        unit
        for unit in units
        if unit.code not in issued | later
        and (last := due.get(unit.code)) is not None
        and (unit.code, last.code) in reported
    ]
    known = [unit for unit in units if unit in having or unit in lacking]
    unknown = [unit for unit in units if unit not in known]
    if not units or len(known) * 100 < rule.coverage * len(units):
        yield asked.too_few(ReportsOfClaim(due=len(units), accepted=len(known), past=len(unknown)))
        return
    accuses = rule.kind is FindingKind.SHORTCOMING
    none = accuses and not having and asked.says_none(unknown)
    shown = lacking if accuses else having
    if not shown:
        yield asked.not_so("0")
        return
    parts: dict[str, Part] = {
        "issued": UnitCount(codes(having), codes(known), share=True),
        "missing": UnitCount(codes(lacking), codes(known), share=True),
        "missing_names": asked.names(lacking),
        "some": some(len(shown), len(known)),
        "names": asked.names(shown),
        "unreported": UnitCount(codes(unknown), codes(units), share=True),
        "unreported_names": asked.names(unknown),
    }
    claim = Claim(
        relation=Relation.NONE_DID if none else Relation.SOME_DID,
        subject=key,
        unit=review.unit.code,
        scope=rule.scope,
        start=periods[0].start,
        end=periods[-1].end,
        what=Deed.LACKS if accuses and not none else Deed.ENTERED,
        units=() if none else codes(shown),
        among=codes(known),
        unknown=codes(unknown),
        reports=reports_due(asked, key, by_form),
    )
    ends = Reason(N_("It ends when these units have entered their plan."))
    evidence = Evidence(figures=(), units=codes(shown))
    yield from asked.finding("none" if none else "some", parts, [claim], evidence, periods, ends)


def _last_due(asked: Asked, key: str, cut_off: date) -> dict[str, Period]:
    """By unit: the last period up to the end of the review for which its report with the field is past due
    or accepted, or which ends up to the cut-off."""
    review, found = asked.review, dict[str, Period]()
    for form in forms_of(asked, key):
        field = form.field(key)
        for period in review.periods_until_the_end(form):
            for unit in review.owed(form, period):
                if not review.asked_for(form, field, period, unit):
                    continue
                late = review.repository.due(unit.code, form, period) < review.as_of
                speaks = late or period.end <= cut_off
                if speaks or review.accepted(form, period, unit.code) is not None:
                    last = found.get(unit.code)
                    if last is None or last.end <= period.end:
                        found[unit.code] = period
    return found

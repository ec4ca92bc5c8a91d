"""The rule types on answers: `answers`, `same-complaint` and `days`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from nqcore.analysis.findings.phrases import some
from nqcore.analysis.findings.rule_types.asked import Answer, Asked, codes
from nqcore.analysis.findings.rule_types.fields import (
    Known,
    coded_field,
    field_of,
    known_units,
    last_answers,
    periods_read,
    reports_due,
    reports_read,
    units_known,
    units_owing,
    units_without_a_report,
)
from nqcore.analysis.findings.sentence_templates import Part
from nqcore.errors import N_
from nqcore.formulas import Reason
from nqcore.model.claims import Claim, Deed, Relation
from nqcore.model.fields import Answer as Given
from nqcore.model.fields import type_of
from nqcore.model.findings import Evidence, Quote, UnitCount, UnitNames
from nqcore.model.periods import Period
from nqcore.model.units import Unit
from nqcore.text.dates import write_date


def answers(asked: Asked) -> Iterator[Answer]:
    """At least `at_least` units in scope gave, in their last report up to the cut-off, an answer with one of
    `codes` in the field `field`: ticked options, ``yes`` or ``no``, the status of a task.

    Case ``some``: {units} "5 trong 8" of the units that answered, {some}, {names}; {missing} "2 trong 10"
    without a report, {missing_names}.
    """
    key, counted_codes = coded_field(asked)
    last = last_answers(asked, key)
    known = known_units(asked, key, last)
    if not known.enough(asked.rule.coverage):
        yield asked.too_few(known.reports)
        return
    given = {code: answer for code, (_, answer) in last.items() if answer is not None}
    answered = [unit for unit in known.units if unit.code in given]
    counted = [
        u for u in answered if counted_codes & {*type_of(given[u.code]).codes(given[u.code])}
    ]
    at_least = asked.whole("at_least")
    none = asked.says_none(known.silent) and not counted and bool(answered)
    if len(counted) < at_least and not none:
        yield asked.not_so(f"{len(counted)} < {at_least}")
        return
    parts: dict[str, Part] = {
        "units": UnitCount(codes(counted), codes(answered), share=True),
        "some": some(len(counted), len(answered)),
        "names": asked.names(counted),
        **units_without_a_report(asked, known),
    }
    yield from _counted(asked, key, Deed.ANSWERED, counted, answered, known, last, parts, at_least)


def same_complaint(asked: Asked) -> Iterator[Answer]:
    """At least `at_least` units in scope ticked one of `codes` in the choices field `field`, in the
    last `last` periods up to the cut-off that have answers (0: in any).

    Case ``some``: {units} "7 trong 12", {some}, {names}.
    """
    key, counted_codes = coded_field(asked)
    periods = periods_read(asked, key)
    scope = codes(units_owing(asked, key, periods))
    read = [a for a in reports_read(asked, key) if a[0].code in scope and isinstance(a[2], tuple)]
    last = asked.whole("last")
    recent: list[Period] = []
    if last:
        recent = list(dict.fromkeys(period for _, period, _ in read))[-last:]
        read = [a for a in read if a[1] in recent]
        periods = _since(recent, periods)
    newest = {unit.code: (period, answer) for unit, period, answer in read}
    known = units_known(units_owing(asked, key, periods), newest)
    if not known.enough(asked.rule.coverage):
        yield asked.too_few(known.reports)
        return
    ticked = {
        unit.code
        for unit, _, answer in read
        if isinstance(answer, tuple) and counted_codes & {*answer}
    }
    counted = [unit for unit in known.there if unit.code in ticked]
    at_least = asked.whole("at_least")
    if len(counted) < at_least:
        yield asked.not_so(f"{len(counted)} < {at_least}")
        return
    parts: dict[str, Part] = {
        "units": UnitCount(codes(counted), codes(known.there), share=True),
        "some": some(len(counted), len(known.there)),
        "names": asked.names(counted),
    }
    quotes = tuple(_quotes(asked, codes(counted)))
    yield from _counted(
        asked,
        key,
        Deed.ANSWERED_ONCE,
        counted,
        known.there,
        known,
        newest,
        parts,
        at_least,
        quotes,
        recent,
    )


def _counted(
    asked: Asked,
    key: str,
    what: Deed,
    counted: Sequence[Unit],
    among: Sequence[Unit],
    known: Known,
    last: Mapping[str, tuple[Period, Given | None]],
    parts: Mapping[str, Part],
    at_least: int,
    quotes: tuple[Quote, ...] = (),
    recent: Collection[Period] = (),
) -> Iterator[Answer]:
    """The finding that `counted` of `among` did that."""
    review, periods = asked.review, periods_read(asked, key)
    if recent:
        periods = _since(recent, periods)
    every = sorted((p for each in periods.values() for p in each), key=lambda p: (p.end, p.start))
    claim = Claim(
        relation=Relation.SOME_DID if counted else Relation.NONE_DID,
        subject=key,
        unit=review.unit.code,
        scope=asked.rule.scope,
        start=every[0].start,
        end=every[-1].end,
        what=what,
        codes=asked.texts("codes") if what is not Deed.DATED else (),
        least=asked.whole("last") if what is Deed.ANSWERED_ONCE else 0,
        units=codes(counted),
        among=codes(among),
        unknown=codes(known.silent),
        reports=reports_due(asked, key, periods),
    )
    evidence = Evidence(
        figures=(),
        units=codes(counted),
        periods=tuple(dict.fromkeys(last[unit.code][0].code for unit in counted)),
        quotes=quotes,
    )
    ends = Reason(N_("It ends with fewer than {least} units."), (("least", str(at_least)),))
    if at_least == 1:
        ends = Reason(N_("It ends when it is so of no unit."))
    if not counted:
        ends = Reason(N_("It ends with one unit."))
    case = "some" if counted else "none"
    yield from asked.finding(case, parts, [claim], evidence, every, ends)


def _since(
    recent: Collection[Period], periods: Mapping[str, tuple[Period, ...]]
) -> dict[str, tuple[Period, ...]]:
    """The periods by form from the first of `recent` on."""
    first = min((period.start for period in recent), default=date.max)
    return {form: tuple(p for p in each if first <= p.start) for form, each in periods.items()}


def _quotes(asked: Asked, units: Sequence[str]) -> Iterator[Quote]:
    """The newest answer of each of `units` in the narrative field that the rule names in `quotes`."""
    field = asked.option("quotes")
    if not isinstance(field, str):
        return
    newest: dict[str, Quote] = {}
    for unit, period, answer in asked.review.answers(field):
        if unit.code in units and isinstance(answer, str) and answer.strip():
            newest[unit.code] = Quote(unit=unit.code, period=period.code, text=answer.strip())
    yield from newest.values()


def days(asked: Asked) -> Iterator[Answer]:
    """Some units in scope gave a day in the field `field`: that of the last report of each unit up to
    the cut-off, oldest first.

    Case ``some``: {list} "Xã A (05/9/2018), Xã B (12/9/2018)", {given} "5 trong 8"; {open} "1 trong 8"
    whose report says *chưa có*, {open_names}; {missing} "2 trong 8" without a report, {missing_names}.
    """
    key = field_of(asked, date)
    last = last_answers(asked, key)
    known = known_units(asked, key, last)
    if not known.enough(asked.rule.coverage):
        yield asked.too_few(known.reports)
        return
    given = sorted(
        (day, nth, unit)
        for nth, unit in enumerate(known.units)
        if isinstance(day := last.get(unit.code, (None, None))[1], date)
    )
    if not given and not (asked.says_none(known.silent) and known.there):
        yield asked.not_so("0")
        return
    units = [unit for _, _, unit in given]
    still_open = [unit for unit in known.there if unit not in units]
    parts: dict[str, Part] = {
        "list": UnitNames(
            codes(units), tuple(f"{unit.name} ({write_date(day)})" for day, _, unit in given)
        ),
        "given": UnitCount(codes(units), codes(known.there), share=True),
        "open": UnitCount(codes(still_open), codes(known.there), share=True),
        "open_names": asked.names(still_open),
        **units_without_a_report(asked, known),
    }
    yield from _counted(asked, key, Deed.DATED, units, known.there, known, last, parts, 1)

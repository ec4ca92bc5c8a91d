"""Which form asks for an indicator, which definition holds, which period a reference means.

Answers come from the definitions alone: no reported value and no `today` is needed.
"""

from __future__ import annotations

from nqcore.catalogue import Catalogue
from nqcore.collection.obligations import Obligations
from nqcore.errors import DefinitionError
from nqcore.formulas import Reference
from nqcore.model.fields import FigureField
from nqcore.model.forms import Form, Section
from nqcore.model.indicators import Indicator
from nqcore.model.periods import Period, PeriodKind, previous_period


class Lookup:
    """Forms, definitions and periods by indicator.

    Raises DefinitionError when two forms ask for the same indicator: its figures would be counted
    twice.
    """

    def __init__(self, obligations: Obligations) -> None:
        self.obligations = obligations
        self.catalogue: Catalogue = obligations.catalogue
        self._typed_in: dict[str, Form] = {}
        for form in self.catalogue.forms.values():
            for field in form.figures:
                if (other := self._typed_in.get(field.indicator)) is not None:
                    raise DefinitionError(
                        file=self.catalogue.owner("form", form.id),
                        key=f"form[{form.id}].figures",
                        detail=f"{field.indicator} is already asked in form {other.id}; "
                        "a figure asked twice would be counted twice",
                    )
                self._typed_in[field.indicator] = form

    def typed_in(self, indicator: str) -> Form | None:
        """The form in which the indicator is typed; None for a computed one."""
        return self._typed_in.get(indicator)

    def form_of(self, indicator: str) -> Form | None:
        """The form that asks for the indicator (for a computed one: for its first typed part)."""
        seen: set[str] = set()
        waiting = [indicator]
        while waiting:
            code = waiting.pop(0)
            if code in self._typed_in:
                return self._typed_in[code]
            if code in seen or code not in self.catalogue.indicators:
                continue
            seen.add(code)
            for version in reversed(self.catalogue.versions[code]):
                if version.formula is not None:
                    waiting.extend(sorted(ref.code for ref in version.formula.references))
        return None

    def span(self, code: str, indicator: Indicator) -> Period:
        """The period that `code` names ("2018-Q3"), in the calendar of the indicator's form. Raises
        UnknownName."""
        form = self.form_of(indicator.code)
        return self.obligations.read(code, form)

    def definition(self, code: str, unit: str, span: Period) -> Indicator:
        """The indicator as it holds for `unit` at the end of `span`: the version of that day,
        with the formula of an overlay where one covers the unit. Raises UnknownName."""
        found = self.catalogue.indicator_at(code, span.end)
        if found.formula is not None:
            found, _ = self.catalogue.overlaid("indicator", code, found, unit, span.end)
        return found

    def shifted(self, reference: Reference, span: Period) -> Period | None:
        """The period that `reference` means in a formula that is computed for `span`.

        Example: for "previous" and 2018-Q3 it is 2018-Q2. None where there is no such period (a
        span of any two days has no previous one) or no plugin brings the indicator. Raises
        UnknownName when the form's calendar is not there.
        """
        if reference.code not in self.catalogue.indicators:
            return None
        if reference.shift == "now":
            return span
        form = self.form_of(reference.code)
        calendar = self.obligations.calendar(form) if form else None
        if reference.shift == "cumulative":
            since = self.catalogue.versions[reference.code][0].since
            start = (form.since if form else None) or since or span.start
            # From the first day of the period that contains the start: that one was owed too.
            if form is not None and calendar is not None:
                first = next(calendar.periods(form.every, start, start), None)
                start = first.start if first else start
            start = min(start, span.start)
            return Period(
                code=f"{start.isoformat()}..{span.end.isoformat()}",
                kind=PeriodKind.SPAN,
                start=start,
                end=span.end,
            )
        if span.kind is PeriodKind.SPAN or calendar is None:
            return None
        if reference.shift == "previous":
            return previous_period(span, calendar)
        # By the end: the State's year 2018 begins in 2017.
        ago = span.end.replace(year=span.end.year - 1, day=min(span.end.day, 28))
        return next(calendar.periods(span.kind, ago, ago), None)

    def begun(self, indicator: str, span: Period) -> bool:
        """Whether the form that asks for the indicator existed by the end of `span`."""
        form = self.form_of(indicator)
        return form is None or form.since is None or form.since <= span.end

    def codes_of(self, form: Form) -> tuple[str, ...]:
        """Every indicator that `form` asks for, in its order, each followed by the computed ones that stand
        after it in the catalogue."""
        known = self.catalogue.indicators
        asked = dict.fromkeys(one.indicator for one in form.figures if one.indicator in known)
        after: dict[str, list[str]] = {"": []}
        last = ""
        for code, indicator in known.items():
            if code in asked:
                last = code
                after[code] = []
            elif indicator.computed and self.form_of(code) is form:
                after[last].append(code)
        return tuple(code for one in ("", *asked) for code in (one, *after[one]) if code)

    def sections_of(self, form: Form) -> tuple[tuple[Section, tuple[str, ...]], ...]:
        """The sections of `form` in which indicators stand, each with the codes of `codes_of` in it. A
        computed indicator is in the section of the one before it."""
        place = {
            field.indicator: section
            for section in form.sections
            for field in section.fields
            if isinstance(field, FigureField)
        }
        found: dict[str, tuple[Section, list[str]]] = {}
        section = next(iter(place.values()), None)
        for code in self.codes_of(form):
            section = place.get(code, section)
            if section is not None:
                found.setdefault(section.key, (section, []))[1].append(code)
        return tuple((section, tuple(codes)) for section, codes in found.values())

"""What an office knows that a table may name: its units, indicators and periods, as far as an account enters
for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property

from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.fields import FigureField
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator
from nqcore.model.periods import Period
from nqcore.model.units import Unit, UnitTree
from nqcore.workspace.table_import.name_matching import UnitNameIndex

_SHOWN_BACK = timedelta(days=800)


class TableOffice:
    """The office as the account `by` sees it; None: all of it."""

    def __init__(self, repository: SubmissionRepository, by: Account | None = None) -> None:
        self.repository, self.by = repository, by
        self.today = repository.clock().date()

    @cached_property
    def tree(self) -> UnitTree:
        """Every unit there is, was or will be, as of today."""
        return self.repository.obligations.tree_with_rights(self.today)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The forms with which the account works."""
        every = self.repository.catalogue.forms.values()
        return tuple(form for form in every if self.by is None or self.by.handles(form.id))

    @cached_property
    def typed_in(self) -> Mapping[str, tuple[Form, FigureField]]:
        """By indicator: the form in which it is typed, and its field."""
        return {field.indicator: (form, field) for form in self.forms for field in form.figures}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators that can be typed, in the order of the forms."""
        known = self.repository.catalogue.indicators
        return tuple(known[code] for code in self.typed_in if code in known)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units for which the account may enter, in the order of the tree."""
        by, tree = self.by, self.tree
        return tuple(
            unit for unit in tree.values() if by is None or by.may(Action.ENTER, unit.code, tree)
        )

    @cached_property
    def unit_names(self) -> UnitNameIndex:
        """The names of those units."""
        return UnitNameIndex(self.tree, self.units, self.today)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods for which one of those units owes a report, newest first: those of the last two years
        that have begun."""
        found: dict[str, Period] = {}
        own, owing = {unit.code for unit in self.units}, self.repository.obligations.owing_codes
        for form in self.forms:
            if not self.repository.obligations.has_calendar(form):
                continue
            calendar = self.repository.obligations.calendar(form)
            for period in calendar.periods(form.every, self.today - _SHOWN_BACK, self.today):
                if own & owing(form, period):
                    found.setdefault(period.code, period)
        return tuple(sorted(found.values(), key=lambda p: (p.end, p.start), reverse=True))

    def newest_period(self, indicators: tuple[str, ...]) -> str:
        """The period that is probably meant where a table does not say it: the newest that is over, of the
        form that asks for most of these indicators."""
        forms = [self.typed_in[code][0] for code in indicators if code in self.typed_in]
        if not forms:
            return ""
        form = max(forms, key=forms.count)
        over = [p for p in self.periods if p.kind is form.every and p.end < self.today]
        return over[0].code if over else ""

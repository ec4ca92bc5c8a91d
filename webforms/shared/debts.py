"""*Còn nợ*: which units have not sent which reports, by name, for pages and for the reminder."""

from __future__ import annotations

from typing import NamedTuple

from nqcore.model.forms import Form
from nqcore.model.obligations import Obligation
from nqcore.model.periods import Period, PeriodKind
from nqcore.model.units import Unit
from webforms.shared.context import forms, workspace
from webforms.shared.filters import days_left, period_name
from webforms.shared.language import _

MOST, EACH = 10, 4
"""Units that are listed by name, and reports of one unit; the others are counted."""


class Debt(NamedTuple):
    """A report that was not sent in time: its id, and "Quý II/2018, quá hạn 87 ngày"."""

    submission: str
    words: str


class ListedDebts(NamedTuple):
    """The oldest debts of one unit, and how many more it has."""

    unit: Unit
    debts: tuple[Debt, ...]
    more: int

    @property
    def text(self) -> str:
        """ "Xã Thạnh Lộc (Quý II/2018, quá hạn 87 ngày; và 3 báo cáo khác)"."""
        words = [one.words for one in self.debts]
        if self.more:
            words.append(_("and {count} other reports").format(count=self.more))
        return f"{self.unit.name} ({'; '.join(words)})"


class DebtList(NamedTuple):
    """The units with their debts, and how many units more have some; `reports` counts all reports."""

    units: tuple[ListedDebts, ...]
    more: int
    reports: int

    @property
    def text(self) -> str:
        """ "Xã Thạnh Lộc (Quý II/2018, quá hạn 87 ngày); HTX Đông Hà (…); và 3 đơn vị khác"."""
        names = [each.text for each in self.units]
        if self.more:
            names.append(_("and {count} other units").format(count=self.more))
        return "; ".join(names)


def debt_list(root: str, besides: tuple[Form, Period] | None = None) -> DebtList:
    """The debts of the units under `root` in the forms of the account that is signed in; without those of
    `besides`, a form and a period that the page shows anyway."""
    ws = workspace()
    known = forms()
    passed = (besides[0].id, besides[1].code) if besides else None
    found: list[tuple[Unit, tuple[Obligation, ...]]] = []
    for each in ws.monitoring.debts(root, forms=known):
        left = tuple(one for one in each.reports if (one.form, one.period.code) != passed)
        if left:
            found.append((each.unit, left))
    forms_of_kind: dict[PeriodKind, set[str]] = {}
    for _unit, several in found:
        for one in several:
            forms_of_kind.setdefault(one.period.kind, set()).add(one.form)
    return DebtList(
        units=tuple(
            ListedDebts(
                unit,
                tuple(
                    _debt(one, titled=len(forms_of_kind[one.period.kind]) > 1)
                    for one in several[:EACH]
                ),
                max(0, len(several) - EACH),
            )
            for unit, several in found[:MOST]
        ),
        more=max(0, len(found) - MOST),
        reports=sum(len(several) for _unit, several in found),
    )


def _debt(one: Obligation, *, titled: bool) -> Debt:
    """`titled`: debts of several forms with such periods are listed, so the form is named too."""
    name = _titled(one.form, one.period) if titled else period_name(one.period)
    return Debt(one.submission, debt_words(name, one))


def debt_words(name: str, one: Obligation) -> str:
    """ "Quý II/2018, quá hạn 87 ngày": the report that is overdue, under the name that it is given."""
    return f"{name}, {days_left(one.days_left(workspace().today))}"


def report_name(form: str, period: Period) -> str:
    """ "Quý II/2018"; with the title of `form` (an id) before it where the account has several forms with
    such periods."""
    several = sum(one.every is period.kind for one in forms()) > 1
    return _titled(form, period) if several else period_name(period)


def _titled(form: str, period: Period) -> str:
    return f"{workspace().catalogue.form(form).title}, {period_name(period)}"

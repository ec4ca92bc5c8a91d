"""Contracts: the objects that a plugin's code returns, and the values that core passes to them.

A plugin returns values or objects of these protocols. What core passes to a plugin is frozen, and never
the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from nqcore.model.cells import Cell
from nqcore.model.directives import Directive, Directives
from nqcore.model.fields import Answer, AnyField
from nqcore.model.figures import Figure
from nqcore.model.findings import Finding, FindingKind
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator
from nqcore.model.periods import Period
from nqcore.model.problems import Problem
from nqcore.model.reports import Report
from nqcore.model.submissions import SubmissionState
from nqcore.model.targets import Target
from nqcore.model.units import Scope, Unit


class ReviewData(Protocol):
    """The data of one review, as a rule reads them: totals and answers of `unit` and all units under it,
    over `span`, for the family of `directive`. Only accepted submissions are included."""

    @property
    def directive(self) -> Directive:
        """The directive whose implementation is reviewed."""
        ...

    @property
    def unit(self) -> Unit:
        """The unit that the review is about, with all units under it."""
        ...

    @property
    def span(self) -> Period:
        """The time that the review covers."""
        ...

    @property
    def cut_off(self) -> date:
        """The day up to which the review speaks: the end of the last period of which at least 80 per cent of
        the reports are accepted. No sentence speaks of a later time (since version 1.1)."""
        ...

    def figure(
        self,
        indicator: str,
        unit: str | None = None,
        period: str | None = None,
        *,
        own: bool = False,
    ) -> Figure:
        """The total of `indicator` (default: for the unit and the span of the review). `own`: only the
        unit's own report."""
        ...

    def figure_over(self, indicator: str, scope: Scope, period: str | None = None) -> Figure:
        """The total over the units of `scope` only."""
        ...

    def cell(self, indicator: str, unit: str, period: str) -> Cell:
        """The value that `unit` itself reported."""
        ...

    def units(self, scope: Scope, on: date | None = None) -> tuple[Unit, ...]:
        """The units of the review in `scope` that exist at the end of the span (`on`: on that day, of which a
        sentence speaks)."""
        ...

    def periods(self, indicator: str) -> tuple[Period, ...]:
        """The periods of the span that have ended, as the form that asks for `indicator` has them."""
        ...

    def asked(self, indicator: str, unit: str) -> tuple[Period, ...]:
        """Those of `periods` for which `unit` owes the form and is asked for `indicator`."""
        ...

    def indicator(self, code: str) -> Indicator:
        """The newest definition of the indicator. Raises UnknownName."""
        ...

    def targets(self, indicator: str) -> tuple[Target, ...]:
        """The targets for `indicator` and the unit of the review, set by the family of directives."""
        ...

    def answers(self, field: str) -> Iterable[tuple[Unit, Period, Answer]]:
        """Every accepted answer to the field `field`, which is not a figure, in the order of time and of
        the tree."""
        ...

    def reports(
        self, field: str, *, so_far: bool = False
    ) -> Iterable[tuple[Unit, Period, Answer | None]]:
        """Every accepted report with the field `field` and its answer (None: it has none), in the order of
        time and of the tree. `so_far`: also of periods before the span, for what stands once it was
        entered."""
        ...

    def fields(self, field: str) -> tuple[AnyField, ...]:
        """The fields of that key in the forms of the family: () if there is none."""
        ...

    def units_asked(self, field: str, scope: Scope, on: date | None = None) -> tuple[Unit, ...]:
        """The units of the review in `scope` that are asked for the field `field`, which is not a figure, at
        the end of the span (`on`: on that day)."""
        ...

    def document_units(self, field: str, scope: Scope) -> tuple[Unit, ...]:
        """The same as `units_asked`, for plugins that are written for version 1.0."""
        ...


class Rule(Protocol):
    """A rule in code: it reads a ReviewData and returns findings. It must not keep state."""

    @property
    def id(self) -> str:
        """Its id; no other rule of any plugin has it."""
        ...

    @property
    def kind(self) -> FindingKind:
        """Whether it finds results or shortcomings."""
        ...

    @property
    def directive(self) -> str:
        """The id or number of the directive to whose reviews it belongs."""
        ...

    def findings(self, view: ReviewData) -> Iterable[Finding]:
        """What the rule finds; nothing when its condition is not true."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInput:
    """The input of a check: the answers of one submission, by the key of their field, and those of the
    period before (empty when there are none)."""

    unit: Unit
    form: Form
    period: Period
    answers: Mapping[str, Answer]
    before: Mapping[str, Answer]


class Check(Protocol):
    """A check in code across the fields of one submission of form `form`."""

    @property
    def id(self) -> str:
        """Its id; no other check of any plugin has it."""
        ...

    @property
    def form(self) -> str:
        """The id of the form whose submissions it checks."""
        ...

    def problems(self, entry: CheckInput) -> Iterable[Problem]:
        """What is wrong (an error) or unusual (a warning) in the answers."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The units, indicators and directives by their codes, for a report format that prints their names.

    `formats` are the report formats of the office by their names, for one that is made of what another
    writes: a PDF of a Word document.
    """

    units: Mapping[str, Unit]
    indicators: Mapping[str, Indicator]
    directives: Directives
    formats: Mapping[str, ReportFormat] = field(default_factory=dict)


class ReportFormat(Protocol):
    """A layout: turns the neutral report into the bytes of a file.

    A format may also have a method `remarks(report)`: what the office has to know before it uses the file, as
    `Phrase`s or texts; they are shown beside it and stand in no document.
    """

    @property
    def name(self) -> str:
        """Its name in commands and addresses; no other format of any plugin has it."""
        ...

    @property
    def title(self) -> str:
        """Its name on the pages."""
        ...

    @property
    def suffix(self) -> str:
        """The end of the file's name, such as ".docx"."""
        ...

    @property
    def media_type(self) -> str:
        """The media type of the file, for the browser."""
        ...

    def write(self, report: Report, names: Names) -> bytes:
        """The file. It must contain every figure of the report, as `figure_text` writes it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSubmission:
    """One submission of a demo workspace: `answers` by the key of the field; `state` is DRAFT, SENT,
    RETURNED or ACCEPTED; `sent` and `reviewed` are the moments of these steps. `reopened`: why the report,
    which an earlier submission sent and which was accepted, was reopened: this one corrects it."""

    unit: str
    form: str
    period: str
    answers: Mapping[str, Answer]
    state: SubmissionState
    sent: datetime | None = None
    reviewed: datetime | None = None
    remarks: Mapping[str, str] | None = None
    reopened: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A demo workspace: its accounts (login, name, unit, roles) and what was reported until `today`. Only
    a demo has preset accounts. `root` is the unit at the top of the office (empty: the only unit that stands
    under no other)."""

    name: str
    today: date
    accounts: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    submissions: tuple[DemoSubmission, ...]
    root: str = ""


__all__ = [
    "Check",
    "CheckInput",
    "Demo",
    "DemoSubmission",
    "Names",
    "ReportFormat",
    "ReviewData",
    "Rule",
]

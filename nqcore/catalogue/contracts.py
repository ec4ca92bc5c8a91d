"""What a plugin's code may bring, and what it is given to look at.

Everything a plugin returns is a value or one of these protocols; nothing of a plugin is ever handed
the store, and what it is given is frozen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from nqcore.model.cells import Cell
from nqcore.model.directives import Directive, Directives
from nqcore.model.figures import Figure
from nqcore.model.findings import Finding, FindingKind
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator
from nqcore.model.periods import Period
from nqcore.model.problems import Problem
from nqcore.model.reports import Report
from nqcore.model.submissions import Answer, SubmissionState
from nqcore.model.targets import Target
from nqcore.model.units import Scope, Unit


class ReviewData(Protocol):
    """The totals and answers of one review, as a rule sees them: `unit` and all under it, over
    `span`, for the family of `directive`. Only accepted submissions are in it."""

    @property
    def directive(self) -> Directive: ...

    @property
    def unit(self) -> Unit: ...

    @property
    def span(self) -> Period: ...

    def figure(
        self,
        indicator: str,
        unit: str | None = None,
        period: str | None = None,
        *,
        own: bool = False,
    ) -> Figure:
        """The total of `indicator` (default: for the review's unit over its span)."""
        ...

    def figure_over(self, indicator: str, scope: Scope, period: str | None = None) -> Figure:
        """The same over the units of `scope` only."""
        ...

    def cell(self, indicator: str, unit: str, period: str) -> Cell:
        """What `unit` itself reported."""
        ...

    def units(self, scope: Scope) -> tuple[Unit, ...]:
        """The units of the review that exist at the end of the span and that `scope` covers."""
        ...

    def periods(self, indicator: str) -> tuple[Period, ...]:
        """The periods of the span that have ended, of the form that asks for `indicator`."""
        ...

    def asked(self, indicator: str, unit: str) -> tuple[Period, ...]:
        """Those of `periods` in which `unit` owed the form and is asked for `indicator`."""
        ...

    def indicator(self, code: str) -> Indicator: ...

    def targets(self, indicator: str) -> tuple[Target, ...]:
        """The targets that the family of directives sets for `indicator` and this unit."""
        ...

    def answers(self, field: str) -> Iterable[tuple[Unit, Period, Answer]]:
        """Every accepted answer to the non-figure field `field`, in order of time and tree."""
        ...

    def document_units(self, field: str, scope: Scope) -> tuple[Unit, ...]:
        """The units of the review in `scope` that are asked for the document field `field`."""
        ...


class Rule(Protocol):
    """A rule in code: reads a View, says findings. It must not keep state."""

    @property
    def id(self) -> str: ...

    @property
    def kind(self) -> FindingKind: ...

    @property
    def directive(self) -> str: ...

    def findings(self, view: ReviewData) -> Iterable[Finding]:
        """What the rule finds; nothing when it does not hold."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInput:
    """What a check is given: the answers of one submission, read and typed, and those of the
    period before (empty when there are none)."""

    unit: Unit
    form: Form
    period: Period
    answers: Mapping[str, Answer]
    before: Mapping[str, Answer]


class Check(Protocol):
    """A check in code across the fields of one submission of form `form`."""

    @property
    def id(self) -> str: ...

    @property
    def form(self) -> str: ...

    def problems(self, entry: CheckInput) -> Iterable[Problem]:
        """What is wrong or unusual."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How a report format calls things: units, indicators, directives by their codes."""

    units: Mapping[str, Unit]
    indicators: Mapping[str, Indicator]
    directives: Directives


class ReportFormat(Protocol):
    """A layout: turns the neutral report into the bytes of a file."""

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def suffix(self) -> str: ...

    @property
    def media_type(self) -> str: ...

    def write(self, report: Report, names: Names) -> bytes:
        """The file. Every figure of the report must stand in it, written by `write_figure`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSubmission:
    """One report of a demo workspace: `answers` by field key, `state` DRAFT, SENT, RETURNED or
    ACCEPTED; `sent` and `reviewed` are the moments of those steps."""

    unit: str
    form: str
    period: str
    answers: Mapping[str, Answer]
    state: SubmissionState
    sent: datetime | None = None
    reviewed: datetime | None = None
    remarks: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A demo workspace: who may sign in (login, name, unit, roles) and what was reported, so far
    as of `today`. Only a demo has preset accounts."""

    name: str
    today: date
    accounts: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    submissions: tuple[DemoSubmission, ...]


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

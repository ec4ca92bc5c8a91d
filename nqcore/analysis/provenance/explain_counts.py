"""Explain a counted number of a sentence ("5/28"): which units, and what the rule read of each.

The rule is evaluated once more, with a review that records what it reads. So it works for every rule,
written in TOML or in the code of a plugin.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nqcore.analysis.findings import COUNT, Review, findings_of
from nqcore.errors import N_, BoundariesError, Translate, UnknownName, Words
from nqcore.model.cells import Cell
from nqcore.model.fields import Answer, AnyField, answer_lines, type_of
from nqcore.model.figures import Figure, read_boundaries
from nqcore.model.findings import Finding, UnitCount
from nqcore.model.forms import Form
from nqcore.model.periods import Period
from nqcore.model.submissions import submission_id
from nqcore.model.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadValue:
    """One value that the rule read of a unit, in the unit's report `submission` for `period`: a cell
    (`what` is the code of an indicator) or another answer (`what` is the key of `field`)."""

    what: str
    period: str
    submission: str
    value: Cell | Answer
    field: AnyField | None = None

    @property
    def text(self) -> str | None:
        """The value as text; None where nothing was reported or the unit is not asked."""
        value = self.value
        if isinstance(value, Cell):
            return None if value.value is None else f"{value.value:f}"
        return type_of(value).plain(value)

    def lines(self, translate: Translate) -> tuple[str, ...]:
        """The answer as it is printed; () for a cell."""
        if self.field is None or isinstance(self.value, Cell):
            return ()
        return answer_lines(self.field, self.value, translate)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedUnit:
    """A unit that the rule looked at: whether it is `counted`, the totals of it that the rule read
    (`figures`), and the reported values (`reads`)."""

    unit: str
    counted: bool
    figures: tuple[Figure, ...]
    reads: tuple[ReadValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountExplanation:
    """A counted number, the finding in which it is, and every unit that it counts or compares."""

    counted: UnitCount
    finding: Finding
    units: tuple[CountedUnit, ...]


class _RecordingReview(Review):
    """The same review as `review`, which records what is read of each unit."""

    def __init__(self, review: Review) -> None:
        super().__init__(
            review.totals,
            review.repository,
            review.directive,
            review.unit.code,
            review.period,
            review.boundaries,
            review.as_of,
        )
        self.figures: dict[str, dict[str, Figure]] = {}
        self.reads: dict[str, dict[tuple[str, str], ReadValue]] = {}

    def figure(
        self,
        indicator: str,
        unit: str | None = None,
        period: str | None = None,
        *,
        own: bool = False,
    ) -> Figure:
        found = super().figure(indicator, unit, period, own=own)
        self.figures.setdefault(found.unit, {})[found.id] = found
        return found

    def cell(self, indicator: str, unit: str, period: str) -> Cell:
        found = super().cell(indicator, unit, period)
        code = self.indicator(indicator).code
        form = self.totals.lookup.form_of(code)
        if form is not None:
            self._record(unit, code, period, form, found)
        return found

    def reports_in(
        self, form: Form, field: str, so_far: bool = False
    ) -> Iterator[tuple[Unit, Period, Answer | None]]:
        for unit, period, answer in super().reports_in(form, field, so_far):
            if answer is not None:
                self._record(unit.code, field, period.code, form, answer, form.field(field))
            yield unit, period, answer

    def _record(
        self, unit: str, what: str, period: str, form: Form, value: Cell | Answer,
        field: AnyField | None = None,
    ) -> None:  # fmt: skip
        submission = submission_id(period, form.id, unit)
        read = ReadValue(what=what, period=period, submission=submission, value=value, field=field)
        self.reads.setdefault(unit, {})[what, period] = read


def read_count_id(id: str) -> tuple[str, str, str, str]:
    """The rule, period, unit and boundaries in the address of a count. Raises UnknownName."""
    try:
        rule, period, unit, number, boundaries = id.removeprefix(COUNT).split("|")
        if not id.startswith(COUNT) or not number.isdecimal():
            raise ValueError(id)
        read_boundaries(boundaries)
    except (ValueError, BoundariesError):
        raise _unknown(id) from None
    return rule, period, unit, boundaries


def explain_count(review: Review, id: str) -> CountExplanation:
    """The explanation of the counted number with the address `id` in `review`. Raises UnknownName where
    its rule does not (any more) give it."""
    rule = read_count_id(id)[0]
    if rule not in review.catalogue.rules:
        raise _unknown(id)
    recording = _RecordingReview(review)
    for finding in findings_of(recording, rule):
        for piece in finding.sentence:
            if isinstance(piece, UnitCount) and piece.id == id:
                units = dict.fromkeys((*piece.units, *piece.among))
                return CountExplanation(
                    counted=piece,
                    finding=finding,
                    units=tuple(
                        CountedUnit(
                            unit=unit,
                            counted=unit in piece.units,
                            figures=tuple(recording.figures.get(unit, {}).values()),
                            reads=tuple(recording.reads.get(unit, {}).values()),
                        )
                        for unit in units
                    ),
                )
    raise _unknown(id)


def _unknown(id: str) -> UnknownName:
    return UnknownName(
        kind="count",
        name=id,
        hint=Words(N_("Take an id from `nq report --format json` or `nq findings`.")),
    )

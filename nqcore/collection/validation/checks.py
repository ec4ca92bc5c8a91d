"""The rules that figures must satisfy: limits of each figure, sums of parts, changes since the last
period, and the checks of plugins.

An error blocks sending, but never saving. A warning asks for an explanation and never blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from nqcore.catalogue import Catalogue
from nqcore.catalogue.contracts import Check, CheckInput
from nqcore.catalogue.loading import Fault
from nqcore.catalogue.plugin_calls import call_contained
from nqcore.errors import N_
from nqcore.model.fields import Answer, FigureField
from nqcore.model.indicators import Indicator
from nqcore.model.problems import Problem, Severity
from nqcore.text.numbers import write_figure

JUMP_SHARE = Decimal("0.5")
"""A change gives a warning when it is larger than this share of the last period's value …"""
JUMP_AMOUNT = 5
"""… and also larger than this amount."""
UNCHANGED_PERIODS = 3
"""The same figure in this many periods gives a warning, unless it is at most JUMP_AMOUNT: one conference
in every quarter is nothing unusual."""
SAME_FIGURES, SAME_COUNTED = 5, 3
"""From so many equal figures on, of which so many are not 0, a report is taken for a copy of the last one."""


def check_answers(
    catalogue: Catalogue, entry: CheckInput, earlier: Sequence[Mapping[str, Answer]] = ()
) -> tuple[tuple[Problem, ...], tuple[Fault, ...]]:
    """All problems of `entry`, the answers of one form. `earlier` are the answers of the same unit for
    the periods before, newest first ({} where it sent none).

    The second value are the checks of plugins that raised an error. They count as "not evaluated",
    never as "passed".
    """
    problems = [
        *_bound_problems(catalogue, entry),
        *_part_problems(catalogue, entry),
        *_unusual_problems(catalogue, entry, earlier),
    ]
    faults = []
    for id, check in catalogue.checks.items():
        if check.form != entry.form.id:
            continue
        try:
            problems.extend(call_contained(_problems_of, check, entry))
        except Exception as wrong:
            faults.append(catalogue.plugin_fault("check", id, wrong))
    return tuple(problems), tuple(faults)


def _problems_of(check: Check, entry: CheckInput) -> tuple[Problem, ...]:
    """All problems that one check of a plugin finds. Raises whatever the check raises; then none of its
    problems counts."""
    # Each check gets its own read-only copy, so it can change neither the report nor the next check.
    view = replace(
        entry,
        answers=MappingProxyType(dict(entry.answers)),
        before=MappingProxyType(dict(entry.before)),
    )
    found = tuple(check.problems(view))
    for problem in found:
        if not isinstance(problem, Problem):
            raise TypeError(f"gave {type(problem).__name__}, not Problem")
        problem.message()  # a message with a wrong parameter fails here, not later on the page
    return found


def _figures(
    catalogue: Catalogue, entry: CheckInput
) -> Iterator[tuple[FigureField, Indicator, Decimal]]:
    """Each figure that was entered, with its field and its indicator as it holds for this unit."""
    for field in entry.form.figures:
        value = entry.answers.get(field.key)
        if isinstance(value, Decimal) and field.indicator in catalogue.indicators:
            indicator = catalogue.indicator_at(field.indicator, entry.period.end)
            indicator, _ = catalogue.overlaid(
                "indicator", indicator.code, indicator, entry.unit.code, entry.period.end
            )
            yield field, indicator, value


def _error(field: str, code: str, template: str, **params: object) -> Problem:
    return Problem(
        field=field, code=code, severity=Severity.ERROR, template=template, params=params
    )


def _bound_problems(catalogue: Catalogue, entry: CheckInput) -> Iterator[Problem]:
    """Figures below the minimum or above the maximum of their indicator."""
    for field, indicator, value in _figures(catalogue, entry):
        low, high = indicator.minimum, indicator.maximum
        if low is not None and value < low:
            if low == 0:
                yield _error(field.key, "negative", N_("Enter a number of 0 or more."))
            else:
                yield _error(
                    field.key,
                    "too-small",
                    N_("Enter a number of at least {low}."),
                    low=write_figure(low),
                )
        if high is not None and value > high:
            yield _error(
                field.key,
                "too-large",
                N_("Enter a number from {low} to {high}. You entered {value}."),
                low=write_figure(low or Decimal(0)),
                high=write_figure(high),
                value=write_figure(value),
            )


def _part_problems(catalogue: Catalogue, entry: CheckInput) -> Iterator[Problem]:
    """Parts that are larger than their whole, and wholes that differ from the sum of their parts (where
    all parts were entered)."""
    rows = {i.code: (field, i, value) for field, i, value in _figures(catalogue, entry)}
    for field, indicator, value in rows.values():
        whole = rows.get(indicator.at_most or "")
        if whole is not None and value > whole[2]:
            yield _error(
                field.key,
                "part-over-whole",
                N_(
                    "“{name}” ({value}) cannot be more than “{whole}” ({of}) in {label}. "
                    "Check {own} and {label}."
                ),
                name=indicator.name,
                value=write_figure(value),
                whole=whole[1].name,
                of=write_figure(whole[2]),
                own=indicator.label,
                label=whole[1].label,
            )
        if indicator.parts and all(part in rows for part in indicator.parts):
            total = sum((rows[part][2] for part in indicator.parts), Decimal(0))
            if total != value:
                yield _error(
                    field.key,
                    "parts-differ",
                    N_(
                        "The total ({value}) differs from the sum of the rows ({sum}). Correct one."
                    ),
                    value=write_figure(value),
                    sum=write_figure(total),
                )


def _unusual_problems(
    catalogue: Catalogue, entry: CheckInput, earlier: Sequence[Mapping[str, Answer]]
) -> Iterator[Problem]:
    """Warnings on figures that changed much, or that are the same in many periods, and one where the whole
    report is that of the last period."""
    yield from _same_report(catalogue, entry)
    for field, _, value in _figures(catalogue, entry):
        past = [answers.get(field.key) for answers in earlier]
        if not past or not isinstance(past[0], Decimal):
            continue
        warning = _jump_warning(value, past[0]) or _unchanged_warning(value, past)
        if warning is not None:
            code, template, params = warning
            yield Problem(
                field=field.key,
                code=code,
                severity=Severity.WARNING,
                template=template,
                params=params,
            )


def _same_report(catalogue: Catalogue, entry: CheckInput) -> Iterator[Problem]:
    """At the first figure other than 0, where there are enough figures and all are as in the last period."""
    figures = [(field, value) for field, _, value in _figures(catalogue, entry)]
    counted = [field for field, value in figures if value]
    same = all(entry.before.get(field.key) == value for field, value in figures)
    if len(figures) >= SAME_FIGURES and len(counted) >= SAME_COUNTED and same:
        yield Problem(
            field=counted[0].key,
            code="same-report",
            severity=Severity.WARNING,
            template=N_(
                "All {count} figures are the very same as in the last period. "
                "Check that they are of this one."
            ),
            params={"count": len(figures)},
        )


_Warning = tuple[str, str, dict[str, object]]
"""Code, msgid and parameters."""


def _unchanged_warning(value: Decimal, past: Sequence[Answer | None]) -> _Warning | None:
    same = [value, *past[: UNCHANGED_PERIODS - 1]]
    if value <= JUMP_AMOUNT or len(same) < UNCHANGED_PERIODS or len(set(same)) > 1:
        return None
    return (
        "unchanged",
        N_("The very same in {periods} periods running. Check that it was updated."),
        {"periods": UNCHANGED_PERIODS},
    )


def _jump_warning(value: Decimal, before: Decimal) -> _Warning | None:
    if before != 0 and value == 0:
        return (
            "zero-after-value",
            N_("0 after {before} in the last period. If that is right, explain it."),
            {"before": write_figure(before)},
        )
    change = value - before
    if before == 0 or abs(change) <= JUMP_AMOUNT or abs(change) <= abs(before) * JUMP_SHARE:
        return None
    percent = (abs(change) / abs(before) * 100).quantize(Decimal(1), ROUND_HALF_UP)
    template = (
        N_("Up {percent}% on the last period ({before}). If that is right, explain it.")
        if change > 0
        else N_("Down {percent}% on the last period ({before}). If that is right, explain it.")
    )
    return "jump", template, {"percent": write_figure(percent), "before": write_figure(before)}

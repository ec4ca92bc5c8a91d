"""Is the submission right: each figure by itself, figures against each other, against the last period.

Errors block sending, never saving. Warnings ask for an explanation and never block.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from nqcore.catalogue import Catalogue
from nqcore.catalogue.containment import call_contained
from nqcore.catalogue.contracts import Check, CheckInput
from nqcore.catalogue.loading import Fault
from nqcore.errors import N_
from nqcore.model.forms import FigureField
from nqcore.model.indicators import Indicator
from nqcore.model.problems import Problem, Severity
from nqcore.model.submissions import Answer
from nqcore.text.numbers import write_figure

JUMP = Decimal("0.5")
"""A change beyond this share of the last period's value is worth a second look …"""
JUMP_UNITS = 5
"""… if it is also more than this many."""
SAME_PERIODS = 3
"""So many periods with the very same figure are worth a second look, unless it is a small one: one
conference every quarter is nothing unusual."""


def judge(
    catalogue: Catalogue, entry: CheckInput, earlier: Sequence[Mapping[str, Answer]] = ()
) -> tuple[tuple[Problem, ...], tuple[Fault, ...]]:
    """Everything to say about `entry`; `earlier` are the answers of the periods before, newest first.

    The second part are checks of plugins that raised: not evaluated, which is never "passed".
    """
    problems = [
        *_bounds(catalogue, entry),
        *_parts(catalogue, entry),
        *_unusual(catalogue, entry, earlier),
    ]
    faults = []
    for id, check in catalogue.checks.items():
        if check.form != entry.form.id:
            continue
        try:
            problems.extend(call_contained(_said, check, entry))
        except Exception as wrong:
            faults.append(catalogue.plugin_fault("check", id, wrong))
    return tuple(problems), tuple(faults)


def _said(check: Check, entry: CheckInput) -> tuple[Problem, ...]:
    """What a plugin's check says, all of it or (raising) nothing: half an answer is none."""
    # Each gets a view of its own: what one does to it reaches neither the report nor the next check.
    view = replace(
        entry,
        answers=MappingProxyType(dict(entry.answers)),
        before=MappingProxyType(dict(entry.before)),
    )
    found = tuple(check.problems(view))
    for problem in found:
        if not isinstance(problem, Problem):
            raise TypeError(f"gave {type(problem).__name__}, not Problem")
        problem.message()  # a sentence that cannot be written out fails here, not on the page
    return found


def _rows(
    catalogue: Catalogue, entry: CheckInput
) -> Iterator[tuple[FigureField, Indicator, Decimal]]:
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


def _bounds(catalogue: Catalogue, entry: CheckInput) -> Iterator[Problem]:
    for field, indicator, value in _rows(catalogue, entry):
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


def _parts(catalogue: Catalogue, entry: CheckInput) -> Iterator[Problem]:
    """A part is not larger than its whole; parts that are all there add up to it."""
    rows = {i.code: (field, i, value) for field, i, value in _rows(catalogue, entry)}
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


def _unusual(
    catalogue: Catalogue, entry: CheckInput, earlier: Sequence[Mapping[str, Answer]]
) -> Iterator[Problem]:
    for field, _, value in _rows(catalogue, entry):
        past = [answers.get(field.key) for answers in earlier]
        if not past or not isinstance(past[0], Decimal):
            continue
        before = past[0]
        warning = _jump(value, before)
        same = [value, *past[: SAME_PERIODS - 1]]
        if (
            warning is None
            and value > JUMP_UNITS
            and len(same) == SAME_PERIODS
            and len(set(same)) == 1
        ):
            warning = (
                "unchanged",
                N_("The very same in {periods} periods running. Check that it was updated."),
                {"periods": SAME_PERIODS},
            )
        if warning is not None:
            code, template, params = warning
            yield Problem(
                field=field.key,
                code=code,
                severity=Severity.WARNING,
                template=template,
                params=params,
            )


def _jump(value: Decimal, before: Decimal) -> tuple[str, str, dict[str, object]] | None:
    if before != 0 and value == 0:
        return (
            "zero-after-value",
            N_("0 after {before} in the last period. If that is right, explain it."),
            {"before": write_figure(before)},
        )
    change = value - before
    if before == 0 or abs(change) <= JUMP_UNITS or abs(change) <= abs(before) * JUMP:
        return None
    percent = (abs(change) / abs(before) * 100).quantize(Decimal(1), ROUND_HALF_UP)
    template = (
        N_("Up {percent}% on the last period ({before}). If that is right, explain it.")
        if change > 0
        else N_("Down {percent}% on the last period ({before}). If that is right, explain it.")
    )
    return "jump", template, {"percent": write_figure(percent), "before": write_figure(before)}

"""*Tổng quan*: on one telephone screen how the unit stands, for accounts that look and change nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain, islice

from flask import render_template

from nqcore.analysis.findings.held_targets import HeldTarget
from nqcore.analysis.overview import FormProgress, Overview, TurnedFigure
from nqcore.model.indicators import Indicator
from webforms.shared.context import forms, me, workspace
from webforms.shared.filters import capital

TARGETS, TURNED, SHORTCOMINGS, TASKS = 4, 3, 3, 3
"""Rows of each list that are shown at once; the others are folded."""


def overview_page() -> str:
    """The page of the unit of the account that is signed in."""
    found = workspace().reviews.overview(me().unit, forms=forms())
    shown = _first(found.turned)
    return render_template(
        "overview.html",
        seen=found,
        shown=shown,
        folded_turns=[one for one in found.turned if one not in shown],
        times=_times,
        usual=_usual(found.turned),
        this_year=str(found.day.year),
        indicator=_indicator,
        name_of=lambda one: _name(found, one),
        of_each=max(1, SHORTCOMINGS // max(1, len(found.reviews))),
        sentence=capital,
        TARGETS=TARGETS,
        TASKS=TASKS,
    )


def _first(turned: Sequence[TurnedFigure]) -> list[TurnedFigure]:
    """What became worse, and at least one that became better where there is one."""
    better = [one for one in turned if one.better]
    worse = islice((one for one in turned if not one.better), TURNED - bool(better))
    return [*islice(chain(worse, better), TURNED)]


def _times(row: TurnedFigure) -> tuple[str, str]:
    """The codes of the two periods that are compared."""
    return row.comparison.before.period, row.comparison.now.period


def _usual(turned: Sequence[TurnedFigure]) -> tuple[str, str] | None:
    """The two periods of most rows: they are said once."""
    found = Counter(_times(one) for one in turned).most_common(1)
    return found[0][0] if found else None


def _indicator(row: HeldTarget) -> Indicator:
    return workspace().catalogue.indicator(row.target.indicator)


def _name(found: Overview, one: FormProgress) -> str:
    """The number of the form's directive; its title where another form of that directive has the period."""
    alike = [
        each
        for each in found.reports
        if (each.form.directive, each.period.code) == (one.form.directive, one.period.code)
    ]
    directive = workspace().directives.matching(one.form.directive)
    if len(alike) > 1 or len(directive) != 1:
        return one.form.title
    return directive[0].number

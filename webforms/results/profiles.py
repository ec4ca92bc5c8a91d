"""*Hồ sơ đơn vị* (`/ho-so`): what the office knows of one unit, on one A4."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, render_template

from nqcore.analysis.series.times import SeriesTime
from nqcore.analysis.unit_profile import ProfileFigure
from nqcore.collection.accounts.access import Action
from nqcore.text.numbers import write_figure
from webforms.results.charts import Spark, spark
from webforms.results.figures import address
from webforms.security.page_rules import QUERIED_UNIT, page, this_unit
from webforms.shared.context import forms, may, me, workspace
from webforms.shared.filters import capital, cell_words, period_of, period_short, plan_words
from webforms.shared.language import _
from webforms.shared.unit_events import event_sentence

pages = Blueprint("profiles", __name__)


class Beside(NamedTuple):
    """A figure among the unit's like, in words: the median of them all, and the place of this one."""

    median: str
    place: str


@pages.get("/ho-so")
@page(Action.REPORT, QUERIED_UNIT)
def show() -> str:
    """One unit: its reports, figures, tasks, plans, the findings that name it, and what became of it."""
    unit = this_unit()
    profile = workspace().reviews.profile(unit.code, root=me().unit, forms=forms())
    return render_template(
        "profile.html",
        seen=profile,
        told=cell_words,
        small_line=_line,
        beside=_beside,
        address=address,
        plan_words=plan_words,
        sentence=capital,
        event=event_sentence,
        manages=may(Action.MANAGE, unit.code),
    )


def _line(one: ProfileFigure, times: Sequence[SeriesTime]) -> Spark | None:
    return spark(one.row.figures, [time.whole for time in times])


def _beside(one: ProfileFigure) -> Beside | None:
    """The unit's newest figure beside those of its like; None where it has no like."""
    among = one.among
    if among is None or one.newest is None:
        return None
    # The middle of two values has a decimal more.
    decimals = max(one.newest.decimals, -int(among.median.normalize().as_tuple().exponent))
    if among.equal == among.count:
        return Beside(write_figure(among.median, decimals), "")
    return Beside(
        write_figure(among.median, decimals),
        _("{place}/{count} ({period})").format(
            place=among.higher + 1,
            count=among.count,
            period=period_short(period_of(one.newest.period)),
        ),
    )

"""Which units owe a form for a period is worked out once for a whole report, however many rules ask."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from nqcore.analysis.findings import Review
from nqcore.collection.obligations import Obligations
from nqcore.model.forms import Form
from nqcore.model.periods import Period
from nqcore.model.units import EVERY_UNIT, Unit
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace

REVIEW = {"directive": "20-NQ/TW", "period": "2008..2018"}


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[str, str]]:
    """How often the units that owe a form for a period were worked out."""
    found: Counter[tuple[str, str]] = Counter()
    owed = Obligations.owed

    def counted(
        self: Obligations, form: Form, period: Period, root: str | None = None
    ) -> tuple[Unit, ...]:
        found[form.id, period.code] += 1
        return owed(self, form, period, root)

    monkeypatch.setattr(Obligations, "owed", counted)
    return found


@pytest.mark.parametrize("boundaries", ["reported", "2018-09-30"])
def test_a_ten_year_report_works_out_once_which_units_owe_a_form_for_a_period(
    demo_folder: Path, passes: Counter[tuple[str, str]], boundaries: str
) -> None:
    with open_workspace(demo_folder) as ws:
        ws.report(**REVIEW, format="json", boundaries=boundaries)
        review = ws.reviews.review(**REVIEW)
        counted = {(f.id, p.code) for f in review.forms() for p in review.periods_of(f)}
        assert len(counted) > 50
        assert counted <= passes.keys()
        assert max(passes.values()) == 1


def test_the_periods_of_a_unit_are_those_in_which_it_owed_the_form(demo: Workspace) -> None:
    review: Review = demo.reviews.review(**REVIEW)
    obligations = demo.obligations
    codes = [code for form in review.forms() for code in demo.totals.current.lookup.codes_of(form)]
    typed = [code for code in codes if not review.indicator(code).computed]
    assert typed
    for code in typed:
        form = review.totals.lookup.form_of(code)
        assert form is not None
        for unit in review.units(EVERY_UNIT):
            assert review.asked(code, unit.code) == tuple(
                period
                for period in review.periods(code)
                if demo.catalogue.asks(code, unit, period.end)
                and unit.code in {u.code for u in obligations.owed(form, period)}
            )

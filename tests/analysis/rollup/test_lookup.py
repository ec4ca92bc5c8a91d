"""The indicators of a form stand in the order in which the form asks for them."""

from __future__ import annotations

from pathlib import Path

from tests.analysis.frozen.offices import again
from tests.support.small import DISTRICT, Now, found, plugin

ASKED = 'figures = ["A1", "B1", "B2", "B3"]'


def test_they_stand_as_the_form_asks_with_computed_ones_after_theirs(
    tmp_path: Path, now: Now
) -> None:
    turned = DISTRICT.replace(ASKED, 'figures = ["B3", "B2", "A1", "B1"]')
    assert turned != DISTRICT
    found(tmp_path / "ws", now).close()
    with again(tmp_path / "ws", now, plugin("nq_small", turned)) as ws:
        review = ws.reviews.review(directive="1-NQ/HU", period="2018")
        lookup = review.totals.lookup
        (form,) = review.forms()
        labels = [review.indicator(code).label for code in lookup.codes_of(form)]
    assert labels == ["B3", "B2", "B2.1", "A1", "B1"]

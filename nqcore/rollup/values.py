"""The accepted figures: what roll-up adds. Only accepted submissions get in (house rule 7)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from nqcore.extend import Catalogue
from nqcore.model.forms import Form
from nqcore.model.submissions import Revision, State


class Values:
    """Accepted values by (indicator, period, unit), exact, in the indicator's own measure.

    `put` takes the newest revision of a submission and forgets what an older one said.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._cells: dict[tuple[str, str], dict[str, Decimal]] = {}
        self._held: dict[str, tuple[tuple[str, str], ...]] = {}

    def put(self, revision: Revision) -> None:
        """Take in the newest revision of a submission. Other threads may read meanwhile: a cell
        that stays is replaced and never missing in between."""
        form = self._catalogue.forms.get(revision.form)
        figures: dict[str, Decimal] = {}
        # Without its form (the plugin is gone) a revision stays in the store, uncounted.
        if form is not None and revision.state is State.ACCEPTED:
            figures = figures_of(form, revision)
        held = tuple((code, revision.period) for code in figures)
        for key, value in zip(held, figures.values(), strict=True):
            self._cells.setdefault(key, {})[revision.unit] = value
        for key in self._held.get(revision.submission, ()):
            if key not in held:
                self._cells[key].pop(revision.unit, None)
        self._held[revision.submission] = held

    def row(self, indicator: str, period: str) -> Mapping[str, Decimal]:
        """What each unit reported for the indicator in that period."""
        return self._cells.get((indicator, period), {})

    def get(self, indicator: str, period: str, unit: str) -> Decimal | None:
        """What `unit` itself reported; None when nothing accepted is there."""
        return self.row(indicator, period).get(unit)


def figures_of(form: Form, revision: Revision) -> dict[str, Decimal]:
    """The figures of a revision by indicator code."""
    found = {}
    for field in form.figures:
        value = revision.answers.get(field.key)
        if isinstance(value, Decimal):
            found[field.indicator] = value
    return found

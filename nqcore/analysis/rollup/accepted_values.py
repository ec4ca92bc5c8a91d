"""The accepted figures: what roll-up adds. Only accepted submissions get in (house rule 7)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from threading import Lock
from typing import TYPE_CHECKING

from nqcore.catalogue import Catalogue
from nqcore.collection.obligations import Obligations
from nqcore.model.forms import Form
from nqcore.model.submissions import Revision, SubmissionState

if TYPE_CHECKING:
    from nqcore.analysis.rollup.engine import Engine

Key = tuple[str, str]
"""(indicator, period)."""


class AcceptedValues:
    """Accepted values by (indicator, period, unit), exact, in the indicator's own measure.

    `put` takes the newest revision of a submission and forgets what an older one said. What was
    touched since the engine last looked is remembered, so that it follows by the cell.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._cells: dict[Key, dict[str, Decimal]] = {}
        self._held: dict[str, tuple[Key, ...]] = {}
        self._touched: dict[Key, set[str]] = {}
        self._lock = Lock()
        self._engine: Engine | None = None

    def put(self, revision: Revision) -> None:
        """Take in the newest revision of a submission. Other threads may read meanwhile: a cell
        that stays is replaced and never missing in between."""
        form = self._catalogue.forms.get(revision.form)
        figures: dict[str, Decimal] = {}
        # Without its form (the plugin is gone) a revision stays in the store, uncounted.
        if form is not None and revision.state is SubmissionState.ACCEPTED:
            figures = figures_of(form, revision)
        held = tuple((code, revision.period) for code in figures)
        with self._lock:
            before = self._held.get(revision.submission, ())
            for key, value in zip(held, figures.values(), strict=True):
                self._cells.setdefault(key, {})[revision.unit] = value
            for key in set(before).difference(held):
                self._cells[key].pop(revision.unit, None)
            if self._engine is not None:
                for key in {*before, *held}:
                    self._touched.setdefault(key, set()).add(revision.unit)
            self._held[revision.submission] = held

    def row(self, indicator: str, period: str) -> Mapping[str, Decimal]:
        """What each unit reported for the indicator in that period."""
        return self._cells.get((indicator, period), {})

    def get(self, indicator: str, period: str, unit: str) -> Decimal | None:
        """What `unit` itself reported; None when nothing accepted is there."""
        return self.row(indicator, period).get(unit)

    def engine(self, obligations: Obligations) -> Engine:
        """What adds them up: made (and numpy loaded) when the first total is asked for."""
        from nqcore.analysis.rollup.engine import Engine

        with self._lock:
            if self._engine is None or self._engine.obligations is not obligations:
                self._touched = {key: set(units) for key, units in self._cells.items()}
                self._engine = Engine(obligations, self)
            return self._engine

    def take_touched(self) -> dict[Key, set[str]]:
        """The units whose cells changed since this was last asked. For the engine only."""
        with self._lock:
            touched, self._touched = self._touched, {}
            return touched


def figures_of(form: Form, revision: Revision) -> dict[str, Decimal]:
    """The figures of a revision by indicator code."""
    found = {}
    for field in form.figures:
        value = revision.answers.get(field.key)
        if isinstance(value, Decimal):
            found[field.indicator] = value
    return found

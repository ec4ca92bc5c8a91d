"""The accepted figures: the values that roll-up adds up. Only accepted submissions count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from threading import Lock
from weakref import WeakSet

from nqcore.catalogue import Catalogue
from nqcore.model.forms import Form
from nqcore.model.submissions import Revision, SubmissionState

CellRow = tuple[str, str]
"""(indicator, period): the cells of all units for it are one row."""


class ChangedCells:
    """The cells that changed since they were last taken. Each engine has one of its own; when the
    engine is dropped, nothing is noted for it any more."""

    def __init__(self, lock: Lock, cells: Mapping[CellRow, Iterable[str]]) -> None:
        self._lock = lock
        self._units: dict[CellRow, set[str]] = {row: set(units) for row, units in cells.items()}

    def note(self, rows: Iterable[CellRow], unit: str) -> None:
        """Note that the cells of `unit` in `rows` changed. The caller holds the lock."""
        for row in rows:
            self._units.setdefault(row, set()).add(unit)

    def take(self) -> dict[CellRow, set[str]]:
        """The units whose cells changed, by row; they are forgotten here."""
        with self._lock:
            taken, self._units = self._units, {}
            return taken


class AcceptedValues:
    """Accepted values by (indicator, period, unit): exact, in the indicator's own unit of measure.

    `put` takes the newest revision of a submission and forgets what an older one reported. Each
    engine that adds up the values learns through `changes` which cells to read again. Any number of
    threads may read while one writes.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._cells: dict[CellRow, dict[str, Decimal]] = {}
        self._rows_of: dict[str, tuple[CellRow, ...]] = {}
        self._changes: WeakSet[ChangedCells] = WeakSet()
        self._lock = Lock()
        self.version = 0
        """One more after each change; the values of a version that was read are all there."""

    def put(self, revision: Revision) -> None:
        """Take in the newest revision of a submission. Other threads may read meanwhile: a cell
        that is still reported is replaced and never missing in between."""
        form = self._catalogue.forms.get(revision.form)
        figures: dict[str, Decimal] = {}
        # Without its form (the plugin is gone) a revision remains in the store, uncounted.
        if form is not None and revision.state is SubmissionState.ACCEPTED:
            figures = figures_of(form, revision)
        rows = tuple((code, revision.period) for code in figures)
        with self._lock:
            before = self._rows_of.get(revision.submission, ())
            for row, value in zip(rows, figures.values(), strict=True):
                self._cells.setdefault(row, {})[revision.unit] = value
            for row in set(before).difference(rows):
                self._cells[row].pop(revision.unit, None)
            for changes in self._changes:
                changes.note({*before, *rows}, revision.unit)
            self._rows_of[revision.submission] = rows
            if before or rows:
                self.version += 1

    def row(self, indicator: str, period: str) -> Mapping[str, Decimal]:
        """What each unit reported for the indicator in that period."""
        return self._cells.get((indicator, period), {})

    def get(self, indicator: str, period: str, unit: str) -> Decimal | None:
        """What `unit` itself reported; None when nothing accepted is there."""
        return self.row(indicator, period).get(unit)

    def changes(self) -> ChangedCells:
        """What changes from now on; at first all cells that are there."""
        with self._lock:
            found = ChangedCells(self._lock, self._cells)
            self._changes.add(found)
            return found


def figures_of(form: Form, revision: Revision) -> dict[str, Decimal]:
    """The figures of a revision by indicator code."""
    found = {}
    for field in form.figures:
        value = revision.answers.get(field.key)
        if isinstance(value, Decimal):
            found[field.indicator] = value
    return found

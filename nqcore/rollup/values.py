"""The accepted figures: what roll-up adds. Only accepted submissions get in (house rule 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from nqcore.extend import Catalogue
from nqcore.model.forms import Form
from nqcore.model.submissions import Revision, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a value came from: a revision of a submission."""

    submission: str
    revision: int


class Values:
    """Accepted values by (indicator, period, unit), exact, in the indicator's own measure.

    `put` takes the newest revision of a submission and forgets what an older one said.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._cells: dict[tuple[str, str], dict[str, Decimal]] = {}
        self._sources: dict[str, Source] = {}
        self._held: dict[str, tuple[tuple[str, str], ...]] = {}

    def put(self, revision: Revision) -> None:
        """Take in the newest revision of a submission."""
        for key in self._held.pop(revision.submission, ()):
            self._cells[key].pop(revision.unit, None)
        self._sources.pop(revision.submission, None)
        if revision.state is not State.ACCEPTED:
            return
        form = self._catalogue.forms.get(revision.form)
        if form is None:  # its plugin is gone: the revision stays in the store, uncounted
            return
        held = []
        for code, value in figures_of(form, revision).items():
            key = (code, revision.period)
            self._cells.setdefault(key, {})[revision.unit] = value
            held.append(key)
        self._held[revision.submission] = tuple(held)
        self._sources[revision.submission] = Source(
            submission=revision.submission, revision=revision.number
        )

    def row(self, indicator: str, period: str) -> Mapping[str, Decimal]:
        """What each unit reported for the indicator in that period."""
        return self._cells.get((indicator, period), {})

    def get(self, indicator: str, period: str, unit: str) -> Decimal | None:
        """What `unit` itself reported; None when nothing accepted is there."""
        return self.row(indicator, period).get(unit)

    def source(self, submission: str) -> Source | None:
        """The revision that counts for a submission."""
        return self._sources.get(submission)


def figures_of(form: Form, revision: Revision) -> dict[str, Decimal]:
    """The figures of a revision by indicator code."""
    found = {}
    for field in form.figures:
        value = revision.answers.get(field.key)
        if isinstance(value, Decimal):
            found[field.indicator] = value
    return found

"""Reading submissions: their revisions and states, and the obligations that they fulfil."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from datetime import date
from functools import cached_property

from nqcore.clock import Clock
from nqcore.collection.obligations import Obligations
from nqcore.collection.submissions.codec import REVISION
from nqcore.collection.submissions.deadline_extensions import DeadlineExtensions
from nqcore.collection.submissions.index import SubmissionIndex
from nqcore.collection.submissions.leader_signoff import LeaderSignoff
from nqcore.collection.submissions.merged_answers import sums_of_answers
from nqcore.collection.submissions.period_locks import PeriodLocks
from nqcore.collection.tables import REVISIONS, SUBMISSIONS
from nqcore.errors import N_, InputError, Phrase, UnknownName
from nqcore.model.fields import Answer
from nqcore.model.forms import Form
from nqcore.model.handovers import Duty
from nqcore.model.made_of import made_of
from nqcore.model.obligations import Disposition, Obligation
from nqcore.model.periods import Period
from nqcore.model.submissions import Revision, SubmissionId, SubmissionState, submission_id
from nqcore.model.units import Unit, UnitTree
from nqcore.store import Store

REVISION_CACHE_SIZE = 5_000
"""How many revisions are kept in memory. This is safe: a committed revision never changes."""
EXPLAINED_PERIODS = 4
"""So many periods back a unit's words on a figure are shown beside the new one."""
_SENT = (SubmissionState.SENT, SubmissionState.ACCEPTED)
EARLIER_PERIODS = 2
"""How many earlier periods the checks compare with."""


class NotOwed(InputError):
    """The unit does not owe that report."""

    code = "not-owed"
    template = N_("{unit} does not owe form {form} for {period}. {why}")


class SubmissionRepository:
    """Reads submissions from the store by the definitions of `obligations`. Threads may share one
    repository. `clock` gives the present moment; `index` knows the heads of the store's submissions and
    outlives the definitions."""

    def __init__(
        self, store: Store, obligations: Obligations, clock: Clock, index: SubmissionIndex
    ) -> None:
        self.store, self.obligations, self.clock = store, obligations, clock
        self.catalogue = obligations.catalogue
        self.extensions = DeadlineExtensions(store)
        self.index = index
        self._kept: dict[str, Revision] = {}
        self.locks = PeriodLocks(store)
        self.leaders = LeaderSignoff(store, self.catalogue.units)

    @cached_property
    def of_all_time(self) -> SubmissionRepository:
        """The same for an office that collects from each form's own start: for what is brought in."""
        return SubmissionRepository(
            self.store, self.obligations.of_all_time(), self.clock, self.index
        )

    def revision(self, submission: str, number: int | None = None) -> Revision | None:
        """The newest revision of a submission, or the one of that `number` (from 1). None where nothing
        was entered or there is no such number. Inside an open change it sees what the change has put."""
        newest = self._newest_number(submission)
        if newest is None:
            return None
        id = f"{submission}#{newest if number is None else number}"
        if self.store.changing:  # what the open change has put is not in the cache
            return self._read(id)
        found = self._kept.get(id)
        if found is None:
            found = self._read(id)
            if found is not None:
                if len(self._kept) >= REVISION_CACHE_SIZE:
                    self._kept.clear()
                self._kept[id] = found
        return found

    def _newest_number(self, submission: str) -> int | None:
        """The number of the newest revision; None where nothing was entered."""
        if not self.store.changing:
            return self.index.number(submission)
        head = self.store.get(SUBMISSIONS, submission)  # the index knows no change that is open
        return None if head is None else int(head["revision"])

    def _read(self, id: str) -> Revision | None:
        doc = self.store.get(REVISIONS, id)
        return None if doc is None else REVISION.from_doc(doc)

    def revisions(self, submission: str) -> tuple[Revision, ...]:
        """All revisions of a submission, oldest first; () where nothing was entered."""
        numbers = range(1, (self._newest_number(submission) or 0) + 1)
        found = (self.revision(submission, number) for number in numbers)
        return tuple(revision for revision in found if revision is not None)

    def newest_revisions(self) -> Iterator[Revision]:
        """The newest revision of every submission that has one."""
        for head in self.store.table(SUBMISSIONS):
            doc = self.store.get(REVISIONS, f"{head.doc_id}#{head['revision']}")
            assert doc is not None
            yield REVISION.from_doc(doc)

    def state(self, submission: str) -> SubmissionState | None:
        """The state of a submission; None where nothing was entered."""
        head = self.store.get(SUBMISSIONS, submission)
        return None if head is None else SubmissionState(head["state"])

    def ids(self, state: SubmissionState) -> tuple[str, ...]:
        """The ids of the submissions that are in `state`."""
        return self.index.ids(state)

    def units_with(
        self, form: Form, period: Period, states: Set[SubmissionState]
    ) -> frozenset[str]:
        """The codes of the units whose report of `form` for `period` is in one of `states`. What an open
        change has put is not in it."""
        return self.index.units(period.code, form.id, states)

    def any_is_late(self, form: Form, period: Period) -> bool:
        """Whether a report of `form` for `period` may be past its deadline today: not before the first
        deadline of all units is over (an extension only gives a later one)."""
        return self.obligations.first_deadline(form, period) < self.clock().date()

    def reporting_units(self) -> Iterator[str]:
        """The code of the unit of every report for which something was entered; a code may repeat."""
        for head in self.store.table(SUBMISSIONS):
            yield SubmissionId.parse(str(head.doc_id)).unit

    def outstanding(self, last: Mapping[str, date]) -> Iterator[Obligation]:
        """The reports that units which end have still to finish: those that are neither accepted nor
        excluded. `last`: the last day of each unit, by its code."""
        for form, period, unit, state in self._last_obligations(last):
            if state not in (SubmissionState.ACCEPTED, SubmissionState.EXCLUDED):
                yield self.obligation(unit, form, period)

    def unsent(self, last: Mapping[str, date]) -> dict[str, int]:
        """How many of their reports these units have not sent, by unit code. Units that have sent all are
        left out. `last`: the last day of each unit, by its code."""
        found: dict[str, int] = {}
        for _form, _period, unit, state in self._last_obligations(last):
            if state not in (
                SubmissionState.SENT,
                SubmissionState.ACCEPTED,
                SubmissionState.EXCLUDED,
            ):
                found[unit] = found.get(unit, 0) + 1
        return found

    def _last_obligations(
        self, last: Mapping[str, date]
    ) -> Iterator[tuple[Form, Period, str, SubmissionState | None]]:
        """Form, period, unit and state of each report of the periods that ended by the unit's last day."""
        days: dict[date, set[str]] = {}
        for unit, day in last.items():
            days.setdefault(day, set()).add(unit)
        for day, units in sorted(days.items()):
            for form in self.catalogue.forms.values():
                for period in self.obligations.open_periods(form, day, None):
                    if period.end <= day and self.obligations.is_awaited(period):
                        for code in sorted(units & self.obligations.owing_codes(form, period)):
                            yield (
                                form,
                                period,
                                code,
                                self.state(submission_id(period.code, form.id, code)),
                            )

    def obligation(self, unit: str, form: Form, period: Period) -> Obligation:
        """The report that `unit` owes, with the deadline that holds for it (with its extension) and its
        newest revision. Raises NotOwed."""
        found = self.obligation_by_rule(unit, form, period)
        extension = self.extensions.get(found.submission)
        whole = replace(
            found,
            # A rule that was changed since then may give a later day than the extension.
            period=replace(found.period, due=max(found.due, extension.until))
            if extension
            else found.period,
            revision=self.revision(found.submission),
            extension=extension,
            disposition=self._disposition(unit),
        )
        if whole.sent or self.locks.on(whole, self.clock().date()) is None:
            return whole
        return replace(whole, closed=True)

    def _disposition(self, unit: str) -> Disposition:
        today = self.clock().date()
        closed = self.catalogue.units[unit].closed
        if closed is None or closed > today:
            return Disposition.HELD
        now = self.catalogue.bearer(unit, Duty.REPORTS, "", today)
        if not now.decided:
            return Disposition.UNDECIDED
        return Disposition.ENDED if now.unit is None else Disposition.HELD

    def due(self, unit: str, form: Form, period: Period) -> date:
        """The last day to send the report in time, with the unit's extension. Raises NotOwed."""
        rule = self.obligation_by_rule(unit, form, period)
        extension = self.extensions.get(rule.submission)
        return max(rule.due, extension.until) if extension else rule.due

    def obligation_by_rule(self, unit: str, form: Form, period: Period) -> Obligation:
        """The report that `unit` owes, with the deadline of the form and its overlays, without an
        extension and without revisions. Raises NotOwed."""
        if unit not in self.obligations.owing_codes(form, period):
            why = self.obligations.why_not_owed(form, unit, period)
            raise NotOwed(unit=unit, form=form.id, period=period.code, why=why)
        local, overlays = self.obligations.deadline(form, unit, period)
        return Obligation(
            unit=unit,
            form=form.id,
            period=local,
            overlays=tuple(overlay.id for overlay in overlays),
            awaited=self.obligations.is_awaited(local),
        )

    def find(self, submission: str) -> Obligation:
        """The obligation of a submission's id ("2018-Q3_res20.q_xa-an-phu"), also where nothing was
        entered. Raises UnknownName where form, unit or period are unknown or the period has not begun,
        NotOwed where the unit does not owe the report."""
        id = SubmissionId.parse(submission)
        if id.form not in self.catalogue.forms or id.unit not in self.catalogue.units:
            raise UnknownName(
                kind="report", name=submission, hint=Phrase(N_("Open it from the list."))
            )
        form = self.catalogue.form(id.form)
        found = self.obligation(id.unit, form, self.obligations.period(form, id.period))
        if found.revision is None and found.period.start > self.clock().date():
            raise UnknownName(
                kind="report", name=submission, hint=Phrase(N_("Its period has not begun."))
            )
        return found

    def earlier_answers(self, obligation: Obligation) -> tuple[Mapping[str, Answer], ...]:
        """The answers of the same unit for the EARLIER_PERIODS periods before, newest first; {} for a
        period whose report was not sent. Of a time before whole units were merged into it, its figures that
        add up are the sums of theirs, where all of them were sent."""
        form = self.catalogue.form(obligation.form)
        return tuple(
            self._answers_then(obligation, form, period)
            for period in self.obligations.earlier_periods(form, obligation.period, EARLIER_PERIODS)
        )

    def earlier_units(self, obligation: Obligation, period: Period) -> tuple[str, ...]:
        """The codes of the units that made up the unit of the report at the end of that earlier period: its
        own alone where nothing was merged; () where parts of units came or went since."""
        return made_of(
            obligation.unit,
            period.end,
            obligation.period.end,
            self.catalogue.units,
            self.catalogue.changes.values(),
        )

    def earlier_explanations(self, obligation: Obligation) -> Mapping[str, tuple[Period, str]]:
        """The newest words of the same unit beside each figure, with the period of the report that has them,
        by field key: those of the EXPLAINED_PERIODS periods before that are sent."""
        form = self.catalogue.form(obligation.form)
        found: dict[str, tuple[Period, str]] = {}
        for period in self.obligations.earlier_periods(form, obligation.period, EXPLAINED_PERIODS):
            revision = self.revision(submission_id(period.code, form.id, obligation.unit))
            if revision is not None and revision.state in _SENT:
                for key, words in revision.explanations.items():
                    found.setdefault(key, (period, words))
        return found

    def has_sent(self, unit: str, form: Form, period: Period) -> bool:
        """Whether the report of that unit counts among earlier answers."""
        return bool(self._sent_answers(submission_id(period.code, form.id, unit)))

    def _answers_then(
        self, obligation: Obligation, form: Form, period: Period
    ) -> Mapping[str, Answer]:
        units = self.earlier_units(obligation, period)
        if units == (obligation.unit,) or not units:
            return self._sent_answers(submission_id(period.code, form.id, obligation.unit))
        several = [self._sent_answers(submission_id(period.code, form.id, one)) for one in units]
        return sums_of_answers(self.catalogue, form, several)

    def _sent_answers(self, submission: str) -> Mapping[str, Answer]:
        revision = self.revision(submission)
        return revision.answers if revision is not None and revision.state in _SENT else {}

    @property
    def units(self) -> UnitTree:
        """All units as they are today. Rights follow this tree."""
        return self.obligations.tree_with_rights(self.clock().date())

    def unit(self, obligation: Obligation) -> Unit:
        """The unit of a report, with the name and kind that it had at the end of the period."""
        return self.catalogue.units.state(obligation.unit, obligation.period.end)

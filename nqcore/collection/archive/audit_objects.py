"""What a record of the journal was done to, in words: a period of a form, a finding of a review, a target.

Reports, accounts and units are kept apart from these, with the codes that pages make links of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from nqcore.catalogue.catalogue import Catalogue
from nqcore.catalogue.item_kinds import read_item
from nqcore.catalogue.item_mistakes import KIND_WORDS
from nqcore.collection import tables
from nqcore.collection.accounts.directory import AccountDirectory
from nqcore.collection.obligations import Obligations
from nqcore.errors import N_, NqError, Phrase, Spoken, Translate, UnknownName
from nqcore.model.handovers import Duty
from nqcore.model.period_names import period_name
from nqcore.model.periods import Period
from nqcore.model.submissions import SubmissionId
from nqcore.store import Record, Store
from nqcore.text.dates import write_date

AuditObject = str | Spoken
"""A text that stays as it is, or what says itself in the reader's language."""
Doc = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _PeriodWords:
    """The name of a period."""

    period: Period

    def message(self, translate: Translate = str) -> str:
        return period_name(self.period, translate)


@dataclass(frozen=True, slots=True)
class AuditNames:
    """Where the names come from: of forms, units, findings and people as they are known today. What is
    known no more is named by its code."""

    store: Store
    accounts: AccountDirectory
    obligations: Obligations

    def object(self, record: Record, table: str, id: str, doc: Doc | None) -> AuditObject | None:
        """The document that the record changed (None: dropped), in words; None where it is said by its
        report, account or unit, or goes with another document of the record."""
        found = doc
        if found is None:
            found = self._before(record, table, id)
        if table == tables.LINKS:
            return (
                self._person(str(found.get("login", ""))) if record.do == "withdraw-link" else None
            )
        if table in _TOLD_OTHERWISE:
            return None
        words = _WORDS.get(table)
        if words is None:
            return Phrase(N_("{id} of the table “{table}”"), {"id": id, "table": table})
        return words(self, id, found)

    def _before(self, record: Record, table: str, id: str) -> Doc:
        """The document as it was before the record dropped it."""
        for entry in reversed(self.store.history(table, id)):
            if entry.seq < record.seq and entry.doc is not None:
                return entry.doc
        return {}

    # -- names -----------------------------------------------------------------------------------

    @property
    def catalogue(self) -> Catalogue:
        """What forms, units and findings are called."""
        return self.obligations.catalogue

    def unit(self, code: str, on: date | None = None) -> str:
        """The unit's name, as it was on a day (None: as it is last known)."""
        units = self.catalogue.units
        if code not in units:
            return code
        return (units[code] if on is None else units.state(code, on)).name

    def period(self, code: str) -> AuditObject:
        """The period's name."""
        try:
            return _PeriodWords(self.obligations.read(code))
        except UnknownName:
            return code

    def form_period(self, form: str, period: str) -> Phrase:
        """ "Báo cáo quý, Quý III/2018"."""
        known = self.catalogue.forms.get(form)
        words = {"form": known.title if known else form, "period": self.period(period)}
        return Phrase(N_("{form}, {period}"), words)

    def review(self, directive: str, place: str, span: str) -> Phrase:
        """ "báo cáo tổng hợp Nghị quyết số 20-NQ/TW, Năm 2018, Huyện Tân Hòa"."""
        try:
            name = self.catalogue.directives[directive].name
        except NqError:
            name = directive
        unit = self.unit(place.partition("@")[0])
        words = {"directive": name, "span": self.period(span), "unit": unit}
        return Phrase(N_("review of {directive}, {span}, {unit}"), words)

    def duty(self, duty: str, of: str) -> AuditObject:
        """The form, task or target that is inherited; the reports still owed."""
        if duty == Duty.REPORTS:
            return Phrase(N_("reports still owed"))
        catalogue = self.catalogue
        known = {Duty.FORM: catalogue.forms, Duty.TASK: catalogue.tasks}.get(Duty(duty))
        return _name_of((known or catalogue.targets).get(of)) or of

    def _person(self, login: str) -> str:
        account = self.accounts.get(login)
        return account.name if account else login


_TOLD_OTHERWISE = frozenset(
    {
        tables.SUBMISSIONS,
        tables.REVISIONS,
        tables.EVIDENCE,
        tables.REMINDERS,
        tables.ACCOUNTS,
        tables.UNITS,
        tables.CONTENT_STEPS,
        tables.EDITION_REPORTS,
        tables.EDITION_DEFINITIONS,
    }
)


def _name_of(thing: object) -> str:
    for key in ("title", "name", "text", "label"):
        if isinstance(found := getattr(thing, key, None), str) and found:
            return found
    return ""


def _of_day(what: AuditObject, day: object) -> AuditObject:
    """What it is, and the day that was set for it."""
    if not day:
        return what
    words = {"what": what, "day": write_date(datetime.fromisoformat(str(day)).date())}
    return Phrase(N_("{what}: due {day}"), words)


def _extension(names: AuditNames, id: str, doc: Doc) -> AuditObject:
    report = SubmissionId.parse(id)
    return _of_day(names.form_period(report.form, report.period), doc.get("until"))


def _deadline(names: AuditNames, id: str, doc: Doc) -> AuditObject:
    return _of_day(_lock(names, id, doc), doc.get("until"))


def _lock(names: AuditNames, id: str, doc: Doc) -> Phrase:
    form, _bar, period = id.partition("|")
    return names.form_period(form, period)


def _start(names: AuditNames, id: str, doc: Doc) -> AuditObject | None:
    """Figures that were brought in are named by their reports."""
    return write_date(date.fromisoformat(doc["since"])) if doc.get("since") else None


def _day_off(names: AuditNames, id: str, doc: Doc) -> AuditObject:
    return write_date(date.fromisoformat(id))


def _leader_step(names: AuditNames, id: str, doc: Doc) -> AuditObject:
    return names.unit(id)


def _task(names: AuditNames, id: str, doc: Doc) -> AuditObject:
    of = id.removeprefix("|")
    return _name_of(names.catalogue.tasks.get(of)) or of


def _decision(names: AuditNames, id: str, doc: Doc) -> AuditObject:
    span, directive, place, key = id.split("|", 3)
    rule = names.catalogue.rules.get(key)
    words = {"finding": _name_of(rule) or key, "review": names.review(directive, place, span)}
    return Phrase(N_("“{finding}”: {review}"), words)


def _draft(names: AuditNames, id: str, doc: Doc) -> AuditObject:
    directive, place, span = id.split("|", 3)[:3]
    return names.review(directive, place, span)


def _edition(names: AuditNames, id: str, doc: Doc) -> AuditObject:
    address = doc.get("address", doc)
    return names.review(address["directive"], address["unit"], address["span"])


def _change(names: AuditNames, id: str, doc: Doc) -> AuditObject:
    """The units that were changed, what became of them, and the day."""
    if not doc.get("date"):
        return id
    day = date.fromisoformat(doc["date"])
    old = [code for code in (*doc.get("sources", ()), doc.get("unit")) if code]
    before = "; ".join(names.unit(code, day - timedelta(days=1)) for code in old)
    after = "; ".join(filter(None, (*map(names.unit, doc.get("targets", ())), doc.get("name"))))
    words = {"what": " → ".join(filter(None, (before, after))) or id, "day": write_date(day)}
    return Phrase(N_("{what}: from {day}"), words)


def _handover(names: AuditNames, id: str, doc: Doc) -> AuditObject:
    duty, of, unit = id.split(":", 2)
    units = [names.unit(code) for code in (unit, doc.get("successor")) if code]
    words = {"units": " → ".join(units), "duty": names.duty(duty, of)}
    return Phrase(N_("{units}: {duty}"), words)


def _content(names: AuditNames, id: str, doc: Doc) -> AuditObject:
    kind, _colon, name = id.partition(":")
    with suppress(NqError, KeyError):  # of what cannot be read any more the code is the name
        name = _name_of(read_item(id, doc["toml"]).value) or name
    words = {"kind": Phrase(KIND_WORDS.get(kind, kind)), "name": name}
    return Phrase(N_("{kind} “{name}”"), words)


def _mapping(names: AuditNames, id: str, doc: Doc) -> AuditObject:
    return str(doc.get("mapping", {}).get("name") or id)


def _backup(names: AuditNames, id: str, doc: Doc) -> AuditObject:
    return str(doc.get("file") or id)


def _setting(names: AuditNames, id: str, doc: Doc) -> AuditObject:
    return id


def _place(names: AuditNames, id: str, doc: Doc) -> AuditObject:
    return Phrase(N_("the office's folder"))


def _journal(names: AuditNames, id: str, doc: Doc) -> AuditObject:
    return Phrase(N_("the journal"))


_WORDS: Mapping[str, Callable[[AuditNames, str, Doc], AuditObject | None]] = {
    tables.EXTENSIONS: _extension,
    tables.DEADLINES: _deadline,
    tables.PERIOD_LOCKS: _lock,
    tables.HISTORY: _start,
    tables.DAYS_OFF: _day_off,
    tables.LEADER_STEPS: _leader_step,
    tables.TASK_NOTES: _task,
    tables.DECISIONS: _decision,
    tables.REVIEW_DRAFTS: _draft,
    tables.EDITIONS: _edition,
    tables.CHANGES: _change,
    tables.HANDOVERS: _handover,
    tables.CONTENT: _content,
    tables.MAPPINGS: _mapping,
    tables.BACKUPS: _backup,
    tables.SETTINGS: _setting,
    tables.PLACES: _place,
    "epochs": _journal,
}
"""How the documents of each table are said in words."""

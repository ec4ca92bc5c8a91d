"""An office with made-up reports, from a seed: any valid values, missing ones and questions not asked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from nqcore.catalogue import Catalogue, Definitions
from nqcore.clock import VIET_NAM, clock_at
from nqcore.collection.submissions.codec import REVISION
from nqcore.collection.tables import REVISIONS, SUBMISSIONS
from nqcore.model.fields import (
    Answer,
    AnyField,
    ChoicesField,
    DayField,
    DocumentField,
    FigureField,
    NarrativeField,
    OwnDocument,
    TaskField,
    TaskProgress,
    YesNoField,
)
from nqcore.model.forms import Form
from nqcore.model.periods import Period
from nqcore.model.submissions import Revision, Step, SubmissionState, submission_id
from nqcore.model.targets import TaskStatus
from nqcore.model.units import Sector, Unit, UnitKind
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import create_workspace

YEARS = 3
"""So long the office collects: no more reports are missing before."""
PERIODS = 9
"""Periods of each form with reports: more than two years of quarters."""
EACH = 3
"""Units of each kind that is asked for something, where no plugin brings units."""
REPORTED, ANSWERED = 0.9, 0.92
"""How many reports are there, and how many of the answers in them."""
ROOT = "mau"
"""The code of the unit at the top, where no plugin brings units."""


def made_up_units(catalogue: Catalogue) -> tuple[Unit, ...]:
    """Units of every kind that the forms of the catalogue ask: () where it has units itself."""
    if catalogue.units:
        return ()
    scopes = [form.owed_by for form in catalogue.forms.values()]
    scopes += [one.asks for one in catalogue.indicators.values()]
    scopes += [field.asks for form in catalogue.forms.values() for field in form.fields]
    kinds = {kind for scope in scopes for kind in scope.kinds} or {UnitKind.COMMUNE}
    sectors = {sector for scope in scopes for sector in scope.sectors} | {Sector.NON_STATE}
    units = [Unit(code=ROOT, name="Huyện Mẫu", kind=UnitKind.COMMITTEE)]
    for kind in sorted(kinds):
        definition = catalogue.unit_kinds.get(kind)
        like = definition.like if definition else kind
        of_sectors: Iterable[Sector | None] = [None]
        if like in (UnitKind.ENTERPRISE, UnitKind.COOPERATIVE):
            of_sectors = (
                [definition.sector] if definition and definition.sector else sorted(sectors)
            )
        for sector in of_sectors:
            for nth in range(1, EACH + 1):
                code = "-".join(filter(None, (kind, sector, str(nth)))).replace("_", "-")
                units.append(
                    Unit(
                        code=f"mau-{code}",
                        name=f"Đơn vị {code}",
                        kind=kind,
                        sector=sector,
                        parent=ROOT,
                    )
                )
    named = sorted({code for scope in scopes for code in scope.units})
    return (
        *units,
        *(Unit(code=code, name=code, kind=UnitKind.AGENCY, parent=ROOT) for code in named),
    )


def a_day_when_all_runs(definitions: Definitions) -> date:
    """The last day of a year in which all of the definitions hold, with years of reports before it."""
    years = [one.date.year + 3 for one in definitions.directives if one.date]
    begun = [one.since for one in definitions.forms]
    begun += [one.since for one in definitions.indicators]
    years += [since.year + 3 for since in begun if since is not None]
    years += [int(found) for one in definitions.targets if (found := one.period[-4:]).isdigit()]
    years += [one.since.year + 1 for one in definitions.overlays]
    return date(min(max(years, default=2018), 2100), 12, 31)


@contextmanager
def office_with_reports(
    plugins: Sequence[str], units: Sequence[Unit], root: str, today: date, seed: int | None
) -> Iterator[Workspace]:
    """A workspace in a temporary folder with these plugins, on that day: without reports, or (`seed`) with
    made-up ones."""
    with TemporaryDirectory(prefix="nq-kit-") as folder, _keys_in(folder):
        workspace = create_workspace(
            Path(folder) / "office",
            name="Huyện Mẫu",
            plugins=plugins,
            root=root,
            units=units,
            since=date(today.year - YEARS + 1, 1, 1),
            clock=clock_at(today),
        )
        with workspace:
            if seed is not None:
                _fill(workspace, today, Random(seed))
            yield workspace


@contextmanager
def _keys_in(folder: str) -> Iterator[None]:
    """The key of the office is kept in the temporary folder, too."""
    before = os.environ.get("NQ_KEYS")
    os.environ["NQ_KEYS"] = folder
    try:
        yield
    finally:
        if before is None:
            del os.environ["NQ_KEYS"]
        else:
            os.environ["NQ_KEYS"] = before


def _fill(workspace: Workspace, today: date, chance: Random) -> None:
    """Accepted reports of the last periods; some are missing, some were only sent."""
    at = datetime.combine(today, time(8), VIET_NAM)
    with workspace.store.change(by="kit", do="accept", at=at) as change:
        for revision in _revisions(workspace, today, at, chance):
            change.put(REVISIONS, f"{revision.submission}#1", REVISION.to_doc(revision))
            change.put(
                SUBMISSIONS, revision.submission, {"revision": 1, "state": revision.state.value}
            )


def _revisions(
    workspace: Workspace, today: date, at: datetime, chance: Random
) -> Iterator[Revision]:
    obligations, catalogue = workspace.obligations, workspace.catalogue
    for form in catalogue.forms.values():
        for period in obligations.open_periods(form, today, PERIODS):
            for unit in obligations.owed(form, period):
                if chance.random() > REPORTED:
                    continue
                state = SubmissionState.ACCEPTED if chance.random() < 0.95 else SubmissionState.SENT
                yield Revision(
                    submission=submission_id(period.code, form.id, unit.code),
                    unit=unit.code,
                    form=form.id,
                    period=period.code,
                    number=1,
                    state=state,
                    step=Step.SEND if state is SubmissionState.SENT else Step.ACCEPT,
                    answers=made_up_answers(catalogue, form, period, unit, chance),
                    by="kit",
                    at=at,
                    first_sent=at,
                    receipt="x",
                )


def made_up_answers(
    catalogue: Catalogue, form: Form, period: Period, unit: Unit, chance: Random
) -> dict[str, Answer]:
    """Answers to most of the questions that the unit is asked, each within its bounds."""
    found: dict[str, Answer] = {}
    for field in form.fields:
        if catalogue.is_asked(form, field, unit, period.end) and chance.random() < ANSWERED:
            answer = _answer(catalogue, field, period, chance)
            if answer is not None:
                found[field.key] = answer
    return found


def _answer(catalogue: Catalogue, field: AnyField, period: Period, chance: Random) -> Answer | None:
    if isinstance(field, FigureField):
        return _figure(catalogue, field, period, chance)
    if isinstance(field, ChoicesField):
        return tuple(one.code for one in field.options if chance.random() < 0.5)
    if isinstance(field, DocumentField):
        return (
            OwnDocument(f"{chance.randint(1, 99)}-KH", period.start)
            if chance.random() < 0.7
            else None
        )
    if isinstance(field, TaskField):
        return TaskProgress(chance.choice([*TaskStatus]), "")
    if isinstance(field, YesNoField):
        return chance.random() < 0.5
    if isinstance(field, DayField):
        return period.start
    if isinstance(field, NarrativeField):
        return "Nội dung thử." if chance.random() < 0.5 else None
    return None


def _figure(
    catalogue: Catalogue, field: FigureField, period: Period, chance: Random
) -> Decimal | None:
    if field.indicator not in catalogue.versions:
        return None
    indicator = catalogue.indicator_at(field.indicator, period.end)
    low = indicator.minimum if indicator.minimum is not None else Decimal(0)
    high = indicator.maximum if indicator.maximum is not None else low + 200
    if chance.random() < 0.2:
        return low
    unit = Decimal(1).scaleb(-indicator.decimals)
    steps = int((high - low) / unit)
    return low + unit * chance.randint(0, max(0, steps))

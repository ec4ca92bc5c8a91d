"""What a review is computed from, taken together: the documents of the store at one position, the
definitions of the plugins and of the office, and the day. From the same basis comes the same report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nqcore.analysis.findings import Review
from nqcore.analysis.findings.review_address import ReviewAddress
from nqcore.analysis.report.build import build_report
from nqcore.analysis.rollup import AcceptedValues, Totals
from nqcore.catalogue import Catalogue, merge_definitions
from nqcore.catalogue.contributions import Contributions
from nqcore.catalogue.outline_choice import AskedOutline
from nqcore.collection.content.own_items import with_files
from nqcore.collection.context import context_of
from nqcore.collection.reorganisation.own_definitions import own_definitions
from nqcore.collection.submissions.as_of import RepositoryAsOf
from nqcore.collection.submissions.index import SubmissionIndex
from nqcore.collection.submissions.repository import SubmissionRepository
from nqcore.model.codec import Codec, Doc, Kind
from nqcore.model.days_off import DaysOff
from nqcore.model.outlines import Outline
from nqcore.model.reports import Letterhead, Report
from nqcore.progress import Progress, quiet
from nqcore.store.past import PastStore, Tables


def _write_days(days: DaysOff) -> Doc:
    return {
        "own": {day.isoformat(): working for day, working in days.own.items()},
        "names": {day.isoformat(): name for day, name in days.names.items()},
    }


def _read_days(doc: Mapping[str, Any]) -> DaysOff:
    return DaysOff(
        {date.fromisoformat(day): working for day, working in doc["own"].items()},
        {date.fromisoformat(day): name for day, name in doc["names"].items()},
    )


@dataclass(frozen=True, kw_only=True)
class OfficeBasis:
    """What the office's own files say: the unit at the top, the day from which it collects, its letterheads
    and its days off (with those that were entered); its outlines, and the id of the one that all its reports
    have ("": none)."""

    root: str
    since: date | None
    letterheads: tuple[Letterhead, ...]
    days_off: DaysOff
    outlines: tuple[Outline, ...] = ()
    report_outline: str = ""


OFFICE = Codec(
    OfficeBasis,
    optional={"outlines", "report_outline"},
    kinds={"days_off": Kind(_write_days, _read_days, dict)},
)
"""The office's own settings as a document."""


@dataclass(frozen=True, kw_only=True)
class Basis:
    """`store` has the documents; the office's own units and changes are among them. `moment` is the moment
    of the computation, `today` the day of the document, `as_of` that of the review."""

    store: PastStore
    contributions: Contributions
    office: OfficeBasis
    moment: datetime
    today: date
    as_of: date


def catalogue_of(basis: Basis) -> Catalogue:
    """All definitions of the basis, merged. Raises as `merge_definitions` does."""
    office = basis.office
    own = with_files(own_definitions(basis.store), office.letterheads, office.outlines, office.root)
    return merge_definitions(basis.contributions, own, office.root, office.report_outline)


def outline_of(id: str, basis: Basis) -> Outline | None:
    """The outline of that id in the definitions of the basis; None where there is none."""
    return catalogue_of(basis).outlines.get(id)


def outline_now(id: str, basis: Basis, address: ReviewAddress) -> Outline:
    """The same; where it is gone, the one that is chosen for the review now. Raises as `review_of`."""
    if (found := outline_of(id, basis)) is not None:
        return found
    return review_of(basis, address).outline


def review_of(basis: Basis, address: ReviewAddress, outline: AskedOutline = None) -> Review:
    """The review of that address on that basis. `outline`: that of its report, or its id (None: the one that
    the basis itself chooses). Raises UnknownName, SpanRefused, and what
    `merge_definitions` raises where the definitions contradict each other."""
    catalogue = catalogue_of(basis)
    context = context_of(
        catalogue,
        basis.office.days_off,
        basis.office.since,
        basis.store,
        lambda: basis.moment,
        SubmissionIndex(basis.store),
    )
    repository = context.repository
    values, newest = _accepted(repository, AcceptedValues(catalogue))
    if newest > basis.as_of:  # what was done after the day of the review is not known to it
        repository = RepositoryAsOf(repository, basis.as_of)
        values, _ = _accepted(repository, AcceptedValues(catalogue))
    return Review.at(
        address,
        Totals(context.obligations, values, basis.today),
        repository,
        as_of=basis.as_of,
        outline=outline,
    )


def same_basis(one: Basis, other: Basis) -> bool:
    """Whether both give the same report: the clock is read by the day only."""
    return (
        (one.moment.date(), one.today, one.as_of) == (other.moment.date(), other.today, other.as_of)
        and one.office == other.office
        and (one.contributions is other.contributions or one.contributions == other.contributions)
        and _documents(one) == _documents(other)
    )


def _documents(basis: Basis) -> Tables:
    return {name: docs for name, docs in basis.store.contents.items() if docs}


def _accepted(
    repository: SubmissionRepository, values: AcceptedValues
) -> tuple[AcceptedValues, date]:
    """The values of the newest revisions, and the day of the newest step."""
    newest = date.min
    for revision in repository.newest_revisions():
        values.put(revision)
        newest = max(newest, revision.at.date())
    return values, newest


def seal_of(store: PastStore) -> str:
    """Number and hash (26 hex digits: 104 bits) of the last record."""
    head = store.head
    return f"{head.seq}/{head.hash[:26]}"


def report_of(
    basis: Basis,
    review: Review,
    seal: str | None = None,
    progress: Progress = quiet,
) -> Report:
    """The report of the review on that basis. `seal`: default that of the store's last record."""
    return build_report(review, basis.today, seal or seal_of(basis.store), progress)

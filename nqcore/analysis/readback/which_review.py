"""Of which review a document is: its bookmarks name the edition, or the seal in its foot; else what its file
or its title says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from nqcore.analysis.findings import Review
from nqcore.analysis.readback.doc_parts import anchor_name
from nqcore.analysis.readback.document import ReadDocument
from nqcore.analysis.report.anchors import NO_EDITION
from nqcore.analysis.report.citing import Citations
from nqcore.analysis.report.title import title
from nqcore.errors import UnknownName
from nqcore.model.directives import Directive
from nqcore.model.period_names import work_period_name
from nqcore.model.periods import Calendar, Period, PeriodKind, read_period
from nqcore.text.printable import printable

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SEAL = re.compile(r"Bản chốt (\w+) · bản ghi \d+ · [0-9a-f]{8,64}(?!\w)")
_DAYS = re.compile(r"từ ngày (\d\d?/\d\d?/\d{4}) đến ngày (\d\d?/\d\d?/\d{4})")
_HEAD = 40
"""In so many paragraphs stand the head and the title of a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileQuestion:
    """Which question a file says that it answers, in its properties: the review, within which boundaries, and
    up to which day. `made`: by the clock of which day. `edition`: "" of a draft. Other text may have come
    into the file since."""

    directive: str
    unit: str
    period: str
    boundaries: str
    as_of: date
    made: date
    outline: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSign:
    """What a document says of itself: the id of its edition ("": its numbers are of a draft; None: it has
    neither a bookmark of ours nor a seal), the words of its head, and the question in its file (None: the
    file does not say it)."""

    edition: str | None
    head: str
    question: FileQuestion | None = None


def sign_of(document: ReadDocument) -> PaperSign:
    """What most of its bookmarks say, or its seal, and the words of its head."""
    names = (anchor_name(mark.name) for one in document.paragraphs for mark in one.marks)
    editions = Counter(name.split("_")[1] for name in names if name)
    found = editions.most_common(1)
    edition = found[0][0] if found else None
    if edition is None and (seal := _SEAL.search(document.text)):
        edition = seal[1]
    head = " ".join(" ".join(one.text.split()) for one in document.paragraphs[:_HEAD])
    return PaperSign(
        edition="" if edition == NO_EDITION else edition,
        head=head.casefold(),
        question=_question(document.properties),
    )


def _question(said: Mapping[str, str]) -> FileQuestion | None:
    """The question that these properties say in full."""
    try:
        return FileQuestion(
            directive=said["nq.directive"],
            unit=said["nq.unit"],
            period=said["nq.span"],
            boundaries=said["nq.boundaries"],
            as_of=date.fromisoformat(said["nq.as-of"]),
            made=date.fromisoformat(said["nq.made"]),
            outline=said.get("nq.outline", ""),
            edition=said.get("nq.edition", ""),
        )
    except (KeyError, ValueError):
        return None


def periods_named(sign: PaperSign, calendars: Iterable[Calendar]) -> Iterator[Period]:
    """The periods that the head may mean, of every kind that a review can have: spans of days and of years,
    the longest first, then those that the calendars have in the years of the head."""
    for first, last in _DAYS.findall(sign.head):
        with suppress(UnknownName, ValueError):
            a, b = (datetime.strptime(day, "%d/%m/%Y").date() for day in (first, last))
            yield read_period(f"{a}..{b}")
    years = sorted({*_YEAR.findall(sign.head)})
    yield from (read_period(f"{a}..{b}") for a in years for b in reversed(years) if a < b)
    for calendar in calendars:
        for kind in PeriodKind:
            if kind is not PeriodKind.SPAN:
                for year in map(int, years):
                    yield from calendar.periods(kind, date(year, 1, 1), date(year, 12, 31))


def names_period(sign: PaperSign, period: Period, directive: Directive) -> bool:
    """Whether the head names that period as the title of a review of the directive does."""
    return _folded(work_period_name(period, directive.date)) in sign.head


def title_fit(sign: PaperSign, review: Review, bodies: Sequence[str]) -> tuple[int, int] | None:
    """How well the title of the review fits, None where it does not: of several the greatest is meant.
    `bodies`: who issues its documents, which stands over the title (below it only who receives the document).

    The first title of a document is its own, of titles at one place the longest: that of the unit at the top
    is the beginning of those of all units below it."""
    names = (review.catalogue.units[code].name for code in review.catalogue.units)
    words = _folded(title(review, Citations(names)))
    over, found, _ = sign.head.partition(words)
    return (-len(over), len(words)) if found and names_body(over, bodies) else None


def has_title(sign: PaperSign, title: str) -> bool:
    """Whether the head has this title."""
    return _folded(title) in sign.head


def names_body(head: str, bodies: Sequence[str]) -> bool:
    """Whether these words of a head name the body that issues the documents of a unit."""
    return all(_folded(body) in head for body in bodies if body)


def _folded(text: str) -> str:
    return " ".join(printable(text).split()).casefold()

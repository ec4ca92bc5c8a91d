"""Freezing a review (*chốt số liệu*): its text and all that shaped it become one record of the journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version

from nqcore.analysis.editions.edition import (
    HEAD,
    REPORT,
    Edition,
    EditionHead,
    edition_of,
    told_rules,
)
from nqcore.analysis.editions.register import EditionRegister
from nqcore.analysis.findings import Review, evaluate
from nqcore.analysis.findings.review_address import ReviewAddress
from nqcore.analysis.frozen.basis import Basis, report_of, review_of
from nqcore.analysis.frozen.stored_definitions import definition_docs, tree_doc
from nqcore.analysis.report.decisions import require_decider
from nqcore.catalogue.contributions import Contributions
from nqcore.collection.accounts.access import Account
from nqcore.collection.tables import EDITION_DEFINITIONS, EDITION_REPORTS, EDITIONS
from nqcore.errors import N_, Conflict
from nqcore.model.reports import Report
from nqcore.model.units import EVERY_UNIT
from nqcore.progress import Progress, quiet
from nqcore.store import Change, Store
from nqcore.version import __version__

FREEZE = "freeze"
"""The action word."""


class FrozenMeanwhile(Conflict):
    """Another user has frozen the review since it was shown; nothing was frozen again."""

    code = "frozen-meanwhile"
    template = N_(
        "{who} froze this review meanwhile (edition {now}). Look at it, then freeze again if you must."
    )


def freeze(
    basis: Basis,
    address: ReviewAddress,
    store: Store,
    *,
    by: Account,
    at: datetime,
    base: int | None = None,
    outline: str = "",
    progress: Progress = quiet,
) -> Edition:
    """Freeze the review of that address as it is on `basis`, in `store`. `base`: the number of the newest
    edition of the review that the user saw (0: none). `outline`: the id of its outline ("": the one that the
    office or a plugin has chosen).

    Raises NotAllowed, UnknownName, SpanRefused; FrozenMeanwhile where the user did not see the
    newest edition.
    """
    review = review_of(basis, address, outline)
    require_decider(review, by)
    report = report_of(basis, review, progress=progress)
    head = _head(basis, address, review, report, by.login, at)
    definitions, docs = definition_docs(basis)
    tree, tree_document = tree_doc(review.units(EVERY_UNIT))
    docs[tree] = tree_document
    with store.change(by=by.login, do=FREEZE, at=at) as change:
        register = EditionRegister(store)
        earlier = register.of(address)
        if base is not None and base != len(earlier):
            who = earlier[0].by if earlier else ""
            raise FrozenMeanwhile(who=who, now=len(earlier), yours=base)
        id = str(len(register.heads()) + 1)
        head = replace(head, id=id, number=len(earlier) + 1, definitions=definitions, tree=tree)
        report = replace(report, edition=id)
        for digest, doc in docs.items():
            if change.get(EDITION_DEFINITIONS, digest) is None:
                change.put(EDITION_DEFINITIONS, digest, doc)
        _put(change, head, report)
    return edition_of(head, report)


def _put(change: Change, head: EditionHead, report: Report) -> None:
    # An older program keeps these documents and shows none of them: nothing of them is lost, and nothing
    # that it does rests on them. So the record needs no newer version.
    change.put(EDITIONS, head.id, HEAD.to_doc(head))
    change.put(EDITION_REPORTS, head.id, REPORT.to_doc(report))


def _head(
    basis: Basis, address: ReviewAddress, review: Review, report: Report, by: str, at: datetime
) -> EditionHead:
    position = basis.store.head
    return EditionHead(
        id="",
        number=0,
        directive=review.directive.id,
        unit=address.unit,
        span=address.span,
        boundaries=address.boundaries,
        as_of=review.as_of,
        seq=position.seq,
        hash=position.hash,
        at=at,
        by=by,
        outline=report.outline,
        plugins=tuple((one.name, one.version) for one in basis.contributions.plugins),
        program=program(),
        code=tuple(sorted(code_of(basis.contributions))),
        findings=_told(review, report),
    )


def _told(review: Review, report: Report) -> tuple[tuple[str, str], ...]:
    """Kind and rule of the findings that the report tells."""
    rules = told_rules(report)
    found = ((one.kind.value, one.rule) for one in evaluate(review).findings)
    return tuple(dict.fromkeys(one for one in found if one[1] in rules))


def program() -> tuple[tuple[str, str], ...]:
    """The versions of what computes: nqcore, and the library that knows the public holidays."""
    return (("nqcore", __version__), ("holidays", version("holidays")))


def code_of(contributions: Contributions) -> Iterator[tuple[str, str, str]]:
    """(kind, id, plugin) of each rule and calendar that is code."""
    yield from (("rule", str(rule.id), owner) for owner, rule in contributions.rules)
    yield from (("calendar", str(one.id), owner) for owner, one in contributions.calendars)
